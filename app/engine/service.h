// org.ternvpn.Engine1 on the session bus: each method under its name there. Thin: the work is done by Library,
// Controller, Prompts and EventLog.
#pragma once

#include "app/dbus/types.h"
#include "app/engine/controller.h"
#include "app/engine/event_log.h"
#include "app/engine/judge.h"
#include "app/engine/keyring.h"
#include "app/engine/library.h"
#include "app/engine/migrations.h"
#include "app/engine/policy_watch.h"
#include "app/engine/probes.h"
#include "app/engine/prompts.h"

#include <QDBusContext>
#include <QDBusUnixFileDescriptor>
#include <QObject>
#include <QTimer>

namespace tern::engine {

class Service : public QObject, protected QDBusContext {
    Q_OBJECT
public:
    explicit Service(const std::filesystem::path& profiles,
                     std::filesystem::path policyFolder = policy::defaultFolder());

    // Reads the profiles, and takes the object path and the name. Fails when another ternd has the name.
    [[nodiscard]] base::Result<void> start();
    // Ends the connection as a disconnect does, then the program; waits five seconds at most.
    void shutDown();

public Q_SLOTS:
    QVariantMap Import(const QDBusUnixFileDescriptor& file, const QString& name, const QVariantMap& options);
    tern::dbus::MapList List();
    QVariantMap Show(const QString& name);
    void Edit(const QString& id, const QVariantMap& changes);
    QVariantMap Export(const QString& name, const QString& format, const QVariantMap& options);
    void Remove(const QString& id);
    void ForgetPassword(const QString& id);
    QString Connect(const QString& name, const QVariantMap& options);
    void Disconnect(const QString& name);
    tern::dbus::MapList Status();
    void Answer(qulonglong prompt, const QVariantMap& answer);
    tern::dbus::MapList Log(uint most);
    QVariantMap LookAtCertificate(const QString& source, const QVariantMap& options);
    tern::dbus::MapList TokenCertificates();
    QVariantMap Info();
    QVariantMap Policy();
    QVariantMap Certificates(const QString& name);
    void Trust(const QString& id, const QString& fingerprint);
    QVariantMap Probe(const QString& host, const QVariantMap& options);
    QVariantMap PlanMigration(const QString& name, const QVariantMap& options);
    QString Migrate(const QString& name, const QVariantMap& options);
    QString UndoMigration(const QString& name);
    tern::dbus::MapList Archived();
    QVariantMap Letter(const QString& name, const QVariantMap& options);

Q_SIGNALS:
    void StatusChanged(const QVariantMap& status);
    void ProfilesChanged();
    void PolicyChanged();
    void Prompted(const QVariantMap& prompt);
    void PromptClosed(qulonglong prompt);
    void Logged(const QVariantMap& entry);
    void MigrationChanged(const QVariantMap& migration);

private:
    void forget(const QString& id);
    void refuse(const base::Error& error);
    void touch();
    [[nodiscard]] bool hasPassword(const profile::Profile& profile) const;
    [[nodiscard]] QVariantMap importMap(const Library::ImportReport& report) const;
    [[nodiscard]] QVariantMap summary(const profile::Profile& profile) const;
    // Whether one of these addresses is the tunnel's of a connection that is up.
    [[nodiscard]] bool isTunnelAddress(const std::vector<base::IpAddress>& addresses) const;

    Library m_library;
    EventLog m_log;
    PolicyWatch m_policy;
    Judge m_judge{m_policy};
    Keyring m_keyring;
    Prompts m_prompts;
    Controller m_controller;
    Probes m_probes;
    Migrations m_migrations;
    QTimer m_idle;
    QTimer m_quiet; // since the last call or change of a connection
    QTimer m_day;   // what a policy allows ends with a day
};

} // namespace tern::engine
