#include "core/ike/keymat.h"

#include "core/base/byte_io.h"
#include "core/crypto/cipher.h"
#include "core/crypto/integrity.h"
#include "core/crypto/prf.h"

#include <algorithm>
#include <optional>

namespace tern::ike {

namespace {

struct KeySizes {
    std::size_t encryption = 0; // without the salt
    std::size_t salt = 0;
    std::size_t integrity = 0;
};

base::Result<KeySizes> keySizes(const ChosenSuite& suite) {
    const auto cipher = crypto::encryptionTraits(static_cast<std::uint16_t>(suite.encryption), suite.keyBits);
    if (!cipher || cipher->isAead() != (suite.integrity == IntegrityId::None)) {
        return base::fail("tern.ike.proposal.unoffered", {}, "cipher " + ikeSuiteText(suite));
    }
    KeySizes sizes{cipher->key, cipher->salt, 0};
    if (suite.integrity != IntegrityId::None) {
        const auto integrity = crypto::integrityTraits(static_cast<std::uint16_t>(suite.integrity));
        if (!integrity) {
            return base::fail("tern.ike.proposal.unoffered", {}, "integrity of " + ikeSuiteText(suite));
        }
        sizes.integrity = integrity->key;
    }
    return sizes;
}

// Hands out consecutive pieces of a keying stream.
class KeyStream {
public:
    explicit KeyStream(base::ByteView stream)
        : m_rest(stream) {}
    base::SecureBytes take(std::size_t count) {
        base::SecureBytes piece(m_rest.first(count));
        m_rest = m_rest.subspan(count);
        return piece;
    }

private:
    base::ByteView m_rest;
};

base::Result<IkeKeys> expand(const ChosenSuite& suite, base::ByteView skeyseed, const KeySeed& seed) {
    const auto sizes = keySizes(suite);
    if (!sizes) {
        return base::fail(sizes.error());
    }
    base::ByteWriter text;
    text.bytes(seed.initiatorNonce);
    text.bytes(seed.responderNonce);
    text.u64(seed.initiatorSpi);
    text.u64(seed.responderSpi);
    const auto prfSize = crypto::prfSize(suite.prf);
    const auto cipherSize = sizes->encryption + sizes->salt;
    const auto stream =
        crypto::prfPlus(suite.prf, skeyseed, text.view(), 3 * prfSize + 2 * sizes->integrity + 2 * cipherSize);
    KeyStream keys(stream.view());
    IkeKeys result;
    result.prf = suite.prf;
    result.derive = keys.take(prfSize);
    result.integrityInitiator = keys.take(sizes->integrity);
    result.integrityResponder = keys.take(sizes->integrity);
    result.encryptionInitiator = keys.take(cipherSize);
    result.encryptionResponder = keys.take(cipherSize);
    result.proofInitiator = keys.take(prfSize);
    result.proofResponder = keys.take(prfSize);
    return result;
}

std::optional<crypto::EspCipher> espCipher(EncryptionId id) {
    switch (id) {
    case EncryptionId::AesGcm16:
        return crypto::EspCipher::AesGcm16;
    case EncryptionId::AesGcm12:
        return crypto::EspCipher::AesGcm12;
    case EncryptionId::AesGcm8:
        return crypto::EspCipher::AesGcm8;
    case EncryptionId::AesCbc:
        return crypto::EspCipher::AesCbc;
    case EncryptionId::TripleDesCbc:
        return crypto::EspCipher::TripleDesCbc;
    case EncryptionId::AesCtr:
        return crypto::EspCipher::AesCtr;
    case EncryptionId::ChaCha20Poly1305:
        return crypto::EspCipher::ChaCha20Poly1305;
    }
    return std::nullopt;
}

crypto::EspIntegrity espIntegrity(IntegrityId id) {
    switch (id) {
    case IntegrityId::None:
        break;
    case IntegrityId::AesXcbc96:
        return crypto::EspIntegrity::AesXcbc96;
    case IntegrityId::AesCmac96:
        return crypto::EspIntegrity::AesCmac96;
    case IntegrityId::HmacSha1_96:
        return crypto::EspIntegrity::HmacSha1_96;
    case IntegrityId::HmacSha256_128:
        return crypto::EspIntegrity::HmacSha256_128;
    case IntegrityId::HmacSha384_192:
        return crypto::EspIntegrity::HmacSha384_192;
    case IntegrityId::HmacSha512_256:
        return crypto::EspIntegrity::HmacSha512_256;
    }
    return crypto::EspIntegrity::None;
}

} // namespace

base::Result<IkeKeys> expandIkeKeys(const ChosenSuite& suite, base::ByteView skeyseed, const KeySeed& seed) {
    return expand(suite, skeyseed, seed);
}

base::Result<IkeKeys> deriveIkeKeys(const ChosenSuite& suite, base::ByteView sharedSecret, const KeySeed& seed) {
    // Those two have keys of 16 octets: half of each nonce's first 16 (RFC 7296 §2.14).
    const bool shortKey = suite.prf == PrfId::AesXcbc || suite.prf == PrfId::AesCmac;
    base::Bytes key;
    for (const auto nonce : {seed.initiatorNonce, seed.responderNonce}) {
        constexpr std::size_t half = 8;
        base::append(key, shortKey ? nonce.first(std::min(half, nonce.size())) : nonce);
    }
    const auto skeyseed = crypto::prf(suite.prf, key, {sharedSecret});
    return expand(suite, skeyseed.view(), seed);
}

base::Result<IkeKeys> deriveRekeyedIkeKeys(const ChosenSuite& suite, const IkeKeys& old, base::ByteView sharedSecret,
                                           const KeySeed& seed) {
    // SKEYSEED is computed with the replaced SA's PRF, the keys with the new one's (RFC 7296 §2.18).
    const auto skeyseed = crypto::prf(old.prf, old.derive.view(),
                                      {sharedSecret, seed.initiatorNonce, seed.responderNonce, seed.additionalSecrets});
    return expand(suite, skeyseed.view(), seed);
}

PpkKeys mixPpk(const IkeKeys& keys, base::ByteView ppk) {
    const auto mix = [&keys, ppk](const base::SecureBytes& key) {
        return crypto::prfPlus(keys.prf, ppk, key.view(), key.size());
    };
    return {mix(keys.derive), mix(keys.proofInitiator), mix(keys.proofResponder)};
}

base::Result<crypto::SaPair> deriveChildKeys(const ChosenSuite& suite, const IkeKeys& keys,
                                             const ChildKeyRequest& request) {
    const auto sizes = keySizes(suite);
    const auto cipher = espCipher(suite.encryption);
    if (!sizes || !cipher) {
        return base::fail("tern.ike.proposal.unoffered", {}, "cipher " + espSuiteText(suite));
    }
    base::SecureBytes seed(request.sharedSecret);
    seed.append(request.initiatorNonce);
    seed.append(request.responderNonce);
    seed.append(request.additionalSecrets);
    const auto direction = sizes->encryption + sizes->salt + sizes->integrity;
    const auto stream = crypto::prfPlus(keys.prf, keys.derive.view(), seed.view(), 2 * direction);
    KeyStream rest(stream.view());
    crypto::SaPair pair;
    // The keys of the SA from the exchange's initiator to its responder come first.
    auto* first = request.weInitiated ? &pair.outbound : &pair.inbound;
    auto* second = request.weInitiated ? &pair.inbound : &pair.outbound;
    for (auto* sa : {first, second}) {
        sa->cipher = *cipher;
        sa->integrity = espIntegrity(suite.integrity);
        sa->extendedSequenceNumbers = suite.extendedSequenceNumbers;
        sa->encryptionKey = rest.take(sizes->encryption);
        sa->salt = rest.take(sizes->salt);
        sa->integrityKey = rest.take(sizes->integrity);
    }
    pair.inbound.spi = request.inboundSpi;
    pair.outbound.spi = request.outboundSpi;
    return pair;
}

} // namespace tern::ike
