// Hashes, HMAC and the pseudo-random functions of IKEv2.
//
// These cannot fail on any input. A process whose OpenSSL cannot compute SHA-1 or SHA-2 at all (out of memory, or a
// configuration that removed them) ends, as with a random source that cannot deliver.
#pragma once

#include "core/base/secure_bytes.h"

#include <cstdint>
#include <initializer_list>
#include <optional>

namespace tern::crypto {

enum class Hash { Sha1, Sha256, Sha384, Sha512 };

[[nodiscard]] constexpr std::size_t hashSize(Hash hash) {
    switch (hash) {
    case Hash::Sha1:
        return 20;
    case Hash::Sha256:
        return 32;
    case Hash::Sha384:
        return 48;
    case Hash::Sha512:
        break;
    }
    return 64;
}

// The digest of the pieces, one after the other.
[[nodiscard]] base::Bytes digest(Hash hash, std::initializer_list<base::ByteView> pieces);
// The same for secrets; intermediate state is wiped.
[[nodiscard]] base::SecureBytes secretDigest(Hash hash, std::initializer_list<base::ByteView> pieces);

// RFC 2104. A key of any length.
[[nodiscard]] base::SecureBytes hmac(Hash hash, base::ByteView key, std::initializer_list<base::ByteView> pieces);

// IANA "IKEv2 Transform Type 2".
enum class Prf : std::uint16_t {
    HmacSha1 = 2,
    AesXcbc = 4, // RFC 4434
    HmacSha256 = 5,
    HmacSha384 = 6,
    HmacSha512 = 7,
    AesCmac = 8, // RFC 4615
};

// The PRF of a transform id off the wire; nothing for one we do not have.
[[nodiscard]] std::optional<Prf> prfFromTransform(std::uint16_t id);
// Octets of output, which is also the preferred key length (RFC 7296 §2.13, RFC 4868 §2.1.2).
[[nodiscard]] std::size_t prfSize(Prf prf);

// A key of any length; the AES-based ones shorten it by their own rules.
[[nodiscard]] base::SecureBytes prf(Prf function, base::ByteView key, std::initializer_list<base::ByteView> pieces);

// prf+ (RFC 7296 §2.13). length: octets wanted, at most 255 × prfSize; asking for more ends the program.
[[nodiscard]] base::SecureBytes prfPlus(Prf function, base::ByteView key, base::ByteView seed, std::size_t length);

} // namespace tern::crypto
