#include "core/probe/question.h"

#include <array>

namespace tern::probe {

namespace {

using namespace std::chrono_literals;

// After the first one; the last is when nothing more is waited for.
constexpr std::array<base::Duration, 3> datagramTimes{500ms, 1300ms, 3000ms};
constexpr base::Duration streamPatience = 3s;

} // namespace

void Question::start(base::Instant now) {
    m_started = now;
    if (m_door.transport == Transport::Udp) {
        m_connected = true;
        begin(now);
    } else {
        m_deadline = now + streamPatience;
    }
}

void Question::connected(base::Instant now) {
    if (!m_over && !m_connected) {
        m_connected = true;
        m_deadline = now + streamPatience;
        begin(now);
    }
}

void Question::receive(base::Instant now, base::ByteView octets) {
    if (!m_over) {
        take(now, octets);
    }
}

void Question::refused(base::Instant now) {
    if (m_over) {
        return;
    }
    // A late "nobody listens" says nothing after an answer.
    if (!m_door.answered) {
        m_door.verdict = Verdict::Closed;
    } else {
        giveUp(now);
    }
    m_over = true;
}

void Question::ended(base::Instant now) {
    if (!m_over) {
        giveUp(now);
        m_over = true;
    }
}

void Question::timeout(base::Instant now) {
    if (m_over || !m_deadline || now < *m_deadline) {
        return;
    }
    if (m_door.transport == Transport::Udp && !m_asked.empty() && m_sends < datagramTimes.size()) {
        m_output.push_back(m_sends + 1 == datagramTimes.size() ? lastTry() : m_asked);
        m_deadline = m_firstSent + datagramTimes.at(m_sends);
        ++m_sends;
        return;
    }
    giveUp(now);
    m_over = true;
}

void Question::giveUp(base::Instant /*now*/) {
    if (m_door.transport == Transport::Tcp && m_connected && !m_door.answered) {
        m_door.verdict = Verdict::Closed;
    }
}

std::optional<base::Instant> Question::deadline() const {
    return m_over ? std::nullopt : m_deadline;
}

void Question::ask(base::Instant now, base::Bytes octets) {
    m_output.push_back(octets);
    if (m_door.transport == Transport::Udp) {
        m_asked = std::move(octets);
        m_firstSent = now;
        m_sends = 1;
        m_deadline = now + datagramTimes.front();
    } else {
        m_deadline = now + streamPatience;
    }
}

void Question::noteAnswer(base::Instant now) {
    if (!m_door.answered) {
        m_door.answered = std::chrono::duration_cast<std::chrono::milliseconds>(now - m_started);
    }
}

void Question::conclude(Verdict verdict) {
    m_door.verdict = verdict;
    m_over = true;
}

void Question::linger(base::Instant until, Verdict verdict) {
    m_door.verdict = verdict;
    m_asked.clear();
    m_deadline = until;
}

} // namespace tern::probe
