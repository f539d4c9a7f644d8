// The clock of the programs, for the machines that are handed the time (core/base/time.h).
#pragma once

#include "core/base/time.h"

namespace tern::datapath {

// CLOCK_BOOTTIME: goes on during suspend and never steps.
[[nodiscard]] base::Instant bootNow();

} // namespace tern::datapath
