#include "app/helper/session.h"

#include "app/helper/outer_socket.h"
#include "app/helper/sysctl.h"

#include <QDebug>
#include <QDebugStateSaver>
#include <algorithm>
#include <tuple>

namespace tern::helper {

namespace {

// Where marked sockets of one session may send at a time; the ones used longest ago are closed to them.
constexpr std::size_t maxServers = 16;

void logFailure(const base::Result<void>& done) {
    if (!done) {
        qWarning("%s: %s", done.error().code.c_str(), done.error().detail.c_str());
    }
}

DnsSettings dnsSettings(const TunnelRequest& request) {
    return {request.dns, request.domains, request.allNames};
}

void resetSysctl() {
    if (!setSrcValidMark(false)) {
        qWarning("net.ipv4.conf.all.src_valid_mark cannot be set back");
    }
}

// Redirection knows no names: all queries go to the VPN's servers, or none.
bool canRedirect(const TunnelRequest& request) {
    return !request.dns.empty() && request.allNames;
}

} // namespace

void removeAllOfOurs(Netlink& netlink, Firewall& firewall) {
    // Rules first: from then on traffic goes the way it went before. The link last: the kernel takes its time.
    if (const auto rules = netlink.ourRules(); rules) {
        for (const auto& rule : *rules) {
            logFailure(netlink.deleteRule(rule));
        }
    } else {
        logFailure(base::fail(rules.error()));
    }
    logFailure(netlink.flushTable());
    const bool sysctl = firewall.remembersSysctl();
    logFailure(firewall.remove());
    if (sysctl) {
        resetSysctl();
    }
    if (const auto links = netlink.ourLinks(); links) {
        for (const auto link : *links) {
            logFailure(netlink.deleteLink(link));
        }
    } else {
        logFailure(base::fail(links.error()));
    }
}

Session::Session(quint64 id, QString owner, Netlink& netlink, Firewall& firewall, Resolved& resolved)
    : m_id(id)
    , m_owner(std::move(owner))
    , m_netlink(netlink)
    , m_firewall(firewall)
    , m_resolved(resolved) {}

Session::~Session() {
    if (m_state.firewall.empty() && !m_tun) {
        return;
    }
    removeAllOfOurs(m_netlink, m_firewall);
    if (m_tun) {
        m_resolved.flushCaches();
    }
}

const char* Session::dnsBackend() const {
    if (!m_state.tunnel || m_state.tunnel->dns.empty()) {
        return "none";
    }
    if (m_state.redirectDns) {
        return "redirect";
    }
    return m_resolved.isPresent() ? "resolved" : "none";
}

base::Result<base::UniqueFd> Session::openSocket(const SocketRequest& request) {
    if (!m_netlink.isRemote(request.server)) {
        return base::fail("tern.helper.bad-server", {}, "the server's address is this computer's own, or nobody's");
    }
    auto socket = openOuterSocket(request);
    if (!socket) {
        return socket;
    }
    auto servers = m_servers;
    std::erase(servers, request);
    servers.insert(servers.begin(), request);
    servers.resize(std::min(servers.size(), maxServers));
    std::swap(servers, m_servers);

    Transaction transaction;
    State next = m_state;
    if (auto done = loadFirewall(transaction, next); !done) {
        std::swap(servers, m_servers);
        return base::fail(done.error());
    }
    transaction.commit();
    m_state = std::move(next);
    return socket;
}

base::Result<const Tun*> Session::configure(const TunnelRequest& request) {
    constexpr std::array<Step, 5> steps{&Session::bringUpLink, &Session::loadFirewall, &Session::setSysctl,
                                        &Session::setRouting, &Session::setDns};
    Transaction transaction;
    State next = m_state;
    next.tunnel = request;
    next.plan = makePlan(request);
    next.redirectDns = !m_resolved.isPresent() && canRedirect(request);
    next.sysctlChanged = m_state.sysctlChanged || !srcValidMark();
    for (const auto step : steps) {
        if (auto done = (this->*step)(transaction, next); !done) {
            return base::fail(done.error());
        }
    }
    transaction.commit();
    m_state = std::move(next);
    return &*m_tun;
}

base::Result<void> Session::bringUpLink(Transaction& transaction, State& next) {
    const unsigned mtu = next.tunnel->mtu;
    if (m_tun) {
        return transaction.run([&] { return m_netlink.setMtu(m_tun->index, mtu); },
                               [this] { logFailure(m_netlink.setMtu(m_tun->index, m_state.tunnel->mtu)); });
    }
    const auto create = [this]() -> base::Result<void> {
        auto tun = createTun();
        if (!tun) {
            return base::fail(tun.error());
        }
        m_tun = std::move(*tun);
        return {};
    };
    const auto destroy = [this] {
        logFailure(m_netlink.deleteLink(m_tun->index));
        m_tun.reset();
    };
    if (auto done = transaction.run(create, destroy); !done) {
        return done;
    }
    return m_netlink.prepareLink(m_tun->index, mtu);
}

base::Result<void> Session::loadFirewall(Transaction& transaction, State& next) {
    FirewallPlan plan{m_servers, std::nullopt, next.sysctlChanged};
    if (next.tunnel) {
        plan.tunnel = {m_tun->name,          next.tunnel->addresses, next.tunnel->dns,     next.tunnel->excluded,
                       next.plan.fullTunnel, next.redirectDns,       next.tunnel->blockV4, next.tunnel->blockV6};
    }
    const auto before = next.firewall;
    next.firewall = firewallText(plan);
    if (next.firewall == before) {
        return {};
    }
    return transaction.run(
        [&] { return m_firewall.load(next.firewall); },
        [this, before] { logFailure(before.empty() ? m_firewall.remove() : m_firewall.load(before)); });
}

base::Result<void> Session::setSysctl(Transaction& transaction, State& next) {
    if (next.sysctlChanged == m_state.sysctlChanged) {
        return {};
    }
    const auto set = []() -> base::Result<void> {
        if (!setSrcValidMark(true)) {
            // Only strict reverse path filtering needs it; the tunnel works without where that is off or loose.
            qWarning("net.ipv4.conf.all.src_valid_mark cannot be set");
        }
        return {};
    };
    return transaction.run(set, resetSysctl);
}

base::Result<void> Session::setRouting(Transaction& transaction, State& next) {
    const unsigned link = m_tun->index;
    static const std::vector<base::IpAddress> none;
    const auto& addresses = next.tunnel->addresses;
    const auto& formerAddresses = m_state.tunnel ? m_state.tunnel->addresses : none;
    const auto addAddress = [this, link](const base::IpAddress& address) {
        return m_netlink.addAddress(link, address);
    };
    const auto deleteAddress = [this, link](const base::IpAddress& address) {
        return m_netlink.deleteAddress(link, address);
    };
    const auto addRoute = [this, link](const Route& route) { return m_netlink.addRoute(link, route); };
    const auto deleteRoute = [this, link](const Route& route) { return m_netlink.deleteRoute(link, route); };
    const auto addRule = [this](const Rule& rule) { return m_netlink.addRule(rule); };
    const auto deleteRule = [this](const Rule& rule) { return m_netlink.deleteRule(rule); };

    // Former addresses go last: with its last address the kernel would take a link's routes as well. A route that
    // changes its kind has to go before the new one comes, since both have the same destination and metric.
    auto done = addMissing(transaction, formerAddresses, addresses, addAddress, deleteAddress);
    if (done) {
        done = addMissing(transaction, next.plan.routes, m_state.plan.routes, deleteRoute, addRoute);
    }
    if (done) {
        done = addMissing(transaction, m_state.plan.routes, next.plan.routes, addRoute, deleteRoute);
    }
    if (done) {
        done = addMissing(transaction, m_state.plan.rules, next.plan.rules, addRule, deleteRule);
    }
    if (done) {
        done = addMissing(transaction, next.plan.rules, m_state.plan.rules, deleteRule, addRule);
    }
    if (done) {
        done = addMissing(transaction, addresses, formerAddresses, deleteAddress, addAddress);
    }
    return done;
}

base::Result<void> Session::setDns(Transaction& transaction, State& next) {
    const auto settings = dnsSettings(*next.tunnel);
    const auto former = m_state.tunnel ? dnsSettings(*m_state.tunnel) : DnsSettings();
    if (!settings.servers.empty() && !m_resolved.isPresent() && !next.redirectDns) {
        qWarning("names of single domains can only be sent to the VPN by systemd-resolved, which does not run; the "
                 "VPN's name servers are not used");
    }
    if (!m_resolved.isPresent() || (settings == former && m_state.tunnel) ||
        (settings.servers.empty() && former.servers.empty())) {
        return {};
    }
    const unsigned link = m_tun->index;
    auto outcome = m_resolved.set(link, settings);
    const auto undo = [this, link, former] {
        if (former.servers.empty()) {
            m_resolved.revert(link);
        } else if (!m_resolved.set(link, former)) {
            qWarning("the former name servers could not be put back");
        }
    };
    if (!outcome) {
        undo(); // some of the calls may have been done
        return base::fail(outcome.error());
    }
    if (*outcome == Resolved::Outcome::Refused) {
        qWarning("systemd-resolved does not let this user set name servers; see org.ternvpn.rules");
        next.redirectDns = canRedirect(*next.tunnel);
        return loadFirewall(transaction, next);
    }
    return transaction.run([]() -> base::Result<void> { return {}; }, undo);
}

void Session::repairRouting() {
    if (!m_tun) {
        return;
    }
    for (const auto& route : m_state.plan.routes) {
        logFailure(m_netlink.putRoute(m_tun->index, route));
    }
    auto rules = m_netlink.ourRules();
    if (!rules) {
        logFailure(base::fail(rules.error()));
        return;
    }
    for (const auto& rule : m_state.plan.rules) {
        if (std::find(rules->begin(), rules->end(), rule) == rules->end()) {
            qWarning("%s was taken away and is put back", text(rule).c_str());
            logFailure(m_netlink.addRule(rule));
        }
    }
}

void Session::repairFirewall() {
    if (!m_state.firewall.empty() && !m_firewall.isLoaded()) {
        qWarning("the firewall table was taken away and is put back");
        logFailure(m_firewall.load(m_state.firewall));
    }
}

void Session::dnsServiceChanged() {
    if (!m_state.tunnel || m_state.tunnel->dns.empty()) {
        return;
    }
    Transaction transaction;
    State next = m_state;
    next.redirectDns = !m_resolved.isPresent() && canRedirect(*next.tunnel);
    if (m_resolved.isPresent()) {
        const auto outcome = m_resolved.set(m_tun->index, dnsSettings(*next.tunnel));
        next.redirectDns = (!outcome || *outcome == Resolved::Outcome::Refused) && canRedirect(*next.tunnel);
    }
    if (auto done = loadFirewall(transaction, next); !done) {
        logFailure(done);
        return;
    }
    transaction.commit();
    m_state = std::move(next);
}

} // namespace tern::helper
