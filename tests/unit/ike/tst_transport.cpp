// IKE over a TCP stream (RFC 9329), probing of the path, and what servers put where it is not expected.
#include "core/ike/ike_config.h"
#include "tests/sim/world.h"

#include <QTest>

using namespace tern;
using namespace tern::ike;
using namespace tern::sim;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

ResponderConfig pskServer() {
    ResponderConfig config;
    config.psk = "shared";
    return config;
}

ResponderConfig tcpServer() {
    auto config = pskServer();
    config.overStream = true;
    return config;
}

SessionConfig tcpClient() {
    auto config = pskClient("shared");
    config.transport = Transport::Tcp;
    return config;
}

bool comesUp(World& world) {
    world.start();
    return world.runUntil([&] { return world.isEstablished() || world.isClosed(); }) && world.isEstablished();
}

} // namespace

class TestTransport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void streamHasMarkersFromTheStart();
    void streamNeedsNoNatDetection();
    void nothingIsRepeatedOnAStream();
    void nothingIsCutOnAStream();
    void newStreamGetsTheRequestAgain();
    void newStreamGetsASignOfLife();
    void noKeepAlivesOnAStream();
    void probePasses();
    void probeIsLost();
    void probeNeedsFragments();
    void configurationInARekeying_data();
    void configurationInARekeying();
    void configurationIsSet();
    void privateAttributesOfWindows();
    void domainsInEveryForm();
    void asksForWhatItUnderstands();
};

void TestTransport::streamHasMarkersFromTheStart() {
    World world(1, tcpClient(), tcpServer());
    QVERIFY(comesUp(world));
    world.runFor(seconds(1));
    QCOMPARE(world.disagreement(), std::string());
    for (const auto& sent : world.sent()) {
        QVERIFY(sent.natTraversalPort);
        QCOMPARE(base::Bytes(sent.payload.begin(), sent.payload.begin() + 4), base::Bytes(4, 0));
    }
}

void TestTransport::streamNeedsNoNatDetection() {
    auto server = tcpServer();
    server.natDetection = false;
    World world(1, tcpClient(), std::move(server));
    QVERIFY(comesUp(world));
}

void TestTransport::nothingIsRepeatedOnAStream() {
    auto server = pskServer();
    server.silentAfter = 0;
    auto client = tcpClient();
    client.timers.connectLimit = seconds(8);
    World world(1, std::move(client), std::move(server));
    world.start();
    world.runFor(seconds(7));
    QCOMPARE(world.sent().size(), std::size_t{1});
    QVERIFY(!world.isClosed());
    world.runFor(seconds(2));
    QCOMPARE(world.errorCode(), std::string("tern.ike.no-answer"));
}

void TestTransport::nothingIsCutOnAStream() {
    auto client = tcpClient();
    client.localIdentity = Identity{IdType::KeyId, base::Bytes(3000, 7)};
    World world(1, std::move(client), tcpServer());
    QVERIFY(comesUp(world));
    QVERIFY(std::any_of(world.sent().begin(), world.sent().end(),
                        [](const SendDatagram& sent) { return sent.payload.size() > 3000; }));
}

void TestTransport::newStreamGetsTheRequestAgain() {
    World world(1, tcpClient(), tcpServer());
    Conditions nothingPasses;
    nothingPasses.loss = 1;
    QVERIFY(comesUp(world));
    world.setConditions(nothingPasses);
    world.session().replaceKeys(world.now());
    world.settle();
    world.runFor(seconds(3));
    const auto before = world.sent().size();
    world.setConditions({});
    world.session().streamReopened(world.now());
    world.settle();
    QCOMPARE(world.sent().size(), before + 1);
    QCOMPARE(world.sent().back().payload, world.sent().at(before - 1).payload);
    world.runFor(seconds(5));
    QCOMPARE(world.disagreement(), std::string());
}

void TestTransport::newStreamGetsASignOfLife() {
    for (const bool mobike : {false, true}) {
        auto server = tcpServer();
        server.mobike = mobike;
        World world(1, tcpClient(), std::move(server));
        QVERIFY(comesUp(world));
        world.runFor(seconds(1));
        const auto before = world.sent().size();
        const auto asked = world.responder().requestsSeen().size();
        world.session().streamReopened(world.now());
        world.settle();
        QCOMPARE(world.sent().size(), before + 1);
        world.runFor(seconds(1));
        // Empty, or with no more than how the address looks (RFC 4555 §3.8).
        QVERIFY(world.responder().requestsSeen().size() > asked);
        const auto& sign = world.responder().requestsSeen().at(asked);
        QCOMPARE(sign.size(), mobike ? std::size_t{2} : std::size_t{0});
        QCOMPARE(findNotify(sign, NotifyType::NatDetectionSourceIp).has_value(), mobike);
        QCOMPARE(findNotify(sign, NotifyType::NatDetectionDestinationIp).has_value(), mobike);
        QCOMPARE(world.disagreement(), std::string());
    }
}

void TestTransport::noKeepAlivesOnAStream() {
    World world(1, tcpClient(), tcpServer());
    QVERIFY(comesUp(world));
    world.runFor(seconds(120));
    QVERIFY(std::none_of(world.sent().begin(), world.sent().end(),
                         [](const SendDatagram& sent) { return sent.payload.size() == 1; }));
}

void TestTransport::probePasses() {
    World world(1, pskClient("shared"), pskServer());
    QVERIFY(comesUp(world));
    world.runFor(seconds(1));
    world.session().probePath(world.now(), 1434);
    world.settle();
    QVERIFY(world.sent().back().whole);
    QCOMPARE(world.sent().back().payload.size(), std::size_t{1434});
    world.runFor(seconds(1));
    QCOMPARE(world.probed().size(), std::size_t{1});
    QVERIFY(world.probed().front().passed);
    QCOMPARE(world.probed().front().size, std::size_t{1434});
}

void TestTransport::probeIsLost() {
    World world(1, pskClient("shared"), pskServer());
    QVERIFY(comesUp(world));
    world.runFor(seconds(1));
    Conditions narrow;
    narrow.largest = 1300;
    world.setConditions(narrow);
    world.session().probePath(world.now(), 1434);
    world.settle();
    world.runFor(seconds(5));
    QCOMPARE(world.probed().size(), std::size_t{1});
    QVERIFY(!world.probed().front().passed);
    // And the session goes on.
    world.session().replaceKeys(world.now());
    world.settle();
    world.runFor(seconds(5));
    QCOMPARE(world.disagreement(), std::string());
}

void TestTransport::probeNeedsFragments() {
    auto server = pskServer();
    server.fragments = false;
    World world(1, pskClient("shared"), std::move(server));
    QVERIFY(comesUp(world));
    world.runFor(seconds(1));
    const auto before = world.sent().size();
    world.session().probePath(world.now(), 1434);
    world.settle();
    QCOMPARE(world.sent().size(), before);
}

void TestTransport::configurationInARekeying_data() {
    QTest::addColumn<int>("type");
    for (const int type : {1, 2, 3, 4, 77}) {
        QTest::addRow("type %d", type) << type;
    }
}

// MikroTik puts CP into the CREATE_CHILD_SA with which it replaces a child.
void TestTransport::configurationInARekeying() {
    QFETCH(int, type);
    World world(1, pskClient("shared"), pskServer());
    QVERIFY(comesUp(world));
    world.runFor(seconds(1));
    ConfigurationData data{static_cast<ConfigurationType>(type), {{AttributeType::InternalIp4Address, {10, 9, 0, 1}}}};
    world.responder().addToRekey(encodeConfiguration(data));
    world.responder().rekeyChild(world.now());
    world.settle();
    world.runFor(seconds(5));
    QVERIFY(!world.isClosed());
    QCOMPARE(world.disagreement(), std::string());
    QCOMPARE(world.ups().size(), std::size_t{2});
}

void TestTransport::configurationIsSet() {
    World world(1, pskClient("shared"), pskServer());
    QVERIFY(comesUp(world));
    world.runFor(seconds(1));
    const ConfigurationData data{ConfigurationType::Set, {{AttributeType::InternalIp4Dns, {10, 9, 0, 54}}}};
    world.responder().sendRequest(world.now(), ExchangeType::Informational, {encodeConfiguration(data)});
    world.settle();
    world.runFor(seconds(2));
    // Answered, without CFG_ACK: we take nothing of it (RFC 7296 §3.15).
    QVERIFY(world.responder().isIdle());
    QVERIFY(world.responder().responsesSeen().back().empty());
    QVERIFY(!world.isClosed());
}

void TestTransport::privateAttributesOfWindows() {
    const auto read =
        readConfiguration({ConfigurationType::Reply,
                           {{AttributeType::WindowsIp4Server, {10, 0, 0, 1}},
                            {AttributeType::WindowsIp4Server, {127, 0, 0, 1}},
                            {AttributeType::WindowsIp4Server, {10, 0, 0}},
                            {AttributeType::WindowsIp6Server, base::fromHex("20010db8000000000000000000000001")},
                            {AttributeType::WindowsIp6Server, base::fromHex("20010db800000000000000000000000240")},
                            {AttributeType::InternalDnssecTa, base::fromHex("ffff0001020304")},
                            {static_cast<AttributeType>(16384), base::Bytes(500, 1)}}});
    QCOMPARE(read.servers.size(), std::size_t{3});
    QCOMPARE(read.servers.at(0).text(), std::string("10.0.0.1"));
    QCOMPARE(read.servers.at(2).text(), std::string("2001:db8::2"));
}

void TestTransport::domainsInEveryForm() {
    const auto read =
        readConfiguration({ConfigurationType::Reply,
                           {{AttributeType::InternalDnsDomain, base::toBytes("corp.example.test")},
                            {AttributeType::InternalDnsDomain, base::toBytes("a.example,b.example, C.Example")},
                            {AttributeType::UnitySplitDns, base::toBytes("a.example,d.example")},
                            {AttributeType::UnityDefaultDomain, base::toBytes("home.example.")},
                            {AttributeType::InternalDnsDomain, base::toBytes(std::string(300, 'a'))},
                            {AttributeType::InternalDnsDomain, base::toBytes("../etc")}}});
    QCOMPARE(read.domains, (std::vector<std::string>{"corp.example.test", "a.example", "b.example", "c.example",
                                                     "d.example", "home.example"}));
}

void TestTransport::asksForWhatItUnderstands() {
    World world(1, pskClient("shared"), pskServer());
    QVERIFY(comesUp(world));
    std::vector<unsigned> asked;
    for (const auto& request : world.responder().requestsSeen()) {
        if (const auto* payload = find(request, PayloadType::Configuration)) {
            const auto configuration = parseConfiguration(*payload);
            for (const auto& attribute : configuration->attributes) {
                QVERIFY(attribute.value.empty());
                asked.push_back(static_cast<unsigned>(attribute.type));
            }
        }
    }
    QCOMPARE(asked, (std::vector<unsigned>{1, 3, 4, 13, 23456, 8, 10, 15, 23457, 25}));
}

QTEST_APPLESS_MAIN(TestTransport)
#include "tst_transport.moc"
