// Networks that come, go and change under a connection; sleep; servers that send it on.
#include "core/connection/redirect_trail.h"
#include "tests/unit/connection/fakes.h"

#include <QTest>

using namespace tern;
using namespace tern::connection;
using namespace tern::connection::test;
using namespace std::chrono_literals;

namespace {

base::IpAddress address(const char* text) {
    return *base::IpAddress::fromText(text);
}

ike::Redirected redirectTo(const char* name, bool authenticated) {
    ike::Redirected to;
    to.target.address = base::IpAddress::fromText(name);
    if (!to.target.address) {
        to.target.name = name;
    }
    to.authenticated = authenticated;
    return to;
}

} // namespace

class TestMoving : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void quickMoveIsNotShown();
    void slowMoveIsShown();
    void sameRouteIsNoMove();
    void withoutANetworkItWaits();
    void shortGapIsNoWait();
    void waitingHasALimit();
    void profileSetsTheLimit();
    void serverWithoutMobikeIsCalledAnew();
    void refusedMoveIsCalledAnew();
    void otherFamilyTakesAnotherSocket();
    void ipv4IsPreferredWhenItComesBack();
    void deadAddressIsLeft();
    void wakingUpIsCheckedFirst();
    void lateAlarmMeansSleep();
    void deadAfterWakingReconnects();
    void reconnectingWaitsForANetwork();
    void oneWayTrafficIsDoubted();
    void ticketIsUsedOnce();
    void disconnectWhileWaiting();

    void redirectBeforeConnecting();
    void unauthenticatedNameDoesNotChangeTheCertificate();
    void redirectWhileConnected();
    void redirectToAnUnknownNameChangesNothing();
    void redirectLoopEnds();
    void tooManyRedirectsEnd();
    void deadRedirectLeadsHome();
};

void TestMoving::quickMoveIsNotShown() {
    World world;
    world.reachConnected();
    const auto told = world.listener.seen.size();
    world.surroundings.changeTo(FakeSurroundings::route("198.51.100.9"));
    QCOMPARE(world.ike().paths.size(), 1U);
    QCOMPARE(world.ike().paths.back().local, address("198.51.100.9"));
    QCOMPARE(world.ike().paths.back().localPort, 40000);
    QCOMPARE(world.ike().paths.back().server, address("203.0.113.5"));
    world.reactor.advance(50ms);
    world.ikePuts(ike::PathConfirmed{});
    world.reactor.advance(900ms);
    QCOMPARE(world.state(), StateName::Connected);
    QCOMPARE(world.listener.seen.size(), told);
    QCOMPARE(world.parts.tunnel.started, 1);
    QVERIFY(world.parts.tunnel.outers.empty()); // the same socket
}

void TestMoving::slowMoveIsShown() {
    World world;
    world.reachConnected();
    world.surroundings.changeTo(FakeSurroundings::route("198.51.100.9"));
    world.reactor.advance(500ms);
    QCOMPARE(world.state(), StateName::Moving);
    QCOMPARE(world.connection->status().stage, Stage::Moving);
    QVERIFY(publicState(world.state()) != "connected");
    QCOMPARE(world.ike().paths.size(), 1U); // not told twice
    world.ikePuts(ike::PathConfirmed{});
    QCOMPARE(world.state(), StateName::Connected);
    QCOMPARE(world.parts.tunnel.started, 1);
}

void TestMoving::sameRouteIsNoMove() {
    World world;
    world.reachConnected();
    world.surroundings.changeTo(FakeSurroundings::route("192.0.2.7"));
    QVERIFY(world.ike().paths.empty());
    auto other = FakeSurroundings::route("192.0.2.7"); // the same address, in another network
    other.gateway = address("192.0.2.1");
    world.surroundings.changeTo(other);
    QCOMPARE(world.ike().paths.size(), 1U);
}

void TestMoving::withoutANetworkItWaits() {
    World world;
    world.reachConnected();
    world.surroundings.changeTo({});
    world.reactor.advance(500ms);
    QCOMPARE(world.state(), StateName::Moving);
    QCOMPARE(world.connection->status().stage, Stage::Waiting);
    QVERIFY(publicState(world.state()) != "connected");
    QCOMPARE(world.host.record.closed, 0); // the routes stand
    world.ike().deadline = world.reactor.now() + 1s;
    world.reactor.advance(20min);
    QCOMPARE(world.ike().timeouts, 0); // time does not count for IKE
    world.surroundings.changeTo(FakeSurroundings::route("198.51.100.9"));
    QCOMPARE(world.connection->status().stage, Stage::Moving);
    QCOMPARE(world.ike().paths.size(), 1U);
    world.ikePuts(ike::PathConfirmed{});
    QCOMPARE(world.state(), StateName::Connected);
    QCOMPARE(world.parts.sessions.size(), 1U);
}

void TestMoving::shortGapIsNoWait() {
    World world;
    world.reachConnected();
    const auto told = world.listener.seen.size();
    world.surroundings.changeTo({});
    world.reactor.advance(200ms);
    world.surroundings.changeTo(FakeSurroundings::route("192.0.2.7"));
    world.reactor.advance(700ms);
    QCOMPARE(world.state(), StateName::Connected);
    QCOMPARE(world.listener.seen.size(), told);
}

void TestMoving::waitingHasALimit() {
    World world;
    world.reachConnected();
    world.surroundings.changeTo({});
    world.reactor.advance(29min);
    QCOMPARE(world.state(), StateName::Moving);
    world.reactor.advance(1min + 1s); // no longer than a goodbye is waited for
    QCOMPARE(world.state(), StateName::Disconnecting);
    world.finishDisconnect();
    QCOMPARE(world.state(), StateName::Failed);
    QCOMPARE(world.connection->status().error->code, std::string("tern.engine.no-network"));
    QVERIFY(world.isClean());
}

void TestMoving::profileSetsTheLimit() {
    World world;
    world.profile.ike.outage = 10s;
    world.reachConnected();
    world.surroundings.changeTo({});
    world.reactor.advance(11s);
    QCOMPARE(world.state(), StateName::Disconnecting);
}

void TestMoving::serverWithoutMobikeIsCalledAnew() {
    World world;
    world.reachConnected();
    auto& first = world.ike();
    first.mobile = false;
    world.surroundings.changeTo(FakeSurroundings::route("198.51.100.9"));
    QCOMPARE(world.state(), StateName::Negotiating);
    QVERIFY(first.closing); // it was told goodbye
    QVERIFY(!first.alive);
    QCOMPARE(world.parts.tunnel.alive, 1);
    QCOMPARE(world.host.record.open, 1);
    world.giveSocket();
    world.establish(2);
    world.configure();
    QCOMPARE(world.state(), StateName::Connected);
    QCOMPARE(world.host.record.closed, 0);
}

void TestMoving::refusedMoveIsCalledAnew() {
    World world;
    world.reachConnected();
    world.surroundings.changeTo(FakeSurroundings::route("198.51.100.9"));
    world.ikePuts(ike::PathRefused{});
    QCOMPARE(world.state(), StateName::Negotiating);
    QCOMPARE(world.host.record.closed, 0);
}

void TestMoving::otherFamilyTakesAnotherSocket() {
    World world;
    world.start();
    world.host.grant();
    world.resolver.answer({"2001:db8::5", "203.0.113.5"});
    QCOMPARE(world.host.record.sockets.back(), address("203.0.113.5"));
    world.giveSocket();
    world.establish();
    world.configure();
    world.surroundings.changeTo({}, FakeSurroundings::route("2001:db8:1::2"));
    QCOMPARE(world.state(), StateName::Connected); // IPv4 may be back in a moment
    world.reactor.advance(500ms);
    QCOMPARE(world.state(), StateName::Moving);
    QCOMPARE(world.host.record.sockets.back(), address("2001:db8::5"));
    QVERIFY(world.ike().paths.empty()); // not before there is a socket
    world.giveSocket();
    QCOMPARE(world.parts.tunnel.outers.size(), 1U);
    QCOMPARE(world.parts.tunnel.outers.back().address, address("2001:db8::5"));
    QCOMPARE(world.ike().paths.back().server, address("2001:db8::5"));
    world.ikePuts(ike::PathConfirmed{});
    QCOMPARE(world.state(), StateName::Connected);
    QVERIFY(world.connection->status().server == address("2001:db8::5"));
    QCOMPARE(world.parts.tunnel.started, 1);
}

void TestMoving::ipv4IsPreferredWhenItComesBack() {
    World world;
    world.start();
    world.host.grant();
    world.resolver.answer({"203.0.113.5", "2001:db8::5"});
    world.giveSocket();
    world.establish();
    world.configure();
    world.surroundings.changeTo({}, FakeSurroundings::route("2001:db8:1::2"));
    world.reactor.advance(500ms);
    world.giveSocket();
    world.ikePuts(ike::PathConfirmed{});
    world.surroundings.changeTo(FakeSurroundings::route("192.0.2.7"), FakeSurroundings::route("2001:db8:1::2"));
    QCOMPARE(world.host.record.sockets.back(), address("203.0.113.5"));
    world.giveSocket();
    world.ikePuts(ike::PathConfirmed{});
    QCOMPARE(world.state(), StateName::Connected);
    QVERIFY(world.connection->status().server == address("203.0.113.5"));
}

void TestMoving::deadAddressIsLeft() {
    World world;
    world.reachConnected();
    world.ike().further = {address("203.0.113.6"), address("203.0.113.7")};
    world.ikePuts(ike::PathDead{});
    QCOMPARE(world.state(), StateName::Moving);
    QCOMPARE(world.host.record.sockets.back(), address("203.0.113.6"));
    world.giveSocket();
    world.ikePuts(ike::PathDead{});
    QCOMPARE(world.host.record.sockets.back(), address("203.0.113.7"));
    world.giveSocket();
    world.ikePuts(ike::PathDead{}); // none is left: the session decides
    QCOMPARE(world.state(), StateName::Moving);
    world.ikePuts(ike::Closed{base::Error{"tern.ike.lost", {}, {}}});
    QCOMPARE(world.state(), StateName::Reconnecting);
    QCOMPARE(world.host.record.closed, 0);
}

void TestMoving::wakingUpIsCheckedFirst() {
    World world;
    world.reachConnected();
    world.surroundings.wake();
    QCOMPARE(world.state(), StateName::Moving);
    QCOMPARE(world.connection->status().stage, Stage::Checking);
    QCOMPARE(world.ike().resumptions, 1);
    world.ikePuts(ike::PathConfirmed{});
    QCOMPARE(world.state(), StateName::Connected);
}

void TestMoving::lateAlarmMeansSleep() {
    World world;
    world.reachConnected();
    world.reactor.sleep(10min); // nobody said so
    QCOMPARE(world.state(), StateName::Moving);
    QCOMPARE(world.connection->status().stage, Stage::Checking);
    QCOMPARE(world.ike().resumptions, 1);
}

void TestMoving::deadAfterWakingReconnects() {
    World world;
    world.reachConnected();
    world.surroundings.wake();
    world.ikePuts(ike::Closed{base::Error{"tern.ike.lost", {}, {}}});
    QCOMPARE(world.state(), StateName::Reconnecting);
    world.reactor.advance(1s);
    QCOMPARE(world.state(), StateName::Negotiating);
}

void TestMoving::reconnectingWaitsForANetwork() {
    World world;
    world.reachConnected();
    world.surroundings.v4.reset(); // nobody has told yet
    world.ikePuts(ike::Closed{base::Error{"tern.ike.lost", {}, {}}});
    QCOMPARE(world.state(), StateName::Reconnecting);
    QCOMPARE(world.connection->status().stage, Stage::Waiting);
    const auto sockets = world.host.record.sockets.size();
    world.reactor.advance(5min);
    QCOMPARE(world.host.record.sockets.size(), sockets); // nothing to be tried
    QCOMPARE(world.connection->status().stage, Stage::Waiting);
    world.surroundings.changeTo(FakeSurroundings::route("198.51.100.9"));
    QCOMPARE(world.state(), StateName::Negotiating); // at once
}

void TestMoving::oneWayTrafficIsDoubted() {
    World world;
    world.reachConnected();
    auto& statistics = world.parts.tunnel.statistics;
    const auto now = [&world] { return static_cast<std::uint64_t>(world.reactor.now().time_since_epoch().count()); };
    for (int i = 0; i < 20; ++i) { // both ways: no doubt
        ++statistics.sentPackets;
        ++statistics.sentBytes;
        statistics.lastReceived = now();
        world.reactor.advance(1s);
    }
    QCOMPARE(world.ike().resumptions, 0);
    for (int i = 0; i < 8; ++i) {
        ++statistics.sentPackets;
        ++statistics.sentBytes;
        world.reactor.advance(1s);
    }
    QCOMPARE(world.ike().resumptions, 1);
    QCOMPARE(world.state(), StateName::Connected);
    world.reactor.advance(60s); // nothing sent
    QCOMPARE(world.ike().resumptions, 1);
}

void TestMoving::ticketIsUsedOnce() {
    World world;
    world.reachIke();
    QVERIFY(!world.ike().config.ticket);
    const auto owned = std::shared_ptr<const ike::ResumptionTicket>(
        std::make_shared<int>(1), reinterpret_cast<const ike::ResumptionTicket*>(&world)); // never looked into
    world.ikePuts(ike::TicketIssued{owned}, World::established(), World::child(1));
    world.configure();
    world.ikePuts(ike::Closed{base::Error{"tern.ike.lost", {}, {}}});
    world.reactor.advance(1s);
    world.giveSocket();
    QVERIFY(world.ike().config.ticket);
    world.ikePuts(ike::Closed{base::Error{"tern.ike.no-answer", {}, {}}});
    world.reactor.advance(3s);
    world.giveSocket();
    QVERIFY(!world.ike().config.ticket);
}

void TestMoving::disconnectWhileWaiting() {
    World world;
    world.reachConnected();
    world.surroundings.changeTo({});
    world.reactor.advance(1s);
    world.connection->disconnect();
    QCOMPARE(world.state(), StateName::Disconnecting);
    world.finishDisconnect();
    QCOMPARE(world.state(), StateName::Disconnected);
    QVERIFY(world.isClean());
}

// ---- redirects ----

void TestMoving::redirectBeforeConnecting() {
    World world;
    world.reachIke();
    world.ikePuts(redirectTo("203.0.113.66", false), ike::Closed{base::Error{"tern.ike.redirected", {}, {}}});
    QCOMPARE(world.state(), StateName::Negotiating);
    QCOMPARE(world.host.record.sockets.back(), address("203.0.113.66"));
    world.giveSocket();
    QVERIFY(world.ike().config.redirectedFrom == address("203.0.113.5"));
    QCOMPARE(world.ike().config.serverName, std::string("vpn.example.org")); // whoever it is must be this one
    world.establish();
    world.configure();
    QCOMPARE(world.state(), StateName::Connected);
}

void TestMoving::unauthenticatedNameDoesNotChangeTheCertificate() {
    for (const bool authenticated : {false, true}) {
        World world;
        world.reachIke();
        world.ikePuts(redirectTo("two.example.org", authenticated),
                      ike::Closed{base::Error{"tern.ike.redirected", {}, {}}});
        QCOMPARE(world.state(), StateName::Resolving);
        QCOMPARE(world.resolver.asked.back(), std::string("two.example.org"));
        world.resolver.answer({"203.0.113.66"});
        world.giveSocket();
        QCOMPARE(world.ike().config.serverName, std::string(authenticated ? "two.example.org" : "vpn.example.org"));
    }
}

void TestMoving::redirectWhileConnected() {
    World world;
    world.reachConnected();
    auto& first = world.ike();
    world.ikePuts(redirectTo("two.example.org", true));
    QCOMPARE(world.state(), StateName::Connected); // the name may only be known inside
    QVERIFY(!first.closing);
    world.resolver.answer({"203.0.113.66"});
    QVERIFY(first.closing);
    QCOMPARE(world.state(), StateName::Negotiating);
    QCOMPARE(world.host.record.closed, 0);
    world.giveSocket();
    QVERIFY(world.ike().config.redirectedFrom == address("203.0.113.5"));
    world.establish(2);
    world.configure();
    QCOMPARE(world.state(), StateName::Connected);
}

void TestMoving::redirectToAnUnknownNameChangesNothing() {
    World world;
    world.reachConnected();
    world.ikePuts(redirectTo("two.example.org", true));
    world.resolver.fail();
    QCOMPARE(world.state(), StateName::Connected);
    QVERIFY(!world.ike().closing);
}

void TestMoving::redirectLoopEnds() {
    World world;
    world.reachIke();
    world.ikePuts(redirectTo("203.0.113.66", false), ike::Closed{base::Error{"tern.ike.redirected", {}, {}}});
    world.giveSocket();
    world.ikePuts(redirectTo("203.0.113.5", false), ike::Closed{base::Error{"tern.ike.redirected", {}, {}}});
    QCOMPARE(world.state(), StateName::Disconnecting);
    std::exchange(world.host.record.closeDone, nullptr)();
    QCOMPARE(world.connection->status().error->code, std::string("tern.ike.redirect.loop"));
}

void TestMoving::tooManyRedirectsEnd() {
    RedirectTrail trail;
    auto now = base::Instant(1h);
    const auto step = [&](int from, int to) {
        const auto name = [](int i) { return "203.0.113." + std::to_string(i); };
        return trail.follow(now, "vpn.example.org", address(name(from).c_str()), redirectTo(name(to).c_str(), true));
    };
    for (int i = 1; i <= 5; ++i) {
        QVERIFY(step(i, i + 1));
        trail.arrived(); // connected in between: the count stays
    }
    const auto sixth = step(6, 7);
    QVERIFY(!sixth);
    QCOMPARE(sixth.error().code, std::string("tern.ike.redirect.too-many"));
    now += RedirectTrail::period;
    QVERIFY(step(6, 7));
}

void TestMoving::deadRedirectLeadsHome() {
    World world;
    world.reachConnected();
    world.ikePuts(redirectTo("203.0.113.66", true));
    world.giveSocket();
    world.ikePuts(ike::Closed{base::Error{"tern.ike.no-answer", {}, {}}});
    QCOMPARE(world.state(), StateName::Negotiating);
    QCOMPARE(world.host.record.sockets.back(), address("203.0.113.5"));
    world.giveSocket();
    QVERIFY(!world.ike().config.redirectedFrom);
}

QTEST_GUILESS_MAIN(TestMoving)
#include "tst_moving.moc"
