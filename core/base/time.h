// Time as the protocol machines see it: handed in, never read. The programs take it from CLOCK_BOOTTIME, which goes
// on during suspend, so that a deadline that passed while the lid was closed is due at once.
#pragma once

#include <chrono>
#include <string>

namespace tern::base {

struct BootClock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<BootClock>;
    static constexpr bool is_steady = true;
};

using Instant = BootClock::time_point;
using Duration = BootClock::duration;

// Seconds since 1970-01-01 UTC, for certificate dates and time stamps shown to people.
using UnixSeconds = std::chrono::seconds;

// "2026-12-31".
[[nodiscard]] std::string dateText(std::chrono::sys_days day);

} // namespace tern::base
