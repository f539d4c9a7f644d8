// The messages of neighbour discovery (RFC 4861) that a host behind PPP has to do with: it asks for routers, hears
// them, and answers who asks for its addresses. Whole IPv6 packets in and out.
#pragma once

#include "core/ppp/ipv6_packet.h"

#include <chrono>

namespace tern::ppp {

// §4.1, to all routers. A link without link-layer addresses has no option to send.
[[nodiscard]] base::Bytes buildRouterSolicitation(const base::IpAddress& from);

struct RouterAdvertisement {
    base::IpAddress router;          // link-local
    bool managed = false;            // addresses by DHCPv6
    bool other = false;              // everything else by DHCPv6
    std::chrono::seconds lifetime{}; // as a default router; zero: it is none
    struct Prefix {
        base::IpPrefix prefix; // masked
        bool onLink = false;
        bool autonomous = false; // RFC 4862
        std::uint32_t valid = 0; // seconds; all ones: for ever
        std::uint32_t preferred = 0;
    };
    std::vector<Prefix> prefixes;
    struct Route { // RFC 4191 §2.3
        base::IpPrefix prefix;
        std::uint32_t lifetime = 0;
    };
    std::vector<Route> routes;
    struct Dns { // RFC 8106: servers or names
        std::vector<base::IpAddress> servers;
        std::vector<std::string> names;
        std::uint32_t lifetime = 0;
    };
    std::vector<Dns> dns;
    std::uint32_t mtu = 0; // zero: not said
};
// Nothing when §6.1.2 has it discarded.
[[nodiscard]] std::optional<RouterAdvertisement> parseRouterAdvertisement(const Ipv6Packet& packet);

// §4.3, §7.1.1: whose address is asked for, and by whom.
struct NeighbourSolicitation {
    base::IpAddress target;
    base::IpAddress from;
};
[[nodiscard]] std::optional<NeighbourSolicitation> parseNeighbourSolicitation(const Ipv6Packet& packet);
// §4.4: the target is here.
[[nodiscard]] base::Bytes buildNeighbourAdvertisement(const NeighbourSolicitation& asked);

} // namespace tern::ppp
