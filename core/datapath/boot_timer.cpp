#include "core/datapath/boot_timer.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <sys/timerfd.h>

namespace tern::datapath {

BootTimer::BootTimer(base::Instant when)
    : m_timer(::timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC)) {
    // Zero would mean never.
    const auto at = std::max<base::Duration>(when.time_since_epoch(), std::chrono::nanoseconds(1));
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    itimerspec setting{};
    setting.it_value.tv_sec = static_cast<time_t>(seconds.count());
    setting.it_value.tv_nsec = static_cast<long>(std::chrono::nanoseconds(at - seconds).count());
    if (m_timer && ::timerfd_settime(m_timer.get(), TFD_TIMER_ABSTIME, &setting, nullptr) != 0) {
        m_timer = {};
    }
}

} // namespace tern::datapath
