#include "tests/sim/world.h"

#include <algorithm>

namespace tern::sim {

namespace {

constexpr std::size_t markerSize = 4;
constexpr base::Duration serverGrace = std::chrono::seconds(5);

std::string keyText(const crypto::SaKeys& keys) {
    return base::toHex(keys.encryptionKey.view()) + base::toHex(keys.salt.view()) +
           base::toHex(keys.integrityKey.view());
}

ike::SessionConfig clientBase() {
    ike::SessionConfig config;
    config.localAddress = base::IpAddress::fromText("192.0.2.10").value_or(base::IpAddress());
    config.localPort = 40000;
    config.serverAddress = base::IpAddress::fromText("203.0.113.10").value_or(base::IpAddress());
    config.serverName = "vpn.example.test";
    config.wallClock = base::UnixSeconds(test::now);
    config.timers.inboundGrace = base::Duration::zero(); // so that only what is in use is there
    return config;
}

} // namespace

ike::SessionConfig pskClient(const std::string& key) {
    auto config = clientBase();
    config.authentication = ike::PskAuthentication{base::SecureBytes(std::string_view(key))};
    return config;
}

ike::SessionConfig eapClient(const Credentials& server, const std::string& password) {
    auto config = clientBase();
    ike::EapAuthentication eap;
    eap.username = "alice";
    if (!password.empty()) {
        eap.password = base::SecureBytes(std::string_view(password));
    }
    config.authentication = std::move(eap);
    config.trust = crypto::TrustStore::fromPem(server.authorityPem).value();
    return config;
}

World::World(std::uint64_t seed, ike::SessionConfig client, ResponderConfig responder, Conditions conditions)
    : m_dice(seed)
    , m_clientRandom(seed + 1)
    , m_serverRandom(seed + 2)
    , m_seenAs{client.localAddress, client.localPort}
    , m_server(client.serverAddress)
    , m_session(std::move(ike::Session::create(std::move(client), m_clientRandom).value()))
    , m_responder(std::move(responder), m_serverRandom)
    , m_conditions(conditions) {}

void World::start() {
    m_session->start(m_now);
    settle();
}

bool World::chance(double probability) {
    return std::uniform_real_distribution<double>(0, 1)(m_dice) < probability;
}

void World::launch(bool toServer, bool natPort, base::Bytes payload, bool esp) {
    const auto client = toServer ? m_seenAs : m_responder.client();
    launch({{}, 0, toServer, natPort, std::move(payload), esp, false, client, m_server});
}

void World::moveClient(const ike::Session::Path& path, const base::Endpoint& seen) {
    m_seenAs = seen;
    m_server = path.server;
    m_session->addressChanged(m_now, path);
    settle();
}

void World::replaceSession(ike::SessionConfig config) {
    m_server = config.serverAddress;
    m_seenAs = {config.localAddress, config.localPort};
    m_session = std::move(ike::Session::create(std::move(config), m_clientRandom).value());
    m_established.reset();
    m_suites = {};
    m_suiteChanges = 0;
    m_closed.reset();
    m_children.clear();
    m_prompts.clear();
    m_sent.clear();
    m_flights = {};
}

void World::launch(Flight flight) {
    const auto& dead = m_conditions.deadServers;
    if (flight.payload.size() > m_conditions.largest ||
        std::find(dead.begin(), dead.end(), flight.server) != dead.end()) {
        return;
    }
    const unsigned copies = chance(m_conditions.duplicate) ? 2 : 1;
    m_tally["datagrams doubled"] += copies - 1;
    for (unsigned i = 0; i < copies; ++i) {
        const auto span = (m_conditions.longest - m_conditions.shortest).count();
        const auto extra = std::uniform_int_distribution<base::Duration::rep>(0, span)(m_dice);
        auto copy = flight.payload;
        const bool mayCorrupt = flight.natPort || m_conditions.corruptInit;
        const bool damaged = chance(m_conditions.corrupt) && mayCorrupt && !copy.empty();
        if (damaged) {
            ++m_tally["datagrams damaged"];
            const auto bit = std::uniform_int_distribution<std::size_t>(0, copy.size() * 8 - 1)(m_dice);
            copy[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        }
        if (chance(m_conditions.loss)) {
            ++m_tally["datagrams lost"];
        } else {
            m_flights.push({m_now + m_conditions.shortest + base::Duration(extra), m_order++, flight.toServer,
                            flight.natPort, std::move(copy), flight.esp, damaged, flight.client, flight.server});
        }
    }
}

void World::take(ike::Output output) {
    if (auto* send = std::get_if<ike::SendDatagram>(&output)) {
        m_sent.push_back(*send);
        auto payload = std::move(send->payload);
        if (send->natTraversalPort && payload.size() >= markerSize) {
            payload.erase(payload.begin(), payload.begin() + markerSize);
        }
        launch(true, send->natTraversalPort, std::move(payload));
    } else if (auto* up = std::get_if<ike::ChildUp>(&output)) {
        const auto spi = up->keys.inbound.spi;
        m_ups.push_back({spi, up->local, up->remote, up->replaces});
        m_lastChild = ike::ChildUp{{}, up->local, up->remote, up->replaces, up->sendNow};
        if (up->sendNow) {
            m_current = spi;
        }
        m_clientEnd.add(up->keys);
        m_children.insert_or_assign(spi, std::move(up->keys));
    } else if (const auto* sending = std::get_if<ike::ChildSend>(&output)) {
        m_current = sending->inboundSpi;
    } else if (auto* down = std::get_if<ike::ChildDown>(&output)) {
        m_children.erase(down->inboundSpi);
        m_clientEnd.remove(down->inboundSpi);
    } else if (const auto* refused = std::get_if<ike::ChildRefused>(&output)) {
        m_refused.push_back(*refused);
    } else if (const auto* probed = std::get_if<ike::PathProbed>(&output)) {
        m_probed.push_back(*probed);
    } else if (const auto* due = std::get_if<ike::ReauthenticationDue>(&output)) {
        m_newSessionDue = *due;
    } else if (auto* established = std::get_if<ike::Established>(&output)) {
        m_suites = *established;
        m_established = std::move(*established);
    } else if (const auto* changed = std::get_if<ike::SuitesChanged>(&output)) {
        m_suites = *changed;
        ++m_suiteChanges;
    } else if (std::holds_alternative<ike::PathConfirmed>(output)) {
        ++m_pathsConfirmed;
    } else if (std::holds_alternative<ike::PathRefused>(output)) {
        ++m_pathsRefused;
    } else if (std::holds_alternative<ike::PathDead>(output)) {
        ++m_pathsDead;
    } else if (auto* redirected = std::get_if<ike::Redirected>(&output)) {
        m_redirects.push_back(std::move(*redirected));
    } else if (auto* issued = std::get_if<ike::TicketIssued>(&output)) {
        m_ticket = std::move(issued->ticket);
    } else if (auto* prompt = std::get_if<ike::Prompt>(&output)) {
        m_prompts.push_back(std::move(*prompt));
    } else if (auto* certificates = std::get_if<ike::ServerCertificates>(&output)) {
        m_certificates.push_back(std::move(*certificates));
    } else if (auto* progress = std::get_if<ike::Progress>(&output)) {
        m_stages.push_back(progress->stage);
    } else if (auto* closed = std::get_if<ike::Closed>(&output)) {
        m_closed = std::move(*closed);
    }
}

void World::settle() {
    for (auto& output : m_session->takeOutputs()) {
        take(std::move(output));
    }
    for (auto& datagram : m_responder.takeDatagrams()) {
        launch({{},
                0,
                false,
                datagram.natPort,
                std::move(datagram.payload),
                false,
                false,
                datagram.client,
                datagram.server});
    }
    followServerChildren();
}

void World::followServerChildren() {
    for (const auto& [spi, child] : m_responder.children()) {
        if (!m_serverEnd.has(spi)) {
            m_serverEnd.add(child.keys);
            m_serverGone.emplace(spi, base::Instant::max());
        }
    }
    for (auto gone = m_serverGone.begin(); gone != m_serverGone.end();) {
        auto& [spi, until] = *gone;
        if (m_responder.children().contains(spi)) {
            until = base::Instant::max();
        } else if (until == base::Instant::max() || m_responder.deleting() == spi) {
            until = m_now + serverGrace; // from when the client has answered, as ours
        }
        if (m_now >= until) {
            m_serverEnd.remove(spi);
            gone = m_serverGone.erase(gone);
        } else {
            ++gone;
        }
    }
}

void World::deleteServerChild(std::uint32_t spi) {
    m_forgiven.insert(spi);
    m_responder.deleteChild(m_now, spi);
    settle();
}

void World::sendTraffic() {
    if (m_closed || m_responder.isClosed()) {
        return;
    }
    if (auto packet = m_clientEnd.seal(m_current); !packet.empty()) {
        launch(true, true, std::move(packet), true);
    }
    if (auto packet = m_serverEnd.seal(m_responder.sendingWith()); !packet.empty()) {
        launch(false, true, std::move(packet), true);
    }
}

void World::deliverPacket(const Flight& flight) {
    if (m_closed || m_responder.isClosed() || !m_responder.isUp()) {
        return;
    }
    const auto spi = esp::spiOf(flight.payload).value_or(0);
    auto opened = (flight.toServer ? m_serverEnd : m_clientEnd).open(flight.payload);
    if (flight.damaged) {
        return;
    }
    if (opened.problem.empty()) {
        if (flight.toServer) {
            m_responder.sawPacket(opened.inboundSpi);
        } else {
            m_session->sawTraffic(m_now);
        }
    } else if (m_trafficProblem.empty() && !(flight.toServer && m_forgiven.contains(spi))) {
        m_trafficProblem = opened.problem + (flight.toServer ? " at the server" : " at the client");
    }
}

void World::deliver(const Flight& flight) {
    if (flight.esp) {
        if (flight.toServer || flight.client == m_seenAs) {
            deliverPacket(flight);
        }
        return;
    }
    if (flight.toServer) {
        m_responder.receive(m_now, flight.payload, flight.natPort, flight.client, flight.server);
    } else if (flight.client == m_seenAs && flight.server == m_server) {
        m_session->receive(m_now, flight.payload);
    }
}

std::optional<base::Instant> World::next() const {
    std::optional<base::Instant> earliest = m_session->deadline();
    const auto consider = [&earliest](std::optional<base::Instant> instant) {
        if (instant && (!earliest || *instant < *earliest)) {
            earliest = instant;
        }
    };
    consider(m_responder.deadline());
    if (!m_flights.empty()) {
        consider(m_flights.top().at);
    }
    return earliest;
}

void World::step(base::Instant until) {
    const auto due = next();
    if (!due || *due > until) {
        m_now = until;
        return;
    }
    m_now = std::max(m_now, *due);
    if (!m_flights.empty() && m_flights.top().at <= m_now) {
        const auto flight = m_flights.top();
        m_flights.pop();
        deliver(flight);
    } else if (const auto deadline = m_session->deadline(); deadline && *deadline <= m_now) {
        m_session->timeout(m_now);
    } else {
        m_responder.timeout(m_now);
    }
    settle();
}

bool World::runUntil(const std::function<bool()>& condition, base::Duration limit) {
    const auto until = m_now + limit;
    while (!condition() && m_now < until) {
        step(until);
    }
    return condition();
}

void World::runFor(base::Duration duration) {
    const auto until = m_now + duration;
    while (m_now < until) {
        step(until);
    }
}

std::string World::errorCode() const {
    return m_closed && m_closed->error ? m_closed->error->code : std::string();
}

std::string World::disagreement() const {
    if (m_children.size() != 1 || m_responder.children().size() != 1) {
        return "client has " + std::to_string(m_children.size()) + " children, server " +
               std::to_string(m_responder.children().size());
    }
    const auto& [spi, ours] = *m_children.begin();
    const auto& theirs = m_responder.children().begin()->second;
    if (spi != m_current) {
        return "the client sends with a child it does not have";
    }
    if (ours.outbound.spi != theirs.keys.inbound.spi || ours.inbound.spi != theirs.keys.outbound.spi) {
        return "SPIs differ";
    }
    if (keyText(ours.outbound) != keyText(theirs.keys.inbound) ||
        keyText(ours.inbound) != keyText(theirs.keys.outbound)) {
        return "keys differ";
    }
    return {};
}

} // namespace tern::sim
