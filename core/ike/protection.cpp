#include "core/ike/protection.h"

#include "core/base/byte_io.h"

#include <array>

namespace tern::ike {

namespace {

constexpr std::size_t genericHeaderSize = 4;
constexpr std::size_t fragmentHeaderSize = 4;

} // namespace

base::Result<Protection::Way> Protection::way(const ChosenSuite& suite, const crypto::EncryptionTraits& traits,
                                              base::ByteView key, base::ByteView integrityKey,
                                              crypto::Direction direction) {
    Way way;
    const auto cipherKey = key.first(traits.key);
    way.salt = base::SecureBytes(key.subspan(traits.key));
    if (traits.isAead()) {
        auto aead = crypto::AeadContext::create(suite.encryption, cipherKey, direction);
        if (!aead) {
            return base::fail(std::move(aead.error()));
        }
        way.aead.emplace(std::move(*aead));
        return way;
    }
    auto cipher = crypto::CipherContext::create(suite.encryption, cipherKey, direction);
    if (!cipher) {
        return base::fail(std::move(cipher.error()));
    }
    auto integrity = crypto::IntegrityContext::create(static_cast<crypto::Integrity>(suite.integrity), integrityKey);
    if (!integrity) {
        return base::fail(std::move(integrity.error()));
    }
    way.cipher.emplace(std::move(*cipher));
    way.integrity.emplace(std::move(*integrity));
    return way;
}

base::Result<Protection> Protection::create(const ChosenSuite& suite, const IkeKeys& keys, bool weAreInitiator) {
    const auto traits = crypto::encryptionTraits(static_cast<std::uint16_t>(suite.encryption), suite.keyBits);
    if (!traits || keys.encryptionInitiator.size() != traits->key + traits->salt ||
        keys.encryptionResponder.size() != traits->key + traits->salt) {
        return base::fail("tern.ike.proposal.unoffered", {}, ikeSuiteText(suite));
    }
    using crypto::Direction;
    auto initiator = way(suite, *traits, keys.encryptionInitiator.view(), keys.integrityInitiator.view(),
                         weAreInitiator ? Direction::Seal : Direction::Open);
    auto responder = way(suite, *traits, keys.encryptionResponder.view(), keys.integrityResponder.view(),
                         weAreInitiator ? Direction::Open : Direction::Seal);
    if (!initiator || !responder) {
        return base::fail(initiator ? std::move(responder.error()) : std::move(initiator.error()));
    }
    Protection protection(*traits);
    protection.m_out = std::move(weAreInitiator ? *initiator : *responder);
    protection.m_in = std::move(weAreInitiator ? *responder : *initiator);
    return protection;
}

std::size_t Protection::icvSize() const {
    return m_traits.isAead() ? m_traits.icv : m_out.integrity->icvSize();
}

std::size_t Protection::overhead() const {
    return headerSize + genericHeaderSize + m_traits.iv + m_traits.block + icvSize();
}

// AEAD: salt | IV (RFC 5282 §4). Counter mode: nonce | IV | the block counter, which starts at 1 (RFC 5930 §2.2).
// CBC has no salt: the IV.
base::Bytes Protection::cipherInput(const Way& way, base::ByteView iv) {
    base::Bytes input(way.salt.view().begin(), way.salt.view().end());
    base::append(input, iv);
    if (way.cipher && !way.salt.empty()) {
        base::append(input, base::Bytes{0, 0, 0, 1});
    }
    return input;
}

bool Protection::sealInPlace(base::MutableByteView message, std::size_t ivOffset) {
    const auto icv = message.last(icvSize());
    const auto body = message.first(message.size() - icv.size());
    const auto iv = body.subspan(ivOffset, m_traits.iv);
    const auto data = body.subspan(ivOffset + m_traits.iv);
    if (m_out.aead) {
        return m_out.aead->seal(cipherInput(m_out, iv), body.first(ivOffset), data, icv);
    }
    return m_out.cipher->run(cipherInput(m_out, iv), data) && m_out.integrity->compute({body}, icv);
}

bool Protection::openInPlace(base::MutableByteView message, std::size_t ivOffset) {
    const auto icv = message.last(icvSize());
    const auto body = message.first(message.size() - icv.size());
    const auto iv = body.subspan(ivOffset, m_traits.iv);
    const auto data = body.subspan(ivOffset + m_traits.iv);
    if (m_in.aead) {
        return m_in.aead->open(cipherInput(m_in, iv), body.first(ivOffset), data, icv);
    }
    return m_in.integrity->verify({body}, icv) && m_in.cipher->run(cipherInput(m_in, iv), data);
}

base::Result<base::Bytes> Protection::seal(Header header, base::ByteView plain, std::optional<FragmentPlace> fragment,
                                           base::RandomSource& random) {
    const auto inner = header.firstPayload;
    header.firstPayload = fragment ? PayloadType::EncryptedFragment : PayloadType::Encrypted;
    const auto prefix = genericHeaderSize + (fragment ? fragmentHeaderSize : 0);
    const auto unpadded = plain.size() + 1; // the Pad Length octet
    const auto padding = (m_traits.block - unpadded % m_traits.block) % m_traits.block;
    const auto payloadSize = prefix + m_traits.iv + unpadded + padding + icvSize();
    if (payloadSize > 0xFFFFU) {
        return base::fail("tern.ike.internal", {}, "message of " + std::to_string(plain.size()));
    }
    base::ByteWriter writer;
    writer.bytes(encodeHeader(header, payloadSize));
    writer.u8(fragment && fragment->number != 1 ? 0 : static_cast<std::uint8_t>(inner));
    writer.u8(0);
    writer.u16(static_cast<std::uint16_t>(payloadSize));
    if (fragment) {
        writer.u16(fragment->number);
        writer.u16(fragment->total);
    }
    const auto ivOffset = writer.size();
    if (m_traits.salt != 0) {
        // A counter never repeats under one key, as RFC 5116 §3.2 and RFC 3686 §2.1 ask.
        writer.u64(m_nextIv++);
    } else {
        base::Bytes iv(m_traits.iv);
        random.fill(iv);
        writer.bytes(iv);
    }
    writer.bytes(plain);
    writer.zeros(padding);
    writer.u8(static_cast<std::uint8_t>(padding));
    writer.zeros(icvSize());
    auto message = writer.take();
    if (!sealInPlace(message, ivOffset)) {
        return base::fail("tern.ike.internal", {}, "sealing a message failed");
    }
    return message;
}

std::optional<Opened> Protection::open(base::ByteView datagram) {
    const auto header = parseHeader(datagram);
    if (!header) {
        return std::nullopt;
    }
    const bool isFragment = header->firstPayload == PayloadType::EncryptedFragment;
    if (!isFragment && header->firstPayload != PayloadType::Encrypted) {
        return std::nullopt;
    }
    base::ByteReader reader(datagram.subspan(headerSize));
    Opened opened;
    opened.firstPayload = static_cast<PayloadType>(reader.u8());
    opened.reserved = reader.u8();
    const std::size_t length = reader.u16();
    if (isFragment) {
        FragmentPlace place;
        place.number = reader.u16();
        place.total = reader.u16();
        opened.fragment = place;
    }
    const auto ivOffset = datagram.size() - reader.remaining();
    const auto least = m_traits.iv + m_traits.block + icvSize();
    if (reader.failed() || length != datagram.size() - headerSize || reader.remaining() < least) {
        return std::nullopt;
    }
    base::Bytes message(datagram.begin(), datagram.end());
    if (!openInPlace(message, ivOffset)) {
        return std::nullopt;
    }
    const auto start = ivOffset + m_traits.iv;
    const auto plain = base::ByteView(message).subspan(start, message.size() - start - icvSize());
    const std::size_t padding = plain.back();
    if (padding + 1 > plain.size()) {
        return std::nullopt;
    }
    opened.plain.assign(plain.begin(), plain.end() - static_cast<std::ptrdiff_t>(padding + 1));
    return opened;
}

} // namespace tern::ike
