// The sign-in (RFC 1661 §3.5): whose packets, whose questions, and how long a server may think.
#include "core/ppp/machine.h"

#include <algorithm>

namespace tern::ppp {

void Machine::beginSignIn() {
    m_lastStep = m_now;
    const auto method = m_lcp.method();
    if (method == Method::None) {
        if (std::find(m_methods.begin(), m_methods.end(), Method::None) != m_methods.end()) {
            return accepted(noKey());
        }
        return fail(m_lcp.refusedMethods().empty() ? base::Error{"tern.ppp.auth.none", {}, {}} : noCommonMethod());
    }
    m_phase = Phase::Authenticate;
    enter(Stage::Authenticating);
    m_authenticator = createAuthenticator(method, m_config, m_credentials, m_random);
    take(m_authenticator->begin());
}

void Machine::answer(base::Instant now, std::string username, base::SecureBytes secret) {
    m_now = now;
    if (isOver() || m_phase == Phase::Closing || !m_authenticator || !m_authenticator->isWaitingForUser()) {
        return;
    }
    m_lastStep = now;
    if (m_asked == Prompt::Kind::Password || m_asked == Prompt::Kind::Credentials) {
        if (!username.empty()) {
            m_credentials.username = std::move(username);
        }
        m_credentials.password = secret.clone();
    }
    auto turn = m_authenticator->answer(secret.view());
    if (m_asked == Prompt::Kind::NewPassword) {
        m_newPassword = std::move(secret);
    }
    take(std::move(turn));
    settle();
}

void Machine::take(Authenticator::Turn turn) {
    if (!turn.packets.empty() || !turn.prompts.empty()) {
        m_patientSince.reset();
        m_lastStep = m_now;
        if (m_stage == Stage::Confirming) {
            enter(Stage::Authenticating);
        }
    }
    for (const auto& packet : turn.packets) {
        send(m_authenticator->protocol(), packet);
    }
    for (auto& prompt : turn.prompts) {
        m_asked = prompt.kind == Prompt::Kind::Message ? m_asked : prompt.kind;
        emit(std::move(prompt));
    }
    if (turn.failure) {
        return fail(std::move(*turn.failure));
    }
    if (turn.hlak) {
        return accepted(std::move(*turn.hlak));
    }
    if (!turn.packets.empty() && m_authenticator->mayTakeLong() && !m_authenticator->isWaitingForUser()) {
        m_patientSince = m_now;
    }
}

void Machine::accepted(base::SecureBytes hlak) {
    m_patientSince.reset();
    if (m_newPassword) { // the server took it, and may ask for it later on
        m_credentials.password = std::exchange(m_newPassword, std::nullopt);
    }
    if (std::exchange(m_isAccepted, true)) {
        return; // asked once more, in the middle of everything (RFC 1994 §2)
    }
    if (!std::exchange(m_toldAuthenticated, true)) {
        emit(Authenticated{m_lcp.method(), std::move(hlak)});
    }
    beginNetwork();
}

// Silence behind an answer is probably a person with a telephone.
void Machine::signInTimeout() {
    constexpr base::Duration soonConfirmed = std::chrono::seconds(3);
    if (!m_patientSince) {
        return;
    }
    if (m_now >= *m_patientSince + m_config.timers.secondFactorWait) {
        return fail({"tern.ppp.auth.silence", {}, {}});
    }
    if (m_phase == Phase::Authenticate && m_now >= *m_patientSince + soonConfirmed) {
        enter(Stage::Confirming);
    }
}

} // namespace tern::ppp
