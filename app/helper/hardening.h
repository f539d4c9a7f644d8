// What the process gives up before it touches anything from outside.
#pragma once

#include "core/base/error.h"

namespace tern::helper {

// No core dumps, no ptrace, no new privileges. Started as root (by a bus without systemd), becomes the user "tern"
// with CAP_NET_ADMIN alone. Errors: tern.helper.internal.
[[nodiscard]] base::Result<void> dropPrivileges();

} // namespace tern::helper
