#include "core/connection/states/sstp_calling.h"

#include "core/connection/sstp_config.h"
#include "core/connection/sstp_words.h"
#include "core/connection/states/after_configuring.h"
#include "core/connection/states/negotiating.h"
#include "core/connection/states/reconnecting.h"
#include "core/connection/states/resolving.h"
#include "core/connection/states/sstp_connected.h"

#include <utility>

namespace tern::connection {

StatePtr callServer(Machine& machine) {
    machine.leaveProxy();
    // Without addresses of its own the server is known to the proxy alone, and IKE cannot call it.
    if (machine.request.profile.protocol == profile::Protocol::Sstp || machine.direct) {
        return std::make_unique<SstpCalling>(machine);
    }
    return std::make_unique<Negotiating>(machine);
}

StatePtr SstpCalling::enter() {
    ++m.generation;
    const auto& address = m.serverAddresses.at(m.addressIndex);
    m.status.stage = Stage::Contacting;
    m.status.server = address;
    m.sstp.reset();
    m.up.reset();
    m.agreed.reset();
    m.streamPort = 0;
    m.status.protocol = "sstp";
    const auto port = sstpPort(m.request.profile);
    m.note("Calling " + address.text() + " by SSTP, port " + std::to_string(port));
    dial();
    return nullptr;
}

void SstpCalling::dial() {
    m_dialling = m.openSstpStream(Machine::SstpCall::Alone);
}

StatePtr SstpCalling::handle(Event& event) {
    if (auto* opened = std::get_if<StreamOpened>(&event)) {
        m_dialling.reset();
        if (!opened->socket && m_proxyLogin.ask(opened->socket.error())) {
            return nullptr;
        }
        if (!opened->socket) {
            return fails(std::move(opened->socket.error()));
        }
        auto begun = m.beginSstp(std::move(*opened->socket));
        return begun ? nullptr : fails(std::move(begun.error()));
    }
    if (auto* said = std::get_if<SstpSaid>(&event)) {
        return take(said->output);
    }
    if (auto* answer = std::get_if<Answered>(&event)) {
        return answered(*answer);
    }
    if (auto* answer = std::get_if<ProxyAnswered>(&event)) {
        return answeredForProxy(*answer);
    }
    return Disconnecting::ifAsked(m, event);
}

void SstpCalling::show(Stage stage) {
    if (stage != m.status.stage) {
        m.status.stage = stage;
        m.announce();
    }
}

StatePtr SstpCalling::take(SstpOutput& output) {
    if (const auto* progress = std::get_if<sstp::Progress>(&output)) {
        show(publicStage(progress->stage));
    } else if (const auto* prompt = std::get_if<sstp::Prompt>(&output)) {
        m_questions.ask(Questions::Side::Sstp, wishOf(*prompt));
    } else if (const auto* done = std::get_if<sstp::SignedIn>(&output)) {
        m.noteSignedIn(*done);
    } else if (auto* up = std::get_if<sstp::Up>(&output)) {
        m.up = std::move(*up);
        return std::make_unique<SstpConfiguring>(m);
    } else if (auto* closed = std::get_if<sstp::Closed>(&output)) {
        return fails(closed->error.value_or(base::Error{"tern.engine.internal", {}, "SSTP ended without a reason"}));
    }
    return nullptr;
}

// The same call again, as somebody.
StatePtr SstpCalling::answeredForProxy(ProxyAnswered& event) {
    switch (m_proxyLogin.answered(event)) {
    case ProxyLogin::End::Failed:
        return std::make_unique<Disconnecting>(m, std::move(m_proxyLogin.failure()));
    case ProxyLogin::End::Cancelled:
        return std::make_unique<Disconnecting>(m);
    case ProxyLogin::End::Again:
        dial();
        break;
    }
    return nullptr;
}

StatePtr SstpCalling::answered(Answered& event) {
    switch (m_questions.answered(event)) {
    case Questions::End::Failed:
        return std::make_unique<Disconnecting>(m, std::move(m_questions.failure()));
    case Questions::End::Cancelled:
        return std::make_unique<Disconnecting>(m);
    case Questions::End::None:
        break;
    }
    return nullptr;
}

StatePtr SstpCalling::fails(base::Error error) {
    const bool again = m.turnNameInTls(error);
    m.sstp.reset();
    if (again) {
        show(Stage::Contacting);
        dial();
        return nullptr;
    }
    // Once there was TLS, a server has answered, and has decided; silence and dead ends are worth another try.
    const bool deadEnd = isSstpDeadEnd(error.code);
    if (deadEnd && m.addressIndex + 1 < m.serverAddresses.size()) {
        m.note("No answer from " + m.serverAddresses.at(m.addressIndex).text() + " (" + error.code + ")");
        ++m.addressIndex;
        return std::make_unique<SstpCalling>(m);
    }
    if (m.status.reconnecting && maySstpPass(error.code)) {
        m.addressIndex = 0;
        return std::make_unique<Reconnecting>(m, std::move(error));
    }
    if (deadEnd && !m.status.reconnecting && m.serverIndex + 1 < m.request.profile.servers.size()) {
        ++m.serverIndex;
        return std::make_unique<Resolving>(m);
    }
    return std::make_unique<Disconnecting>(m, std::move(error));
}

// ---- the tunnel is made ----

StatePtr SstpConfiguring::enter() {
    m.status.stage = Stage::Configuring;
    m.status.protocol = "sstp";
    m.rememberNameInTls();
    auto plan = planSstp(m.request.profile, *m.up, m.agreed.dhcp, *m.status.server);
    if (!plan) {
        return std::make_unique<Disconnecting>(m, std::move(plan.error()));
    }
    m.plan = std::move(*plan);
    m.status.cipher = m.sstp->cipherText();
    m.status.binding = m.signedIn ? bindingName(*m.signedIn) : std::string();
    m.status.proxy = m.proxy ? m.proxy->text : std::string();
    m.status.ikeCipher.clear();
    m.status.postQuantum.clear();
    m.status.weakAlgorithms.clear();
    m.showPlan();
    m.configure(*m.plan);
    return nullptr;
}

StatePtr SstpConfiguring::handle(Event& event) {
    if (auto* configured = std::get_if<Configured>(&event)) {
        return afterConfiguring<SstpConnected>(m, *configured, &Machine::beginSstpTunnel);
    }
    if (auto* said = std::get_if<SstpSaid>(&event)) {
        if (auto* up = std::get_if<sstp::Up>(&said->output)) {
            m.up = std::move(*up); // taken up once the tunnel runs
        } else if (auto* closed = std::get_if<sstp::Closed>(&said->output)) {
            m.sstp.reset();
            return std::make_unique<Disconnecting>(m, std::move(closed->error));
        }
        return nullptr;
    }
    return Disconnecting::ifAsked(m, event);
}

} // namespace tern::connection
