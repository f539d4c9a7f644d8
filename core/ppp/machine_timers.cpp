// What a session does by the clock: repeating, giving up on silence, and asking for signs of life.
#include "core/ppp/machine.h"

#include <algorithm>

namespace tern::ppp {

void Machine::timeout(base::Instant now) {
    m_now = now;
    if (isOver()) {
        return;
    }
    if (m_phase == Phase::Closing && now >= m_closeBy) {
        return finish(std::nullopt);
    }
    m_lcp.automaton().timeout(now);
    if (m_ipcp) {
        m_ipcp->automaton().timeout(now);
    }
    if (m_ipv6cp) {
        m_ipv6cp->automaton().timeout(now);
    }
    if (m_autoconf) {
        m_autoconf->timeout(now);
    }
    signInTimeout();
    checkSilence();
    sendDueEcho();
    settle();
}

// While connecting; the wait for a person, at either end, does not count.
std::optional<base::Instant> Machine::silenceEnd() const {
    const bool isConnecting =
        m_phase == Phase::Establish || m_phase == Phase::Authenticate || (m_phase == Phase::Network && !m_up);
    const bool isForPerson = m_patientSince || (m_authenticator && m_authenticator->isWaitingForUser());
    return isConnecting && !isForPerson ? std::optional(m_lastStep + m_config.timers.connectLimit) : std::nullopt;
}

void Machine::checkSilence() {
    if (isOver()) {
        return;
    }
    if (const auto end = silenceEnd(); end && m_now >= *end) {
        auto error = m_isSignInRejected
                         ? base::Error{"tern.ppp.protocol", {}, "the server rejects the sign-in it asked for"}
                         : base::Error{"tern.ppp.no-answer", {}, "silence while connecting"};
        if (m_phase == Phase::Network) { // let in, and then
            error = networkError();
            error.detail = "silence after the sign-in";
        }
        fail(std::move(error));
    }
}

// The next echo of our own accord, if there are any.
void Machine::waitWithEcho() {
    const auto interval = m_config.timers.echoInterval;
    m_echoAt = interval > base::Duration{} ? std::optional(m_now + interval) : std::nullopt;
}

void Machine::probe(base::Instant now) {
    m_now = now;
    if (m_phase != Phase::Network || m_isProbing) {
        return;
    }
    m_isProbing = true;
    m_lcp.heard(); // counts from here
    m_echoAt = now;
    sendDueEcho();
    settle();
}

void Machine::sendDueEcho() {
    if (m_phase != Phase::Network || !m_echoAt || m_now < *m_echoAt) {
        return;
    }
    const auto& timers = m_config.timers;
    // Anything heard says as much as an answer.
    const bool isQuiet = m_isProbing || m_lcp.echoesUnanswered() > 0 || m_now >= m_lastHeard + timers.echoInterval;
    if (!isQuiet) {
        m_echoAt = m_lastHeard + timers.echoInterval;
        return;
    }
    if (m_lcp.echoesUnanswered() >= timers.echoFailures) {
        return fail({"tern.ppp.gone", {}, "LCP echoes unanswered"});
    }
    m_lcp.sendEcho();
    m_echoAt = m_now + timers.echoLimit;
}

std::optional<base::Instant> Machine::deadline() const {
    if (isOver()) {
        return std::nullopt;
    }
    auto next = base::Instant::max();
    const auto consider = [&](const std::optional<base::Instant>& when) {
        next = std::min(next, when.value_or(base::Instant::max()));
    };
    consider(m_phase == Phase::Closing ? std::optional(m_closeBy) : std::nullopt);
    consider(m_lcp.automaton().deadline());
    consider(m_ipcp ? m_ipcp->automaton().deadline() : std::nullopt);
    consider(m_ipv6cp ? m_ipv6cp->automaton().deadline() : std::nullopt);
    consider(m_autoconf ? m_autoconf->deadline() : std::nullopt);
    consider(silenceEnd());
    consider(m_phase == Phase::Network ? m_echoAt : std::nullopt);
    if (m_patientSince) {
        constexpr base::Duration soonConfirmed = std::chrono::seconds(3);
        const bool isTold = m_stage == Stage::Confirming || m_phase != Phase::Authenticate;
        consider(*m_patientSince + (isTold ? m_config.timers.secondFactorWait : soonConfirmed));
    }
    if (m_phase == Phase::Network && m_ipv4ReadySince && !m_up) {
        consider(*m_ipv4ReadySince + m_config.timers.ipv6Patience);
    }
    return next == base::Instant::max() ? std::nullopt : std::optional(next);
}

} // namespace tern::ppp
