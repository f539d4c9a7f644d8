#include "core/connection/states/connected.h"

#include "core/connection/states/disconnecting.h"
#include "core/connection/states/reconnecting.h"

#include <utility>

namespace tern::connection {

namespace {

// How often the counters are read: while they change, and while nothing flows.
constexpr base::Duration busyPeriod = std::chrono::seconds(1);
constexpr base::Duration idlePeriod = std::chrono::seconds(2);

} // namespace

StatePtr Connected::enter() {
    m.reconnects = 0;
    m.status.reconnecting = false;
    m.status.error.reset();
    m.setAlarm(busyPeriod);
    return nullptr;
}

StatePtr Connected::handle(Event& event) {
    if (auto* ike = std::get_if<IkeOutput>(&event)) {
        return take(ike->output);
    }
    if (std::holds_alternative<AlarmRang>(event)) {
        m.readStatistics();
        const auto counted = m.status.received + m.status.sent;
        const bool changed = std::exchange(m_counted, counted) != counted;
        m.ike->renewKeysInTime();
        m.setAlarm(changed ? busyPeriod : idlePeriod);
        if (changed) {
            m.announce();
        }
        return nullptr;
    }
    return Disconnecting::ifAsked(m, event);
}

StatePtr Connected::take(ike::Output& output) {
    if (auto* up = std::get_if<ike::ChildUp>(&output)) {
        if (auto installed = m.tunnel->install(childKeys(std::move(*up))); !installed) {
            return std::make_unique<Disconnecting>(m, std::move(installed.error()));
        }
    } else if (const auto* send = std::get_if<ike::ChildSend>(&output)) {
        m.tunnel->sendWith(send->inboundSpi);
    } else if (const auto* down = std::get_if<ike::ChildDown>(&output)) {
        m.tunnel->removeInbound(down->inboundSpi);
    } else if (auto* closed = std::get_if<ike::Closed>(&output)) {
        m.readStatistics();
        m.ike.reset();
        return std::make_unique<Reconnecting>(
            m, closed->error.value_or(base::Error{"tern.engine.internal", {}, "IKE ended without a reason"}));
    }
    return nullptr;
}

} // namespace tern::connection
