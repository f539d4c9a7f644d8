// org.ternvpn.Helper1 on the bus: who may call what, and whose the session is. The slots carry the D-Bus names; the
// adaptor generated from app/dbus/org.ternvpn.Helper1.xml calls them.
#pragma once

#include "app/dbus/types.h"
#include "app/helper/authority.h"
#include "app/helper/dns.h"
#include "app/helper/firewall.h"
#include "app/helper/monitor.h"
#include "app/helper/netlink.h"
#include "app/helper/session.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusServiceWatcher>
#include <QDBusUnixFileDescriptor>
#include <QObject>
#include <QTimer>
#include <memory>

namespace tern::helper {

class Service : public QObject, protected QDBusContext {
    Q_OBJECT
public:
    Service(const QDBusConnection& bus, std::unique_ptr<Netlink> netlink);
    ~Service() override;

    // Takes the name on the bus, then away what an earlier instance left. False when the name is taken or refused.
    [[nodiscard]] bool publish();

public Q_SLOTS:
    qulonglong OpenSession();
    QDBusUnixFileDescriptor OpenSocket(qulonglong session, const QString& transport, const QString& address,
                                       const tern::dbus::PortList& ports);
    QDBusUnixFileDescriptor Configure(qulonglong session, uint mtu, const tern::dbus::PrefixList& addresses,
                                      const tern::dbus::PrefixList& routes, const tern::dbus::PrefixList& excluded,
                                      const QStringList& dns, const tern::dbus::DomainList& domains,
                                      const QStringList& block, QString& interface);
    void CloseSession(qulonglong session);
    QVariantMap Status();

Q_SIGNALS:
    void SessionLost(qulonglong session, const QString& reason);
    // Nobody has needed the helper for a minute.
    void idle();

private:
    void authorized(const QDBusMessage& request, const base::Result<void>& allowed);
    void ownerGone(const QString& name);
    void endSession(const char* reason);
    void watchKernel();
    void refuse(const base::Error& error);
    void restartIdleTimer();
    // The session if it is the caller's; otherwise answers the error and nullptr.
    [[nodiscard]] Session* sessionOfCaller(qulonglong id);

    QDBusConnection m_bus;
    std::unique_ptr<Netlink> m_netlink;
    Firewall m_firewall;
    Resolved m_resolved;
    Authority m_authority;
    Monitor m_monitor;
    QDBusServiceWatcher m_owners;
    QTimer m_idle;
    QString m_asking; // the caller polkit is being asked about
    quint64 m_lastId = 0;
    std::unique_ptr<Session> m_session;
};

} // namespace tern::helper
