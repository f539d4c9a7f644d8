// What the server of one connection showed, and how that connection trusts, as the certificate dialog shows and changes
// them.
#pragma once

#include "app/gui/engine_view.h"

#include <QObject>
#include <QUrl>
#include <QVariantMap>
#include <QtQmlIntegration>

namespace tern::gui {

class ServerCertificateView : public tern::gui::EngineView {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString profileId READ profileId WRITE setProfileId NOTIFY profileIdChanged)
    Q_PROPERTY(QVariantList chain READ chain NOTIFY changed)
    Q_PROPERTY(QVariantList authorities READ authorities NOTIFY changed)
    Q_PROPERTY(QStringList pins READ pins NOTIFY changed)
    Q_PROPERTY(QString expectedName READ expectedName NOTIFY changed)
    Q_PROPERTY(QString serverName READ serverName NOTIFY changed)
    Q_PROPERTY(QString revocation READ revocation NOTIFY changed)
    Q_PROPERTY(QString policy READ policy NOTIFY changed)
    Q_PROPERTY(QString offer READ offer NOTIFY changed)
    Q_PROPERTY(tern::gui::ErrorText error READ error NOTIFY changed)

public:
    explicit ServerCertificateView(QObject* parent = nullptr);

    [[nodiscard]] QString profileId() const { return m_profileId; }
    // Reads anew, also for the same one.
    void setProfileId(const QString& profileId);

    // Keys as in org.ternvpn.Engine1.xml, and: validFrom, validUntil (dates), expired b, fingerprint, state.
    [[nodiscard]] QVariantList chain() const { return m_chain; }
    [[nodiscard]] QVariantList authorities() const { return m_authorities; }
    [[nodiscard]] QStringList pins() const { return m_map.value(QStringLiteral("pins")).toStringList(); }
    [[nodiscard]] QString expectedName() const { return text("expected-name"); }
    [[nodiscard]] QString serverName() const { return text("server-name"); }
    [[nodiscard]] QString revocation() const { return text("revocation"); }
    [[nodiscard]] QString policy() const { return text("policy"); }
    [[nodiscard]] QString offer() const { return text("offer"); }
    [[nodiscard]] ErrorText error() const { return m_error; }

    // Trusts the first certificate of the chain from now on.
    Q_INVOKABLE void trust();
    Q_INVOKABLE void setAuthority(const QUrl& file);
    Q_INVOKABLE void change(const QVariantMap& changes);
    Q_INVOKABLE void save(int place, const QUrl& file);

Q_SIGNALS:
    void profileIdChanged();
    void changed();
    // A file could not be read or written.
    void fileFailed(const QString& title, const QString& reason);

private:
    void follow(EngineClient& engine) override;
    void readAnew() override { read(); }
    [[nodiscard]] QString text(const char* key) const { return m_map.value(QLatin1String(key)).toString(); }
    void read();
    void readIfNew(const QString& profileId);
    void take(const QString& profileId, const QVariantMap& map);

    QString m_profileId;
    QString m_seen; // state and result of the last reading
    QVariantMap m_map;
    QVariantList m_chain;
    QVariantList m_authorities;
    ErrorText m_error;
};

} // namespace tern::gui
