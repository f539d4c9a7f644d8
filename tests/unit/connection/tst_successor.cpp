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
    world.establish(2);
    QCOMPARE(world.state(), StateName::Connected);
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

QTEST_APPLESS_MAIN(TestSuccessor)
#include "tst_successor.moc"
