// Waits for one descriptor or for the word to stop; never wakes up otherwise. Belongs to one thread.
#pragma once

#include "core/base/unique_fd.h"

#include <chrono>
#include <cstdint>

namespace tern::datapath {

class Waiter {
public:
    // watched: waited for to become readable. stop: an eventfd that stays readable once it is time to end.
    Waiter(int watched, int stop);
    [[nodiscard]] bool valid() const { return m_valid; }

    // False when it is time to stop.
    [[nodiscard]] bool wait() const;
    // Until fd takes output again, at most for the given time. False when it is time to stop.
    [[nodiscard]] bool waitWritable(int fd, std::chrono::milliseconds most) const;
    // After an error that will not go away by itself, so that it costs a few wake-ups a second and not a whole core.
    [[nodiscard]] bool pause() const;
    [[nodiscard]] bool stopped() const;

private:
    base::UniqueFd m_epoll;
    int m_stop;
    bool m_valid = false;
};

} // namespace tern::datapath
