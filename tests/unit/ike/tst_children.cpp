// Several CHILD_SAs: servers that carry one subnet in each, or want a pair of selectors, or refuse some of them.
#include "tests/sim/world.h"

#include <QTest>
#include <set>

using namespace tern;
using namespace tern::ike;
using namespace tern::sim;
using std::chrono::seconds;

namespace {

TrafficSelector net(const char* text) {
    return selectorOf(*base::IpPrefix::fromText(text));
}
base::IpPrefix prefix(const char* text) {
    return *base::IpPrefix::fromText(text);
}
std::string text(const TrafficSelector& selector) {
    return selector.first.text() + "-" + selector.last.text();
}
std::string text(const Selectors& selectors) {
    std::string all;
    for (const auto& selector : selectors) {
        all += (all.empty() ? "" : " ") + text(selector);
    }
    return all;
}

ResponderConfig threeSubnets() {
    ResponderConfig config;
    config.psk = "shared";
    config.subnets = {net("10.1.0.0/16"), net("10.2.0.0/16"), net("10.3.0.0/16")};
    return config;
}

// What the client carries, all children together.
std::set<std::string> carried(const World& world) {
    std::set<std::string> result;
    for (const auto& up : world.ups()) {
        if (world.children().contains(up.spi)) {
            result.insert(text(up.remote));
        }
    }
    return result;
}

// Both ends have the same children.
bool agree(World& world) {
    std::set<std::uint32_t> ours;
    std::set<std::uint32_t> theirs;
    for (const auto& [spi, keys] : world.children()) {
        ours.insert(keys.outbound.spi);
    }
    for (const auto& [spi, child] : world.responder().children()) {
        theirs.insert(spi);
    }
    return ours == theirs;
}

struct Setup {
    explicit Setup(ResponderConfig server, std::vector<base::IpPrefix> subnets = {})
        : world(1, client(std::move(subnets)), std::move(server)) {
        world.start();
        world.runFor(seconds(5));
    }
    static SessionConfig client(std::vector<base::IpPrefix> subnets) {
        auto config = pskClient("shared");
        config.remoteSubnets = std::move(subnets);
        return config;
    }
    World world;
};

using Texts = std::set<std::string>;
const Texts allThree{"10.1.0.0-10.1.255.255", "10.2.0.0-10.2.255.255", "10.3.0.0-10.3.255.255"};

} // namespace

class TestChildren : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void subtraction_data();
    void subtraction();
    void wantedIsBounded();
    void profilesSubnetsFollow();
    void serversSubnetsFollow();
    void moreWhenAnnounced();
    void nothingMoreUnasked();
    void singlePairs();
    void singlePairsWithPfsAndAnotherGroup();
    void tooWideForTheServer();
    void oneOfThreeRefused();
    void allRefused();
    void allAreRekeyed();
    void oneDeletedComesBack();
    void lastDeletedTwiceEnds();
    void deletedWithTheSession();
};

void TestChildren::subtraction_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("left");
    QTest::newRow("middle") << "10.0.0.0/8"
                            << "10.1.0.0/16"
                            << "10.0.0.0-10.0.255.255 10.2.0.0-10.255.255.255";
    QTest::newRow("all") << "10.1.0.0/16"
                         << "0.0.0.0/0"
                         << "";
    QTest::newRow("the same") << "10.1.0.0/16"
                              << "10.1.0.0/16"
                              << "";
    QTest::newRow("start") << "10.0.0.0/8"
                           << "10.0.0.0/16"
                           << "10.1.0.0-10.255.255.255";
    QTest::newRow("end") << "0.0.0.0/0"
                         << "128.0.0.0/1"
                         << "0.0.0.0-127.255.255.255";
    QTest::newRow("apart") << "10.1.0.0/16"
                           << "10.2.0.0/16"
                           << "10.1.0.0-10.1.255.255";
    QTest::newRow("other family") << "10.1.0.0/16"
                                  << "::/0"
                                  << "10.1.0.0-10.1.255.255";
    QTest::newRow("IPv6") << "2001:db8::/32"
                          << "2001:db8::/33"
                          << "2001:db8:8000::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff";
}

void TestChildren::subtraction() {
    QFETCH(QString, from);
    QFETCH(QString, what);
    QFETCH(QString, left);
    const auto result = subtract({net(from.toUtf8().constData())}, {net(what.toUtf8().constData())});
    QCOMPARE(QString::fromStdString(text(result)), left);
    auto ofPorts = net(what.toUtf8().constData());
    ofPorts.lastPort = 80;
    QCOMPARE(subtract({net(from.toUtf8().constData())}, {ofPorts}).size(), std::size_t{1});
}

void TestChildren::wantedIsBounded() {
    WantedTraffic wanted;
    for (unsigned i = 0; i < 1000; ++i) {
        wanted.add({net((std::to_string(i % 200 + 1) + ".0.0.0/24").c_str())});
        wanted.add({net(("10." + std::to_string(i % 256) + ".0.0/24").c_str())});
    }
    QCOMPARE(wanted.next().size(), WantedTraffic::mostPieces);
    wanted.takeSingly();
    QCOMPARE(wanted.next().size(), std::size_t{1});
    for (unsigned i = 0; i < WantedTraffic::mostRequests; ++i) {
        QVERIFY(!wanted.isEmpty());
        wanted.countRequest();
    }
    QVERIFY(wanted.isEmpty());
    QVERIFY(wanted.next().empty());
}

void TestChildren::profilesSubnetsFollow() {
    Setup setup(threeSubnets(), {prefix("10.1.0.0/16"), prefix("10.2.0.0/16"), prefix("10.3.0.0/16")});
    QCOMPARE(carried(setup.world), allThree);
    QVERIFY(agree(setup.world));
    QVERIFY(setup.world.refused().empty());
    for (const auto& up : setup.world.ups()) {
        QCOMPARE(up.replaces, 0U);
    }
}

void TestChildren::serversSubnetsFollow() {
    auto server = threeSubnets();
    server.configuration.push_back({AttributeType::InternalIp4Subnet, {10, 1, 0, 0, 255, 255, 0, 0}});
    server.configuration.push_back({AttributeType::InternalIp4Subnet, {10, 3, 0, 0, 255, 255, 0, 0}});
    Setup setup(server);
    QCOMPARE(carried(setup.world), (Texts{"10.1.0.0-10.1.255.255", "10.3.0.0-10.3.255.255"}));
    QVERIFY(agree(setup.world));
}

void TestChildren::moreWhenAnnounced() {
    auto server = threeSubnets();
    server.announcesMore = true;
    Setup setup(server);
    QCOMPARE(carried(setup.world), allThree);
    QVERIFY(agree(setup.world));
}

void TestChildren::nothingMoreUnasked() {
    Setup setup(threeSubnets());
    QCOMPARE(carried(setup.world), Texts{"10.1.0.0-10.1.255.255"});
    QVERIFY(setup.world.refused().empty());
}

void TestChildren::singlePairs() {
    auto server = threeSubnets();
    server.singlePair = true;
    server.childError = Notification{ProtocolId::None, {}, NotifyType::SinglePairRequired, {}};
    Setup setup(server, {prefix("10.1.0.0/16"), prefix("10.2.0.0/16"), prefix("10.3.0.0/16")});
    QVERIFY(setup.world.isEstablished());
    QCOMPARE(carried(setup.world), allThree);
    QVERIFY(agree(setup.world));
    // Our address alone, as the server wants a pair.
    QCOMPARE(text(setup.world.ups().front().local), std::string("10.9.0.1-10.9.0.1"));
}

void TestChildren::singlePairsWithPfsAndAnotherGroup() {
    auto server = threeSubnets();
    server.singlePair = true;
    server.childError = Notification{ProtocolId::None, {}, NotifyType::SinglePairRequired, {}};
    server.pfs = true;
    server.onlyGroup = GroupId::Ecp384;
    Setup setup(server, {prefix("10.2.0.0/16")});
    QCOMPARE(carried(setup.world), Texts{"10.2.0.0-10.2.255.255"});
    QVERIFY(agree(setup.world));
}

void TestChildren::tooWideForTheServer() {
    auto server = threeSubnets();
    server.childError = Notification{ProtocolId::None, {}, NotifyType::TsUnacceptable, {}};
    Setup setup(server, {prefix("10.2.0.0/16")});
    QVERIFY(setup.world.isEstablished());
    QVERIFY(!setup.world.isClosed());
    QCOMPARE(carried(setup.world), Texts{"10.2.0.0-10.2.255.255"});
    QCOMPARE(setup.world.established()->espSuite, std::string("AES-256-GCM"));
}

void TestChildren::oneOfThreeRefused() {
    Setup setup(threeSubnets(), {prefix("10.1.0.0/16"), prefix("192.168.0.0/24"), prefix("10.3.0.0/16")});
    QCOMPARE(carried(setup.world), (Texts{"10.1.0.0-10.1.255.255", "10.3.0.0-10.3.255.255"}));
    QVERIFY(!setup.world.isClosed());
    QCOMPARE(setup.world.refused().size(), std::size_t{1});
    QCOMPARE(text(setup.world.refused().front().remote), std::string("192.168.0.0-192.168.0.255"));
    QCOMPARE(setup.world.refused().front().error.code, std::string("tern.ike.child.selectors"));
    QVERIFY(agree(setup.world));
}

void TestChildren::allRefused() {
    auto server = threeSubnets();
    server.childError = Notification{ProtocolId::None, {}, NotifyType::TsUnacceptable, {}};
    Setup setup(server, {prefix("192.168.0.0/24"), prefix("192.168.1.0/24")});
    QVERIFY(!setup.world.isEstablished());
    QCOMPARE(setup.world.errorCode(), std::string("tern.ike.child.selectors"));
}

void TestChildren::allAreRekeyed() {
    Setup setup(threeSubnets(), {prefix("10.1.0.0/16"), prefix("10.2.0.0/16"), prefix("10.3.0.0/16")});
    auto& world = setup.world;
    const auto before = world.children().begin()->first;
    const auto madeBefore = world.ups().size();
    world.session().replaceKeys(world.now());
    world.settle();
    world.runFor(seconds(10));
    QVERIFY(!world.isClosed());
    QCOMPARE(world.children().size(), std::size_t{3});
    QVERIFY(!world.children().contains(before));
    QCOMPARE(world.ups().size(), madeBefore + 3);
    QCOMPARE(carried(world), allThree);
    QVERIFY(agree(world));
}

void TestChildren::oneDeletedComesBack() {
    Setup setup(threeSubnets(), {prefix("10.1.0.0/16"), prefix("10.2.0.0/16"), prefix("10.3.0.0/16")});
    setup.world.responder().deleteChild(setup.world.now());
    setup.world.settle();
    setup.world.runFor(std::chrono::milliseconds(500));
    QCOMPARE(setup.world.children().size(), std::size_t{2});
    setup.world.runFor(seconds(5));
    QCOMPARE(carried(setup.world), allThree);
    QVERIFY(agree(setup.world));
}

void TestChildren::lastDeletedTwiceEnds() {
    Setup setup(threeSubnets());
    setup.world.responder().deleteChild(setup.world.now());
    setup.world.settle();
    setup.world.runFor(seconds(5));
    QCOMPARE(carried(setup.world), Texts{"10.1.0.0-10.1.255.255"}); // what it had, and no more
    setup.world.responder().deleteChild(setup.world.now());
    setup.world.settle();
    setup.world.runFor(seconds(5));
    QCOMPARE(setup.world.errorCode(), std::string("tern.ike.closed-by-server"));
}

void TestChildren::deletedWithTheSession() {
    Setup setup(threeSubnets(), {prefix("10.2.0.0/16")});
    QCOMPARE(setup.world.children().size(), std::size_t{2});
    setup.world.session().close(setup.world.now());
    setup.world.settle();
    setup.world.runFor(seconds(5));
    QVERIFY(setup.world.isClosed());
    QCOMPARE(setup.world.errorCode(), std::string());
    QVERIFY(setup.world.responder().isClosed());
}

QTEST_APPLESS_MAIN(TestChildren)
#include "tst_children.moc"
