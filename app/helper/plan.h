// From a request to what the kernel is to hold: routes and rules. Pure; applying it is session.cpp's.
#pragma once

#include "app/helper/request.h"
#include "core/base/ip.h"

#include <vector>

namespace tern::helper {

// A route of the tunnel's table. Throw leaves the table: the destination goes the way it went without the tunnel.
struct Route {
    enum class Kind { Tunnel, Throw, Unreachable };
    base::IpPrefix destination;
    Kind kind = Kind::Tunnel;
    std::uint32_t metric = 0; // 0 = the kernel's default

    // clang-tidy 14 takes the 0 in the generated comparison for a pointer.
    // NOLINTNEXTLINE(modernize-use-nullptr)
    friend auto operator<=>(const Route&, const Route&) = default;
};

struct Rule {
    bool v6 = false;
    std::uint32_t priority = 0;
    bool marked = false;     // only packets with the outer mark
    std::uint32_t table = 0; // 0 = answer "unreachable"

    // clang-tidy 14 takes the 0 in the generated comparison for a pointer.
    // NOLINTNEXTLINE(modernize-use-nullptr)
    friend auto operator<=>(const Rule&, const Rule&) = default;
};

struct Plan {
    std::vector<Route> routes; // sorted
    std::vector<Rule> rules;   // sorted
    bool fullTunnel = false;   // of one family at least
};

[[nodiscard]] Plan makePlan(const TunnelRequest& request);

// What a rule, a route says, for errors and logs.
[[nodiscard]] std::string text(const Route& route);
[[nodiscard]] std::string text(const Rule& rule);

// Of the list only what no other prefix in it contains: interval sets of nftables must not overlap. Expects the list
// sorted.
[[nodiscard]] std::vector<base::IpPrefix> withoutCovered(const std::vector<base::IpPrefix>& sorted);

} // namespace tern::helper
