#include "app/engine/l2tp_handover.h"

#include "app/dbus/types.h"
#include "app/engine/when_finished.h"

#include <QDBusMetaType>
#include <QDateTime>
#include <QFile>
#include <QPointer>
#include <pwd.h>
#include <unistd.h>

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;
using connection::Stage;
using connection::StateName;
using Kind = ike::Prompt::Kind;

const QString service = u"org.freedesktop.NetworkManager"_s;
const QString activeInterface = u"org.freedesktop.NetworkManager.Connection.Active"_s;

// NetworkManager and the plug-in give up after a minute or so themselves.
constexpr int activationLimitMilliseconds = 120'000;
constexpr int deactivationLimitMilliseconds = 10'000;

// NMActiveConnectionState, NMActiveConnectionStateReason.
constexpr uint stateActivated = 2;
constexpr uint stateDeactivated = 4;
constexpr uint reasonConnectTimeout = 6;
constexpr uint reasonServiceStartTimeout = 7;
constexpr uint reasonNoSecrets = 9;
constexpr uint reasonLoginFailed = 10;

QString ownName() {
    const auto* entry = ::getpwuid(::geteuid());
    return entry == nullptr ? QString() : QString::fromLocal8Bit(entry->pw_name);
}

base::Error errorOf(const QDBusMessage& reply) {
    const auto detail = (reply.errorName() + u": "_s + reply.errorMessage()).toStdString();
    const auto name = reply.errorName();
    if (name == u"org.freedesktop.DBus.Error.ServiceUnknown"_s ||
        name == u"org.freedesktop.DBus.Error.NameHasNoOwner"_s) {
        return {"tern.l2tp.no-network-manager", {}, detail};
    }
    const bool denied = name.endsWith(u".PermissionDenied"_s) || name == u"org.freedesktop.DBus.Error.AccessDenied"_s;
    return {denied ? "tern.l2tp.not-allowed" : "tern.l2tp.refused", {}, detail};
}

QDBusMessage call(const QString& method) {
    return QDBusMessage::createMethodCall(service, u"/org/freedesktop/NetworkManager"_s, service, method);
}

// Of the active connection, in what AddAndActivateConnection2 answers.
QString pathIn(const QDBusMessage& reply) {
    return qvariant_cast<QDBusObjectPath>(reply.arguments().value(1)).path();
}

void takeDown(const QDBusConnection& bus, const QString& active) {
    auto message = call(u"DeactivateConnection"_s);
    message << QVariant::fromValue(QDBusObjectPath(active));
    bus.asyncCall(message);
}

} // namespace

bool L2tpHandover::pluginIsInstalled() {
    const auto other = qEnvironmentVariable("TERN_NM_PLUGINS");
    const auto folders = other.isEmpty() ? QStringList{u"/etc/NetworkManager/VPN"_s, u"/usr/lib/NetworkManager/VPN"_s,
                                                       u"/usr/local/lib/NetworkManager/VPN"_s}
                                         : QStringList{other};
    return std::any_of(folders.begin(), folders.end(),
                       [](const QString& folder) { return QFile::exists(folder + u"/nm-l2tp-service.name"_s); });
}

L2tpHandover::L2tpHandover(connection::Request request, connection::CredentialSource& credentials,
                           connection::Listener& listener, QDBusConnection bus)
    : m_request(std::move(request))
    , m_credentials(credentials)
    , m_listener(listener)
    , m_bus(std::move(bus))
    , m_networkManager(service, m_bus, QDBusServiceWatcher::WatchForUnregistration) {
    qDBusRegisterMetaType<NmSettings>();
    qDBusRegisterMetaType<NmStrings>();
    qDBusRegisterMetaType<QList<uint>>();
    qDBusRegisterMetaType<QList<QVariantMap>>();
    m_status.protocol = "l2tp";
    m_status.serverName = m_request.profile.server();
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        if (m_leaving) {
            over(StateName::Disconnected);
        } else {
            fail({"tern.l2tp.no-answer", {m_status.serverName}, "NetworkManager did not finish"});
        }
    });
    connect(&m_networkManager, &QDBusServiceWatcher::serviceUnregistered, this, [this] {
        m_active.clear();
        fail({"tern.l2tp.lost", {m_status.serverName}, "NetworkManager ended"});
    });
}

L2tpHandover::~L2tpHandover() {
    deactivate();
}

bool L2tpHandover::isOver() const {
    return m_status.state == StateName::Failed || (m_status.state == StateName::Disconnected && m_status.since != 0);
}

void L2tpHandover::start() {
    m_bus.connect(service, QString(), activeInterface, u"StateChanged"_s, this,
                  SLOT(onActiveState(uint, uint, QDBusMessage)));
    enter(StateName::Negotiating, Stage::Contacting);
    QMetaObject::invokeMethod(this, &L2tpHandover::lookForNetworkManager, Qt::QueuedConnection);
}

// NetworkManager is not woken up for this: where it does not run, it has nothing to do with the network.
void L2tpHandover::lookForNetworkManager() {
    auto question = QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                                   u"org.freedesktop.DBus"_s, u"NameHasOwner"_s);
    question << service;
    whenFinished(m_bus.asyncCall(question), [self = QPointer(this)](const QDBusMessage& reply) {
        if (!self || self->m_leaving || self->isOver()) {
            return;
        }
        if (reply.type() == QDBusMessage::ErrorMessage || !reply.arguments().value(0).toBool()) {
            self->fail({"tern.l2tp.no-network-manager", {}, reply.errorMessage().toStdString()});
        } else if (!pluginIsInstalled()) {
            self->fail({"tern.l2tp.no-plugin", {}, "nm-l2tp-service.name is not there"});
        } else {
            self->ask();
        }
    });
}

void L2tpHandover::ask() {
    const auto& profile = m_request.profile;
    if (!profile.l2tp.withoutIpsec && !hasL2tpSharedKey(profile) && profile.authentication.certificate.source.empty()) {
        fail({"tern.engine.no-certificate", {profile.name}, {}});
        return;
    }
    const auto login = m_request.username.empty() ? profile.authentication.login() : m_request.username;
    m_secrets.username = QString::fromStdString(login);
    if (m_request.secret) {
        m_secrets.password = std::move(*m_request.secret);
        askSharedKey();
        return;
    }
    enter(StateName::Negotiating, Stage::Authenticating);
    connection::Question question{login.empty() ? Kind::Credentials : Kind::Password, m_status.serverName, login, {}};
    m_question = m_credentials.ask(question, [this](base::Result<std::optional<connection::Credentials>> answer) {
        const auto kept = std::move(m_question); // this function is its
        if (!answer) {
            fail(std::move(answer.error()));
        } else if (!*answer) {
            over(StateName::Disconnected);
        } else {
            if (!(*answer)->username.empty()) {
                m_secrets.username = QString::fromStdString((*answer)->username);
            }
            m_secrets.password = std::move((*answer)->secret);
            askSharedKey();
        }
    });
}

void L2tpHandover::askSharedKey() {
    if (!hasL2tpSharedKey(m_request.profile)) {
        activate();
        return;
    }
    connection::Question question{Kind::Psk, m_status.serverName, {}, {}};
    question.besidePassword = true;
    m_question = m_credentials.ask(question, [this](base::Result<std::optional<connection::Credentials>> answer) {
        const auto kept = std::move(m_question);
        if (!answer) {
            fail(std::move(answer.error()));
        } else if (!*answer) {
            over(StateName::Disconnected);
        } else {
            m_secrets.sharedKey = std::move((*answer)->secret);
            activate();
        }
    });
}

void L2tpHandover::activate() {
    enter(StateName::Negotiating, Stage::Contacting);
    m_activating = true;
    m_limit.start(activationLimitMilliseconds);
    auto message = call(u"AddAndActivateConnection2"_s);
    message << QVariant::fromValue(l2tpSettings(m_request.profile, m_secrets, ownName()))
            << QVariant::fromValue(QDBusObjectPath(u"/"_s)) << QVariant::fromValue(QDBusObjectPath(u"/"_s))
            << QVariantMap{{u"persist"_s, u"volatile"_s}, {u"bind-activation"_s, u"dbus-client"_s}};
    m_secrets = {};
    m_listener.note("L2TP is handed to NetworkManager");
    whenFinished(m_bus.asyncCall(message), [self = QPointer(this), bus = m_bus](const QDBusMessage& reply) {
        if (self) {
            self->activated(reply);
        } else if (reply.type() == QDBusMessage::ReplyMessage) {
            takeDown(bus, pathIn(reply));
        }
    });
}

void L2tpHandover::activated(const QDBusMessage& reply) {
    m_activating = false;
    if (reply.type() == QDBusMessage::ErrorMessage) {
        if (m_leaving) {
            over(StateName::Disconnected);
        } else if (!isOver()) {
            fail(errorOf(reply));
        }
        return;
    }
    m_active = pathIn(reply);
    if (m_leaving || isOver()) {
        deactivate();
        return;
    }
    // What it has become meanwhile; what comes from now on arrives as a signal.
    auto get = QDBusMessage::createMethodCall(service, m_active, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    get << activeInterface << u"State"_s;
    whenFinished(m_bus.asyncCall(get), [self = QPointer(this)](const QDBusMessage& answer) {
        if (self && answer.type() == QDBusMessage::ReplyMessage) {
            self->follow(dbus::unwrap(answer.arguments().value(0)).toUInt(), 0);
        }
    });
}

void L2tpHandover::onActiveState(uint state, uint reason, const QDBusMessage& message) {
    if (!m_active.isEmpty() && message.path() == m_active) {
        follow(state, reason);
    }
}

void L2tpHandover::follow(uint state, uint reason) {
    if (isOver()) {
        return;
    }
    if (state == stateActivated && m_status.state == StateName::Negotiating) {
        m_limit.stop();
        m_status.state = StateName::Configuring;
        readAddresses();
    } else if (state == stateDeactivated) {
        const bool wasUp = m_status.state == StateName::Connected;
        m_active.clear();
        if (m_leaving) {
            over(StateName::Disconnected);
            return;
        }
        const auto detail = "NetworkManager's reason " + std::to_string(reason);
        if (reason == reasonLoginFailed || reason == reasonNoSecrets) {
            fail({"tern.l2tp.sign-in", {m_status.serverName}, detail});
        } else if (reason == reasonConnectTimeout || reason == reasonServiceStartTimeout) {
            fail({"tern.l2tp.no-answer", {m_status.serverName}, detail});
        } else {
            fail({wasUp ? "tern.l2tp.lost" : "tern.l2tp.failed", {m_status.serverName}, detail});
        }
    }
}

QDBusPendingCall L2tpHandover::readAll(const QString& path, const QString& interface) {
    auto get = QDBusMessage::createMethodCall(service, path, u"org.freedesktop.DBus.Properties"_s, u"GetAll"_s);
    get << interface;
    return m_bus.asyncCall(get);
}

void L2tpHandover::readAddresses() {
    whenFinished(readAll(m_active, activeInterface), [self = QPointer(this)](const QDBusMessage& reply) {
        if (!self) {
            return;
        }
        const auto active = qdbus_cast<QVariantMap>(reply.arguments().value(0));
        const auto path = qvariant_cast<QDBusObjectPath>(active.value(u"Ip4Config"_s)).path();
        if (path.size() < 2) {
            self->takeAddresses({});
            return;
        }
        whenFinished(self->readAll(path, u"org.freedesktop.NetworkManager.IP4Config"_s),
                     [self](const QDBusMessage& answer) {
                         if (self) {
                             self->takeAddresses(dbus::unwrap(qdbus_cast<QVariantMap>(answer.arguments().value(0))));
                         }
                     });
    });
}

void L2tpHandover::takeAddresses(const QVariantMap& ip4) {
    if (m_leaving || isOver()) {
        return;
    }
    const auto addresses = ip4.value(u"AddressData"_s).toList();
    for (const auto& entry : addresses) {
        const auto map = entry.toMap();
        if (const auto address = base::IpAddress::fromText(map.value(u"address"_s).toString().toStdString())) {
            m_status.addresses.push_back({*address, static_cast<std::uint8_t>(map.value(u"prefix"_s).toUInt())});
        }
    }
    const auto servers = ip4.value(u"NameserverData"_s).toList();
    for (const auto& entry : servers) {
        const auto address = entry.toMap().value(u"address"_s).toString().toStdString();
        if (const auto server = base::IpAddress::fromText(address)) {
            m_status.dns.push_back(*server);
        }
    }
    enter(StateName::Connected, Stage::Configuring);
}

void L2tpHandover::disconnect() {
    if (isOver() || m_leaving) {
        return;
    }
    m_question.reset();
    if (m_active.isEmpty() && !m_activating) {
        over(StateName::Disconnected);
        return;
    }
    m_leaving = true;
    m_limit.start(deactivationLimitMilliseconds);
    enter(StateName::Disconnecting, Stage::Configuring);
    deactivate();
}

void L2tpHandover::deactivate() {
    if (!m_active.isEmpty()) {
        takeDown(m_bus, m_active);
    }
}

void L2tpHandover::enter(StateName state, Stage stage) {
    if (m_status.state != state) {
        m_status.since = QDateTime::currentMSecsSinceEpoch();
    }
    m_status.state = state;
    m_status.stage = stage;
    m_listener.statusChanged(m_status);
}

void L2tpHandover::fail(base::Error error) {
    if (isOver()) {
        return;
    }
    m_question.reset();
    deactivate();
    m_active.clear();
    m_status.error = std::move(error);
    over(StateName::Failed);
}

void L2tpHandover::over(StateName state) {
    m_limit.stop();
    m_status.since = std::max<std::int64_t>(m_status.since, 1);
    m_status.addresses.clear();
    m_status.dns.clear();
    enter(state, Stage::Configuring);
}

} // namespace tern::engine
