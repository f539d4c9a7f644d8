#include "core/formats/strongswan_export.h"

#include <algorithm>

namespace tern::formats {

std::string serverIdentity(const profile::Profile& profile) {
    const auto& trust = profile.trust;
    return oneLine(trust.remoteIdentity.empty() ? trust.serverName : trust.remoteIdentity);
}

std::vector<std::string> selectorsOf(const profile::Profile& profile, Settings& written) {
    const auto& routing = profile.routing;
    if (routing.fullTunnelIpv4 && routing.fullTunnelIpv6 && routing.routes.empty()) {
        return {};
    }
    std::vector<std::string> selectors;
    if (routing.fullTunnelIpv4) {
        selectors.emplace_back("0.0.0.0/0");
    }
    if (routing.fullTunnelIpv6) {
        selectors.emplace_back("::/0");
    }
    bool metrics = false;
    for (const auto& each : routing.routes) {
        selectors.push_back(each.to.text());
        metrics = metrics || each.metric != 0;
    }
    // Without any route a split tunnel cannot be told from a full one by its selectors.
    if (!routing.routes.empty()) {
        written.insert(Setting::SplitTunnel);
        if (!metrics && routing.metric == 0 && !routing.routesFromSelectors &&
            (routing.classRoute || routing.fullTunnelIpv4)) {
            written.insert(Setting::Routes);
        }
        return selectors;
    }
    return {};
}

std::optional<Proposals> proposalsOf(const profile::Profile& profile, Settings& written) {
    const auto names = profile.ike.policy ? strongswanPolicy(*profile.ike.policy) : std::nullopt;
    if (!names) {
        return std::nullopt;
    }
    written.insert(Setting::Policy);
    // With an AEAD cipher the hash is the PRF's.
    const bool aead = names->cipher.find("gcm") != std::string::npos || names->cipher.starts_with("chacha");
    Proposals proposals;
    proposals.ike = names->cipher + (aead ? "-prf" : "-") + names->integrity + '-' + names->group;
    proposals.esp = names->espCipher + (names->espIntegrity == "aead" ? "" : '-' + names->espIntegrity) +
                    (names->pfs.empty() ? "" : '-' + names->pfs);
    return proposals;
}

} // namespace tern::formats
