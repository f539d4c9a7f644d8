// The keys and the MAC that bind the two layers of PEAPv0 ([MS-PEAP] §2.2.8.1.1, §3.1.5.5.2).
#pragma once

#include "core/base/secure_bytes.h"

#include <array>
#include <cstdint>
#include <optional>

namespace tern::eap {

class PeapBinding {
public:
    static constexpr std::size_t valueSize = 56; // of the TLV, behind its header
    enum class Kind : std::uint8_t { Request = 0, Response = 1 };

    // tunnelKey: the TLS key material, at least 40 octets. innerKey: the inner method's MSK; empty when it makes none.
    PeapBinding(base::ByteView tunnelKey, base::ByteView innerKey);

    // Whether a cryptobinding TLV's value is the server's request and its MAC is right.
    [[nodiscard]] bool verifies(base::ByteView value) const;
    // The whole TLV, header included.
    [[nodiscard]] base::Bytes tlv(Kind kind, const std::array<std::uint8_t, 32>& nonce) const;
    // The compound session key, 128 octets: the first 64 are the MSK.
    [[nodiscard]] base::SecureBytes sessionKey() const;

private:
    base::SecureBytes m_intermediate; // IPMK, 40 octets
    base::SecureBytes m_macKey;       // CMK, 20 octets
};

// PRF+ of [MS-PEAP] §3.1.5.5.2.2: HMAC-SHA1, a counter octet and two of zero behind label and seed.
[[nodiscard]] base::SecureBytes peapPrfPlus(base::ByteView key, base::ByteView label, base::ByteView seed,
                                            std::size_t size);

} // namespace tern::eap
