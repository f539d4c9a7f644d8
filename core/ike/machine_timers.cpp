// What a session does by the clock: repeating, liveness, new keys in time, and keep-alives.
#include "core/ike/child_add.h"
#include "core/ike/ike_delete.h"
#include "core/ike/ike_mobike.h"
#include "core/ike/ike_resume.h"
#include "core/ike/machine.h"
#include "core/ike/path_probe.h"

#include <algorithm>

namespace tern::ike {

namespace {

constexpr std::size_t nonEspMarkerSize = 4; // RFC 3948 §2.2
// A server that is silent for longer is taken to wait for a person.
constexpr base::Duration soonConfirmed = std::chrono::seconds(3);

} // namespace

void Machine::replaceKeys(base::Instant now, Keys which) {
    if (m_state != State::Up) {
        return;
    }
    if (which == Keys::IkeSa) {
        m_context.sa->rekeyAt = std::min(m_context.sa->rekeyAt, now);
    } else {
        for (auto& [spi, child] : m_context.children) {
            child.rekeyAt = std::min(child.rekeyAt, now);
        }
    }
    timeout(now);
}

void Machine::queueWanted() {
    if (m_queue.empty() && !m_active && !m_context.wanted.isEmpty() && m_context.now >= m_context.wanted.notBefore) {
        enqueue(ExchangeType::CreateChildSa, std::make_unique<ChildAdd>());
    }
}

void Machine::probePath(base::Instant now, std::size_t size) {
    m_context.now = now;
    if (m_state == State::Up && m_context.sa->exchanges.mayFragment() && m_context.config.transport == Transport::Udp) {
        enqueue(ExchangeType::Informational, std::make_unique<PathProbe>(size));
        runQueue();
        flush();
    }
}

void Machine::streamReopened(base::Instant now) {
    m_context.now = now;
    if (m_state == State::Closed || m_state == State::Idle || m_state == State::NeedsKey) {
        return;
    }
    for (auto& other : m_context.leaving) {
        other.sa->exchanges.resend(now);
    }
    if (m_context.sa->exchanges.isBusy()) {
        m_context.sa->exchanges.resend(now);
    } else if (m_state == State::Up && !m_active && m_queue.empty()) {
        enqueue(ExchangeType::Informational, std::make_unique<IkePath>(IkePath::Kind::Check));
        runQueue();
    }
    flush();
}

void Machine::queueDueChildWork() {
    for (auto& [spi, child] : m_context.children) {
        if (child.sendBy && isDue(*child.sendBy)) {
            m_context.sendWith(child);
        }
        const bool expired = !child.leaving && isDue(child.expiresAt);
        const bool leftToUs = child.leaving && child.deletedBy && isDue(*child.deletedBy);
        if (expired || leftToUs) {
            if (expired) { // the server would not replace it
                m_context.wanted.add(child.remote);
                queueWanted();
            }
            child.leaving = true;
            child.deletedBy = m_context.now + longestWaitForDelete;
            enqueue(ExchangeType::Informational, std::make_unique<ChildDelete>(spi));
        } else if (!child.leaving && !child.sendBy && isDue(child.rekeyAt)) {
            // One the server may not have yet would be unknown to it.
            child.leaving = true;
            enqueue(ExchangeType::CreateChildSa, std::make_unique<ChildRekey>(spi));
        }
    }
}

void Machine::queueDueWork() {
    if (m_state != State::Up || m_active || !m_queue.empty()) {
        return;
    }
    if (isDue(m_context.sa->expiresAt)) {
        fail({"tern.ike.expired", {m_context.config.serverName}, {}});
        return;
    }
    if (m_context.serverGivesTickets && m_context.ticketAskedFor != m_context.sa->exchanges.initiatorSpi()) {
        // A new IKE SA: a ticket of the old one would lead back to keys that are to be gone.
        enqueue(ExchangeType::Informational, std::make_unique<IkeTicket>(IkeTicket::Place::Alone));
    }
    if (m_context.replaceLoginAt && isDue(*m_context.replaceLoginAt)) {
        m_context.replaceLoginAt.reset();
        m_context.needNewSession(*m_context.loginEnds);
    }
    queueDueChildWork();
    queueWanted();
    if (m_queue.empty() && isDue(m_context.sa->rekeyAt)) {
        enqueue(ExchangeType::CreateChildSa, std::make_unique<IkeRekey>());
    }
    if (m_queue.empty() && m_context.now - m_lastHeard >= m_context.config.timers.deadPeerIdle) {
        enqueue(ExchangeType::Informational, std::make_unique<IkePath>(IkePath::Kind::Check));
    }
}

void Machine::timeout(base::Instant now) {
    m_context.now = now;
    if (m_state == State::Closing && now >= m_closeBy) {
        finish(std::nullopt);
        return;
    }
    if (m_state == State::Closed || m_state == State::Idle || m_state == State::NeedsKey) {
        return;
    }
    runLeaving();
    std::erase_if(m_context.closedChildren, [this](const auto& closed) {
        if (!isDue(closed.second)) {
            return false;
        }
        m_context.emit(ChildDown{closed.first});
        return true;
    });
    if (m_held && now >= m_held->until) {
        certificatesChecked(now, base::Error{"tern.crypto.cert.unchecked", {m_context.config.serverName}, "no answer"});
        return;
    }
    if (!m_context.sa->exchanges.timeout(now)) {
        givenUp();
        return;
    }
    doubtPath();
    queueDueWork();
    runQueue();
    flush();
    if (m_patientSince && now - *m_patientSince >= soonConfirmed) {
        m_patientSince.reset();
        m_toldConfirming = true;
        m_context.emit(Progress{Stage::Confirming});
    }
    if (keepsNatAlive() && now - m_lastSent >= m_context.config.timers.natKeepAlive) {
        m_lastSent = now;
        m_context.emit(SendDatagram{true, {0xFF}});
    }
}

// When the session has something to do of itself, with no exchange under way.
void Machine::considerWork(const std::function<void(base::Instant)>& consider) const {
    consider(m_context.sa->rekeyAt);
    consider(m_context.sa->expiresAt);
    if (m_context.replaceLoginAt) {
        consider(*m_context.replaceLoginAt);
    }
    for (const auto& [spi, child] : m_context.children) {
        if (!child.leaving) {
            consider(child.sendBy.value_or(child.rekeyAt));
            consider(child.expiresAt);
        } else if (child.deletedBy) {
            consider(*child.deletedBy);
        }
    }
}

// Also while a person is asked or the server waits for a second factor: a mapping may last no longer than half a
// minute.
bool Machine::keepsNatAlive() const {
    const bool waits = m_state == State::Connecting && m_context.sa->exchanges.isProtected();
    return m_context.behindNat && (m_state == State::Up || waits);
}

std::optional<base::Instant> Machine::deadline() const {
    if (m_state == State::Closed || m_state == State::Idle || m_state == State::NeedsKey) {
        return std::nullopt;
    }
    auto earliest = m_context.sa->exchanges.deadline();
    const auto consider = [&earliest](base::Instant instant) {
        earliest = earliest ? std::min(*earliest, instant) : instant;
    };
    const auto& timers = m_context.config.timers;
    if (m_state == State::Closing) {
        consider(m_closeBy);
    }
    for (const auto& other : m_context.leaving) {
        consider(other.until);
        if (const auto due = other.sa->exchanges.deadline()) {
            consider(*due);
        }
    }
    for (const auto& [spi, until] : m_context.closedChildren) {
        consider(until);
    }
    if (keepsNatAlive()) {
        consider(m_lastSent + timers.natKeepAlive);
    }
    if (m_held) {
        consider(m_held->until);
    }
    if (m_state == State::Up) {
        if (!m_active && m_queue.empty()) {
            if (!m_context.wanted.isEmpty()) {
                consider(m_context.wanted.notBefore);
            }
            consider(m_lastHeard + timers.deadPeerIdle);
            considerWork(consider);
        }
    }
    return earliest;
}

void Machine::flush() {
    if (m_state == State::Closed) {
        return;
    }
    for (auto* sa : allSas()) {
        // The first exchange goes to port 500, all that follows to 4500, as if there were a NAT (RFC 7296 §2.23).
        const bool floated = sa->exchanges.isProtected() || m_context.config.natTraversalPortOnly ||
                             m_context.config.transport == Transport::Tcp;
        const bool probes = m_active && !m_active->tasks.empty() && m_active->tasks.front()->isProbe();
        for (auto& datagram : sa->exchanges.takeDatagrams()) {
            if (floated) {
                datagram.insert(datagram.begin(), nonEspMarkerSize, 0);
            }
            m_context.emit(SendDatagram{floated, std::move(datagram), probes && sa == m_context.sa.get()});
            m_lastSent = m_context.now;
        }
    }
}

} // namespace tern::ike
