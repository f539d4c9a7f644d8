// IPv6 inside PPP: IPV6CP, routers, DHCPv6, and servers that promise it and do not have it.
#include "core/ppp/autoconf.h"
#include "rig.h"

#include <QTest>

using namespace tern;
using namespace tern::ppp;
using namespace tern::test;
using sim::PppRouterConfig;
using sim::PppServerConfig;

namespace {

SessionConfig client() {
    auto config = PppRig::client();
    config.requestIpv6 = true;
    config.interfaceId = InterfaceId{0, 0xAA, 0, 0, 0, 0, 0, 0x77};
    return config;
}
PppServerConfig server(PppRouterConfig router) {
    PppServerConfig config;
    config.ipv6 = true;
    config.router = std::move(router);
    return config;
}
PppRouterConfig slaac() {
    PppRouterConfig router;
    router.prefixes = {{"2001:db8:1::/64"}};
    router.dns = "2001:db8::35";
    router.domain = "Corp.Example";
    router.route = "2001:db8:77::/48";
    return router;
}
PppRouterConfig managed() {
    PppRouterConfig router;
    router.managed = true;
    router.dhcp = true;
    return router;
}
Texts texts(const std::vector<base::IpAddress>& list) {
    Texts result;
    for (const auto& one : list) {
        result.push_back(one.text());
    }
    return result;
}
Texts texts(const std::vector<base::IpPrefix>& list) {
    Texts result;
    for (const auto& one : list) {
        result.push_back(one.text());
    }
    return result;
}
constexpr const char* ownAddress = "2001:db8:1:0:aa::77/64";

} // namespace

class TestIpv6 : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void byPrefix();
    void byDhcp();
    void byDhcpAtOnce();
    void restByDhcp();
    void withoutIpv4();
    void dhcpWithoutRouter();
    void noRouter();
    void noRouterAndNoIpv4();
    void routerComesLate();
    void refusedProtocol();
    void namedByTheServer();
    void lifetimes();
    void takenBack();
    void renews();
    void rebindsAndExpires();
    void forgottenByTheServer();
    void noAddressesLeft();
    void releases();
    void askedByNeighbours();
    void forgedAdvertisements_data();
    void forgedAdvertisements();
    void damagedAnywhere();
    void mtuOfTheRouter();
    void smallMru();
    void bounded();
};

void TestIpv6::byPrefix() {
    PppRig rig(server(slaac()), client());
    rig.start();
    QVERIFY(rig.session->isUp());
    const auto* const up = rig.last<Up>();
    QCOMPARE(rig.addresses(), (Texts{"10.20.0.7/32", ownAddress}));
    QCOMPARE(texts(up->dns), (Texts{"10.20.0.53", "10.20.0.54", "2001:db8::35"}));
    QCOMPARE(up->domains, Texts{"corp.example"});
    QCOMPARE(texts(up->routes), (Texts{"2001:db8:1::/64", "2001:db8:77::/48"}));
    QVERIFY(up->ipv6Default);
    QCOMPARE(up->linkLocal->text(), std::string("fe80::aa:0:0:77"));
    QCOMPARE(rig.count<Up>(), std::size_t{1}); // in one piece
    QCOMPARE(rig.server.router().solicitations, 1U);
}

void TestIpv6::byDhcp() {
    PppRig rig(server(managed()), client());
    rig.start();
    QCOMPARE(rig.addresses(), (Texts{"10.20.0.7/32", "2001:db8:2::77/128"}));
    QCOMPARE(texts(rig.last<Up>()->dns).back(), std::string("2001:db8::53"));
    QCOMPARE(rig.last<Up>()->domains, Texts{"corp.example"});
    QCOMPARE(rig.server.router().dhcpTypes, (std::vector<std::uint8_t>{1, 3}));
    QCOMPARE(rig.count<Up>(), std::size_t{1});
}

void TestIpv6::byDhcpAtOnce() {
    auto router = managed();
    router.rapidCommit = true;
    PppRig rig(server(router), client());
    rig.start();
    QCOMPARE(rig.addresses(), (Texts{"10.20.0.7/32", "2001:db8:2::77/128"}));
    QCOMPARE(rig.server.router().dhcpTypes, std::vector<std::uint8_t>{1});
}

void TestIpv6::restByDhcp() {
    auto router = slaac();
    router.dns.clear();
    router.other = true;
    router.dhcp = true;
    PppRig rig(server(router), client());
    rig.start();
    QCOMPARE(rig.addresses(), (Texts{"10.20.0.7/32", ownAddress}));
    QCOMPARE(rig.server.router().dhcpTypes, std::vector<std::uint8_t>{11});
    QCOMPARE(texts(rig.last<Up>()->dns).back(), std::string("2001:db8::53"));
}

void TestIpv6::withoutIpv4() {
    auto config = server(slaac());
    config.ipv4 = false;
    PppRig rig(config, client());
    rig.start();
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.addresses(), Texts{ownAddress});
}

void TestIpv6::dhcpWithoutRouter() {
    auto router = managed();
    router.answersSolicitations = false;
    auto config = server(router);
    config.ipv4 = false;
    PppRig rig(config, client());
    rig.start();
    QVERIFY(!rig.session->isUp());
    rig.wait(4s);
    QCOMPARE(rig.addresses(), Texts{"2001:db8:2::77/128"});
    QVERIFY(rig.last<Up>()->ipv6Default); // there is no other way
}

// pppd opens IPV6CP and knows no router: IPv4 is not to wait long for nothing.
void TestIpv6::noRouter() {
    PppRouterConfig router;
    router.answersSolicitations = false;
    PppRig rig(server(router), client());
    rig.start();
    rig.wait(299ms);
    QVERIFY(!rig.session->isUp());
    rig.wait(1ms);
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.addresses(), Texts{"10.20.0.7/32"});
    QVERIFY(!rig.last<Up>()->linkLocal);
    rig.wait(3600s);
    QCOMPARE(rig.count<Up>(), std::size_t{1});
    QCOMPARE(rig.server.router().solicitations, 6U);
    QCOMPARE(rig.closed(), std::string());
}

void TestIpv6::noRouterAndNoIpv4() {
    PppRouterConfig router;
    router.answersSolicitations = false;
    auto config = server(router);
    config.ipv4 = false;
    PppRig rig(config, client());
    rig.start();
    rig.wait(31s);
    QCOMPARE(rig.closed(), std::string("tern.ppp.no-address"));
}

void TestIpv6::routerComesLate() {
    auto router = slaac();
    router.answersSolicitations = false;
    PppRig rig(server(router), client());
    rig.start();
    rig.wait(60s);
    QCOMPARE(rig.addresses(), Texts{"10.20.0.7/32"});
    rig.give(Protocol::Ipv6, rig.server.router().advertisement());
    QCOMPARE(rig.addresses(), (Texts{"10.20.0.7/32", ownAddress}));
    QCOMPARE(rig.count<Up>(), std::size_t{2});
    // The same once more is nothing new.
    rig.give(Protocol::Ipv6, rig.server.router().advertisement());
    QCOMPARE(rig.count<Up>(), std::size_t{2});
}

void TestIpv6::refusedProtocol() {
    PppRig rig({}, client()); // Protocol-Reject
    rig.start();
    QVERIFY(rig.session->isUp()); // at once
    QCOMPARE(rig.addresses(), Texts{"10.20.0.7/32"});
}

void TestIpv6::namedByTheServer() {
    SeededRandom random(1);
    const auto config = client();
    Ipv6cp protocol(config, random);
    protocol.naked({{1, {1, 2, 3, 4, 5, 6, 7, 8}}});
    QCOMPARE(protocol.interfaceId(), (InterfaceId{1, 2, 3, 4, 5, 6, 7, 8}));
    protocol.naked({{1, {0, 0, 0, 0, 0, 0, 0, 0}}}); // no name at all
    QVERIFY(protocol.interfaceId() != InterfaceId{});
    // The same as ours, or none: they get another.
    const auto mine = protocol.interfaceId();
    auto verdict = protocol.judge({{1, {mine.begin(), mine.end()}}});
    QCOMPARE(verdict.naked.size(), std::size_t{1});
    QVERIFY(verdict.naked[0].data != base::Bytes(mine.begin(), mine.end()));
    verdict = protocol.judge({{1, base::Bytes(8, 0)}, {2, {0, 0x4F}}});
    QCOMPARE(verdict.naked.size(), std::size_t{1});
    QCOMPARE(verdict.rejected.size(), std::size_t{1}); // compression
    protocol.rejected({});
    QVERIFY(protocol.request().empty());
}

void TestIpv6::lifetimes() {
    auto router = slaac();
    router.prefixes[0].valid = 300;
    router.prefixes[0].preferred = 200;
    PppRig rig(server(router), client());
    rig.start();
    rig.server.router().config.answersSolicitations = false;
    rig.wait(269s);
    QCOMPARE(rig.server.router().solicitations, 1U);
    rig.wait(1500ms);
    QCOMPARE(rig.server.router().solicitations, 2U); // in time, by ourselves
    rig.server.router().config.answersSolicitations = true;
    rig.wait(1000s);
    QCOMPARE(rig.addresses(), (Texts{"10.20.0.7/32", ownAddress}));
    QCOMPARE(rig.count<Up>(), std::size_t{1});
    rig.server.router().config.answersSolicitations = false;
    rig.wait(400s);
    QCOMPARE(rig.addresses(), Texts{"10.20.0.7/32"}); // it has run out
    QVERIFY(rig.session->isUp());
}

void TestIpv6::takenBack() {
    PppRig rig(server(slaac()), client());
    rig.start();
    auto& router = rig.server.router();
    router.config.prefixes[0].valid = 0;
    router.config.prefixes[0].preferred = 0;
    router.config.prefixes.push_back({"2001:db8:9::/64"});
    rig.give(Protocol::Ipv6, router.advertisement());
    QCOMPARE(rig.addresses(), (Texts{"10.20.0.7/32", "2001:db8:9:0:aa::77/64"}));
    router.config.lifetime = 0;
    rig.give(Protocol::Ipv6, router.advertisement());
    QVERIFY(!rig.last<Up>()->ipv6Default);
}

void TestIpv6::renews() {
    PppRig rig(server(managed()), client());
    rig.start();
    rig.server.router().dhcpTypes.clear();
    rig.wait(1790s); // half of what is preferred
    QVERIFY(rig.server.router().dhcpTypes.empty());
    rig.wait(20s);
    QCOMPARE(rig.server.router().dhcpTypes, std::vector<std::uint8_t>{5});
    rig.wait(4 * 3600s);
    QCOMPARE(rig.count<Up>(), std::size_t{1});
    QVERIFY(rig.server.router().dhcpTypes.size() >= 8);
}

void TestIpv6::rebindsAndExpires() {
    PppRig rig(server(managed()), client());
    rig.start();
    auto& router = rig.server.router();
    router.dhcpTypes.clear();
    router.config.dhcp = false;
    rig.wait(2000s);
    QCOMPARE(rig.addresses().size(), std::size_t{2});
    rig.isHeld = true; // to see what it says
    rig.sent.clear();
    rig.wait(5100s);
    const auto types = [&] {
        std::string found;
        for (const auto& frame : rig.sent) {
            const auto packet = parseFrame(frame);
            if (packet.protocol == Protocol::Ipv6 && packet.payload.size() > 48 && packet.payload[6] == 17) {
                const char type = static_cast<char>('0' + packet.payload[48]);
                found += found.empty() || found.back() != type ? std::string(1, type) : std::string();
            }
        }
        return found;
    };
    QCOMPARE(types(), std::string("56"));
    QCOMPARE(rig.addresses().size(), std::size_t{2});
    rig.wait(200s);
    QCOMPARE(types(), std::string("561"));
    QCOMPARE(rig.addresses(), Texts{"10.20.0.7/32"}); // it has run out
    rig.isHeld = false;
    router.config.dhcp = true;
    rig.wait(200s);
    QCOMPARE(rig.addresses(), (Texts{"10.20.0.7/32", "2001:db8:2::77/128"}));
}

void TestIpv6::forgottenByTheServer() {
    auto config = managed();
    config.forgets = true;
    PppRig rig(server(config), client());
    rig.start();
    rig.wait(1900s);
    QCOMPARE(rig.server.router().dhcpTypes, (std::vector<std::uint8_t>{1, 3, 5, 3}));
    QCOMPARE(rig.addresses().size(), std::size_t{2});
}

void TestIpv6::noAddressesLeft() {
    auto router = managed();
    router.noAddresses = true;
    PppRig rig(server(router), client());
    rig.start();
    rig.wait(1s);
    QCOMPARE(rig.addresses(), Texts{"10.20.0.7/32"});
    rig.wait(600s);
    QVERIFY(rig.server.router().dhcpTypes.size() < 20); // asked ever more rarely
}

void TestIpv6::releases() {
    PppRig rig(server(managed()), client());
    rig.start();
    rig.session->close(rig.now);
    rig.run();
    QCOMPARE(rig.server.router().dhcpTypes, (std::vector<std::uint8_t>{1, 3, 8}));
    QCOMPARE(rig.closed(), std::string("-"));
}

void TestIpv6::askedByNeighbours() {
    PppRig rig(server(slaac()), client());
    rig.start();
    auto& router = rig.server.router();
    rig.give(Protocol::Ipv6, router.neighbourSolicitation("fe80::aa:0:0:77"));
    rig.give(Protocol::Ipv6, router.neighbourSolicitation("2001:db8:1:0:aa::77"));
    rig.give(Protocol::Ipv6, router.neighbourSolicitation("2001:db8:1::5"));
    QCOMPARE(router.neighbourAnswers, (Texts{"fe80::aa:0:0:77", "2001:db8:1:0:aa::77"}));
}

void TestIpv6::forgedAdvertisements_data() {
    QTest::addColumn<int>("hopLimit");
    QTest::addColumn<QString>("from");
    QTest::addColumn<int>("code");
    QTest::newRow("from further away") << 254 << "fe80::1" << 0;
    QTest::newRow("no link-local address") << 255 << "2001:db8::1" << 0;
    QTest::newRow("another code") << 255 << "fe80::1" << 1;
}
void TestIpv6::forgedAdvertisements() {
    QFETCH(const int, hopLimit);
    QFETCH(const QString, from);
    QFETCH(const int, code);
    auto config = slaac();
    config.answersSolicitations = false;
    PppRig rig(server(config), client());
    rig.start();
    rig.wait(2s);
    sim::PppRouter forger(config, from.toStdString());
    const auto real = forger.advertisement();
    base::Bytes payload(real.begin() + 40, real.end());
    payload[1] = static_cast<std::uint8_t>(code);
    payload[2] = payload[3] = 0;
    rig.give(Protocol::Ipv6, forger.wrap(58, static_cast<std::uint8_t>(hopLimit), payload, 2, "ff02::1"));
    QCOMPARE(rig.addresses(), Texts{"10.20.0.7/32"});
}

// An octet changed or cut off anywhere: the checksum, or the length, gives it away.
void TestIpv6::damagedAnywhere() {
    SeededRandom random(1);
    const sim::PppRouter router(slaac(), "fe80::1");
    const auto whole = router.advertisement();
    const InterfaceId identifier{1, 2, 3, 4, 5, 6, 7, 8};
    Autoconf good(identifier, {}, random);
    good.receive({}, whole);
    QVERIFY(!good.result().addresses.empty());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        Autoconf autoconf(identifier, {}, random);
        autoconf.receive({}, base::ByteView(whole).first(i));
        if (i >= 4) { // version, class and flow label are nobody's business
            auto damaged = whole;
            damaged[i] ^= 0x04;
            autoconf.receive({}, damaged);
        }
        QVERIFY2(autoconf.result().addresses.empty() || i == 7, qPrintable(QString::number(i)));
    }
    // Options of no length, or of one that leads outside, with a right checksum.
    for (const std::size_t at : {std::size_t{17}, whole.size() - 40 - 31}) {
        for (const std::uint8_t length : {std::uint8_t{0}, std::uint8_t{200}}) {
            base::Bytes payload(whole.begin() + 40, whole.end());
            payload.at(at) = length;
            payload[2] = payload[3] = 0;
            Autoconf autoconf(identifier, {}, random);
            autoconf.receive({}, router.wrap(58, 255, payload, 2, "ff02::1"));
            QVERIFY(at != 17 || autoconf.result().addresses.empty());
        }
    }
}

void TestIpv6::mtuOfTheRouter() {
    auto router = slaac();
    router.mtu = 1380;
    PppRig rig(server(router), client());
    rig.start();
    QCOMPARE(rig.last<Up>()->mtu, 1380U);
    router.mtu = 400; // less than IPv6 can do
    PppRig other(server(router), client());
    other.start();
    QCOMPARE(other.last<Up>()->mtu, 1500U);
}

void TestIpv6::smallMru() {
    auto config = server(slaac());
    config.mru = 1200;
    PppRig rig(config, client());
    rig.start();
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.addresses(), Texts{"10.20.0.7/32"});
    QCOMPARE(rig.last<Up>()->mtu, 1200U);
}

void TestIpv6::bounded() {
    SeededRandom random(1);
    Autoconf autoconf({1, 2, 3, 4, 5, 6, 7, 8}, {}, random);
    for (int i = 0; i < 200; ++i) {
        PppRouterConfig config;
        config.prefixes = {{"2001:db8:" + std::to_string(i) + "::/64"}};
        config.dns = "2001:db8::" + std::to_string(i + 1);
        config.domain = "d" + std::to_string(i) + ".example";
        autoconf.receive({}, sim::PppRouter(config, "fe80::1").advertisement());
    }
    QCOMPARE(autoconf.result().addresses.size(), std::size_t{32});
    QCOMPARE(autoconf.result().dns.size(), std::size_t{32});
    QCOMPARE(autoconf.result().domains.size(), std::size_t{32});
}

QTEST_GUILESS_MAIN(TestIpv6)
#include "tst_ipv6.moc"
