// The peer's signature in an IKE AUTH payload.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"

#include <cstdint>

namespace tern::crypto {

// IANA "IKEv2 Authentication Method", those that are signatures.
enum class AuthMethod : std::uint8_t {
    RsaSignature = 1,    // RSASSA-PKCS1-v1_5 with SHA-1 (RFC 7296 §2.15)
    EcdsaP256Sha256 = 9, // RFC 4754, raw r|s
    EcdsaP384Sha384 = 10,
    EcdsaP521Sha512 = 11,
    DigitalSignature = 14, // RFC 7427: RSA PKCS#1, RSA-PSS and ECDSA with SHA-2, Ed25519
};

// The data of N(SIGNATURE_HASH_ALGORITHMS) (RFC 7427 §4), two octets each: SHA2-256, -384, -512, Identity (RFC 8420).
[[nodiscard]] base::Bytes signatureHashAlgorithms();

// Verifies `authentication` (the Authentication Data of the AUTH payload, for method 14 with its AlgorithmIdentifier)
// over `octets` with the key of `certificate` (DER). Success means just that; trust in the certificate is another
// question. Codes: tern.crypto.signature.{invalid,unsupported,sha1-refused}, tern.crypto.cert.malformed.
//
// Method 1 is checked without asking OpenSSL for an SHA-1 signature, which some distributions forbid: Windows servers
// know nothing else. sha1-refused is the answer when even that is blocked (FIPS mode).
[[nodiscard]] base::Result<void> verifyAuthSignature(std::uint8_t method, base::ByteView certificate,
                                                     base::ByteView octets, base::ByteView authentication);

} // namespace tern::crypto
