#include "app/helper/dns.h"

#include <QDBusArgument>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingReply>
#include <sys/socket.h>

namespace tern::helper {

// (iay) of org.freedesktop.resolve1.Manager.SetLinkDNS.
struct ResolvedServer {
    int family = 0;
    QByteArray address;
};

QDBusArgument& operator<<(QDBusArgument& argument, const ResolvedServer& server);
const QDBusArgument& operator>>(const QDBusArgument& argument, ResolvedServer& server);

QDBusArgument& operator<<(QDBusArgument& argument, const ResolvedServer& server) {
    argument.beginStructure();
    argument << server.family << server.address;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, ResolvedServer& server) {
    argument.beginStructure();
    argument >> server.family >> server.address;
    argument.endStructure();
    return argument;
}

} // namespace tern::helper

Q_DECLARE_METATYPE(tern::helper::ResolvedServer)

namespace tern::helper {

namespace {

constexpr QLatin1String service{"org.freedesktop.resolve1"};
constexpr int timeoutMs = 2000; // for all calls of one set() together

QDBusMessage call(const char* method, const QVariantList& arguments = {}) {
    auto message =
        QDBusMessage::createMethodCall(service, QStringLiteral("/org/freedesktop/resolve1"),
                                       QStringLiteral("org.freedesktop.resolve1.Manager"), QString::fromLatin1(method));
    message.setArguments(arguments);
    message.setAutoStartService(false);
    return message;
}

QVariant serverList(const DnsSettings& settings) {
    QList<ResolvedServer> servers;
    for (const auto& server : settings.servers) {
        const auto bytes = server.bytes();
        servers.append({server.isV6() ? AF_INET6 : AF_INET,
                        QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()))});
    }
    return QVariant::fromValue(servers);
}

QVariant domainList(const DnsSettings& settings) {
    dbus::DomainList domains;
    for (const auto& domain : settings.domains) {
        domains.append({QString::fromStdString(domain.name), domain.routingOnly});
    }
    if (settings.allNames && !settings.servers.empty()) {
        domains.append({QStringLiteral("."), true});
    }
    return QVariant::fromValue(domains);
}

} // namespace

Resolved::Resolved(const QDBusConnection& bus)
    : m_bus(bus)
    , m_watcher(service, bus, QDBusServiceWatcher::WatchForOwnerChange) {
    qDBusRegisterMetaType<ResolvedServer>();
    qDBusRegisterMetaType<QList<ResolvedServer>>();
    dbus::registerTypes();
    connect(&m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this](const QString&, const QString&, const QString& owner) {
                m_present = !owner.isEmpty();
                Q_EMIT changed();
            });
    m_present = m_bus.interface()->isServiceRegistered(service).value();
}

base::Result<Resolved::Outcome> Resolved::set(unsigned link, const DnsSettings& settings) {
    const int index = static_cast<int>(link);
    const QList<QDBusMessage> calls{
        call("SetLinkDNS", {index, serverList(settings)}),
        call("SetLinkDomains", {index, domainList(settings)}),
        call("SetLinkDefaultRoute", {index, settings.allNames && !settings.servers.empty()}),
    };
    // All are sent before the first answer is waited for: this is one round trip.
    QList<QDBusPendingCall> answers;
    for (const auto& message : calls) {
        answers.append(m_bus.asyncCall(message, timeoutMs));
    }
    // What names a link resolves by itself, and validation and encryption, are turned off: the VPN's servers are
    // reached through the tunnel, and company servers seldom know either. resolved asks polkit about every call, so
    // these follow the ones that decide, and are not waited for.
    for (const char* const method : {"SetLinkLLMNR", "SetLinkMulticastDNS", "SetLinkDNSSEC", "SetLinkDNSOverTLS"}) {
        m_bus.send(call(method, {index, QStringLiteral("no")}));
    }
    flushCaches();
    for (qsizetype i = 0; i < answers.size(); ++i) {
        answers[i].waitForFinished();
        if (!answers[i].isError()) {
            continue;
        }
        const auto error = answers[i].error();
        if (error.type() == QDBusError::AccessDenied ||
            error.name() == QLatin1String("org.freedesktop.DBus.Error.InteractiveAuthorizationRequired")) {
            return Outcome::Refused;
        }
        return base::fail("tern.helper.dns", {},
                          calls[i].member().toStdString() + ": " + error.message().toStdString());
    }
    return Outcome::Done;
}

void Resolved::revert(unsigned link) {
    m_bus.send(call("RevertLink", {static_cast<int>(link)}));
}

void Resolved::flushCaches() {
    if (m_present) {
        m_bus.send(call("FlushCaches"));
    }
}

} // namespace tern::helper
