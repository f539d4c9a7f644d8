// Key files of NetworkManager (nm-settings-keyfile) with its plug-ins for PPTP, L2TP, SSTP and strongSwan.
#include "tests/unit/formats/imports.h"

#include <QTest>

using namespace tern;
using namespace tern::test;
using formats::ImportedSecret;
using profile::Encryption;
using profile::Method;
using profile::Protocol;

namespace {

std::string keyFile(const std::string& service, const std::string& vpn, const std::string& rest = {},
                    const std::string& id = "公司 VPN") {
    return "[connection]\nid=" + id +
           "\nuuid=6a1c4d9e-0f53-4b0e-8a39-52f1e2f4a7d1\ntype=vpn\nautoconnect=false\npermissions=\n\n[vpn]\n" + vpn +
           "service-type=org.freedesktop.NetworkManager." + service + "\n\n" + rest;
}

bool allows(const profile::Profile& profile, Method method) {
    return std::ranges::find(profile.authentication.allowed, method) != profile.authentication.allowed.end();
}

} // namespace

class TestNetworkManager : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pptp();
    void l2tpWithKey_data();
    void l2tpWithKey();
    void l2tpWithoutIpsec();
    void sstp();
    void strongswan();
    void strongswanMethods_data();
    void strongswanMethods();
    void splitTunnel();
    void otherServices();
    void otherConnections();
    void whatIsNotUsedIsNamed();
    void escapes();
    void damaged();
};

void TestNetworkManager::pptp() {
    const auto got = imported(keyFile("pptp",
                                      "gateway=vpn.example.com\nuser=CORP\\\\anna\nrefuse-pap=yes\nrefuse-chap=yes\n"
                                      "refuse-mschap=yes\nrefuse-eap=yes\nrequire-mppe-128=yes\npassword-flags=0\n",
                                      "[vpn-secrets]\npassword=geheim-Wort\n\n[ipv4]\nmethod=auto\n"));
    const auto& profile = got.only();
    QCOMPARE(profile.name, std::string("公司 VPN"));
    QCOMPARE(profile.protocol, Protocol::Pptp);
    QCOMPARE(profile.server(), std::string("vpn.example.com"));
    QCOMPARE(profile.authentication.username, std::string("anna"));
    QCOMPARE(profile.authentication.domain, std::string("CORP"));
    QCOMPARE(profile.authentication.method, Method::Mschapv2);
    QCOMPARE(profile.authentication.allowed, std::vector{Method::Mschapv2});
    QCOMPARE(profile.encryption, Encryption::Maximum);
    QVERIFY(profile.authentication.rememberPassword);
    QCOMPARE(profile.origin.format, std::string("nmconnection"));
    QVERIFY(!profile.origin.fingerprint.empty());
    QCOMPARE(got.secret(ImportedSecret::Kind::Password), std::string("geheim-Wort"));
    QCOMPARE(got.result.secrets.at(0).profile, profile.id);
    QCOMPARE(got.argument("tern.formats.note.secret-in-file", 1), std::string("office.file"));
    QVERIFY(keepsOut(got.result, "geheim-Wort"));
    QCOMPARE(got.unused(), std::string());
}

void TestNetworkManager::l2tpWithKey_data() {
    QTest::addColumn<QByteArray>("where");
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("among the settings") << QByteArray("ipsec-psk=Sommer-2019\n") << QByteArray("Sommer-2019");
    QTest::newRow("base64") << QByteArray("ipsec-psk=0sU29tbWVyLTIwMTk=\n") << QByteArray("Sommer-2019");
    QTest::newRow("not base64 after all") << QByteArray("ipsec-psk=0s!!\n") << QByteArray("0s!!");
    QTest::newRow("among the secrets") << QByteArray("[vpn-secrets]\nipsec-psk=Sommer-2019\n")
                                       << QByteArray("Sommer-2019");
}

void TestNetworkManager::l2tpWithKey() {
    QFETCH(QByteArray, where);
    QFETCH(QByteArray, key);
    const auto text = keyFile("l2tp", "gateway=192.0.2.7\nipsec-enabled=yes\nuser=anna\n");
    const auto at = text.find("service-type");
    const auto got = where.startsWith('[') ? imported(text + where.toStdString())
                                           : imported(text.substr(0, at) + where.toStdString() + text.substr(at));
    QCOMPARE(got.only().protocol, Protocol::L2tp);
    QVERIFY(allows(got.only(), Method::Psk));
    QCOMPARE(got.only().encryption, Encryption::Unset);
    QCOMPARE(got.secret(ImportedSecret::Kind::L2tpPreSharedKey), key.toStdString());
    QCOMPARE(got.secret(ImportedSecret::Kind::PreSharedKey), std::string());
    QVERIFY(got.only().authentication.sharedKeyShort);
    QVERIFY2(!got.only().authentication.rememberPassword, "the key is no password");
    QVERIFY(keepsOut(got.result, key.toStdString()));
}

void TestNetworkManager::l2tpWithoutIpsec() {
    const auto got = imported(keyFile("l2tp", "gateway=192.0.2.7\nuser=anna\n"));
    QCOMPARE(got.only().protocol, Protocol::L2tp);
    QCOMPARE(got.only().encryption, Encryption::None);
    QVERIFY(got.only().l2tp.withoutIpsec);
    QVERIFY(!allows(got.only(), Method::Psk));
}

void TestNetworkManager::sstp() {
    const auto got =
        imported(keyFile("sstp", "gateway=[2001:db8::5]:4443\nuser=anna\ndomain=CORP\nca-cert=/etc/ssl/corp.pem\n"
                                 "ignore-cert-warn=yes\ntls-ext=no\nproxy-server=proxy.example.com\n"
                                 "proxy-port=8080\nproxy-user=p\nproxy-password=Pr0xy\n"));
    const auto& profile = got.only();
    QCOMPARE(profile.protocol, Protocol::Sstp);
    QCOMPARE(profile.server(), std::string("2001:db8::5"));
    QCOMPARE(profile.port, std::uint16_t{4443});
    QCOMPARE(profile.authentication.domain, std::string("CORP"));
    QVERIFY(profile.trust.nameCheckDisabled);
    QVERIFY(profile.sstp.withoutServerName);
    QCOMPARE(profile.sstp.proxy, std::string("http://proxy.example.com:8080"));
    QCOMPARE(got.result.authorityFiles.at(0).path, std::string("/etc/ssl/corp.pem"));
    QCOMPARE(got.result.authorityFiles.at(0).profile, profile.id);
    QCOMPARE(got.unused(), std::string("vpn/proxy-user, vpn/proxy-password"));
    QVERIFY(got.noted("tern.formats.note.secret-left-out"));
    QVERIFY(keepsOut(got.result, "Pr0xy"));
}

void TestNetworkManager::strongswan() {
    const auto got = imported(keyFile(
        "strongswan",
        "address=vpn.example.com\nserver-port=4500\nmethod=eap\nuser=anna@example.com\n"
        "certificate=file:///home/anna/ca.pem\nremote-identity=@gw.example.com\nlocal-identity=laptop\n"
        "proposal=yes\nike=aes256gcm16-prfsha384-ecp384;aes256-sha256-modp2048\nesp=aes256gcm16-ecp384\n"
        "virtual=yes\nencap=no\nremote-ts=10.0.0.0/8,fd00::/8,192.0.2.300/24\n",
        "[vpn-secrets]\npassword=Blumen\n[ipv4]\nmethod=auto\ndns=10.0.0.53;10.0.0.54;\ndns-search=example.com;\n"
        "route-metric=50\n[ipv6]\nmethod=disabled\n"));
    const auto& profile = got.only();
    QCOMPARE(profile.protocol, Protocol::Ikev2);
    QCOMPARE(profile.port, std::uint16_t{4500});
    QCOMPARE(profile.authentication.method, Method::EapMschapv2);
    QCOMPARE(profile.trust.serverName, std::string("gw.example.com"));
    QCOMPARE(profile.trust.remoteIdentity, std::string("gw.example.com"));
    QCOMPARE(profile.trust.localIdentity, std::string("laptop"));
    QCOMPARE(got.result.authorityFiles.at(0).path, std::string("/home/anna/ca.pem"));
    const profile::IkePolicy policy{"SHA384", "AES-GCM-256", "ECP384", "AES-GCM-256", "AES-GCM-256", "ECP384"};
    QCOMPARE(profile.ike.policy, std::optional(policy));
    QVERIFY(got.noted("tern.formats.note.first-proposal"));
    QVERIFY(!profile.routing.fullTunnelIpv4 && !profile.routing.fullTunnelIpv6);
    QCOMPARE(profile.routing.routes.size(), std::size_t{2});
    QCOMPARE(profile.routing.routes.at(1).to.text(), std::string("fd00::/8"));
    QCOMPARE(got.argument("tern.formats.note.bad-address", 2), std::string("192.0.2.300/24"));
    QCOMPARE(profile.routing.metric, 50U);
    QCOMPARE(profile.dns.servers.size(), std::size_t{2});
    QCOMPARE(profile.dns.domains, std::vector<std::string>{"example.com"});
    QCOMPARE(got.unused(), std::string("ipv6.method=disabled"));
    QCOMPARE(got.secret(ImportedSecret::Kind::Password), std::string("Blumen"));
}

void TestNetworkManager::strongswanMethods_data() {
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<int>("method");
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("note");
    QTest::newRow("certificate") << QByteArray("method=cert\nusercert=/home/a/c.pem\nuserkey=/home/a/k.pem\n")
                                 << int(Method::MachineCertificate) << QByteArray("/home/a/c.pem") << QByteArray();
    QTest::newRow("key, as old versions say")
        << QByteArray("method=key\nusercert=/home/a/c.pem\n") << int(Method::MachineCertificate)
        << QByteArray("/home/a/c.pem") << QByteArray();
    QTest::newRow("EAP-TLS") << QByteArray("method=eap-tls\nusercert=/home/a/c.pem\n") << int(Method::EapTls)
                             << QByteArray("/home/a/c.pem") << QByteArray();
    QTest::newRow("PSK") << QByteArray("method=psk\n") << int(Method::Psk) << QByteArray() << QByteArray();
    QTest::newRow("smart card") << QByteArray("method=smartcard\n") << int(Method::MachineCertificate) << QByteArray()
                                << QByteArray("tern.formats.note.key-elsewhere");
    QTest::newRow("agent") << QByteArray("method=cert\ncert-source=agent\n") << int(Method::MachineCertificate)
                           << QByteArray() << QByteArray("tern.formats.note.key-elsewhere");
    QTest::newRow("path that is none") << QByteArray("method=cert\nusercert=c.pem\n") << int(Method::MachineCertificate)
                                       << QByteArray() << QByteArray("tern.formats.note.file-elsewhere");
}

void TestNetworkManager::strongswanMethods() {
    QFETCH(QByteArray, keys);
    QFETCH(int, method);
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, note);
    const auto got = imported(
        keyFile("strongswan", "address=a.example.com\n" + keys.toStdString(), "[vpn-secrets]\npassword=Blumen\n"));
    QCOMPARE(int(got.only().authentication.method), method);
    QCOMPARE(got.only().authentication.certificate.source, source.toStdString());
    QVERIFY(note.isEmpty() || got.noted(note.toStdString()));
    const auto kind = Method(method) == Method::Psk                  ? ImportedSecret::Kind::PreSharedKey
                      : Method(method) == Method::MachineCertificate ? ImportedSecret::Kind::KeyPassPhrase
                                                                     : ImportedSecret::Kind::Password;
    QCOMPARE(got.secret(kind), std::string("Blumen"));
}

void TestNetworkManager::splitTunnel() {
    const auto got =
        imported(keyFile("sstp", "gateway=vpn.example.com\n",
                         "[ipv4]\nmethod=auto\nnever-default=true\nroute1=10.0.0.0/8,0.0.0.0,7\nroute2=172.16.3.1\n"
                         "route1_options=mtu=1200\nroute3=nonsense\n[ipv6]\nmethod=auto\nnever-default=true\n"));
    const auto& routing = got.only().routing;
    QVERIFY(!routing.fullTunnelIpv4 && !routing.fullTunnelIpv6);
    QCOMPARE(routing.routes.size(), std::size_t{2});
    QCOMPARE(routing.routes.at(0).to.text(), std::string("10.0.0.0/8"));
    QCOMPARE(routing.routes.at(0).metric, 7U);
    QCOMPARE(routing.routes.at(1).to.text(), std::string("172.16.3.1/32"));
    QCOMPARE(got.unused(), std::string("ipv4/route1_options"));
    QCOMPARE(got.argument("tern.formats.note.bad-address", 1), std::string("route3"));
}

void TestNetworkManager::otherServices() {
    const auto got = imported(keyFile("openvpn", "remote=vpn.example.com:1194\ndev=tun\nconnection-type=tls\n"));
    QCOMPARE(got.only().protocol, Protocol::Unsupported);
    QCOMPARE(got.only().plugin, std::string("openvpn"));
    // What speaks IKEv1 says so: that is retired whatever else it is.
    const auto vpnc = imported(keyFile("vpnc", "IPSec gateway=vpn.example.com\nIPSec ID=g\n"));
    QCOMPARE(vpnc.only().plugin, std::string("vpnc (IKEv1)"));
    QCOMPARE(vpnc.only().server(), std::string("vpn.example.com"));
    QCOMPARE(imported(keyFile("libreswan", "right=vpn.example.com\n")).only().plugin, std::string("libreswan (IKEv1)"));
    QCOMPARE(imported(keyFile("libreswan", "right=vpn.example.com\nikev2=insist\n")).only().plugin,
             std::string("libreswan"));
    QCOMPARE(got.only().server(), std::string("vpn.example.com"));
    QCOMPARE(got.unused(), std::string("vpn/dev, vpn/connection-type"));
}

void TestNetworkManager::otherConnections() {
    const auto got =
        imported("[connection]\nid=Café\nuuid=1\ntype=wifi\n[wifi]\nssid=x\n[wifi-security]\npsk=kaffee123\n");
    QCOMPARE(got.result.profiles.size(), std::size_t{0});
    QCOMPARE(got.result.skipped(), std::size_t{1});
    QCOMPARE(got.argument("tern.formats.entry.other-kind", 0), std::string("Café"));
    QCOMPARE(got.argument("tern.formats.entry.other-kind", 1), std::string("wifi"));
}

void TestNetworkManager::whatIsNotUsedIsNamed() {
    std::string many;
    for (int i = 0; i < 40; ++i) {
        many += "strange-" + std::to_string(i) + "=1\n";
    }
    const auto unused = imported(keyFile("pptp", "gateway=a.example.com\n" + many)).unused();
    QVERIFY(unused.starts_with("vpn/strange-0, vpn/strange-1, "));
    QVERIFY2(unused.ends_with("vpn/strange-23, …"), unused.c_str());
}

void TestNetworkManager::escapes() {
    const auto got = imported(keyFile("pptp", "gateway=a.example.com\n", "[vpn-secrets]\npassword=\\sa\\\\b=c\\t;\n"));
    QCOMPARE(got.secret(ImportedSecret::Kind::Password), std::string(" a\\b=c\t;"));
}

void TestNetworkManager::damaged() {
    const auto noServer = imported(keyFile("pptp", "user=anna\n"));
    QVERIFY(noServer.noted("tern.formats.entry.no-server"));
    QCOMPARE(noServer.result.profiles.size(), std::size_t{0});
    QVERIFY(imported(keyFile("pptp", "gateway=a b\x01\n")).noted("tern.formats.entry.bad-server"));
    QVERIFY(imported(keyFile("pptp", "gateway=a.example.com\nnonsense\n")).noted("tern.formats.note.stray-line"));
    // Cut off in the middle: nothing but the name is known.
    QCOMPARE(importAs("[connection]\nid=a\ntype=vpn\n", "a.nmconnection")->skipped(), std::size_t{1});
}

QTEST_APPLESS_MAIN(TestNetworkManager)
#include "tst_network_manager.moc"
