// The session: LCP, then the sign-in, then IPCP and IPV6CP beside each other (the phases of RFC 1661 §3.2).
#pragma once

#include "core/ppp/authenticator.h"
#include "core/ppp/autoconf.h"
#include "core/ppp/ipcp.h"
#include "core/ppp/ipv6cp.h"
#include "core/ppp/lcp.h"

namespace tern::ppp {

class Machine final : public Session {
public:
    // methods: what is left of config.methods.
    Machine(SessionConfig config, std::vector<Method> methods, base::RandomSource& random);

    void start(base::Instant now) override;
    void receive(base::Instant now, base::ByteView octets) override;
    void timeout(base::Instant now) override;
    void answer(base::Instant now, std::string username, base::SecureBytes secret) override;
    void probe(base::Instant now) override;
    void close(base::Instant now) override;
    [[nodiscard]] bool isUp() const override { return m_up.has_value(); }
    [[nodiscard]] std::optional<base::Error> reason() const override;
    [[nodiscard]] std::optional<base::Instant> deadline() const override;
    [[nodiscard]] std::vector<Output> takeOutputs() override { return std::exchange(m_outputs, {}); }

private:
    enum class Phase { Dead, Establish, Authenticate, Network, Closing, Closed };
    // Of one network protocol.
    enum class Progressing { Yes, Done, Over };

    void emit(Output output) { m_outputs.push_back(std::move(output)); }
    void send(Protocol protocol, base::ByteView payload) { emit(SendFrame{buildFrame(protocol, payload)}); }
    void enter(Stage stage);
    void fail(base::Error error);
    void finish(std::optional<base::Error> error);
    [[nodiscard]] bool isOver() const { return m_phase == Phase::Dead || m_phase == Phase::Closed; }

    // machine.cpp: frames
    void receiveLcp(const Packet& packet);
    void receiveProtocolReject(base::ByteView data);
    void receiveSignIn(const Frame& frame);
    void receiveNetwork(const Frame& frame);
    // After anything that may have changed something: the phases follow the automatons.
    void settle();
    void followLcp();
    void leaveLink();
    [[nodiscard]] base::Error endedBy(const base::Bytes& terminateData) const;
    [[nodiscard]] base::Error noCommonMethod() const;

    // machine_sign_in.cpp
    void beginSignIn();
    void take(Authenticator::Turn turn);
    void accepted(base::SecureBytes hlak);
    void signInTimeout();

    // machine_network.cpp
    void beginNetwork();
    void flushNetwork();
    void followNetwork();
    [[nodiscard]] Progressing ipv4Progress() const;
    [[nodiscard]] Progressing ipv6Progress() const;
    [[nodiscard]] Up summary() const;
    [[nodiscard]] base::Error networkError() const;

    // machine_timers.cpp
    void checkSilence();
    void sendDueEcho();
    [[nodiscard]] std::optional<base::Instant> silenceEnd() const;
    void waitWithEcho();

    SessionConfig m_config;
    std::vector<Method> m_methods;
    base::RandomSource& m_random;
    base::Instant m_now;
    Phase m_phase = Phase::Dead;
    Stage m_stage = Stage::Negotiating;
    base::Instant m_lastHeard;
    base::Instant m_lastStep; // of the phase's beginning, or of the sign-in
    base::Instant m_closeBy;
    std::vector<Output> m_outputs;

    Lcp m_lcp;
    bool m_isLinkOpen = false;             // what followLcp() has seen
    std::optional<base::Instant> m_echoAt; // the next, or when one is given up
    bool m_isProbing = false;

    eap::Credentials m_credentials;
    std::optional<base::SecureBytes> m_newPassword; // instead of an expired one, not taken yet
    Prompt::Kind m_asked = Prompt::Kind::Message;
    std::unique_ptr<Authenticator> m_authenticator;
    bool m_isSignInRejected = false;  // the protocol of it, by the server
    bool m_isAccepted = false;        // on this link
    bool m_toldAuthenticated = false; // ever
    std::optional<base::Instant> m_patientSince;

    std::unique_ptr<Ipcp> m_ipcp;
    std::unique_ptr<Ipv6cp> m_ipv6cp;
    std::unique_ptr<Autoconf> m_autoconf;
    bool m_isIpv6Open = false;
    std::optional<base::Instant> m_ipv4ReadySince;
    std::optional<Up> m_up;
};

} // namespace tern::ppp
