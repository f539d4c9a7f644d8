// ESP packets of one SA (RFC 4303), sealed and opened in place, tunnel mode or transport mode alike: what the payload
// is, the caller says and learns by the next header. Each object belongs to one thread; nothing is allocated a packet.
#pragma once

#include "core/esp/packet_cipher.h"
#include "core/esp/replay_window.h"

#include <optional>

namespace tern::esp {

// Next header values (IANA protocol numbers).
constexpr std::uint8_t nextIpv4 = 4;
constexpr std::uint8_t nextIpv6 = 41;
constexpr std::uint8_t nextNone = 59; // a dummy packet (RFC 4303 §2.6)

constexpr std::size_t headerSize = 8;

// With so many sequence numbers left it is time for new keys: of 2^32 (RFC 4303 §3.3.3), minutes of traffic at ten
// gigabits a second.
constexpr std::uint64_t renewalReserve = std::uint64_t{1} << 29U;
// A cipher with blocks of 64 bits repeats itself after some 2^32 of them: new keys after so many packets, 1.5 GB.
constexpr std::uint64_t mostPacketsOfSmallBlocks = std::uint64_t{1} << 20U;

class OutboundSa {
public:
    // lastSequence: the number the last packet had; a new SA starts at 0. tern.datapath.cipher as makePacketCipher.
    [[nodiscard]] static base::Result<OutboundSa> create(const crypto::SaKeys& keys, std::uint64_t lastSequence = 0,
                                                         Backend backend = Backend::Fastest);

    // Where the payload starts in a packet: the caller puts it there, then seals.
    [[nodiscard]] std::size_t headroom() const { return headerSize + m_cipher->ivSize(); }
    // The length of the packet around a payload.
    [[nodiscard]] std::size_t sealedSize(std::size_t payload) const {
        return headroom() + textSize(payload) + m_cipher->icvSize();
    }

    // slot: at least sealedSize(payload) octets, the payload at headroom(). Answers the length of the packet; 0 when
    // the slot is too small, the sequence numbers are used up (they never wrap) or the cipher fails.
    [[nodiscard]] std::size_t seal(base::MutableByteView slot, std::size_t payload, std::uint8_t nextHeader);

    [[nodiscard]] std::uint32_t spi() const { return m_spi; }
    // How many packets can still be sent; see renewalReserve.
    [[nodiscard]] std::uint64_t sequencesLeft() const { return m_last - m_sequence; }

private:
    OutboundSa(std::unique_ptr<PacketCipher> cipher, std::uint32_t spi, std::uint64_t sequence, std::uint64_t last)
        : m_cipher(std::move(cipher))
        , m_sequence(sequence)
        , m_last(last)
        , m_spi(spi) {}
    [[nodiscard]] std::size_t textSize(std::size_t payload) const {
        const std::size_t unit = m_cipher->blockSize() < 4 ? 4 : m_cipher->blockSize();
        return (payload + 2 + unit - 1) / unit * unit;
    }

    std::unique_ptr<PacketCipher> m_cipher;
    std::uint64_t m_sequence;
    std::uint64_t m_last;
    std::uint32_t m_spi;
};

enum class Verdict { Opened, Malformed, Replayed, AuthFailed };

struct OpenResult {
    Verdict verdict = Verdict::Malformed;
    std::uint8_t nextHeader = 0;
    base::MutableByteView payload; // inside the packet; with any traffic flow confidentiality padding (§2.7)
};

class InboundSa {
public:
    // highestSequence: everything up to it counts as received; 0 for a new SA.
    [[nodiscard]] static base::Result<InboundSa> create(const crypto::SaKeys& keys, std::uint64_t highestSequence = 0,
                                                        Backend backend = Backend::Fastest);

    // The packet from the SPI on. Anything may be in it.
    [[nodiscard]] OpenResult open(base::MutableByteView packet);

    [[nodiscard]] std::uint32_t spi() const { return m_spi; }

private:
    InboundSa(std::unique_ptr<PacketCipher> cipher, std::uint32_t spi, ReplayWindow window)
        : m_cipher(std::move(cipher))
        , m_window(window)
        , m_spi(spi) {}

    std::unique_ptr<PacketCipher> m_cipher;
    ReplayWindow m_window;
    std::uint32_t m_spi;
};

// The SPI of an ESP packet; nothing when it is too short to have one. 0 is the non-ESP marker of RFC 3948 §2.2.
[[nodiscard]] inline std::optional<std::uint32_t> spiOf(base::ByteView packet) {
    if (packet.size() < 4) {
        return std::nullopt;
    }
    return (std::uint32_t{packet[0]} << 24U) | (std::uint32_t{packet[1]} << 16U) | (std::uint32_t{packet[2]} << 8U) |
           packet[3];
}

} // namespace tern::esp
