// The tunnel carries traffic.
// Guaranteed: what the plan routes goes through the tunnel, encrypted, or nowhere; the families the plan blocks go
// nowhere; names go to the tunnel's servers as planned. The server is alive, or its silence is noticed within the
// session's liveness limit.
#pragma once

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

private:
    [[nodiscard]] StatePtr take(ike::Output& output);
    // What concerns the session that is to take over; nothing when the event is none of that.
    [[nodiscard]] std::optional<base::Result<void>> succeed(Event& event);

    Successor m_successor;

    std::unique_ptr<Upkeep> m_upkeep;
    std::uint64_t m_counted = 0; // octets, when the alarm last rang
};

} // namespace tern::connection
