#include "app/engine/server_trust.h"

#include "app/dbus/types.h"
#include "core/crypto/prf.h"

#include <algorithm>

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;
using connection::CertificateReport;
using crypto::Certificate;

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

qlonglong milliseconds(base::UnixSeconds time) {
    return static_cast<qlonglong>(std::chrono::milliseconds(time).count());
}

std::string pinOf(const Certificate& certificate) {
    return "sha256:" + base::toHex(crypto::digest(crypto::Hash::Sha256, {certificate.publicKey}));
}

QStringList namesOf(const Certificate& certificate) {
    QStringList names;
    for (const auto& name : certificate.dnsNames) {
        names << text(name);
    }
    for (const auto& address : certificate.addresses) {
        names << text(address.text());
    }
    for (const auto& email : certificate.emails) {
        names << text(email);
    }
    return names;
}

QString titleOf(const Certificate& certificate) {
    if (!certificate.commonName.empty()) {
        return text(certificate.commonName);
    }
    return certificate.dnsNames.empty() ? text(certificate.subject) : text(certificate.dnsNames.front());
}

void addRevocation(QVariantMap& map, const connection::RevocationAnswer& answer) {
    map.insert(u"revocation"_s, answer.nowhere ? u"nowhere"_s : text(connection::revocationSummary(answer)));
    map.insert(u"revocation-source"_s, text(answer.source));
    if (answer.verdict.state == crypto::RevocationState::Revoked) {
        map.insert(u"revoked"_s, milliseconds(answer.verdict.revokedAt));
        map.insert(u"revoked-reason"_s, text(crypto::revocationReason(answer.verdict.reason)));
    }
    if (answer.reason) {
        map.insert(u"revocation-error"_s, dbus::toMap(*answer.reason));
    }
}

QVariantList chainList(const CertificateReport& report, const std::vector<std::string>& pins) {
    QVariantList chain;
    for (std::size_t i = 0; i < report.chain.size(); ++i) {
        auto map = describeCertificate(report.chain[i]);
        if (i < report.answers.size()) {
            addRevocation(map, report.answers[i]);
        }
        map.insert(u"pinned"_s,
                   std::find(pins.begin(), pins.end(), map.value(u"pin"_s).toString().toStdString()) != pins.end());
        map.insert(u"trusted"_s, report.verified && i + 1 == report.chain.size());
        chain << QVariant(map);
    }
    return chain;
}

QVariantList authorityList(const std::string& pem) {
    QVariantList list;
    if (const auto certificates = crypto::certificatesIn(base::toBytes(pem)); !pem.empty() && certificates) {
        for (const auto& der : *certificates) {
            list << QVariant(describeCertificate(der));
        }
    }
    return list;
}

// A name of the leaf by which a server can be known: no wildcard.
std::string ownName(const Certificate& leaf) {
    for (const auto& name : leaf.dnsNames) {
        if (name.find('*') == std::string::npos && !name.empty()) {
            return name;
        }
    }
    return leaf.addresses.empty() ? std::string() : leaf.addresses.front().text();
}

base::Result<void> setAuthority(profile::Profile& profile, const QVariant& value) {
    constexpr qsizetype most = qsizetype{256} * 1024;
    const auto file = value.toByteArray();
    if (file.isEmpty()) {
        profile.trust.caPem.clear();
        return {};
    }
    if (file.size() > most) {
        return base::fail("tern.crypto.ca.malformed", {}, std::to_string(file.size()) + " octets");
    }
    const auto found = crypto::certificatesIn(
        {reinterpret_cast<const std::uint8_t*>(file.constData()), static_cast<std::size_t>(file.size())});
    if (!found) {
        return base::fail(found.error());
    }
    // Anew: a private key in the same file has no business in a profile.
    std::string pem;
    for (const auto& der : *found) {
        pem += crypto::pemOf(der);
    }
    profile.trust.caPem = std::move(pem);
    return {};
}

base::Result<void> setPins(profile::Profile& profile, const QVariant& value) {
    constexpr std::size_t most = 16;
    const auto words = value.userType() == QMetaType::QString
                           ? value.toString().split(QLatin1Char(','), Qt::SkipEmptyParts)
                           : value.toStringList();
    std::vector<std::string> pins;
    for (const auto& word : words) {
        auto pin = profile::pinFromText(word.trimmed().toStdString());
        if (!pin || pins.size() == most) {
            return base::fail("tern.profile.bad-pin", {word.left(100).toStdString()});
        }
        pins.push_back(std::move(*pin));
    }
    profile.trust.pins = std::move(pins);
    return {};
}

} // namespace

QVariantMap describeCertificate(const base::Bytes& der) {
    const auto certificate = Certificate::fromDer(der);
    if (!certificate) {
        return {{u"title"_s, QString()}, {u"error"_s, dbus::toMap(certificate.error())}};
    }
    const auto key = certificate->keyAlgorithm + ' ' + std::to_string(certificate->keyBits);
    return {{u"title"_s, titleOf(*certificate)},
            {u"subject"_s, text(certificate->subject)},
            {u"issuer"_s, text(certificate->issuer)},
            {u"serial"_s, text(certificate->serial)},
            {u"names"_s, namesOf(*certificate)},
            {u"not-before"_s, milliseconds(certificate->notBefore)},
            {u"not-after"_s, milliseconds(certificate->notAfter)},
            {u"key"_s, text(key)},
            {u"signature"_s, text(certificate->signatureAlgorithm)},
            {u"sha256"_s, text(base::toHex(certificate->sha256))},
            {u"pin"_s, text(pinOf(*certificate))},
            {u"authority"_s, certificate->authority},
            {u"self-signed"_s, certificate->subject == certificate->issuer},
            {u"pem"_s, text(crypto::pemOf(der))}};
}

QVariantMap certificatesMap(const profile::Profile& profile, const CertificateReport* report) {
    QVariantMap map{{u"id"_s, text(profile.id)},
                    {u"name"_s, text(profile.name)},
                    {u"shown"_s, report != nullptr},
                    {u"authorities"_s, authorityList(profile.trust.caPem)},
                    {u"server-name"_s, text(profile.trust.serverName)},
                    {u"policy"_s, text(profile::revocationName(profile.trust.revocation))}};
    QStringList pins;
    for (const auto& pin : profile.trust.pins) {
        pins << text(pin);
    }
    map.insert(u"pins"_s, pins);
    if (report == nullptr) {
        return map;
    }
    map.insert(u"verified"_s, report->verified);
    map.insert(u"expected-name"_s, text(report->expectedName));
    map.insert(u"revocation"_s, text(report->revocation));
    map.insert(u"offer"_s, trustOffer(*report));
    map.insert(u"chain"_s, chainList(*report, profile.trust.pins));
    if (report->refusal) {
        map.insert(u"error"_s, dbus::toMap(*report->refusal));
    }
    return map;
}

QString trustOffer(const CertificateReport& report) {
    const auto leaf = report.chain.empty() ? base::Result<Certificate>(base::fail("tern.crypto.cert.malformed"))
                                           : Certificate::fromDer(report.chain.front());
    if (!report.refusal || !leaf) {
        return {};
    }
    const auto& code = report.refusal->code;
    if (code == "tern.crypto.cert.untrusted" || code == "tern.crypto.cert.self-signed") {
        return u"trust"_s;
    }
    if (code == "tern.crypto.cert.name" && !ownName(*leaf).empty()) {
        return u"trust-name"_s;
    }
    return code == "tern.crypto.cert.pin" ? u"trust-changed"_s : QString();
}

base::Result<void> trustLeaf(profile::Profile& profile, const CertificateReport& report, std::string_view fingerprint) {
    const auto offer = trustOffer(report);
    if (offer.isEmpty()) {
        return base::fail("tern.engine.certificate-hopeless", {profile.name});
    }
    const auto& der = report.chain.front();
    const auto leaf = Certificate::fromDer(der);
    if (!leaf || base::toHex(leaf->sha256) != fingerprint) {
        return base::fail("tern.engine.certificate-changed", {profile.name});
    }
    auto& trust = profile.trust;
    trust.pins = {pinOf(*leaf)};
    if (offer == u"trust"_s) {
        trust.caPem += crypto::pemOf(der);
    } else if (offer == u"trust-name"_s) {
        trust.serverName = ownName(*leaf);
    }
    return {};
}

std::optional<base::Result<void>> applyTrust(profile::Profile& profile, const QString& key, const QVariant& value) {
    if (key == "ca"_L1) {
        return setAuthority(profile, value);
    }
    if (key == "pin"_L1) {
        return setPins(profile, value);
    }
    const auto word = value.toString().trimmed().toStdString();
    if (key == "revocation"_L1) {
        const auto policy = profile::revocationFromName(word);
        profile.trust.revocation = policy.value_or(profile.trust.revocation);
        return policy ? base::Result<void>() : base::fail("tern.engine.bad-change", {"revocation"});
    }
    if (key == "server-name"_L1 && word.size() <= 255 &&
        std::all_of(word.begin(), word.end(), [](char c) { return c > ' ' && c < '\x7f'; })) {
        profile.trust.serverName = word;
        return base::Result<void>();
    }
    return std::nullopt;
}

} // namespace tern::engine
