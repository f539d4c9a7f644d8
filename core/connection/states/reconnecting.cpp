#include "core/connection/states/reconnecting.h"

#include "core/connection/states/disconnecting.h"
#include "core/connection/states/sstp_calling.h"

#include <algorithm>
#include <array>

namespace tern::connection {

StatePtr Reconnecting::enter() {
    m.noteLoss();
    if (m.outageLeft() <= base::Duration::zero()) {
        return std::make_unique<Disconnecting>(
            m, base::Error{"tern.engine.connection-lost",
                           {m.status.serverName},
                           m_reason.code + (m_reason.detail.empty() ? "" : ": " + m_reason.detail)});
    }
    m.note("The server is gone (" + m_reason.code + "); calling it again");
    m.status.reconnecting = true;
    m.status.error = m_reason;
    waitForNext();
    return nullptr;
}

void Reconnecting::waitForNext() {
    const bool reachable = m.findWay().has_value();
    m.status.stage = reachable ? Stage::Contacting : Stage::Waiting;
    // Without a network there is nothing to be tried; its coming is told.
    m.setAlarm(std::min(reachable ? pause() : m.policy.longestPause, std::max(m.outageLeft(), base::Duration::zero())));
}

StatePtr Reconnecting::call() {
    ++m.reconnects;
    return callServer(m);
}

StatePtr Reconnecting::handle(Event& event) {
    if (std::holds_alternative<AlarmRang>(event)) {
        if (m.outageLeft() <= base::Duration::zero()) {
            return std::make_unique<Reconnecting>(m, std::move(m_reason));
        }
        if (m.status.stage != Stage::Waiting) {
            return call();
        }
        waitForNext();
        m.announce();
        return nullptr;
    }
    if (std::holds_alternative<NetworkChanged>(event)) {
        if (m.status.stage == Stage::Waiting && m.findWay()) {
            m.reconnects = 0; // the silence was ours
            return call();
        }
        if (m.status.stage != Stage::Waiting && !m.findWay()) {
            waitForNext();
            m.announce();
        }
        return nullptr;
    }
    if (std::holds_alternative<WokenUp>(event) && m.status.stage != Stage::Waiting) {
        return call();
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
