// The server is told goodbye, then the helper takes everything back. With an error, that is what ended the connection.
// Guaranteed: until the helper has answered, the tunnel's routes and blocks stand or fall together; afterwards the
// host's network is as it was. Ends within eight seconds, whoever does not answer.
#pragma once

#include "core/connection/machine.h"

namespace tern::connection {

class Disconnecting final : public State {
public:
    explicit Disconnecting(Machine& machine, std::optional<base::Error> error = std::nullopt)
        : State(machine)
        , m_error(std::move(error)) {}
    // What ends every state that holds something of the host: the helper's session is lost, or the user has enough.
    // Nothing for any other event.
    [[nodiscard]] static StatePtr ifAsked(Machine& machine, Event& event);
    [[nodiscard]] StateName name() const override { return StateName::Disconnecting; }
    [[nodiscard]] StatePtr enter() override;
    [[nodiscard]] StatePtr handle(Event& event) override;

private:
    [[nodiscard]] StatePtr restore();
    [[nodiscard]] StatePtr finish();

    std::optional<base::Error> m_error;
    bool m_restoring = false;
};

} // namespace tern::connection
