// The crypto binding ([MS-SSTP] §3.2.5.2): CALL_CONNECTED proves that who logged in by PPP is who speaks TLS with this
// server, by a MAC over the hash of its certificate under a key of the login.
#pragma once

#include "core/base/secure_bytes.h"
#include "core/crypto/prf.h"

#include <array>
#include <optional>

namespace tern::sstp {

constexpr std::size_t hlakSize = 32;

// The best hash of those the server's bitmask offers (1 = SHA-1, 2 = SHA-256); nothing when we have none of them.
[[nodiscard]] std::optional<crypto::Hash> bindingHash(std::uint8_t bitmask);

// The whole CALL_CONNECTED message, 112 octets. nonce: the server's, 32 octets. certificateHash: of the leaf's DER, by
// `hash`, as long as that is. hlak: the higher-layer authentication key, 32 octets (zeros where the login has none).
[[nodiscard]] base::Bytes writeCallConnected(crypto::Hash hash, base::ByteView nonce, base::ByteView certificateHash,
                                             base::ByteView hlak);

} // namespace tern::sstp
