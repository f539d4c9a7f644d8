#include "app/engine/keyring.h"

#include "app/engine/when_finished.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMetaType>
#include <QPointer>
#include <QTimer>
#include <array>
#include <memory>
#include <qt6keychain/keychain.h>

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;

constexpr std::array services{"org.freedesktop.secrets", "org.kde.kwalletd5", "org.kde.kwalletd6"};
// QtKeychain stores an item with the attributes server (the service) and user (the key).
using Attributes = QMap<QString, QString>;
// A locked keyring asks for its password; nobody may be there to type it.
constexpr int readLimitMilliseconds = 60'000;

const QString& keyringService() {
    static const QString name = u"tern"_s;
    return name;
}

// The job keeps a copy that shares this buffer: wiping in place reaches both.
void wipeInPlace(const QByteArray& shared) {
    auto* data = const_cast<char*>(shared.constData());
    base::wipe({reinterpret_cast<std::uint8_t*>(data), static_cast<std::size_t>(shared.size())});
}

} // namespace

Keyring::Keyring() {
    qDBusRegisterMetaType<Attributes>();
    const auto bus = QDBusConnection::sessionBus();
    m_watcher.setConnection(bus);
    m_watcher.setWatchMode(QDBusServiceWatcher::WatchForOwnerChange);
    for (const auto* service : services) {
        m_watcher.addWatchedService(QString::fromLatin1(service));
    }
    connect(&m_watcher, &QDBusServiceWatcher::serviceRegistered, this, [this](const QString& name) {
        m_running.insert(name);
        listKept();
    });
    connect(&m_watcher, &QDBusServiceWatcher::serviceUnregistered, this,
            [this](const QString& name) { m_running.remove(name); });
    if (bus.isConnected()) {
        look();
    }
}

void Keyring::look() {
    auto* bus = QDBusConnection::sessionBus().interface();
    const QStringList running = bus->registeredServiceNames();
    const QStringList startable = bus->activatableServiceNames();
    for (const auto* service : services) {
        const auto name = QString::fromLatin1(service);
        if (running.contains(name)) {
            m_running.insert(name);
        }
        if (startable.contains(name)) {
            m_startable.insert(name);
        }
    }
    listKept();
}

// Asks the Secret Service for our items and their attributes; neither needs the keyring to be unlocked.
void Keyring::listKept() {
    const auto secrets = QString::fromLatin1(services.front());
    if (!m_running.contains(secrets) && !m_startable.contains(secrets)) {
        return;
    }
    auto bus = QDBusConnection::sessionBus();
    auto search = QDBusMessage::createMethodCall(secrets, u"/org/freedesktop/secrets"_s,
                                                 u"org.freedesktop.Secret.Service"_s, u"SearchItems"_s);
    search << QVariant::fromValue(Attributes{{u"server"_s, keyringService()}});
    whenFinished(bus.asyncCall(search), [self = QPointer(this)](const QDBusMessage& found) {
        if (!self || found.type() == QDBusMessage::ErrorMessage) {
            return;
        }
        // Unlocked ones, then locked ones.
        const auto arguments = found.arguments();
        for (const auto& list : arguments) {
            const auto items = qdbus_cast<QList<QDBusObjectPath>>(list);
            for (const auto& item : items) {
                self->readAttributes(item.path());
            }
        }
    });
}

void Keyring::readAttributes(const QString& item) {
    auto get = QDBusMessage::createMethodCall(QString::fromLatin1(services.front()), item,
                                              u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    get << u"org.freedesktop.Secret.Item"_s << u"Attributes"_s;
    whenFinished(QDBusConnection::sessionBus().asyncCall(get), [self = QPointer(this)](const QDBusMessage& value) {
        if (!self || value.type() == QDBusMessage::ErrorMessage) {
            return;
        }
        const auto attributes = qdbus_cast<Attributes>(qdbus_cast<QDBusVariant>(value.arguments().value(0)).variant());
        self->setKept(attributes.value(u"user"_s), true);
    });
}

void Keyring::setKept(const QString& id, bool kept) {
    if (id.isEmpty() || kept == m_kept.contains(id)) {
        return;
    }
    if (kept) {
        m_kept.insert(id);
    } else {
        m_kept.remove(id);
    }
    Q_EMIT keptChanged();
}

void Keyring::read(const QString& id, std::function<void(std::optional<base::SecureBytes>)> done) {
    if (!available()) {
        done(std::nullopt);
        return;
    }
    // Whichever comes first, the keyring or the limit, takes the callback.
    auto waiting = std::make_shared<std::function<void(std::optional<base::SecureBytes>)>>(std::move(done));
    const auto finish = [waiting](std::optional<base::SecureBytes> secret) {
        if (auto callback = std::exchange(*waiting, nullptr)) {
            callback(std::move(secret));
        }
    };
    auto job = std::make_unique<QKeychain::ReadPasswordJob>(keyringService());
    job->setInsecureFallback(false);
    job->setKey(id);
    connect(job.get(), &QKeychain::Job::finished, this, [this, id, finish](QKeychain::Job* finished) {
        std::optional<base::SecureBytes> secret;
        if (finished->error() == QKeychain::NoError) {
            const auto octets = static_cast<QKeychain::ReadPasswordJob*>(finished)->binaryData();
            secret.emplace(std::string_view(octets.constData(), static_cast<std::size_t>(octets.size())));
            wipeInPlace(octets);
        }
        if (finished->error() == QKeychain::NoError || finished->error() == QKeychain::EntryNotFound) {
            setKept(id, secret.has_value());
        }
        finish(std::move(secret));
    });
    QTimer::singleShot(readLimitMilliseconds, this, [finish] { finish(std::nullopt); });
    job.release()->start(); // deletes itself when finished
}

void Keyring::write(const QString& id, base::SecureBytes secret, std::function<void(base::Result<void>)> done) {
    if (!available()) {
        done(base::fail("tern.engine.keyring-failed", {}, "no keyring on the session bus"));
        return;
    }
    auto job = std::make_unique<QKeychain::WritePasswordJob>(keyringService());
    job->setInsecureFallback(false);
    job->setKey(id);
    const QByteArray octets(reinterpret_cast<const char*>(secret.data()), static_cast<qsizetype>(secret.size()));
    job->setBinaryData(octets);
    connect(job.get(), &QKeychain::Job::finished, this,
            [this, id, octets, done = std::move(done)](QKeychain::Job* finished) {
                wipeInPlace(octets);
                if (finished->error() == QKeychain::NoError) {
                    setKept(id, true);
                    done({});
                } else {
                    done(base::fail("tern.engine.keyring-failed", {}, finished->errorString().toStdString()));
                }
            });
    job.release()->start(); // deletes itself when finished
}

void Keyring::remove(const QString& id) {
    if (!available()) {
        return;
    }
    auto job = std::make_unique<QKeychain::DeletePasswordJob>(keyringService());
    job->setInsecureFallback(false);
    job->setKey(id);
    connect(job.get(), &QKeychain::Job::finished, this, [this, id](QKeychain::Job* finished) {
        if (finished->error() == QKeychain::NoError || finished->error() == QKeychain::EntryNotFound) {
            setKept(id, false);
        }
    });
    job.release()->start(); // deletes itself when finished
}

} // namespace tern::engine
