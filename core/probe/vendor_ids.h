// Vendor ids in IKE (RFC 7296 §3.12, RFC 2408 §3.16): whose program it is, or what it can do.
#pragma once

#include "core/base/bytes.h"

#include <string>

namespace tern::probe {

// "Windows", "strongSwan", …; the id itself where it is text, and else in hexadecimal. At most 64 characters.
[[nodiscard]] std::string vendorName(base::ByteView id);

} // namespace tern::probe
