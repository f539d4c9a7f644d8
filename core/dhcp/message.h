// DHCPINFORM and its answer (RFC 2131 §3.4): how a host that has an address asks for everything else. Servers of
// Windows hand out the routes of a VPN this way, inside the tunnel (RFC 3442, and Microsoft's option 249 of the same
// form).
#pragma once

#include "core/base/ip.h"

#include <optional>
#include <string>
#include <vector>

namespace tern::dhcp {

constexpr std::uint16_t serverPort = 67;
constexpr std::uint16_t clientPort = 68;

// The message, 300 octets as the oldest relays want it. client: our IPv4 address in the tunnel.
[[nodiscard]] base::Bytes encodeInform(std::uint32_t transaction, const base::IpAddress& client);

struct Reply {
    std::vector<base::IpPrefix> routes; // option 121, else 249; the routers are left out: all is behind the tunnel
    std::vector<base::IpAddress> dns;
    std::vector<base::IpAddress> nbns;
    std::vector<std::string> domains; // options 15 and 119, lower case
    friend bool operator==(const Reply&, const Reply&) = default;
};
// A DHCPACK to that request. Nothing when it is anything else, or malformed anywhere. Lists are bounded, options that
// are cut in pieces put together (RFC 3396), and a list that is itself malformed is left out whole.
[[nodiscard]] std::optional<Reply> parseAck(base::ByteView message, std::uint32_t transaction,
                                            const base::IpAddress& client);

// An IPv4 packet with a UDP datagram, with checksums.
[[nodiscard]] base::Bytes wrapUdp(const base::IpAddress& from, std::uint16_t fromPort, const base::IpAddress& to,
                                  std::uint16_t toPort, base::ByteView payload);
// The payload of a whole IPv4 UDP packet between these ports; empty when it is anything else or damaged.
[[nodiscard]] base::ByteView unwrapUdp(base::ByteView packet, std::uint16_t fromPort, std::uint16_t toPort);

} // namespace tern::dhcp
