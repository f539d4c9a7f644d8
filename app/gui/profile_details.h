// One connection with everything there is to tell about it, for its page.
#pragma once

#include "app/gui/engine_view.h"

#include <QObject>
#include <QTimer>
#include <QtQmlIntegration>

namespace tern::gui {

class ProfileDetails : public tern::gui::EngineView {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString profileId READ profileId WRITE setProfileId NOTIFY profileIdChanged)
    // What is stored.
    Q_PROPERTY(bool exists READ exists NOTIFY profileChanged)
    Q_PROPERTY(QString name READ name NOTIFY profileChanged)
    Q_PROPERTY(QString protocol READ protocol NOTIFY profileChanged)
    Q_PROPERTY(QString server READ server NOTIFY profileChanged)
    Q_PROPERTY(QString username READ username NOTIFY profileChanged)
    Q_PROPERTY(QString domain READ domain NOTIFY profileChanged)
    Q_PROPERTY(QString auth READ auth NOTIFY profileChanged)
    Q_PROPERTY(QString grade READ grade NOTIFY profileChanged)
    Q_PROPERTY(QString origin READ origin NOTIFY profileChanged)
    Q_PROPERTY(bool migrated READ migrated NOTIFY profileChanged) // its old settings can be brought back
    Q_PROPERTY(bool canConnect READ canConnect NOTIFY profileChanged)
    Q_PROPERTY(bool hasPassword READ hasPassword NOTIFY profileChanged)
    Q_PROPERTY(bool rememberPassword READ rememberPassword NOTIFY profileChanged)
    Q_PROPERTY(bool fullTunnel READ fullTunnel NOTIFY profileChanged)
    Q_PROPERTY(bool legacyAlgorithms READ legacyAlgorithms NOTIFY profileChanged)
    Q_PROPERTY(QString postQuantum READ postQuantum NOTIFY profileChanged)
    Q_PROPERTY(bool isIke READ isIke NOTIFY profileChanged)   // or may become so
    Q_PROPERTY(bool isSstp READ isSstp NOTIFY profileChanged) // likewise
    // Of SSTP, as in org.ternvpn.Engine1.xml.
    Q_PROPERTY(QString proxy READ proxy NOTIFY profileChanged)
    Q_PROPERTY(int port READ port NOTIFY profileChanged)
    Q_PROPERTY(QString sni READ sni NOTIFY profileChanged)
    Q_PROPERTY(bool sniRefused READ sniRefused NOTIFY profileChanged)
    Q_PROPERTY(QString sstpHost READ sstpHost NOTIFY profileChanged)
    Q_PROPERTY(QString tenantId READ tenantId NOTIFY profileChanged)
    Q_PROPERTY(QString tcp READ tcp NOTIFY profileChanged)
    Q_PROPERTY(bool postQuantumAvailable READ postQuantumAvailable NOTIFY profileChanged)
    Q_PROPERTY(QString ppkId READ ppkId NOTIFY profileChanged)
    Q_PROPERTY(bool ppkRequired READ ppkRequired NOTIFY profileChanged)
    Q_PROPERTY(QString certificate READ certificate NOTIFY profileChanged)
    Q_PROPERTY(bool certificateFirst READ certificateFirst NOTIFY profileChanged)
    Q_PROPERTY(QStringList routes READ routes NOTIFY profileChanged)
    Q_PROPERTY(QVariantList findings READ findings NOTIFY profileChanged)
    // Codes of the findings that make the grade, and what it would be without them.
    Q_PROPERTY(QStringList gradeBecause READ gradeBecause NOTIFY profileChanged)
    Q_PROPERTY(QString gradeNext READ gradeNext NOTIFY profileChanged)
    // L2TP that the policy still allows: the last day ("2026-12-31", else ""), and how many follow today.
    Q_PROPERTY(QString allowedUntil READ allowedUntil NOTIFY profileChanged)
    Q_PROPERTY(int daysLeft READ daysLeft NOTIFY profileChanged)
    // Why it is not connected; empty where it is.
    Q_PROPERTY(tern::gui::ErrorText refusal READ refusal NOTIFY profileChanged)
    // Which server the policy has instead of this one; "" for none.
    Q_PROPERTY(QString replacementHost READ replacementHost NOTIFY profileChanged)
    Q_PROPERTY(QString replacementProtocol READ replacementProtocol NOTIFY profileChanged)
    // What is going on.
    Q_PROPERTY(QString state READ state NOTIFY statusChanged)
    Q_PROPERTY(QString stage READ stage NOTIFY statusChanged)
    Q_PROPERTY(int seconds READ seconds NOTIFY secondsChanged)
    Q_PROPERTY(QString reachedServer READ reachedServer NOTIFY statusChanged)
    Q_PROPERTY(QString usedProtocol READ usedProtocol NOTIFY statusChanged)
    Q_PROPERTY(QString cipher READ cipher NOTIFY statusChanged)
    Q_PROPERTY(QString ikeCipher READ ikeCipher NOTIFY statusChanged)
    Q_PROPERTY(QString binding READ binding NOTIFY statusChanged)
    Q_PROPERTY(QString usedProxy READ usedProxy NOTIFY statusChanged)
    Q_PROPERTY(QString usedPostQuantum READ usedPostQuantum NOTIFY statusChanged)
    // What is weak about what was agreed with the server, beside what `findings` says of the settings.
    Q_PROPERTY(QVariantList agreedFindings READ agreedFindings NOTIFY statusChanged)
    Q_PROPERTY(QString networkInterface READ networkInterface NOTIFY statusChanged)
    Q_PROPERTY(QString serverCertificate READ serverCertificate NOTIFY statusChanged)
    Q_PROPERTY(bool hasServerCertificate READ hasServerCertificate NOTIFY statusChanged)
    Q_PROPERTY(QStringList addresses READ addresses NOTIFY statusChanged)
    Q_PROPERTY(QStringList dns READ dns NOTIFY statusChanged)
    Q_PROPERTY(QStringList nbns READ nbns NOTIFY statusChanged)
    Q_PROPERTY(QStringList serverDomains READ serverDomains NOTIFY statusChanged)
    Q_PROPERTY(QStringList tunnelRoutes READ tunnelRoutes NOTIFY statusChanged)
    Q_PROPERTY(int mtu READ mtu NOTIFY statusChanged)
    // Of the server, when the connection goes over TCP; 0 over UDP.
    Q_PROPERTY(int tcpPort READ tcpPort NOTIFY statusChanged)
    Q_PROPERTY(tern::gui::ErrorText error READ error NOTIFY statusChanged)
    Q_PROPERTY(double received READ received NOTIFY trafficChanged)
    Q_PROPERTY(double sent READ sent NOTIFY trafficChanged)
    Q_PROPERTY(double receivedRate READ receivedRate NOTIFY trafficChanged)
    Q_PROPERTY(double sentRate READ sentRate NOTIFY trafficChanged)
    Q_PROPERTY(QList<qreal> receivedRates READ receivedRates NOTIFY trafficChanged)
    Q_PROPERTY(QList<qreal> sentRates READ sentRates NOTIFY trafficChanged)

public:
    explicit ProfileDetails(QObject* parent = nullptr);

    [[nodiscard]] QString profileId() const { return m_profileId; }
    void setProfileId(const QString& profileId);

    [[nodiscard]] bool exists() const { return !m_profile.isEmpty(); }
    [[nodiscard]] QString name() const { return stored("name").toString(); }
    [[nodiscard]] QString protocol() const { return stored("protocol").toString(); }
    [[nodiscard]] QString server() const { return stored("server").toString(); }
    [[nodiscard]] QString username() const { return stored("username").toString(); }
    [[nodiscard]] QString domain() const { return stored("domain").toString(); }
    [[nodiscard]] QString auth() const { return stored("auth").toString(); }
    [[nodiscard]] QString grade() const { return stored("grade").toString(); }
    [[nodiscard]] QString origin() const { return stored("origin").toString(); }
    [[nodiscard]] bool migrated() const { return stored("migrated").toBool(); }
    [[nodiscard]] bool canConnect() const { return stored("can-connect").toBool(); }
    [[nodiscard]] bool hasPassword() const { return stored("has-password").toBool(); }
    [[nodiscard]] bool rememberPassword() const { return stored("remember-password").toBool(); }
    [[nodiscard]] bool fullTunnel() const { return stored("full-tunnel").toBool(); }
    [[nodiscard]] bool legacyAlgorithms() const { return stored("legacy-algorithms").toBool(); }
    [[nodiscard]] QString postQuantum() const { return stored("post-quantum").toString(); }
    [[nodiscard]] bool isIke() const { return protocol() == u"ikev2" || protocol() == u"automatic"; }
    [[nodiscard]] bool isSstp() const { return protocol() == u"sstp" || protocol() == u"automatic"; }
    [[nodiscard]] QString proxy() const { return stored("proxy").toString(); }
    [[nodiscard]] int port() const { return stored("port").toInt(); }
    [[nodiscard]] QString sni() const { return stored("sni").toString(); }
    [[nodiscard]] bool sniRefused() const { return stored("sni-refused").toBool(); }
    [[nodiscard]] QString sstpHost() const { return stored("sstp-host").toString(); }
    [[nodiscard]] QString tenantId() const { return stored("tenant-id").toString(); }
    [[nodiscard]] QString tcp() const { return stored("tcp").toString(); }
    [[nodiscard]] bool postQuantumAvailable() const { return stored("post-quantum-available").toBool(); }
    [[nodiscard]] QString ppkId() const { return stored("ppk-id").toString(); }
    [[nodiscard]] bool ppkRequired() const { return stored("ppk-required").toBool(); }
    [[nodiscard]] QString certificate() const { return stored("certificate").toString(); }
    [[nodiscard]] bool certificateFirst() const { return stored("certificate-first").toBool(); }
    [[nodiscard]] QStringList routes() const { return stored("routes").toStringList(); }
    [[nodiscard]] QVariantList findings() const { return m_findings; }
    [[nodiscard]] QStringList gradeBecause() const { return stored("grade-because").toStringList(); }
    [[nodiscard]] QString gradeNext() const { return stored("grade-next").toString(); }
    [[nodiscard]] QString allowedUntil() const { return stored("allowed-until").toString(); }
    [[nodiscard]] int daysLeft() const { return stored("days-left").toInt(); }
    [[nodiscard]] ErrorText refusal() const;
    [[nodiscard]] QString replacementHost() const { return stored("replacement-host").toString(); }
    [[nodiscard]] QString replacementProtocol() const { return stored("replacement-protocol").toString(); }

    [[nodiscard]] QString state() const;
    [[nodiscard]] QString stage() const { return live("stage").toString(); }
    // How long it has been in this state.
    [[nodiscard]] int seconds() const;
    [[nodiscard]] QString reachedServer() const { return live("server").toString(); }
    [[nodiscard]] QString usedProtocol() const { return live("protocol").toString(); }
    [[nodiscard]] QString cipher() const { return live("cipher").toString(); }
    [[nodiscard]] QString ikeCipher() const { return live("ike-cipher").toString(); }
    // Of SSTP to the server's certificate, and the proxy it goes through; empty: none.
    [[nodiscard]] QString binding() const { return live("binding").toString(); }
    [[nodiscard]] QString usedProxy() const { return live("proxy").toString(); }
    // What of the connection that stands a quantum computer cannot undo, as in org.ternvpn.Engine1.xml.
    [[nodiscard]] QString usedPostQuantum() const { return live("post-quantum").toString(); }
    [[nodiscard]] QVariantList agreedFindings() const { return withLocalTexts(live("findings").toList()); }
    [[nodiscard]] QString networkInterface() const { return live("interface").toString(); }
    // What is known about its revocation, as in org.ternvpn.Engine1.xml.
    [[nodiscard]] QString serverCertificate() const { return live("certificate").toString(); }
    // The server has shown one, good or not.
    [[nodiscard]] bool hasServerCertificate() const { return m_status.contains(QStringLiteral("certificate")); }
    [[nodiscard]] QStringList addresses() const { return live("addresses").toStringList(); }
    [[nodiscard]] QStringList dns() const { return live("dns").toStringList(); }
    [[nodiscard]] QStringList nbns() const { return live("nbns").toStringList(); }
    [[nodiscard]] QStringList serverDomains() const { return live("domains").toStringList(); }
    [[nodiscard]] QStringList tunnelRoutes() const { return live("routes").toStringList(); }
    [[nodiscard]] int mtu() const { return live("mtu").toInt(); }
    [[nodiscard]] int tcpPort() const { return live("transport") == QLatin1String("tcp") ? live("port").toInt() : 0; }
    [[nodiscard]] ErrorText error() const;
    [[nodiscard]] double received() const { return live("received").toDouble(); }
    [[nodiscard]] double sent() const { return live("sent").toDouble(); }
    [[nodiscard]] double receivedRate() const { return m_meter.receivedRate(); }
    [[nodiscard]] double sentRate() const { return m_meter.sentRate(); }
    [[nodiscard]] QList<qreal> receivedRates() const { return m_meter.receivedRates(); }
    [[nodiscard]] QList<qreal> sentRates() const { return m_meter.sentRates(); }

Q_SIGNALS:
    void profileIdChanged();
    void profileChanged();
    void statusChanged();
    void secondsChanged();
    void trafficChanged();

private:
    void follow(EngineClient& engine) override;
    void readAnew() override;
    [[nodiscard]] QVariant stored(const char* key) const { return m_profile.value(QLatin1String(key)); }
    [[nodiscard]] QVariant live(const char* key) const { return m_status.value(QLatin1String(key)); }
    void readProfile();
    void readStatus();
    void readTraffic();

    QString m_profileId;
    QVariantMap m_profile;
    QVariantList m_findings;
    QVariantMap m_status;
    TrafficMeter m_meter;
    QTimer m_second;
};

} // namespace tern::gui
