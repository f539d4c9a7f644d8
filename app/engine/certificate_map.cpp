#include "app/engine/certificate_map.h"

#include "core/connection/own_certificate.h"
#include "core/crypto/token.h"

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

qlonglong milliseconds(base::UnixSeconds seconds) {
    return static_cast<qlonglong>(std::chrono::milliseconds(seconds).count());
}

QVariantMap certificateMap(const crypto::Certificate& certificate) {
    QStringList names;
    for (const auto& name : certificate.emails) {
        names << text(name);
    }
    for (const auto& name : certificate.dnsNames) {
        names << text(name);
    }
    return {{u"subject"_s, text(certificate.subject)},
            {u"issuer"_s, text(certificate.issuer)},
            {u"begins"_s, milliseconds(certificate.notBefore)},
            {u"expires"_s, milliseconds(certificate.notAfter)},
            {u"key"_s, text(certificate.keyAlgorithm) + u' ' + QString::number(certificate.keyBits)},
            {u"names"_s, names}};
}

} // namespace

base::Result<QVariantMap> lookAtCertificate(const QString& source, const std::optional<base::SecureBytes>& secret) {
    const auto from = source.toStdString();
    if (!connection::isTokenUri(from) && !from.starts_with('/')) {
        return base::fail("tern.engine.certificate-path", {from});
    }
    const auto certificates = connection::lookAtCertificates(from, secret);
    if (!certificates) {
        return base::fail(certificates.error());
    }
    const auto certificate = crypto::Certificate::fromDer(certificates->front());
    return certificate ? base::Result<QVariantMap>(certificateMap(*certificate))
                       : base::Result<QVariantMap>(base::fail("tern.crypto.key.unreadable", {}, "the certificate"));
}

dbus::MapList tokenCertificates() {
    dbus::MapList list;
    for (const auto& each : crypto::listTokenCertificates()) {
        const auto certificate = crypto::Certificate::fromDer(each.certificate);
        if (!certificate) {
            continue;
        }
        auto map = certificateMap(*certificate);
        map.insert(u"uri"_s, text(each.uri));
        map.insert(u"token"_s, text(each.token));
        map.insert(u"label"_s, text(each.label));
        list << map;
    }
    return list;
}

} // namespace tern::engine
