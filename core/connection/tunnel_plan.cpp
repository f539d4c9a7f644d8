#include "core/connection/tunnel_plan.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace tern::connection {

namespace {

// The helper's limits (app/dbus/org.ternvpn.Helper1.xml).
constexpr std::size_t mostAddresses = 16;
constexpr std::size_t mostRoutes = 1024;
constexpr std::size_t mostServers = 8;
constexpr std::size_t mostDomains = 64;

bool isUsable(const base::IpAddress& address) {
    return !address.isUnspecified() && !address.isLoopback() && !address.isMulticast();
}

template<typename T>
void addOnce(std::vector<T>& list, T value, std::size_t most) {
    if (list.size() < most && std::find(list.begin(), list.end(), value) == list.end()) {
        list.push_back(std::move(value));
    }
}

bool hasFamily(const TunnelPlan& plan, bool v6) {
    return std::any_of(plan.addresses.begin(), plan.addresses.end(),
                       [v6](const base::IpPrefix& prefix) { return prefix.address.isV6() == v6; });
}

// A route of a family without an address in it would only blackhole. A default route is never taken from a list.
void addRoute(TunnelPlan& plan, const base::IpPrefix& to) {
    const bool local = to.address.isLoopback() || to.address.isMulticast();
    if (to.length > 0 && to.length <= to.address.bits() && !local && hasFamily(plan, to.address.isV6())) {
        addOnce(plan.routes, to.masked(), mostRoutes);
    }
}

base::IpPrefix everything(bool v6) {
    return *base::IpPrefix::fromText(v6 ? "::/0" : "0.0.0.0/0");
}

// Letters, digits, hyphens; labels of 1…63 octets; a trailing dot is dropped. Empty for anything else.
std::string checkedDomain(std::string_view name) {
    if (name.ends_with('.')) {
        name.remove_suffix(1);
    }
    if (name.empty() || name.size() > 253) {
        return {};
    }
    std::string domain;
    std::size_t label = 0;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool edge = label == 0 || i + 1 == name.size() || name[i + 1] == '.';
        const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (c == '.' ? label == 0 : (!(alphanumeric || (c == '-' && !edge)) || ++label > 63)) {
            return {};
        }
        label = c == '.' ? 0 : label;
        domain.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
    return domain;
}

void addDomain(TunnelPlan& plan, std::string_view name) {
    auto domain = checkedDomain(name);
    if (!domain.empty()) {
        addOnce(plan.domains, {std::move(domain), false}, mostDomains);
    }
}

// RFC 791 classes, as Windows uses them for the route of a split tunnel.
base::IpPrefix classfulNetwork(const base::IpAddress& address) {
    const auto first = address.bytes()[0];
    const std::uint8_t length = first < 128 ? 8 : (first < 192 ? 16 : 24);
    return base::IpPrefix{address, length}.masked();
}

bool isEverything(const ike::TrafficSelector& selector) {
    const auto covered = prefixesOf(selector.first, selector.last);
    return covered.size() == 1 && covered.front().length == 0;
}

void planSplitRoutes(TunnelPlan& plan, bool v6, const profile::Profile& profile,
                     const ike::ServerConfiguration& configuration, const std::vector<ike::TrafficSelector>& remote) {
    for (const auto& route : profile.routing.routes) {
        if (route.to.address.isV6() == v6) {
            addRoute(plan, route.to);
        }
    }
    for (const auto& subnet : configuration.subnets) {
        if (subnet.address.isV6() == v6) {
            addRoute(plan, subnet);
        }
    }
    for (const auto& selector : remote) {
        if (selector.first.isV6() != v6 || isEverything(selector)) {
            continue;
        }
        for (const auto& prefix : prefixesOf(selector.first, selector.last)) {
            addRoute(plan, prefix);
        }
    }
    if (!v6 && profile.routing.classRoute) {
        for (const auto& assigned : std::vector(plan.addresses)) {
            if (!assigned.address.isV6()) {
                addRoute(plan, classfulNetwork(assigned.address));
            }
        }
    }
    const auto& dns = std::as_const(plan.dns);
    for (const auto* list : {&dns, &configuration.nbns, &configuration.servers}) {
        for (const auto& server : *list) {
            if (server.isV6() == v6 && isUsable(server)) {
                addRoute(plan, {server, static_cast<std::uint8_t>(server.bits())});
            }
        }
    }
}

void planDns(TunnelPlan& plan, const profile::Profile& profile, const ike::ServerConfiguration& configuration) {
    const auto& servers = profile.dns.servers.empty() ? configuration.dns : profile.dns.servers;
    for (const auto& server : servers) {
        if (isUsable(server) && hasFamily(plan, server.isV6())) {
            addOnce(plan.dns, server, mostServers);
        }
    }
    if (plan.dns.empty()) {
        return;
    }
    if (profile.routing.fullTunnelIpv4) {
        plan.domains.emplace_back(".", true);
    }
    for (const auto& domain : profile.dns.domains) {
        addDomain(plan, domain);
    }
    addDomain(plan, profile.dns.suffix);
    for (const auto& domain : configuration.domains) {
        addDomain(plan, domain);
    }
}

} // namespace

base::Result<TunnelPlan> planTunnel(const profile::Profile& profile, const ike::ServerConfiguration& configuration,
                                    const std::vector<ike::TrafficSelector>& remote) {
    TunnelPlan plan;
    for (const auto& assigned : configuration.addresses) {
        if (isUsable(assigned.address) && assigned.length > 0 && assigned.length <= assigned.address.bits()) {
            addOnce(plan.addresses, assigned, mostAddresses);
        }
    }
    if (plan.addresses.empty()) {
        return base::fail("tern.engine.no-address");
    }
    planDns(plan, profile, configuration);
    for (const bool v6 : {false, true}) {
        const bool full = v6 ? profile.routing.fullTunnelIpv6 : profile.routing.fullTunnelIpv4;
        if (full && hasFamily(plan, v6)) {
            addOnce(plan.routes, everything(v6), mostRoutes);
        } else if (full) {
            plan.block.emplace_back(v6 ? "ipv6" : "ipv4");
        } else {
            planSplitRoutes(plan, v6, profile, configuration, remote);
        }
    }
    for (const auto& excluded : profile.routing.excluded) {
        if (excluded.length > 0 && excluded.length <= excluded.address.bits()) {
            addOnce(plan.excluded, excluded.masked(), mostRoutes);
        }
    }
    return plan;
}

std::vector<base::IpPrefix> prefixesOf(const base::IpAddress& first, const base::IpAddress& last) {
    if (first.isV6() != last.isV6() || last < first) {
        return {};
    }
    const auto bits = static_cast<int>(first.bits());
    using Octets = std::array<std::uint8_t, 16>;
    const auto octetsOf = [](const base::IpAddress& address) {
        Octets octets{};
        std::copy(address.bytes().begin(), address.bytes().end(), octets.begin());
        return octets;
    };
    const auto bit = [](int index) {
        return static_cast<std::uint8_t>(1U << (7U - static_cast<unsigned>(index) % 8U));
    };
    const auto at = [](Octets& octets, int index) -> std::uint8_t& {
        return octets[static_cast<std::size_t>(index) / 8U];
    };
    Octets cursor = octetsOf(first);
    const Octets end = octetsOf(last);
    std::vector<base::IpPrefix> prefixes;
    for (;;) {
        // The longest run of zero bits at the end of the cursor that does not pass the end.
        int length = bits;
        Octets top = cursor;
        while (length > 0 && (at(cursor, length - 1) & bit(length - 1)) == 0) {
            Octets wider = top;
            at(wider, length - 1) = static_cast<std::uint8_t>(at(wider, length - 1) | bit(length - 1));
            if (wider > end) {
                break;
            }
            top = wider;
            --length;
        }
        const auto network =
            base::IpAddress::fromBytes(base::ByteView(cursor).first(static_cast<std::size_t>(bits) / 8U));
        prefixes.push_back({*network, static_cast<std::uint8_t>(length)});
        if (top >= end) {
            return prefixes;
        }
        // One past the block.
        cursor = top;
        for (int i = bits - 1; i >= 0; --i) {
            at(cursor, i) = static_cast<std::uint8_t>(at(cursor, i) ^ bit(i));
            if ((at(cursor, i) & bit(i)) != 0) {
                break;
            }
        }
    }
}

} // namespace tern::connection
