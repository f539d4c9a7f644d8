#include "app/helper/service.h"

#include "app/dbus/names.h"

#include <QDBusMessage>
#include <helper1_adaptor.h>

namespace tern::helper {

namespace {

constexpr std::chrono::seconds idleTime{60};

QString errorName(const base::Error& error) {
    if (error.code == "tern.helper.not-authorized") {
        return dbus::helperErrorNotAuthorized;
    }
    if (error.code == "tern.helper.busy") {
        return dbus::helperErrorBusy;
    }
    if (error.code == "tern.helper.bad-request" || error.code == "tern.helper.bad-server" ||
        error.code == "tern.helper.no-session") {
        return dbus::helperErrorInvalid;
    }
    return dbus::helperErrorFailed;
}

QString errorMessage(const base::Error& error) {
    return QString::fromStdString(error.code + ": " + error.detail);
}

} // namespace

Service::Service(const QDBusConnection& bus, std::unique_ptr<Netlink> netlink)
    : m_bus(bus)
    , m_netlink(std::move(netlink))
    , m_resolved(bus)
    , m_authority(bus)
    , m_owners(QString(), bus, QDBusServiceWatcher::WatchForUnregistration) {
    // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): an adaptor belongs to its parent
    new TernHelper1Adaptor(this);
    connect(&m_owners, &QDBusServiceWatcher::serviceUnregistered, this, &Service::ownerGone);
    connect(&m_resolved, &Resolved::changed, this, [this] {
        if (m_session) {
            m_session->dnsServiceChanged();
        }
    });
    watchKernel();
    m_idle.setSingleShot(true);
    m_idle.setInterval(idleTime);
    connect(&m_idle, &QTimer::timeout, this, &Service::idle);
    restartIdleTimer();
}

Service::~Service() {
    endSession("tern.helper.stopped");
}

void Service::watchKernel() {
    connect(&m_monitor, &Monitor::linksChanged, this, [this] {
        if (m_session && !m_session->linkIsUp()) {
            endSession("tern.helper.link-lost");
            restartIdleTimer();
        }
    });
    connect(&m_monitor, &Monitor::routingLost, this, [this] {
        if (m_session) {
            m_session->repairRouting();
        }
    });
    connect(&m_monitor, &Monitor::firewallLost, this, [this] {
        if (m_session) {
            m_session->repairFirewall();
        }
    });
}

bool Service::publish() {
    if (!m_bus.registerObject(dbus::helperPath, this) || !m_bus.registerService(dbus::helperService)) {
        return false;
    }
    // Not before the name is ours: another instance may be at work. Calls that come now wait for the event loop.
    removeAllOfOurs(*m_netlink, m_firewall);
    return true;
}

qulonglong Service::OpenSession() {
    restartIdleTimer();
    if (m_session || !m_asking.isEmpty()) {
        refuse({"tern.helper.busy", {}, "there is a session already"});
        return 0;
    }
    m_asking = message().service();
    // Watched before polkit is asked, so that a caller that goes while it is being asked is noticed.
    m_owners.addWatchedService(m_asking);
    setDelayedReply(true);
    m_authority.check(m_asking, message().isInteractiveAuthorizationAllowed(),
                      [this, request = message()](const base::Result<void>& allowed) { authorized(request, allowed); });
    return 0;
}

void Service::authorized(const QDBusMessage& request, const base::Result<void>& allowed) {
    if (m_asking != request.service()) {
        return; // it has gone meanwhile
    }
    m_asking.clear();
    if (!allowed) {
        m_owners.removeWatchedService(request.service());
        m_bus.send(request.createErrorReply(errorName(allowed.error()), errorMessage(allowed.error())));
        restartIdleTimer();
        return;
    }
    m_session = std::make_unique<Session>(++m_lastId, request.service(), *m_netlink, m_firewall, m_resolved);
    m_idle.stop();
    m_bus.send(request.createReply(QVariant::fromValue<qulonglong>(m_session->id())));
}

QDBusUnixFileDescriptor Service::OpenSocket(qulonglong session, const QString& transport, const QString& address,
                                            const dbus::PortList& ports) {
    auto* const own = sessionOfCaller(session);
    if (own == nullptr) {
        return {};
    }
    const auto request = checkSocket(transport, address, ports);
    if (!request) {
        refuse(request.error());
        return {};
    }
    const auto socket = own->openSocket(*request);
    if (!socket) {
        refuse(socket.error());
        return {};
    }
    return QDBusUnixFileDescriptor(socket->get()); // a duplicate; ours is closed here
}

QDBusUnixFileDescriptor Service::Configure(qulonglong session, uint mtu, const dbus::PrefixList& addresses,
                                           const dbus::PrefixList& routes, const dbus::PrefixList& excluded,
                                           const QStringList& dns, const dbus::DomainList& domains,
                                           const QStringList& block, QString& interface) {
    auto* const own = sessionOfCaller(session);
    if (own == nullptr) {
        return {};
    }
    const auto request = checkTunnel(mtu, addresses, routes, excluded, dns, domains, block);
    if (!request) {
        refuse(request.error());
        return {};
    }
    const auto tun = own->configure(*request);
    if (!tun) {
        refuse(tun.error());
        return {};
    }
    interface = QString::fromStdString((*tun)->name);
    return QDBusUnixFileDescriptor((*tun)->fd.get());
}

void Service::CloseSession(qulonglong session) {
    if (sessionOfCaller(session) == nullptr) {
        return;
    }
    m_owners.removeWatchedService(m_session->owner());
    m_session.reset();
    restartIdleTimer();
}

QVariantMap Service::Status() {
    restartIdleTimer();
    const bool resolved = m_resolved.isPresent();
    QVariantMap status{
        {QStringLiteral("version"), QStringLiteral(TERN_VERSION)},
        {QStringLiteral("sessions"), m_session ? 1U : 0U},
        {QStringLiteral("dns-backend"), resolved ? QStringLiteral("resolved") : QStringLiteral("redirect")}};
    if (m_session) {
        status.insert(QStringLiteral("dns"), QString::fromLatin1(m_session->dnsBackend()));
    }
    return status;
}

void Service::ownerGone(const QString& name) {
    m_owners.removeWatchedService(name);
    if (name == m_asking) {
        m_asking.clear();
    }
    if (m_session && m_session->owner() == name) {
        endSession("tern.helper.owner-gone");
    }
    restartIdleTimer();
}

void Service::endSession(const char* reason) {
    if (!m_session) {
        return;
    }
    const auto id = m_session->id();
    m_owners.removeWatchedService(m_session->owner());
    m_session.reset();
    Q_EMIT SessionLost(id, QString::fromLatin1(reason));
}

void Service::refuse(const base::Error& error) {
    sendErrorReply(errorName(error), errorMessage(error));
}

void Service::restartIdleTimer() {
    if (!m_session) {
        m_idle.start();
    }
}

Session* Service::sessionOfCaller(qulonglong id) {
    if (m_session && m_session->id() == id && m_session->owner() == message().service()) {
        return m_session.get();
    }
    refuse({"tern.helper.no-session", {}, "no session of this caller has that number"});
    return nullptr;
}

} // namespace tern::helper
