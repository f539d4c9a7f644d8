#include "core/ppp/automaton.h"

#include <algorithm>

namespace tern::ppp {

// ---- the table of RFC 1661 §4.1 ----

namespace {

using State = Automaton::State;

// In the order in which they are done where a cell has several.
enum Action : unsigned {
    Irc = 1U << 0U, // Initialize-Restart-Count
    Zrc = 1U << 1U, // Zero-Restart-Count
    Scr = 1U << 2U, // Send-Configure-Request
    Sca = 1U << 3U, // Send-Configure-Ack
    Scn = 1U << 4U, // Send-Configure-Nak or -Reject
    Str = 1U << 5U, // Send-Terminate-Request
    Sta = 1U << 6U, // Send-Terminate-Ack
    Scj = 1U << 7U, // Send-Code-Reject
    Tlf = 1U << 8U, // This-Layer-Finished
    // This-Layer-Up, -Down and -Started are seen by the state.
};

} // namespace

struct Automaton::Cell {
    unsigned actions = 0;
    int next = 0; // a State
};

const Automaton::Cell& Automaton::cell(Event event, State state) {
    constexpr std::size_t states = 10;
    constexpr std::size_t events = 15;
    // States by their numbers, which are their places.
    // clang-format off
    static constexpr std::array<std::array<Cell, states>, events> table{{
        // Up
        {{{0, 2}, {Irc | Scr, 6}, {0, 2}, {0, 3}, {0, 4}, {0, 5}, {0, 6}, {0, 7}, {0, 8}, {0, 9}}},
        // Down
        {{{0, 0}, {0, 1}, {0, 0}, {0, 1}, {0, 0}, {0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}}},
        // Open, without the restart option
        {{{0, 1}, {0, 1}, {Irc | Scr, 6}, {0, 3}, {0, 5}, {0, 5}, {0, 6}, {0, 7}, {0, 8}, {0, 9}}},
        // Close
        {{{0, 0}, {Tlf, 0}, {0, 2}, {0, 2}, {0, 4},
           {0, 4}, {Irc | Str, 4}, {Irc | Str, 4}, {Irc | Str, 4}, {Irc | Str, 4}}},
        // Timeout, restarts left
        {{{0, 0}, {0, 1}, {0, 2}, {0, 3}, {Str, 4}, {Str, 5}, {Scr, 6}, {Scr, 6}, {Scr, 8}, {0, 9}}},
        // Timeout, the last
        {{{0, 0}, {0, 1}, {0, 2}, {0, 3}, {Tlf, 2}, {Tlf, 3}, {Tlf, 3}, {Tlf, 3}, {Tlf, 3}, {0, 9}}},
        // Receive-Configure-Request, good
        {{{0, 0}, {0, 1}, {Sta, 2}, {Irc | Scr | Sca, 8}, {0, 4},
           {0, 5}, {Sca, 8}, {Sca, 9}, {Sca, 8}, {Scr | Sca, 8}}},
        // Receive-Configure-Request, bad
        {{{0, 0}, {0, 1}, {Sta, 2}, {Irc | Scr | Scn, 6}, {0, 4},
           {0, 5}, {Scn, 6}, {Scn, 7}, {Scn, 6}, {Scr | Scn, 6}}},
        // Receive-Configure-Ack
        {{{0, 0}, {0, 1}, {Sta, 2}, {Sta, 3}, {0, 4}, {0, 5}, {Irc, 7}, {Scr, 6}, {Irc, 9}, {Scr, 6}}},
        // Receive-Configure-Nak or -Reject
        {{{0, 0}, {0, 1}, {Sta, 2}, {Sta, 3}, {0, 4}, {0, 5}, {Irc | Scr, 6}, {Scr, 6}, {Irc | Scr, 8}, {Scr, 6}}},
        // Receive-Terminate-Request
        {{{0, 0}, {0, 1}, {Sta, 2}, {Sta, 3}, {Sta, 4}, {Sta, 5}, {Sta, 6}, {Sta, 6}, {Sta, 6}, {Zrc | Sta, 5}}},
        // Receive-Terminate-Ack
        {{{0, 0}, {0, 1}, {0, 2}, {0, 3}, {Tlf, 2}, {Tlf, 3}, {0, 6}, {0, 6}, {0, 8}, {Scr, 6}}},
        // Receive-Unknown-Code
        {{{0, 0}, {0, 1}, {Scj, 2}, {Scj, 3}, {Scj, 4}, {Scj, 5}, {Scj, 6}, {Scj, 7}, {Scj, 8}, {Scj, 9}}},
        // Receive-Code-Reject or -Protocol-Reject, permitted
        {{{0, 0}, {0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 5}, {0, 6}, {0, 6}, {0, 8}, {0, 9}}},
        // the same, catastrophic
        {{{0, 0}, {0, 1}, {Tlf, 2}, {Tlf, 3}, {Tlf, 2}, {Tlf, 3}, {Tlf, 3}, {Tlf, 3}, {Tlf, 3}, {Irc | Str, 5}}},
    }};
    // clang-format on
    return table.at(static_cast<std::size_t>(event)).at(static_cast<std::size_t>(state));
}

void Automaton::happen(base::Instant now, Event event) {
    const Cell& what = cell(event, m_state);
    m_state = static_cast<State>(what.next);
    if ((what.actions & Tlf) != 0) {
        m_end = event == Event::RxjBad   ? End::Refused
                : m_terminateData        ? End::Terminated
                : event == Event::ToLast ? End::Silence
                                         : End::Terminated;
    }
    act(what);
    startTimer(now, event, what);
}

void Automaton::act(const Cell& what) {
    if ((what.actions & Irc) != 0) {
        m_restarts = (what.actions & Str) != 0 ? m_timers.maxTerminate : m_timers.maxConfigure;
    }
    if ((what.actions & Zrc) != 0) {
        m_restarts = 0;
    }
    if ((what.actions & Scr) != 0) {
        sendConfigureRequest();
    }
    if ((what.actions & (Sca | Scn)) != 0) {
        sendVerdict();
    }
    if ((what.actions & Str) != 0) {
        m_restarts -= std::min(m_restarts, 1U);
        send(Code::TerminateRequest, nextIdentifier(), {});
    }
    if ((what.actions & Sta) != 0) {
        send(Code::TerminateAck, m_theirIdentifier, {});
    }
    if ((what.actions & Scj) != 0) {
        constexpr std::size_t most = 512;
        send(Code::CodeReject, nextIdentifier(),
             base::ByteView(m_theirPacket).first(std::min(m_theirPacket.size(), most)));
    }
}

// The restart timer runs in the states from Closing to Ack-Sent (§4.2), and begins anew with each of our requests
// (§4.4), and for one period when the other end has closed.
void Automaton::startTimer(base::Instant now, Event event, const Cell& what) {
    const bool runs = m_state >= State::Closing && m_state <= State::AckSent;
    if (!runs) {
        m_deadline.reset();
    } else if ((what.actions & (Scr | Str | Zrc)) != 0 || !m_deadline || event == Event::ToMore) {
        m_deadline = now + m_timers.restart;
    }
    if (m_state == State::Opened) {
        m_rounds = 0;
    }
}

// ---- what is sent ----

void Automaton::send(Code code, std::uint8_t identifier, base::ByteView data) {
    m_packets.push_back(buildPacket(code, identifier, data));
}

void Automaton::sendConfigureRequest() {
    m_restarts -= std::min(m_restarts, 1U);
    ++m_rounds;
    m_end = End::No;
    m_requested = m_protocol.request();
    m_requestIdentifier = nextIdentifier();
    send(Code::ConfigureRequest, *m_requestIdentifier, buildOptions(m_requested));
}

// §5.2 to §5.4. After Max-Failure Naks the same options are rejected (§4.6).
void Automaton::sendVerdict() {
    if (m_verdict.rejected.empty() && m_verdict.naked.empty()) {
        m_failures = 0;
        m_protocol.agreed(m_theirs);
        send(Code::ConfigureAck, m_theirIdentifier, buildOptions(m_theirs));
        return;
    }
    if (!m_verdict.rejected.empty()) {
        send(Code::ConfigureReject, m_theirIdentifier, buildOptions(m_verdict.rejected));
        return;
    }
    if (m_failures < m_timers.maxFailure) {
        ++m_failures;
        send(Code::ConfigureNak, m_theirIdentifier, buildOptions(m_verdict.naked));
        return;
    }
    Options rejected;
    for (const auto& option : m_theirs) {
        if (findOption(m_verdict.naked, option.type) != nullptr) {
            rejected.push_back(option);
        }
    }
    send(Code::ConfigureReject, m_theirIdentifier, buildOptions(rejected));
}

// ---- what comes ----

void Automaton::up(base::Instant now) {
    happen(now, Event::Up);
}
void Automaton::down(base::Instant now) {
    happen(now, Event::Down);
}
void Automaton::open(base::Instant now) {
    happen(now, Event::Open);
}
void Automaton::close(base::Instant now) {
    happen(now, Event::Close);
}
void Automaton::protocolRejected(base::Instant now) {
    happen(now, Event::RxjBad);
}

void Automaton::timeout(base::Instant now) {
    if (m_deadline && *m_deadline <= now) {
        happen(now, m_restarts > 0 ? Event::ToMore : Event::ToLast);
    }
}

void Automaton::receive(base::Instant now, const Packet& packet) {
    if (m_state == State::Initial || m_state == State::Starting) {
        return;
    }
    m_theirIdentifier = packet.identifier;
    switch (static_cast<Code>(packet.code)) {
    case Code::ConfigureRequest:
        return receiveConfigureRequest(now, packet);
    case Code::ConfigureAck:
        return receiveAck(now, packet);
    case Code::ConfigureNak:
        return receiveNak(now, packet);
    case Code::ConfigureReject:
        return receiveReject(now, packet);
    case Code::TerminateRequest:
        m_terminateData.emplace(packet.data.begin(), packet.data.end());
        return happen(now, Event::Rtr);
    case Code::TerminateAck:
        return happen(now, Event::Rta);
    case Code::CodeReject:
        return receiveCodeReject(now, packet);
    default:
        m_theirPacket = buildPacket(packet.code, packet.identifier, packet.data);
        return happen(now, Event::Ruc);
    }
}

void Automaton::receiveConfigureRequest(base::Instant now, const Packet& packet) {
    auto options = parseOptions(packet.data);
    if (!options || m_state == State::Closing || m_state == State::Stopping) {
        return;
    }
    ++m_rounds;
    m_theirs = std::move(*options);
    m_verdict = m_protocol.judge(m_theirs);
    happen(now, m_verdict.rejected.empty() && m_verdict.naked.empty() ? Event::RcrGood : Event::RcrBad);
}

// An answer to anything but our last request, or a second one, is no answer (§5.2 to §5.4).
bool Automaton::answersRequest(const Packet& packet) const {
    const bool negotiating = m_state >= State::ReqSent;
    return !negotiating || m_requestIdentifier == packet.identifier;
}

void Automaton::receiveAck(base::Instant now, const Packet& packet) {
    const auto mine = buildOptions(m_requested);
    const bool same = std::equal(mine.begin(), mine.end(), packet.data.begin(), packet.data.end());
    if (!answersRequest(packet) || (m_state >= State::ReqSent && !same)) {
        return;
    }
    if (m_state >= State::ReqSent) {
        m_requestIdentifier.reset();
        m_protocol.acknowledged(m_requested);
    }
    happen(now, Event::Rca);
}

void Automaton::receiveNak(base::Instant now, const Packet& packet) {
    const auto options = parseOptions(packet.data);
    if (!options || !answersRequest(packet)) {
        return;
    }
    if (m_state >= State::ReqSent) {
        m_requestIdentifier.reset();
        m_protocol.naked(*options);
    }
    happen(now, Event::Rcn);
}

void Automaton::receiveReject(base::Instant now, const Packet& packet) {
    const auto options = parseOptions(packet.data);
    if (!options || !answersRequest(packet)) {
        return;
    }
    if (m_state >= State::ReqSent) {
        const bool isOurs = std::all_of(options->begin(), options->end(), [&](const Option& option) {
            return std::find(m_requested.begin(), m_requested.end(), option) != m_requested.end();
        });
        if (!isOurs || options->empty()) {
            return;
        }
        m_requestIdentifier.reset();
        m_protocol.rejected(*options);
    }
    happen(now, Event::Rcn);
}

// §5.6: nobody who rejects one of the codes 1 to 7 can go on.
void Automaton::receiveCodeReject(base::Instant now, const Packet& packet) {
    const bool fatal = !packet.data.empty() &&
                       packet.data.front() >= static_cast<std::uint8_t>(Code::ConfigureRequest) &&
                       packet.data.front() <= static_cast<std::uint8_t>(Code::CodeReject);
    happen(now, fatal ? Event::RxjBad : Event::RxjGood);
}

} // namespace tern::ppp
