#include "app/gui/certificate_view.h"

#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace tern::gui {

void CertificateView::follow(EngineClient& engine) {
    connect(&engine, &EngineClient::certificateSeen, this,
            [this](const QString& source, const QVariantMap& certificate, const ErrorText& error) {
                if (source != m_source) {
                    return;
                }
                forget();
                m_certificate = certificate;
                m_locked = error.code == QStringLiteral("tern.crypto.key.passphrase-needed");
                m_error = m_locked ? ErrorText() : error;
                m_locked = m_locked || error.code == QStringLiteral("tern.crypto.key.passphrase-wrong");
                Q_EMIT changed();
            });
    connect(&engine, &EngineClient::tokensSeen, this, [this](const QVariantList& certificates) {
        m_tokens.clear();
        for (const auto& each : certificates) {
            const auto map = each.toMap();
            const auto label = map.value(QStringLiteral("label")).toString();
            const auto subject = map.value(QStringLiteral("subject")).toString();
            const auto token = map.value(QStringLiteral("token")).toString();
            m_tokens << QVariantMap{
                {QStringLiteral("text"), (label.isEmpty() ? subject : label) + QStringLiteral(" – ") + token},
                {QStringLiteral("value"), map.value(QStringLiteral("uri"))}};
        }
        Q_EMIT tokensChanged();
    });
}

void CertificateView::setSource(const QString& source) {
    if (m_source == source) {
        return;
    }
    m_source = source;
    forget();
    Q_EMIT sourceChanged();
    Q_EMIT changed();
    look({});
}

QDateTime CertificateView::expires() const {
    return QDateTime::fromMSecsSinceEpoch(m_certificate.value(QStringLiteral("expires")).toLongLong());
}

void CertificateView::look(const QString& passPhrase) {
    if (engine() != nullptr && !m_source.isEmpty()) {
        engine()->lookAtCertificate(m_source, passPhrase);
    }
}

void CertificateView::lookForTokens() {
    if (engine() != nullptr) {
        engine()->lookForTokens();
    }
}

void CertificateView::forget() {
    m_certificate.clear();
    m_locked = false;
    m_error = {};
}

} // namespace tern::gui
