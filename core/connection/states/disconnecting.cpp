#include "core/connection/states/disconnecting.h"

#include "core/connection/states/disconnected.h"
#include "core/connection/states/failed.h"

namespace tern::connection {

namespace {

// The session gives up its DELETE after two seconds by itself.
constexpr base::Duration goodbyeLimit = std::chrono::seconds(3);
constexpr base::Duration restoreLimit = std::chrono::seconds(5);

} // namespace

StatePtr Disconnecting::ifAsked(Machine& machine, Event& event) {
    if (auto* lost = std::get_if<HostLost>(&event)) {
        machine.host.reset();
        return std::make_unique<Disconnecting>(machine, std::move(lost->error));
    }
    if (std::holds_alternative<DisconnectRequested>(event)) {
        return std::make_unique<Disconnecting>(machine);
    }
    return nullptr;
}

StatePtr Disconnecting::enter() {
    // Answers to what was asked before do not matter any more; what they bring is closed as it comes.
    ++m.generation;
    m.readStatistics();
    if (m.ike && m.sstp) {
        m.hangUpSstp(); // which was called beside IKE
    }
    if (m.sstp) {
        const bool carried = m.sstpTunnel != nullptr;
        m.sstp->close();
        if (!carried) {
            return restore(); // a goodbye is sent, not waited for
        }
        m.setAlarm(goodbyeLimit);
        return nullptr;
    }
    if (!m.ike) {
        return restore();
    }
    m.ike->close();
    if (!m.established) {
        // A server does not answer a goodbye in the middle of its login: it is sent, not waited for.
        return restore();
    }
    m.setAlarm(goodbyeLimit);
    return nullptr;
}

StatePtr Disconnecting::handle(Event& event) {
    if (const auto* ike = std::get_if<IkeOutput>(&event)) {
        const bool over = std::holds_alternative<ike::Closed>(ike->output);
        return over && !m_restoring ? restore() : nullptr;
    }
    if (const auto* said = std::get_if<SstpSaid>(&event)) {
        const bool over = std::holds_alternative<sstp::Closed>(said->output);
        return over && !m_restoring ? restore() : nullptr;
    }
    if (std::holds_alternative<AlarmRang>(event)) {
        return m_restoring ? finish() : restore();
    }
    if (std::holds_alternative<SessionClosed>(event)) {
        return finish();
    }
    if (std::holds_alternative<HostLost>(event)) {
        m.host.reset();
        return m_restoring ? finish() : nullptr;
    }
    return nullptr;
}

StatePtr Disconnecting::restore() {
    m_restoring = true;
    m.dropIkeAndTunnel();
    if (!m.host) {
        return finish();
    }
    m.setAlarm(restoreLimit);
    m.host->close([weak = m.weak_from_this()] {
        if (const auto machine = weak.lock()) {
            machine->post(SessionClosed{});
        }
    });
    return nullptr;
}

StatePtr Disconnecting::finish() {
    m.host.reset();
    m.secret.reset();
    m.ppk.reset();
    m.status.error.reset();
    m.status.reconnecting = false;
    if (m_error) {
        return std::make_unique<Failed>(m, std::move(*m_error));
    }
    return std::make_unique<Disconnected>(m, Disconnected::Moment::After);
}

} // namespace tern::connection
