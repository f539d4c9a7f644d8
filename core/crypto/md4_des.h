// What MS-CHAPv2 (RFC 2759) needs from before 1993. For nothing else.
#pragma once

#include "core/base/error.h"
#include "core/base/secure_bytes.h"

#include <array>
#include <cstdint>

namespace tern::crypto {

// RFC 1320. 16 octets.
[[nodiscard]] base::SecureBytes md4(base::ByteView data);

// One block of single DES under a 56-bit key without parity bits (RFC 2759 §8.6), by DES-EDE3 with the key thrice.
// key: 7 octets, clear: 8 octets; fails with tern.crypto.cipher otherwise or when OpenSSL refuses 3DES.
[[nodiscard]] base::Result<std::array<std::uint8_t, 8>> desEncrypt(base::ByteView key, base::ByteView clear);

// A UTF-8 password as UTF-16LE without a terminator. Fails with tern.crypto.password-text for malformed UTF-8.
[[nodiscard]] base::Result<base::SecureBytes> utf16le(base::ByteView utf8);

} // namespace tern::crypto
