// The window's view of ternd: everything it shows comes from here and everything it asks for goes through here.
//
// Nothing blocks: calls are sent and their answers arrive later. When ternd goes away, states are forgotten (the
// tunnel itself is the helper's and may well stay) and everything is read anew when it is back.
#pragma once

#include "app/dbus/proxies.h"
#include "app/gui/error_text.h"
#include "app/gui/import_report.h"
#include "app/gui/log_model.h"
#include "app/gui/policy_info.h"
#include "app/gui/profile_model.h"
#include "app/gui/prompt_info.h"
#include "app/gui/traffic_meter.h"

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QtQmlIntegration>

namespace tern::gui {

class EngineClient : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program has one")
    Q_PROPERTY(bool available READ available NOTIFY availableChanged)
    Q_PROPERTY(bool ready READ ready NOTIFY readyChanged)
    Q_PROPERTY(bool importing READ importing NOTIFY importingChanged)
    Q_PROPERTY(bool keyring READ keyring NOTIFY infoChanged)
    Q_PROPERTY(bool helper READ helper NOTIFY infoChanged)
    Q_PROPERTY(QString version READ version NOTIFY infoChanged)
    Q_PROPERTY(QString activeId READ activeId NOTIFY activeChanged)
    Q_PROPERTY(tern::gui::ProfileModel* profiles READ profiles CONSTANT)
    Q_PROPERTY(tern::gui::LogModel* log READ log CONSTANT)
    Q_PROPERTY(tern::gui::ImportReport* importReport READ importReport CONSTANT)
    Q_PROPERTY(tern::gui::PromptInfo prompt READ prompt NOTIFY promptChanged)
    Q_PROPERTY(tern::gui::PolicyInfo policy READ policy NOTIFY policyChanged)
    Q_PROPERTY(bool watching READ watching WRITE setWatching NOTIFY watchingChanged)

public:
    // bus: the session bus, connected or not.
    explicit EngineClient(const QDBusConnection& bus, QObject* parent = nullptr);
    ~EngineClient() override;

    // Asks for everything; starts ternd if the bus knows how to.
    void start();

    // Whether ternd answers.
    [[nodiscard]] bool available() const { return m_available; }
    // Whether the list has arrived, or it is clear that none will.
    [[nodiscard]] bool ready() const { return m_ready; }
    [[nodiscard]] bool importing() const { return m_importing; }
    [[nodiscard]] bool keyring() const { return m_keyring; }
    [[nodiscard]] bool helper() const { return m_helper; }
    [[nodiscard]] QString version() const { return m_version; }
    // The connection the tray speaks of: the connected one, else one under way, else "".
    [[nodiscard]] QString activeId() const { return m_activeId; }
    [[nodiscard]] ProfileModel* profiles() { return &m_profiles; }
    [[nodiscard]] LogModel* log() { return &m_log; }
    [[nodiscard]] ImportReport* importReport() { return &m_importReport; }
    // The oldest open question; its number is "" when there is none.
    [[nodiscard]] PromptInfo prompt() const { return m_prompts.isEmpty() ? PromptInfo() : m_prompts.first(); }
    [[nodiscard]] PolicyInfo policy() const { return m_policy; }
    // Whether anybody looks at the figures: they are read every second then, else every five.
    [[nodiscard]] bool watching() const { return m_watching; }
    void setWatching(bool watching);

    // The last status of a connection (empty: disconnected), and its traffic.
    [[nodiscard]] QVariantMap status(const QString& profileId) const { return m_live.value(profileId).status; }
    [[nodiscard]] TrafficMeter traffic(const QString& profileId) const { return m_live.value(profileId).meter; }
    // Reads what Show tells of a profile; it arrives as shown().
    void show(const QString& profileId);
    // Looks at a certificate of ours; the answer arrives as certificateSeen(). passPhrase: "" for none.
    void lookAtCertificate(const QString& source, const QString& passPhrase);
    // What is on the tokens that are plugged in; arrives as tokensSeen().
    void lookForTokens();
    // Reads what the server of a profile showed; it arrives as certificatesRead().
    void readCertificates(const QString& profileId);
    // Asks a server what it offers; arrives as probed() with the number that is answered here. As ProbeView::start().
    quint64 probe(const QString& host, const QString& profileId);
    // For what one view alone asks for.
    [[nodiscard]] dbus::Engine1Proxy& proxy() { return m_proxy; }
    // Has texts made anew after a change of language.
    void refreshTexts();

    Q_INVOKABLE void retry();
    // L2TP that a policy still allows is connected after acknowledgementWanted() has been answered.
    Q_INVOKABLE void connectProfile(const QString& profileId);
    Q_INVOKABLE void connectAcknowledged(const QString& profileId);
    Q_INVOKABLE void disconnectProfile(const QString& profileId);
    Q_INVOKABLE void importFile(const QUrl& file);
    Q_INVOKABLE void edit(const QString& profileId, const QVariantMap& changes);
    Q_INVOKABLE void remove(const QString& profileId);
    Q_INVOKABLE void forgetPassword(const QString& profileId);
    Q_INVOKABLE void undoMigration(const QString& profileId);
    Q_INVOKABLE void trustCertificate(const QString& profileId, const QString& fingerprint);
    Q_INVOKABLE void answer(const tern::gui::PromptInfo& prompt, const QString& username, const QString& secret,
                            bool remember);
    Q_INVOKABLE void cancelPrompt(const tern::gui::PromptInfo& prompt);

Q_SIGNALS:
    void availableChanged();
    void readyChanged();
    void importingChanged();
    void infoChanged();
    void activeChanged();
    void promptChanged();
    void watchingChanged();
    void policyChanged();
    // until: "2026-12-31", the last day.
    void acknowledgementWanted(const QString& profileId, const QString& name, const QString& until, int daysLeft);
    // profileId: of the old settings, which are back.
    void migrationUndone(const QString& profileId);
    void statusChanged(const QString& profileId);
    void trafficChanged(const QString& profileId);
    void textsChanged();
    void shown(const QString& profileId, const QVariantMap& profile);
    void certificateSeen(const QString& source, const QVariantMap& certificate, const tern::gui::ErrorText& error);
    void tokensSeen(const QVariantList& certificates);
    void certificatesRead(const QString& profileId, const QVariantMap& certificates);
    // result: as Probe of org.ternvpn.Engine1.xml; empty: the error says why.
    void probed(quint64 number, const QVariantMap& result, const tern::gui::ErrorText& error);
    // A change of state seen by the engine; the notifications follow it.
    void connected(const QString& name);
    void disconnected(const QString& name);
    void failed(const QString& profileId, const QString& name, const tern::gui::ErrorText& error);
    void imported();
    // Something asked for did not work: title says what it was.
    void requestFailed(const QString& title, const tern::gui::ErrorText& error);

private Q_SLOTS:
    void onStatusChanged(const QVariantMap& status);
    void onPrompted(const QVariantMap& prompt);
    void onPromptClosed(qulonglong prompt);

private:
    struct Live {
        QVariantMap status;
        TrafficMeter meter;
    };

    void readInfo();
    void readProfiles();
    void readStatus();
    void readLog();
    void readPolicy();
    void onGone();
    void setAvailable(bool available);
    void setReady();
    void take(const QVariantMap& status, bool announce);
    void updateActive();
    void dropPrompts();
    void closePrompt(const QString& number);
    void sendAnswer(const PromptInfo& prompt, const QVariantMap& answer);
    void callConnect(const QString& profileId, const QVariantMap& options);
    void report(const QDBusPendingCall& call, const QString& title);

    QDBusConnection m_bus;
    dbus::Engine1Proxy m_proxy;
    QDBusServiceWatcher m_watcher;
    ProfileModel m_profiles;
    LogModel m_log;
    ImportReport m_importReport;
    QHash<QString, Live> m_live;
    QList<PromptInfo> m_prompts;
    QTimer m_poll;
    QTimer m_gather;
    QElapsedTimer m_clock;
    quint64 m_lastProbe = 0;
    QString m_activeId;
    QString m_version;
    PolicyInfo m_policy;
    QVariantMap m_policyMap; // as it came: a change of language asks for the words anew
    bool m_available = false;
    bool m_ready = false;
    bool m_importing = false;
    bool m_keyring = true;
    bool m_helper = true;
    bool m_watching = false;
};

} // namespace tern::gui
