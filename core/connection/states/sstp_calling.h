// SSTP calls one address of the server, over one marked TCP connection, until PPP is up; then the helper makes the
// tunnel device.
// Guaranteed: no password leaves before the server has proven who it is by its certificate. First time: nothing is
// routed and nothing is blocked until all changes together. Reconnecting: the tunnel's routes and blocks stand, so
// nothing leaves in the clear.
#pragma once

#include "core/connection/machine.h"
#include "core/connection/proxy_login.h"
#include "core/connection/questions.h"

namespace tern::connection {

// The state in which the server of the profile is called, by its protocol.
[[nodiscard]] StatePtr callServer(Machine& machine);

class SstpCalling final : public State {
public:
    using State::State;
    [[nodiscard]] StateName name() const override { return StateName::Negotiating; }
    [[nodiscard]] StatePtr enter() override;
    [[nodiscard]] StatePtr handle(Event& event) override;

private:
    [[nodiscard]] StatePtr take(SstpOutput& output);
    [[nodiscard]] StatePtr answered(Answered& event);
    void show(Stage stage);
    // This address will not do: the next one, the next try, or the end.
    [[nodiscard]] StatePtr fails(base::Error error);

    void dial();
    [[nodiscard]] StatePtr answeredForProxy(ProxyAnswered& event);

    PendingPtr m_dialling;
    ProxyLogin m_proxyLogin{m};
    Questions m_questions{m};
};

// PPP is up; the helper makes the tunnel device and moves the traffic to it, in one step.
class SstpConfiguring final : public State {
public:
    using State::State;
    [[nodiscard]] StateName name() const override { return StateName::Configuring; }
    [[nodiscard]] StatePtr enter() override;
    [[nodiscard]] StatePtr handle(Event& event) override;
};

} // namespace tern::connection
