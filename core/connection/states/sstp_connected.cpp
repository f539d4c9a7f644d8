#include "core/connection/states/sstp_connected.h"

#include "core/connection/sstp_config.h"
#include "core/connection/states/disconnecting.h"
#include "core/connection/states/reconnecting.h"
#include "core/connection/states/sstp_calling.h"

#include <algorithm>
#include <utility>

namespace tern::connection {

namespace {

// A network manager takes an address away before it gives another.
constexpr base::Duration grace = std::chrono::milliseconds(400);

} // namespace

StatePtr SstpConnected::enter() {
    m.reconnects = 0;
    m.lostAt.reset();
    m.status.reconnecting = false;
    m.status.error.reset();
    m.configuring.reset();
    m_watch.begin();
    if (!m.agreed.dhcp) {
        askDhcp();
    }
    replan();
    return lookAround(); // something may have changed on the way here
}

StatePtr SstpConnected::handle(Event& event) {
    if (auto* said = std::get_if<SstpSaid>(&event)) {
        if (auto* up = std::get_if<sstp::Up>(&said->output)) {
            m.up = std::move(*up);
            replan();
            return nullptr;
        }
        return takeEnd(m, said->output);
    }
    if (auto* answer = std::get_if<Configured>(&event)) {
        configured(*answer);
        return nullptr;
    }
    if (auto* answered = std::get_if<DhcpAnswered>(&event)) {
        m.note("DHCP in the tunnel: " + std::to_string(answered->reply.routes.size()) + " routes, " +
               std::to_string(answered->reply.domains.size()) + " domains");
        m.agreed.dhcp = std::move(answered->reply);
        m_dhcp.reset();
        replan();
        return nullptr;
    }
    if (std::holds_alternative<AlarmRang>(event)) {
        return look();
    }
    if (std::holds_alternative<NetworkChanged>(event)) {
        return lookAround();
    }
    if (std::holds_alternative<WokenUp>(event)) {
        return std::make_unique<SstpChecking>(m);
    }
    if (std::holds_alternative<GraceOver>(event) && !m.findWay()) {
        return callAnew(m, "there is no network that leads to it");
    }
    return Disconnecting::ifAsked(m, event);
}

// Only a split tunnel has use for routes.
void SstpConnected::askDhcp() {
    const auto& addresses = m.up->addresses;
    const auto own = std::find_if(addresses.begin(), addresses.end(),
                                  [](const base::IpPrefix& prefix) { return !prefix.address.isV6(); });
    if (m.request.profile.routing.fullTunnelIpv4 || own == addresses.end()) {
        return;
    }
    std::vector<base::IpAddress> servers;
    if (m.up->peerIpv4) {
        servers.push_back(*m.up->peerIpv4);
    }
    m_dhcp = std::make_unique<DhcpQuestion>(
        m.environment, *m.sstpTunnel, own->address, servers, true,
        m.callback<dhcp::Reply>([](auto reply) -> Event { return DhcpAnswered{std::move(reply)}; }));
}

void SstpConnected::replan() {
    if (m.configuring || !m.host) {
        return;
    }
    auto plan = planSstp(m.request.profile, *m.up, m.agreed.dhcp, *m.status.server);
    if (!plan || *plan == m.plan || *plan == m_refused) {
        return;
    }
    m_wanted = std::move(*plan);
    m.configure(*m_wanted);
}

void SstpConnected::configured(Configured& answer) {
    if (answer.number != m.configuring) {
        return;
    }
    m.configuring.reset();
    if (answer.tunnel) {
        m.plan = std::exchange(m_wanted, std::nullopt);
        m_refused.reset();
        m.sstpTunnel->setMtu(m.plan->mtu);
        m.sstpTunnel->setIpv6(m.up->linkLocal.has_value());
        m.showPlan();
        m.announce();
    } else {
        m_refused = std::exchange(m_wanted, std::nullopt);
        m.note("The tunnel stays as it was: " + answer.tunnel.error().code + " " + answer.tunnel.error().detail);
    }
    replan();
}

StatePtr SstpConnected::look() {
    if (m_watch.isLate()) {
        return std::make_unique<SstpChecking>(m);
    }
    m_watch.look([this] { m.sstp->doubtSilence(); });
    return nullptr;
}

StatePtr SstpConnected::lookAround() {
    const auto way = m.findWay();
    if (!way) {
        if (m.way) {
            m.setGrace(grace);
        }
        return nullptr;
    }
    m.clearGrace();
    const bool same = m.way && m.way->server == way->server && m.way->route.source == way->route.source;
    if (!m.way || same) {
        m.way = way;
        return nullptr;
    }
    // The way to the address in use counts, whatever else would be better.
    const auto current = m.environment.surroundings.routeTo(m.way->server);
    if (current && current->source == m.way->route.source) {
        return nullptr;
    }
    return callAnew(m, "the network has changed");
}

StatePtr SstpConnected::takeEnd(Machine& machine, SstpOutput& output) {
    if (auto* closed = std::get_if<sstp::Closed>(&output)) {
        machine.readStatistics();
        machine.sstp.reset();
        return std::make_unique<Reconnecting>(
            machine, closed->error.value_or(base::Error{"tern.engine.internal", {}, "SSTP ended without a reason"}));
    }
    return nullptr;
}

StatePtr SstpConnected::callAnew(Machine& machine, const char* reason) {
    machine.note(std::string("Calling the server anew: ") + reason);
    machine.readStatistics();
    machine.leaveSstp();
    machine.noteLoss();
    machine.status.reconnecting = true;
    machine.addressIndex = 0;
    if (machine.findWay()) {
        return callServer(machine);
    }
    return std::make_unique<Reconnecting>(machine,
                                          base::Error{"tern.engine.no-network", {machine.status.serverName}, {}});
}

// ---- after a sleep ----

StatePtr SstpChecking::enter() {
    m.status.reconnecting = true;
    m.status.stage = Stage::Checking;
    m.noteLoss();
    const auto way = m.findWay();
    const bool same = way && m.way && way->server == m.way->server && way->route.source == m.way->route.source;
    if (!same) {
        return SstpConnected::callAnew(m, "awake again, in another network");
    }
    m.note("Awake again; asking the server");
    m.sstp->probe();
    return nullptr;
}

StatePtr SstpChecking::handle(Event& event) {
    if (auto* said = std::get_if<SstpSaid>(&event)) {
        if (std::holds_alternative<sstp::Alive>(said->output)) {
            m.note("The server answers");
            return std::make_unique<SstpConnected>(m);
        }
        if (auto* up = std::get_if<sstp::Up>(&said->output)) {
            m.up = std::move(*up);
            return nullptr;
        }
        return SstpConnected::takeEnd(m, said->output);
    }
    if (std::holds_alternative<NetworkChanged>(event)) {
        const auto way = m.findWay();
        if (way && m.way && (way->server != m.way->server || way->route.source != m.way->route.source)) {
            return SstpConnected::callAnew(m, "the network has changed");
        }
        return nullptr;
    }
    return Disconnecting::ifAsked(m, event);
}

} // namespace tern::connection
