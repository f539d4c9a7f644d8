// What can be seen of a certificate of ours before it is used: in a file, or on the tokens that are plugged in. The
// pass phrase given here serves this look only.
#pragma once

#include "app/gui/engine_view.h"

#include <QDateTime>
#include <QObject>
#include <QUrl>
#include <QtQmlIntegration>

namespace tern::gui {

class CertificateView : public tern::gui::EngineView {
    Q_OBJECT
    QML_ELEMENT
    // The path of a file, or a pkcs11: URI; "" for none.
    Q_PROPERTY(QString source READ source WRITE setSource NOTIFY sourceChanged)
    Q_PROPERTY(bool known READ known NOTIFY changed)
    // It is in a file that shows nothing without its pass phrase.
    Q_PROPERTY(bool locked READ locked NOTIFY changed)
    Q_PROPERTY(QString subject READ subject NOTIFY changed)
    Q_PROPERTY(QString issuer READ issuer NOTIFY changed)
    Q_PROPERTY(QString key READ key NOTIFY changed)
    Q_PROPERTY(QDateTime expires READ expires NOTIFY changed)
    Q_PROPERTY(bool expired READ expired NOTIFY changed)
    Q_PROPERTY(tern::gui::ErrorText error READ error NOTIFY changed)
    // {text, value}: each certificate on a token.
    Q_PROPERTY(QVariantList tokens READ tokens NOTIFY tokensChanged)

public:
    explicit CertificateView(QObject* parent = nullptr)
        : EngineView(parent) {}

    [[nodiscard]] QString source() const { return m_source; }
    void setSource(const QString& source);
    [[nodiscard]] bool known() const { return !m_certificate.isEmpty(); }
    [[nodiscard]] bool locked() const { return m_locked; }
    [[nodiscard]] QString subject() const { return text("subject"); }
    [[nodiscard]] QString issuer() const { return text("issuer"); }
    [[nodiscard]] QString key() const { return text("key"); }
    [[nodiscard]] QDateTime expires() const;
    [[nodiscard]] bool expired() const { return known() && expires() < QDateTime::currentDateTime(); }
    [[nodiscard]] ErrorText error() const { return m_error; }
    [[nodiscard]] QVariantList tokens() const { return m_tokens; }

    Q_INVOKABLE void setFile(const QUrl& file) { setSource(file.toLocalFile()); }
    Q_INVOKABLE void look(const QString& passPhrase);
    Q_INVOKABLE void lookForTokens();

Q_SIGNALS:
    void sourceChanged();
    void changed();
    void tokensChanged();

private:
    void follow(EngineClient& engine) override;
    void readAnew() override { look({}); }
    [[nodiscard]] QString text(const char* name) const { return m_certificate.value(QLatin1String(name)).toString(); }
    void forget();

    QString m_source;
    QVariantMap m_certificate;
    bool m_locked = false;
    ErrorText m_error;
    QVariantList m_tokens;
};

} // namespace tern::gui
