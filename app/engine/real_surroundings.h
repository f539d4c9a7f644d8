// The networks around (rtnetlink) and the machine's sleep (logind, where it is on the system bus).
#pragma once

#include "core/connection/environment.h"
#include "core/datapath/network_watch.h"

#include <QDBusConnection>
#include <QObject>
#include <map>

namespace tern::engine {

class RealSurroundings final : public QObject, public connection::Surroundings {
    Q_OBJECT
public:
    RealSurroundings(connection::Reactor& reactor, QDBusConnection systemBus);
    void useMarkOf(int socket) override { m_mark = datapath::markOf(socket); }
    [[nodiscard]] std::optional<datapath::OuterRoute> routeTo(const base::IpAddress& server) override;
    [[nodiscard]] connection::PendingPtr watch(connection::SurroundingsWatcher& watcher) override;

private Q_SLOTS:
    // org.freedesktop.login1.Manager.PrepareForSleep
    void onPrepareForSleep(bool goingToSleep);

private:
    void tell(void (connection::SurroundingsWatcher::*what)());

    datapath::NetworkWatch m_network;
    std::uint32_t m_mark = 0;
    std::map<unsigned, connection::SurroundingsWatcher*> m_watchers;
    unsigned m_last = 0;
    connection::PendingPtr m_listening;
};

} // namespace tern::engine
