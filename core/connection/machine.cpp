#include "core/connection/machine.h"

#include "core/connection/own_certificate.h"
#include "core/connection/sstp_config.h"
#include "core/connection/states/disconnected.h"

#include <algorithm>
#include <chrono>

namespace tern::connection {

namespace {

// With another server or address to try, silence costs less patience (the session's own default is for the last one).
constexpr base::Duration shortConnectLimit = std::chrono::seconds(8);

bool isPsk(const profile::Profile& profile) {
    return profile.authentication.method == profile::Method::Psk;
}

} // namespace

datapath::ChildKeys childKeys(ike::ChildUp child) {
    return {std::move(child.keys), std::move(child.local), std::move(child.remote), child.replaces, child.sendNow};
}

Machine::Machine(Request wanted, Environment around, Listener& told, ReconnectPolicy reconnect)
    : request(std::move(wanted))
    , environment(around)
    , listener(told)
    , policy(reconnect)
    , nameInTls(request.profile.sstp)
    , m_state(std::make_unique<Disconnected>(*this)) {
    username = request.username.empty() ? request.profile.authentication.login() : request.username;
    secret = std::move(request.secret);
    keySecret = std::move(request.keySecret);
    if (needsCertificate(request.profile) && !needsUsername(request.profile) && !keySecret) {
        keySecret = std::exchange(secret, std::nullopt); // there is no other secret it could be
    }
}

Machine::~Machine() = default;

void Machine::post(Event event) {
    enqueue(std::move(event));
    drain();
}

void Machine::enqueue(Event event) {
    if (!m_stopped) {
        m_queue.push_back(std::move(event));
    }
}

void Machine::drain() {
    if (m_delivering) {
        return;
    }
    // An event may end the last other reference to this object.
    const auto self = shared_from_this();
    m_delivering = true;
    while (!m_queue.empty() && !m_stopped) {
        auto event = std::move(m_queue.front());
        m_queue.pop_front();
        if (takeCertificates(event)) {
            continue;
        }
        if (auto next = m_state->handle(event)) {
            enter(std::move(next));
        }
    }
    m_delivering = false;
}

bool Machine::takeCertificates(Event& event) {
    if (auto* looked = std::get_if<RevocationLookedUp>(&event)) {
        (looked->sstp ? sstpCertificates : certificates).lookedUp(std::move(looked->answers));
        return true;
    }
    if (auto* said = std::get_if<SstpSaid>(&event)) {
        const auto* const seen = std::get_if<ike::ServerCertificates>(&said->output);
        if (seen != nullptr) {
            sstpCertificates.take(*seen, CertificateCheck::Asker::Sstp);
        }
        return seen != nullptr;
    }
    const auto shown = [this](ike::Output& output, CertificateCheck::Asker asker) {
        auto* const seen = std::get_if<ike::ServerCertificates>(&output);
        if (seen != nullptr) {
            certificates.take(*seen, asker);
        }
        return seen != nullptr;
    };
    if (auto* output = std::get_if<IkeOutput>(&event)) {
        return shown(output->output, CertificateCheck::Asker::Session);
    }
    if (auto* output = std::get_if<SuccessorOutput>(&event)) {
        return shown(output->output, CertificateCheck::Asker::Successor);
    }
    return false;
}

void Machine::enter(StatePtr next) {
    while (next) {
        m_alarm.reset();
        m_grace.reset();
        const auto before = publicState(status.state);
        m_state = std::move(next);
        status.state = m_state->name();
        if (publicState(status.state) != before) {
            status.since = std::chrono::milliseconds(environment.reactor.wallClock()).count();
        }
        next = m_state->enter();
        if (!next) {
            announce();
        }
    }
}

void Machine::setAlarm(base::Duration after) {
    m_alarm = environment.reactor.at(environment.reactor.now() + after, [this] { post(AlarmRang{}); });
}

void Machine::noteRefused(const ike::ChildRefused& refused) {
    std::string networks;
    for (const auto& selector : refused.remote) {
        networks += (networks.empty() ? "" : ", ") + selector.first.text() + "-" + selector.last.text();
    }
    note("The server does not carry " + networks + " (" + refused.error.code + " " + refused.error.detail + ")");
}

void Machine::watchSurroundings() {
    if (!m_watch) {
        m_watch = environment.surroundings.watch(*this);
    }
}

void Machine::setGrace(base::Duration after) {
    m_grace = environment.reactor.at(environment.reactor.now() + after, [this] { post(GraceOver{}); });
}

void Machine::noteLoss() {
    if (!lostAt) {
        lostAt = environment.reactor.now();
    }
}

base::Duration Machine::outageLeft() const {
    const auto& set = request.profile.ike.outage;
    const base::Duration whole = set > std::chrono::seconds(0) ? base::Duration(set) : policy.outage;
    return lostAt ? *lostAt + whole - environment.reactor.now() : whole;
}

// The best first. Windows servers refuse IPv6 outside with UDP encapsulation: IPv4 goes first where there are both; but
// what a server says of its further addresses may be true inside its own network only, so those come last.
std::vector<base::IpAddress> Machine::knownServerAddresses() const {
    std::vector<base::IpAddress> known;
    const auto add = [&known](const base::IpAddress& address) {
        if (std::find(known.begin(), known.end(), address) == known.end()) {
            known.push_back(address);
        }
    };
    if (way && !way->server.isV6()) {
        add(way->server);
    }
    for (const auto& address : serverAddresses) {
        if (!address.isV6()) {
            add(address);
        }
    }
    if (way) {
        add(way->server);
    }
    for (const auto& address : serverAddresses) {
        add(address);
    }
    for (const auto& address : ike ? ike->furtherServerAddresses() : std::vector<base::IpAddress>()) {
        add(address);
    }
    return known;
}

std::optional<Machine::Way> Machine::findWay(const std::vector<base::IpAddress>& without) {
    for (const auto& address : knownServerAddresses()) {
        if (std::find(without.begin(), without.end(), address) != without.end()) {
            continue;
        }
        if (const auto route = environment.surroundings.routeTo(address)) {
            return Way{address, *route};
        }
    }
    return std::nullopt;
}

void Machine::tellMove(const Way& where) {
    way = where;
    ourEnd.address = where.route.source;
    ike->moved(ourEnd, where.server);
}

base::Result<void> Machine::moveTo(base::UniqueFd socket, const Way& where) {
    auto port = environment.parts.openPort(std::move(socket), where.server);
    if (!port) {
        return base::fail(std::move(port.error()));
    }
    const auto local = (*port)->localAddress();
    const auto localPort = (*port)->localPort();
    if (auto moved = tunnel->moveTo((*port)->release()); !moved) {
        return moved;
    }
    ourEnd.port = localPort;
    status.server = where.server;
    tellMove({where.server, {local, where.route.interface, where.route.gateway}});
    way = where;
    return {};
}

void Machine::announce() {
    listener.statusChanged(status);
}

base::Result<void> Machine::beginIke(base::UniqueFd socket) {
    const auto address = serverAddresses.at(addressIndex);
    environment.surroundings.useMarkOf(socket.get());
    auto port = environment.parts.openPort(std::move(socket), address);
    if (!port) {
        return base::fail(std::move(port.error()));
    }
    auto driver = makeIke(std::move(*port), ike::Transport::Udp);
    if (!driver) {
        return base::fail(std::move(driver.error()));
    }
    *m_isRival = false;
    streamPort = 0;
    noteWay();
    ike = std::move(*driver);
    ike->start();
    return {};
}

base::Result<std::unique_ptr<ike::Session>> Machine::createSuccessor() {
    auto config = sessionConfig(status.server.value_or(serverAddresses.at(addressIndex)));
    if (!config) {
        return base::fail(std::move(config.error()));
    }
    config->natTraversalPortOnly = true;
    config->transport = streamPort != 0 ? ike::Transport::Tcp : ike::Transport::Udp;
    return environment.parts.createSession(std::move(*config));
}

base::Result<void> Machine::beginRival(base::UniqueFd socket, std::uint16_t port) {
    auto stream = environment.parts.openStream(std::move(socket), {serverAddresses.at(addressIndex), port});
    if (!stream) {
        return base::fail(std::move(stream.error()));
    }
    const auto before = ourEnd;
    auto driver = makeIke(std::move(*stream), ike::Transport::Tcp);
    m_rivalEnd = std::exchange(ourEnd, before);
    if (!driver) {
        return base::fail(std::move(driver.error()));
    }
    rivalPort = port;
    rival = std::move(*driver);
    rival->start();
    return {};
}

void Machine::promoteRival() {
    *m_isRival = false;
    ourEnd = m_rivalEnd;
    ike = std::move(rival);
    streamPort = rivalPort;
}

void Machine::openStream(std::uint16_t port) {
    host->openStream(serverAddresses.at(addressIndex), port,
                     callback<base::Result<base::UniqueFd>>([port](auto socket) -> Event {
                         return StreamOpened{std::move(socket), port};
                     }));
}

void Machine::configure(const TunnelPlan& wanted) {
    const auto number = ++m_configurations;
    configuring = number;
    host->configure(wanted, callback<base::Result<ConfiguredTunnel>>([number](auto configured) -> Event {
                        return Configured{std::move(configured), number};
                    }));
}

void Machine::changeOver(std::vector<ike::Output> earlier) {
    std::deque<Event> queue;
    for (auto& output : earlier) {
        queue.emplace_back(IkeOutput{std::move(output), nullptr});
    }
    for (auto& event : std::exchange(m_queue, {})) {
        if (auto* said = std::get_if<SuccessorOutput>(&event)) {
            queue.emplace_back(IkeOutput{std::move(said->output), nullptr});
        } else if (const auto* old = std::get_if<IkeOutput>(&event)) {
            if (const auto* down = std::get_if<ike::ChildDown>(&old->output); down != nullptr && tunnel) {
                tunnel->removeInbound(down->inboundSpi);
            }
        } else {
            queue.push_back(std::move(event));
        }
    }
    m_queue = std::move(queue);
}

void Machine::showPlan() {
    status.addresses = plan->addresses;
    status.dns = plan->dns;
    status.routes = plan->routes;
    status.mtu = plan->mtu;
    status.streamPort = sstp ? sstpPort(request.profile) : streamPort;
    if (established || up) {
        const auto& server = *status.server;
        const auto said = established ? established->configuration : configurationOf(*up);
        const auto all = agreed.dhcp ? withDhcp(said, *agreed.dhcp, request.profile, server) : said;
        status.nbns = all.nbns;
        status.domains = all.domains;
    }
}

void Machine::showSuites(const ike::AgreedSuites& suites) {
    status.cipher = suites.espSuite;
    status.ikeCipher = suites.ikeSuite;
    status.weakAlgorithms = suites.weakAlgorithms;
    status.postQuantum = suites.postQuantum;
    note("IKE: " + suites.ikeSuite + "; ESP: " + suites.espSuite);
}

base::Result<std::unique_ptr<IkeDriver>> Machine::makeIke(std::unique_ptr<OuterPort> port, ike::Transport transport) {
    ourEnd = {port->localAddress(), port->localPort()};
    auto config = sessionConfig(serverAddresses.at(addressIndex));
    if (!config) {
        return base::fail(std::move(config.error()));
    }
    config->transport = transport;
    // The server may still hold an SA of ours that was lost without a goodbye.
    config->initialContact = status.reconnecting;
    if (transport == ike::Transport::Udp) {
        config->ticket = std::exchange(ticket, nullptr); // never for a successor, which is to log in anew
    }
    const bool another = addressIndex + 1 < serverAddresses.size() || serverIndex + 1 < request.profile.servers.size();
    if (another || status.reconnecting || transport == ike::Transport::Tcp) {
        config->timers.connectLimit = shortConnectLimit;
    }
    auto session = environment.parts.createSession(std::move(*config));
    if (!session) {
        return base::fail(std::move(session.error()));
    }
    established.reset();
    child.reset();
    newSessionBy.reset();
    furtherChildren.clear();
    goneChildren.clear();
    agreed.reset();
    m_isRival = std::make_shared<bool>(true);
    return std::make_unique<IkeDriver>(
        environment.reactor, std::move(port), std::move(*session),
        [this, isRival = m_isRival](ike::Output output) {
            enqueue(IkeOutput{std::move(output), isRival});
        },
        [this] { drain(); }, [this] { enqueue(StreamLost{}); });
}

base::Result<void> Machine::beginTunnel(ConfiguredTunnel configured) {
    datapath::EspTunnelConfig config;
    config.tun = std::move(configured.tun);
    config.outer = ike->releaseSocket();
    config.mtu = plan->mtu;
    // Two readers on one device would share its packets: the old one goes first.
    tunnel.reset();
    sstpTunnel.reset();
    auto started = environment.parts.startTunnel(std::move(config));
    if (!started) {
        return base::fail(std::move(started.error()));
    }
    tunnel = std::move(*started);
    child->sendNow = true; // there is no other
    if (auto installed = tunnel->install(childKeys(std::move(*child))); !installed) {
        return installed;
    }
    for (auto& further : std::exchange(furtherChildren, {})) {
        if (auto installed = tunnel->install(childKeys(std::move(further))); !installed) {
            return installed;
        }
    }
    for (const auto spi : std::exchange(goneChildren, {})) {
        tunnel->removeInbound(spi);
    }
    ike->useTunnel(tunnel.get());
    status.interface = configured.interface;
    return {};
}

void Machine::leaveIke() {
    ike->close();
    ike.reset();
    std::erase_if(m_queue, [](const Event& event) { return std::holds_alternative<IkeOutput>(event); });
}

void Machine::letIkeLeave() {
    constexpr base::Duration goodbyeLimit = std::chrono::seconds(3);
    ike->setSink([](const ike::Output&) {});
    leaving = std::move(ike);
    leaving->close();
    leavingEnds = environment.reactor.at(environment.reactor.now() + goodbyeLimit, [this] { leaving.reset(); });
    std::erase_if(m_queue, [](const Event& event) { return std::holds_alternative<IkeOutput>(event); });
}

void Machine::dropIkeAndTunnel() {
    leavingEnds.reset();
    leaving.reset();
    rival.reset();
    ike.reset();
    tunnel.reset();
    sstp.reset();
    sstpTunnel.reset();
}

void Machine::readStatistics() {
    const datapath::InnerPackets* const packets = tunnel ? static_cast<datapath::InnerPackets*>(tunnel.get())
                                                         : static_cast<datapath::InnerPackets*>(sstpTunnel.get());
    if (packets != nullptr) {
        const auto now = packets->statistics();
        status.received = now.receivedBytes;
        status.sent = now.sentBytes;
    }
}

bool Machine::usesPsk() const {
    return isPsk(request.profile);
}

StateName Machine::stateName() const {
    return m_state->name();
}

} // namespace tern::connection
