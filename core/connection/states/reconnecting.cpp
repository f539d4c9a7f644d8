#include "core/connection/states/reconnecting.h"

#include "core/connection/states/disconnecting.h"
#include "core/connection/states/negotiating.h"

#include <algorithm>
#include <array>

namespace tern::connection {

StatePtr Reconnecting::enter() {
    if (m.reconnects >= m.policy.attempts) {
        return std::make_unique<Disconnecting>(
            m, base::Error{"tern.engine.connection-lost",
                           {m.status.serverName},
                           m_reason.code + (m_reason.detail.empty() ? "" : ": " + m_reason.detail)});
    }
    m.note("The server is gone (" + m_reason.code + "); calling it again");
    m.status.reconnecting = true;
    m.status.stage = Stage::Contacting;
    m.status.error = m_reason;
    m.setAlarm(pause());
    return nullptr;
}

StatePtr Reconnecting::handle(Event& event) {
    if (std::holds_alternative<AlarmRang>(event)) {
        ++m.reconnects;
        return std::make_unique<Negotiating>(m);
    }
    return Disconnecting::ifAsked(m, event);
}

// Doubles each time, with ±25 % so that the clients of a server that restarts do not all call at once.
base::Duration Reconnecting::pause() {
    const auto doubled = m.policy.firstPause * (std::int64_t{1} << std::min(m.reconnects, 16U));
    const auto wanted = std::min(m.policy.longestPause, base::Duration(doubled));
    std::array<std::uint8_t, 1> octet{};
    m.environment.random.fill(octet);
    return wanted * 3 / 4 + wanted * octet[0] / 512;
}

} // namespace tern::connection
