// Signatures in IKE AUTH payloads: the peer's, and our own.
#pragma once

#include "core/crypto/private_key.h"

#include <cstdint>
#include <span>

namespace tern::crypto {

// IANA "IKEv2 Authentication Method", those that are signatures.
enum class AuthMethod : std::uint8_t {
    RsaSignature = 1,    // RSASSA-PKCS1-v1_5 with SHA-1 (RFC 7296 §2.15)
    EcdsaP256Sha256 = 9, // RFC 4754, raw r|s
    EcdsaP384Sha384 = 10,
    EcdsaP521Sha512 = 11,
    DigitalSignature = 14, // RFC 7427: RSA PKCS#1, RSA-PSS and ECDSA with SHA-2, Ed25519, Ed448
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

// How an RSA key signs by RFC 7427, which has no way for a server to say what it takes. PKCS#1 v1.5 is what servers
// expect of an ordinary RSA key. PssExplicitTrailer spells out a default in the parameters, which FortiGate wants.
enum class RsaSignature { Pkcs1, Pss, PssExplicitTrailer };

struct AuthSignature {
    AuthMethod method = AuthMethod::DigitalSignature;
    base::Bytes data; // the Authentication Data of the AUTH payload
};

// Signs `octets` for a server that announced `hashes` (the numbers of its N(SIGNATURE_HASH_ALGORITHMS); empty: none).
// By RFC 7427 with the hash that suits the key, if the server knows one of those; else by the methods of RFC 7296 and
// RFC 4754: RSA with SHA-1, ECDSA on P-256, P-384 and P-521. tern.crypto.key.no-method when the server knows no
// method for this kind of key (Ed25519 without RFC 8420, say); else as PrivateKey::sign().
[[nodiscard]] base::Result<AuthSignature> signAuth(const PrivateKey& key, std::span<const std::uint16_t> hashes,
                                                   RsaSignature rsa, base::ByteView octets);

} // namespace tern::crypto
