// XML as a tree. No entity is expanded but the five that XML has itself, and no other file is read: a document that
// declares entities of its own is refused.
#pragma once

#include "core/base/error.h"
#include "core/formats/node.h"

namespace tern::formats {

// `text` is UTF-8, whatever its declaration says. The root is the one child of what is answered; prefixes of
// namespaces are left out. Fails with tern.formats.broken (the line), .entities, .too-complex.
[[nodiscard]] base::Result<Node> readXml(std::string_view text, std::string_view file);

} // namespace tern::formats
