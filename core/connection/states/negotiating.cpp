#include "core/connection/states/negotiating.h"

#include "core/connection/sstp_words.h"
#include "core/connection/states/configuring.h"
#include "core/connection/states/disconnecting.h"
#include "core/connection/states/reconnecting.h"
#include "core/connection/states/resolving.h"

#include <algorithm>
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
    m.hangUpSstp();
    m.up.reset();
    m_sstp = mayRace() ? Sstp::Idle : Sstp::Never;
    m.status.protocol = m_sstp == Sstp::Never ? "ikev2" : "";
    if (m.request.profile.ike.tcp == profile::TcpUse::Always) {
        m.ike.reset();
        callByTcp();
        waitForIke();
        return nullptr;
    }
    m_socketAwaited = true;
    m.host->openSocket(address, m.callback<base::Result<base::UniqueFd>>(
                                    [](auto socket) -> Event { return SocketOpened{std::move(socket)}; }));
    return nullptr;
}

StatePtr Negotiating::handle(Event& event) {
    if (auto* opened = std::get_if<SocketOpened>(&event)) {
        m_socketAwaited = false;
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
        waitForIke();
        return nullptr;
    }
    if (std::holds_alternative<AlarmRang>(event)) {
        // Without its key a session over TCP would only ask for it a second time.
        if (m_stage == Stage::Contacting && !m_callingByTcp && !m_tcpIsNoUse && m_nextPort < streamPorts.size() &&
            (m.secret || !m.usesPsk())) {
            callByTcp();
        }
        return nullptr;
    }
    if (auto* stream = std::get_if<StreamOpened>(&event)) {
        if (m_stage != Stage::Contacting || !m_callingByTcp) {
            return nullptr;
        }
        if (!stream->socket) {
            return rivalFails(std::move(stream->socket.error()));
        }
        auto begun = m.beginRival(std::move(*stream->socket), stream->port);
        return begun ? nullptr : rivalFails(std::move(begun.error()));
    }
    if (std::holds_alternative<GraceOver>(event)) {
        const bool waits = m_stage == Stage::Contacting && !m_questions.isOpen(Questions::Side::Ike);
        return waits ? callBySstp() : nullptr;
    }
    if (auto* stream = std::get_if<SstpStreamOpened>(&event)) {
        return m_sstp == Sstp::Runs ? takeSstpStream(*stream) : nullptr;
    }
    if (auto* answer = std::get_if<ProxyAnswered>(&event)) {
        return m_sstp == Sstp::Runs ? answeredForProxy(*answer) : nullptr;
    }
    if (auto* said = std::get_if<SstpSaid>(&event)) {
        return m_sstp == Sstp::Runs ? takeSstp(said->output) : nullptr;
    }
    if (auto* ike = std::get_if<IkeOutput>(&event)) {
        return ike->isRival() ? takeRival(ike->output) : m.ike ? take(ike->output) : nullptr;
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
        reached(progress->stage);
    } else if (const auto* prompt = std::get_if<ike::Prompt>(&output)) {
        ask(Questions::Side::Ike, {prompt->kind, prompt->text, prompt->retry});
    } else if (auto* established = std::get_if<ike::Established>(&output)) {
        m.noteLearnt(established->learnt);
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
        m.environment.parts.noteHint(*m.status.server, {});
        return fails(closed->error.value_or(base::Error{"tern.engine.internal", {}, "IKE ended without a reason"}));
    }
    if (m.established && m.child) {
        ikeWins();
        return std::make_unique<Configuring>(m);
    }
    return nullptr;
}

void Negotiating::reached(ike::Stage stage) {
    m_stage = publicStage(stage);
    if (m_stage != Stage::Contacting) {
        if (m.rival) {
            m.dropRival(); // UDP was first
        }
        m_callingByTcp = false;
        m.clearGrace();
        if (m_proxyLogin.isOpen()) {
            drop(Questions::Side::Sstp); // nobody need type for it
        }
        if (m.streamPort == 0) {
            m.environment.parts.noteStream(m.ike->localAddress(), *m.status.server, false);
            m.environment.parts.noteSstp(m.ike->localAddress(), *m.status.server, false);
        }
    }
    show();
}

void Negotiating::show() {
    const auto stage = m_sstp == Sstp::Runs ? std::max(m_stage, m_sstpStage) : m_stage;
    if (stage != m.status.stage) {
        m.status.stage = stage;
        m.announce();
    }
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
    if (m_sstp == Sstp::Over && !isIkeAlive()) {
        m_udpError = m_udpError.value_or(std::move(error));
        return bothFailed();
    }
    if (m_udpError || always) {
        return fails(m_udpError.value_or(std::move(error)));
    }
    return nullptr; // UDP may still answer
}

void Negotiating::ask(Questions::Side side, Questions::Wish wish) {
    if (mayStillRace() && !Questions::isForBoth(wish) && wish.kind != Questions::Kind::Ppk) {
        drop(side == Questions::Side::Ike ? Questions::Side::Sstp : Questions::Side::Ike);
    }
    m_questions.ask(side, std::move(wish));
}

StatePtr Negotiating::answered(Answered& event) {
    const auto side = m_questions.side();
    switch (m_questions.answered(event)) {
    case Questions::End::Failed:
        return std::make_unique<Disconnecting>(m, std::move(m_questions.failure()));
    case Questions::End::Cancelled:
        return std::make_unique<Disconnecting>(m);
    case Questions::End::None:
        break;
    }
    if (side == Questions::Side::Ike && m.ike && m_stage == Stage::Contacting && m.streamPort == 0) {
        // A shared key was asked for; only now the server is called.
        if (m.request.profile.ike.tcp == profile::TcpUse::Automatic) {
            m.setAlarm(udpHeadStart);
        }
        waitForIke();
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
    machine.hangUpSstp();
    machine.ticket.reset();
    machine.addressIndex = 0;
    if (addresses.empty()) {
        return std::make_unique<Resolving>(machine);
    }
    machine.serverAddresses = std::move(addresses);
    return std::make_unique<Negotiating>(machine);
}

StatePtr Negotiating::fails(base::Error error) {
    m.ike.reset();
    const bool answered = m_stage != Stage::Contacting;
    if (mayStillRace() && !isRefusal(error.code)) {
        m.note("No way by IKEv2 (" + error.code + (error.detail.empty() ? "" : ": " + error.detail) + ")");
        m_questions.forget(Questions::Side::Ike);
        m_tcpIsNoUse = !isSilence(error.code);
        m_udpError = std::move(error);
        return callBySstp();
    }
    if (!answered && m_callingByTcp) {
        m_udpError = std::move(error);
        return nullptr;
    }
    if (m_sstp == Sstp::Over) {
        m_udpError = std::move(error);
        return bothFailed();
    }
    // A server that has answered has decided; silence and dead ends are worth another try.
    return over(std::move(error), answered);
}

StatePtr Negotiating::over(base::Error error, bool decided) {
    if (decided) {
        return std::make_unique<Disconnecting>(m, std::move(error));
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
