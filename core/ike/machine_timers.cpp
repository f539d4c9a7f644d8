// What a session does by the clock: repeating, liveness, new keys in time, and keep-alives.
#include "core/ike/child_add.h"
#include "core/ike/child_rekey.h"
#include "core/ike/ike_dpd.h"
#include "core/ike/machine.h"
#include "core/ike/path_probe.h"

#include <algorithm>

namespace tern::ike {

namespace {

constexpr std::size_t nonEspMarkerSize = 4; // RFC 3948 §2.2

} // namespace

void Machine::replaceKeys(base::Instant now) {
    for (auto& [spi, child] : m_context.children) {
        child.rekeyAt = std::min(child.rekeyAt, now);
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
    if (m_context.retired) {
        m_context.retired->exchanges.resend(now);
    }
    if (m_context.sa->exchanges.isBusy()) {
        m_context.sa->exchanges.resend(now);
    } else if (m_state == State::Up && !m_active && m_queue.empty()) {
        enqueue(ExchangeType::Informational, std::make_unique<IkeDpd>());
        runQueue();
    }
    flush();
}

void Machine::queueDueWork() {
    if (m_state != State::Up || m_active || !m_queue.empty()) {
        return;
    }
    for (auto& [spi, child] : m_context.children) {
        if (!child.leaving && m_context.now >= child.rekeyAt) {
            child.leaving = true;
            enqueue(ExchangeType::CreateChildSa, std::make_unique<ChildRekey>(spi));
            return;
        }
    }
    queueWanted();
    if (m_queue.empty() && m_context.now - m_lastHeard >= m_context.config.timers.deadPeerIdle) {
        enqueue(ExchangeType::Informational, std::make_unique<IkeDpd>());
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
    if (m_context.retired && now >= m_context.retiredUntil) {
        m_context.retired.reset();
    }
    if (!m_context.sa->exchanges.timeout(now)) {
        givenUp();
        return;
    }
    queueDueWork();
    runQueue();
    flush();
    const bool keepAlive = m_state == State::Up && m_context.behindNat;
    if (keepAlive && now - m_lastSent >= m_context.config.timers.natKeepAlive) {
        m_lastSent = now;
        m_context.emit(SendDatagram{true, {0xFF}});
    }
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
    if (m_context.retired) {
        consider(m_context.retiredUntil);
    }
    if (m_state == State::Up) {
        if (m_context.behindNat) {
            consider(m_lastSent + timers.natKeepAlive);
        }
        if (!m_active && m_queue.empty()) {
            if (!m_context.wanted.isEmpty()) {
                consider(m_context.wanted.notBefore);
            }
            consider(m_lastHeard + timers.deadPeerIdle);
            for (const auto& [spi, child] : m_context.children) {
                if (!child.leaving) {
                    consider(child.rekeyAt);
                }
            }
        }
    }
    return earliest;
}

void Machine::flush() {
    if (m_state == State::Closed) {
        return;
    }
    for (auto* sa : {m_context.retired.get(), m_context.sa.get()}) {
        if (sa == nullptr) {
            continue;
        }
        // The first exchange goes to port 500, all that follows to 4500, as if there were a NAT (RFC 7296 §2.23).
        const bool floated = sa->exchanges.isProtected() || m_context.config.transport == Transport::Tcp;
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
