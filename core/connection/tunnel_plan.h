// What the host has to do for a tunnel: addresses, routes, DNS, blocks; made from the profile and from what the server
// handed out. Nothing a server says gets through unchecked: the helper refuses a whole plan for one bad value.
#pragma once

#include "core/base/error.h"
#include "core/base/ip.h"
#include "core/ike/session.h"
#include "core/profile/profile.h"

#include <string>
#include <utility>
#include <vector>

namespace tern::connection {

// As org.ternvpn.Helper1's Configure, within its limits.
struct TunnelPlan {
    unsigned mtu = 1400;
    std::vector<base::IpPrefix> addresses;
    std::vector<base::IpPrefix> routes;
    std::vector<base::IpPrefix> excluded;
    std::vector<base::IpAddress> dns;
    std::vector<std::pair<std::string, bool>> domains; // the flag: routing only
    std::vector<std::string> block;                    // "ipv4", "ipv6"

    friend bool operator==(const TunnelPlan&, const TunnelPlan&) = default;
};

// Full tunnel: everything of each family the server gave an address of; a family it gave none of is blocked, so that
// nothing goes past the tunnel. Split: the profile's routes, the server's subnets, its traffic selectors when they are
// narrower than everything, the classful network of our address when the profile wants it, and its DNS and WINS
// servers. DNS: full tunnel, every name; split, only the domains known to be the server's. tern.engine.no-address when
// the server gave none.
[[nodiscard]] base::Result<TunnelPlan> planTunnel(const profile::Profile& profile,
                                                  const ike::ServerConfiguration& configuration,
                                                  const std::vector<ike::TrafficSelector>& remote);

// The fewest prefixes that cover first…last; empty when they are not of one family or out of order.
[[nodiscard]] std::vector<base::IpPrefix> prefixesOf(const base::IpAddress& first, const base::IpAddress& last);

} // namespace tern::connection
