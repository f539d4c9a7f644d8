#include "app/helper/plan.h"

#include "app/helper/tags.h"

#include <algorithm>
#include <linux/rtnetlink.h>
#include <map>

namespace tern::helper {

namespace {

base::IpPrefix prefix(const char* text) {
    return *base::IpPrefix::fromText(text);
}

base::IpPrefix everything(bool v6) {
    return prefix(v6 ? "::/0" : "0.0.0.0/0");
}

// All of a family, also when written as its two halves.
bool coversFamily(const std::vector<base::IpPrefix>& routes, bool v6) {
    const auto has = [&routes](const base::IpPrefix& wanted) {
        return std::find(routes.begin(), routes.end(), wanted) != routes.end();
    };
    return has(everything(v6)) ||
           (has(prefix(v6 ? "::/1" : "0.0.0.0/1")) && has(prefix(v6 ? "8000::/1" : "128.0.0.0/1")));
}

void addRules(Plan& plan, bool v6) {
    plan.rules.push_back({v6, ruleMarkedMain, true, RT_TABLE_MAIN});
    plan.rules.push_back({v6, ruleMarkedDefault, true, RT_TABLE_DEFAULT});
    plan.rules.push_back({v6, ruleMarkedNowhere, true, 0});
    plan.rules.push_back({v6, ruleTunnel, false, tunnelTable});
}

void planFamily(Plan& plan, const TunnelRequest& request, bool v6) {
    // Later entries win: a network both tunnelled and excluded is excluded, a name server is always tunnelled.
    std::map<base::IpPrefix, Route::Kind> kinds;
    for (const auto& route : request.routes) {
        if (route.address.isV6() == v6) {
            kinds[route] = Route::Kind::Tunnel;
        }
    }
    for (const auto& server : request.dns) {
        if (server.isV6() == v6) {
            kinds[{server, static_cast<std::uint8_t>(server.bits())}] = Route::Kind::Tunnel;
        }
    }
    const bool full = coversFamily(request.routes, v6);
    const bool blocked = v6 ? request.blockV6 : request.blockV4;
    if (kinds.empty() && !blocked) {
        return;
    }
    for (const auto& network : request.excluded) {
        const bool isServer = std::find(request.dns.begin(), request.dns.end(), network.address) != request.dns.end() &&
                              network.length == network.address.bits();
        if (network.address.isV6() == v6 && !isServer) {
            kinds[network] = Route::Kind::Throw;
        }
    }
    if (v6 && (full || blocked)) {
        // Link-local destinations belong to their link: routers and DHCPv6 servers live there.
        kinds[prefix("fe80::/10")] = Route::Kind::Throw;
    }
    for (const auto& [destination, kind] : kinds) {
        plan.routes.push_back({destination, kind, 0});
    }
    if (full || blocked) {
        plan.routes.push_back({everything(v6), Route::Kind::Unreachable, fallbackMetric});
    }
    addRules(plan, v6);
    plan.fullTunnel = plan.fullTunnel || full;
}

} // namespace

Plan makePlan(const TunnelRequest& request) {
    Plan plan;
    planFamily(plan, request, false);
    planFamily(plan, request, true);
    std::sort(plan.routes.begin(), plan.routes.end());
    std::sort(plan.rules.begin(), plan.rules.end());
    return plan;
}

std::string text(const Route& route) {
    const char* kind = route.kind == Route::Kind::Tunnel  ? ""
                       : route.kind == Route::Kind::Throw ? "throw "
                                                          : "unreachable ";
    return kind + route.destination.text();
}

std::string text(const Rule& rule) {
    return std::string(rule.v6 ? "IPv6" : "IPv4") + " rule " + std::to_string(rule.priority);
}

std::vector<base::IpPrefix> withoutCovered(const std::vector<base::IpPrefix>& sorted) {
    // Sorted means a prefix comes right after the one that contains it, or after others inside the same one.
    std::vector<base::IpPrefix> kept;
    for (const auto& prefix : sorted) {
        if (kept.empty() || kept.back().address.isV6() != prefix.address.isV6() ||
            !kept.back().contains(prefix.address)) {
            kept.push_back(prefix);
        }
    }
    return kept;
}

} // namespace tern::helper
