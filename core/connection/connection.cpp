#include "core/connection/connection.h"

#include "core/connection/machine.h"

namespace tern::connection {

Connection::Connection(Request request, Environment environment, Listener& listener, ReconnectPolicy policy)
    : m_machine(std::make_shared<Machine>(std::move(request), environment, listener, policy)) {}

Connection::~Connection() {
    m_machine->stop();
}

void Connection::start() {
    m_machine->post(StartRequested{});
}

void Connection::disconnect() {
    m_machine->post(DisconnectRequested{});
}

const Status& Connection::status() const {
    // Whoever asks between two announcements gets the counters of now, not a rate of nothing.
    m_machine->readStatistics();
    return m_machine->status;
}

bool Connection::isOver() const {
    return m_machine->isStopped();
}

} // namespace tern::connection
