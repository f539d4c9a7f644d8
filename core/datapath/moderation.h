// When the receiving thread is to let datagrams gather before it looks again. To wake it costs as much as some packets
// do; where they come one by one, because nothing on the way gathers them (UDP_GRO has nothing to do then), it would be
// woken for every few. Network cards do the same with their interrupts. Belongs to one thread.
#pragma once

#include "core/base/time.h"

#include <chrono>
#include <cstddef>

namespace tern::datapath {

class Moderation {
public:
    // Short beside the way to any server that is not in the same room, and short of what a socket's buffer holds.
    static constexpr std::chrono::microseconds pause{300};

    // After a round that brought so much, at this time: whether to pause before the next. A single request and its
    // answer never wait, however fast they follow one another.
    [[nodiscard]] bool wantsPause(std::size_t messages, std::size_t octets, base::Instant now) {
        const bool soon = now - m_last < rapid;
        m_last = now;
        return soon && messages >= several && octets / messages < gathered;
    }

private:
    static constexpr std::chrono::microseconds rapid{1000};
    static constexpr std::size_t several = 4;
    static constexpr std::size_t gathered = 4096; // octets a message, from where the kernel has gathered them

    base::Instant m_last{};
};

} // namespace tern::datapath
