// A private key in memory, and what keys in memory and on tokens have in common. For the .cpp files of this folder
// only.
#pragma once

#include "core/crypto/openssl.h"
#include "core/crypto/private_key.h"

namespace tern::crypto {

// Fails with tern.crypto.key.unsupported for a key that IKEv2 has no signature for.
[[nodiscard]] base::Result<std::shared_ptr<const PrivateKey>> memoryKey(PkeyPtr key);

// Nothing for a kind that IKEv2 has no signature for.
[[nodiscard]] std::optional<KeyType> kindOf(const EVP_PKEY* key);
// DER SubjectPublicKeyInfo.
[[nodiscard]] base::Bytes publicKeyOf(const EVP_PKEY* key);

// RFC 8017 §9.2: the DigestInfo that PKCS #1 v1.5 pads and signs.
[[nodiscard]] base::Bytes digestInfo(Hash hash, base::ByteView octets);

[[nodiscard]] const EVP_MD* opensslHash(Hash hash);

} // namespace tern::crypto
