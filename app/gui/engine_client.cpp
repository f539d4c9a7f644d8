#include "app/gui/engine_client.h"

#include "app/gui/pending.h"

#include <QDBusUnixFileDescriptor>
#include <QFile>
#include <QFileInfo>
#include <algorithm>

namespace tern::gui {

namespace {

constexpr int callTimeout = 30'000;    // milliseconds; the first call waits for ternd to start
constexpr int importTimeout = 120'000; // a huge file takes a while to be refused
constexpr uint logEntries = 500;

const QString connectedState = QStringLiteral("connected");
const QString disconnectedState = QStringLiteral("disconnected");
const QString failedState = QStringLiteral("failed");

QString textOf(const QVariantMap& map, const char* key) {
    return map.value(QLatin1String(key)).toString();
}

} // namespace

EngineClient::EngineClient(const QDBusConnection& bus, QObject* parent)
    : QObject(parent)
    , m_bus(bus)
    , m_proxy(dbus::engineService, dbus::enginePath, bus)
    , m_watcher(dbus::engineService, bus, QDBusServiceWatcher::WatchForOwnerChange) {
    dbus::registerTypes();
    m_clock.start();
    m_proxy.setTimeout(callTimeout);
    connect(&m_proxy, &dbus::Engine1Proxy::StatusChanged, this, &EngineClient::onStatusChanged);
    connect(&m_proxy, &dbus::Engine1Proxy::ProfilesChanged, &m_gather, qOverload<>(&QTimer::start));
    connect(&m_proxy, &dbus::Engine1Proxy::PolicyChanged, this, &EngineClient::readPolicy);
    connect(&m_proxy, &dbus::Engine1Proxy::Prompted, this, &EngineClient::onPrompted);
    connect(&m_proxy, &dbus::Engine1Proxy::PromptClosed, this, &EngineClient::onPromptClosed);
    connect(&m_proxy, &dbus::Engine1Proxy::Logged, this,
            [this](const QVariantMap& entry) { m_log.append(dbus::unwrap(entry)); });
    connect(&m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this](const QString&, const QString&, const QString& owner) {
                if (owner.isEmpty()) {
                    onGone();
                } else {
                    start();
                }
            });
    connect(&m_poll, &QTimer::timeout, this, &EngineClient::readStatus);
    // Several changes in a row are read once.
    m_gather.setSingleShot(true);
    m_gather.setInterval(30);
    connect(&m_gather, &QTimer::timeout, this, &EngineClient::readProfiles);
}

EngineClient::~EngineClient() = default;

void EngineClient::start() {
    readInfo();
    readProfiles();
    readStatus();
    readLog();
    readPolicy();
}

void EngineClient::readPolicy() {
    whenDone(m_proxy.Policy(), this, [this](const QDBusPendingReply<QVariantMap>& reply) {
        if (!reply.isError()) {
            m_policyMap = dbus::unwrap(reply.value());
            m_policy = PolicyInfo::fromMap(m_policyMap);
            Q_EMIT policyChanged();
        }
    });
}

void EngineClient::retry() {
    m_ready = false;
    Q_EMIT readyChanged();
    start();
}

void EngineClient::readInfo() {
    whenDone(m_proxy.Info(), this, [this](const QDBusPendingReply<QVariantMap>& reply) {
        if (reply.isError()) {
            return;
        }
        const auto info = dbus::unwrap(reply.value());
        m_version = textOf(info, "version");
        m_keyring = info.value(QStringLiteral("keyring")).toBool();
        m_helper = info.value(QStringLiteral("helper")).toBool();
        Q_EMIT infoChanged();
        const auto prompts = info.value(QStringLiteral("prompts")).toList();
        for (const auto& prompt : prompts) {
            if (prompt.canConvert<QVariantMap>() && !prompt.toMap().isEmpty()) {
                onPrompted(prompt.toMap());
            }
        }
    });
}

void EngineClient::readProfiles() {
    whenDone(m_proxy.List(), this, [this](const QDBusPendingReply<dbus::MapList>& reply) {
        setAvailable(!reply.isError());
        if (!reply.isError()) {
            m_profiles.setProfiles(reply.value());
            for (auto live = m_live.cbegin(); live != m_live.cend(); ++live) {
                m_profiles.setState(live.key(), textOf(live->status, "state"), textOf(live->status, "stage"));
            }
        }
        setReady();
    });
}

void EngineClient::readStatus() {
    whenDone(m_proxy.Status(), this, [this](const QDBusPendingReply<dbus::MapList>& reply) {
        if (reply.isError()) {
            return;
        }
        QStringList seen;
        const auto statuses = reply.value();
        for (const auto& each : statuses) {
            const auto status = dbus::unwrap(each);
            seen += textOf(status, "id");
            take(status, false);
        }
        const auto known = m_live.keys();
        for (const auto& id : known) {
            const auto state = textOf(status(id), "state");
            // A failure stays on view until the next attempt, even where the engine has let go of it.
            if (!seen.contains(id) && state != disconnectedState && state != failedState) {
                take({{QStringLiteral("id"), id}, {QStringLiteral("state"), disconnectedState}}, false);
            }
        }
    });
}

void EngineClient::readLog() {
    whenDone(m_proxy.Log(logEntries), this, [this](const QDBusPendingReply<dbus::MapList>& reply) {
        if (!reply.isError()) {
            dbus::MapList entries;
            const auto raw = reply.value();
            std::transform(raw.begin(), raw.end(), std::back_inserter(entries),
                           [](const QVariantMap& entry) { return dbus::unwrap(entry); });
            m_log.setEntries(entries);
        }
    });
}

void EngineClient::onGone() {
    setAvailable(false);
    m_live.clear();
    m_profiles.clearStates();
    dropPrompts();
    updateActive();
    Q_EMIT statusChanged({});
}

void EngineClient::setAvailable(bool available) {
    if (m_available != available) {
        m_available = available;
        Q_EMIT availableChanged();
    }
}

void EngineClient::setReady() {
    if (!m_ready) {
        m_ready = true;
        Q_EMIT readyChanged();
    }
}

void EngineClient::setWatching(bool watching) {
    if (m_watching != watching) {
        m_watching = watching;
        m_poll.setInterval(watching ? 1000 : 5000);
        Q_EMIT watchingChanged();
    }
}

void EngineClient::refreshTexts() {
    m_policy = PolicyInfo::fromMap(m_policyMap);
    Q_EMIT policyChanged();
    Q_EMIT textsChanged();
}

void EngineClient::onStatusChanged(const QVariantMap& status) {
    take(dbus::unwrap(status), true);
}

void EngineClient::take(const QVariantMap& status, bool announce) {
    const auto id = textOf(status, "id");
    if (id.isEmpty()) {
        return;
    }
    auto& live = m_live[id];
    const auto before = textOf(live.status, "state");
    const auto state = textOf(status, "state");
    const bool same = live.status == status;
    live.status = status;
    if (state == connectedState) {
        live.meter.add(status.value(QStringLiteral("received")).toULongLong(),
                       status.value(QStringLiteral("sent")).toULongLong(), m_clock.elapsed());
    } else {
        live.meter = {};
    }
    m_profiles.setState(id, state.isEmpty() ? disconnectedState : state, textOf(status, "stage"));
    updateActive();
    if (!same) {
        Q_EMIT statusChanged(id);
    }
    Q_EMIT trafficChanged(id);
    if (!announce || before == state) {
        return;
    }
    auto name = textOf(status, "name");
    if (name.isEmpty()) {
        name = m_profiles.nameOf(id);
    }
    if (state == connectedState) {
        Q_EMIT connected(name);
    } else if (state == failedState) {
        Q_EMIT failed(id, name, ErrorText::fromMap(status.value(QStringLiteral("error")).toMap()));
    } else if (state == disconnectedState && !before.isEmpty() && before != failedState) {
        Q_EMIT disconnected(name);
    }
}

void EngineClient::updateActive() {
    QString active;
    for (auto live = m_live.cbegin(); live != m_live.cend(); ++live) {
        const auto state = textOf(live->status, "state");
        if (state == connectedState) {
            active = live.key();
            break;
        }
        if (state != disconnectedState && state != failedState) {
            active = live.key();
        }
    }
    if (active.isEmpty()) {
        m_poll.stop();
    } else if (!m_poll.isActive()) {
        m_poll.start(m_watching ? 1000 : 5000);
    }
    if (m_activeId != active) {
        m_activeId = active;
        Q_EMIT activeChanged();
    }
}

void EngineClient::onPrompted(const QVariantMap& prompt) {
    const auto info = PromptInfo::fromMap(dbus::unwrap(prompt));
    const auto same = [&](const PromptInfo& other) { return other.number == info.number; };
    if (info.number.isEmpty() || std::any_of(m_prompts.cbegin(), m_prompts.cend(), same)) {
        return;
    }
    m_prompts.append(info);
    Q_EMIT promptChanged();
}

void EngineClient::onPromptClosed(qulonglong prompt) {
    closePrompt(QString::number(prompt));
}

void EngineClient::closePrompt(const QString& number) {
    const auto removed = m_prompts.removeIf([&](const PromptInfo& prompt) { return prompt.number == number; });
    if (removed > 0) {
        Q_EMIT promptChanged();
    }
}

void EngineClient::dropPrompts() {
    if (!m_prompts.isEmpty()) {
        m_prompts.clear();
        Q_EMIT promptChanged();
    }
}

void EngineClient::answer(const PromptInfo& prompt, const QString& username, const QString& secret, bool remember) {
    sendAnswer(prompt, {{QStringLiteral("username"), username},
                        {QStringLiteral("secret"), secret.toUtf8()},
                        {QStringLiteral("remember"), remember}});
}

void EngineClient::cancelPrompt(const PromptInfo& prompt) {
    sendAnswer(prompt, {});
}

void EngineClient::sendAnswer(const PromptInfo& prompt, const QVariantMap& answer) {
    report(m_proxy.Answer(prompt.number.toULongLong(), answer), tr("The answer could not be passed on"));
    closePrompt(prompt.number);
}

void EngineClient::show(const QString& profileId) {
    whenDone(m_proxy.Show(profileId), this, [this, profileId](const QDBusPendingReply<QVariantMap>& reply) {
        if (!reply.isError()) {
            Q_EMIT shown(profileId, dbus::unwrap(reply.value()));
        }
    });
}

void EngineClient::lookAtCertificate(const QString& source, const QString& passPhrase) {
    QVariantMap options;
    if (!passPhrase.isEmpty()) {
        options.insert(QStringLiteral("secret"), passPhrase.toUtf8());
    }
    whenDone(m_proxy.LookAtCertificate(source, options), this,
             [this, source](const QDBusPendingReply<QVariantMap>& reply) {
                 if (reply.isError()) {
                     Q_EMIT certificateSeen(source, {}, ErrorText::fromReply(reply));
                 } else {
                     Q_EMIT certificateSeen(source, dbus::unwrap(reply.value()), {});
                 }
             });
}

void EngineClient::lookForTokens() {
    whenDone(m_proxy.TokenCertificates(), this, [this](const QDBusPendingReply<dbus::MapList>& reply) {
        QVariantList certificates;
        const auto raw = reply.isError() ? dbus::MapList() : reply.value();
        for (const auto& each : raw) {
            certificates << dbus::unwrap(each);
        }
        Q_EMIT tokensSeen(certificates);
    });
}

void EngineClient::report(const QDBusPendingCall& call, const QString& title) {
    whenDone(call, this, [this, title](const QDBusPendingCall& done) {
        if (done.isError()) {
            Q_EMIT requestFailed(title, ErrorText::fromReply(done));
        }
    });
}

void EngineClient::connectProfile(const QString& profileId) {
    const auto summary = m_profiles.summary(profileId);
    if (summary.value(QStringLiteral("needs-acknowledgement")).toBool()) {
        Q_EMIT acknowledgementWanted(profileId, m_profiles.nameOf(profileId), textOf(summary, "allowed-until"),
                                     summary.value(QStringLiteral("days-left")).toInt());
        return;
    }
    callConnect(profileId, {});
}

void EngineClient::connectAcknowledged(const QString& profileId) {
    callConnect(profileId, {{QStringLiteral("acknowledge-l2tp"), true}});
}

void EngineClient::callConnect(const QString& profileId, const QVariantMap& options) {
    report(m_proxy.Connect(profileId, options), tr("“%1” could not be connected").arg(m_profiles.nameOf(profileId)));
}

void EngineClient::disconnectProfile(const QString& profileId) {
    report(m_proxy.Disconnect(profileId), tr("“%1” could not be disconnected").arg(m_profiles.nameOf(profileId)));
}

void EngineClient::edit(const QString& profileId, const QVariantMap& changes) {
    report(m_proxy.Edit(profileId, changes), tr("“%1” could not be changed").arg(m_profiles.nameOf(profileId)));
}

void EngineClient::remove(const QString& profileId) {
    report(m_proxy.Remove(profileId), tr("“%1” could not be removed").arg(m_profiles.nameOf(profileId)));
}

void EngineClient::forgetPassword(const QString& profileId) {
    report(m_proxy.ForgetPassword(profileId), tr("The password could not be forgotten"));
}

void EngineClient::readCertificates(const QString& profileId) {
    whenDone(m_proxy.Certificates(profileId), this, [this, profileId](const QDBusPendingReply<QVariantMap>& reply) {
        if (!reply.isError()) {
            Q_EMIT certificatesRead(profileId, dbus::unwrap(reply.value()));
        }
    });
}

quint64 EngineClient::probe(const QString& host, const QString& profileId) {
    const auto number = ++m_lastProbe;
    const QVariantMap options =
        profileId.isEmpty() ? QVariantMap() : QVariantMap{{QStringLiteral("profile"), profileId}};
    whenDone(m_proxy.Probe(host, options), this, [this, number](const QDBusPendingReply<QVariantMap>& reply) {
        if (reply.isError()) {
            Q_EMIT probed(number, {}, ErrorText::fromReply(reply));
        } else {
            Q_EMIT probed(number, dbus::unwrap(reply.value()), {});
        }
    });
    return number;
}

void EngineClient::undoMigration(const QString& profileId) {
    whenDone(m_proxy.UndoMigration(profileId), this, [this](const QDBusPendingReply<QString>& reply) {
        if (reply.isError()) {
            Q_EMIT requestFailed(tr("The old settings could not be brought back"), ErrorText::fromReply(reply));
        } else {
            Q_EMIT migrationUndone(reply.value());
        }
    });
}

void EngineClient::trustCertificate(const QString& profileId, const QString& fingerprint) {
    report(m_proxy.Trust(profileId, fingerprint), tr("The certificate is not trusted"));
}

void EngineClient::importFile(const QUrl& url) {
    const auto path = url.isLocalFile() ? url.toLocalFile() : url.path();
    const auto name = QFileInfo(path).fileName();
    const auto title = tr("“%1” could not be imported").arg(name);
    QFile file(path);
    if (!url.isLocalFile() || !QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) {
        ErrorText error;
        error.sentence = tr("Tern cannot read this file.");
        error.remedy = tr("Check that it is a file on this computer and that you may open it, then try again.");
        error.detail = url.toDisplayString() + QStringLiteral(": ") + file.errorString();
        Q_EMIT requestFailed(title, error);
        return;
    }
    m_importing = true;
    Q_EMIT importingChanged();
    m_proxy.setTimeout(importTimeout);
    const auto call = m_proxy.Import(QDBusUnixFileDescriptor(file.handle()), name, {});
    m_proxy.setTimeout(callTimeout);
    whenDone(call, this, [this, name, title](const QDBusPendingReply<QVariantMap>& reply) {
        m_importing = false;
        Q_EMIT importingChanged();
        if (reply.isError()) {
            Q_EMIT requestFailed(title, ErrorText::fromReply(reply));
            return;
        }
        m_importReport.set(name, reply.value());
        readProfiles();
        Q_EMIT imported();
    });
}

} // namespace tern::gui
