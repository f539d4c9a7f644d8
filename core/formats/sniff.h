// What a file is, by its content: which text it may be, and, when it is not something Tern reads, what else, so that
// the refusal is kind and exact.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"

#include <optional>
#include <string_view>

namespace tern::formats {

// Empty, too large, or of a well-known binary kind; nothing when it may be text.
[[nodiscard]] std::optional<base::Error> refuseUnread(base::ByteView bytes, std::string_view name);

// The beginning, as far as is looked for what a text is.
[[nodiscard]] std::string_view headOf(std::string_view text);

// Other: perhaps a phonebook.
enum class TextKind { Other, NetworkManager, ConnectionManager, Swanctl, IpsecConf, Xl2tpd, PppPeer, Powershell };
[[nodiscard]] TextKind textKind(std::string_view text);

// Why this text is no list of connections. `firstSection`: line of the first [name] line, or 0.
[[nodiscard]] base::Error refuseText(std::string_view text, std::string_view name, unsigned firstSection);

} // namespace tern::formats
