// "ternctl audit": judges the connections in files without importing them. Neither ternd nor a bus nor a home directory
// is needed.
#pragma once

#include "app/ctl/exit_code.h"
#include "app/ctl/options.h"

namespace tern::ctl {

// NotFound when a path is not there, else Found as --fail-on asks, else BadFile when something could not be read.
[[nodiscard]] ExitCode auditPaths(const Options& options);

} // namespace tern::ctl
