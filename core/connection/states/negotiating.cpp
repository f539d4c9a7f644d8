#include "core/connection/states/negotiating.h"

#include "core/connection/states/configuring.h"
#include "core/connection/states/disconnecting.h"
#include "core/connection/states/reconnecting.h"
#include "core/connection/states/resolving.h"

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

} // namespace

StatePtr Negotiating::enter() {
    ++m.generation;
    const auto& address = m.serverAddresses.at(m.addressIndex);
    m.status.stage = Stage::Contacting;
    m.status.server = address;
    m.note("Calling " + address.text());
    m.host->openSocket(address, m.callback<base::Result<base::UniqueFd>>(
                                    [](auto socket) -> Event { return SocketOpened{std::move(socket)}; }));
    return nullptr;
}

StatePtr Negotiating::handle(Event& event) {
    if (auto* opened = std::get_if<SocketOpened>(&event)) {
        if (!opened->socket) {
            return fails(std::move(opened->socket.error()));
        }
        auto begun = m.beginIke(std::move(*opened->socket));
        return begun ? nullptr : fails(std::move(begun.error()));
    }
    if (auto* ike = std::get_if<IkeOutput>(&event)) {
        return take(ike->output);
    }
    if (auto* answer = std::get_if<Answered>(&event)) {
        return answered(*answer);
    }
    return Disconnecting::ifAsked(m, event);
}

StatePtr Negotiating::take(ike::Output& output) {
    if (const auto* progress = std::get_if<ike::Progress>(&output)) {
        const auto stage = publicStage(progress->stage);
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
    } else if (auto* closed = std::get_if<ike::Closed>(&output)) {
        m.ike.reset();
        return fails(closed->error.value_or(base::Error{"tern.engine.internal", {}, "IKE ended without a reason"}));
    }
    if (m.established && m.child) {
        return std::make_unique<Configuring>(m);
    }
    return nullptr;
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
    return nullptr;
}

StatePtr Negotiating::fails(base::Error error) {
    // A server that has answered has decided; silence and dead ends are worth another try.
    if (m.status.stage != Stage::Contacting) {
        return std::make_unique<Disconnecting>(m, std::move(error));
    }
    m.ike.reset();
    if (m.addressIndex + 1 < m.serverAddresses.size()) {
        m.note("No answer from " + m.serverAddresses.at(m.addressIndex).text() + " (" + error.code + ")");
        ++m.addressIndex;
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
