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
    if (m.newSessionBy) { // left undone when this state was left
        static_cast<void>(m_successor.wanted(*m.newSessionBy));
    }
    m_upkeep = std::make_unique<Upkeep>(m);
    m_upkeep->start();
    m_upkeep->replan();
    return nullptr;
}

std::optional<base::Result<void>> Connected::succeed(Event& event) {
    if (auto* output = std::get_if<SuccessorOutput>(&event)) {
        return m_successor.take(output->output);
    }
    if (auto* answer = std::get_if<Answered>(&event)) {
        return m_successor.answered(*answer);
    }
    if (auto* configured = std::get_if<Configured>(&event)) {
        return m_successor.configured(*configured);
    }
    if (auto* checked = std::get_if<SuccessorChecked>(&event)) {
        m_successor.checked(std::move(checked->refusal));
        return base::Result<void>();
    }
    if (std::holds_alternative<SuccessorAlarm>(event)) {
        return m_successor.alarmRang();
    }
    return std::nullopt;
}

StatePtr Connected::handle(Event& event) {
    if (auto* configured = std::get_if<Configured>(&event); configured != nullptr && m_upkeep->isConfiguring()) {
        m_upkeep->configured(std::move(configured->tunnel));
        return nullptr;
    }
    if (auto done = succeed(event)) {
        return *done ? nullptr : StatePtr(std::make_unique<Reconnecting>(m, std::move(done->error())));
    }
    if (auto* ike = std::get_if<IkeOutput>(&event)) {
        return take(ike->output);
    }
    if (std::holds_alternative<StreamLost>(event)) {
        m_upkeep->streamLost();
        return nullptr;
    }
    if (auto* opened = std::get_if<StreamOpened>(&event)) {
        if (auto error = m_upkeep->streamOpened(*opened)) {
            m.readStatistics();
            m.ike.reset();
            return std::make_unique<Reconnecting>(m, std::move(*error));
        }
        return nullptr;
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
        m.agreed.carry(up->remote);
        if (auto installed = m.tunnel->install(childKeys(std::move(*up))); !installed) {
            return std::make_unique<Disconnecting>(m, std::move(installed.error()));
        }
        m_upkeep->replan();
    } else if (const auto* send = std::get_if<ike::ChildSend>(&output)) {
        m.tunnel->sendWith(send->inboundSpi);
    } else if (const auto* refused = std::get_if<ike::ChildRefused>(&output)) {
        m.noteRefused(*refused);
    } else if (const auto* probed = std::get_if<ike::PathProbed>(&output)) {
        m_upkeep->probed(*probed);
    } else if (const auto* down = std::get_if<ike::ChildDown>(&output)) {
        m.tunnel->removeInbound(down->inboundSpi);
    } else if (const auto* due = std::get_if<ike::ReauthenticationDue>(&output)) {
        if (auto begun = m_successor.wanted(due->until); !begun) {
            return std::make_unique<Reconnecting>(m, std::move(begun.error()));
        }
    } else if (auto* closed = std::get_if<ike::Closed>(&output)) {
        if (m_successor.outlivesSession()) {
            return nullptr; // the tunnel waits for the new one
        }
        m.readStatistics();
        m.ike.reset();
        return std::make_unique<Reconnecting>(
            m, closed->error.value_or(base::Error{"tern.engine.internal", {}, "IKE ended without a reason"}));
    }
    return nullptr;
}

} // namespace tern::connection
