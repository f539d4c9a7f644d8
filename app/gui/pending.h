// The answer to a call that is under way.
#pragma once

#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QObject>

namespace tern::gui {

// Runs `then` with the answer, in the context of `owner`.
template<typename Then>
void whenDone(const QDBusPendingCall& call, QObject* owner, Then then) {
    // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): owned by `owner`
    auto* watcher = new QDBusPendingCallWatcher(call, owner);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, owner,
                     [then = std::move(then)](QDBusPendingCallWatcher* done) {
                         done->deleteLater();
                         then(*done);
                     });
}

} // namespace tern::gui
