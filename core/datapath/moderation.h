// When a thread of the data path is to let packets gather before it looks again. To wake it costs as much as some
// packets do; where they come one by one, because nothing on the way gathers them (UDP_GRO or TSO has nothing to do
// then), it would be woken for every few. Network cards do the same with their interrupts. Belongs to one thread.
#pragma once

#include "core/base/time.h"

#include <chrono>
#include <cstddef>

namespace tern::datapath {

// What was found in one go.
struct Round {
    std::size_t messages = 0;
    std::size_t octets = 0;
};

class Moderation {
public:
    struct Limits {
        std::chrono::microseconds pause;
        std::size_t several; // messages in a round, from where there may soon be more
    };
    // Short beside the way to any server that is not in the same room, and short of what a socket's buffer holds.
    static constexpr Limits in{std::chrono::microseconds{600}, 4};
    // A program that sends datagrams waits once its socket has some ninety of them on the way (212,992 octets, as the
    // kernel counts them): pausing for more than that many slows it down.
    static constexpr Limits out{std::chrono::microseconds{50}, 2};

    explicit Moderation(const Limits& limits)
        : m_limits(limits) {}

    [[nodiscard]] std::chrono::microseconds pause() const { return m_limits.pause; }

    // After a round, at this time: whether to pause before the next. A single request and its answer never wait,
    // however fast they follow one another.
    [[nodiscard]] bool wantsPause(const Round& round, base::Instant now) {
        const bool soon = now - m_last < rapid;
        m_last = now;
        return soon && round.messages >= m_limits.several && round.octets / round.messages < gathered;
    }

private:
    static constexpr std::chrono::microseconds rapid{1500};
    static constexpr std::size_t gathered = 4096; // octets a message, from where the kernel has gathered them

    Limits m_limits;
    base::Instant m_last{};
};

} // namespace tern::datapath
