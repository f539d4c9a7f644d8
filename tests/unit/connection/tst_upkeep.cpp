// TCP beside a silent UDP, and what is learned once the tunnel stands: DHCP's routes, packet sizes, further children.
#include "core/connection/agreed.h"
#include "tests/unit/connection/fakes.h"

#include <QTest>

using namespace tern;
using namespace tern::connection;
using namespace tern::connection::test;
using namespace std::chrono_literals;

namespace {

base::IpPrefix net(const char* text) {
    return *base::IpPrefix::fromText(text);
}
base::IpAddress ip(const char* text) {
    return *base::IpAddress::fromText(text);
}
std::vector<std::string> texts(const std::vector<base::IpPrefix>& list) {
    std::vector<std::string> result;
    for (const auto& prefix : list) {
        result.push_back(prefix.text());
    }
    return result;
}
using Texts = std::vector<std::string>;

struct TcpWorld : World {
    void giveStream() { std::exchange(host.record.streamDone, nullptr)(base::UniqueFd(::dup(0))); }
    void connectStream() {
        parts.stream.connected = true;
        reactor.makeWritable(FakeStream::descriptor);
    }
    void refuseStream() {
        parts.stream.failure = base::Error{"tern.datapath.stream", {"server"}, "refused"};
        reactor.makeWritable(FakeStream::descriptor);
    }
    // The session over TCP says something.
    template<typename... Outputs>
    void tcpPuts(Outputs&&... outputs) {
        (ike().outputs.emplace_back(std::forward<Outputs>(outputs)), ...);
        parts.stream.incoming.push_back({9});
        reactor.makeReadable(FakeStream::descriptor);
    }
    void reachConnectedByTcp() {
        reachIke();
        reactor.advance(2s);
        giveStream();
        connectStream();
        tcpPuts(ike::Progress{ike::Stage::Verifying});
        tcpPuts(established(), child(1));
        configure();
    }
};

// A DHCPACK as a server would send it, in a packet to us.
base::Bytes ackFor(const base::Bytes& request, base::Bytes options) {
    base::Bytes message(request.begin() + 28, request.end());
    message[0] = 2;
    message.resize(236);
    base::append(message, base::Bytes{0x63, 0x82, 0x53, 0x63, 53, 1, 5});
    base::append(message, options);
    message.push_back(255);
    return dhcp::wrapUdp(ip("10.9.0.1"), 67, ip("10.9.0.2"), 68, message);
}

void splitTunnel(World& world) {
    world.profile.routing.fullTunnelIpv4 = false;
    world.profile.routing.fullTunnelIpv6 = false;
    world.profile.routing.classRoute = false;
    world.profile.routing.routes = {{net("192.168.7.0/24"), 0}};
    world.profile.routing.excluded = {net("10.66.0.0/16")};
}

} // namespace

class TestUpkeep : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tcpWhenUdpIsSilent();
    void udpAnswersFirst();
    void whatASessionLearntIsForTheNext();
    void whatWasLearntIsForgottenAfterAFailure();
    void secondPortAfterTheFirst();
    void neitherAnswers();
    void neverByTcp();
    void alwaysByTcp();
    void rememberedPlaceDoesNotWait();
    void lostStreamIsMadeAgain();
    void lostStreamIsMadeAgainForBoth();
    void lostStreamThatStaysLost();
    void dhcpRoutesAreAdded();
    void dhcpIsNotAskedWithAFullTunnel();
    void dhcpGivesUp();
    void hostileDhcp();
    void childrenChangeThePlan();
    void refusedChildIsANote();
    void sizes_data();
    void sizes();
    void pathThatSwallows();
    void pathThatPasses();
    void statusSaysWhatTheServerSaid();
};

void TestUpkeep::tcpWhenUdpIsSilent() {
    TcpWorld world;
    world.reachIke();
    world.reactor.advance(1s);
    QVERIFY(world.host.record.streams.empty());
    world.reactor.advance(1s);
    QCOMPARE(world.host.record.streams, std::vector<std::uint16_t>{4500});
    world.giveStream();
    QCOMPARE(world.parts.sessions.size(), 2U);
    QCOMPARE(world.ike().config.transport, ike::Transport::Tcp);
    world.connectStream();
    QCOMPARE(world.state(), StateName::Negotiating);
    world.tcpPuts(ike::Progress{ike::Stage::Verifying});
    QVERIFY(!world.parts.sessions.front()->alive);
    QVERIFY(world.parts.preferred);
    world.tcpPuts(World::established(), World::child(1));
    QCOMPARE(world.state(), StateName::Configuring);
    world.configure();
    QCOMPARE(world.state(), StateName::Connected);
    QVERIFY(world.parts.tunnel.stream);
    QCOMPARE(world.connection->status().streamPort, 4500);
    world.connection->disconnect();
    world.finishDisconnect();
    QVERIFY(world.isClean());
}

void TestUpkeep::whatASessionLearntIsForTheNext() {
    World world;
    const ike::ServerHint learnt{14, base::Bytes(20, 0xA5)};
    world.reachIke();
    QVERIFY(world.ike().config.hint.isEmpty());
    auto done = World::established();
    done.learnt = learnt;
    world.ikePuts(done, World::child(1));
    QCOMPARE(world.parts.hints[world.ike().config.serverAddress.text()], learnt);
    // Of one that was resumed by its ticket nothing is learnt, and nothing is lost.
    World next;
    next.parts.hints = world.parts.hints;
    next.reachIke();
    QCOMPARE(next.ike().config.hint, learnt);
    next.establish();
    QCOMPARE(next.parts.hints, world.parts.hints);
}

void TestUpkeep::whatWasLearntIsForgottenAfterAFailure() {
    World world;
    const ike::ServerHint learnt{14, base::Bytes(20, 0xA5)};
    world.parts.hints["203.0.113.5"] = learnt;
    world.reachIke();
    QCOMPARE(world.ike().config.hint, learnt);
    world.ikePuts(ike::Closed{base::Error{"tern.ike.auth.refused", {"server"}, {}}});
    QVERIFY(world.parts.hints["203.0.113.5"].isEmpty());
}

void TestUpkeep::udpAnswersFirst() {
    TcpWorld world;
    world.reachIke();
    world.reactor.advance(2s);
    world.giveStream();
    // To the first session, which is over UDP.
    auto& udp = *world.parts.sessions.front();
    udp.outputs.emplace_back(ike::Progress{ike::Stage::Verifying});
    world.parts.incoming.push_back({9});
    world.reactor.makeReadable(FakePort::descriptor);
    QVERIFY(udp.alive);
    QVERIFY(!world.parts.sessions.back()->alive);
    QVERIFY(!world.parts.preferred);
    QCOMPARE(world.state(), StateName::Negotiating);
}

void TestUpkeep::secondPortAfterTheFirst() {
    TcpWorld world;
    world.reachIke();
    world.reactor.advance(2s);
    world.giveStream();
    world.refuseStream();
    QCOMPARE(world.host.record.streams, (std::vector<std::uint16_t>{4500, 443}));
    world.giveStream();
    world.connectStream();
    world.tcpPuts(ike::Progress{ike::Stage::Verifying}, World::established(), World::child(1));
    world.configure();
    QCOMPARE(world.connection->status().streamPort, 443);
}

void TestUpkeep::neitherAnswers() {
    TcpWorld world;
    world.reachIke();
    world.reactor.advance(2s);
    world.giveStream();
    world.refuseStream();
    world.giveStream();
    auto& udp = *world.parts.sessions.front();
    udp.outputs.emplace_back(ike::Closed{base::Error{"tern.ike.no-answer", {"server"}, {}}});
    world.parts.incoming.push_back({9});
    world.reactor.makeReadable(FakePort::descriptor);
    QCOMPARE(world.state(), StateName::Negotiating); // TCP may still answer
    world.refuseStream();
    std::exchange(world.host.record.closeDone, nullptr)();
    QCOMPARE(world.state(), StateName::Failed);
    QCOMPARE(world.connection->status().error->code, std::string("tern.ike.no-answer"));
    QVERIFY(world.isClean());
}

void TestUpkeep::neverByTcp() {
    TcpWorld world;
    world.profile.ike.tcp = profile::TcpUse::Never;
    world.reachIke();
    world.reactor.advance(20s);
    QVERIFY(world.host.record.streams.empty());
}

void TestUpkeep::alwaysByTcp() {
    TcpWorld world;
    world.profile.ike.tcp = profile::TcpUse::Always;
    world.reachNegotiating();
    QVERIFY(world.host.record.sockets.empty());
    QCOMPARE(world.host.record.streams, std::vector<std::uint16_t>{4500});
    world.giveStream();
    world.refuseStream();
    world.giveStream();
    world.refuseStream();
    std::exchange(world.host.record.closeDone, nullptr)();
    QCOMPARE(world.state(), StateName::Failed);
    QCOMPARE(world.connection->status().error->code, std::string("tern.datapath.stream"));
}

void TestUpkeep::rememberedPlaceDoesNotWait() {
    TcpWorld world;
    world.parts.preferred = true;
    world.reachIke();
    world.reactor.advance(0s);
    QCOMPARE(world.host.record.streams, std::vector<std::uint16_t>{4500});
}

void TestUpkeep::lostStreamIsMadeAgain() {
    TcpWorld world;
    world.reachConnectedByTcp();
    world.parts.tunnel.streamLost = true;
    world.reactor.makeReadable(FakeTunnel::controlDescriptor);
    QCOMPARE(world.state(), StateName::Connected);
    QCOMPARE(world.host.record.streams, (std::vector<std::uint16_t>{4500, 4500}));
    world.giveStream();
    QCOMPARE(world.parts.tunnel.outers.size(), 0U);
    world.connectStream();
    QCOMPARE(world.parts.tunnel.outers.size(), 1U);
    QCOMPARE(world.ike().reopened, 1);
    QCOMPARE(world.state(), StateName::Connected);
    // And again, the next time.
    world.parts.tunnel.streamLost = true;
    world.reactor.makeReadable(FakeTunnel::controlDescriptor);
    QCOMPARE(world.host.record.streams.size(), 3U);
}

void TestUpkeep::lostStreamIsMadeAgainForBoth() {
    TcpWorld world;
    world.reachConnectedByTcp();
    auto& standing = world.ike();
    world.ikePuts(ike::ReauthenticationDue{world.reactor.now() + 10min});
    QVERIFY(&world.ike() != &standing);
    QCOMPARE(world.ike().config.transport, ike::Transport::Tcp);
    // The session in use ends; the one that is to follow needs the stream all the same.
    standing.outputs.emplace_back(ike::Closed{base::Error{"tern.ike.closed-by-server", {}, {}}});
    world.ikePuts();
    world.parts.tunnel.streamLost = true;
    world.reactor.makeReadable(FakeTunnel::controlDescriptor);
    QCOMPARE(world.host.record.streams.size(), 2U);
    world.giveStream();
    world.connectStream();
    QCOMPARE(world.ike().reopened, 1);
    QCOMPARE(world.state(), StateName::Connected);
}

void TestUpkeep::lostStreamThatStaysLost() {
    TcpWorld world;
    world.reachConnectedByTcp();
    world.parts.tunnel.streamLost = true;
    world.reactor.makeReadable(FakeTunnel::controlDescriptor);
    for (int i = 0; i < 20 && world.state() == StateName::Connected; ++i) {
        if (world.host.record.streamDone) {
            world.giveStream();
            if (world.state() == StateName::Connected) {
                world.refuseStream();
            }
        }
        world.reactor.advance(15s);
    }
    QVERIFY(world.state() == StateName::Reconnecting || world.state() == StateName::Negotiating);
}

void TestUpkeep::dhcpRoutesAreAdded() {
    World world;
    splitTunnel(world);
    world.reachConnected();
    QCOMPARE(world.state(), StateName::Connected); // without waiting
    QCOMPARE(world.host.record.plans.size(), 1U);
    QCOMPARE(world.parts.tunnel.injected.size(), 1U);
    QCOMPARE(world.parts.tunnel.divertedPort, 68);
    world.parts.tunnel.diverted.push_back(
        ackFor(world.parts.tunnel.injected.front(),
               {121, 8, 24, 10, 20, 30, 10, 9, 0, 1, 15, 4, 'c', 'o', 'r', 'p', 44, 4, 10, 9, 0, 5}));
    world.reactor.makeReadable(FakeTunnel::divertedDescriptor);
    QCOMPARE(world.host.record.plans.size(), 2U);
    QCOMPARE(texts(world.host.record.plans.back().routes),
             (Texts{"192.168.7.0/24", "10.20.30.0/24", "10.9.0.1/32", "10.9.0.5/32"}));
    world.configure();
    QCOMPARE(world.connection->status().nbns, std::vector{ip("10.9.0.5")});
    QCOMPARE(world.connection->status().domains, std::vector<std::string>{"corp"});
    QCOMPARE(world.parts.tunnel.divertedPort, 0);
    const auto asked = world.parts.tunnel.injected.size();
    world.reactor.advance(20s);
    QCOMPARE(world.parts.tunnel.injected.size(), asked);
    world.connection->disconnect();
    world.finishDisconnect();
    QVERIFY(world.isClean());
}

void TestUpkeep::dhcpIsNotAskedWithAFullTunnel() {
    World world;
    world.reachConnected();
    QVERIFY(world.parts.tunnel.injected.empty());
    QCOMPARE(world.parts.tunnel.divertedPort, 0);
}

void TestUpkeep::dhcpGivesUp() {
    World world;
    splitTunnel(world);
    world.reachConnected();
    world.reactor.advance(60s);
    QCOMPARE(world.parts.tunnel.injected.size(), 5U);
    QCOMPARE(world.parts.tunnel.divertedPort, 0);
    QCOMPARE(world.state(), StateName::Connected);
}

void TestUpkeep::hostileDhcp() {
    dhcp::Reply reply;
    reply.routes = {net("0.0.0.0/0"),    net("0.0.0.0/1"),   net("203.0.113.5/32"),
                    net("10.66.1.0/24"), net("127.0.0.0/8"), net("224.0.0.0/8")};
    for (unsigned i = 0; i < 10'000; ++i) {
        reply.routes.push_back({*base::IpAddress::fromBytes(base::Bytes{172, 16, static_cast<std::uint8_t>(i >> 8U),
                                                                        static_cast<std::uint8_t>(i)}),
                                32});
    }
    World world;
    splitTunnel(world);
    const auto configuration = withDhcp(World::established().configuration, reply, world.profile, ip("203.0.113.5"));
    const auto plan = planTunnel(world.profile, configuration, {});
    QVERIFY(plan);
    QCOMPARE(plan->routes.size(), 1024U);
    for (const auto& bad : {"0.0.0.0/0", "0.0.0.0/1", "203.0.113.5/32", "10.66.1.0/24", "127.0.0.0/8", "224.0.0.0/8"}) {
        QVERIFY2(std::find(plan->routes.begin(), plan->routes.end(), net(bad)) == plan->routes.end(), bad);
    }
    // A full tunnel takes no list at all.
    const auto full = planTunnel({}, configuration, {});
    QCOMPARE(texts(full->routes), Texts{"0.0.0.0/0"});
}

void TestUpkeep::childrenChangeThePlan() {
    World world;
    splitTunnel(world);
    world.reachConnected();
    auto further = World::child(2);
    further.remote = {{ip("10.3.0.0"), ip("10.3.255.255")}};
    world.ikePuts(std::move(further));
    QCOMPARE(world.parts.tunnel.installed, (std::vector<std::uint32_t>{1, 2}));
    QCOMPARE(world.host.record.plans.size(), 2U);
    QVERIFY(std::find(world.host.record.plans.back().routes.begin(), world.host.record.plans.back().routes.end(),
                      net("10.3.0.0/16")) != world.host.record.plans.back().routes.end());
    // New keys for the same traffic change nothing.
    world.configure();
    auto rekeyed = World::child(3);
    rekeyed.remote = {{ip("10.3.0.0"), ip("10.3.255.255")}};
    rekeyed.replaces = 2;
    world.ikePuts(std::move(rekeyed), ike::ChildDown{2});
    QCOMPARE(world.host.record.plans.size(), 2U);
    QCOMPARE(world.parts.tunnel.children.back().replaces, 2U);
}

void TestUpkeep::refusedChildIsANote() {
    World world;
    world.reachConnected();
    world.ikePuts(ike::ChildRefused{{{ip("10.3.0.0"), ip("10.3.255.255")}}, {"tern.ike.child.selectors", {}, {}}});
    QCOMPARE(world.state(), StateName::Connected);
    QVERIFY(world.listener.notes.back().find("10.3.0.0-10.3.255.255") != std::string::npos);
}

void TestUpkeep::sizes_data() {
    QTest::addColumn<int>("cipher");
    QTest::addColumn<int>("integrity");
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("mac");
    QTest::addColumn<bool>("v6");
    QTest::addColumn<unsigned>("inner"); // of outer packets of 1400 octets
    const auto row = [](const char* name, crypto::EspCipher cipher, crypto::EspIntegrity integrity, int key, int mac,
                        bool v6, unsigned inner) {
        QTest::newRow(name) << int(cipher) << int(integrity) << key << mac << v6 << inner;
    };
    // 1400 - IP 20 - UDP 8 - ESP 8 - IV 8 - ICV 16 = 1340, less pad length and next header.
    row("AES-256-GCM", crypto::EspCipher::AesGcm16, crypto::EspIntegrity::None, 32, 0, false, 1338);
    row("AES-256-GCM over IPv6", crypto::EspCipher::AesGcm16, crypto::EspIntegrity::None, 32, 0, true, 1318);
    // 1400 - 28 - ESP 8 - IV 16 - ICV 16 = 1332: 83 blocks of 16 are 1328.
    row("AES-256-CBC", crypto::EspCipher::AesCbc, crypto::EspIntegrity::HmacSha256_128, 32, 32, false, 1326);
}

void TestUpkeep::sizes() {
    QFETCH(int, cipher);
    QFETCH(int, integrity);
    QFETCH(int, key);
    QFETCH(int, mac);
    QFETCH(bool, v6);
    QFETCH(unsigned, inner);
    crypto::SaKeys keys;
    keys.spi = 300;
    keys.cipher = static_cast<crypto::EspCipher>(cipher);
    keys.integrity = static_cast<crypto::EspIntegrity>(integrity);
    keys.encryptionKey = base::SecureBytes(base::ByteView(base::Bytes(static_cast<std::size_t>(key), 1)));
    keys.salt = base::SecureBytes(base::ByteView(base::Bytes(mac == 0 ? 4 : 0, 1)));
    keys.integrityKey = base::SecureBytes(base::ByteView(base::Bytes(static_cast<std::size_t>(mac), 1)));
    const auto sizes = EspSizes::of(keys, v6);
    QCOMPARE(sizes.innerOf(1400), inner);
    QVERIFY(sizes.outerOf(inner) <= 1400);
    QVERIFY(sizes.outerOf(inner + 1) > 1400);
    QCOMPARE(sizes.innerOf(20), 0U);
}

void TestUpkeep::pathThatSwallows() {
    World world;
    world.reachConnected();
    const auto first = world.host.record.plans.back().mtu;
    // Outer packets above 1400 vanish.
    for (int i = 0; i < 12 && !world.ike().probes.empty(); ++i) {
        const auto size = world.ike().probes.back();
        world.ike().probes.clear();
        world.ikePuts(ike::PathProbed{size, size + 28 <= 1400});
        if (world.host.record.configureDone) {
            world.configure();
        }
    }
    const auto last = world.host.record.plans.back().mtu;
    QVERIFY2(last < first, qPrintable(QStringLiteral("%1 %2").arg(first).arg(last)));
    const auto sizes = EspSizes::of({}, false); // the fake keys' suite
    QCOMPARE(last, sizes.innerOf(1400));
    QCOMPARE(world.parts.tunnel.mtu, last);
    QCOMPARE(world.connection->status().mtu, last);
}

void TestUpkeep::pathThatPasses() {
    World world;
    world.reachConnected();
    QCOMPARE(world.ike().probes.size(), 1U);
    world.ikePuts(ike::PathProbed{world.ike().probes.back(), true});
    QCOMPARE(world.ike().probes.size(), 1U);
    QCOMPARE(world.host.record.plans.size(), 1U);
}

void TestUpkeep::statusSaysWhatTheServerSaid() {
    World world;
    world.reachIke();
    auto established = World::established();
    established.configuration.nbns = {ip("10.9.0.4")};
    established.configuration.domains = {"corp.example"};
    world.ikePuts(std::move(established), World::child(1));
    world.configure();
    const auto& status = world.connection->status();
    QCOMPARE(status.nbns, std::vector{ip("10.9.0.4")});
    QCOMPARE(status.domains, std::vector<std::string>{"corp.example"});
    QCOMPARE(texts(status.routes), Texts{"0.0.0.0/0"});
    QCOMPARE(status.streamPort, 0);
    QVERIFY(status.mtu >= 576 && status.mtu <= 1400);
}

QTEST_APPLESS_MAIN(TestUpkeep)
#include "tst_upkeep.moc"
