// The tunnel stands, but it is not known whether its server is reached: the network has changed or gone, the machine
// has slept, or the server does not answer where it was. The session goes on from another address if it can, else
// another one takes its place.
// Guaranteed: the tunnel's routes and blocks stand, so nothing they cover leaves in the clear. Without a network that
// lasts for Ike::outage (30 minutes where the profile says nothing), then the connection fails and the routes go.
#pragma once

#include "core/connection/machine.h"

namespace tern::connection {

class Moving final : public State {
public:
    // OnTheWay: IKE has been told already, and is waiting.
    enum class Why { Moved, OnTheWay, Woken, Dead, Refused };
    Moving(Machine& machine, Why why)
        : State(machine)
        , m_why(why) {}
    [[nodiscard]] StateName name() const override { return StateName::Moving; }
    [[nodiscard]] StatePtr enter() override;
    [[nodiscard]] StatePtr handle(Event& event) override;

private:
    [[nodiscard]] StatePtr take(ike::Output& output);
    [[nodiscard]] StatePtr lookAround();
    [[nodiscard]] StatePtr elsewhere();
    [[nodiscard]] StatePtr go(const Machine::Way& way);
    [[nodiscard]] StatePtr startAnew(const char* reason);
    void wait();
    void show(Stage stage);

    Why m_why;
    std::vector<base::IpAddress> m_dead; // the server's addresses that do not answer, or are refused
    std::optional<Machine::Way> m_opening;
};

} // namespace tern::connection
