// Keys are agreed; the helper makes the tunnel device and moves the traffic to it, in one step.
// Guaranteed: the routes change all together or not at all. From the moment they have changed, what they cover goes
// into the device and waits there or is dropped: nothing of it leaves in the clear.
#pragma once

#include "core/connection/machine.h"

namespace tern::connection {

class Configuring final : public State {
public:
    using State::State;
    [[nodiscard]] StateName name() const override { return StateName::Configuring; }
    [[nodiscard]] StatePtr enter() override;
    [[nodiscard]] StatePtr handle(Event& event) override;
};

} // namespace tern::connection
