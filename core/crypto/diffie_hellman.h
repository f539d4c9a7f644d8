// Key exchange by IANA "IKEv2 Transform Type 4" group: MODP 2, 5, 14–18 (RFC 2409, 3526), ECP 19–21 (RFC 5903),
// Curve25519 and Curve448 (31, 32; RFC 8031). 2 and 5 are for the legacy opt-in only. create() also makes the
// initiator's end of ML-KEM (35–37, ml_kem.h) where OpenSSL has it.
//
// The private value is made by OpenSSL with its own generator, not drawn from a RandomSource: only OpenSSL knows the
// rules for each group, and nothing that a protocol machine decides depends on it. Tests with known answers use
// createWithPrivate().
#pragma once

#include "core/base/error.h"
#include "core/base/secure_bytes.h"

#include <cstdint>
#include <memory>

namespace tern::crypto {

class KeyExchange {
public:
    [[nodiscard]] static bool supports(std::uint16_t group);
    // Octets of a public value of the group on the wire; 0 for ML-KEM and for a group we do not have.
    [[nodiscard]] static std::size_t publicSize(std::uint16_t group);

    // Fails with tern.crypto.dh.group for a group we do not have, tern.crypto.internal when OpenSSL refuses it.
    [[nodiscard]] static base::Result<std::unique_ptr<KeyExchange>> create(std::uint16_t group);
    // privateValue: big-endian exponent or scalar; for groups 31 and 32 the raw 32 or 56 octets of RFC 7748.
    [[nodiscard]] static base::Result<std::unique_ptr<KeyExchange>> createWithPrivate(std::uint16_t group,
                                                                                      base::ByteView privateValue);
    KeyExchange(const KeyExchange&) = delete;
    KeyExchange& operator=(const KeyExchange&) = delete;
    virtual ~KeyExchange() = default;

    [[nodiscard]] virtual std::uint16_t group() const = 0;
    // The Key Exchange Data of our KE payload: padded MODP value, x|y of an ECP point, or the raw curve octets.
    [[nodiscard]] virtual const base::Bytes& publicValue() const = 0;
    // g^ir as SKEYSEED takes it: MODP padded to the prime's length, ECP the x coordinate (RFC 5903 §7).
    // The peer's value is checked first (RFC 6989 §2, RFC 7748 §6): length, range, on the curve, not all zeros;
    // tern.crypto.dh.public-value otherwise.
    [[nodiscard]] virtual base::Result<base::SecureBytes> sharedSecret(base::ByteView peerPublic) const = 0;

protected:
    KeyExchange() = default;
};

} // namespace tern::crypto
