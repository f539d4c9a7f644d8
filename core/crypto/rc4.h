// RC4 for the new password's encryption in MS-CHAPv2 (RFC 2759 §8.9, §8.10). For nothing else: OpenSSL has it only in
// its legacy provider.
#pragma once

#include "core/base/secure_bytes.h"

namespace tern::crypto {

// key: 1 to 256 octets. Encrypting and decrypting are the same.
void rc4(base::ByteView key, base::MutableByteView data);

} // namespace tern::crypto
