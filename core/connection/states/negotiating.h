// IKE runs with one address of the server, over one marked socket, until keys are agreed; where the profile leaves the
// choice, SSTP may run beside it (negotiating_race.cpp), and what is up first stays.
// Guaranteed: no password leaves before the server has proven who it is (the session sees to that). First time:
// nothing is routed and nothing is blocked. Reconnecting: the tunnel's routes and blocks stand, so nothing leaves in
// the clear but IKE itself.
#pragma once

#include "core/connection/machine.h"
#include "core/connection/proxy_login.h"
#include "core/connection/questions.h"

namespace tern::connection {

class Negotiating final : public State {
public:
    using State::State;
    [[nodiscard]] StateName name() const override { return StateName::Negotiating; }
    [[nodiscard]] StatePtr enter() override;
    [[nodiscard]] StatePtr handle(Event& event) override;

    // The state in which the connection follows a redirect to one of the addresses, or ends because it may not.
    [[nodiscard]] static StatePtr redirected(Machine& machine, const ike::Redirected& to,
                                             std::vector<base::IpAddress> addresses);

private:
    [[nodiscard]] StatePtr take(ike::Output& output);
    [[nodiscard]] StatePtr answered(Answered& event);
    void ask(Questions::Side side, Questions::Wish wish);
    void reached(ike::Stage stage);
    // The further of the two is what people are told.
    void show();
    // TCP beside UDP, while nothing has answered (RFC 9329): the ports one after another.
    void callByTcp();
    [[nodiscard]] StatePtr takeRival(ike::Output& output);
    [[nodiscard]] StatePtr rivalFails(base::Error error);
    // IKE will not do with this address.
    [[nodiscard]] StatePtr fails(base::Error error);
    // Nothing will: the next address, the next try, or the end. decided: the server has answered, and will say the
    // same.
    [[nodiscard]] StatePtr over(base::Error error, bool decided);

    // ---- SSTP beside IKE ----
    [[nodiscard]] bool mayRace() const;
    [[nodiscard]] bool mayStillRace() const { return m_sstp == Sstp::Idle || m_sstp == Sstp::Runs; }
    [[nodiscard]] bool isIkeAlive() const;
    void waitForIke();
    [[nodiscard]] StatePtr callBySstp();
    void dialSstp();
    [[nodiscard]] StatePtr takeSstpStream(SstpStreamOpened& opened);
    [[nodiscard]] StatePtr answeredForProxy(ProxyAnswered& event);
    [[nodiscard]] StatePtr takeSstp(SstpOutput& output);
    [[nodiscard]] StatePtr sstpWins();
    void ikeWins();
    [[nodiscard]] StatePtr sstpFails(base::Error error);
    // What a question that cannot be shared does to the other one.
    void drop(Questions::Side side);
    [[nodiscard]] StatePtr bothFailed();

    Stage m_stage = Stage::Contacting; // IKE's
    bool m_socketAwaited = false;
    std::size_t m_nextPort = 0;            // of those for TCP
    bool m_callingByTcp = false;           // a socket is awaited, or the rival is at work
    bool m_tcpIsNoUse = false;             // IKE was refused by an answer
    std::optional<base::Error> m_udpError; // UDP is over, TCP, or SSTP, is not yet
    std::optional<ike::Redirected> m_redirect;
    Questions m_questions{m};
    enum class Sstp { Never, Idle, Runs, Over };
    Sstp m_sstp = Sstp::Never;
    Stage m_sstpStage = Stage::Contacting;
    std::optional<base::Error> m_sstpError;
    PendingPtr m_sstpDialling; // through a proxy
    ProxyLogin m_proxyLogin{m};
};

} // namespace tern::connection
