#include "core/connection/states/failed.h"

namespace tern::connection {

StatePtr Failed::enter() {
    m.status.error = std::move(m_error);
    m.stop();
    return nullptr;
}

StatePtr Failed::handle(Event& /*event*/) {
    return nullptr;
}

} // namespace tern::connection
