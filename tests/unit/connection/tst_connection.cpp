#include "tests/unit/connection/fakes.h"

#include <QTest>

using namespace tern;
using namespace tern::connection;
using namespace tern::connection::test;
using namespace std::chrono_literals;

namespace {

base::Error someError(const char* code) {
    return {code, {}, {}};
}

} // namespace

class TestConnection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goesFromStartToConnected();
    void resolvesAndOpensAtOnce();
    void asksForANameFirst();
    void asksForAPasswordWhenTheSessionDoes();
    void cancelledPromptIsNoFailure();
    void cancelledAnywhereLeavesNothing_data();
    void cancelledAnywhereLeavesNothing();
    void lateHelperSessionIsClosed();
    void destructionLeavesNothing();
    void unknownNameFails();
    void secondServerIsTried();
    void ipv4GoesFirstAndIpv6Follows();
    void refusalByAServerIsFinal();
    void deniedByTheHelper();
    void helperLost_data();
    void helperLost();
    void failedConfigurationTakesEverythingBack();
    void tunnelThatDoesNotStartTakesEverythingBack();
    void serverWithoutAddressFails();
    void keysAreInstalledAndRemoved();
    void statusFollowsTheSuites();
    void ikeTravelsThroughTheTunnel();
    void trafficCountsAsLife();
    void keysAreReplacedBeforeTheyRunOut();
    void statisticsAreToldWhenTheyChange();
    void reconnectsKeepingTheRoutes();
    void givesUpReconnecting();
    void wrongPasswordWhileReconnectingIsFinal();
    void silentServerDoesNotHoldUpTheEnd();
    void lastServerGetsTheFullPatience();
};

void TestConnection::goesFromStartToConnected() {
    World world;
    world.start();
    QCOMPARE(world.state(), StateName::Resolving);
    world.host.grant();
    world.resolver.answer({"203.0.113.5"});
    QCOMPARE(world.state(), StateName::Negotiating);
    QCOMPARE(world.host.record.sockets.size(), 1U);
    world.giveSocket();
    QVERIFY(world.ike().started);
    QCOMPARE(world.parts.sent.size(), 1U);
    QCOMPARE(world.ike().config.serverName, std::string("vpn.example.org"));
    QCOMPARE(world.ike().config.localPort, 40000);
    world.ikePuts(ike::Progress{ike::Stage::Verifying});
    QCOMPARE(world.connection->status().stage, Stage::Verifying);
    world.establish(7);
    QCOMPARE(world.state(), StateName::Configuring);
    QCOMPARE(world.host.record.plans.size(), 1U);
    world.configure();
    QCOMPARE(world.state(), StateName::Connected);
    QCOMPARE(world.parts.tunnel.installed, std::vector<std::uint32_t>{7});
    QCOMPARE(world.connection->status().interface, std::string("tern0"));
    QCOMPARE(world.connection->status().cipher, std::string("ESP suite"));
    world.connection->disconnect();
    QCOMPARE(world.state(), StateName::Disconnecting);
    QVERIFY(world.ike().closing);
    QCOMPARE(world.host.record.closed, 0); // the goodbye goes first, through the tunnel
    world.finishDisconnect();
    QCOMPARE(world.state(), StateName::Disconnected);
    QVERIFY(world.connection->isOver());
    QVERIFY(world.isClean());
}

void TestConnection::resolvesAndOpensAtOnce() {
    World world;
    world.start();
    QVERIFY(world.host.isAsked());
    QVERIFY(world.resolver.isAsked());
    world.resolver.answer({"203.0.113.5"});
    QCOMPARE(world.state(), StateName::Resolving);
    world.host.grant();
    QCOMPARE(world.state(), StateName::Negotiating);
}

void TestConnection::asksForANameFirst() {
    World world;
    world.profile.authentication.username.clear();
    world.start();
    QVERIFY(world.credentials.isAsked());
    QCOMPARE(world.credentials.questions.back().kind, ike::Prompt::Kind::Credentials);
    world.host.grant();
    world.resolver.answer({"203.0.113.5"});
    QCOMPARE(world.state(), StateName::Resolving);
    world.credentials.answer("berta", "secret");
    QCOMPARE(world.state(), StateName::Negotiating);
    world.giveSocket();
    const auto& eap = std::get<ike::EapAuthentication>(world.ike().config.authentication);
    QCOMPARE(eap.username, std::string("berta"));
    QCOMPARE(base::toText(eap.password->view()), std::string("secret"));
}

void TestConnection::asksForAPasswordWhenTheSessionDoes() {
    World world;
    world.reachIke();
    world.ikePuts(ike::Progress{ike::Stage::Authenticating}, ike::Prompt{ike::Prompt::Kind::Password, "hello", true});
    QVERIFY(world.credentials.isAsked());
    QCOMPARE(world.credentials.questions.back().text, std::string("hello"));
    QVERIFY(world.credentials.questions.back().retry);
    QCOMPARE(world.credentials.questions.back().username, std::string("anna"));
    world.credentials.answer("", "hunter2");
    QCOMPARE(world.ike().answeredName, std::string("anna"));
    QCOMPARE(world.ike().answeredSecret, std::string("hunter2"));
    QVERIFY(!world.credentials.isAsked());
}

void TestConnection::cancelledPromptIsNoFailure() {
    World world;
    world.reachIke();
    world.ikePuts(ike::Prompt{ike::Prompt::Kind::Password, {}, false});
    world.credentials.cancel();
    // In the middle of a login the goodbye is sent but not waited for.
    QCOMPARE(world.host.record.closed, 1);
    std::exchange(world.host.record.closeDone, nullptr)();
    QCOMPARE(world.state(), StateName::Disconnected);
    QVERIFY(!world.connection->status().error);
    QVERIFY(world.isClean());
}

void TestConnection::cancelledAnywhereLeavesNothing_data() {
    QTest::addColumn<int>("steps");
    for (int i = 0; i <= 9; ++i) {
        QTest::addRow("after step %d", i) << i;
    }
}

void TestConnection::cancelledAnywhereLeavesNothing() {
    QFETCH(int, steps);
    World world;
    const std::vector<std::function<void()>> way{
        [&] { world.start(); },
        [&] { world.host.grant(); },
        [&] {
            world.resolver.answer({"203.0.113.5", "203.0.113.6"});
        },
        [&] { world.giveSocket(); },
        [&] {
            world.ikePuts(ike::Prompt{ike::Prompt::Kind::Password, {}, false});
        },
        [&] { world.credentials.answer("", "x"); },
        [&] { world.establish(); },
        [&] { world.configure(); },
        [&] { world.ikePuts(ike::Closed{someError("tern.ike.lost")}); }, // now reconnecting
    };
    world.start();
    for (int i = 1; i < steps; ++i) {
        way[static_cast<std::size_t>(i)]();
    }
    world.connection->disconnect();
    if (!world.connection->isOver() && !world.parts.sessions.empty() && world.ike().alive) {
        QVERIFY(world.ike().closing);
        world.ikePuts(ike::Closed{});
    }
    if (steps > 3) {
        QVERIFY(world.ike().closing || steps == 9);
    }
    if (world.host.record.closeDone) {
        std::exchange(world.host.record.closeDone, nullptr)();
    }
    QCOMPARE(world.state(), StateName::Disconnected);
    QVERIFY(world.connection->isOver());
    QVERIFY(!world.connection->status().error);
    QVERIFY(world.isClean());
    // Answers that were still under way change nothing and leave nothing.
    if (world.host.isAsked()) {
        world.host.grant();
    }
    if (world.host.record.socketDone) {
        world.giveSocket();
    }
    if (world.host.record.configureDone) {
        world.configure();
    }
    QCOMPARE(world.state(), StateName::Disconnected);
    QVERIFY(world.isClean());
}

void TestConnection::lateHelperSessionIsClosed() {
    World world;
    world.start();
    world.connection->disconnect();
    QVERIFY(world.connection->isOver());
    world.host.grant();
    QCOMPARE(world.host.record.open, 0);
}

void TestConnection::destructionLeavesNothing() {
    World world;
    world.reachConnected();
    world.connection.reset();
    QVERIFY(world.isClean());
}

void TestConnection::unknownNameFails() {
    World world;
    world.start();
    world.host.grant();
    world.resolver.fail();
    QCOMPARE(world.state(), StateName::Disconnecting);
    std::exchange(world.host.record.closeDone, nullptr)();
    QCOMPARE(world.state(), StateName::Failed);
    QCOMPARE(world.connection->status().error->code, std::string("tern.engine.name-not-found"));
    QVERIFY(world.isClean());
}

void TestConnection::secondServerIsTried() {
    World world;
    world.profile.servers = {"one.example.org", "two.example.org"};
    world.reachIke();
    world.ikePuts(ike::Closed{someError("tern.ike.no-answer")});
    QCOMPARE(world.state(), StateName::Resolving);
    QCOMPARE(world.resolver.asked.back(), std::string("two.example.org"));
    QCOMPARE(world.host.record.open, 1);
    world.resolver.answer({"203.0.113.9"});
    world.giveSocket();
    QCOMPARE(world.ike().config.serverName, std::string("two.example.org"));
    QCOMPARE(world.ike().config.serverAddress.text(), std::string("203.0.113.9"));
}

void TestConnection::ipv4GoesFirstAndIpv6Follows() {
    World world;
    world.start();
    world.host.grant();
    world.resolver.answer({"2001:db8::5", "203.0.113.5"});
    QCOMPARE(world.host.record.sockets.back().text(), std::string("203.0.113.5"));
    std::exchange(world.host.record.socketDone, nullptr)(base::fail("tern.helper.socket"));
    QCOMPARE(world.state(), StateName::Negotiating);
    QCOMPARE(world.host.record.sockets.back().text(), std::string("2001:db8::5"));
}

void TestConnection::refusalByAServerIsFinal() {
    World world;
    world.start();
    world.host.grant();
    world.resolver.answer({"203.0.113.5", "203.0.113.6"});
    world.giveSocket();
    world.ikePuts(ike::Progress{ike::Stage::Verifying}, ike::Closed{someError("tern.crypto.cert.name")});
    QCOMPARE(world.state(), StateName::Disconnecting);
    std::exchange(world.host.record.closeDone, nullptr)();
    QCOMPARE(world.state(), StateName::Failed);
    QCOMPARE(world.connection->status().error->code, std::string("tern.crypto.cert.name"));
    QCOMPARE(world.host.record.sockets.size(), 1U);
    QVERIFY(world.isClean());
}

void TestConnection::deniedByTheHelper() {
    World world;
    world.start();
    world.host.deny();
    QCOMPARE(world.state(), StateName::Failed);
    QCOMPARE(world.connection->status().error->code, std::string("tern.helper.not-authorized"));
    QVERIFY(world.isClean());
}

void TestConnection::helperLost_data() {
    QTest::addColumn<int>("steps");
    QTest::newRow("negotiating") << 0;
    QTest::newRow("ike") << 1;
    QTest::newRow("configuring") << 2;
    QTest::newRow("connected") << 3;
    QTest::newRow("reconnecting") << 4;
}

void TestConnection::helperLost() {
    QFETCH(int, steps);
    World world;
    world.reachNegotiating();
    const std::vector<std::function<void()>> way{[&] { world.giveSocket(); }, [&] { world.establish(); },
                                                 [&] { world.configure(); },
                                                 [&] { world.ikePuts(ike::Closed{someError("tern.ike.lost")}); }};
    for (int i = 0; i < steps; ++i) {
        way[static_cast<std::size_t>(i)]();
    }
    world.host.record.lost(someError("tern.engine.helper-lost"));
    if (!world.connection->isOver()) {
        QCOMPARE(world.state(), StateName::Disconnecting);
        world.ikePuts(ike::Closed{});
    }
    QCOMPARE(world.state(), StateName::Failed);
    QCOMPARE(world.connection->status().error->code, std::string("tern.engine.helper-lost"));
    QVERIFY(world.isClean());
}

void TestConnection::failedConfigurationTakesEverythingBack() {
    World world;
    world.reachIke();
    world.establish();
    std::exchange(world.host.record.configureDone, nullptr)(base::fail("tern.helper.dns"));
    QCOMPARE(world.state(), StateName::Disconnecting);
    QVERIFY(world.ike().closing);
    world.finishDisconnect();
    QCOMPARE(world.state(), StateName::Failed);
    QCOMPARE(world.connection->status().error->code, std::string("tern.helper.dns"));
    QVERIFY(world.isClean());
}

void TestConnection::tunnelThatDoesNotStartTakesEverythingBack() {
    World world;
    world.parts.tunnelFails = true;
    world.reachIke();
    world.establish();
    world.configure();
    QCOMPARE(world.state(), StateName::Disconnecting);
    // The session has lost its socket to the tunnel that failed: its goodbye is not waited for beyond the limit.
    world.reactor.advance(3s);
    std::exchange(world.host.record.closeDone, nullptr)();
    QCOMPARE(world.state(), StateName::Failed);
    QCOMPARE(world.connection->status().error->code, std::string("tern.datapath.tun"));
    QVERIFY(world.isClean());
}

void TestConnection::serverWithoutAddressFails() {
    World world;
    world.reachIke();
    auto nothing = World::established();
    nothing.configuration.addresses.clear();
    world.ikePuts(nothing, World::child(1));
    QCOMPARE(world.state(), StateName::Disconnecting);
    QVERIFY(world.host.record.plans.empty());
    world.finishDisconnect();
    QCOMPARE(world.connection->status().error->code, std::string("tern.engine.no-address"));
}

void TestConnection::keysAreInstalledAndRemoved() {
    World world;
    world.reachConnected();
    world.ikePuts(World::child(2), ike::ChildDown{1});
    QCOMPARE(world.parts.tunnel.installed, (std::vector<std::uint32_t>{1, 2}));
    QCOMPARE(world.parts.tunnel.removed, std::vector<std::uint32_t>{1});
    QCOMPARE(world.state(), StateName::Connected);
}

void TestConnection::statusFollowsTheSuites() {
    World world;
    world.reachIke();
    world.establish();
    world.ikePuts(ike::SuitesChanged{{"second", "ESP suite", "", "PPK"}}); // while the helper is at work
    world.configure();
    QCOMPARE(world.connection->status().ikeCipher, std::string("second"));
    QCOMPARE(world.connection->status().postQuantum, std::string("PPK"));
    const auto told = world.listener.seen.size();
    world.ikePuts(ike::SuitesChanged{{"third", "another ESP suite", "SHA-1", "ML-KEM-768 + PPK"}});
    QVERIFY(world.listener.seen.size() > told);
    const auto& status = world.listener.seen.back();
    QCOMPARE(status.ikeCipher, std::string("third"));
    QCOMPARE(status.cipher, std::string("another ESP suite"));
    QCOMPARE(status.weakAlgorithms, std::string("SHA-1"));
    QCOMPARE(status.postQuantum, std::string("ML-KEM-768 + PPK"));
    QCOMPARE(world.state(), StateName::Connected);
}

void TestConnection::ikeTravelsThroughTheTunnel() {
    World world;
    world.reachConnected();
    const auto sentBefore = world.parts.sent.size();
    world.ikePuts(ike::SendDatagram{true, {0, 0, 0, 0, 5}}, ike::SendDatagram{true, {0xFF}});
    QCOMPARE(world.parts.sent.size(), sentBefore);
    QCOMPARE(world.parts.tunnel.sent, (std::vector<base::Bytes>{{0, 0, 0, 0, 5}}));
    QCOMPARE(world.parts.tunnel.keepAlives, 1);
    QCOMPARE(world.ike().received.back(), base::Bytes{9});
}

void TestConnection::trafficCountsAsLife() {
    World world;
    world.reachConnected();
    world.ike().deadline = world.reactor.now() + 30s;
    world.ikePuts(); // the driver learns of the deadline
    const auto heard = world.reactor.now() + 20s;
    world.parts.tunnel.statistics.lastReceived = static_cast<std::uint64_t>(heard.time_since_epoch().count());
    world.reactor.advance(30s);
    QCOMPARE(world.ike().traffic, std::vector<base::Instant>{heard});
    QCOMPARE(world.ike().timeouts, 1);
}

void TestConnection::keysAreReplacedBeforeTheyRunOut() {
    World world;
    world.parts.tunnel.statistics.sequencesLeft = 4'000'000'000;
    world.reachConnected();
    world.reactor.advance(10s);
    QCOMPARE(world.ike().replacements, 0);
    world.parts.tunnel.statistics.sequencesLeft = 100'000'000;
    world.reactor.advance(10s);
    QCOMPARE(world.ike().replacements, 1); // once, not each time it is looked at
    world.parts.tunnel.statistics.sequencesLeft = 4'000'000'000;
    world.ikePuts(World::child(2));
    world.reactor.advance(10s);
    world.parts.tunnel.statistics.sequencesLeft = 100'000'000;
    world.reactor.advance(10s);
    QCOMPARE(world.ike().replacements, 2);
}

void TestConnection::statisticsAreToldWhenTheyChange() {
    World world;
    world.reachConnected();
    const auto before = world.listener.seen.size();
    world.reactor.advance(10s);
    QCOMPARE(world.listener.seen.size(), before);
    world.parts.tunnel.statistics.receivedBytes = 500;
    world.reactor.advance(2s);
    QCOMPARE(world.listener.seen.size(), before + 1);
    QCOMPARE(world.listener.seen.back().received, 500U);
    // Asking in between answers what is true now, and takes no announcement away.
    world.parts.tunnel.statistics.receivedBytes = 700;
    QCOMPARE(world.connection->status().received, 700U);
    world.reactor.advance(2s);
    QCOMPARE(world.listener.seen.size(), before + 2);
}

void TestConnection::reconnectsKeepingTheRoutes() {
    World world;
    world.reachIke();
    world.ikePuts(ike::Prompt{ike::Prompt::Kind::Password, {}, false});
    world.credentials.answer("", "once");
    world.establish();
    world.configure();
    world.ikePuts(ike::Closed{someError("tern.ike.lost")});
    QCOMPARE(world.state(), StateName::Reconnecting);
    QVERIFY(world.connection->status().reconnecting);
    QCOMPARE(world.host.record.open, 1);
    QCOMPARE(world.host.record.closed, 0);
    QCOMPARE(world.parts.tunnel.alive, 1);
    world.reactor.advance(1s);
    QCOMPARE(world.state(), StateName::Negotiating);
    world.giveSocket();
    // The password that was typed is used again: nobody is asked.
    const auto& eap = std::get<ike::EapAuthentication>(world.ike().config.authentication);
    QCOMPARE(base::toText(eap.password->view()), std::string("once"));
    world.establish(8);
    QCOMPARE(world.parts.tunnel.alive, 1);
    world.configure();
    QCOMPARE(world.state(), StateName::Connected);
    QVERIFY(!world.connection->status().reconnecting);
    QCOMPARE(world.parts.tunnel.started, 2);
    QCOMPARE(world.parts.tunnel.alive, 1);
    QCOMPARE(world.parts.tunnel.installed.back(), 8U);
    QCOMPARE(world.host.record.plans.size(), 2U);
    QCOMPARE(world.host.record.closed, 0);
}

void TestConnection::givesUpReconnecting() {
    World world;
    world.reachConnected();
    world.ikePuts(ike::Closed{someError("tern.ike.lost")});
    const ReconnectPolicy policy;
    const auto lost = world.reactor.now();
    while (world.reactor.now() - lost < policy.outage) {
        QCOMPARE(world.state(), StateName::Reconnecting);
        QCOMPARE(world.host.record.closed, 0); // still nothing leaves in the clear
        world.reactor.advance(policy.longestPause * 2);
        QCOMPARE(world.state(), StateName::Negotiating);
        world.giveSocket();
        world.ikePuts(ike::Closed{someError("tern.ike.no-answer")});
    }
    QCOMPARE(world.state(), StateName::Disconnecting);
    std::exchange(world.host.record.closeDone, nullptr)();
    QCOMPARE(world.state(), StateName::Failed);
    QCOMPARE(world.connection->status().error->code, std::string("tern.engine.connection-lost"));
    QCOMPARE(world.connection->status().error->detail, std::string("tern.ike.no-answer"));
    QVERIFY(world.isClean());
}

void TestConnection::wrongPasswordWhileReconnectingIsFinal() {
    World world;
    world.reachConnected();
    world.ikePuts(ike::Closed{someError("tern.ike.lost")});
    world.reactor.advance(1s);
    world.giveSocket();
    world.ikePuts(ike::Progress{ike::Stage::Authenticating}, ike::Closed{someError("tern.eap.password")});
    QCOMPARE(world.state(), StateName::Disconnecting);
    std::exchange(world.host.record.closeDone, nullptr)();
    QCOMPARE(world.connection->status().error->code, std::string("tern.eap.password"));
    QVERIFY(world.isClean());
}

void TestConnection::silentServerDoesNotHoldUpTheEnd() {
    World world;
    world.reachConnected();
    world.connection->disconnect();
    world.reactor.advance(8s); // neither the server nor the helper answers
    QCOMPARE(world.state(), StateName::Disconnected);
    QVERIFY(world.isClean());
}

void TestConnection::lastServerGetsTheFullPatience() {
    World world;
    world.start();
    world.host.grant();
    world.resolver.answer({"203.0.113.5", "203.0.113.6"});
    world.giveSocket();
    const auto first = world.ike().config.timers.connectLimit;
    world.ikePuts(ike::Closed{someError("tern.ike.no-answer")});
    world.giveSocket();
    QVERIFY(first < world.ike().config.timers.connectLimit);
    QVERIFY(world.ike().config.timers.connectLimit == ike::Timers().connectLimit);
}

QTEST_APPLESS_MAIN(TestConnection)
#include "tst_connection.moc"
