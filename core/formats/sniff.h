// What a file is, by its content, when it is not something Tern reads: so that the refusal is kind and exact.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"

#include <optional>
#include <string_view>

namespace tern::formats {

// Empty, too large, or of a well-known binary kind; nothing when it may be text.
[[nodiscard]] std::optional<base::Error> refuseUnread(base::ByteView bytes, std::string_view name);

// Why this text is no list of connections. `firstSection`: line of the first [name] line, or 0.
[[nodiscard]] base::Error refuseText(std::string_view text, std::string_view name, unsigned firstSection);

} // namespace tern::formats
