#include "core/connection/states/connected.h"

#include "core/connection/states/disconnecting.h"
#include "core/connection/states/moving.h"
#include "core/connection/states/negotiating.h"
#include "core/connection/states/reconnecting.h"

#include <utility>

namespace tern::connection {

namespace {

// A move takes a round trip; one that is over by then is not worth telling.
constexpr base::Duration grace = std::chrono::milliseconds(400);

} // namespace

StatePtr Connected::enter() {
    m.reconnects = 0;
    m.lostAt.reset();
    m.redirects.arrived();
    m.status.reconnecting = false;
    m.status.error.reset();
    m_watch.begin();
    if (m.newSessionBy) { // left undone when this state was left
        static_cast<void>(m_successor.wanted(*m.newSessionBy));
    }
    m.configuring.reset();
    m_upkeep = std::make_unique<Upkeep>(m);
    m_upkeep->start();
    m_upkeep->replan();
    return lookAround(); // something may have changed on the way here
}

std::optional<base::Result<void>> Connected::succeed(Event& event) {
    if (auto* output = std::get_if<SuccessorOutput>(&event)) {
        return m_successor.take(output->output);
    }
    if (auto* answer = std::get_if<Answered>(&event)) {
        return m_successor.answered(*answer);
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
    if (auto* answer = std::get_if<Configured>(&event)) {
        return configured(*answer);
    }
    const auto* const before = m.ike.get();
    if (auto done = succeed(event)) {
        if (m.ike.get() != before && m_unconfirmed) {
            m.ike->resumed(); // what the old session was asked, the new one answers
        }
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
        return look();
    }
    if (std::holds_alternative<NetworkChanged>(event)) {
        return lookAround();
    }
    if (std::holds_alternative<WokenUp>(event)) {
        return std::make_unique<Moving>(m, Moving::Why::Woken);
    }
    if (std::holds_alternative<GraceOver>(event)) {
        const auto way = m.findWay();
        if (way && m.way && way->server != m.way->server) {
            return std::make_unique<Moving>(m, Moving::Why::Moved);
        }
        return m_unconfirmed || !way ? std::make_unique<Moving>(m, Moving::Why::OnTheWay) : nullptr;
    }
    if (auto* resolved = std::get_if<Resolved>(&event); resolved != nullptr && m_redirect) {
        m_resolving.reset();
        if (!resolved->addresses) {
            m.note("A redirect leads to a name that is not known: " + m_redirect->target.text());
            m_redirect.reset();
            return nullptr;
        }
        return Negotiating::redirected(m, *m_redirect, std::move(*resolved->addresses));
    }
    return Disconnecting::ifAsked(m, event);
}

// One request at a time is under way: the successor's or the upkeep's.
StatePtr Connected::configured(Configured& answer) {
    if (answer.number != m.configuring) {
        return nullptr; // asked for before the tunnel was last in doubt; what differs has been asked for again
    }
    m.configuring.reset();
    base::Result<void> done;
    if (m_successor.isConfiguring()) {
        done = m_successor.configured(answer);
    } else {
        m_upkeep->configured(std::move(answer.tunnel));
        done = m_successor.goOn();
    }
    if (!done) {
        return std::make_unique<Reconnecting>(m, std::move(done.error()));
    }
    m_upkeep->replan();
    return nullptr;
}

StatePtr Connected::look() {
    if (m_watch.isLate()) {
        return std::make_unique<Moving>(m, Moving::Why::Woken);
    }
    m_watch.look([this] {
        m.ike->renewKeysInTime();
        m.ike->doubtSilence();
    });
    return nullptr;
}

StatePtr Connected::lookAround() {
    const auto way = m.findWay();
    if (!way) {
        if (m.way) {
            m.setGrace(grace); // a network manager takes an address away before it gives another
        }
        return nullptr;
    }
    if (!m.way || way == m.way) {
        m.way = way;
        return nullptr;
    }
    if (m.streamPort != 0) {
        m.way = way;
        m_upkeep->streamLost(); // a stream cannot follow: another one can
        return nullptr;
    }
    if (way->server != m.way->server && !m.environment.surroundings.routeTo(m.way->server)) {
        m.setGrace(grace); // the same holds while the other family still has a way
        return nullptr;
    }
    if (way->server != m.way->server || !m.ike->canMove()) {
        return std::make_unique<Moving>(m, Moving::Why::Moved);
    }
    m.note("Moving from " + m.way->route.source.text() + " to " + way->route.source.text());
    m_unconfirmed = true;
    m.tellMove(*way);
    m.setGrace(grace);
    return nullptr;
}

StatePtr Connected::take(ike::Output& output) {
    if (std::holds_alternative<ike::PathConfirmed>(output)) {
        if (std::exchange(m_unconfirmed, false)) {
            m.clearGrace();
            m.note("The server has followed");
        }
        return nullptr;
    }
    if (std::holds_alternative<ike::PathRefused>(output)) {
        return std::make_unique<Moving>(m, Moving::Why::Refused);
    }
    if (std::holds_alternative<ike::PathDead>(output)) {
        return std::make_unique<Moving>(m, Moving::Why::Dead);
    }
    if (const auto* redirected = std::get_if<ike::Redirected>(&output)) {
        return takeRedirect(*redirected);
    }
    if (const auto* due = std::get_if<ike::ReauthenticationDue>(&output)) {
        if (auto begun = m_successor.wanted(due->until); !begun) {
            return std::make_unique<Reconnecting>(m, std::move(begun.error()));
        }
        return nullptr;
    }
    if (std::holds_alternative<ike::Closed>(output) && m_successor.outlivesSession()) {
        return nullptr; // the tunnel waits for the new one
    }
    if (const auto* probed = std::get_if<ike::PathProbed>(&output)) {
        m_upkeep->probed(*probed);
        return nullptr;
    }
    const bool another = std::holds_alternative<ike::ChildUp>(output);
    auto next = takeTunnelOutput(m, output);
    if (another && !next) {
        m_upkeep->replan();
    }
    return next;
}

// The session stays until the other server's address is known: its name may only be found through the tunnel.
StatePtr Connected::takeRedirect(const ike::Redirected& redirected) {
    if (redirected.target.address) {
        return Negotiating::redirected(m, redirected, {*redirected.target.address});
    }
    m_redirect = redirected;
    m_resolving = m.environment.resolver.resolve(
        redirected.target.name, m.callback<base::Result<std::vector<base::IpAddress>>>(
                                    [](auto addresses) -> Event { return Resolved{std::move(addresses)}; }));
    return nullptr;
}

StatePtr Connected::takeTunnelOutput(Machine& machine, ike::Output& output) {
    if (auto* up = std::get_if<ike::ChildUp>(&output)) {
        machine.agreed.carry(up->remote);
        if (auto installed = machine.tunnel->install(childKeys(std::move(*up))); !installed) {
            return std::make_unique<Disconnecting>(machine, std::move(installed.error()));
        }
    } else if (const auto* send = std::get_if<ike::ChildSend>(&output)) {
        machine.tunnel->sendWith(send->inboundSpi);
    } else if (const auto* down = std::get_if<ike::ChildDown>(&output)) {
        machine.tunnel->removeInbound(down->inboundSpi);
    } else if (const auto* changed = std::get_if<ike::SuitesChanged>(&output)) {
        machine.showSuites(*changed);
        machine.announce();
    } else if (const auto* refused = std::get_if<ike::ChildRefused>(&output)) {
        machine.noteRefused(*refused);
    } else if (auto* issued = std::get_if<ike::TicketIssued>(&output)) {
        machine.ticket = std::move(issued->ticket);
    } else if (const auto* due = std::get_if<ike::ReauthenticationDue>(&output)) {
        machine.newSessionBy = due->until; // Connected sees to it
    } else if (auto* closed = std::get_if<ike::Closed>(&output)) {
        machine.readStatistics();
        machine.ike.reset();
        return std::make_unique<Reconnecting>(
            machine, closed->error.value_or(base::Error{"tern.engine.internal", {}, "IKE ended without a reason"}));
    }
    return nullptr;
}

} // namespace tern::connection
