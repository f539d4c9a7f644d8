// What a person may do about trust: authorities, pins, and trusting a refused certificate by hand.
#include "app/engine/server_trust.h"
#include "core/crypto/prf.h"
#include "core/crypto/trust.h"
#include "core/profile/toml.h"
#include "tests/unit/crypto/authority.h"

#include <QTest>

using namespace tern;
using namespace tern::engine;
using connection::CertificateReport;

namespace {

std::string codeOf(const std::optional<base::Result<void>>& applied) {
    if (!applied) {
        return "not about trust";
    }
    return *applied ? std::string() : applied->error().code;
}

std::string apply(profile::Profile& profile, const char* key, const QVariant& value) {
    return codeOf(applyTrust(profile, QString::fromLatin1(key), value));
}

CertificateReport refused(const test::Issued& leaf, const char* code) {
    CertificateReport report;
    report.chain = {leaf.der()};
    report.expectedName = "vpn.example.com";
    report.refusal = base::Error{code, {}, {}};
    return report;
}

test::Issued server(const std::string& names = "DNS:*.example.com,DNS:vpn.example.com") {
    test::CertificateSpec spec;
    spec.names = names;
    return test::issue(spec);
}

std::string fingerprintOf(const test::Issued& issued) {
    return base::toHex(crypto::digest(crypto::Hash::Sha256, {issued.der()}));
}

} // namespace

class TestServerTrust : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void authorities();
    void pins();
    void policies();
    void filesKeepThem();
    void offers();
    void trusting();
    void mapForPeople();
};

void TestServerTrust::authorities() {
    const auto root = test::issue(test::authoritySpec("Own Root"));
    profile::Profile profile;
    const auto pem = root.pem();
    const crypto::BioPtr bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(bio.get(), root.key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    const auto withKey = pem + std::string(data, static_cast<std::size_t>(size));
    QCOMPARE(apply(profile, "ca", QByteArray::fromStdString(withKey)), std::string());
    QCOMPARE(profile.trust.caPem, pem); // without the key
    const auto der = root.der();
    profile.trust.caPem.clear();
    QCOMPARE(apply(profile, "ca", QByteArray(reinterpret_cast<const char*>(der.data()), static_cast<int>(der.size()))),
             std::string());
    QCOMPARE(profile.trust.caPem, pem);
    QCOMPARE(apply(profile, "ca", QByteArray("no certificate")), std::string("tern.crypto.ca.none"));
    QCOMPARE(apply(profile, "ca", QByteArray(300000, 'A')), std::string("tern.crypto.ca.malformed"));
    QCOMPARE(profile.trust.caPem, pem);
    const auto shown = certificatesMap(profile, nullptr).value(QStringLiteral("authorities")).toList();
    QCOMPARE(shown.size(), 1);
    QCOMPARE(shown.first().toMap().value(QStringLiteral("subject")).toString(), QStringLiteral("CN=Own Root"));
    QCOMPARE(apply(profile, "ca", QString()), std::string());
    QVERIFY(profile.trust.caPem.empty());
}

void TestServerTrust::pins() {
    profile::Profile profile;
    const auto hex = QString(64, QLatin1Char('a'));
    QCOMPARE(apply(profile, "pin", QStringList{QStringLiteral("sha256:") + hex}), std::string());
    const std::vector<std::string> one{"sha256:" + hex.toStdString()};
    QCOMPARE(profile.trust.pins, one);
    const auto base64 = QString::fromLatin1(QByteArray(32, '\xAA').toBase64());
    QCOMPARE(apply(profile, "pin", QStringLiteral("sha256/") + base64 + QStringLiteral(", sha256:AA:BB") + hex.mid(4)),
             std::string());
    QCOMPARE(profile.trust.pins.size(), std::size_t{2});
    QCOMPARE(profile.trust.pins.front(), one.front());
    for (const auto& bad :
         {QStringLiteral("sha256:"), QStringLiteral("md5:00"), QStringLiteral("sha256:") + hex.mid(2),
          QStringLiteral("sha256:") + QString(64, QLatin1Char('x')), QStringLiteral("sha256/?"), hex}) {
        QCOMPARE(apply(profile, "pin", bad), std::string("tern.profile.bad-pin"));
    }
    QCOMPARE(profile.trust.pins.size(), std::size_t{2});
    QCOMPARE(apply(profile, "pin", QString()), std::string());
    QVERIFY(profile.trust.pins.empty());
}

void TestServerTrust::policies() {
    profile::Profile profile;
    QCOMPARE(apply(profile, "revocation", QStringLiteral("strict")), std::string());
    QVERIFY(profile.trust.revocation == profile::Revocation::Strict);
    QCOMPARE(apply(profile, "revocation", QStringLiteral("sometimes")), std::string("tern.engine.bad-change"));
    QCOMPARE(apply(profile, "server-name", QStringLiteral("gateway.example")), std::string());
    QCOMPARE(profile.trust.serverName, std::string("gateway.example"));
    QCOMPARE(apply(profile, "name", QStringLiteral("x")), std::string("not about trust"));
}

void TestServerTrust::filesKeepThem() {
    profile::Profile profile;
    profile.id = profile::newId();
    profile.trust.pins = {"sha256:aa", "sha256:bb"};
    profile.trust.revocation = profile::Revocation::Off;
    const auto again = profile::fromToml(profile::toToml(profile, {}), "x.toml");
    QVERIFY(again.has_value());
    QCOMPARE(again->trust.pins, profile.trust.pins);
    QVERIFY(again->trust.revocation == profile::Revocation::Off);
}

void TestServerTrust::offers() {
    const auto leaf = server();
    QCOMPARE(trustOffer(refused(leaf, "tern.crypto.cert.untrusted")), QStringLiteral("trust"));
    QCOMPARE(trustOffer(refused(leaf, "tern.crypto.cert.self-signed")), QStringLiteral("trust"));
    QCOMPARE(trustOffer(refused(leaf, "tern.crypto.cert.name")), QStringLiteral("trust-name"));
    QCOMPARE(trustOffer(refused(server("DNS:*.example.com"), "tern.crypto.cert.name")), QString());
    QCOMPARE(trustOffer(refused(leaf, "tern.crypto.cert.pin")), QStringLiteral("trust-changed"));
    for (const auto* code : {"expired", "not-yet-valid", "authority-expired", "revoked", "unchecked", "weak-key",
                             "weak-signature", "usage", "key-usage", "forged", "constraints", "path-length"}) {
        QCOMPARE(trustOffer(refused(leaf, (std::string("tern.crypto.cert.") + code).c_str())), QString());
    }
    CertificateReport fine = refused(leaf, "x");
    fine.refusal.reset();
    QCOMPARE(trustOffer(fine), QString());
}

void TestServerTrust::trusting() {
    const auto leaf = server();
    profile::Profile profile;
    profile.trust.pins = {"sha256:old"};
    auto report = refused(leaf, "tern.crypto.cert.self-signed");
    QCOMPARE(trustLeaf(profile, report, std::string(64, '0')).error().code,
             std::string("tern.engine.certificate-changed"));
    QVERIFY(profile.trust.caPem.empty());
    QVERIFY(trustLeaf(profile, report, fingerprintOf(leaf)).has_value());
    QCOMPARE(profile.trust.caPem, leaf.pem());
    QCOMPARE(profile.trust.pins.size(), std::size_t{1});
    QVERIFY(profile.trust.pins.front() != "sha256:old");
    // What was written is what the check takes.
    const auto store = crypto::TrustStore::fromPem(profile.trust.caPem);
    crypto::TrustStore::Expectation expected{"vpn.example.com", base::UnixSeconds(test::now), true};
    expected.pins = {base::fromHex(profile.trust.pins.front().substr(7))};
    QVERIFY((*store)->verifyServer({leaf.der()}, expected).has_value());
    profile = {};
    QVERIFY(trustLeaf(profile, refused(leaf, "tern.crypto.cert.name"), fingerprintOf(leaf)).has_value());
    QCOMPARE(profile.trust.serverName, std::string("vpn.example.com"));
    QVERIFY(profile.trust.caPem.empty()); // it still has to be vouched for
    QCOMPARE(profile.trust.pins.size(), std::size_t{1});
    QCOMPARE(trustLeaf(profile, refused(leaf, "tern.crypto.cert.expired"), fingerprintOf(leaf)).error().code,
             std::string("tern.engine.certificate-hopeless"));
}

void TestServerTrust::mapForPeople() {
    const auto leaf = server();
    profile::Profile profile;
    const auto report = refused(leaf, "tern.crypto.cert.self-signed");
    const auto map = certificatesMap(profile, &report);
    QVERIFY(map.value(QStringLiteral("shown")).toBool());
    QCOMPARE(map.value(QStringLiteral("error")).toMap().value(QStringLiteral("code")).toString(),
             QStringLiteral("tern.crypto.cert.self-signed"));
    const auto first = map.value(QStringLiteral("chain")).toList().first().toMap();
    QCOMPARE(first.value(QStringLiteral("sha256")).toString().toStdString(), fingerprintOf(leaf));
    QCOMPARE(first.value(QStringLiteral("names")).toStringList().size(), 2);
    QVERIFY(first.value(QStringLiteral("self-signed")).toBool());
    QCOMPARE(first.value(QStringLiteral("pem")).toString().toStdString(), leaf.pem());
    QCOMPARE(first.value(QStringLiteral("not-after")).toLongLong(), (test::now + test::day) * 1000);
    QVERIFY(!certificatesMap(profile, nullptr).value(QStringLiteral("shown")).toBool());
}

QTEST_APPLESS_MAIN(TestServerTrust)
#include "tst_server_trust.moc"
