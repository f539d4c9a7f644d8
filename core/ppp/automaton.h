// The option negotiation automaton (RFC 1661 §4), the same for LCP, IPCP and IPV6CP: all ten states, the restart timer
// and the three counters. What is negotiated is the business of a ControlProtocol.
#pragma once

#include "core/base/time.h"
#include "core/ppp/packet.h"
#include "core/ppp/session.h"

#include <utility>

namespace tern::ppp {

// What the options of one protocol mean.
class ControlProtocol {
public:
    ControlProtocol() = default;
    ControlProtocol(const ControlProtocol&) = delete;
    ControlProtocol& operator=(const ControlProtocol&) = delete;
    virtual ~ControlProtocol() = default;

    // Of our next Configure-Request.
    [[nodiscard]] virtual Options request() = 0;
    // About theirs: what is not understood or not wanted at all, and what should have the values given here instead.
    struct Verdict {
        Options rejected;
        Options naked;
    };
    [[nodiscard]] virtual Verdict judge(const Options& theirs) = 0;
    // Theirs are acknowledged, and hold until the next time.
    virtual void agreed(const Options& theirs) = 0;
    // Their word about ours.
    virtual void acknowledged(const Options& ours) = 0;
    virtual void naked(const Options& theirs) = 0;
    virtual void rejected(const Options& ours) = 0;
};

class Automaton {
public:
    // RFC 1661 §4.2, in its order.
    enum class State { Initial, Starting, Closed, Stopped, Closing, Stopping, ReqSent, AckRcvd, AckSent, Opened };
    // How it came to an end (This-Layer-Finished).
    enum class End { No, Silence, Refused, Terminated };

    // Both must outlive this.
    Automaton(ControlProtocol& protocol, const Timers& timers)
        : m_protocol(protocol)
        , m_timers(timers) {}

    void up(base::Instant now);
    void down(base::Instant now);
    void open(base::Instant now);
    void close(base::Instant now);
    // A packet with one of the codes 1 to 7; any other is answered with Code-Reject.
    void receive(base::Instant now, const Packet& packet);
    // The other end does not know this protocol.
    void protocolRejected(base::Instant now);
    void timeout(base::Instant now);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isOpened() const { return m_state == State::Opened; }
    [[nodiscard]] End end() const { return m_end; }
    // Both ends have talked for long without an agreement.
    [[nodiscard]] bool isEndless() const { return m_rounds > mostRounds; }
    // A Terminate-Request of theirs has come, with this inside.
    [[nodiscard]] const std::optional<base::Bytes>& terminateData() const { return m_terminateData; }
    [[nodiscard]] std::uint8_t nextIdentifier() { return ++m_identifier; }
    [[nodiscard]] std::optional<base::Instant> deadline() const { return m_deadline; }
    [[nodiscard]] std::vector<base::Bytes> takePackets() { return std::exchange(m_packets, {}); }

private:
    static constexpr unsigned mostRounds = 40;

    enum class Event {
        Up,
        Down,
        Open,
        Close,
        ToMore,
        ToLast,
        RcrGood,
        RcrBad,
        Rca,
        Rcn,
        Rtr,
        Rta,
        Ruc,
        RxjGood,
        RxjBad
    };
    struct Cell;
    [[nodiscard]] static const Cell& cell(Event event, State state);
    void happen(base::Instant now, Event event);
    void act(const Cell& what);
    void startTimer(base::Instant now, Event event, const Cell& what);
    void send(Code code, std::uint8_t identifier, base::ByteView data);
    void sendConfigureRequest();
    void sendVerdict();

    void receiveConfigureRequest(base::Instant now, const Packet& packet);
    void receiveAck(base::Instant now, const Packet& packet);
    void receiveNak(base::Instant now, const Packet& packet);
    void receiveReject(base::Instant now, const Packet& packet);
    void receiveCodeReject(base::Instant now, const Packet& packet);
    [[nodiscard]] bool answersRequest(const Packet& packet) const;

    ControlProtocol& m_protocol;
    const Timers& m_timers;
    State m_state = State::Initial;
    End m_end = End::No;
    unsigned m_restarts = 0; // left
    unsigned m_failures = 0; // Configure-Naks since the last Ack
    unsigned m_rounds = 0;   // Configure-Requests of both ends since the last time it was open
    std::uint8_t m_identifier = 0;
    // Our last Configure-Request, not answered yet.
    std::optional<std::uint8_t> m_requestIdentifier;
    Options m_requested;
    // Their packet that is being answered.
    std::uint8_t m_theirIdentifier = 0;
    base::Bytes m_theirPacket;
    Options m_theirs;
    ControlProtocol::Verdict m_verdict;
    std::optional<base::Bytes> m_terminateData;
    std::optional<base::Instant> m_deadline;
    std::vector<base::Bytes> m_packets;
};

} // namespace tern::ppp
