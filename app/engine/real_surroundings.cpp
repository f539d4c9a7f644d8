#include "app/engine/real_surroundings.h"

#include <functional>

namespace tern::engine {

namespace {

class Watch final : public connection::Pending {
public:
    explicit Watch(std::function<void()> end)
        : m_end(std::move(end)) {}
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch() override { m_end(); }

private:
    std::function<void()> m_end;
};

} // namespace

RealSurroundings::RealSurroundings(connection::Reactor& reactor, QDBusConnection systemBus) {
    if (m_network.valid()) {
        m_listening = reactor.whenReadable(m_network.fd(), [this] {
            m_network.drain();
            tell(&connection::SurroundingsWatcher::networkChanged);
        });
    }
    // Where there is no logind nothing is said, and a timer that comes late tells the same.
    systemBus.connect(QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
                      QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("PrepareForSleep"), this,
                      SLOT(onPrepareForSleep(bool)));
}

std::optional<datapath::OuterRoute> RealSurroundings::routeTo(const base::IpAddress& server) {
    return m_network.routeTo(server, m_mark);
}

connection::PendingPtr RealSurroundings::watch(connection::SurroundingsWatcher& watcher) {
    const auto key = ++m_last;
    m_watchers[key] = &watcher;
    return std::make_unique<Watch>([this, key] { m_watchers.erase(key); });
}

void RealSurroundings::onPrepareForSleep(bool goingToSleep) {
    if (!goingToSleep) {
        tell(&connection::SurroundingsWatcher::wokenUp);
    }
}

void RealSurroundings::tell(void (connection::SurroundingsWatcher::*what)()) {
    const auto watchers = m_watchers; // one may end its watch meanwhile
    for (const auto& [key, watcher] : watchers) {
        if (m_watchers.contains(key)) {
            (watcher->*what)();
        }
    }
}

} // namespace tern::engine
