#include "app/helper/request.h"

#include <QTest>

using namespace tern;
using namespace tern::helper;
using tern::dbus::DomainList;
using tern::dbus::PortList;
using tern::dbus::Prefix;
using tern::dbus::PrefixList;

namespace {

struct Tunnel {
    unsigned mtu = 1400;
    PrefixList addresses{{QStringLiteral("10.8.0.2"), 32}};
    PrefixList routes;
    PrefixList excluded;
    QStringList dns;
    DomainList domains;
    QStringList block;

    [[nodiscard]] base::Result<TunnelRequest> check() const {
        return checkTunnel(mtu, addresses, routes, excluded, dns, domains, block);
    }
};

// Empty when it is taken; otherwise the detail. The code is always the same one.
QString why(const Tunnel& tunnel) {
    const auto request = tunnel.check();
    if (request) {
        return {};
    }
    if (request.error().code != "tern.helper.bad-request") {
        return QString::fromStdString("wrong code " + request.error().code);
    }
    return QString::fromStdString(request.error().detail);
}

} // namespace

class TestRequest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void servers_data();
    void servers();
    void ports_data();
    void ports();
    void mtu_data();
    void mtu();
    void networks_data();
    void networks();
    void countsAreCapped();
    void familiesNeedAnAddress();
    void nameServers_data();
    void nameServers();
    void domains_data();
    void domains();
    void wholeFamilyCannotBeExcluded();
    void blocks();
    void listsAreSortedAndUnique();
};

void TestRequest::servers_data() {
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("taken");
    QTest::newRow("IPv4") << "192.0.2.1" << true;
    QTest::newRow("IPv6") << "2001:db8::1" << true;
    QTest::newRow("private") << "10.0.0.1" << true;
    QTest::newRow("loopback") << "127.0.0.1" << false;
    QTest::newRow("loopback too") << "127.200.0.1" << false;
    QTest::newRow("loopback IPv6") << "::1" << false;
    QTest::newRow("unspecified") << "0.0.0.0" << false;
    QTest::newRow("unspecified IPv6") << "::" << false;
    QTest::newRow("this network") << "0.1.2.3" << false;
    QTest::newRow("multicast") << "224.0.0.1" << false;
    QTest::newRow("multicast IPv6") << "ff02::1" << false;
    QTest::newRow("broadcast") << "255.255.255.255" << false;
    QTest::newRow("reserved") << "240.0.0.1" << false;
    QTest::newRow("link-local") << "169.254.1.1" << false;
    QTest::newRow("link-local IPv6") << "fe80::1" << false;
    QTest::newRow("mapped loopback") << "::ffff:127.0.0.1" << false;
    QTest::newRow("mapped") << "::ffff:192.0.2.1" << false;
    QTest::newRow("zone") << "fe80::1%eth0" << false;
    QTest::newRow("name") << "vpn.example" << false;
    QTest::newRow("empty") << "" << false;
    QTest::newRow("trailing text") << "192.0.2.1; drop" << false;
    QTest::newRow("short form") << "192.2" << false;
    QTest::newRow("long") << QString(100000, QLatin1Char('1')) << false;
}

void TestRequest::servers() {
    QFETCH(QString, address);
    QFETCH(bool, taken);
    const auto request = checkSocket(QStringLiteral("udp"), address, {500});
    QCOMPARE(request.has_value(), taken);
    if (taken) {
        QCOMPARE(QString::fromStdString(request->server.text()), address);
    } else {
        QCOMPARE(request.error().code, std::string("tern.helper.bad-server"));
        QVERIFY(request.error().detail.size() < 200);
    }
}

void TestRequest::ports_data() {
    QTest::addColumn<QString>("transport");
    QTest::addColumn<PortList>("ports");
    QTest::addColumn<bool>("taken");
    QTest::newRow("IKE") << "udp" << PortList{500, 4500} << true;
    QTest::newRow("SSTP") << "tcp" << PortList{443} << true;
    QTest::newRow("four") << "udp" << PortList{1, 2, 3, 65535} << true;
    QTest::newRow("five") << "udp" << PortList{1, 2, 3, 4, 5} << false;
    QTest::newRow("none") << "udp" << PortList{} << false;
    QTest::newRow("zero") << "udp" << PortList{500, 0} << false;
    QTest::newRow("other transport") << "sctp" << PortList{500} << false;
    QTest::newRow("other case") << "UDP" << PortList{500} << false;
}

void TestRequest::ports() {
    QFETCH(QString, transport);
    QFETCH(PortList, ports);
    QFETCH(bool, taken);
    QCOMPARE(checkSocket(transport, QStringLiteral("192.0.2.1"), ports).has_value(), taken);
}

void TestRequest::mtu_data() {
    QTest::addColumn<uint>("mtu");
    QTest::addColumn<bool>("v4");
    QTest::addColumn<bool>("v6");
    QTest::newRow("575") << 575U << false << false;
    QTest::newRow("576") << 576U << true << false;
    QTest::newRow("1279") << 1279U << true << false;
    QTest::newRow("1280") << 1280U << true << true;
    QTest::newRow("9000") << 9000U << true << true;
    QTest::newRow("9001") << 9001U << false << false;
    QTest::newRow("huge") << 4294967295U << false << false;
}

void TestRequest::mtu() {
    QFETCH(uint, mtu);
    QFETCH(bool, v4);
    QFETCH(bool, v6);
    Tunnel tunnel;
    tunnel.mtu = mtu;
    QCOMPARE(tunnel.check().has_value(), v4);
    tunnel.addresses.append({QStringLiteral("fd00::2"), 128});
    QCOMPARE(tunnel.check().has_value(), v6);
}

void TestRequest::networks_data() {
    QTest::addColumn<QString>("network");
    QTest::addColumn<int>("length");
    QTest::addColumn<bool>("taken");
    QTest::newRow("all") << "0.0.0.0" << 0 << true;
    QTest::newRow("half") << "128.0.0.0" << 1 << true;
    QTest::newRow("private") << "10.0.0.0" << 8 << true;
    QTest::newRow("host") << "10.0.0.1" << 32 << true;
    QTest::newRow("host bits") << "10.0.0.1" << 31 << false;
    QTest::newRow("host bits far up") << "10.128.0.0" << 8 << false;
    QTest::newRow("too long") << "10.0.0.0" << 33 << false;
    QTest::newRow("all IPv6") << "::" << 0 << true;
    QTest::newRow("IPv6") << "2001:db8::" << 32 << true;
    QTest::newRow("IPv6 host bits") << "2001:db8::1" << 64 << false;
    QTest::newRow("IPv6 too long") << "2001:db8::" << 129 << false;
    QTest::newRow("loopback") << "127.0.0.0" << 8 << false;
    QTest::newRow("multicast") << "224.0.0.0" << 4 << false;
    QTest::newRow("multicast IPv6") << "ff00::" << 8 << false;
    QTest::newRow("link-local") << "fe80::" << 10 << false;
    QTest::newRow("not an address") << "ten" << 8 << false;
}

void TestRequest::networks() {
    QFETCH(QString, network);
    QFETCH(int, length);
    QFETCH(bool, taken);
    Tunnel tunnel;
    tunnel.addresses.append({QStringLiteral("fd00::2"), 128});
    tunnel.routes.append({network, static_cast<uchar>(length)});
    QVERIFY2(why(tunnel).isEmpty() == taken, qPrintable(why(tunnel)));
    tunnel.routes.clear();
    tunnel.excluded.append({network, static_cast<uchar>(length)});
    QCOMPARE(why(tunnel).isEmpty(), taken && length > 0);
}

void TestRequest::countsAreCapped() {
    const auto hosts = [](int count) {
        PrefixList list;
        for (int i = 0; i < count; ++i) {
            list.append({QStringLiteral("10.1.%1.%2").arg(i / 250).arg(i % 250 + 1), 32});
        }
        return list;
    };
    Tunnel tunnel;
    tunnel.addresses.clear();
    QVERIFY(!why(tunnel).isEmpty());
    tunnel.addresses = hosts(16);
    QCOMPARE(why(tunnel), QString());
    tunnel.addresses = hosts(17);
    QVERIFY(!why(tunnel).isEmpty());

    tunnel = Tunnel();
    tunnel.routes = hosts(1024);
    tunnel.excluded = hosts(1024);
    QCOMPARE(why(tunnel), QString());
    tunnel.routes = hosts(1025);
    QVERIFY(!why(tunnel).isEmpty());
    tunnel.routes.clear();
    tunnel.excluded = hosts(1025);
    QVERIFY(!why(tunnel).isEmpty());

    tunnel = Tunnel();
    tunnel.dns = QStringList(8, QStringLiteral("10.8.0.1"));
    tunnel.domains = DomainList(64, {QStringLiteral("corp.example"), true});
    QCOMPARE(why(tunnel), QString());
    tunnel.dns.append(QStringLiteral("10.8.0.1"));
    QVERIFY(!why(tunnel).isEmpty());
    tunnel.dns.clear();
    tunnel.domains.append({QStringLiteral("corp.example"), true});
    QVERIFY(!why(tunnel).isEmpty());
}

void TestRequest::familiesNeedAnAddress() {
    Tunnel tunnel;
    tunnel.routes.append({QStringLiteral("::"), 0});
    QVERIFY(why(tunnel).contains(QLatin1String("family")));
    tunnel.addresses.append({QStringLiteral("fd00::2"), 64});
    QCOMPARE(why(tunnel), QString());
    tunnel.addresses.removeFirst();
    tunnel.dns.append(QStringLiteral("10.8.0.1"));
    QVERIFY(why(tunnel).contains(QLatin1String("family")));
}

void TestRequest::nameServers_data() {
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("taken");
    QTest::newRow("inside") << "10.8.0.1" << true;
    QTest::newRow("outside") << "192.0.2.53" << true;
    QTest::newRow("loopback") << "127.0.0.53" << false;
    QTest::newRow("multicast") << "224.0.0.251" << false;
    QTest::newRow("unspecified") << "0.0.0.0" << false;
    QTest::newRow("name") << "dns.example" << false;
}

void TestRequest::nameServers() {
    QFETCH(QString, server);
    QFETCH(bool, taken);
    Tunnel tunnel;
    tunnel.dns.append(server);
    QCOMPARE(why(tunnel).isEmpty(), taken);
}

void TestRequest::domains_data() {
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("becomes"); // empty = refused
    const QString label(63, QLatin1Char('a'));
    QTest::newRow("plain") << "corp.example"
                           << "corp.example";
    QTest::newRow("one label") << "corp"
                               << "corp";
    QTest::newRow("upper case") << "Corp.EXAMPLE"
                                << "corp.example";
    QTest::newRow("final dot") << "corp.example."
                               << "corp.example";
    QTest::newRow("A-label") << "xn--fiq228c.example"
                             << "xn--fiq228c.example";
    QTest::newRow("label of 63") << label + QLatin1String(".example") << label + QLatin1String(".example");
    QTest::newRow("label of 64") << label + QLatin1String("a.example") << "";
    QTest::newRow("253 octets") << (label + QLatin1Char('.')).repeated(3) + QString(61, QLatin1Char('b'))
                                << (label + QLatin1Char('.')).repeated(3) + QString(61, QLatin1Char('b'));
    QTest::newRow("254 octets") << (label + QLatin1Char('.')).repeated(3) + QString(62, QLatin1Char('b')) << "";
    QTest::newRow("empty") << ""
                           << "";
    QTest::newRow("empty label") << "corp..example"
                                 << "";
    QTest::newRow("leading dot") << ".example"
                                 << "";
    QTest::newRow("tilde") << "~corp.example"
                           << "";
    QTest::newRow("leading hyphen") << "-corp.example"
                                    << "";
    QTest::newRow("trailing hyphen") << "corp-.example"
                                     << "";
    QTest::newRow("space") << "corp example"
                           << "";
    QTest::newRow("underscore") << "_ldap.example"
                                << "";
    QTest::newRow("line break") << "corp\nexample"
                                << "";
    QTest::newRow("not ASCII") << QString::fromUtf8("\u516c\u53f8.example") << "";
    QTest::newRow("Kelvin sign") << QString::fromUtf8("\u212aorp") << ""; // lower-cases to "k" in Unicode
}

void TestRequest::domains() {
    QFETCH(QString, domain);
    QFETCH(QString, becomes);
    Tunnel tunnel;
    tunnel.domains.append({domain, true});
    const auto request = tunnel.check();
    QCOMPARE(request.has_value(), !becomes.isEmpty());
    if (request) {
        QCOMPARE(QString::fromStdString(request->domains.at(0).name), becomes);
        QVERIFY(!request->allNames);
    }
}

void TestRequest::wholeFamilyCannotBeExcluded() {
    Tunnel tunnel;
    tunnel.domains.append({QStringLiteral("."), true});
    QVERIFY(tunnel.check()->allNames);
    QVERIFY(tunnel.check()->domains.empty());
    tunnel.domains = {{QStringLiteral("."), false}};
    QVERIFY(!why(tunnel).isEmpty());
    tunnel.domains.clear();
    QVERIFY(tunnel.check()->allNames);
    tunnel.excluded.append({QStringLiteral("0.0.0.0"), 0});
    QVERIFY(!why(tunnel).isEmpty());
}

void TestRequest::blocks() {
    Tunnel tunnel;
    QVERIFY(!tunnel.check()->blockV4 && !tunnel.check()->blockV6);
    tunnel.block = {QStringLiteral("ipv6")};
    QVERIFY(!tunnel.check()->blockV4 && tunnel.check()->blockV6);
    tunnel.block.append(QStringLiteral("ipv4"));
    QVERIFY(tunnel.check()->blockV4 && tunnel.check()->blockV6);
    tunnel.block = {QStringLiteral("ipx")};
    QVERIFY(!why(tunnel).isEmpty());
}

void TestRequest::listsAreSortedAndUnique() {
    Tunnel tunnel;
    tunnel.routes = {
        {QStringLiteral("10.2.0.0"), 16}, {QStringLiteral("10.1.0.0"), 16}, {QStringLiteral("10.2.0.0"), 16}};
    tunnel.dns = {QStringLiteral("10.8.0.9"), QStringLiteral("10.8.0.1"), QStringLiteral("10.8.0.9")};
    const auto request = tunnel.check();
    QVERIFY(request);
    QCOMPARE(request->routes.size(), std::size_t{2});
    QCOMPARE(request->routes.at(0).text(), std::string("10.1.0.0/16"));
    QCOMPARE(request->dns.size(), std::size_t{2});
    QCOMPARE(request->dns.at(0).text(), std::string("10.8.0.9")); // the order of servers is the caller's
}

QTEST_GUILESS_MAIN(TestRequest)
#include "tst_request.moc"
