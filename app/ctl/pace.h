// When the next of many may begin, so that no minute has more than so many.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

namespace tern::ctl {

class Pace {
public:
    using Milliseconds = std::chrono::milliseconds;

    // perMinute: at least 1. Evenly spread, for a burst looks like an attack to whoever guards a network.
    explicit constexpr Pace(unsigned perMinute)
        : m_gap((Milliseconds(std::chrono::minutes(1)).count() + perMinute - 1) / perMinute) {}

    // Zero when it may begin now.
    [[nodiscard]] constexpr Milliseconds wait(Milliseconds now) const {
        return m_last ? std::max(Milliseconds::zero(), *m_last + m_gap - now) : Milliseconds::zero();
    }
    constexpr void begun(Milliseconds now) { m_last = now; }
    [[nodiscard]] constexpr Milliseconds gap() const { return m_gap; }

private:
    Milliseconds m_gap;
    std::optional<Milliseconds> m_last;
};

} // namespace tern::ctl
