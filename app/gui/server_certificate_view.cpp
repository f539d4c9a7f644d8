#include "app/gui/server_certificate_view.h"

#include <QDateTime>
#include <QFile>
#include <QLocale>
#include <QSaveFile>

namespace tern::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 largestFile = qint64{256} * 1024;

// "ab12cd" as "AB:12:CD", the way fingerprints are read to each other.
QString inPairs(const QString& hex) {
    QString text;
    for (qsizetype i = 0; i < hex.size(); i += 2) {
        text += (i == 0 ? QString() : u":"_s) + hex.mid(i, 2).toUpper();
    }
    return text;
}

QString dateOf(const QVariant& milliseconds) {
    const auto when = QDateTime::fromMSecsSinceEpoch(milliseconds.toLongLong());
    return QLocale().toString(when, QLocale::ShortFormat);
}

QVariantMap shown(QVariantMap certificate) {
    certificate.insert(u"validFrom"_s, dateOf(certificate.value(u"not-before"_s)));
    certificate.insert(u"validUntil"_s, dateOf(certificate.value(u"not-after"_s)));
    certificate.insert(u"expired"_s,
                       certificate.value(u"not-after"_s).toLongLong() < QDateTime::currentMSecsSinceEpoch());
    certificate.insert(u"fingerprint"_s, inPairs(certificate.value(u"sha256"_s).toString()));
    certificate.insert(u"selfSigned"_s, certificate.value(u"self-signed"_s).toBool());
    certificate.insert(u"revokedOn"_s,
                       certificate.contains(u"revoked"_s) ? dateOf(certificate.value(u"revoked"_s)) : QString());
    certificate.insert(u"revokedReason"_s, certificate.value(u"revoked-reason"_s));
    certificate.insert(u"revocationSource"_s, certificate.value(u"revocation-source"_s));
    const auto error = certificate.value(u"revocation-error"_s).toMap();
    certificate.insert(u"revocationProblem"_s, error.isEmpty() ? QString() : ErrorText::fromMap(error).sentence);
    return certificate;
}

QVariantList allShown(const QVariant& list) {
    QVariantList result;
    const auto each = list.toList();
    for (const auto& certificate : each) {
        result << QVariant(shown(certificate.toMap()));
    }
    return result;
}

} // namespace

ServerCertificateView::ServerCertificateView(QObject* parent)
    : EngineView(parent) {}

void ServerCertificateView::follow(EngineClient& engine) {
    connect(&engine, &EngineClient::certificatesRead, this, &ServerCertificateView::take);
    connect(engine.profiles(), &ProfileModel::profilesReplaced, this, &ServerCertificateView::read);
    connect(&engine, &EngineClient::statusChanged, this, &ServerCertificateView::readIfNew);
    connect(&engine, &EngineClient::textsChanged, this, [this] { take(m_profileId, m_map); });
}

void ServerCertificateView::setProfileId(const QString& profileId) {
    if (m_profileId != profileId) {
        m_profileId = profileId;
        m_map.clear();
        take(m_profileId, {});
        Q_EMIT profileIdChanged();
    }
    read();
}

void ServerCertificateView::read() {
    if (engine() != nullptr && !m_profileId.isEmpty() && engine()->available()) {
        engine()->readCertificates(m_profileId);
    }
}

// The status changes with every octet.
void ServerCertificateView::readIfNew(const QString& profileId) {
    const auto status = engine()->status(m_profileId);
    const auto now = status.value(u"state"_s).toString() + u' ' + status.value(u"certificate"_s).toString();
    if (profileId == m_profileId && now != m_seen) {
        m_seen = now;
        read();
    }
}

void ServerCertificateView::take(const QString& profileId, const QVariantMap& map) {
    if (profileId != m_profileId) {
        return;
    }
    m_map = map;
    m_chain = allShown(map.value(u"chain"_s));
    m_authorities = allShown(map.value(u"authorities"_s));
    const auto error = map.value(u"error"_s).toMap();
    m_error = error.isEmpty() ? ErrorText() : ErrorText::fromMap(error);
    Q_EMIT changed();
}

void ServerCertificateView::trust() {
    if (engine() != nullptr && !m_chain.isEmpty()) {
        engine()->trustCertificate(m_profileId, m_chain.first().toMap().value(u"sha256"_s).toString());
    }
}

void ServerCertificateView::setAuthority(const QUrl& file) {
    QFile from(file.toLocalFile());
    if (!from.open(QIODevice::ReadOnly)) {
        Q_EMIT fileFailed(tr("The certificate file cannot be read"), from.errorString());
        return;
    }
    if (from.size() > largestFile) {
        Q_EMIT fileFailed(tr("The certificate file cannot be read"), tr("It is too large for one."));
        return;
    }
    change({{u"ca"_s, from.read(largestFile)}});
}

void ServerCertificateView::change(const QVariantMap& changes) {
    if (engine() != nullptr) {
        engine()->edit(m_profileId, changes);
    }
}

void ServerCertificateView::save(int place, const QUrl& file) {
    const auto pem = m_chain.value(place).toMap().value(u"pem"_s).toString().toLatin1();
    QSaveFile into(file.toLocalFile());
    if (pem.isEmpty() || !into.open(QIODevice::WriteOnly) || into.write(pem) != pem.size() || !into.commit()) {
        Q_EMIT fileFailed(tr("The certificate cannot be saved"), into.errorString());
    }
}

} // namespace tern::gui
