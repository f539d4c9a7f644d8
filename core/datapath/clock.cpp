#include "core/datapath/clock.h"

#include <ctime>

namespace tern::datapath {

base::Instant bootNow() {
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return base::Instant(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

} // namespace tern::datapath
