// Text files of unknown encoding. UTF-8 and UTF-16, with or without a byte order mark, are recognised for certain;
// the Windows ("ANSI") code pages are guessed: 936 (simplified Chinese), 1251 (Cyrillic), else 1252 (Western).
#pragma once

#include "core/base/bytes.h"

#include <optional>
#include <string>
#include <string_view>

namespace tern::formats {

struct DecodedText {
    std::string text; // valid UTF-8, without a byte order mark
    std::string
        encoding; // "utf-8" "utf-8-bom" "utf-16le" "utf-16le-bom" "utf-16be" "utf-16be-bom" "cp936" "cp1251" "cp1252"
    bool guessed = false; // a code page
    bool damaged = false; // octets that the encoding does not know were replaced
};

// Never fails: octets that make no sense become U+FFFD.
[[nodiscard]] DecodedText decodeText(base::ByteView bytes);

// The octets of `text` in one of the encodings above; nothing when it cannot be written in it.
[[nodiscard]] std::optional<base::Bytes> encodeText(std::string_view text, std::string_view encoding);

// Without blanks (space, tab, carriage return) at the ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

} // namespace tern::formats
