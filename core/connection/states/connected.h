// The tunnel carries traffic.
// Guaranteed: what the plan routes goes through the tunnel, encrypted, or nowhere; the families the plan blocks go
// nowhere; names go to the tunnel's servers as planned. The server is alive, or its silence is noticed: within twelve
// seconds while something is sent, within a minute otherwise. A change of network that the server has not confirmed
// within the grace is Moving, and so is waking up.
#pragma once

#include "core/connection/states/counter_watch.h"
#include "core/connection/successor.h"
#include "core/connection/upkeep.h"

namespace tern::connection {

class Connected final : public State {
public:
    explicit Connected(Machine& machine)
        : State(machine)
        , m_successor(machine) {}
    [[nodiscard]] StateName name() const override { return StateName::Connected; }
    [[nodiscard]] StatePtr enter() override;
    [[nodiscard]] StatePtr handle(Event& event) override;

    // What IKE puts out while there is a tunnel, in whatever state: keys, tickets, its end.
    [[nodiscard]] static StatePtr takeTunnelOutput(Machine& machine, ike::Output& output);

private:
    [[nodiscard]] StatePtr take(ike::Output& output);
    [[nodiscard]] StatePtr configured(Configured& answer);
    // What concerns the session that is to take over; nothing when the event is none of that.
    [[nodiscard]] std::optional<base::Result<void>> succeed(Event& event);

    [[nodiscard]] StatePtr lookAround();
    [[nodiscard]] StatePtr takeRedirect(const ike::Redirected& redirected);
    [[nodiscard]] StatePtr look();

    Successor m_successor;
    std::unique_ptr<Upkeep> m_upkeep;
    CounterWatch m_watch{m};
    bool m_unconfirmed = false; // IKE has been told of another way, the server has not answered from there
    std::optional<ike::Redirected> m_redirect; // while its name is being looked up
    PendingPtr m_resolving;
};

} // namespace tern::connection
