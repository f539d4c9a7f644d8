// Apple's property lists, XML and binary ("bplist00"), as a tree: members of a dictionary are children, items of an
// array children without a name, <data> is Node::Kind::Data.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/formats/node.h"

namespace tern::formats {

// Of a whole XML document whose root is <plist>. Fails with tern.formats.broken.
[[nodiscard]] base::Result<Node> plistFromXml(Node document, std::string_view file);

[[nodiscard]] bool isBinaryPlist(base::ByteView bytes);
// Every offset and count is checked against what is there; objects that hold themselves, and more of them than any file
// has, are refused. Fails with tern.formats.broken, .too-complex.
[[nodiscard]] base::Result<Node> plistFromBinary(base::ByteView bytes, std::string_view file);

} // namespace tern::formats
