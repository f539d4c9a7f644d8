// SSTP's tunnel carries traffic.
// Guaranteed: what the plan routes goes through the tunnel, encrypted, or nowhere; the families the plan blocks go
// nowhere; names go to the tunnel's servers as planned. The server is alive, or its silence is noticed: within twenty
// seconds while something is sent, within two minutes otherwise. A TCP connection cannot move: when the way to the
// server changes, the server is called anew, over the same device.
#pragma once

#include "core/connection/dhcp_question.h"
#include "core/connection/machine.h"
#include "core/connection/states/counter_watch.h"

namespace tern::connection {

class SstpConnected final : public State {
public:
    using State::State;
    [[nodiscard]] StateName name() const override { return StateName::Connected; }
    [[nodiscard]] StatePtr enter() override;
    [[nodiscard]] StatePtr handle(Event& event) override;

    // What holds with a tunnel in whatever state. Nothing to stay.
    [[nodiscard]] static StatePtr takeEnd(Machine& machine, SstpOutput& output);
    // The server is called anew by another way, or as soon as there is one.
    [[nodiscard]] static StatePtr callAnew(Machine& machine, const char* reason);

private:
    void askDhcp();
    // Something was learned: the plan may be another.
    void replan();
    void configured(Configured& answer);
    [[nodiscard]] StatePtr lookAround();
    [[nodiscard]] StatePtr look();

    std::optional<TunnelPlan> m_wanted;  // asked for last
    std::optional<TunnelPlan> m_refused; // not asked for again
    std::unique_ptr<DhcpQuestion> m_dhcp;
    CounterWatch m_watch{m};
};

// After a sleep: whether the server is still there is not known yet. The tunnel stands as in SstpConnected; ends within
// the session's limit for a sign of life.
class SstpChecking final : public State {
public:
    using State::State;
    [[nodiscard]] StateName name() const override { return StateName::Moving; }
    [[nodiscard]] StatePtr enter() override;
    [[nodiscard]] StatePtr handle(Event& event) override;
};

} // namespace tern::connection
