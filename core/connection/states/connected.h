// The tunnel carries traffic.
// Guaranteed: what the plan routes goes through the tunnel, encrypted, or nowhere; the families the plan blocks go
// nowhere; names go to the tunnel's servers as planned. The server is alive, or its silence is noticed within the
// session's liveness limit.
#pragma once

#include "core/connection/machine.h"

namespace tern::connection {

class Connected final : public State {
public:
    using State::State;
    [[nodiscard]] StateName name() const override { return StateName::Connected; }
    [[nodiscard]] StatePtr enter() override;
    [[nodiscard]] StatePtr handle(Event& event) override;

private:
    [[nodiscard]] StatePtr take(ike::Output& output);

    std::uint64_t m_counted = 0; // octets, when the alarm last rang
};

} // namespace tern::connection
