#include "core/connection/states/negotiating.h"

#include "core/connection/states/configuring.h"
#include "core/connection/states/disconnecting.h"
#include "core/connection/states/reconnecting.h"
#include "core/connection/states/resolving.h"

#include <array>

namespace tern::connection {

namespace {

Stage publicStage(ike::Stage stage) {
    switch (stage) {
    case ike::Stage::Contacting:
        return Stage::Contacting;
    case ike::Stage::Verifying:
        return Stage::Verifying;
    case ike::Stage::Authenticating:
        return Stage::Authenticating;
    case ike::Stage::Confirming:
        return Stage::Confirming;
    case ike::Stage::Configuring:
        return Stage::Configuring;
    }
    return Stage::Contacting;
}

// 4500 is the port of RFC 9329; 443 passes where little else does.
constexpr std::array<std::uint16_t, 2> streamPorts{4500, 443};
// UDP's head start. Longer than its answer takes on any network where it has one.
constexpr base::Duration udpHeadStart = std::chrono::milliseconds(1800);

} // namespace

StatePtr Negotiating::enter() {
    ++m.generation;
    const auto& address = m.serverAddresses.at(m.addressIndex);
    m.status.stage = Stage::Contacting;
    m.status.server = address;
    m.note("Calling " + address.text());
    m.dropRival();
    if (m.request.profile.ike.tcp == profile::TcpUse::Always) {
        m.ike.reset();
        callByTcp();
        return nullptr;
    }
    m.host->openSocket(address, m.callback<base::Result<base::UniqueFd>>(
                                    [](auto socket) -> Event { return SocketOpened{std::move(socket)}; }));
    return nullptr;
}

StatePtr Negotiating::handle(Event& event) {
    if (auto* opened = std::get_if<SocketOpened>(&event)) {
        if (!opened->socket) {
            return fails(std::move(opened->socket.error()));
        }
        if (auto begun = m.beginIke(std::move(*opened->socket)); !begun) {
            return fails(std::move(begun.error()));
        }
        if (m.request.profile.ike.tcp == profile::TcpUse::Automatic) {
            const bool known = m.environment.parts.prefersStream(m.ike->localAddress(), *m.status.server);
            m.setAlarm(known ? base::Duration::zero() : udpHeadStart);
        }
        return nullptr;
    }
    if (std::holds_alternative<AlarmRang>(event)) {
        // Without its key a session over TCP would only ask for it a second time.
        if (m.status.stage == Stage::Contacting && !m_callingByTcp && (m.secret || !m.usesPsk())) {
            callByTcp();
        }
        return nullptr;
    }
    if (auto* stream = std::get_if<StreamOpened>(&event)) {
        if (m.status.stage != Stage::Contacting) {
            return nullptr;
        }
        if (!stream->socket) {
            return rivalFails(std::move(stream->socket.error()));
        }
        auto begun = m.beginRival(std::move(*stream->socket), stream->port);
        return begun ? nullptr : rivalFails(std::move(begun.error()));
    }
    if (auto* ike = std::get_if<IkeOutput>(&event)) {
        return ike->isRival() ? takeRival(ike->output) : take(ike->output);
    }
    if (std::holds_alternative<NetworkChanged>(event) && m.ike) {
        const auto way = m.findWay();
        if (way && m.way && way->server == m.way->server && way != m.way) {
            m.tellMove(*way);
        }
        return nullptr;
    }
    if (auto* answer = std::get_if<Answered>(&event)) {
        return answered(*answer);
    }
    return Disconnecting::ifAsked(m, event);
}

StatePtr Negotiating::take(ike::Output& output) {
    if (const auto* progress = std::get_if<ike::Progress>(&output)) {
        const auto stage = publicStage(progress->stage);
        if (stage != Stage::Contacting && m.rival) {
            m.dropRival(); // UDP was first
        }
        if (stage != Stage::Contacting && m.streamPort == 0) {
            m.environment.parts.noteStream(m.ike->localAddress(), *m.status.server, false);
        }
        if (stage != m.status.stage) {
            m.status.stage = stage;
            m.announce();
        }
    } else if (const auto* prompt = std::get_if<ike::Prompt>(&output)) {
        ask(*prompt);
    } else if (auto* established = std::get_if<ike::Established>(&output)) {
        m.established = std::move(*established);
    } else if (auto* child = std::get_if<ike::ChildUp>(&output)) {
        m.child = std::move(*child);
    } else if (const auto* refused = std::get_if<ike::ChildRefused>(&output)) {
        m.noteRefused(*refused);
    } else if (auto* issued = std::get_if<ike::TicketIssued>(&output)) {
        m.ticket = std::move(issued->ticket);
    } else if (auto* to = std::get_if<ike::Redirected>(&output)) {
        m_redirect = std::move(*to);
    } else if (auto* closed = std::get_if<ike::Closed>(&output)) {
        m.ike.reset();
        if (m_redirect && closed->error && closed->error->code == "tern.ike.redirected") {
            const auto& target = m_redirect->target;
            return redirected(m, *m_redirect,
                              target.address ? std::vector{*target.address} : std::vector<base::IpAddress>());
        }
        return fails(closed->error.value_or(base::Error{"tern.engine.internal", {}, "IKE ended without a reason"}));
    }
    if (m.established && m.child) {
        return std::make_unique<Configuring>(m);
    }
    return nullptr;
}

void Negotiating::callByTcp() {
    const auto port = streamPorts.at(m_nextPort++);
    m_callingByTcp = true;
    m.note("Calling by TCP, port " + std::to_string(port));
    m.openStream(port);
}

StatePtr Negotiating::takeRival(ike::Output& output) {
    if (!m.rival) {
        return nullptr; // of one that was dropped
    }
    if (auto* closed = std::get_if<ike::Closed>(&output)) {
        return rivalFails(
            closed->error.value_or(base::Error{"tern.engine.internal", {}, "IKE ended without a reason"}));
    }
    const auto* progress = std::get_if<ike::Progress>(&output);
    if (progress == nullptr || progress->stage == ike::Stage::Contacting) {
        return nullptr;
    }
    // TCP was first.
    m.promoteRival();
    m.environment.parts.noteStream(m.ike->localAddress(), *m.status.server,
                                   m.request.profile.ike.tcp == profile::TcpUse::Automatic);
    m.note("The server answers by TCP, port " + std::to_string(m.streamPort));
    return take(output);
}

StatePtr Negotiating::rivalFails(base::Error error) {
    m.dropRival();
    m.note("No way by TCP (" + error.code + (error.detail.empty() ? "" : ": " + error.detail) + ")");
    if (m_nextPort < streamPorts.size()) {
        callByTcp();
        return nullptr;
    }
    m_callingByTcp = false;
    const bool always = m.request.profile.ike.tcp == profile::TcpUse::Always;
    if (m_udpError || always) {
        return fails(m_udpError.value_or(std::move(error)));
    }
    return nullptr; // UDP may still answer
}

void Negotiating::ask(const ike::Prompt& prompt) {
    m_askedFor = prompt.kind;
    Question question;
    question.kind = prompt.kind;
    m_askedFor = prompt.kind;
    question.server = m.status.serverName;
    question.username = m.username;
    question.text = prompt.text;
    question.retry = prompt.retry;
    m_asking = m.environment.credentials.ask(
        question, m.callback<base::Result<std::optional<Credentials>>>(
                      [](auto credentials) -> Event { return Answered{std::move(credentials)}; }));
}

StatePtr Negotiating::answered(Answered& event) {
    m_asking.reset();
    if (m_askedFor == ike::Prompt::Kind::Message) {
        return nullptr; // it was only to be shown
    }
    if (!event.credentials) {
        return std::make_unique<Disconnecting>(m, std::move(event.credentials.error()));
    }
    if (!*event.credentials) {
        return std::make_unique<Disconnecting>(m);
    }
    auto& credentials = **event.credentials;
    if (m_askedFor == ike::Prompt::Kind::Ppk) {
        m.ppk = credentials.secret.clone();
        m.ike->answer(std::move(credentials));
        return nullptr;
    }
    if (credentials.username.empty()) {
        credentials.username = m.username;
    }
    m.username = credentials.username;
    // A code is good for once; a new password is the one to reconnect with.
    if (m_askedFor != ike::Prompt::Kind::Code) {
        m.secret = credentials.secret.clone();
    }
    m.ike->answer(std::move(credentials));
    if (m.status.stage == Stage::Contacting && m.streamPort == 0 &&
        m.request.profile.ike.tcp == profile::TcpUse::Automatic) {
        m.setAlarm(udpHeadStart); // a shared key was asked for; only now the server is called
    }
    return nullptr;
}

StatePtr Negotiating::redirected(Machine& machine, const ike::Redirected& to, std::vector<base::IpAddress> addresses) {
    const auto from = machine.serverAddresses.at(machine.addressIndex);
    if (!machine.redirects.from()) {
        machine.homeAddresses = machine.serverAddresses;
    }
    auto followed = machine.redirects.follow(machine.environment.reactor.now(), machine.status.serverName, from, to);
    if (!followed) {
        return std::make_unique<Disconnecting>(machine, std::move(followed.error()));
    }
    machine.note("Sent on to " + to.target.text() + (to.authenticated ? "" : ", by whoever answered"));
    if (machine.ike) {
        machine.leaveIke(); // the SA there is ours to delete (RFC 5685 §5)
        machine.status.reconnecting = true;
        machine.noteLoss();
    }
    machine.ticket.reset();
    machine.addressIndex = 0;
    if (addresses.empty()) {
        return std::make_unique<Resolving>(machine);
    }
    machine.serverAddresses = std::move(addresses);
    return std::make_unique<Negotiating>(machine);
}

StatePtr Negotiating::fails(base::Error error) {
    // A server that has answered has decided; silence and dead ends are worth another try.
    if (m.status.stage != Stage::Contacting) {
        return std::make_unique<Disconnecting>(m, std::move(error));
    }
    m.ike.reset();
    if (m_callingByTcp) {
        m_udpError = std::move(error);
        return nullptr;
    }
    if (m.addressIndex + 1 < m.serverAddresses.size()) {
        m.note("No answer from " + m.serverAddresses.at(m.addressIndex).text() + " (" + error.code + ")");
        ++m.addressIndex;
        return std::make_unique<Negotiating>(m);
    }
    if (m.redirects.from()) {
        // The server it was sent to is not there: back to the profile's own.
        m.redirects.forget();
        m.note("No answer from where the server sent us");
        m.serverAddresses = m.homeAddresses;
        m.addressIndex = 0;
        m.status.serverName = m.request.profile.servers.at(m.serverIndex);
        return std::make_unique<Negotiating>(m);
    }
    if (m.status.reconnecting) {
        m.addressIndex = 0;
        return std::make_unique<Reconnecting>(m, std::move(error));
    }
    if (m.serverIndex + 1 < m.request.profile.servers.size()) {
        ++m.serverIndex;
        return std::make_unique<Resolving>(m);
    }
    return std::make_unique<Disconnecting>(m, std::move(error));
}

} // namespace tern::connection
