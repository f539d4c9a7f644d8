// strongSwan's two kinds of configuration as a tree.
#pragma once

#include "core/base/error.h"
#include "core/base/secure_bytes.h"
#include "core/formats/node.h"

namespace tern::formats {

// swanctl.conf: "name { key = value }" nested. Files to include are not read; `includes` is set. Fails with
// tern.formats.broken (the line), .too-complex.
[[nodiscard]] base::Result<Node> readSwanctl(std::string_view text, std::string_view file, bool& includes);

// ipsec.conf: "conn NAME" and indented "key=value". Sections become children "conn NAME", "config setup".
[[nodiscard]] Node readIpsecConf(std::string_view text, bool& includes);

// "0x" and hexadecimal, "0s" and base64, or the text itself.
[[nodiscard]] base::SecureBytes swanSecret(std::string_view text);

} // namespace tern::formats
