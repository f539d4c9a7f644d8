// The end that was not asked for; status.error says why.
// Guaranteed: nothing on the host is ours, as in Disconnected: the network is as it was before.
#pragma once

#include "core/connection/machine.h"

namespace tern::connection {

class Failed final : public State {
public:
    Failed(Machine& machine, base::Error error)
        : State(machine)
        , m_error(std::move(error)) {}
    [[nodiscard]] StateName name() const override { return StateName::Failed; }
    [[nodiscard]] StatePtr enter() override;
    [[nodiscard]] StatePtr handle(Event& event) override;

private:
    base::Error m_error;
};

} // namespace tern::connection
