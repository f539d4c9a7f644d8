// What strongSwan's people bring: .sswan, swanctl.conf, ipsec.conf.
#include "tests/unit/formats/imports.h"

#include <QTest>

using namespace tern;
using namespace tern::test;
using formats::ImportedSecret;
using profile::Method;
using profile::Protocol;

namespace {

// A certificate of an authority that was made for these tests.
constexpr auto authority = "MIIBgjCCASmgAwIBAgIUe0jIYLmoKSwWKtbq7BBzf1GFVS8wCgYIKoZIzj0EAwIw";

std::string swanctl(const std::string& connection, const std::string& secrets = {}) {
    return "connections {\n  office {\n    remote_addrs = vpn.example.com\n" + connection + "  }\n}\n" + secrets;
}

} // namespace

class TestStrongswanFormats : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sswan();
    void sswanTypes_data();
    void sswanTypes();
    void sswanContainer();
    void sswanDnsAsText();
    void swanctlEap();
    void swanctlMethods_data();
    void swanctlMethods();
    void swanctlSecrets();
    void swanctlServer();
    void ipsecConf();
    void ipsecConfKinds();
    void broken_data();
    void broken();
};

void TestStrongswanFormats::sswan() {
    const auto got = imported("{\"uuid\":\"52bb1f3c-8a64-4d1c-9e7e-0f9c1a1f2a33\",\"name\":\"广州 "
                              "office\",\"type\":\"ikev2-eap\",\"remote\":{\"addr\":"
                              "\"vpn.example.com\",\"port\":4500,\"id\":\"gw.example.com\",\"cert\":\"" +
                              std::string(authority) +
                              "\",\"certreq\":false,"
                              "\"revocation\":{\"crl\":true,\"ocsp\":true,\"strict\":true}},\"local\":{\"eap_id\":"
                              "\"CORP\\\\anna\",\"shared_secret\":"
                              "\"Blume#7\",\"rsa-pss\":true},\"split-tunneling\":{\"subnets\":[\"10.0.0.0/8\",\"fd00::/"
                              "8\"],\"excluded\":[\"10.1.1.0/24\"],"
                              "\"block-ipv4\":false,\"block-ipv6\":true},\"ike-proposal\":\"aes256-sha256-ecp256\","
                              "\"esp-proposal\":\"aes128gcm16\","
                              "\"dns-servers\":[\"10.0.0.53\",\"nowhere\"],\"mtu\":1300}");
    const auto& profile = got.only();
    QCOMPARE(profile.name, std::string("广州 office"));
    QCOMPARE(profile.protocol, Protocol::Ikev2);
    QCOMPARE(profile.port, std::uint16_t{4500});
    QCOMPARE(profile.authentication.method, Method::EapMschapv2);
    QCOMPARE(profile.authentication.username, std::string("anna"));
    QCOMPARE(profile.authentication.domain, std::string("CORP"));
    QCOMPARE(profile.authentication.certificate.rsaSignature, std::string("pss"));
    QCOMPARE(profile.trust.serverName, std::string("gw.example.com"));
    QCOMPARE(profile.trust.revocation, profile::Revocation::Strict);
    QVERIFY(got.noted("tern.formats.note.bad-certificate")); // the one above is cut off
    QVERIFY(!profile.routing.fullTunnelIpv4 && !profile.routing.fullTunnelIpv6);
    QCOMPARE(profile.routing.routes.size(), std::size_t{2});
    QCOMPARE(profile.routing.excluded.size(), std::size_t{1});
    const profile::IkePolicy policy{"SHA256", "AES256", "ECP256", "AES-GCM-128", "AES-GCM-128", "none"};
    QCOMPARE(profile.ike.policy, std::optional(policy));
    QCOMPARE(profile.dns.servers.size(), std::size_t{1});
    QCOMPARE(got.argument("tern.formats.note.bad-address", 2), std::string("nowhere"));
    QCOMPARE(got.unused(), std::string("mtu, split-tunneling/block-ipv6"));
    QCOMPARE(got.secret(ImportedSecret::Kind::Password), std::string("Blume#7"));
    QVERIFY(keepsOut(got.result, "Blume#7"));
}

void TestStrongswanFormats::sswanTypes_data() {
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<int>("method");
    QTest::addColumn<bool>("first");
    QTest::newRow("certificate") << QByteArray("ikev2-cert") << int(Method::MachineCertificate) << false;
    QTest::newRow("both") << QByteArray("ikev2-cert-eap") << int(Method::EapMschapv2) << true;
    QTest::newRow("EAP-TLS") << QByteArray("ikev2-eap-tls") << int(Method::EapTls) << false;
    QTest::newRow("byod") << QByteArray("ikev2-byod-eap") << int(Method::EapMschapv2) << false;
    QTest::newRow("of the future") << QByteArray("ikev3") << int(Method::Unknown) << false;
}

void TestStrongswanFormats::sswanTypes() {
    QFETCH(QByteArray, type);
    QFETCH(int, method);
    QFETCH(bool, first);
    const auto got =
        imported("{\"name\":\"a\",\"type\":\"" + type.toStdString() + "\",\"remote\":{\"addr\":\"192.0.2.1\"}}");
    QCOMPARE(int(got.only().authentication.method), method);
    QCOMPARE(got.only().authentication.certificateFirst, first);
    QCOMPARE(got.only().protocol, Method(method) == Method::Unknown ? Protocol::Unsupported : Protocol::Ikev2);
}

void TestStrongswanFormats::sswanContainer() {
    const auto got = imported("{\"name\":\"a\",\"type\":\"ikev2-cert\",\"remote\":{\"addr\":\"192.0.2.1\"},\"local\":{"
                              "\"p12\":\"MIIK\\nTESTcontainerABC\"}}");
    QCOMPARE(got.result.keyFiles.size(), std::size_t{1});
    QCOMPARE(got.result.keyFiles.at(0).profile, got.only().id);
    QVERIFY(keepsOut(got.result, "TESTcontainer"));
    QVERIFY(!got.noted("tern.formats.note.bad-certificate"));
    const auto bad = imported(
        "{\"name\":\"a\",\"type\":\"ikev2-cert\",\"remote\":{\"addr\":\"192.0.2.1\"},\"local\":{\"p12\":\"%%%\"}}");
    QVERIFY(bad.result.keyFiles.empty());
    QVERIFY(bad.noted("tern.formats.note.bad-certificate"));
}

void TestStrongswanFormats::sswanDnsAsText() {
    const auto got = imported(
        "{\"name\":\"a\",\"type\":\"ikev2-eap\",\"remote\":{\"addr\":\"192.0.2.1\",\"revocation\":{\"crl\":false,"
        "\"ocsp\":false}},\"dns-servers\":\"10.0.0.53 fd00::53\"}");
    QCOMPARE(got.only().dns.servers.size(), std::size_t{2});
    QCOMPARE(got.only().trust.revocation, profile::Revocation::Off);
}

void TestStrongswanFormats::swanctlEap() {
    const auto got = imported(
        "# the office\n" +
        swanctl("    version = 2\n    proposals = aes256-sha384-ecp384, aes128-sha256-ecp256 # two\n    mobike = no\n"
                "    vips = 0.0.0.0\n    local {\n      auth = eap-mschapv2\n      eap_id = \"anna\"\n      id = "
                "laptop\n    }\n"
                "    remote-1 {\n      auth = pubkey\n      id = \"C=DE, O=Example, CN=gw\"\n      cacerts = "
                "/etc/swanctl/x509ca/ca.pem, other.pem\n"
                "      revocation = strict\n    }\n    children { net { remote_ts = 10.0.0.0/8,192.168.0.0/16\n"
                "        esp_proposals = aes256gcm16\n        start_action = trap } }\n    if_id_in = 7\n",
                "secrets {\n  eap-anna { id = anna\n secret = \"Wald\\\"1\" }\n  eap-bert { id = bert\n secret = Wiese "
                "}\n}\n"));
    const auto& profile = got.only();
    QCOMPARE(profile.name, std::string("office"));
    QCOMPARE(profile.authentication.method, Method::EapMschapv2);
    QCOMPARE(profile.authentication.username, std::string("anna"));
    QCOMPARE(profile.trust.localIdentity, std::string("laptop"));
    QCOMPARE(profile.trust.remoteIdentity, std::string("C=DE, O=Example, CN=gw"));
    QCOMPARE(profile.trust.serverName, std::string());
    QCOMPARE(profile.trust.revocation, profile::Revocation::Strict);
    QVERIFY(!profile.ike.mobility && !profile.routing.fullTunnelIpv4);
    QCOMPARE(profile.routing.routes.size(), std::size_t{2});
    QCOMPARE(profile.ike.policy->group, std::string("ECP384"));
    QCOMPARE(got.result.authorityFiles.at(0).path, std::string("/etc/swanctl/x509ca/ca.pem"));
    QCOMPARE(got.argument("tern.formats.note.file-elsewhere", 2), std::string("other.pem"));
    QCOMPARE(got.secret(ImportedSecret::Kind::Password), std::string("Wald\"1"));
    QVERIFY(keepsOut(got.result, "Wald") && keepsOut(got.result, "Wiese"));
    QVERIFY2(got.noted("tern.formats.note.other-secrets"), "bert's");
    QCOMPARE(got.unused(), std::string("if_id_in"));
}

void TestStrongswanFormats::swanctlMethods_data() {
    QTest::addColumn<QByteArray>("local");
    QTest::addColumn<int>("method");
    QTest::addColumn<bool>("first");
    QTest::newRow("PSK") << QByteArray("local { auth = psk }\n") << int(Method::Psk) << false;
    QTest::newRow("certificate") << QByteArray("local { auth = pubkey-sha256 }\n") << int(Method::MachineCertificate)
                                 << false;
    QTest::newRow("nothing said") << QByteArray("local { id = a }\n") << int(Method::MachineCertificate) << false;
    QTest::newRow("EAP-TLS") << QByteArray("local { auth = eap-tls }\n") << int(Method::EapTls) << false;
    QTest::newRow("two rounds") << QByteArray("local-1 { auth = pubkey }\nlocal-2 { auth = eap }\n")
                                << int(Method::EapMschapv2) << true;
}

void TestStrongswanFormats::swanctlMethods() {
    QFETCH(QByteArray, local);
    QFETCH(int, method);
    QFETCH(bool, first);
    const auto got = imported(swanctl(local.toStdString()));
    QCOMPARE(int(got.only().authentication.method), method);
    QCOMPARE(got.only().authentication.certificateFirst, first);
    QCOMPARE(imported(swanctl("version = 1\nlocal { auth = xauth }\n")).only().protocol, Protocol::Unsupported);
}

void TestStrongswanFormats::swanctlSecrets() {
    const auto hexKey = imported(swanctl("local { auth = psk }\n", "secrets { ike-a { secret = 0x68616c6c6f\n } }\n"));
    QCOMPARE(hexKey.secret(ImportedSecret::Kind::PreSharedKey), std::string("hallo"));
    const auto base64 = imported(swanctl("local { auth = psk }\n", "secrets { ike { secret = 0saGFsbG8=\n } }\n"));
    QCOMPARE(base64.secret(ImportedSecret::Kind::PreSharedKey), std::string("hallo"));
    const auto foreign =
        imported(swanctl("local { auth = psk }\n", "secrets { ike { id = else\n secret = x1y2z3\n } }\n"));
    QCOMPARE(foreign.secret(ImportedSecret::Kind::PreSharedKey), std::string());
    QVERIFY(foreign.noted("tern.formats.note.other-secrets"));
    const auto container = imported(
        swanctl("local { auth = pubkey }\n", "secrets { pkcs12-a { file = /home/a/a.p12\n secret = pw1\n } }\n"));
    QCOMPARE(container.secret(ImportedSecret::Kind::KeyPassPhrase), std::string("pw1"));
    QCOMPARE(container.only().authentication.certificate.source, std::string("/home/a/a.p12"));
}

void TestStrongswanFormats::swanctlServer() {
    const auto got =
        imported("connections {\n rw { remote_addrs = %any\n local { auth = pubkey } } }\ninclude conf.d/*.conf\n");
    QCOMPARE(got.result.profiles.size(), std::size_t{0});
    QVERIFY(got.noted("tern.formats.entry.server-side"));
    QVERIFY(got.noted("tern.formats.note.includes"));
}

void TestStrongswanFormats::ipsecConf() {
    const auto got = imported(
        "config setup\n\tcharondebug=\"ike 1\"\n\nconn %default\n\tkeyexchange=ikev2\n\tike=aes256-sha256-modp2048!\n\n"
        "conn common\n  leftauth=eap-mschapv2\n  eap_identity=\"anna\"\n  leftsourceip=%config\n\n"
        "conn office # ours\n  also=common\n  right=vpn.example.com\n  rightid=%gw.example.com\n  "
        "rightsubnet=0.0.0.0/0\n"
        "  leftid=@laptop.example.com\n  closeaction=restart\n  auto=add\n");
    QCOMPARE(got.result.entries, std::size_t{1});
    const auto& profile = got.only();
    QCOMPARE(profile.name, std::string("office"));
    QCOMPARE(profile.authentication.method, Method::EapMschapv2);
    QCOMPARE(profile.authentication.username, std::string("anna"));
    QCOMPARE(profile.trust.serverName, std::string("gw.example.com"));
    QCOMPARE(profile.trust.localIdentity, std::string("laptop.example.com"));
    QVERIFY(profile.routing.fullTunnelIpv4);
    QCOMPARE(profile.ike.policy->group, std::string("group14"));
    QCOMPARE(got.unused(), std::string("closeaction"));
}

void TestStrongswanFormats::ipsecConfKinds() {
    const auto got = imported(
        "conn old\n\tkeyexchange=ikev1\n\tright=192.0.2.1\n\tauthby=secret\n\n"
        "conn "
        "l2tp\n\tkeyexchange=ikev1\n\ttype=transport\n\tauthby=secret\n\tright=192.0.2.2\n\trightprotoport=17/1701\n\n"
        "conn server\n\tleft=192.0.2.3\n\tright=%any\n\nconn loop\n\talso=loop\n\tright=192.0.2.4\n\tauthby=secret\n");
    QCOMPARE(got.result.profiles.size(), std::size_t{3});
    QCOMPARE(got.result.profiles.at(0).protocol, Protocol::Unsupported);
    QCOMPARE(got.result.profiles.at(1).protocol, Protocol::L2tp);
    QCOMPARE(got.result.profiles.at(2).authentication.method, Method::Psk);
    QCOMPARE(got.argument("tern.formats.entry.server-side", 0), std::string("server"));
}

void TestStrongswanFormats::broken_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("line");
    const auto row = [](const char* name, const QByteArray& bytes, const char* code, const char* line) {
        QTest::newRow(name) << bytes << QByteArray(code) << QByteArray(line);
    };
    row("sswan cut off", "{\n\"type\":\"ikev2-eap\",\n\"remote\":{", "tern.formats.broken", "3");
    row("swanctl without an end", "connections {\n a {\n  remote_addrs = b\n", "tern.formats.broken", "4");
    row("swanctl with an end too many", "connections {\n}\n}\n", "tern.formats.broken", "3");
    row("swanctl without values", "connections {\n a\n}\n", "tern.formats.broken", "3");
    row("swanctl endless", "connections {" + QByteArray("a {").repeated(200), "tern.formats.too-complex", "");
    row("swanctl with nothing inside", "connections {\n}\n", "tern.formats.no-vpn", "swanctl.conf");
    row("ipsec.conf with nothing inside", "config setup\n\nconn %default\n\tike=aes\n", "tern.formats.no-vpn",
        "ipsec.conf");
}

void TestStrongswanFormats::broken() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, line);
    const auto result = importAs(bytes.toStdString(), "office.conf");
    QVERIFY(!result.has_value());
    QCOMPARE(QByteArray::fromStdString(result.error().code), code);
    if (!line.isEmpty()) {
        QCOMPARE(QByteArray::fromStdString(result.error().args.at(1)), line);
    }
}

QTEST_APPLESS_MAIN(TestStrongswanFormats)
#include "tst_strongswan_formats.moc"
