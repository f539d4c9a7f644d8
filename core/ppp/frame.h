// PPP frames as SSTP carries them: no HDLC, no FCS (RFC 1661 §2; [MS-SSTP] §2.2.3). Ours begin with FF 03 and two
// octets of protocol; of theirs, both may be compressed (§6.5, §6.6).
#pragma once

#include "core/base/bytes.h"

#include <cstddef>

namespace tern::ppp {

// IANA "PPP DLL Protocol Numbers".
enum class Protocol : std::uint16_t {
    None = 0, // not a protocol: nothing could be read
    Ipv4 = 0x0021,
    Ipv6 = 0x0057,
    Ipcp = 0x8021,
    Ipv6cp = 0x8057,
    Ccp = 0x80FD,
    Lcp = 0xC021,
    Pap = 0xC023,
    Chap = 0xC223,
    Eap = 0xC227,
};

// Four octets in front of every payload of ours.
inline constexpr std::size_t headerSize = 4;

struct Frame {
    Protocol protocol = Protocol::None;
    base::ByteView payload; // borrows
};

// For every frame of the data path: a few comparisons. Protocol::None for what is no PPP frame.
[[nodiscard]] inline Frame parseFrame(base::ByteView octets) {
    if (octets.size() >= 2 && octets[0] == 0xFF && octets[1] == 0x03) {
        octets = octets.subspan(2);
    }
    // The low bit of the last octet of a protocol is set, that of the one before never (§2).
    if (!octets.empty() && (octets[0] & 1U) != 0) {
        return {static_cast<Protocol>(octets[0]), octets.subspan(1)};
    }
    if (octets.size() < 2 || (octets[1] & 1U) == 0) {
        return {};
    }
    return {static_cast<Protocol>((octets[0] << 8U) | octets[1]), octets.subspan(2)};
}

// Where a received frame belongs. Packet: `payload` is an IP packet for the TUN. Control: the whole frame is for
// Session::receive(). Router advertisements, DHCPv6's answers and neighbour solicitations are Control, though they are
// IPv6 packets: a session gets its IPv6 address by them.
enum class FrameKind { Packet, Control, Malformed };
struct Classified {
    FrameKind kind = FrameKind::Malformed;
    base::ByteView payload; // borrows; with Packet alone
};
[[nodiscard]] bool isForSession(base::ByteView ipv6Packet);
[[nodiscard]] inline Classified classify(base::ByteView octets) {
    const Frame frame = parseFrame(octets);
    switch (frame.protocol) {
    case Protocol::Ipv4:
        return {FrameKind::Packet, frame.payload};
    case Protocol::Ipv6:
        return isForSession(frame.payload) ? Classified{FrameKind::Control, {}}
                                           : Classified{FrameKind::Packet, frame.payload};
    case Protocol::None:
        return {};
    default:
        return {FrameKind::Control, {}};
    }
}

// A whole frame.
[[nodiscard]] base::Bytes buildFrame(Protocol protocol, base::ByteView payload);

} // namespace tern::ppp
