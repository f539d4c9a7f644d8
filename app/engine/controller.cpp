#include "app/engine/controller.h"

#include "app/engine/credentials.h"
#include "app/engine/helper_access.h"
#include "app/engine/l2tp_handover.h"
#include "app/engine/proxies.h"
#include "app/engine/qt_reactor.h"
#include "app/engine/qt_resolver.h"
#include "app/engine/real_surroundings.h"
#include "app/engine/revocation_lookup.h"
#include "app/engine/status_map.h"
#include "core/base/time.h"
#include "core/connection/connection.h"
#include "core/connection/own_certificate.h"
#include "core/connection/real_parts.h"
#include "core/crypto/random.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>
#include <array>

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::engine::Controller)
};

constexpr auto systemAuthorities = "/etc/ssl/certs/ca-certificates.crt";

// What this version cannot connect, told before anything is tried.
std::optional<base::Error> refusal(const profile::Profile& profile, const policy::Decision& decision,
                                   const Controller::ConnectOptions& options) {
    if (decision.refusal) {
        return decision.refusal;
    }
    if (decision.until && !options.acknowledgesL2tp) {
        return base::Error{"tern.policy.acknowledge",
                           {base::dateText(*decision.until)},
                           std::to_string(decision.daysLeft) + " days left"};
    }
    if (profile.servers.empty() || profile.servers.front().empty()) {
        return base::Error{"tern.engine.no-server", {profile.name}, {}};
    }
    if (profile.protocol != profile::Protocol::L2tp && connection::needsCertificate(profile) &&
        profile.authentication.certificate.source.empty()) {
        return base::Error{"tern.engine.no-certificate", {profile.name}, {}};
    }
    return std::nullopt;
}

// The server does not accept this user name and password: the ones in the keyring are not tried again.
bool meansWrongPassword(const base::Error& error) {
    constexpr std::array codes{"tern.eap.password",     "tern.ike.auth.rejected",       "tern.ike.auth.psk",
                               "tern.ike.ppk.rejected", "tern.ike.windows.credentials", "tern.l2tp.sign-in"};
    return std::find(codes.begin(), codes.end(), error.code) != codes.end();
}

} // namespace

struct Controller::Private final : public QObject {
    // One connection, from the click to its end: Tern's own, or one that NetworkManager makes.
    struct Active final : public connection::Listener {
        Active(Private& owner, const profile::Profile& wanted, ConnectOptions options)
            : controller(owner)
            , profile(wanted)
            , id(QString::fromStdString(wanted.id))
            , credentials(wanted, {options.interactive, owner.rejected.contains(id), options.keptUnder}, owner.keyring,
                          owner.prompts) {
            connection::Request request{wanted, options.username.toStdString(), std::move(options.secret),
                                        std::move(options.keySecret)};
            if (wanted.protocol == profile::Protocol::L2tp) {
                handed.emplace(std::move(request), credentials, *this, QDBusConnection::systemBus());
            } else {
                own.emplace(std::move(request),
                            connection::Environment{owner.reactor, owner.resolver, owner.helper, credentials,
                                                    owner.parts, owner.random, owner.surroundings, &owner.revocation,
                                                    &owner.proxies},
                            *this);
            }
        }

        void statusChanged(const connection::Status& status) override { controller.changed(*this, status); }
        void note(const std::string& text) override {
            controller.log.add(Level::Detail, id, QString::fromStdString(text));
        }
        void start() { own ? own->start() : handed->start(); }
        void disconnect() { own ? own->disconnect() : handed->disconnect(); }
        [[nodiscard]] const connection::Status& status() const { return own ? own->status() : handed->status(); }
        [[nodiscard]] bool isOver() const { return own ? own->isOver() : handed->isOver(); }
        void nameInTlsRefused(bool refused) override { controller.edit(*this, {{u"sni-refused"_s, refused}}); }

        Private& controller;
        profile::Profile profile;
        QString id;
        ProfileCredentials credentials;
        connection::StateName lastState = connection::StateName::Disconnected;
        QVariantMap lastTold;
        std::optional<connection::Connection> own;
        std::optional<L2tpHandover> handed;
    };

    Private(Controller& owner, Library& itsLibrary, EventLog& itsLog, Keyring& itsKeyring, Prompts& itsPrompts,
            const PolicyWatch& policy, const Judge& itsJudge)
        : controller(owner)
        , library(itsLibrary)
        , log(itsLog)
        , keyring(itsKeyring)
        , prompts(itsPrompts)
        , judge(itsJudge)
        , parts(random, systemAuthorities) {
        parts.setMoreAuthorities([&policy](const profile::Profile& profile) {
            const auto& current = policy.current();
            return current.isOurs(profile.server()) ? current.caPem : std::string();
        });
    }

    void begin(const profile::Profile& profile, ConnectOptions options);
    void changed(Active& which, const connection::Status& status);
    void tell(Active& which, const connection::Status& status);
    void accepted(Active& which);
    void noteSharedKey(Active& which);
    void edit(Active& which, const QVariantMap& changes);
    void keep(Active& which, const QString& key, base::SecureBytes secret);
    void ended(Active& which, const connection::Status& status);
    void cleanUp();
    void forgetFailure();

    Controller& controller;
    Library& library;
    EventLog& log;
    Keyring& keyring;
    Prompts& prompts;
    const Judge& judge;
    QtReactor reactor;
    RealSurroundings surroundings{reactor, QDBusConnection::systemBus()};
    QtResolver resolver;
    HelperAccess helper;
    crypto::SystemRandom random;
    connection::RealParts parts;
    SystemProxies proxies;
    RevocationLookup revocation{RevocationCache::defaultDirectory(), random};
    // By profile: what its server showed last, since ternd runs. Kept when the connection is over, also a failed one.
    QHash<QString, std::shared_ptr<const connection::CertificateReport>> certificates;
    std::unique_ptr<Active> active;
    QVariantMap failure; // the last one's status, until something newer is asked for
    QSet<QString> rejected;
    std::optional<std::pair<profile::Profile, ConnectOptions>> next;
};

Controller::Controller(Library& library, EventLog& log, Keyring& keyring, Prompts& prompts, const PolicyWatch& policy,
                       const Judge& judge)
    : m_private(std::make_unique<Private>(*this, library, log, keyring, prompts, policy, judge)) {}

Controller::~Controller() = default;

base::Result<void> Controller::start(const profile::Profile& profile, ConnectOptions options) {
    auto& p = *m_private;
    if (auto refused = refusal(profile, p.judge.judge(profile).decision, options)) {
        return base::fail(std::move(*refused));
    }
    if (p.active && !p.active->isOver()) {
        const auto state = p.active->status().state;
        if (p.active->profile.id == profile.id && state != connection::StateName::Disconnecting) {
            // It is on its way, or there: who asks is told where it stands.
            Q_EMIT statusChanged(statusMap(p.active->profile, p.active->status()));
            return {};
        }
        // The host has one tunnel: the other goes first.
        p.next.emplace(profile, std::move(options));
        p.active->disconnect();
        return {};
    }
    p.cleanUp();
    p.begin(profile, std::move(options));
    return {};
}

void Controller::stop(const QString& id) {
    auto& p = *m_private;
    if (p.next && (id.isEmpty() || QString::fromStdString(p.next->first.id) == id)) {
        p.next.reset();
    }
    if (p.active && !p.active->isOver() && (id.isEmpty() || p.active->id == id)) {
        p.active->disconnect();
    }
    if (id.isEmpty() || p.failure.value(u"id"_s).toString() == id) {
        p.forgetFailure();
    }
}

dbus::MapList Controller::statuses() const {
    dbus::MapList list;
    const auto& p = *m_private;
    if (p.active && !p.active->isOver()) {
        list << statusMap(p.active->profile, p.active->status());
    }
    if (!p.failure.isEmpty()) {
        list << p.failure;
    }
    return list;
}

bool Controller::isActive() const {
    return m_private->active && !m_private->active->isOver();
}

bool Controller::isActive(const QString& id) const {
    return isActive() && m_private->active->id == id;
}

QString Controller::activeId() const {
    return isActive() ? m_private->active->id : QString();
}

bool Controller::helperAvailable() const {
    return m_private->helper.available();
}

base::Result<std::shared_ptr<const crypto::TrustStore>> Controller::trustFor(const profile::Profile& profile) {
    return m_private->parts.trustFor(profile);
}

std::shared_ptr<const connection::CertificateReport> Controller::certificates(const QString& id) const {
    return m_private->certificates.value(id);
}

void Controller::Private::begin(const profile::Profile& profile, ConnectOptions options) {
    failure.clear();
    log.add(Level::Info, QString::fromStdString(profile.id),
            Tr::tr("Connecting to %1.").arg(QString::fromStdString(profile.name)));
    active = std::make_unique<Active>(*this, profile, std::move(options));
    active->start();
}

void Controller::Private::changed(Active& which, const connection::Status& status) {
    if (status.certificates) {
        certificates.insert(which.id, status.certificates);
    }
    if (status.state != which.lastState) {
        tell(which, status);
        which.lastState = status.state;
    }
    if (status.state == connection::StateName::Disconnected || status.state == connection::StateName::Failed) {
        ended(which, status);
    }
    // States inside may change without anything changing for people.
    if (auto map = statusMap(which.profile, status); map != which.lastTold) {
        which.lastTold = map;
        Q_EMIT controller.statusChanged(map);
    }
}

void Controller::Private::tell(Active& which, const connection::Status& status) {
    const auto name = QString::fromStdString(which.profile.name);
    switch (status.state) {
    case connection::StateName::Connected:
        log.add(Level::Info, which.id, Tr::tr("Connected to %1.").arg(name));
        accepted(which);
        break;
    case connection::StateName::Reconnecting:
        log.add(Level::Warning, which.id, Tr::tr("The connection to %1 is interrupted; trying again.").arg(name),
                status.error ? QString::fromStdString(status.error->code) : QString());
        break;
    case connection::StateName::Moving:
        if (status.stage == connection::Stage::Waiting) {
            log.add(Level::Warning, which.id, Tr::tr("No network leads to %1 now; waiting for one.").arg(name));
        }
        break;
    case connection::StateName::Disconnected:
        log.add(Level::Info, which.id, Tr::tr("Disconnected from %1.").arg(name));
        break;
    case connection::StateName::Failed:
        if (status.error) {
            log.add(which.id, *status.error);
        }
        break;
    default:
        break;
    }
}

void Controller::Private::edit(Active& which, const QVariantMap& changes) {
    if (const auto saved = library.edit(which.profile.id, changes); !saved) {
        log.add(which.id, saved.error());
    }
    Q_EMIT controller.profilesChanged();
}

void Controller::Private::keep(Active& which, const QString& key, base::SecureBytes secret) {
    keyring.write(key, std::move(secret), [this, id = which.id](const base::Result<void>& written) {
        if (!written) {
            log.add(id, written.error());
        }
    });
}

// The server has taken the password: now it may be kept, if the person wants that.
void Controller::Private::accepted(Active& which) {
    rejected.remove(which.id);
    for (auto& [key, typed] : which.credentials.takeTypedKeys()) {
        if (typed.remember) {
            keep(which, key, std::move(typed.secret));
        }
    }
    noteSharedKey(which);
    if (auto phrase = which.credentials.takeTypedPassPhrase(); phrase && phrase->remember) {
        keep(which, ProfileCredentials::keyringKey(which.id), std::move(phrase->secret));
    }
    if (auto proxy = which.credentials.takeTypedForProxy(); proxy && proxy->remember) {
        keep(which, which.credentials.proxyKey(), ProfileCredentials::proxySecret(*proxy));
    }
    auto typed = which.credentials.takeTyped();
    if (!typed) {
        return;
    }
    QVariantMap changes{{u"remember-password"_s, typed->remember}};
    const auto login = QString::fromStdString(which.profile.authentication.login());
    if (!typed->username.isEmpty() && typed->username != login) {
        // As typed; a domain is part of it.
        changes.insert(u"username"_s, typed->username);
        changes.insert(u"domain"_s, QString());
    }
    edit(which, changes);
    if (!typed->remember) {
        if (keyring.has(which.id)) {
            keyring.remove(which.id);
        }
        return;
    }
    keyring.write(which.id, std::move(typed->secret), [this, id = which.id](const base::Result<void>& written) {
        if (!written) {
            log.add(id, written.error());
        }
    });
}

// Whether the pre-shared key is a good one is seen only now; the key itself is not kept here.
void Controller::Private::noteSharedKey(Active& which) {
    const auto size = which.credentials.sharedKeySize();
    if (!size) {
        return;
    }
    const auto changed = library.setSharedKeyShort(which.profile.id, *size < legacy::shortestSharedKey);
    if (!changed) {
        log.add(which.id, changed.error());
    } else if (*changed) {
        Q_EMIT controller.profilesChanged();
    }
}

void Controller::Private::ended(Active& which, const connection::Status& status) {
    if (status.state == connection::StateName::Failed) {
        failure = statusMap(which.profile, status);
        if (status.error && meansWrongPassword(*status.error) && which.credentials.usedKeyring()) {
            rejected.insert(which.id);
        }
    }
    // It calls us: not from inside itself.
    QMetaObject::invokeMethod(
        this, [this] { cleanUp(); }, Qt::QueuedConnection);
}

void Controller::Private::cleanUp() {
    if (!active || !active->isOver()) {
        return;
    }
    active.reset();
    if (auto wanted = std::exchange(next, std::nullopt)) {
        begin(wanted->first, std::move(wanted->second));
    }
}

void Controller::Private::forgetFailure() {
    if (failure.isEmpty()) {
        return;
    }
    auto status = std::exchange(failure, {});
    status.insert(u"state"_s, u"disconnected"_s);
    status.remove(u"error"_s);
    Q_EMIT controller.statusChanged(status);
}

} // namespace tern::engine
