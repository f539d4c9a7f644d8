// MD5 for EAP-MD5 (RFC 1994) and RADIUS (RFC 2865), which nothing can be done about. For nothing else.
#pragma once

#include "core/base/error.h"
#include "core/base/secure_bytes.h"

#include <array>
#include <initializer_list>

namespace tern::crypto {

// Of the pieces, one after the other. Fails with tern.crypto.legacy where this computer forbids MD5.
[[nodiscard]] base::Result<std::array<std::uint8_t, 16>> md5(std::initializer_list<base::ByteView> pieces);

} // namespace tern::crypto
