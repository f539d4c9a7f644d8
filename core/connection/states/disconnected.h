// Before start(), and the end that was asked for.
// Guaranteed: nothing on the host is ours. No socket, no helper session, no route, no block, no secret in use.
#pragma once

#include "core/connection/machine.h"

namespace tern::connection {

class Disconnected final : public State {
public:
    enum class Moment { Before, After };
    explicit Disconnected(Machine& machine, Moment moment = Moment::Before)
        : State(machine)
        , m_moment(moment) {}
    [[nodiscard]] StateName name() const override { return StateName::Disconnected; }
    [[nodiscard]] StatePtr enter() override;
    [[nodiscard]] StatePtr handle(Event& event) override;

private:
    Moment m_moment;
};

} // namespace tern::connection
