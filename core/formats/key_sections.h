// Files of [section] and key=value lines (GLib key files, Windows INI files) as a tree: sections are children of the
// top, keys children of theirs.
#pragma once

#include "core/formats/node.h"

namespace tern::formats {

enum class KeyFileKind {
    Glib,   // "#" begins a comment; \s \t \n \r \\ in values
    Windows // ";" begins a comment
};

// Lines that are neither are passed over, but for `strayLine`: the first of them, or 0.
[[nodiscard]] Node readKeySections(std::string_view text, KeyFileKind kind, unsigned& strayLine);

} // namespace tern::formats
