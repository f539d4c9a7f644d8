// SSTP's way through a proxy: alone, and beside IKEv2, which goes past it.
#include "tests/unit/connection/race.h"

#include <QTest>

using namespace tern;
using namespace tern::connection;
using namespace tern::connection::test;

namespace {

constexpr auto proxyName = "proxy.example.org";
constexpr auto serverName = "vpn.example.org";
constexpr auto server = "203.0.113.5";
constexpr auto proxyAddress = "192.0.2.128";

struct Behind : Race {
    Behind() { proxies = &proxy; }
    ~Behind() { connection.reset(); } // before the proxy
    Behind(const Behind&) = delete;
    Behind& operator=(const Behind&) = delete;
    void begin() {
        start();
        host.grant();
        if (proxy.isAsked()) {
            proxy.tell();
        }
    }
    // Both names are found, UDP is silent, and SSTP is dialled.
    void reachDial() {
        begin();
        resolver.answerFor(serverName, {server});
        resolver.answerFor(proxyName, {proxyAddress});
        giveSocket();
        reactor.advance(400ms);
    }
    void reachUp() {
        proxy.connect();
        call();
        sstpUp();
        configure();
    }
    [[nodiscard]] std::string reached() const { return connection->status().server->text(); }
    FakeProxies proxy;
};

} // namespace

class TestProxy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sstpAloneGoesThroughIt() {
        Behind world;
        world.profile.protocol = profile::Protocol::Sstp;
        world.begin();
        QCOMPARE(world.resolver.asked, std::vector<std::string>{proxyName}); // the server's name is the proxy's to know
        world.resolver.answer({proxyAddress});
        QCOMPARE(world.proxy.dialled, (std::vector<std::string>{"192.0.2.128 vpn.example.org:443"}));
        world.reachUp();
        QCOMPARE(world.state(), StateName::Connected);
        QCOMPARE(world.reached(), std::string(proxyAddress)); // that is what stays outside
        QCOMPARE(world.connection->status().proxy, std::string("http://proxy.example.org:3128"));
    }
    void besideIkeTheServerIsCalledByUdpAndTheProxyByTcp() {
        Behind world;
        world.begin();
        QCOMPARE(world.proxy.soughtFor, (std::vector<std::string>{"vpn.example.org:443"}));
        world.resolver.answerFor(serverName, {server});
        QVERIFY(world.host.record.sockets.empty()); // the proxy has a moment
        world.resolver.answerFor(proxyName, {proxyAddress});
        QCOMPARE(world.host.record.sockets, std::vector{*base::IpAddress::fromText(server)});
        world.giveSocket();
        world.reactor.advance(399ms);
        QVERIFY(world.proxy.dialled.empty());
        world.reactor.advance(1ms);
        QCOMPARE(world.proxy.dialled, (std::vector<std::string>{"192.0.2.128 vpn.example.org:443"}));
        QVERIFY(world.host.record.streams.empty()); // nothing past it
        world.proxy.connect();
        world.call();
        world.sstpUp();
        QCOMPARE(world.reached(), std::string(proxyAddress));
        world.configure();
        QCOMPARE(world.state(), StateName::Connected);
        QCOMPARE(world.connection->status().protocol, std::string_view("sstp"));
        QCOMPARE(world.connection->status().proxy, std::string("http://proxy.example.org:3128"));
        world.connection->disconnect();
        world.says(sstp::Closed{});
        world.finish();
        QVERIFY(world.nothingIsLeft());
    }
    void ikeThatAnswersNeedsNoProxy() {
        Behind world;
        world.reachDial();
        QVERIFY(world.proxy.isDialling());
        world.establish();
        QVERIFY(!world.proxy.isDialling());
        world.configure();
        QCOMPARE(world.state(), StateName::Connected);
        QCOMPARE(world.reached(), std::string(server));
        QVERIFY(world.connection->status().proxy.empty());
    }
    void aLostConnectionIsRacedForAgain() {
        Behind world;
        world.reachDial();
        world.reachUp();
        world.r().failure = base::Error{"tern.sstp.cut", {}, {}};
        world.reactor.makeReadable(sstpControlDescriptor);
        world.r().failure.reset();
        world.host.record.sockets.clear();
        world.reactor.advance(1s);
        QCOMPARE(world.host.record.sockets, std::vector{*base::IpAddress::fromText(server)}); // never the proxy by UDP
        world.giveSocket();
        world.reactor.advance(400ms);
        QCOMPARE(world.proxy.dialled.size(), std::size_t{2});
        QCOMPARE(world.proxy.dialled.back(), std::string("192.0.2.128 vpn.example.org:443"));
        world.reachUp();
        QCOMPARE(world.state(), StateName::Connected);
        QCOMPARE(world.reached(), std::string(proxyAddress));
    }
    void aServerThatOnlyTheProxyKnows() {
        Behind world;
        world.begin();
        world.resolver.failFor(serverName);
        QCOMPARE(world.state(), StateName::Resolving);
        world.resolver.answerFor(proxyName, {proxyAddress});
        QVERIFY(world.host.record.sockets.empty()); // IKE has nowhere to go
        QCOMPARE(world.proxy.dialled, (std::vector<std::string>{"192.0.2.128 vpn.example.org:443"}));
        world.reachUp();
        QCOMPARE(world.state(), StateName::Connected);
        world.r().failure = base::Error{"tern.sstp.cut", {}, {}};
        world.reactor.makeReadable(sstpControlDescriptor);
        world.r().failure.reset();
        world.reactor.advance(1s);
        QCOMPARE(world.proxy.dialled.size(), std::size_t{2});
        QVERIFY(world.host.record.sockets.empty());
    }
    void aSystemThatDoesNotSayIsNotWaitedFor_data() {
        QTest::addColumn<profile::Protocol>("protocol");
        QTest::newRow("SSTP") << profile::Protocol::Sstp;
        QTest::newRow("automatic") << profile::Protocol::Automatic;
    }
    void aSystemThatDoesNotSayIsNotWaitedFor() {
        QFETCH(profile::Protocol, protocol);
        const bool alone = protocol == profile::Protocol::Sstp;
        Behind world;
        world.profile.protocol = protocol;
        world.start();
        world.host.grant();
        // The server's name is left to a proxy, as long as there may be one; but for IKE it is needed at once.
        QCOMPARE(world.resolver.asked.size(), std::size_t{alone ? 0U : 1U});
        if (!alone) {
            world.resolver.answerFor(serverName, {server});
        }
        world.reactor.advance(4999ms);
        QCOMPARE(world.state(), StateName::Resolving);
        QVERIFY(world.proxy.isAsked());
        world.reactor.advance(1ms);
        QVERIFY(!world.proxy.isAsked()); // nor is a late answer taken
        QCOMPARE(world.resolver.asked, std::vector<std::string>{serverName});
        if (alone) {
            world.resolver.answerFor(serverName, {server});
            world.giveStream();
            world.call();
            world.sstpUp();
        } else {
            world.giveSocket();
            world.establish();
        }
        world.configure();
        QCOMPARE(world.state(), StateName::Connected);
        QVERIFY(world.proxy.dialled.empty());
        QVERIFY(world.connection->status().proxy.empty());
    }
    void aServerThatNobodyKnowsIsKnownToTheProxyFoundLater() {
        Behind world;
        world.start();
        world.host.grant();
        world.resolver.failFor(serverName);
        QCOMPARE(world.state(), StateName::Resolving);
        world.reactor.advance(3s);
        world.proxy.tell();
        world.reactor.advance(1500ms); // IKE has nothing to wait for
        world.resolver.answerFor(proxyName, {proxyAddress});
        QCOMPARE(world.proxy.dialled, (std::vector<std::string>{"192.0.2.128 vpn.example.org:443"}));
        world.reachUp();
        QCOMPARE(world.state(), StateName::Connected);
    }
    void givingUpEndsTheSearch() {
        Behind world;
        world.profile.protocol = profile::Protocol::Sstp;
        world.start();
        world.host.grant();
        QVERIFY(world.proxy.isAsked());
        world.connection->disconnect();
        QVERIFY(!world.proxy.isAsked());
        world.finish();
        QCOMPARE(world.state(), StateName::Disconnected);
    }
    void neitherNameIsFound() {
        Behind world;
        world.begin();
        world.resolver.failFor(proxyName);
        world.resolver.failFor(serverName);
        world.finish();
        QCOMPARE(world.state(), StateName::Failed);
        QCOMPARE(world.code(), std::string("tern.engine.name-not-found"));
    }
    void ikeDoesNotWaitForTheProxysName() {
        Behind world;
        world.begin();
        world.resolver.answerFor(serverName, {server});
        world.reactor.advance(999ms);
        QVERIFY(world.host.record.sockets.empty());
        world.reactor.advance(1ms);
        QCOMPARE(world.host.record.sockets.size(), std::size_t{1});
        world.giveSocket();
        world.reactor.advance(1s);
        QVERIFY(world.proxy.dialled.empty());
        QVERIFY(world.host.record.streams.empty()); // a proxy without an address is no leave to go past it
        world.establish();
        world.configure();
        QCOMPARE(world.state(), StateName::Connected);
    }
    void aSlowNameServerIsNotWaitedFor_data() {
        QTest::addColumn<bool>("proxyByName");
        QTest::newRow("proxy by name") << true;
        QTest::newRow("proxy by address") << false;
    }
    void aSlowNameServerIsNotWaitedFor() {
        QFETCH(bool, proxyByName);
        Behind world;
        if (!proxyByName) {
            world.proxy.name = proxyAddress;
        }
        world.begin();
        if (proxyByName) {
            world.reactor.advance(5s); // without either name there is nothing to do
            QCOMPARE(world.state(), StateName::Resolving);
            world.resolver.answerFor(proxyName, {proxyAddress});
        }
        world.reactor.advance(1999ms);
        QVERIFY(world.proxy.dialled.empty());
        world.reactor.advance(1ms);
        QCOMPARE(world.proxy.dialled, (std::vector<std::string>{"192.0.2.128 vpn.example.org:443"}));
        QVERIFY(world.host.record.sockets.empty());
        world.reachUp();
        QCOMPARE(world.state(), StateName::Connected);
        QCOMPARE(world.connection->status().protocol, std::string_view("sstp"));
    }
    void aNameThatIsFoundInTimeLeavesBothWays() {
        Behind world;
        world.begin();
        world.resolver.answerFor(proxyName, {proxyAddress});
        world.reactor.advance(1900ms);
        world.resolver.answerFor(serverName, {server});
        QCOMPARE(world.host.record.sockets, std::vector{*base::IpAddress::fromText(server)});
        world.giveSocket();
        world.establish();
        world.configure();
        QCOMPARE(world.state(), StateName::Connected);
        QCOMPARE(world.connection->status().protocol, std::string_view("ikev2"));
    }
    void aSettingThatIsNoProxyLeavesIkeAlone() {
        Behind world;
        world.proxy.unusable = base::Error{"tern.proxy.address", {"ftp://x"}, {}};
        world.begin();
        world.resolver.answer({server});
        world.giveSocket();
        world.ikePuts(ike::Closed{error("tern.ike.no-answer")});
        world.finish();
        QCOMPARE(world.state(), StateName::Failed);
        QVERIFY(world.host.record.streams.empty());
        QCOMPARE(world.code(), std::string("tern.proxy.address"));
    }
    void withoutAWayToTheProxyTheNextAddressIsTriedByIke() {
        Behind world;
        world.begin();
        world.resolver.failFor(proxyName);
        world.resolver.answerFor(serverName, {server, "203.0.113.6"});
        world.giveSocket();
        world.ikePuts(ike::Closed{error("tern.ike.no-answer")});
        QCOMPARE(world.reached(), std::string("203.0.113.6"));
        world.giveSocket();
        world.ikePuts(ike::Closed{error("tern.ike.no-answer")});
        world.finish();
        QCOMPARE(world.code(), std::string("tern.proxy.unknown-host")); // the one of the two that can be mended here
        QVERIFY(world.host.record.streams.empty());
    }
    void theNextAddressOfTheProxy() {
        Behind world;
        world.begin();
        world.resolver.answerFor(serverName, {server});
        world.resolver.answerFor(proxyName, {proxyAddress, "192.0.2.129"});
        world.giveSocket();
        world.reactor.advance(400ms);
        world.proxy.refuse("tern.proxy.unreachable");
        QCOMPARE(world.proxy.dialled.back(), std::string("192.0.2.129 vpn.example.org:443"));
        world.reachUp();
        QCOMPARE(world.reached(), std::string("192.0.2.129"));
    }
    void itsLoginIsAskedFor() {
        Behind world;
        world.reachDial();
        world.proxy.refuse("tern.proxy.credentials-needed");
        QVERIFY(world.credentials.questions.back().ofProxy);
        world.credentials.answer("otto", "secret");
        QCOMPARE(world.proxy.dialled.back(), std::string("192.0.2.128 vpn.example.org:443 as otto"));
        world.proxy.refuse("tern.proxy.credentials-wrong");
        QVERIFY(world.credentials.questions.back().retry);
        world.credentials.answer("otto", "other");
        world.reachUp();
        QCOMPARE(world.state(), StateName::Connected);
    }
    void theQuestionGoesWhenUdpAnswers() {
        Behind world;
        world.reachDial();
        world.proxy.refuse("tern.proxy.credentials-needed");
        QVERIFY(world.credentials.isAsked());
        world.ikePuts(ike::Progress{ike::Stage::Verifying});
        QVERIFY(!world.credentials.isAsked());
        world.establish();
        world.configure();
        QCOMPARE(world.connection->status().protocol, std::string_view("ikev2"));
    }
    void enoughOfTheQuestion() {
        Behind world;
        world.reachDial();
        world.proxy.refuse("tern.proxy.credentials-needed");
        world.credentials.cancel();
        world.finish();
        QCOMPARE(world.state(), StateName::Disconnected);
    }
    void notForWhatOnlyIkeCanDo() {
        Behind world;
        world.profile.authentication.method = profile::Method::Psk;
        world.begin();
        QVERIFY(world.proxy.soughtFor.empty());
        QCOMPARE(world.resolver.asked, std::vector<std::string>{serverName});
    }
};

QTEST_APPLESS_MAIN(TestProxy)
#include "tst_proxy.moc"
