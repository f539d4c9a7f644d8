// IPv6 packets that a session itself sends and takes (RFC 8200), with the checksum of ICMPv6 and UDP.
#pragma once

#include "core/base/ip.h"

#include <optional>

namespace tern::ppp {

inline constexpr std::uint8_t protocolUdp = 17;
inline constexpr std::uint8_t protocolIcmpV6 = 58;

struct Ipv6Packet {
    base::IpAddress from;
    base::IpAddress to;
    std::uint8_t protocol = 0;
    std::uint8_t hopLimit = 0;
    base::ByteView payload; // borrows
};
// Nothing when it is not one as a whole, without extension headers, with a right checksum (ICMPv6 and UDP alone).
[[nodiscard]] std::optional<Ipv6Packet> parseIpv6(base::ByteView octets);
// The payload with its checksum field, at `checksumAt`, filled in.
[[nodiscard]] base::Bytes buildIpv6(const Ipv6Packet& packet, std::size_t checksumAt);

// RFC 8415 §7.2. Datagrams between these two ports.
inline constexpr std::uint16_t dhcpClientPort = 546;
inline constexpr std::uint16_t dhcpServerPort = 547;
[[nodiscard]] base::Bytes buildUdp(const base::IpAddress& from, std::uint16_t fromPort, const base::IpAddress& to,
                                   std::uint16_t toPort, base::ByteView payload);
// Its payload; empty when the ports are others or its length does not fit.
[[nodiscard]] base::ByteView udpPayload(const Ipv6Packet& packet, std::uint16_t fromPort, std::uint16_t toPort);

// fe80::/64 and an interface identifier, or any other /64.
[[nodiscard]] base::IpAddress addressFrom(const base::IpAddress& prefix, base::ByteView interfaceId);
[[nodiscard]] base::IpAddress linkLocalFrom(base::ByteView interfaceId);

// Names as DNS writes them, without compression, one after the other (RFC 8106 §5.2, RFC 8415 §10); lower case, at most
// 64. Zeros behind them are padding. Empty when anything is malformed.
[[nodiscard]] std::vector<std::string> readNames(base::ByteView octets);
// Whole addresses alone, at most 16.
[[nodiscard]] std::vector<base::IpAddress> readIpv6Addresses(base::ByteView octets);

} // namespace tern::ppp
