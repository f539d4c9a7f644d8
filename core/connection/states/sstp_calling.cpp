#include "core/connection/states/sstp_calling.h"

#include "core/connection/sstp_config.h"
#include "core/connection/states/disconnecting.h"
#include "core/connection/states/negotiating.h"
#include "core/connection/states/reconnecting.h"
#include "core/connection/states/resolving.h"
#include "core/connection/states/sstp_connected.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace tern::connection {

namespace {

Stage publicStage(sstp::Stage stage) {
    switch (stage) {
    case sstp::Stage::Calling:
        return Stage::Contacting;
    case sstp::Stage::Negotiating:
        return Stage::Verifying;
    case sstp::Stage::Authenticating:
        return Stage::Authenticating;
    case sstp::Stage::Confirming:
        return Stage::Confirming;
    case sstp::Stage::Configuring:
        break;
    }
    return Stage::Configuring;
}

ike::Prompt::Kind kindOf(sstp::Prompt::Kind kind) {
    switch (kind) {
    case sstp::Prompt::Kind::Password:
        return ike::Prompt::Kind::Password;
    case sstp::Prompt::Kind::Credentials:
        return ike::Prompt::Kind::Credentials;
    case sstp::Prompt::Kind::Code:
        return ike::Prompt::Kind::Code;
    case sstp::Prompt::Kind::NewPassword:
        return ike::Prompt::Kind::NewPassword;
    case sstp::Prompt::Kind::Message:
        break;
    }
    return ike::Prompt::Kind::Message;
}

// Of a server that was there before: what may be different in a minute. Who is refused for who they are is not tried
// again.
bool mayPass(std::string_view code) {
    constexpr std::array passing{
        "tern.sstp.connect.",     "tern.sstp.cut",           "tern.sstp.silent",   "tern.sstp.timeout",
        "tern.sstp.aborted",      "tern.sstp.disconnected",  "tern.sstp.http.",    "tern.sstp.tls.timeout",
        "tern.sstp.tls.closed",   "tern.sstp.refused",       "tern.ppp.no-answer", "tern.ppp.gone",
        "tern.ppp.ended",         "tern.ppp.server-timeout", "tern.datapath.",     "tern.proxy.silent",
        "tern.proxy.unreachable", "tern.proxy.failed",       "tern.proxy.refused"};
    return std::any_of(passing.begin(), passing.end(), [code](const char* one) { return code.starts_with(one); });
}

} // namespace

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
        ask(*prompt);
    } else if (const auto* done = std::get_if<sstp::SignedIn>(&output)) {
        m.note("Signed in by " + std::string(ppp::methodName(done->method)) + "; bound to the certificate by " +
               (done->binding == crypto::Hash::Sha256 ? "SHA-256" : "SHA-1") + "; " + m.sstp->cipherText());
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
    m_asking = m.environment.credentials.ask(
        question, m.callback<base::Result<std::optional<Credentials>>>(
                      [](auto credentials) -> Event { return Answered{std::move(credentials)}; }));
}

// The same call again, as somebody.
StatePtr SstpCalling::answeredForProxy(Answered& event) {
    auto error = *std::exchange(m_proxyError, std::nullopt);
    m_asking.reset();
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

void SstpCalling::ask(const sstp::Prompt& prompt) {
    m_askedFor = kindOf(prompt.kind);
    Question question;
    question.kind = m_askedFor;
    question.server = m.status.serverName;
    question.username = m.username;
    question.text = prompt.text;
    question.retry = prompt.retry;
    m_asking = m.environment.credentials.ask(
        question, m.callback<base::Result<std::optional<Credentials>>>(
                      [](auto credentials) -> Event { return Answered{std::move(credentials)}; }));
}

StatePtr SstpCalling::answered(Answered& event) {
    if (m_proxyError) {
        return answeredForProxy(event);
    }
    m_asking.reset();
    if (m_askedFor == ike::Prompt::Kind::Message || !m.sstp) {
        return nullptr; // it was only to be shown
    }
    if (!event.credentials) {
        return std::make_unique<Disconnecting>(m, std::move(event.credentials.error()));
    }
    if (!*event.credentials) {
        return std::make_unique<Disconnecting>(m);
    }
    auto& credentials = **event.credentials;
    if (credentials.username.empty()) {
        credentials.username = m.username;
    }
    m.username = credentials.username;
    // A code is good for once; a new password is the one to reconnect with.
    if (m_askedFor != ike::Prompt::Kind::Code) {
        m.secret = credentials.secret.clone();
    }
    m.sstp->answer(std::move(credentials));
    return nullptr;
}

StatePtr SstpCalling::fails(base::Error error) {
    m.sstp.reset();
    // Once there was TLS, a server has answered, and has decided; silence and dead ends are worth another try.
    const bool deadEnd = error.code.starts_with("tern.sstp.connect.") || error.code == "tern.sstp.tls.timeout" ||
                         error.code.starts_with("tern.datapath.") || error.code == "tern.proxy.unreachable" ||
                         error.code == "tern.proxy.silent";
    if (deadEnd && m.addressIndex + 1 < m.serverAddresses.size()) {
        m.note("No answer from " + m.serverAddresses.at(m.addressIndex).text() + " (" + error.code + ")");
        ++m.addressIndex;
        return std::make_unique<SstpCalling>(m);
    }
    if (m.status.reconnecting && mayPass(error.code)) {
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
    auto plan = planSstp(m.request.profile, *m.up, m.agreed.dhcp, *m.status.server);
    if (!plan) {
        return std::make_unique<Disconnecting>(m, std::move(plan.error()));
    }
    m.plan = std::move(*plan);
    m.status.cipher = m.sstp->cipherText();
    m.status.ikeCipher.clear();
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
