// "ternctl audit": judges the connections in files without importing them. Neither ternd nor a bus nor a home directory
// is needed, unless --probe asks for what the servers offer.
#pragma once

#include "app/ctl/exit_code.h"
#include "app/ctl/options.h"

namespace tern::ctl {

// Interrupted or Unavailable when --probe came to an end before its time, NotFound when a path is not there, else Found
// as --fail-on asks, else BadFile when something could not be read.
[[nodiscard]] ExitCode auditPaths(const Options& options);

} // namespace tern::ctl
