// The implementation of sstp::Session: the states of [MS-SSTP] §3.2.1.
#pragma once

#include "core/sstp/frames.h"
#include "core/sstp/http_response.h"
#include "core/sstp/session.h"

namespace tern::sstp {

class Machine final : public Session {
public:
    Machine(SessionConfig config, std::unique_ptr<ppp::Session> ppp, base::RandomSource& random)
        : m_config(std::move(config))
        , m_ppp(std::move(ppp))
        , m_random(random) {}

    void start(base::Instant now, base::ByteView serverCertificate) override;
    void receive(base::Instant now, base::ByteView octets) override;
    [[nodiscard]] base::Bytes takeUnread() override { return m_reader.takeRest(); }
    void sawTraffic(base::Instant when) override;
    void timeout(base::Instant now) override;
    void answer(base::Instant now, std::string username, base::SecureBytes secret) override;
    void probe(base::Instant now) override;
    void streamEnded(base::Instant now, std::optional<base::Error> cause) override;
    void close(base::Instant now) override;
    [[nodiscard]] std::optional<base::Instant> deadline() const override;
    [[nodiscard]] std::vector<Output> takeOutputs() override { return std::exchange(m_outputs, {}); }

private:
    enum class State {
        Idle,
        HttpSent,
        RequestSent,
        AckReceived,    // PPP is at work, up to the end of its authentication
        CallConnected,  // CALL_CONNECTED is out
        AbortSent,      // its answer is awaited
        AbortAnswered,  // the peer aborted, or has answered; a moment for what is on its way
        DisconnectSent, // its answer is awaited
        DisconnectAnswered,
        Closed,
    };
    [[nodiscard]] bool isPppRunning() const { return m_state == State::AckReceived || m_state == State::CallConnected; }
    [[nodiscard]] bool isEnding() const { return m_state >= State::AbortSent; }

    void send(base::Bytes bytes);
    void readFrames(base::Instant now);
    void takeControl(base::Instant now, base::ByteView body);
    void takeData(base::Instant now, base::ByteView pppFrame);
    void takeWhileEnding(base::Instant now, MessageType type);
    void connectAck(base::Instant now, const ControlMessage& message);
    void connectNak(base::Instant now, const ControlMessage& message);
    void sendRequest(base::Instant now);
    // Takes what PPP has to say.
    void pump(base::Instant now);
    void pppSays(base::Instant now, ppp::Output& output);
    void authenticated(base::Instant now, const ppp::Authenticated& done);
    // A state begins in which the server has to say something, within `limit`.
    void expectAnswer(base::Instant now, base::Duration limit);
    void heard(base::Instant now);
    void helloTimeout(base::Instant now);

    void abort(base::Instant now, StatusInfo reason, base::Error error);
    void disconnect(base::Instant now, std::optional<base::Error> error);
    // The peer ended it: what that means at this moment.
    [[nodiscard]] base::Error meaning(base::Instant now, base::Error plain) const;
    // The server ends the call: because of what PPP knows, or as meaning().
    [[nodiscard]] base::Error whyEnded(base::Instant now, base::Error plain) const;
    void finish(std::optional<base::Error> error);

    SessionConfig m_config;
    std::unique_ptr<ppp::Session> m_ppp;
    base::RandomSource& m_random;
    State m_state = State::Idle;
    base::Bytes m_certificate;
    HttpResponse m_response;
    FrameReader m_reader;
    std::vector<Output> m_outputs;

    unsigned m_requests = 0;
    CryptoBindingRequest m_binding;
    std::optional<base::Error> m_error;         // why it is ending
    std::optional<base::Instant> m_deadline;    // of the state
    base::Instant m_answerLimit{};              // the latest that it may be while an answer is awaited
    bool m_waitsForPerson = false;              // at a prompt, or on another device
    std::optional<base::Instant> m_connectedAt; // CALL_CONNECTED was sent
    bool m_up = false;
    base::Instant m_heardAt{};
    bool m_echoSent = false;
    std::optional<base::Instant> m_probeUntil;
};

} // namespace tern::sstp
