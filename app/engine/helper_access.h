// tern-helper over the system bus (org.ternvpn.Helper1), as a connection needs it.
#pragma once

#include "app/dbus/proxies.h"
#include "core/connection/environment.h"

#include <QDBusConnection>

namespace tern::engine {

class HelperAccess final : public connection::HostAccess {
public:
    explicit HelperAccess(QDBusConnection bus = QDBusConnection::systemBus());

    void openSession(Opened opened) override;
    // It runs, or the bus would start it. Does not start it.
    [[nodiscard]] bool available() const;

private:
    QDBusConnection m_bus;
    std::shared_ptr<dbus::Helper1Proxy> m_proxy;
};

} // namespace tern::engine
