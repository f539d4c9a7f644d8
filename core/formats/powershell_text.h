// PowerShell scripts as far as they are lists of commands with plain values: each command of interest becomes a child
// of the top, its parameters the children of that. Nothing is run: variables and tables that were assigned plain values
// are put in, and what would have to be computed has no value.
#pragma once

#include "core/formats/node.h"

namespace tern::formats {

// Commands whose name ends in one of VpnConnection's. A parameter that is a switch has the value "true"; of a list each
// item is a child. A value that cannot be known is left out and its parameter's name goes to `computed`.
[[nodiscard]] Node readPowershell(std::string_view script, std::vector<std::string>& computed);

} // namespace tern::formats
