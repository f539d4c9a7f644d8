#include "core/connection/upkeep.h"

#include <algorithm>
#include <array>

namespace tern::connection {

namespace {

// Sizes of paths that there are: Ethernet less PPPoE, tunnels of several kinds, and what IPv6 asks of every link.
constexpr std::array<unsigned, 11> pathSizes{1280, 1300, 1320, 1340, 1360, 1380, 1400, 1420, 1440, 1460, 1480};
constexpr unsigned surePath = 1280; // IKE_AUTH came through in pieces of that size

constexpr unsigned mostStreamTries = 6;
constexpr base::Duration firstStreamPause = std::chrono::milliseconds(200);
constexpr base::Duration streamPatience = std::chrono::seconds(5);

} // namespace

void Upkeep::start() {
    askDhcp();
    if (m.streamPort == 0) {
        const auto& sizes = m.agreed.sizes();
        m_passes = surePath;
        m_fails = sizes.outerOf(m.plan->mtu) + 1;
        if (m_fails > surePath + 1) {
            probe(m_fails - 1);
        }
    }
}

// ---- the plan ----

void Upkeep::replan() {
    if (m.configuring) {
        return;
    }
    auto plan = m.agreed.plan(m.request.profile, m.established->configuration, *m.status.server);
    if (!plan || !m.host || *plan == m.plan || *plan == m_refused) {
        return;
    }
    m_wanted = std::move(*plan);
    m.configure(*m_wanted);
}

void Upkeep::configured(base::Result<ConfiguredTunnel> result) {
    if (result) {
        m.plan = std::exchange(m_wanted, std::nullopt);
        m_refused.reset();
        if (m.tunnel) {
            m.tunnel->setMtu(m.plan->mtu);
        }
        m.showPlan();
        m.announce();
    } else {
        m_refused = std::exchange(m_wanted, std::nullopt);
        m.note("The tunnel stays as it was: " + result.error().code + " " + result.error().detail);
    }
}

// ---- DHCP ----

// Only a split tunnel has use for routes.
void Upkeep::askDhcp() {
    const auto& configuration = m.established->configuration;
    const auto own = std::find_if(configuration.addresses.begin(), configuration.addresses.end(),
                                  [](const base::IpPrefix& prefix) { return !prefix.address.isV6(); });
    if (m.request.profile.routing.fullTunnelIpv4 || own == configuration.addresses.end()) {
        return;
    }
    std::vector<base::IpAddress> servers;
    std::copy_if(configuration.servers.begin(), configuration.servers.end(), std::back_inserter(servers),
                 [this](const base::IpAddress& server) { return m.agreed.carries(server); });
    const bool toEverybody = m.agreed.carries(*base::IpAddress::fromText("255.255.255.255"));
    m_dhcp = std::make_unique<DhcpQuestion>(m.environment, *m.tunnel, own->address, servers, toEverybody,
                                            [this](dhcp::Reply reply) {
                                                m.note("DHCP in the tunnel: " + std::to_string(reply.routes.size()) +
                                                       " routes, " + std::to_string(reply.domains.size()) + " domains");
                                                m.agreed.dhcp = std::move(reply);
                                                replan();
                                                m_dhcp.reset(); // the last thing: this is its callback
                                            });
}

// ---- the path ----

void Upkeep::probe(unsigned outer) {
    m.ike->probePath(outer - m.agreed.sizes().headers());
}

// Bisects: what passed and what did not come closer until nothing of the table lies between.
void Upkeep::probed(const ike::PathProbed& probed) {
    const auto outer = static_cast<unsigned>(probed.size) + m.agreed.sizes().headers();
    (probed.passed ? m_passes : m_fails) = outer;
    if (probed.passed && m_fails == outer + 1) {
        return; // all that the tunnel sends arrives
    }
    // At once, and upwards again as far as it goes.
    m.agreed.limitPath(m_passes);
    std::vector<unsigned> between;
    std::copy_if(pathSizes.begin(), pathSizes.end(), std::back_inserter(between),
                 [this](unsigned size) { return size > m_passes && size < m_fails; });
    replan();
    if (between.empty()) {
        m.note("Packets above " + std::to_string(m_passes) + " octets do not reach the server; the tunnel's MTU is " +
               std::to_string((m_wanted ? m_wanted : m.plan)->mtu));
        return;
    }
    probe(between[between.size() / 2]);
}

// ---- the stream ----

void Upkeep::streamLost() {
    m.note("The TCP connection to the server has ended; making another");
    m_streamTries = 0;
    openStream();
}

void Upkeep::openStream() {
    m_streamWatch.reset();
    m_stream.reset();
    m.openStream(m.streamPort);
}

std::optional<base::Error> Upkeep::streamOpened(StreamOpened& opened) {
    if (++m_streamTries > mostStreamTries) {
        return opened.socket ? base::Error{"tern.datapath.stream", {m.status.server->text()}, {}}
                             : opened.socket.error();
    }
    auto port = opened.socket
                    ? m.environment.parts.openStream(std::move(*opened.socket), {*m.status.server, m.streamPort})
                    : base::Result<std::unique_ptr<OuterPort>>(base::fail(opened.socket.error()));
    if (!port) {
        const auto pause = firstStreamPause * (1U << m_streamTries);
        m_streamTimer = m.environment.reactor.at(m.environment.reactor.now() + pause, [this] { openStream(); });
        return std::nullopt;
    }
    m_stream = std::move(*port);
    m_streamTimer = m.environment.reactor.at(m.environment.reactor.now() + streamPatience, [this] { openStream(); });
    m_streamWatch = m.environment.reactor.whenWritable(m_stream->fd(), [this] { streamSettled(); });
    return std::nullopt;
}

void Upkeep::streamSettled() {
    m_stream->flush();
    if (m_stream->failure()) {
        const auto pause = firstStreamPause * (1U << m_streamTries);
        m_streamTimer = m.environment.reactor.at(m.environment.reactor.now() + pause, [this] { openStream(); });
        m_streamWatch.reset(); // the last thing: this is its callback
        return;
    }
    if (m_stream->wantsWrite() || !m.tunnel || !m.ike) {
        return;
    }
    m_streamTimer.reset();
    const auto moved = m.tunnel->moveTo(m_stream->release());
    if (moved) {
        m.ike->streamReopened();
        m.note("The TCP connection to the server stands again");
    } else {
        m.note("The new TCP connection is of no use: " + moved.error().code);
    }
    m_stream.reset();
    auto& machine = m;
    m_streamWatch.reset(); // this is its callback
    machine.drain();       // and what comes of it may be the end of this object
}

} // namespace tern::connection
