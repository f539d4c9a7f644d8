// What a server says when it ends or refuses a call, for people.
#pragma once

#include "core/sstp/frames.h"

#include <string>

namespace tern::sstp {

// "value not supported (attribute 4)", "status 0x0000002C"; "without a reason" for none.
[[nodiscard]] std::string statusText(const std::vector<StatusInfo>& statuses);

} // namespace tern::sstp
