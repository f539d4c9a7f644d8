// JSON as a tree: members are children, the items of a list children without a name; null is nothing.
#pragma once

#include "core/base/error.h"
#include "core/formats/node.h"

namespace tern::formats {

// Fails with tern.formats.broken (the line), .too-complex.
[[nodiscard]] base::Result<Node> readJson(std::string_view text, std::string_view file);

} // namespace tern::formats
