// How a session follows a change of addresses, of the way between them, and of time (RFC 4555 §3.5, RFC 5723 §4.3).
#include "core/ike/ike_mobike.h"
#include "core/ike/ike_resume.h"
#include "core/ike/machine.h"

#include <algorithm>

namespace tern::ike {

namespace {

// With the usual timers: unanswered for 1.4 s, or 0.5 s where an answer is awaited urgently.
constexpr unsigned sendsBeforeDoubt = 3;
// For an answer to IKE_SESSION_RESUME; a server that does not know it may say nothing at all.
constexpr base::Duration resumeLimit = std::chrono::milliseconds(1500);

} // namespace

void Machine::addressChanged(base::Instant now, const Path& path) {
    m_context.now = now;
    if (m_state == State::Closed) {
        return;
    }
    auto& config = m_context.config;
    auto& mobility = m_context.mobility;
    const bool sameServer = path.server == config.serverAddress;
    config.localAddress = path.local;
    config.localPort = path.localPort;
    config.serverAddress = path.server;
    if (m_state != State::Up) {
        m_context.sa->exchanges.repeat();
        flush();
        return;
    }
    ++mobility.moves;
    mobility.deadTold = false;
    mobility.unconfirmed = true;
    mobility.unproven = mobility.unproven || !sameServer;
    mobility.updatePending = mobility.supported;
    // What is under way goes on, from the new address, and is heard of the sooner the earlier it is repeated.
    m_context.sa->exchanges.repeat();
    hurry();
    checkPath();
    flush();
}

void Machine::resumed(base::Instant now) {
    m_context.now = now;
    if (m_state != State::Up) {
        m_context.sa->exchanges.repeat();
        flush();
        return;
    }
    m_context.mobility.deadTold = false;
    m_context.mobility.unconfirmed = true;
    // The way may have changed while nobody looked.
    m_context.mobility.updatePending = m_context.mobility.supported;
    m_context.sa->exchanges.repeat();
    hurry();
    checkPath();
    flush();
}

bool Machine::canMove() const {
    return m_context.mobility.supported;
}

std::vector<base::IpAddress> Machine::furtherServerAddresses() const {
    return m_context.mobility.peerAddresses;
}

void Machine::hurry() {
    const auto& timers = m_context.config.timers;
    m_context.sa->exchanges.hurry(m_context.now, timers.urgentFirst, timers.urgentLimit);
}

// Before all else that waits: without it the rest would go nowhere.
void Machine::checkPath() {
    if (m_active || m_state != State::Up) {
        return; // completed() comes back here
    }
    auto& mobility = m_context.mobility;
    if (!mobility.updatePending && !mobility.unconfirmed) {
        return;
    }
    const auto kind = mobility.updatePending ? IkePath::Kind::Update : IkePath::Kind::Check;
    Exchange exchange{ExchangeType::Informational, {}};
    exchange.tasks.push_back(std::make_unique<IkePath>(kind));
    m_queue.push_front(std::move(exchange));
    runQueue();
    hurry();
}

void Machine::pathAnswered() {
    auto& mobility = m_context.mobility;
    mobility.deadTold = false;
    if (mobility.unconfirmed && !mobility.updatePending) {
        mobility.unconfirmed = false;
        m_context.emit(PathConfirmed{});
    }
}

void Machine::doubtPath() {
    auto& mobility = m_context.mobility;
    if (m_state == State::Up && !mobility.deadTold && m_context.sa->exchanges.sends() > sendsBeforeDoubt) {
        mobility.deadTold = true;
        m_context.emit(PathDead{});
    }
}

// ---- resumption ----

bool Machine::beginResumption() {
    auto ticket = std::exchange(m_context.config.ticket, nullptr); // never twice
    if (!ticket || !isUsable(*ticket, m_context.config, m_context.now)) {
        return false;
    }
    m_context.resuming = std::move(ticket);
    return true;
}

void Machine::limitResumption() {
    if (m_active && m_active->type == ExchangeType::SessionResume) {
        m_context.sa->exchanges.limit(m_context.now + resumeLimit);
    }
}

void Machine::abandonResumption() {
    m_context.resuming.reset();
    m_context.sa = std::make_unique<IkeSa>(m_context.config.timers, m_context.random);
    m_context.initRequest.clear();
    m_context.initResponse.clear();
    m_context.initiatorNonce.clear();
    m_context.responderNonce.clear();
    m_context.peerHasClosed = false;
    m_context.peerChain.clear();
    m_active.reset();
    m_queue.clear();
    connect();
}

} // namespace tern::ike
