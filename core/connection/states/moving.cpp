#include "core/connection/states/moving.h"

#include "core/connection/states/connected.h"
#include "core/connection/states/disconnecting.h"
#include "core/connection/states/negotiating.h"
#include "core/connection/states/reconnecting.h"

#include <algorithm>

namespace tern::connection {

StatePtr Moving::enter() {
    m.status.reconnecting = true;
    m.status.stage = m_why == Why::Woken ? Stage::Checking : Stage::Moving;
    m.noteLoss();
    m.setAlarm(std::max(m.outageLeft(), base::Duration::zero()));
    const auto way = m.findWay();
    if (!way) {
        wait();
        return nullptr;
    }
    switch (m_why) {
    case Why::OnTheWay:
        return way == m.way ? nullptr : go(*way);
    case Why::Woken:
        m.note("Awake again; asking the server");
        if (way == m.way) {
            m.ike->resumed();
            return nullptr;
        }
        return go(*way);
    case Why::Dead:
    case Why::Refused:
        return elsewhere();
    case Why::Moved:
        return go(*way);
    }
    return nullptr;
}

StatePtr Moving::handle(Event& event) {
    if (auto* ike = std::get_if<IkeOutput>(&event)) {
        return take(ike->output);
    }
    if (std::holds_alternative<NetworkChanged>(event)) {
        return lookAround();
    }
    if (std::holds_alternative<WokenUp>(event)) {
        return std::make_unique<Moving>(m, Why::Woken);
    }
    if (std::holds_alternative<AlarmRang>(event)) {
        return std::make_unique<Disconnecting>(m, base::Error{"tern.engine.no-network", {m.status.serverName}, {}});
    }
    if (auto* opened = std::get_if<SocketOpened>(&event); opened != nullptr && m_opening) {
        const auto way = *m_opening;
        m_opening.reset();
        auto moved = opened->socket ? m.moveTo(std::move(*opened->socket), way)
                                    : base::Result<void>(base::fail(std::move(opened->socket.error())));
        if (!moved) {
            m.note("No way to " + way.server.text() + " (" + moved.error().code + ")");
            m_dead.push_back(way.server);
            return lookAround();
        }
        return nullptr;
    }
    return Disconnecting::ifAsked(m, event);
}

StatePtr Moving::take(ike::Output& output) {
    if (std::holds_alternative<ike::PathConfirmed>(output)) {
        m.note("The server answers");
        return std::make_unique<Connected>(m);
    }
    if (std::holds_alternative<ike::PathDead>(output)) {
        m_why = Why::Dead;
        return elsewhere();
    }
    if (std::holds_alternative<ike::PathRefused>(output)) {
        m_why = Why::Refused;
        return elsewhere();
    }
    return Connected::takeTunnelOutput(m, output);
}

StatePtr Moving::lookAround() {
    const auto way = m.findWay(m_dead);
    if (!way) {
        // One that was silent may only have been so in the former network.
        m_dead.clear();
        if (const auto any = m.findWay(); any && any != m.way) {
            return go(*any);
        }
        if (!m.findWay()) {
            wait();
        }
        return nullptr;
    }
    return way == m.way && m.status.stage != Stage::Waiting ? nullptr : go(*way);
}

// Another address of the server's, while there are any that have not been tried here.
StatePtr Moving::elsewhere() {
    if (m.way) {
        m_dead.push_back(m.way->server);
    }
    if (const auto way = m.findWay(m_dead); way && m.ike->canMove()) {
        return go(*way);
    }
    if (m_why == Why::Refused) {
        return startAnew("the server does not let this connection move");
    }
    return nullptr; // the session's own limit decides
}

StatePtr Moving::go(const Machine::Way& way) {
    const bool sameServer = m.way && m.way->server == way.server;
    const bool sameAddress = m.way && m.way->route.source == way.route.source;
    if (!m.ike->canMove() && !(sameServer && sameAddress)) {
        return startAnew("the server has no MOBIKE");
    }
    show(m_why == Why::Woken ? Stage::Checking : Stage::Moving);
    if (sameServer) {
        m.note("Going on from " + way.route.source.text());
        m_opening.reset();
        m.tellMove(way);
        return nullptr;
    }
    if (m_opening != way) {
        m.note("Trying the server at " + way.server.text());
        m_opening = way;
        m.host->openSocket(way.server, m.callback<base::Result<base::UniqueFd>>(
                                           [](auto socket) -> Event { return SocketOpened{std::move(socket)}; }));
    }
    return nullptr;
}

// On a new socket, with the same TUN: its routes stay.
StatePtr Moving::startAnew(const char* reason) {
    m.note(std::string("Calling the server anew: ") + reason);
    m.leaveIke();
    m.addressIndex = 0;
    return std::make_unique<Negotiating>(m);
}

void Moving::wait() {
    if (m.status.stage != Stage::Waiting) {
        m.note("There is no network that leads to the server");
    }
    m_why = Why::Moved;
    m.ike->pause();
    show(Stage::Waiting);
}

void Moving::show(Stage stage) {
    if (m.status.stage != stage) {
        m.status.stage = stage;
        m.announce();
    }
}

} // namespace tern::connection
