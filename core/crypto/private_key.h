// A private key that signs, wherever it is: in memory, or on a token that never gives it away.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/crypto/prf.h"

#include <memory>
#include <optional>

struct evp_pkey_st; // OpenSSL's EVP_PKEY

namespace tern::crypto {

enum class KeyType { Rsa, RsaPss, Ec, Ed25519, Ed448 };

// RsaPss: the salt is as long as the hash, MGF1 with the same hash. Ecdsa: the DER sequence of r and s.
enum class SignatureScheme { RsaPkcs1, RsaPss, Ecdsa, EdDsa };

// Used from one thread. Signing may take as long as a token takes, with one that waits to be touched seconds.
class PrivateKey {
public:
    PrivateKey() = default;
    PrivateKey(const PrivateKey&) = delete;
    PrivateKey& operator=(const PrivateKey&) = delete;
    virtual ~PrivateKey() = default;

    [[nodiscard]] virtual KeyType kind() const = 0;
    // Of the modulus, or of the curve's field.
    [[nodiscard]] virtual unsigned bits() const = 0;
    // DER SubjectPublicKeyInfo, as in the certificate that belongs to the key.
    [[nodiscard]] virtual const base::Bytes& publicKey() const = 0;

    // hash: nothing for EdDsa, needed for the others. SHA-1 works where the system's policy forbids it for signatures,
    // except in FIPS mode: servers without RFC 7427 take nothing else. Fails with tern.crypto.key.{sign,scheme} and,
    // on a token, with tern.crypto.token.*.
    [[nodiscard]] virtual base::Result<base::Bytes> sign(SignatureScheme scheme, std::optional<Hash> hash,
                                                         base::ByteView octets) const = 0;

    // For SSL_CTX_use_PrivateKey(): borrowed, good as long as this object (libssl takes a reference, but a token's key
    // calls back into this object). Fails with tern.crypto.key.scheme for a token's key that OpenSSL cannot borrow.
    [[nodiscard]] virtual base::Result<evp_pkey_st*> forTls() const = 0;
};

} // namespace tern::crypto
