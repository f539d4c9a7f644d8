// Base64 as files have it: line ends and blanks inside are passed over.
#pragma once

#include "core/base/bytes.h"

#include <optional>
#include <string_view>

namespace tern::formats {

// Nothing for text that is no base64, and for empty text.
[[nodiscard]] std::optional<base::Bytes> fromBase64(std::string_view text);

} // namespace tern::formats
