// A timer by CLOCK_BOOTTIME, which goes on while the machine sleeps: what came due meanwhile is due on waking.
#pragma once

#include "core/base/time.h"
#include "core/base/unique_fd.h"

namespace tern::datapath {

class BootTimer {
public:
    explicit BootTimer(base::Instant when);
    // Readable once the moment has come; -1 where the system has no such timers.
    [[nodiscard]] int fd() const { return m_timer.get(); }

private:
    base::UniqueFd m_timer;
};

} // namespace tern::datapath
