#include "app/ctl/certificate_command.h"

#include "app/ctl/console.h"
#include "app/ctl/json.h"
#include "app/ctl/present.h"
#include "app/ctl/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QTimeZone>

namespace tern::ctl {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::ctl::Certificates)
};

constexpr qint64 largestAuthorityFile = qint64{256} * 1024;

ExitCode failed(const QVariantMap& error) {
    err(errorText(error));
    return exitCodeFor(error.value(u"code"_s).toString());
}

QString inPairs(const QString& hex) {
    QString text;
    for (qsizetype i = 0; i < hex.size(); i += 2) {
        text += (i == 0 ? QString() : u":"_s) + hex.mid(i, 2).toUpper();
    }
    return text;
}

QString date(const QVariant& milliseconds) {
    return QDateTime::fromMSecsSinceEpoch(milliseconds.toLongLong(), QTimeZone::utc())
        .toString(u"yyyy-MM-dd HH:mm:ss 'UTC'"_s);
}

void line(QString& text, const QString& name, const QString& value) {
    if (!value.isEmpty()) {
        text += u"  "_s + name + u": "_s + printable(value) + u'\n';
    }
}

QString revocationText(const QVariantMap& certificate) {
    const auto state = certificate.value(u"revocation"_s).toString();
    if (state == u"revoked"_s) {
        return Tr::tr("revoked on %1 (%2)")
            .arg(date(certificate.value(u"revoked"_s)), certificate.value(u"revoked-reason"_s).toString());
    }
    if (state == u"good"_s) {
        return Tr::tr("not revoked");
    }
    if (state == u"nowhere"_s) {
        return Tr::tr("names no place where to ask");
    }
    const auto error = certificate.value(u"revocation-error"_s).toMap();
    return state == u"unchecked"_s ? Tr::tr("could not be checked") + (error.isEmpty() ? QString() : u": "_s) +
                                         error.value(u"sentence"_s).toString()
                                   : QString();
}

QString certificateText(const QVariantMap& certificate) {
    QString text = printable(certificate.value(u"title"_s).toString()) + u'\n';
    line(text, Tr::tr("issued to"), certificate.value(u"subject"_s).toString());
    line(text, Tr::tr("issued by"), certificate.value(u"issuer"_s).toString());
    line(text, Tr::tr("names"), certificate.value(u"names"_s).toStringList().join(u", "_s));
    line(text, Tr::tr("valid from"), date(certificate.value(u"not-before"_s)));
    line(text, Tr::tr("valid until"), date(certificate.value(u"not-after"_s)));
    line(text, Tr::tr("key"), certificate.value(u"key"_s).toString());
    line(text, Tr::tr("signature"), certificate.value(u"signature"_s).toString());
    line(text, Tr::tr("serial number"), certificate.value(u"serial"_s).toString());
    line(text, Tr::tr("SHA-256"), inPairs(certificate.value(u"sha256"_s).toString()));
    line(text, Tr::tr("key's SHA-256"), certificate.value(u"pin"_s).toString());
    line(text, Tr::tr("revocation"), revocationText(certificate));
    return text;
}

} // namespace

QString certificatesText(const QVariantMap& certificates) {
    QString text;
    const auto authorities = certificates.value(u"authorities"_s).toList();
    for (const auto& authority : authorities) {
        const auto map = authority.toMap();
        text += Tr::tr("authority of this connection: %1, until %2")
                    .arg(printable(map.value(u"subject"_s).toString()), date(map.value(u"not-after"_s))) +
                u'\n';
    }
    const auto pins = certificates.value(u"pins"_s).toStringList();
    for (const auto& pin : pins) {
        text += Tr::tr("only with the key: %1").arg(printable(pin)) + u'\n';
    }
    if (!certificates.value(u"shown"_s).toBool()) {
        return text + Tr::tr("The server has not shown a certificate yet.") + u'\n';
    }
    const auto error = certificates.value(u"error"_s).toMap();
    text += error.isEmpty() ? Tr::tr("The server has proven that it is %1.")
                                      .arg(printable(certificates.value(u"expected-name"_s).toString())) +
                                  u'\n'
                            : errorText(error);
    const auto chain = certificates.value(u"chain"_s).toList();
    for (const auto& certificate : chain) {
        text += u'\n' + certificateText(certificate.toMap());
    }
    if (!certificates.value(u"offer"_s).toString().isEmpty() && !chain.isEmpty()) {
        const auto fingerprint = inPairs(chain.first().toMap().value(u"sha256"_s).toString());
        text += u'\n' +
                Tr::tr("If your administrator confirms this SHA-256 fingerprint, trust it for this connection with:") +
                u"\n  ternctl trust NAME "_s + fingerprint + u'\n';
    }
    return text;
}

ExitCode showCertificates(EngineClient& engine, const Options& options) {
    const auto certificates = engine.certificates(options.operands.first());
    if (!certificates) {
        return failed(certificates.error());
    }
    if (options.json) {
        out(toJson(*certificates, QJsonDocument::Indented));
    } else {
        out(certificatesText(*certificates));
    }
    return ExitCode::Ok;
}

ExitCode trustCertificate(EngineClient& engine, const Options& options) {
    const auto certificates = engine.certificates(options.operands.first());
    if (!certificates) {
        return failed(certificates.error());
    }
    auto fingerprint = options.operands.at(1).toLower();
    fingerprint.remove(u':').remove(u"sha256"_s);
    const auto refused = engine.trust(certificates->value(u"id"_s).toString(), fingerprint);
    return refused ? failed(*refused) : ExitCode::Ok;
}

tl::expected<QVariantMap, QVariantMap> withAuthorityFile(QVariantMap changes) {
    const auto path = changes.value(u"ca"_s).toString();
    if (path.isEmpty()) {
        return changes;
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestAuthorityFile) {
        return tl::make_unexpected(
            dbus::toMap({"tern.engine.file-unreadable", {path.toStdString()}, file.errorString().toStdString()}));
    }
    changes.insert(u"ca"_s, file.read(largestAuthorityFile));
    return changes;
}

} // namespace tern::ctl
