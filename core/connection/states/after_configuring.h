// What is the same in both states that wait for the helper's tunnel device.
#pragma once

#include "core/connection/states/disconnecting.h"

#include <utility>

namespace tern::connection {

// The helper has answered. Next: `begin` has started the data path on the device; Disconnecting: it could not, or the
// helper could not. Nothing for the answer to an earlier question.
template<typename Next>
[[nodiscard]] StatePtr afterConfiguring(Machine& machine, Configured& answer,
                                        base::Result<void> (Machine::*begin)(ConfiguredTunnel)) {
    if (answer.number != machine.configuring) {
        return nullptr;
    }
    machine.configuring.reset();
    if (!answer.tunnel) {
        return std::make_unique<Disconnecting>(machine, std::move(answer.tunnel.error()));
    }
    if (auto begun = (machine.*begin)(std::move(*answer.tunnel)); !begun) {
        return std::make_unique<Disconnecting>(machine, std::move(begun.error()));
    }
    return std::make_unique<Next>(machine);
}

} // namespace tern::connection
