#include "core/connection/proxy_login.h"

#include "core/connection/machine.h"

#include <utility>

namespace tern::connection {

bool ProxyLogin::ask(const base::Error& error) {
    const bool wrong = error.code == "tern.proxy.credentials-wrong";
    if (!m_machine.proxy || !(wrong || error.code == "tern.proxy.credentials-needed")) {
        return false;
    }
    const auto& proxy = *m_machine.proxy;
    Question question;
    question.kind = ike::Prompt::Kind::Credentials;
    question.ofProxy = true;
    question.server = proxy.text;
    question.username = proxy.login ? proxy.login->username : std::string();
    question.retry = wrong;
    m_reason = error;
    m_asking = m_machine.environment.credentials.ask(
        question, m_machine.callback<base::Result<std::optional<Credentials>>>(
                      [](auto credentials) -> Event { return ProxyAnswered{std::move(credentials)}; }));
    return true;
}

ProxyLogin::End ProxyLogin::answered(ProxyAnswered& event) {
    m_failure = std::exchange(m_reason, std::nullopt).value_or(base::Error{});
    m_asking.reset();
    if (!event.credentials) {
        return End::Failed;
    }
    if (!*event.credentials || (*event.credentials)->username.empty()) {
        return End::Cancelled;
    }
    m_machine.proxy->login = std::move(**event.credentials);
    return End::Again;
}

void ProxyLogin::forget() {
    m_reason.reset();
    m_asking.reset();
}

} // namespace tern::connection
