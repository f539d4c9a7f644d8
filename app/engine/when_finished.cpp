#include "app/engine/when_finished.h"

#include <QDBusPendingCallWatcher>
#include <memory>

namespace tern::engine {

void whenFinished(const QDBusPendingCall& call, std::function<void(const QDBusMessage&)> done) {
    auto watcher = std::make_unique<QDBusPendingCallWatcher>(call);
    auto* borrowed = watcher.get();
    QObject::connect(borrowed, &QDBusPendingCallWatcher::finished, borrowed, [borrowed, done = std::move(done)] {
        borrowed->deleteLater();
        done(borrowed->reply());
    });
    static_cast<void>(watcher.release()); // deletes itself, above
}

} // namespace tern::engine
