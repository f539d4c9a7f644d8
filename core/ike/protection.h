// The Encrypted payload SK (RFC 7296 §3.14, RFC 5282) and the Encrypted Fragment payload SKF (RFC 7383 §2.5).
// One Protection holds both directions of one IKE SA.
#pragma once

#include "core/base/random.h"
#include "core/crypto/cipher.h"
#include "core/crypto/integrity.h"
#include "core/ike/keymat.h"
#include "core/ike/message.h"

#include <optional>

namespace tern::ike {

struct FragmentPlace {
    std::uint16_t number = 1; // from 1
    std::uint16_t total = 1;
    friend bool operator==(const FragmentPlace&, const FragmentPlace&) = default;
};

struct Opened {
    PayloadType firstPayload = PayloadType::None; // None in all fragments but the first
    std::uint8_t reserved = 0;                    // the second octet of SK or SKF, as it came
    base::Bytes plain;
    std::optional<FragmentPlace> fragment;
};

class Protection {
public:
    // weAreInitiator: of this IKE SA. Fails with tern.ike.proposal.unoffered or tern.crypto.cipher.
    [[nodiscard]] static base::Result<Protection> create(const ChosenSuite& suite, const IkeKeys& keys,
                                                         bool weAreInitiator);

    // A whole message; header.firstPayload is what stands first inside. `random` gives the IV of CBC.
    // Fails with tern.ike.internal when the cipher does.
    [[nodiscard]] base::Result<base::Bytes> seal(Header header, base::ByteView plain,
                                                 std::optional<FragmentPlace> fragment, base::RandomSource& random);
    // Nothing when the datagram is not a message with SK or SKF first, or its tag does not hold.
    [[nodiscard]] std::optional<Opened> open(base::ByteView datagram);
    // What seal() adds to the plain text of a message, at most.
    [[nodiscard]] std::size_t overhead() const;

    // The IV of the next message under AEAD or counter mode, for known-answer tests.
    void setNextIv(std::uint64_t iv) { m_nextIv = iv; }

private:
    struct Way {
        std::optional<crypto::AeadContext> aead;
        std::optional<crypto::CipherContext> cipher;
        std::optional<crypto::IntegrityContext> integrity;
        base::SecureBytes salt;
    };
    explicit Protection(crypto::EncryptionTraits traits)
        : m_traits(traits) {}
    [[nodiscard]] static base::Result<Way> way(const ChosenSuite& suite, const crypto::EncryptionTraits& traits,
                                               base::ByteView key, base::ByteView integrityKey,
                                               crypto::Direction direction);
    [[nodiscard]] static base::Bytes cipherInput(const Way& way, base::ByteView iv);
    [[nodiscard]] std::size_t icvSize() const;
    [[nodiscard]] bool sealInPlace(base::MutableByteView message, std::size_t ivOffset);
    [[nodiscard]] bool openInPlace(base::MutableByteView message, std::size_t ivOffset);

    crypto::EncryptionTraits m_traits;
    Way m_out;
    Way m_in;
    std::uint64_t m_nextIv = 0;
};

} // namespace tern::ike
