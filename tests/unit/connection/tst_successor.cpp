// A session that may not go on for ever is replaced by another while the tunnel carries on.
#include "tests/unit/connection/fakes.h"

#include <QTest>

using namespace tern;
using namespace tern::connection;
using namespace tern::connection::test;
using namespace std::chrono_literals;

namespace {

IkeRecord& first(World& world) {
    return *world.parts.sessions.front();
}

// Connected with child 1, and the session has said that it ends in ten minutes.
struct Due : World {
    Due() {
        reachConnected();
        ikePuts(ike::ReauthenticationDue{reactor.now() + 10min});
    }
};

} // namespace

class TestSuccessor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beginsBesideTheOldOne();
    void takesOver();
    void otherAddressesAreConfigured();
    void asksOnlyWhenTheSecretIsGone();
    void oldOneStaysWhenItFails();
    void oldOneMayEndFirst();
    void bothMayEnd();
    void disconnectLeavesNothing();
    void eachGetsItsAnswer();
    void childOfTheOldSessionWaits();
    void endsWhileTheHelperIsBusy();
    void lateAnswerIsNobodys();
    void oldSessionsLastWordsComeLate();
    void whatItSaysEarlyIsKept();
    void bothMove();
    void codeIsNotKept();
};

void TestSuccessor::beginsBesideTheOldOne() {
    Due world;
    QCOMPARE(world.parts.sessions.size(), std::size_t{2});
    QVERIFY(first(world).alive);
    QVERIFY(!first(world).closing);
    const auto& config = world.ike().config;
    QVERIFY(world.ike().started);
    QVERIFY(config.natTraversalPortOnly);
    QVERIFY(!config.initialContact); // the server would end the old one
    QCOMPARE(config.previousAddresses, std::vector<base::IpAddress>{*base::IpAddress::fromText("10.9.0.2")});
    QCOMPARE(world.parts.tunnel.started, 1);
    QCOMPARE(world.state(), StateName::Connected);
    // Both hear what comes.
    world.ikePuts();
    QCOMPARE(first(world).received.back(), base::Bytes{9});
    QCOMPARE(world.ike().received.back(), base::Bytes{9});
}

void TestSuccessor::takesOver() {
    Due world;
    auto another = World::established();
    another.ikeSuite = "another suite";
    another.postQuantum = "ML-KEM-768";
    world.ikePuts(std::move(another), World::child(2));
    QCOMPARE(world.state(), StateName::Connected);
    QCOMPARE(world.connection->status().ikeCipher, std::string("another suite"));
    QCOMPARE(world.connection->status().postQuantum, std::string("ML-KEM-768"));
    QCOMPARE(world.parts.tunnel.installed, (std::vector<std::uint32_t>{1, 2}));
    QVERIFY(world.parts.tunnel.removed.empty()); // packets are still on their way with the old keys
    QVERIFY(first(world).closing);
    QCOMPARE(world.host.record.plans.size(), std::size_t{1}); // the same addresses: nothing to do
    world.reactor.advance(6s);
    QCOMPARE(world.parts.tunnel.removed, std::vector<std::uint32_t>{1});
    QVERIFY(!first(world).alive);
    // From now on it is the session.
    world.ikePuts(World::child(3), ike::ChildDown{2});
    QCOMPARE(world.parts.tunnel.installed.back(), 3U);
    QCOMPARE(world.parts.tunnel.removed.back(), 2U);
    world.connection->disconnect();
    QVERIFY(world.ike().closing);
    world.finishDisconnect();
    QVERIFY(world.isClean());
}

void TestSuccessor::otherAddressesAreConfigured() {
    Due world;
    auto other = World::established();
    other.configuration.addresses = {*base::IpPrefix::fromText("10.9.0.77/32")};
    world.ikePuts(std::move(other), World::child(2));
    QCOMPARE(world.host.record.plans.size(), std::size_t{2});
    QCOMPARE(world.parts.tunnel.installed.size(), std::size_t{1});
    world.configure();
    QCOMPARE(world.parts.tunnel.installed, (std::vector<std::uint32_t>{1, 2}));
    QCOMPARE(world.parts.tunnel.started, 1); // the same device and data path
    QCOMPARE(world.connection->status().addresses.front().address, *base::IpAddress::fromText("10.9.0.77"));
}

void TestSuccessor::asksOnlyWhenTheSecretIsGone() {
    Due world;
    QVERIFY(!world.credentials.isAsked());
    world.ikePuts(ike::Prompt{ike::Prompt::Kind::Password, {}, false});
    QVERIFY(world.credentials.isAsked());
    world.credentials.answer("", "hunter2");
    QCOMPARE(world.ike().answeredSecret, std::string("hunter2"));
    QCOMPARE(world.state(), StateName::Connected);
    // The next one has it.
    world.establish(2);
    world.reactor.advance(6s);
    world.ikePuts(ike::ReauthenticationDue{world.reactor.now() + 10min});
    QCOMPARE(world.parts.sessions.size(), std::size_t{3});
    const auto& eap = std::get<ike::EapAuthentication>(world.ike().config.authentication);
    QCOMPARE(base::toText(eap.password->view()), std::string("hunter2"));
}

void TestSuccessor::oldOneStaysWhenItFails() {
    Due world;
    world.ikePuts(ike::Closed{base::Error{"tern.ike.auth.rejected", {}, {}}});
    QCOMPARE(world.state(), StateName::Connected);
    QVERIFY(first(world).alive);
    QVERIFY(world.connection->status().error.has_value());
    QCOMPARE(world.connection->status().error->code, std::string("tern.engine.session-ends"));
    QCOMPARE(world.parts.sessions.size(), std::size_t{2});
    world.reactor.advance(2min); // tried again
    QCOMPARE(world.parts.sessions.size(), std::size_t{3});
    world.establish(2);
    QVERIFY(!world.connection->status().error);
    QCOMPARE(world.parts.tunnel.installed.back(), 2U);
}

void TestSuccessor::oldOneMayEndFirst() {
    Due world;
    first(world).outputs.emplace_back(ike::Closed{base::Error{"tern.ike.closed-by-server", {}, {}}});
    world.ikePuts();
    QCOMPARE(world.state(), StateName::Connected);
    world.establish(2);
    QCOMPARE(world.state(), StateName::Connected);
    QCOMPARE(world.parts.tunnel.installed.back(), 2U);
    world.reactor.advance(6s);
    QVERIFY(!first(world).alive);
}

void TestSuccessor::bothMayEnd() {
    Due world;
    first(world).outputs.emplace_back(ike::Closed{base::Error{"tern.ike.closed-by-server", {}, {}}});
    world.ikePuts();
    world.ikePuts(ike::Closed{base::Error{"tern.ike.no-answer", {}, {}}});
    QCOMPARE(world.state(), StateName::Reconnecting);
}

void TestSuccessor::disconnectLeavesNothing() {
    Due world;
    world.connection->disconnect();
    QCOMPARE(world.state(), StateName::Disconnecting);
    QVERIFY(first(world).closing);
    first(world).outputs.emplace_back(ike::Closed{});
    world.reactor.makeReadable(FakeTunnel::controlDescriptor);
    world.reactor.advance(3s);
    std::exchange(world.host.record.closeDone, nullptr)();
    QVERIFY(world.isClean());
}

// ---- with the upkeep beside it ----

namespace {

// As Due, and only some networks go through the tunnel.
struct SplitDue : World {
    SplitDue() {
        profile.routing.fullTunnelIpv4 = false;
        profile.routing.fullTunnelIpv6 = false;
        profile.routing.classRoute = false;
        reachConnected();
        ikePuts(ike::ReauthenticationDue{reactor.now() + 10min});
    }
    static ike::Established elsewhere() {
        auto other = established();
        other.configuration.addresses = {*base::IpPrefix::fromText("10.9.0.77/32")};
        return other;
    }
    static ike::ChildUp further(std::uint32_t spi) {
        auto up = child(spi);
        up.remote = {{*base::IpAddress::fromText("10.3.0.0"), *base::IpAddress::fromText("10.3.255.255")}};
        return up;
    }
    // Of the session that was there first.
    void firstPuts(ike::Output output) {
        first(*this).outputs.push_back(std::move(output));
        ikePuts();
    }
    [[nodiscard]] static bool reaches(const TunnelPlan& plan, const char* network) {
        return std::find(plan.routes.begin(), plan.routes.end(), *base::IpPrefix::fromText(network)) !=
               plan.routes.end();
    }
    [[nodiscard]] const std::vector<TunnelPlan>& plans() const { return host.record.plans; }
};

const base::IpAddress newAddress = *base::IpAddress::fromText("10.9.0.77");

} // namespace

void TestSuccessor::eachGetsItsAnswer() {
    SplitDue world;
    world.firstPuts(SplitDue::further(5));
    QCOMPARE(world.plans().size(), std::size_t{2});
    world.ikePuts(SplitDue::elsewhere(), World::child(2));
    QCOMPARE(world.plans().size(), std::size_t{2}); // one after the other
    world.configure();
    QCOMPARE(world.plans().size(), std::size_t{3});
    QVERIFY(!first(world).closing);
    QVERIFY(SplitDue::reaches(world.plans().back(), "10.3.0.0/16"));
    world.configure();
    QVERIFY(first(world).closing);
    QCOMPARE(world.plans().size(), std::size_t{3});
    QCOMPARE(world.connection->status().addresses.front().address, newAddress);
    QCOMPARE(world.connection->status().routes, world.plans().back().routes);
    QCOMPARE(world.parts.tunnel.mtu, world.plans().back().mtu);
}

void TestSuccessor::childOfTheOldSessionWaits() {
    SplitDue world;
    world.ikePuts(SplitDue::elsewhere(), World::child(2));
    QCOMPARE(world.plans().size(), std::size_t{2});
    world.firstPuts(SplitDue::further(5));
    QCOMPARE(world.plans().size(), std::size_t{2});
    world.configure();
    QVERIFY(!first(world).closing); // the host is to know of both first
    QCOMPARE(world.plans().size(), std::size_t{3});
    QCOMPARE(world.plans().back().addresses.front().address, newAddress);
    QVERIFY(SplitDue::reaches(world.plans().back(), "10.3.0.0/16"));
    world.configure();
    QVERIFY(first(world).closing);
    QCOMPARE(world.plans().size(), std::size_t{3});
}

void TestSuccessor::endsWhileTheHelperIsBusy() {
    SplitDue world;
    world.ikePuts(SplitDue::elsewhere(), World::child(2));
    world.ikePuts(ike::Closed{base::Error{"tern.ike.lost", {}, {}}});
    world.configure();
    QCOMPARE(world.state(), StateName::Connected);
    QVERIFY(!first(world).closing);
    // The device gets the present session's address back.
    QCOMPARE(world.plans().size(), std::size_t{3});
    QVERIFY(world.plans().back() == world.plans().front());
    world.configure();
    QCOMPARE(world.plans().size(), std::size_t{3});
}

void TestSuccessor::lateAnswerIsNobodys() {
    SplitDue world;
    world.firstPuts(SplitDue::further(5));
    const auto late = std::exchange(world.host.record.configureDone, nullptr);
    world.surroundings.wake();
    QCOMPARE(world.state(), StateName::Moving);
    auto another = World::child(6);
    another.remote = {{*base::IpAddress::fromText("10.4.0.0"), *base::IpAddress::fromText("10.4.255.255")}};
    world.ikePuts(); // the successor is gone with the state
    first(world).outputs.emplace_back(std::move(another));
    first(world).outputs.emplace_back(ike::PathConfirmed{});
    world.ikePuts();
    QCOMPARE(world.state(), StateName::Connected);
    QCOMPARE(world.plans().size(), std::size_t{3});
    QVERIFY(SplitDue::reaches(world.plans().back(), "10.3.0.0/16"));
    QVERIFY(SplitDue::reaches(world.plans().back(), "10.4.0.0/16"));
    late(ConfiguredTunnel{base::UniqueFd(::dup(0)), "tern0"});
    QVERIFY(!(world.connection->status().routes == world.plans().back().routes));
    world.configure();
    QCOMPARE(world.connection->status().routes, world.plans().back().routes);
    QCOMPARE(world.plans().size(), std::size_t{3});
}

void TestSuccessor::oldSessionsLastWordsComeLate() {
    Due world;
    // Two datagrams at once: the new session is up, and the server has no use for the old one any more.
    first(world).later.emplace_back(ike::ChildDown{1});
    first(world).later.emplace_back(ike::Closed{base::Error{"tern.ike.closed-by-server", {}, {}}});
    world.ike().outputs.emplace_back(World::established());
    world.ike().outputs.emplace_back(World::child(2));
    world.parts.tunnel.incoming.push_back({8});
    world.ikePuts();
    QCOMPARE(world.state(), StateName::Connected);
    QCOMPARE(world.parts.tunnel.installed, (std::vector<std::uint32_t>{1, 2}));
    QCOMPARE(world.parts.tunnel.removed, std::vector<std::uint32_t>{1});
    world.reactor.advance(6s);
    QCOMPARE(world.state(), StateName::Connected);
    QVERIFY(world.ike().alive);
}

void TestSuccessor::whatItSaysEarlyIsKept() {
    Due world;
    const auto ticket = std::shared_ptr<const ike::ResumptionTicket>(
        std::make_shared<int>(1), reinterpret_cast<const ike::ResumptionTicket*>(&world)); // never looked into
    world.ikePuts(ike::ReauthenticationDue{world.reactor.now() + 5min}, World::established(), World::child(2),
                  ike::TicketIssued{ticket});
    QVERIFY(first(world).closing);
    QCOMPARE(world.parts.sessions.size(), std::size_t{2});
    world.reactor.advance(6s);
    QCOMPARE(world.parts.sessions.size(), std::size_t{3}); // when the first has gone
    world.establish(3);
    world.reactor.advance(6s);
    world.ikePuts(ike::TicketIssued{ticket}, ike::Closed{base::Error{"tern.ike.lost", {}, {}}});
    world.reactor.advance(1s);
    world.giveSocket();
    QVERIFY(world.ike().config.ticket == ticket);
}

void TestSuccessor::bothMove() {
    Due world;
    world.surroundings.changeTo(FakeSurroundings::route("198.51.100.9"));
    QCOMPARE(first(world).paths.size(), std::size_t{1});
    QCOMPARE(world.ike().paths.size(), std::size_t{1});
    QCOMPARE(world.ike().paths.back().local, *base::IpAddress::fromText("198.51.100.9"));
    world.establish(2);
    QCOMPARE(world.ike().resumptions, 1); // the old session can say no more whether the server has followed
    world.ikePuts(ike::PathConfirmed{});
    world.reactor.advance(1s);
    QCOMPARE(world.state(), StateName::Connected);
}

void TestSuccessor::codeIsNotKept() {
    Due world;
    world.ikePuts(ike::Prompt{ike::Prompt::Kind::Password, {}, false});
    world.credentials.answer("", "hunter2");
    world.ikePuts(ike::Prompt{ike::Prompt::Kind::Code, {}, false});
    world.credentials.answer("", "123456");
    QCOMPARE(world.ike().answeredSecret, std::string("123456"));
    world.establish(2);
    world.reactor.advance(6s);
    world.ikePuts(ike::ReauthenticationDue{world.reactor.now() + 10min});
    const auto& eap = std::get<ike::EapAuthentication>(world.ike().config.authentication);
    QCOMPARE(base::toText(eap.password->view()), std::string("hunter2"));
}

QTEST_APPLESS_MAIN(TestSuccessor)
#include "tst_successor.moc"
