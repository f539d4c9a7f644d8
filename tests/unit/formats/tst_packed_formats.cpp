// Formats that are packed or signed: Apple's configuration profiles and Azure's archive (tests/data/imports/make.py).
#include "core/formats/archive.h"
#include "core/formats/plist.h"
#include "tests/unit/formats/imports.h"

#include <QFile>
#include <QTest>
#include <chrono>

using namespace tern;
using namespace tern::test;
using formats::ImportedSecret;
using profile::Method;
using profile::Protocol;

namespace {

std::string sample(const char* name) {
    QFile file(QStringLiteral(TERN_SOURCE_DIR "/tests/data/imports/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

formats::ImportTrust trust(const char* authority) {
    using namespace std::chrono;
    return {crypto::TrustStore::fromPem(sample(authority)).value(),
            duration_cast<base::UnixSeconds>(system_clock::now().time_since_epoch())};
}

const profile::Profile& named(const Imported& got, std::string_view name) {
    return *std::ranges::find(got.result.profiles, name, &profile::Profile::name);
}

std::string plist(const std::string& content) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
           "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">" +
           content + "</plist>\n";
}

std::string payload(const std::string& content) {
    return plist(
        "<dict><key>PayloadContent</key><array><dict><key>PayloadType</key><string>com.apple.vpn.managed</string>" +
        content + "</dict></array></dict>");
}

} // namespace

class TestPackedFormats : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void configurationProfile_data();
    void configurationProfile();
    void signedByOneWeKnow();
    void signedByAnyone();
    void changedAfterSigning();
    void otherKinds_data();
    void otherKinds();
    void ikev2WithKey();
    void damagedBinaryLists();
    void listsThatHoldThemselves();
    void azure();
    void bomb();
    void broken_data();
    void broken();
};

void TestPackedFormats::configurationProfile_data() {
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("XML") << QByteArray("office.mobileconfig");
    QTest::newRow("binary") << QByteArray("office-binary.mobileconfig");
    QTest::newRow("signed") << QByteArray("office-signed.mobileconfig");
}

void TestPackedFormats::configurationProfile() {
    QFETCH(QByteArray, file);
    const auto got = imported(sample(file.constData()), "office.mobileconfig");
    QCOMPARE(got.result.profiles.size(), std::size_t{2});
    const auto& ikev2 = named(got, "深圳 IKEv2");
    QCOMPARE(ikev2.protocol, Protocol::Ikev2);
    QCOMPARE(ikev2.server(), std::string("vpn.example.com"));
    QCOMPARE(ikev2.authentication.method, Method::MachineCertificate);
    QCOMPARE(ikev2.trust.serverName, std::string("gw.example.com"));
    QCOMPARE(ikev2.trust.localIdentity, std::string("anna@example.com"));
    QVERIFY(ikev2.trust.caPem.starts_with("-----BEGIN CERTIFICATE-----"));
    const profile::IkePolicy policy{"SHA384", "AES-GCM-256", "ECP384", "AES-GCM-256", "AES-GCM-256", "ECP384"};
    QCOMPARE(ikev2.ike.policy, std::optional(policy));
    QVERIFY(!ikev2.ike.mobility && ikev2.alwaysOn.triggered);
    QCOMPARE(ikev2.dns.domains, std::vector<std::string>{"example.com"});
    QCOMPARE(got.unused(), std::string("IKEv2/DeadPeerDetectionRate"));
    QCOMPARE(got.result.keyFiles.size(), std::size_t{1});
    QCOMPARE(got.result.keyFiles.at(0).profile, ikev2.id);
    QCOMPARE(got.secret(ImportedSecret::Kind::KeyPassPhrase), std::string("Tor-4711"));
    const auto& l2tp = named(got, "Old L2TP");
    QCOMPARE(l2tp.protocol, Protocol::L2tp);
    QVERIFY(!l2tp.routing.fullTunnelIpv4);
    QCOMPARE(got.secret(ImportedSecret::Kind::Password), std::string("Licht-9"));
    QCOMPARE(got.secret(ImportedSecret::Kind::L2tpPreSharedKey), std::string("Sommer-2019"));
    for (const auto* const secret : {"Tor-4711", "Licht-9", "Sommer-2019"}) {
        QVERIFY2(keepsOut(got.result, secret), secret);
    }
    QCOMPARE(got.argument("tern.formats.note.other-payloads", 1), std::string("com.apple.wifi.managed"));
}

void TestPackedFormats::signedByOneWeKnow() {
    const auto bytes = sample("office-signed.mobileconfig");
    const Imported got{
        formats::importFile(base::toBytes(bytes), "office.mobileconfig", trust("signer-ca.pem")).value()};
    QCOMPARE(got.argument("tern.formats.note.signed", 1), std::string("vpn-admin.example.com"));
    QVERIFY(!got.noted("tern.formats.note.signer-unknown"));
    const auto pem = "-----BEGIN PKCS7-----\n" + QByteArray::fromStdString(bytes).toBase64().toStdString() +
                     "\n-----END PKCS7-----\n";
    QCOMPARE(imported(pem).result.profiles.size(), std::size_t{2});
}

void TestPackedFormats::signedByAnyone() {
    const auto got = imported(sample("office-signed.mobileconfig"), "office.mobileconfig");
    QCOMPARE(got.argument("tern.formats.note.signer-unknown", 1), std::string("vpn-admin.example.com"));
    // Another authority than the signer's.
    const auto text = named(got, "深圳 IKEv2").trust.caPem;
    const formats::ImportTrust other{crypto::TrustStore::fromPem(text).value(), base::UnixSeconds(1'800'000'000)};
    const auto again = formats::importFile(base::toBytes(sample("office-signed.mobileconfig")), "a", other);
    QVERIFY(has(*again, "tern.formats.note.signer-unknown"));
}

void TestPackedFormats::changedAfterSigning() {
    const auto result = importAs(sample("office-changed.mobileconfig"), "office.mobileconfig");
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().code, std::string("tern.formats.forged"));
}

void TestPackedFormats::otherKinds_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("protocol");
    QTest::addColumn<QByteArray>("plugin");
    QTest::newRow("PPTP")
        << QByteArray("<key>VPNType</key><string>PPTP</string><key>PPP</key><dict><key>CommRemoteAddress</key>"
                      "<string>a.example.com</string><key>CCPEnabled</key><integer>1</integer></dict>")
        << int(Protocol::Pptp) << QByteArray();
    QTest::newRow("Cisco")
        << QByteArray("<key>VPNType</key><string>IPSec</string><key>IPSec</key><dict><key>RemoteAddress</key>"
                      "<string>a.example.com</string><key>SharedSecret</key><data>c29tbWVyemVpdA==</data></dict>")
        << int(Protocol::Unsupported) << QByteArray("IPSec (IKEv1)");
    QTest::newRow("plug-in")
        << QByteArray("<key>VPNType</key><string>VPN</string><key>VPNSubType</key><string>com.vendor.app"
                      "</string><key>VPN</key><dict><key>RemoteAddress</key><string>a.example.com</string></dict>")
        << int(Protocol::Unsupported) << QByteArray("com.vendor.app");
}

void TestPackedFormats::otherKinds() {
    QFETCH(QByteArray, content);
    QFETCH(int, protocol);
    QFETCH(QByteArray, plugin);
    const auto got = imported(payload("<key>UserDefinedName</key><string>a</string>" + content.toStdString()));
    QCOMPARE(int(got.only().protocol), protocol);
    QCOMPARE(got.only().plugin, plugin.toStdString());
    QCOMPARE(got.only().server(), std::string("a.example.com"));
    QVERIFY(keepsOut(got.result, "sommerzeit"));
}

void TestPackedFormats::ikev2WithKey() {
    const auto got =
        imported(payload("<key>VPNType</key><string>IKEv2</string><key>IKEv2</key><dict><key>RemoteAddress</key>"
                         "<string>192.0.2.1</string><key>AuthenticationMethod</key><string>SharedSecret</string>"
                         "<key>SharedSecret</key><string>Berg&amp;Tal</string><key>PayloadCertificateUUID</key>"
                         "<string>nowhere</string></dict>"));
    QCOMPARE(got.only().authentication.method, Method::Psk);
    QCOMPARE(got.secret(ImportedSecret::Kind::PreSharedKey), std::string("Berg&Tal"));
    QVERIFY(got.noted("tern.formats.note.file-elsewhere"));
}

void TestPackedFormats::damagedBinaryLists() {
    const auto whole = sample("office-binary.mobileconfig");
    for (std::size_t size = 0; size < whole.size(); size += 97) {
        QVERIFY(!importAs(whole.substr(0, size), "a").has_value());
    }
    std::size_t refused = 0;
    for (std::size_t at = 8; at < whole.size(); at += 13) {
        auto changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x55);
        refused += importAs(changed, "a").has_value() ? 0U : 1U;
    }
    QVERIFY(refused > 10);
}

// An array whose items are the array; and arrays of arrays that make 10^9 items of 200 octets.
void TestPackedFormats::listsThatHoldThemselves() {
    const auto list = [](const std::string& objects, const std::vector<std::uint8_t>& offsets) {
        std::string out = "bplist00" + objects;
        const auto table = static_cast<char>(out.size());
        for (const auto offset : offsets) {
            out.push_back(static_cast<char>(offset));
        }
        out += std::string(6, '\0') + "\x01\x01";
        out += std::string(7, '\0') + static_cast<char>(offsets.size()) + std::string(8, '\0') + std::string(7, '\0') +
               table;
        return base::toBytes(out);
    };
    QCOMPARE(formats::plistFromBinary(list(std::string("\xA1\x00", 2), {8}), "a").error().code,
             std::string("tern.formats.too-complex"));
    std::string objects;
    std::vector<std::uint8_t> offsets;
    for (char next = 1; next <= 9; ++next) {
        offsets.push_back(static_cast<std::uint8_t>(8 + objects.size()));
        objects += "\xAA" + std::string(10, next);
    }
    offsets.push_back(static_cast<std::uint8_t>(8 + objects.size()));
    objects += "\x51x";
    QCOMPARE(formats::plistFromBinary(list(objects, offsets), "a").error().code,
             std::string("tern.formats.too-complex"));
}

void TestPackedFormats::azure() {
    const auto got = imported(sample("azure.zip"), "azure.zip");
    QCOMPARE(got.result.profiles.size(), std::size_t{2});
    const auto& native = got.result.profiles.at(0);
    QCOMPARE(native.protocol, Protocol::Ikev2);
    QCOMPARE(native.authentication.method, Method::EapTls);
    QVERIFY(native.trust.caPem.starts_with("-----BEGIN CERTIFICATE-----"));
    QCOMPARE(native.origin.file, std::string("azure.zip"));
    QCOMPARE(got.result.profiles.at(1).protocol, Protocol::Unsupported);
    QVERIFY(keepsOut(got.result, "a1b2c3d4e5"));
    QVERIFY(got.noted("tern.formats.note.secret-left-out"));
}

void TestPackedFormats::bomb() {
    const auto result = importAs(sample("bomb.zip"), "bomb.zip");
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().code, std::string("tern.formats.too-complex"));
}

void TestPackedFormats::broken_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char* name, const std::string& bytes, const char* code) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray(code);
    };
    row("property list without a value", plist("<dict><key>a</key></dict>"), "tern.formats.broken");
    row("property list with something else", plist("<html/>"), "tern.formats.broken");
    row("data that is none", plist("<dict><key>a</key><data>%%</data></dict>"), "tern.formats.broken");
    row("nothing for a VPN", plist("<dict><key>PayloadContent</key><array/></dict>"), "tern.formats.no-vpn");
    row("binary without an end", std::string("bplist00\xA0", 9), "tern.formats.broken");
    row("archive cut off", sample("azure.zip").substr(0, 60), "tern.formats.broken");
    row("archive of other things", std::string("PK\x03\x04\x14\0\0\0\0\0", 10) + std::string(64, '\0'),
        "tern.formats.broken");
    row("signed, cut off", sample("office-signed.mobileconfig").substr(0, 2000), "tern.formats.broken");
}

void TestPackedFormats::broken() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, code);
    const auto result = importAs(bytes.toStdString(), "a.mobileconfig");
    QVERIFY(!result.has_value());
    QCOMPARE(QByteArray::fromStdString(result.error().code), code);
}

QTEST_APPLESS_MAIN(TestPackedFormats)
#include "tst_packed_formats.moc"
