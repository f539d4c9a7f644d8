#include "core/connection/agreed.h"

#include "core/esp/security_association.h"

#include <algorithm>
#include <tuple>

namespace tern::connection {

namespace {

// Paths narrower than Ethernet's 1500 are common (PPPoE, DS-Lite, mobile networks) and seldom say so: what fits those
// is not tried out on anybody. A path known to be narrower still makes it less.
constexpr unsigned usualMtu = 1400;
constexpr unsigned leastMtu = 576;
constexpr unsigned leastMtuV6 = 1280; // RFC 8200 §5
constexpr std::size_t mostSelectors = 1024;
constexpr std::uint8_t widestRoute = 8;

auto key(const ike::TrafficSelector& selector) {
    return std::tie(selector.first, selector.last, selector.protocol, selector.firstPort, selector.lastPort);
}

} // namespace

EspSizes EspSizes::of(const crypto::SaKeys& keys, bool outerV6) {
    EspSizes sizes;
    sizes.m_headers = (outerV6 ? 40 : 20) + 8;
    const auto sa = esp::OutboundSa::create(keys);
    if (!sa) {
        return sizes;
    }
    const auto least = sa->sealedSize(0);
    std::size_t next = 1;
    while (next < 64 && sa->sealedSize(next) == least) {
        ++next;
    }
    sizes.m_unit = static_cast<unsigned>(sa->sealedSize(next) - least);
    sizes.m_fixed = static_cast<unsigned>(least) - sizes.m_unit;
    return sizes;
}

unsigned EspSizes::innerOf(unsigned outer) const {
    const unsigned around = m_headers + m_fixed;
    if (outer < around + m_unit) {
        return 0;
    }
    return (outer - around) / m_unit * m_unit - 2; // pad length and next header
}

unsigned EspSizes::outerOf(unsigned inner) const {
    return m_headers + m_fixed + (inner + 2 + m_unit - 1) / m_unit * m_unit;
}

void Agreed::carry(const std::vector<ike::TrafficSelector>& remote) {
    for (const auto& selector : remote) {
        const auto place = std::lower_bound(m_remote.begin(), m_remote.end(), selector,
                                            [](const auto& a, const auto& b) { return key(a) < key(b); });
        if (m_remote.size() < mostSelectors && (place == m_remote.end() || *place != selector)) {
            m_remote.insert(place, selector);
        }
    }
}

bool Agreed::carries(const base::IpAddress& address) const {
    return std::any_of(m_remote.begin(), m_remote.end(), [&address](const auto& selector) {
        return selector.first.isV6() == address.isV6() && selector.first <= address && address <= selector.last;
    });
}

void Agreed::measure(const crypto::SaKeys& outbound, bool outerV6, bool stream, unsigned pathMtu) {
    m_sizes = EspSizes::of(outbound, outerV6);
    m_stream = stream;
    if (pathMtu != 0) {
        m_path = pathMtu;
    }
}

unsigned Agreed::mtuFor(bool innerV6) const {
    // A stream cuts what it carries as it likes.
    const auto fits = m_stream ? usualMtu : std::min(usualMtu, m_sizes.innerOf(m_path));
    return std::max(fits, innerV6 ? leastMtuV6 : leastMtu);
}

base::Result<TunnelPlan> Agreed::plan(const profile::Profile& profile, const ike::ServerConfiguration& configuration,
                                      const base::IpAddress& server) const {
    auto plan = planTunnel(profile, dhcp ? withDhcp(configuration, *dhcp, profile, server) : configuration, m_remote);
    if (plan) {
        const auto& addresses = plan->addresses;
        plan->mtu = mtuFor(
            std::any_of(addresses.begin(), addresses.end(), [](const auto& prefix) { return prefix.address.isV6(); }));
    }
    return plan;
}

ike::ServerConfiguration withDhcp(ike::ServerConfiguration configuration, const dhcp::Reply& reply,
                                  const profile::Profile& profile, const base::IpAddress& server) {
    const auto& excluded = profile.routing.excluded;
    for (const auto& route : reply.routes) {
        const bool isServer = route.length == route.address.bits() && route.address == server;
        const bool kept = std::any_of(excluded.begin(), excluded.end(), [&route](const base::IpPrefix& network) {
            return network.length <= route.length && network.contains(route.address);
        });
        if (route.length >= widestRoute && !isServer && !kept) {
            configuration.subnets.push_back(route);
        }
    }
    // IKE's own word comes first.
    if (configuration.dns.empty()) {
        configuration.dns = reply.dns;
    }
    if (configuration.nbns.empty()) {
        configuration.nbns = reply.nbns;
    }
    for (const auto& domain : reply.domains) {
        if (std::find(configuration.domains.begin(), configuration.domains.end(), domain) ==
            configuration.domains.end()) {
            configuration.domains.push_back(domain);
        }
    }
    return configuration;
}

} // namespace tern::connection
