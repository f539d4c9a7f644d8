#include "core/esp/security_association.h"

#include <algorithm>

namespace tern::esp {

namespace {

void putU32(base::MutableByteView out, std::uint32_t value) {
    out[0] = static_cast<std::uint8_t>(value >> 24U);
    out[1] = static_cast<std::uint8_t>(value >> 16U);
    out[2] = static_cast<std::uint8_t>(value >> 8U);
    out[3] = static_cast<std::uint8_t>(value);
}

} // namespace

base::Result<OutboundSa> OutboundSa::create(const crypto::SaKeys& keys, std::uint64_t lastSequence, Backend backend) {
    auto cipher = makePacketCipher(keys, crypto::Direction::Seal, backend);
    if (!cipher) {
        return base::fail(cipher.error());
    }
    constexpr std::size_t smallBlock = 8;
    std::uint64_t last = keys.extendedSequenceNumbers ? UINT64_MAX : UINT32_MAX;
    if ((*cipher)->blockSize() == smallBlock) {
        last = renewalReserve + mostPacketsOfSmallBlocks;
    }
    return OutboundSa(std::move(*cipher), keys.spi, std::min(lastSequence, last), last);
}

std::size_t OutboundSa::seal(base::MutableByteView slot, std::size_t payload, std::uint8_t nextHeader) {
    const std::size_t total = sealedSize(payload);
    if (m_sequence == m_last || total < payload || slot.size() < total) {
        return 0;
    }
    const std::uint64_t sequence = ++m_sequence;
    const std::size_t text = textSize(payload);
    PacketParts parts{slot.first(headerSize), slot.subspan(headerSize, m_cipher->ivSize()),
                      slot.subspan(headroom(), text), slot.subspan(headroom() + text, m_cipher->icvSize()), sequence};
    putU32(parts.header, m_spi);
    putU32(parts.header.subspan(4), static_cast<std::uint32_t>(sequence));
    const std::size_t padding = text - payload - 2;
    for (std::size_t i = 0; i < padding; ++i) {
        parts.text[payload + i] = static_cast<std::uint8_t>(i + 1); // RFC 4303 §2.4
    }
    parts.text[text - 2] = static_cast<std::uint8_t>(padding);
    parts.text[text - 1] = nextHeader;
    return m_cipher->seal(parts) ? total : 0;
}

base::Result<InboundSa> InboundSa::create(const crypto::SaKeys& keys, std::uint64_t highestSequence, Backend backend) {
    auto cipher = makePacketCipher(keys, crypto::Direction::Open, backend);
    if (!cipher) {
        return base::fail(cipher.error());
    }
    return InboundSa(std::move(*cipher), keys.spi, ReplayWindow(keys.extendedSequenceNumbers, highestSequence));
}

OpenResult InboundSa::open(base::MutableByteView packet) {
    const std::size_t fixed = headerSize + m_cipher->ivSize() + m_cipher->icvSize();
    if (packet.size() < fixed + 2) {
        return {};
    }
    const std::size_t text = packet.size() - fixed;
    if (text % m_cipher->blockSize() != 0) {
        return {};
    }
    const std::uint32_t low = spiOf(packet.subspan(4)).value_or(0);
    const auto sequence = m_window.complete(low);
    if (!sequence || !m_window.isFresh(*sequence)) {
        return {Verdict::Replayed, 0, {}};
    }
    const PacketParts parts{packet.first(headerSize), packet.subspan(headerSize, m_cipher->ivSize()),
                            packet.subspan(headerSize + m_cipher->ivSize(), text), packet.last(m_cipher->icvSize()),
                            *sequence};
    if (!m_cipher->open(parts)) {
        return {Verdict::AuthFailed, 0, {}};
    }
    m_window.record(*sequence);
    const std::size_t padding = parts.text[text - 2];
    if (padding + 2 > text) {
        return {};
    }
    return {Verdict::Opened, parts.text[text - 1], parts.text.first(text - 2 - padding)};
}

} // namespace tern::esp
