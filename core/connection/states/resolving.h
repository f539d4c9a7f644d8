// The server's addresses are looked up, the helper is asked for a session, and, when nobody has said who logs in, the
// person is asked: all three at once, since none needs another.
// Guaranteed: nothing is routed and nothing is blocked. Only the name query leaves, by the host's own resolver.
#pragma once

#include "core/connection/machine.h"

namespace tern::connection {

class Resolving final : public State {
public:
    using State::State;
    [[nodiscard]] StateName name() const override { return StateName::Resolving; }
    [[nodiscard]] StatePtr enter() override;
    [[nodiscard]] StatePtr handle(Event& event) override;

private:
    [[nodiscard]] StatePtr resolved(Resolved& event);
    [[nodiscard]] StatePtr opened(SessionOpened& event);
    [[nodiscard]] StatePtr answered(Answered& event);
    [[nodiscard]] StatePtr whenComplete();

    PendingPtr m_resolving;
    PendingPtr m_asking;
    bool m_haveAddresses = false;
    bool m_haveCredentials = false;
};

} // namespace tern::connection
