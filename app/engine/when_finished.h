// A call on the bus, answered by a function.
#pragma once

#include <QDBusMessage>
#include <QDBusPendingCall>
#include <functional>

namespace tern::engine {

// Calls `done` once with the reply, an error included. What `done` refers to must live until then, or be guarded.
void whenFinished(const QDBusPendingCall& call, std::function<void(const QDBusMessage&)> done);

} // namespace tern::engine
