#include "core/connection/states/sstp_calling.h"

#include "core/connection/sstp_config.h"
#include "core/connection/sstp_words.h"
#include "core/connection/states/disconnecting.h"
#include "core/connection/states/negotiating.h"
#include "core/connection/states/reconnecting.h"
#include "core/connection/states/resolving.h"
#include "core/connection/states/sstp_connected.h"

#include <utility>

namespace tern::connection {

StatePtr callServer(Machine& machine) {
    if (machine.request.profile.protocol == profile::Protocol::Sstp) {
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
    m_dialling = m.openSstpStream();
    return nullptr;
}

StatePtr SstpCalling::handle(Event& event) {
    if (auto* opened = std::get_if<StreamOpened>(&event)) {
        m_dialling.reset();
        if (!opened->socket && wantsProxyLogin(opened->socket.error())) {
            askForProxy(opened->socket.error());
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
        m.note(signedInText(*done, m.sstp->cipherText()));
    } else if (auto* up = std::get_if<sstp::Up>(&output)) {
        m.up = std::move(*up);
        return std::make_unique<SstpConfiguring>(m);
    } else if (auto* closed = std::get_if<sstp::Closed>(&output)) {
        m.sstp.reset();
        return fails(closed->error.value_or(base::Error{"tern.engine.internal", {}, "SSTP ended without a reason"}));
    }
    return nullptr;
}

bool SstpCalling::wantsProxyLogin(const base::Error& error) const {
    return m.proxy && (error.code == "tern.proxy.credentials-needed" || error.code == "tern.proxy.credentials-wrong");
}

void SstpCalling::askForProxy(const base::Error& error) {
    Question question;
    question.kind = ike::Prompt::Kind::Credentials;
    question.ofProxy = true;
    question.server = m.proxy->text;
    question.username = m.proxy->login ? m.proxy->login->username : std::string();
    question.retry = error.code == "tern.proxy.credentials-wrong";
    m_proxyError = error;
    m_askingForProxy = m.environment.credentials.ask(
        question, m.callback<base::Result<std::optional<Credentials>>>(
                      [](auto credentials) -> Event { return Answered{std::move(credentials)}; }));
}

// The same call again, as somebody.
StatePtr SstpCalling::answeredForProxy(Answered& event) {
    auto error = *std::exchange(m_proxyError, std::nullopt);
    m_askingForProxy.reset();
    if (!event.credentials) {
        return std::make_unique<Disconnecting>(m, std::move(error)); // nobody can be asked: that is why
    }
    if (!*event.credentials || (*event.credentials)->username.empty()) {
        return std::make_unique<Disconnecting>(m);
    }
    m.proxy->login = std::move(**event.credentials);
    m_dialling = m.openSstpStream();
    return nullptr;
}

StatePtr SstpCalling::answered(Answered& event) {
    if (m_proxyError) {
        return answeredForProxy(event);
    }
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
    m.sstp.reset();
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
    auto plan = planSstp(m.request.profile, *m.up, m.agreed.dhcp, *m.status.server);
    if (!plan) {
        return std::make_unique<Disconnecting>(m, std::move(plan.error()));
    }
    m.plan = std::move(*plan);
    m.status.cipher = m.sstp->cipherText();
    m.status.ikeCipher.clear();
    m.status.postQuantum.clear();
    m.status.weakAlgorithms.clear();
    m.showPlan();
    m.configure(*m.plan);
    return nullptr;
}

StatePtr SstpConfiguring::handle(Event& event) {
    if (auto* configured = std::get_if<Configured>(&event)) {
        if (configured->number != m.configuring) {
            return nullptr;
        }
        m.configuring.reset();
        if (!configured->tunnel) {
            return std::make_unique<Disconnecting>(m, std::move(configured->tunnel.error()));
        }
        if (auto begun = m.beginSstpTunnel(std::move(*configured->tunnel)); !begun) {
            return std::make_unique<Disconnecting>(m, std::move(begun.error()));
        }
        return std::make_unique<SstpConnected>(m);
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
