// The network phase (RFC 1661 §3.6): IPCP, IPV6CP and what follows it, and when it is enough to be up.
#include "core/ppp/machine.h"

#include <algorithm>

namespace tern::ppp {

namespace {
constexpr unsigned leastIpv6Mtu = 1280;

// Settled against: nothing more is to be expected of it.
bool isEnded(const Automaton& automaton) {
    return automaton.state() < Automaton::State::ReqSent || automaton.isEndless();
}

template<typename Value>
void addNew(std::vector<Value>& to, const std::vector<Value>& more) {
    for (const auto& value : more) {
        if (std::find(to.begin(), to.end(), value) == to.end()) {
            to.push_back(value);
        }
    }
}
} // namespace

void Machine::beginNetwork() {
    m_phase = Phase::Network;
    m_lastStep = m_now;
    enter(Stage::Configuring);
    if (m_config.requestIpv4) {
        m_ipcp = std::make_unique<Ipcp>(m_config);
        m_ipcp->automaton().open(m_now);
        m_ipcp->automaton().up(m_now);
    }
    if (m_config.requestIpv6 && std::min<unsigned>(m_lcp.peerMru(), m_config.mtuLimit) >= leastIpv6Mtu) {
        m_ipv6cp = std::make_unique<Ipv6cp>(m_config, m_random);
        m_ipv6cp->automaton().open(m_now);
        m_ipv6cp->automaton().up(m_now);
    }
    waitWithEcho();
}

void Machine::flushNetwork() {
    if (m_ipcp) {
        for (const auto& packet : m_ipcp->automaton().takePackets()) {
            send(Protocol::Ipcp, packet);
        }
    }
    if (m_ipv6cp) {
        for (const auto& packet : m_ipv6cp->automaton().takePackets()) {
            send(Protocol::Ipv6cp, packet);
        }
    }
    if (m_autoconf) {
        for (const auto& packet : m_autoconf->takePackets()) {
            send(Protocol::Ipv6, packet);
        }
    }
}

Machine::Progressing Machine::ipv4Progress() const {
    if (!m_ipcp || isEnded(m_ipcp->automaton())) {
        return Progressing::Over;
    }
    if (!m_ipcp->automaton().isOpened()) {
        return Progressing::Yes;
    }
    return m_ipcp->address() ? Progressing::Done : Progressing::Over;
}

Machine::Progressing Machine::ipv6Progress() const {
    if (!m_ipv6cp || isEnded(m_ipv6cp->automaton())) {
        return Progressing::Over;
    }
    if (!m_autoconf) { // not open yet, or without an identifier
        return m_ipv6cp->automaton().isOpened() ? Progressing::Over : Progressing::Yes;
    }
    if (m_autoconf->isPending()) {
        return Progressing::Yes;
    }
    return m_autoconf->result().addresses.empty() ? Progressing::Over : Progressing::Done;
}

void Machine::followNetwork() {
    const bool isIpv6Open = m_ipv6cp && m_ipv6cp->automaton().isOpened();
    if (isIpv6Open != m_isIpv6Open) {
        m_isIpv6Open = isIpv6Open;
        m_autoconf.reset();
        if (isIpv6Open && m_ipv6cp->interfaceId() != InterfaceId{}) {
            m_autoconf = std::make_unique<Autoconf>(m_ipv6cp->interfaceId(), m_config.duid, m_random);
            m_autoconf->start(m_now);
        }
    }
    flushNetwork();
    const auto ipv4 = ipv4Progress();
    const auto ipv6 = ipv6Progress();
    if (ipv4 != Progressing::Done) {
        m_ipv4ReadySince.reset();
    } else if (!m_ipv4ReadySince) {
        m_ipv4ReadySince = m_now;
    }
    if (ipv4 == Progressing::Over && ipv6 == Progressing::Over) {
        return fail(networkError());
    }
    // While something is negotiated anew the former state of affairs stands.
    const bool isMoving = ipv4 == Progressing::Yes || (m_ipv6cp && !isIpv6Open && ipv6 == Progressing::Yes);
    const bool hasWaited = m_ipv4ReadySince && m_now >= *m_ipv4ReadySince + m_config.timers.ipv6Patience;
    const bool isReady = ipv4 == Progressing::Done ? ipv6 != Progressing::Yes || hasWaited
                                                   : ipv4 == Progressing::Over && ipv6 == Progressing::Done;
    if (m_up ? isMoving : !isReady) {
        return;
    }
    auto up = summary();
    if (!up.addresses.empty() && m_up != up) {
        m_up = up;
        emit(std::move(up));
    }
}

base::Error Machine::networkError() const {
    const bool wasOpened = m_ipcp && m_ipcp->automaton().isOpened();
    return m_up ? base::Error{"tern.ppp.network-ended", {}, {}}
                : base::Error{wasOpened || m_isIpv6Open ? "tern.ppp.no-address" : "tern.ppp.no-network", {}, {}};
}

Up Machine::summary() const {
    Up up;
    up.mtu = std::min<unsigned>(m_lcp.peerMru(), m_config.mtuLimit);
    if (ipv4Progress() == Progressing::Done) {
        up.addresses.push_back({*m_ipcp->address(), 32});
        up.dns = m_ipcp->dns();
        up.nbns = m_ipcp->nbns();
        up.peerIpv4 = m_ipcp->peer();
    }
    const auto ipv6 = m_autoconf ? m_autoconf->result() : Autoconf::Result{};
    if (!ipv6.addresses.empty()) {
        up.linkLocal = m_autoconf->linkLocal();
        addNew(up.addresses, ipv6.addresses);
        addNew(up.dns, ipv6.dns);
        addNew(up.domains, ipv6.domains);
        addNew(up.routes, ipv6.routes);
        up.ipv6Default = ipv6.isDefault;
        up.mtu = ipv6.mtu != 0 ? std::min(up.mtu, ipv6.mtu) : up.mtu;
    }
    return up;
}

} // namespace tern::ppp
