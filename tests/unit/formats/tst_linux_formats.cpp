// What Linux computers have beside NetworkManager: pppd's peers, xl2tpd.conf; and what is known by sight alone.
#include "core/formats/foreign.h"
#include "tests/unit/formats/imports.h"

#include <QTest>

using namespace tern;
using namespace tern::test;
using formats::ImportedSecret;
using profile::Encryption;
using profile::Method;
using profile::Protocol;

class TestLinuxFormats : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pptpPeer();
    void pptpCommands_data();
    void pptpCommands();
    void pptpInTheKernel();
    void sstpPeer();
    void otherPeers();
    void xl2tpd();
    void xl2tpdServersOnly();
    void hostileFiles();
    void foreign_data();
    void foreign();
};

void TestLinuxFormats::pptpPeer() {
    const auto got = imported("# written by pptpsetup\n"
                              "pty \"pptp vpn.example.com --nolaunchpppd\"\n"
                              "lock\nnoauth\nnobsdcomp\nnodeflate\n"
                              "name \"CORP\\\\\\\\anna\"\n"
                              "password 'geheim Wort' # at the end\n"
                              "remotename office\nipparam office\nrequire-mppe-128 nodefaultroute\n"
                              "connect-delay 5\nfile /etc/ppp/options.pptp\n",
                              "office");
    const auto& profile = got.only();
    QCOMPARE(profile.name, std::string("office"));
    QCOMPARE(profile.protocol, Protocol::Pptp);
    QCOMPARE(profile.server(), std::string("vpn.example.com"));
    QCOMPARE(profile.authentication.domain, std::string("CORP"));
    QCOMPARE(profile.authentication.username, std::string("anna"));
    QCOMPARE(profile.authentication.method, Method::Mschapv2);
    QCOMPARE(profile.encryption, Encryption::Maximum);
    QVERIFY(!profile.routing.fullTunnelIpv4);
    QCOMPARE(profile.origin.format, std::string("ppp-peer"));
    QCOMPARE(profile.origin.line, 2U);
    QCOMPARE(got.secret(ImportedSecret::Kind::Password), std::string("geheim Wort"));
    QVERIFY(keepsOut(got.result, "geheim"));
    QVERIFY(profile.authentication.rememberPassword);
}

void TestLinuxFormats::pptpCommands_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("server");
    const auto row = [](const char* line, const char* server) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(server);
    };
    row("pty \"pptp a.example.com --nolaunchpppd\"", "a.example.com");
    row("pty '/usr/sbin/pptp --timeout 10 --nolaunchpppd a.example.com'", "a.example.com");
    row("pty \"pptp --loglevel 0 192.0.2.7 --nolaunchpppd --nobuffer\"", "192.0.2.7");
    row("pty \"pptp --nolaunchpppd\"", "");
    row("  pty\t\"pptp  a.example.com \"", "a.example.com");
    row("plugin pptp.so\npptp_server a.example.com", "a.example.com");
    row("plugin \"/usr/lib/pppd/2.4.9/pptp.so\" pptp_server 192.0.2.7", "192.0.2.7");
    row("plugin pptp.so", "");
}

void TestLinuxFormats::pptpCommands() {
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, server);
    const auto got = imported(line.toStdString() + "\nuser anna\n", "peer");
    QCOMPARE(got.result.entries, std::size_t{1});
    if (server.isEmpty()) {
        QVERIFY(got.result.profiles.empty() && got.noted("tern.formats.entry.no-server"));
        return;
    }
    QCOMPARE(got.only().protocol, Protocol::Pptp);
    QCOMPARE(got.only().server(), server.toStdString());
}

void TestLinuxFormats::pptpInTheKernel() {
    const auto got = imported("plugin \"pptp.so\"\npptp_server 192.0.2.9\nuser bob\n+mppe\n", "kernel");
    QCOMPARE(got.only().encryption, Encryption::Required);
    QCOMPARE(got.only().authentication.username, std::string("bob"));
    QCOMPARE(got.unused(), std::string());
    QCOMPARE(imported("plugin pptp.so\npptp_server a\n").only().encryption, Encryption::Optional);
    QCOMPARE(imported("plugin pptp.so\npptp_server a\nnomppe\n").only().encryption, Encryption::None);
    QCOMPARE(imported("plugin pptp.so\npptp_server a\nmppe required,stateless\n").only().encryption,
             Encryption::Required);
}

void TestLinuxFormats::sstpPeer() {
    const auto got = imported("remotename sstp\npty \"sstpc --ipparam s --nolaunchpppd --cert-warn --ca-cert "
                              "/etc/ssl/office.pem --user anna --password geheim sstp.example.com:4443\"\n"
                              "plugin sstp-pppd-plugin.so\nsstp-sock /run/sstpc\n",
                              "sstp");
    const auto& profile = got.only();
    QCOMPARE(profile.protocol, Protocol::Sstp);
    QCOMPARE(profile.server(), std::string("sstp.example.com"));
    QCOMPARE(profile.port, std::uint16_t{4443});
    QVERIFY(profile.trust.certificateCheckDisabled);
    QCOMPARE(profile.authentication.username, std::string("anna"));
    QCOMPARE(got.result.authorityFiles.at(0).path, std::string("/etc/ssl/office.pem"));
    QCOMPARE(got.secret(ImportedSecret::Kind::Password), std::string("geheim"));
    QVERIFY(keepsOut(got.result, "geheim"));
}

// A modem's peer, and a file that only mentions PPTP, are none of ours.
void TestLinuxFormats::otherPeers() {
    QVERIFY(!importAs("connect \"/usr/sbin/chat -v -f /etc/chatscripts/pptp \"\n/dev/modem\n115200\n", "provider"));
    QVERIFY(!importAs("# pty \"pptp vpn.example.com\"\nnoauth\n", "comment"));
    QVERIFY(!importAs("plugin rp-pppoe.so\neth0\n", "dsl"));
}

void TestLinuxFormats::xl2tpd() {
    const auto got = imported("[global]\nport = 1701\n; a comment\n\n[lac office]\nlns = l2tp.example.com\n"
                              "lns = backup.example.com:1702\nname = anna\nppp debug = yes\npppoptfile = /etc/ppp/o\n"
                              "\n[LAC 分公司]\nlns=192.0.2.1\nlocal ip = 10.0.0.9\n\n[lac none]\nredial = yes\n"
                              "\n[lns default]\nip range = 10.0.0.2-10.0.0.9\n",
                              "xl2tpd.conf");
    QCOMPARE(got.result.format, std::string("xl2tpd"));
    QCOMPARE(got.result.entries, std::size_t{4});
    QCOMPARE(got.result.profiles.size(), std::size_t{2});
    const auto& office = got.result.profiles.at(0);
    QCOMPARE(office.name, std::string("office"));
    QCOMPARE(office.protocol, Protocol::L2tp);
    QCOMPARE(office.servers, (std::vector<std::string>{"l2tp.example.com", "backup.example.com"}));
    QCOMPARE(office.port, std::uint16_t{0});
    QCOMPARE(office.authentication.username, std::string("anna"));
    QVERIFY(!office.l2tp.withoutIpsec); // nobody knows
    QVERIFY(got.noted("tern.formats.note.ipsec-elsewhere"));
    QCOMPARE(got.result.profiles.at(1).name, std::string("分公司"));
    QVERIFY(got.unused().find("local ip") != std::string::npos);
    QCOMPARE(got.argument("tern.formats.entry.no-server", 0), std::string("none"));
    QCOMPARE(got.argument("tern.formats.entry.l2tp-server", 0), std::string("default"));
}

void TestLinuxFormats::xl2tpdServersOnly() {
    const auto got = imported("[global]\n[lns default]\nip range = 10.0.0.2-10.0.0.9\n", "xl2tpd.conf");
    QVERIFY(got.result.profiles.empty());
    QCOMPARE(got.result.skipped(), std::size_t{1});
    QVERIFY(!importAs("; nothing but comments\n; [lac vpn]\n", "xl2tpd.conf"));
}

void TestLinuxFormats::hostileFiles() {
    const auto longWord = std::string(100'000, 'a');
    const std::vector<std::string> texts{"pty \"pptp " + longWord,
                                         "pty 'pptp x\\",
                                         "pty \"pptp \\\"\"\n\\",
                                         "[lac " + longWord,
                                         "[lac ]\nlns=\xFF",
                                         "[lac a]\nlns = a b c : [",
                                         "plugin pptp.so\npptp_server " + longWord};
    for (const auto& text : texts) {
        const auto result = importAs(text, "x");
        QVERIFY(!result || result->profiles.size() + result->skipped() == result->entries);
    }
}

void TestLinuxFormats::foreign_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QByteArray>("server");
    const auto row = [](const char* name, const char* text, const char* format, const char* server) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(format) << QByteArray(server);
    };
    row("OpenVPN", "client\r\ndev tun\r\nremote vpn.example.com 1194 udp\r\n", "openvpn", "vpn.example.com");
    row("OpenVPN, inline", "remote 2001:db8::1 443\n<ca>\n</ca>\n", "openvpn", "2001:db8::1");
    row("OpenVPN's server side", "port 1194\ndev tun\nserver 10.8.0.0 255.255.255.0\n", "", "");
    row("remote of something else", "[x]\nremote = y\nurl = z\n", "", "");
    row("WireGuard", "[Interface]\nPrivateKey=k\n[Peer]\nEndpoint = wg.example.com:51820\n", "wireguard",
        "wg.example.com");
    row("WireGuard that is called", "[Interface]\nListenPort=1\n[Peer]\nPublicKey=k\n", "", "");
    row("WireGuard of NetworkManager", "[connection]\nid=a\ntype=wireguard\n[wireguard-peer.k]\nendpoint=[::1]:5\n",
        "wireguard", "::1");
    row("vpnc", "IPSec gateway vpn.example.com\nIPSec ID g\n", "vpnc", "vpn.example.com");
    row("Cisco", "[main]\r\nDescription=x\r\nHost=vpn.example.com\r\nenc_GroupPwd=AB\r\n", "pcf", "vpn.example.com");
    row("another [main]", "[main]\nHost=db.example.com\n", "", "");
    row("nonsense for a server", "client\nremote \x01\x02 1\n", "openvpn", "");
    row("nothing", "", "", "");
}

void TestLinuxFormats::foreign() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, format);
    QFETCH(QByteArray, server);
    const auto found = formats::foreignVpn(
        {reinterpret_cast<const std::uint8_t*>(text.constData()), static_cast<std::size_t>(text.size())});
    QCOMPARE(found ? QByteArray::fromStdString(found->format) : QByteArray(), format);
    QCOMPARE(found ? QByteArray::fromStdString(found->server) : QByteArray(), server);
}

QTEST_APPLESS_MAIN(TestLinuxFormats)
#include "tst_linux_formats.moc"
