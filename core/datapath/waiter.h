// Waits for one descriptor, for a call from another thread, or for the word to stop; never wakes up otherwise. Belongs
// to one thread, except for wake().
#pragma once

#include "core/base/unique_fd.h"

#include <chrono>
#include <utility>

namespace tern::datapath {

class Waiter {
public:
    // watched: waited for to become readable. stop: an eventfd that stays readable once it is time to end.
    Waiter(int watched, int stop);
    [[nodiscard]] bool valid() const { return m_valid; }

    // Another descriptor than before; -1 for none. The former one is still open.
    void watch(int fd);
    // Any thread: the one that waits is to look for news.
    void wake() const;
    // Whether wake() was called since the last time.
    [[nodiscard]] bool takeWoken() { return std::exchange(m_woken, false); }

    // False when it is time to stop.
    [[nodiscard]] bool wait();
    // Until fd takes output again or wake() is called, at most for the given time. False when it is time to stop.
    [[nodiscard]] bool waitWritable(int fd, std::chrono::milliseconds most);
    // After an error that will not go away by itself, so that it costs a few wake-ups a second and not a whole core.
    [[nodiscard]] bool pause() const;
    [[nodiscard]] bool stopped() const;

private:
    void takeWake();

    base::UniqueFd m_epoll;
    base::UniqueFd m_wake;
    int m_stop;
    int m_watched;
    bool m_woken = false;
    bool m_valid = false;
};

} // namespace tern::datapath
