// IKE runs with one address of the server, over one marked socket, until keys are agreed.
// Guaranteed: no password leaves before the server has proven who it is (the session sees to that). First time:
// nothing is routed and nothing is blocked. Reconnecting: the tunnel's routes and blocks stand, so nothing leaves in
// the clear but IKE itself.
#pragma once

#include "core/connection/machine.h"

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
    void ask(const ike::Prompt& prompt);
    // TCP beside UDP, while nothing has answered (RFC 9329): the ports one after another.
    void callByTcp();
    [[nodiscard]] StatePtr takeRival(ike::Output& output);
    [[nodiscard]] StatePtr rivalFails(base::Error error);
    // This address will not do: the next one, the next try, or the end.
    [[nodiscard]] StatePtr fails(base::Error error);

    std::size_t m_nextPort = 0;            // of those for TCP
    bool m_callingByTcp = false;           // a socket is awaited, or the rival is at work
    std::optional<base::Error> m_udpError; // UDP is over, TCP is not yet
    PendingPtr m_asking;
    ike::Prompt::Kind m_askedFor = ike::Prompt::Kind::Password;
    std::optional<ike::Redirected> m_redirect;
};

} // namespace tern::connection
