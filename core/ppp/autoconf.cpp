#include "core/ppp/autoconf.h"

#include <algorithm>

namespace tern::ppp {

namespace {

using namespace std::chrono_literals;

constexpr unsigned mostSolicitations = 6;
constexpr unsigned solicitationsBeforeDhcp = 3;
constexpr unsigned blindDhcpTries = 5;
constexpr std::size_t mostHeld = 32;
constexpr std::uint8_t interfaceIdBits = 64;

base::IpAddress allDhcpServers() {
    return base::IpAddress::fromText("ff02::1:2").value_or(base::IpAddress());
}

} // namespace

Autoconf::Autoconf(const InterfaceId& interfaceId, base::Bytes duid, base::RandomSource& random)
    : m_interfaceId(interfaceId)
    , m_linkLocal(linkLocalFrom(interfaceId))
    , m_dhcp(std::move(duid), random) {}

void Autoconf::start(base::Instant now) {
    solicit(now);
}

// After 0, 1, 3, 7 … seconds: sooner than RFC 4861 §10 has it, for routers behind PPP often learn of the link when it
// is up already.
void Autoconf::solicit(base::Instant now) {
    constexpr base::Duration longest = 4s;
    if (m_solicitations == mostSolicitations) {
        m_solicitAt.reset();
        return;
    }
    m_packets.push_back(buildRouterSolicitation(m_linkLocal));
    m_solicitAt = now + std::min<base::Duration>(1s * (1U << m_solicitations), longest);
    ++m_solicitations;
    if (!m_hasRouter && m_solicitations == solicitationsBeforeDhcp && m_dhcp.isIdle()) {
        m_dhcp.start(now, Dhcp6Client::Purpose::Addresses, blindDhcpTries); // RFC 4862 §5.5.2
    }
}

bool Autoconf::isPending() const {
    return m_dhcp.isPending() || (!m_hasRouter && m_solicitAt && m_dhcp.addresses().empty());
}

// ---- what comes ----

void Autoconf::receive(base::Instant now, base::ByteView octets) {
    const auto packet = parseIpv6(octets);
    if (!packet) {
        return;
    }
    if (const auto advertisement = parseRouterAdvertisement(*packet)) {
        hear(now, *advertisement);
    } else if (const auto asked = parseNeighbourSolicitation(*packet)) {
        answer(*asked);
    } else if (const auto message = udpPayload(*packet, dhcpServerPort, dhcpClientPort);
               !message.empty() && packet->to == m_linkLocal) {
        m_dhcp.receive(now, message);
    }
}

// The last word about each counts; a lifetime of zero takes it back.
template<typename Value>
void Autoconf::hold(List<Value>& list, const Value& value, base::Instant now, base::Instant until) {
    const auto known = std::find_if(list.begin(), list.end(), [&](const auto& held) { return held.value == value; });
    if (known != list.end()) {
        known->until = until;
    } else if (list.size() < mostHeld && until > now) {
        list.push_back({value, until});
    }
}

void Autoconf::hear(base::Instant now, const RouterAdvertisement& advertisement) {
    constexpr base::Duration early = 30s;
    constexpr base::Duration leastPause = 10s;
    constexpr unsigned leastMtu = 1280;
    m_hasRouter = true;
    m_solicitations = 0;
    m_defaultUntil = now + advertisement.lifetime;
    for (const auto& prefix : advertisement.prefixes) {
        const auto until = lifetimeEnd(now, prefix.valid);
        if (prefix.onLink) {
            hold(m_routes, prefix.prefix, now, until);
        }
        if (prefix.autonomous && prefix.prefix.length == interfaceIdBits) {
            const auto address = addressFrom(prefix.prefix.address, m_interfaceId);
            hold(m_addresses, base::IpPrefix{address, interfaceIdBits}, now, until);
        }
    }
    for (const auto& route : advertisement.routes) {
        hold(m_routes, route.prefix, now, lifetimeEnd(now, route.lifetime));
    }
    for (const auto& dns : advertisement.dns) {
        const auto until = lifetimeEnd(now, dns.lifetime);
        for (const auto& server : dns.servers) {
            hold(m_dns, server, now, until);
        }
        for (const auto& name : dns.names) {
            hold(m_domains, name, now, until);
        }
    }
    m_mtu = advertisement.mtu >= leastMtu ? advertisement.mtu : m_mtu;
    forget(now);
    // Whoever solicits in time need not wait for the router's next word.
    const auto end = firstEnd();
    m_solicitAt = end == base::Instant::max() ? std::nullopt : std::optional(std::max(end - early, now + leastPause));
    if ((advertisement.managed || advertisement.other) && m_dhcp.isIdle()) {
        m_dhcp.start(now, advertisement.managed ? Dhcp6Client::Purpose::Addresses : Dhcp6Client::Purpose::Information,
                     0);
    }
}

// A link without link-layer addresses needs no resolution, but some servers see by it whether we are there.
void Autoconf::answer(const NeighbourSolicitation& asked) {
    const auto ours = result().addresses;
    const bool isOurs = asked.target == m_linkLocal || std::any_of(ours.begin(), ours.end(), [&](const auto& one) {
                            return one.address == asked.target;
                        });
    if (isOurs && !asked.from.isUnspecified() && !asked.from.isMulticast()) {
        m_packets.push_back(buildNeighbourAdvertisement(asked));
    }
}

// ---- time ----

void Autoconf::forget(base::Instant now) {
    const auto isOver = [&](const auto& held) { return held.until <= now; };
    std::erase_if(m_addresses, isOver);
    std::erase_if(m_routes, isOver);
    std::erase_if(m_dns, isOver);
    std::erase_if(m_domains, isOver);
    if (m_defaultUntil <= now) {
        m_defaultUntil = base::Instant::min();
    }
}

// Of anything learned from routers.
base::Instant Autoconf::firstEnd() const {
    auto end = m_defaultUntil == base::Instant::min() ? base::Instant::max() : m_defaultUntil;
    const auto look = [&](const auto& list) {
        for (const auto& held : list) {
            end = std::min(end, held.until);
        }
    };
    look(m_addresses);
    look(m_routes);
    look(m_dns);
    look(m_domains);
    return end;
}

void Autoconf::timeout(base::Instant now) {
    forget(now);
    if (m_solicitAt && *m_solicitAt <= now) {
        solicit(now);
    }
    m_dhcp.timeout(now);
}

std::optional<base::Instant> Autoconf::deadline() const {
    const auto next = std::min(
        {m_solicitAt.value_or(base::Instant::max()), firstEnd(), m_dhcp.deadline().value_or(base::Instant::max())});
    return next == base::Instant::max() ? std::nullopt : std::optional(next);
}

void Autoconf::release(base::Instant now) {
    m_dhcp.release(now);
}

// ---- what comes of it ----

Autoconf::Result Autoconf::result() const {
    constexpr std::uint8_t whole = 128;
    Result result;
    for (const auto& held : m_addresses) {
        result.addresses.push_back(held.value);
    }
    for (const auto& held : m_dhcp.addresses()) {
        result.addresses.push_back({held.address, whole});
    }
    for (const auto& held : m_dns) {
        result.dns.push_back(held.value);
    }
    for (const auto& server : m_dhcp.dns()) {
        result.dns.push_back(server);
    }
    for (const auto& held : m_domains) {
        result.domains.push_back(held.value);
    }
    for (const auto& name : m_dhcp.domains()) {
        result.domains.push_back(name);
    }
    for (const auto& held : m_routes) {
        result.routes.push_back(held.value);
    }
    // Where DHCPv6 gave an address and no router says a word, the other end of the link is the only way there is.
    result.isDefault = m_defaultUntil != base::Instant::min() || (!m_hasRouter && !m_dhcp.addresses().empty());
    result.mtu = m_mtu;
    return result;
}

std::vector<base::Bytes> Autoconf::takePackets() {
    for (const auto& message : m_dhcp.takeMessages()) {
        m_packets.push_back(buildUdp(m_linkLocal, dhcpClientPort, allDhcpServers(), dhcpServerPort, message));
    }
    return std::exchange(m_packets, {});
}

} // namespace tern::ppp
