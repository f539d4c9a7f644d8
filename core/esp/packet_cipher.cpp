#include "core/esp/packet_cipher.h"

#include "core/crypto/integrity.h"
#include "core/esp/ipsec_mb.h"

#include <algorithm>
#include <array>
#include <optional>

namespace tern::esp {

namespace {

template<std::size_t N>
void putNumber(std::span<std::uint8_t, N> out, std::uint64_t value) {
    for (std::size_t i = N; i > 0; --i) {
        out[i - 1] = static_cast<std::uint8_t>(value);
        value >>= 8U;
    }
}

using Salt = std::array<std::uint8_t, 4>;

std::optional<Salt> saltOf(const crypto::SaKeys& keys) {
    Salt salt{};
    if (keys.salt.size() != salt.size()) {
        return std::nullopt;
    }
    std::ranges::copy(keys.salt.view(), salt.begin());
    return salt;
}

// AES-GCM (RFC 4106) and ChaCha20-Poly1305 (RFC 7634). The IV is the sequence number, which never repeats under a key.
// Engine: crypto::AeadContext or IpsecMbGcm, which have the same functions.
template<typename Engine>
class AeadCipher final : public PacketCipher {
public:
    AeadCipher(std::unique_ptr<Engine> engine, Salt salt, bool extended)
        : PacketCipher(8, 1, engine->icvSize())
        , m_engine(std::move(engine))
        , m_extended(extended) {
        std::ranges::copy(salt, m_nonce.begin());
    }

    bool seal(const PacketParts& parts) override {
        putNumber(parts.iv.first<8>(), parts.sequence);
        prepare(parts);
        return m_engine->seal(m_nonce, aad(), parts.text, parts.icv);
    }

    bool open(const PacketParts& parts) override {
        prepare(parts);
        return m_engine->open(m_nonce, aad(), parts.text, parts.icv);
    }

private:
    void prepare(const PacketParts& parts) {
        std::ranges::copy(parts.iv, m_nonce.begin() + 4);
        std::ranges::copy(parts.header.first<4>(), m_aad.begin());
        if (m_extended) { // SPI | all 64 bits of the sequence number (RFC 4106 §5)
            putNumber(std::span<std::uint8_t, 8>(m_aad.data() + 4, 8), parts.sequence);
        } else {
            std::ranges::copy(parts.header.subspan<4, 4>(), m_aad.begin() + 4);
        }
    }
    [[nodiscard]] base::ByteView aad() const { return base::ByteView(m_aad).first(m_extended ? 12U : 8U); }

    std::unique_ptr<Engine> m_engine;
    std::array<std::uint8_t, crypto::AeadContext::nonceSize> m_nonce{};
    std::array<std::uint8_t, 12> m_aad{};
    bool m_extended;
};

// Encrypt, then HMAC over everything before the ICV, with the high half of an extended number behind it
// (RFC 4303 §2.2.1).
class MacCipher : public PacketCipher {
public:
    MacCipher(std::size_t iv, std::size_t block, crypto::CipherContext cipher, crypto::IntegrityContext integrity,
              bool extended)
        : PacketCipher(iv, block, integrity.icvSize())
        , m_cipher(std::move(cipher))
        , m_integrity(std::move(integrity))
        , m_extended(extended) {}

protected:
    crypto::CipherContext& cipher() { return m_cipher; }

    [[nodiscard]] bool protect(const PacketParts& parts) const {
        const auto high = highHalf(parts);
        return m_integrity.compute({covered(parts), base::ByteView(high).first(m_extended ? 4U : 0U)}, parts.icv);
    }
    [[nodiscard]] bool verify(const PacketParts& parts) const {
        const auto high = highHalf(parts);
        return m_integrity.verify({covered(parts), base::ByteView(high).first(m_extended ? 4U : 0U)}, parts.icv);
    }

private:
    [[nodiscard]] static base::ByteView covered(const PacketParts& parts) {
        return {parts.header.data(), parts.header.size() + parts.iv.size() + parts.text.size()};
    }
    [[nodiscard]] static std::array<std::uint8_t, 4> highHalf(const PacketParts& parts) {
        std::array<std::uint8_t, 4> high{};
        putNumber(std::span(high), parts.sequence >> 32U);
        return high;
    }

    crypto::CipherContext m_cipher;
    crypto::IntegrityContext m_integrity;
    bool m_extended;
};

// AES-CBC (RFC 3602), blocks of 16 octets, and 3DES-CBC (RFC 2451), blocks of 8.
template<std::size_t Block>
class CbcCipher final : public MacCipher {
public:
    CbcCipher(crypto::CipherContext cipher, crypto::IntegrityContext integrity, bool extended)
        : MacCipher(Block, Block, std::move(cipher), std::move(integrity), extended) {}

    bool seal(const PacketParts& parts) override {
        // The IV must not be guessable (RFC 3602 §3): it is the sequence number encrypted under the same key
        // (NIST SP 800-38A, appendix C), which falls out of CBC itself when the number goes first as a block.
        std::ranges::fill(parts.iv, std::uint8_t{0});
        putNumber(parts.iv.subspan<Block - 8, 8>(), parts.sequence);
        const base::MutableByteView both(parts.iv.data(), parts.iv.size() + parts.text.size());
        return cipher().run(zeroBlock, both) && protect(parts);
    }

    bool open(const PacketParts& parts) override { return verify(parts) && cipher().run(parts.iv, parts.text); }

private:
    static constexpr std::array<std::uint8_t, Block> zeroBlock{};
};

class CtrCipher final : public MacCipher {
public:
    CtrCipher(crypto::CipherContext cipher, crypto::IntegrityContext integrity, Salt nonce, bool extended)
        : MacCipher(8, 1, std::move(cipher), std::move(integrity), extended) {
        std::ranges::copy(nonce, m_counter.begin());
        m_counter.back() = 1; // RFC 3686 §4
    }

    bool seal(const PacketParts& parts) override {
        putNumber(parts.iv.first<8>(), parts.sequence);
        return run(parts) && protect(parts);
    }
    bool open(const PacketParts& parts) override { return verify(parts) && run(parts); }

private:
    bool run(const PacketParts& parts) {
        std::ranges::copy(parts.iv, m_counter.begin() + 4);
        return cipher().run(m_counter, parts.text);
    }

    std::array<std::uint8_t, 16> m_counter{};
};

using Made = base::Result<std::unique_ptr<PacketCipher>>;

tl::unexpected<base::Error> wrong(const char* what) {
    return base::fail("tern.datapath.cipher", {}, what);
}

Made makeAead(const crypto::SaKeys& keys, crypto::Direction direction, Backend backend) {
    const auto salt = saltOf(keys);
    if (!salt || keys.integrity != crypto::EspIntegrity::None) {
        return wrong("an AEAD takes a salt of 4 octets and no integrity algorithm");
    }
    const bool extended = keys.extendedSequenceNumbers;
    const auto cipher = crypto::encryptionOf(keys.cipher);
    const base::ByteView key = keys.encryptionKey.view();
    if (backend == Backend::Fastest && keys.cipher != crypto::EspCipher::ChaCha20Poly1305) {
        const auto traits =
            crypto::encryptionTraits(static_cast<std::uint16_t>(cipher), static_cast<unsigned>(key.size() * 8));
        if (auto engine = IpsecMbGcm::create(key, traits ? traits->icv : 0)) {
            return std::make_unique<AeadCipher<IpsecMbGcm>>(std::move(engine), *salt, extended);
        }
    }
    auto context = crypto::AeadContext::create(cipher, key, direction);
    if (!context) {
        return wrong(context.error().detail.c_str());
    }
    auto engine = std::make_unique<crypto::AeadContext>(std::move(*context));
    return std::make_unique<AeadCipher<crypto::AeadContext>>(std::move(engine), *salt, extended);
}

Made makeWithMac(const crypto::SaKeys& keys, crypto::Direction direction) {
    const auto algorithm = crypto::integrityOf(keys.integrity);
    if (!algorithm) {
        return wrong("a cipher without its own tag needs an integrity algorithm (RFC 8221 §4)");
    }
    auto integrity = crypto::IntegrityContext::create(*algorithm, keys.integrityKey.view());
    auto cipher =
        crypto::CipherContext::create(crypto::encryptionOf(keys.cipher), keys.encryptionKey.view(), direction);
    if (!integrity || !cipher) {
        return wrong("a key of a wrong length");
    }
    const bool extended = keys.extendedSequenceNumbers;
    if (keys.cipher == crypto::EspCipher::AesCbc) {
        return std::make_unique<CbcCipher<16>>(std::move(*cipher), std::move(*integrity), extended);
    }
    if (keys.cipher == crypto::EspCipher::TripleDesCbc) {
        return std::make_unique<CbcCipher<8>>(std::move(*cipher), std::move(*integrity), extended);
    }
    const auto nonce = saltOf(keys);
    if (!nonce) {
        return wrong("counter mode takes a nonce of 4 octets");
    }
    return std::make_unique<CtrCipher>(std::move(*cipher), std::move(*integrity), *nonce, extended);
}

} // namespace

base::Result<std::unique_ptr<PacketCipher>> makePacketCipher(const crypto::SaKeys& keys, crypto::Direction direction,
                                                             Backend backend) {
    switch (keys.cipher) {
    case crypto::EspCipher::AesCbc:
    case crypto::EspCipher::AesCtr:
    case crypto::EspCipher::TripleDesCbc:
        return makeWithMac(keys, direction);
    default:
        return makeAead(keys, direction, backend);
    }
}

} // namespace tern::esp
