// Text from a server made fit to be shown.
#pragma once

#include "core/base/bytes.h"

#include <string>

namespace tern::eap {

// UTF-8 of at most 1,000 characters: malformed sequences are replaced; control, formatting and direction characters
// become spaces.
[[nodiscard]] std::string displayText(base::ByteView fromServer);

} // namespace tern::eap
