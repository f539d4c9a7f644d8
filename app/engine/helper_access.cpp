#include "app/engine/helper_access.h"

#include "app/engine/when_finished.h"

#include <QDBusConnectionInterface>
#include <QDBusServiceWatcher>
#include <QDBusUnixFileDescriptor>
#include <fcntl.h>

namespace tern::engine {

namespace {

// Somebody may have to type an administrator's password before the helper answers.
constexpr int openTimeoutMilliseconds = 120'000;
constexpr int callTimeoutMilliseconds = 25'000;

base::Error errorOf(const QDBusMessage& reply) {
    auto error = dbus::errorFromMessage(reply.errorMessage(), "tern.engine.helper-unavailable");
    if (error.detail.empty()) {
        error.detail = reply.errorName().toStdString();
    }
    return error;
}

// The message's descriptor closes with the message.
base::UniqueFd own(const QVariant& argument) {
    const auto descriptor = qvariant_cast<QDBusUnixFileDescriptor>(argument);
    return base::UniqueFd(::fcntl(descriptor.fileDescriptor(), F_DUPFD_CLOEXEC, 0));
}

dbus::PrefixList prefixes(const std::vector<base::IpPrefix>& list) {
    dbus::PrefixList result;
    for (const auto& prefix : list) {
        result << dbus::Prefix::from(prefix);
    }
    return result;
}

class HelperSession final : public connection::HostSession {
public:
    HelperSession(std::shared_ptr<dbus::Helper1Proxy> proxy, qulonglong number)
        : m_proxy(std::move(proxy))
        , m_number(number)
        , m_helper(dbus::helperService, m_proxy->connection(), QDBusServiceWatcher::WatchForUnregistration) {
        QObject::connect(&m_helper, &QDBusServiceWatcher::serviceUnregistered, &m_context, [this] {
            // Any call starts a new helper, and that takes back what the old one left.
            m_proxy->Status();
            lost({"tern.engine.helper-lost", {}, "tern-helper ended"});
        });
        QObject::connect(m_proxy.get(), &TernHelper1Proxy::SessionLost, &m_context,
                         [this](qulonglong session, const QString& reason) {
                             if (session == m_number) {
                                 lost({"tern.engine.helper-lost", {}, reason.toStdString()});
                             }
                         });
    }
    HelperSession(const HelperSession&) = delete;
    HelperSession& operator=(const HelperSession&) = delete;
    ~HelperSession() override {
        if (m_open) {
            m_proxy->CloseSession(m_number);
        }
    }

    void openSocket(const base::IpAddress& server, std::function<void(base::Result<base::UniqueFd>)> done) override {
        open(QStringLiteral("udp"), server, {500, 4500}, std::move(done));
    }

    void openStream(const base::IpAddress& server, std::uint16_t port,
                    std::function<void(base::Result<base::UniqueFd>)> done) override {
        open(QStringLiteral("tcp"), server, {port}, std::move(done));
    }

    void open(const QString& transport, const base::IpAddress& server, const dbus::PortList& ports,
              std::function<void(base::Result<base::UniqueFd>)> done) {
        const auto call = m_proxy->OpenSocket(m_number, transport, QString::fromStdString(server.text()), ports);
        whenFinished(call, [done = std::move(done)](const QDBusMessage& reply) {
            if (reply.type() == QDBusMessage::ErrorMessage) {
                done(base::fail(errorOf(reply)));
            } else {
                done(own(reply.arguments().value(0)));
            }
        });
    }

    void configure(const connection::TunnelPlan& plan,
                   std::function<void(base::Result<connection::ConfiguredTunnel>)> done) override {
        QStringList dns;
        for (const auto& server : plan.dns) {
            dns << QString::fromStdString(server.text());
        }
        dbus::DomainList domains;
        for (const auto& [name, routingOnly] : plan.domains) {
            domains << dbus::Domain{QString::fromStdString(name), routingOnly};
        }
        QStringList block;
        for (const auto& family : plan.block) {
            block << QString::fromStdString(family);
        }
        const auto call = m_proxy->Configure(m_number, plan.mtu, prefixes(plan.addresses), prefixes(plan.routes),
                                             prefixes(plan.excluded), dns, domains, block);
        whenFinished(call, [done = std::move(done)](const QDBusMessage& reply) {
            if (reply.type() == QDBusMessage::ErrorMessage) {
                done(base::fail(errorOf(reply)));
            } else {
                done(connection::ConfiguredTunnel{own(reply.arguments().value(0)),
                                                  reply.arguments().value(1).toString().toStdString()});
            }
        });
    }

    void close(std::function<void()> done) override {
        m_open = false;
        whenFinished(m_proxy->CloseSession(m_number), [done = std::move(done)](const QDBusMessage&) { done(); });
    }

    void onLost(std::function<void(base::Error)> lostCallback) override { m_lost = std::move(lostCallback); }

private:
    void lost(const base::Error& error) {
        m_open = false;
        if (const auto call = std::exchange(m_lost, nullptr)) {
            call(error); // it may destroy this
        }
    }

    std::shared_ptr<dbus::Helper1Proxy> m_proxy;
    qulonglong m_number;
    QDBusServiceWatcher m_helper;
    bool m_open = true;
    std::function<void(base::Error)> m_lost;
    QObject m_context;
};

} // namespace

HelperAccess::HelperAccess(QDBusConnection bus)
    : m_bus(std::move(bus)) {
    dbus::registerTypes();
    m_proxy = std::make_shared<dbus::Helper1Proxy>(dbus::helperService, dbus::helperPath, m_bus);
    m_proxy->setTimeout(callTimeoutMilliseconds);
}

void HelperAccess::openSession(Opened opened) {
    // The one call that may lead to a question by polkit; Qt 6.4's proxies cannot allow that.
    auto call = QDBusMessage::createMethodCall(dbus::helperService, dbus::helperPath, dbus::helperInterface,
                                               QStringLiteral("OpenSession"));
    call.setInteractiveAuthorizationAllowed(true);
    whenFinished(m_bus.asyncCall(call, openTimeoutMilliseconds),
                 [proxy = m_proxy, opened = std::move(opened)](const QDBusMessage& reply) {
                     if (reply.type() == QDBusMessage::ErrorMessage) {
                         opened(base::fail(errorOf(reply)));
                     } else {
                         opened(std::make_unique<HelperSession>(proxy, reply.arguments().value(0).toULongLong()));
                     }
                 });
}

bool HelperAccess::available() const {
    if (!m_bus.isConnected()) {
        return false;
    }
    const auto* bus = m_bus.interface();
    return bus->isServiceRegistered(dbus::helperService).value() ||
           bus->activatableServiceNames().value().contains(dbus::helperService);
}

} // namespace tern::engine
