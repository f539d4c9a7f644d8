// The server is gone; a pause before it is called again, longer each time, or the wait for a network that leads to it.
// Guaranteed: the tunnel's routes and blocks stand, so nothing they cover leaves in the clear; it goes nowhere. After
// Ike::outage (30 minutes where the profile says nothing) the connection fails and they go.
#pragma once

#include "core/connection/machine.h"

namespace tern::connection {

class Reconnecting final : public State {
public:
    Reconnecting(Machine& machine, base::Error reason)
        : State(machine)
        , m_reason(std::move(reason)) {}
    [[nodiscard]] StateName name() const override { return StateName::Reconnecting; }
    [[nodiscard]] StatePtr enter() override;
    [[nodiscard]] StatePtr handle(Event& event) override;

private:
    [[nodiscard]] base::Duration pause();
    [[nodiscard]] StatePtr call();
    // Sets the alarm and says what is waited for.
    void waitForNext();

    base::Error m_reason;
};

} // namespace tern::connection
