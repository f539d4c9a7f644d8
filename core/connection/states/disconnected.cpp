#include "core/connection/states/disconnected.h"

#include "core/connection/states/resolving.h"

namespace tern::connection {

StatePtr Disconnected::enter() {
    m.stop();
    return nullptr;
}

StatePtr Disconnected::handle(Event& event) {
    if (m_moment == Moment::Before && std::holds_alternative<StartRequested>(event)) {
        return std::make_unique<Resolving>(m);
    }
    if (m_moment == Moment::Before && std::holds_alternative<DisconnectRequested>(event)) {
        m.stop();
    }
    return nullptr;
}

} // namespace tern::connection
