#include "core/profile/toml.h"

#include <QTest>

using namespace tern;
using namespace tern::profile;

namespace {

// Every field differs from a new profile's, so that one that is not written or not read shows.
Profile everything() {
    Profile p;
    p.id = newId();
    p.name = "总部 [VPN] = \"x\"\n";
    p.folder = "Work/中文";
    p.protocol = Protocol::Sstp;
    p.originTries = {Protocol::Sstp, Protocol::Ikev2, Protocol::Pptp, Protocol::L2tp, Protocol::Unsupported};
    p.servers = {"vpn.example.com", "2001:db8::1"};
    p.port = 8443;
    p.encryption = Encryption::Maximum;
    p.plugin = "Some.Plugin_1";
    p.authentication.method = Method::Peap;
    p.authentication.username = "anna";
    p.authentication.domain = "OFFICE";
    p.authentication.rememberPassword = true;
    p.authentication.certificate = {"/home/anna/anna.p12", "pkcs11:token=Badge", "pss-trailer"};
    p.authentication.certificateFirst = true;
    p.authentication.allowed = {Method::Pap, Method::Chap, Method::Psk};
    p.authentication.eapType = 55;
    p.authentication.ppkId = "ppk of 2026";
    p.authentication.ppkRequired = true;
    p.authentication.inner = {Method::EapGtc, Method::EapMd5, Method::Mschapv2};
    p.authentication.outerIdentity = "anonymous@office.example";
    p.authentication.eapTls13 = true;
    p.authentication.requireCryptobinding = true;
    p.trust.caPem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    p.trust.serverName = "gate";
    p.trust.remoteIdentity = "gate.example.com";
    p.trust.localIdentity = "anna@example.com";
    p.trust.pins = {"sha256:" + std::string(64, 'a'), "sha256:" + std::string(64, '7')};
    p.trust.revocation = Revocation::Strict;
    p.trust.eapServerNames = {"nps1", "nps2"};
    p.trust.eapRootSha1 = {"00112233445566778899aabbccddeeff00112233"};
    p.trust.eapServerValidated = false;
    p.trust.nameCheckDisabled = true;
    p.routing.fullTunnelIpv4 = false;
    p.routing.fullTunnelIpv6 = false;
    p.routing.routes = {{*base::IpPrefix::fromText("10.0.0.0/8"), 5}, {*base::IpPrefix::fromText("fd00::/8"), 0}};
    p.routing.excluded = {*base::IpPrefix::fromText("192.168.0.0/16")};
    p.routing.classRoute = false;
    p.routing.routesFromSelectors = true;
    p.routing.metric = 4294967295U;
    p.dns.servers = {*base::IpAddress::fromText("10.0.0.53"), *base::IpAddress::fromText("fd00::53")};
    p.dns.domains = {"corp.example.com"};
    p.dns.suffix = "corp.example.com";
    p.dns.registerAddress = true;
    p.addresses.ipv4 = *base::IpAddress::fromText("10.1.2.3");
    p.addresses.ipv6 = *base::IpPrefix::fromText("fd00::7/64");
    p.ike.policy = IkePolicy{"SHA256", "AES256", "group14", "AES256", "SHA256", "none"};
    p.ike.legacyAlgorithms = true;
    p.ike.postQuantum = PostQuantum::Required;
    p.ike.tcp = TcpUse::Always;
    p.ike.mobility = false;
    p.ike.outage = std::chrono::seconds(1800);
    p.sstp = {"gate.example.com", "front.example.com", true, true, "7", "socks5://10.0.0.1:1080"};
    p.alwaysOn = {true, true, true, {"corp.example.com"}};
    p.redial = {3, std::chrono::seconds(60), std::chrono::seconds(600)};
    p.origin = {"pbk",
                "rasphone.pbk",
                7,
                812,
                6U,
                "cp936",
                std::chrono::milliseconds(1795000000123),
                "[x]\r\nA=\"\\\"\r\n\t'''\n",
                "ab12"};
    return p;
}

} // namespace

class TestToml : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFieldComesBack();
    void aNewProfileIsShort();
    void strangeTextComesBack_data();
    void strangeTextComesBack();
    void invalidUtf8DoesNotBreakTheFile();
    void unknownKeysStay();
    void knownKeysThatAreTheDefaultAgainGo();
    void brokenTextNamesTheLine();
    void badValuesNameTheKey_data();
    void badValuesNameTheKey();
    void aFileWithoutIdKeepsOneId();
    void namesOfEnumsAreStable();
    void pptpAndL2tpAreRetired();
};

void TestToml::everyFieldComesBack() {
    const Profile p = everything();
    const auto back = fromToml(toToml(p), "x.toml");
    QVERIFY(back.has_value());
    QVERIFY(*back == p);
}

void TestToml::aNewProfileIsShort() {
    Profile p;
    p.id = newId();
    p.name = "x";
    const auto text = toToml(p);
    QVERIFY2(text.size() < 200, text.c_str());
    QVERIFY(*fromToml(text, "x.toml") == p);
}

void TestToml::strangeTextComesBack_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("carriage returns") << QByteArray("a\r\nb\rc\n\n");
    QTest::newRow("zeros and controls") << QByteArray("a\0b\x01\x1b\x7f\t", 7);
    QTest::newRow("quotes") << QByteArray("\"'\"\"\"'''\\\\u0000");
    QTest::newRow("looks like TOML") << QByteArray("id = 1\n[origin]\n# no");
    QTest::newRow("emoji") << QByteArray("\xF0\x9F\x90\xA6 \xE2\x80\xA8 \xEF\xBB\xBF");
    QTest::newRow("byte order mark first") << QByteArray("\xEF\xBB\xBFname");
    QTest::newRow("long") << QByteArray(200000, '=');
}

void TestToml::strangeTextComesBack() {
    QFETCH(QByteArray, text);
    Profile p;
    p.id = newId();
    p.name = text.toStdString();
    p.origin.original = text.toStdString();
    p.dns.domains = {text.toStdString()};
    const auto back = fromToml(toToml(p), "x.toml");
    QVERIFY2(back.has_value(), back ? "" : back.error().detail.c_str());
    QVERIFY(*back == p);
}

void TestToml::invalidUtf8DoesNotBreakTheFile() {
    Profile p;
    p.id = newId();
    p.name = "B\xFCro";
    const auto back = fromToml(toToml(p), "x.toml");
    QVERIFY(back.has_value());
    QCOMPARE(back->name, std::string("B\xEF\xBF\xBDro"));
}

void TestToml::unknownKeysStay() {
    Profile p = everything();
    const std::string previous =
        "later = \"top\"\nname = \"old\"\n[future]\na = 1\n[ike]\nnewer = [1, 2]\nmobility = true\n";
    const auto text = toToml(p, previous);
    QVERIFY(*fromToml(text, "x.toml") == p);
    for (const char* kept : {"later = ", "[future]", "newer = "}) {
        QVERIFY2(text.find(kept) != std::string::npos, kept);
    }
    QVERIFY(text.find("\"old\"") == std::string::npos);
    QCOMPARE(toToml(p, text), text);
}

void TestToml::knownKeysThatAreTheDefaultAgainGo() {
    Profile p = everything();
    const auto before = toToml(p);
    p.ike = {};
    p.folder.clear();
    p.routing.fullTunnelIpv4 = true;
    const auto back = fromToml(toToml(p, before), "x.toml");
    QVERIFY(back.has_value());
    QVERIFY(*back == p);
}

void TestToml::brokenTextNamesTheLine() {
    const auto back = fromToml("name = \"a\"\nport = \n", "office.toml");
    QVERIFY(!back.has_value());
    QCOMPARE(back.error().code, std::string("tern.profile.broken-file"));
    QCOMPARE(back.error().args.at(0), std::string("office.toml"));
    QCOMPARE(back.error().args.at(1), std::string("2"));
}

void TestToml::badValuesNameTheKey_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("protocol") << QByteArray("protocol = \"ikve2\"") << QByteArray("protocol");
    QTest::newRow("type") << QByteArray("name = 7") << QByteArray("name");
    QTest::newRow("port") << QByteArray("port = 65536") << QByteArray("port");
    QTest::newRow("negative") << QByteArray("port = -1") << QByteArray("port");
    QTest::newRow("address") << QByteArray("[dns]\nservers = [\"10.0.0\"]") << QByteArray("dns.servers");
    QTest::newRow("section") << QByteArray("dns = 3") << QByteArray("dns");
    QTest::newRow("list") << QByteArray("servers = \"a\"") << QByteArray("servers");
    QTest::newRow("route") << QByteArray("[routing]\nroutes = [{metric = 1}]") << QByteArray("routing.routes");
    QTest::newRow("policy") << QByteArray("[ike]\npolicy = {group = 14}") << QByteArray("ike.policy");
    QTest::newRow("id") << QByteArray("id = \"../../etc/passwd\"") << QByteArray("id");
}

void TestToml::badValuesNameTheKey() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, key);
    const auto back = fromToml(text.toStdString(), "x.toml");
    QVERIFY(!back.has_value());
    QCOMPARE(back.error().code, std::string("tern.profile.bad-value"));
    QCOMPARE(back.error().args.at(1), key.toStdString());
}

void TestToml::aFileWithoutIdKeepsOneId() {
    const auto a = fromToml("name = \"a\"", "a.toml");
    const auto again = fromToml("name = \"a\"\nport = 1", "a.toml");
    const auto b = fromToml("name = \"a\"", "b.toml");
    QVERIFY(a && again && b);
    QCOMPARE(a->id, again->id);
    QVERIFY(a->id != b->id);
}

void TestToml::namesOfEnumsAreStable() {
    for (const auto value : {Protocol::Ikev2, Protocol::Sstp, Protocol::Automatic, Protocol::Pptp, Protocol::L2tp,
                             Protocol::Unsupported}) {
        QVERIFY(protocolFromName(protocolName(value)) == value);
    }
    for (const auto value : {Method::Unknown, Method::EapMschapv2, Method::EapTls, Method::Peap, Method::Ttls,
                             Method::EapGtc, Method::EapMd5, Method::Psk, Method::MachineCertificate, Method::Mschapv2,
                             Method::Mschap, Method::Chap, Method::Spap, Method::Pap}) {
        QVERIFY(methodFromName(methodName(value)) == value);
    }
    QCOMPARE(protocolName(Protocol::Ikev2), std::string_view("ikev2"));
    QCOMPARE(methodName(Method::EapMschapv2), std::string_view("eap-mschapv2"));
    QVERIFY(!protocolFromName("IKEv2"));
    QVERIFY(!methodFromName(""));
}

void TestToml::pptpAndL2tpAreRetired() {
    QVERIFY(isRetired(Protocol::Pptp) && isRetired(Protocol::L2tp));
    for (const auto value : {Protocol::Ikev2, Protocol::Sstp, Protocol::Automatic, Protocol::Unsupported}) {
        QVERIFY(!isRetired(value));
    }
}

QTEST_APPLESS_MAIN(TestToml)
#include "tst_toml.moc"
