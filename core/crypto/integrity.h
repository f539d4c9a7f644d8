// Truncated MACs that protect IKE and ESP messages beside a cipher without its own tag: HMAC (RFC 2404, RFC 4868),
// AES-XCBC (RFC 3566), AES-CMAC (RFC 4494).
// Keyed once; computing allocates nothing; a context belongs to one thread. Wiped when destroyed.
#pragma once

#include "core/base/error.h"
#include "core/base/secure_bytes.h"
#include "core/crypto/sa_keys.h"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>

namespace tern::crypto {

// IANA "IKEv2 Transform Type 3".
enum class Integrity : std::uint16_t {
    HmacSha1_96 = 2,
    AesXcbc96 = 5,
    AesCmac96 = 8,
    HmacSha256_128 = 12,
    HmacSha384_192 = 13,
    HmacSha512_256 = 14,
};

struct IntegrityTraits {
    std::size_t key = 0; // octets
    std::size_t icv = 0; // octets
};

// Nothing for a transform we do not have.
[[nodiscard]] std::optional<IntegrityTraits> integrityTraits(std::uint16_t transform);
// Nothing for EspIntegrity::None.
[[nodiscard]] std::optional<Integrity> integrityOf(EspIntegrity integrity);

class IntegrityContext {
public:
    // Fails with tern.crypto.cipher when the key has a wrong length.
    [[nodiscard]] static base::Result<IntegrityContext> create(Integrity integrity, base::ByteView key);
    IntegrityContext(IntegrityContext&&) noexcept;
    IntegrityContext& operator=(IntegrityContext&&) noexcept;
    IntegrityContext(const IntegrityContext&) = delete;
    IntegrityContext& operator=(const IntegrityContext&) = delete;
    ~IntegrityContext();

    [[nodiscard]] std::size_t icvSize() const;
    // The ICV over the pieces, one after the other. icv must have icvSize() octets; false otherwise.
    [[nodiscard]] bool compute(std::initializer_list<base::ByteView> pieces, base::MutableByteView icv) const;
    // In constant time. False also for an ICV of a wrong length.
    [[nodiscard]] bool verify(std::initializer_list<base::ByteView> pieces, base::ByteView icv) const;

private:
    struct State;
    explicit IntegrityContext(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace tern::crypto
