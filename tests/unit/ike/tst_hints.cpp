// What a session learns of a server, and what the next one makes of it.
#include "tests/sim/world.h"

#include <QTest>
#include <array>

using namespace tern;
using namespace tern::ike;
using namespace tern::sim;

namespace {

const Credentials& server() {
    static const auto credentials = Credentials::forName("vpn.example.test");
    return credentials;
}

// A client that trusts so many authorities beside the server's.
SessionConfig trusting(int others, const ServerHint& hint = {}) {
    auto client = eapClient(server(), "Correct-horse-9");
    std::string pem;
    for (int i = 0; i < others; ++i) {
        pem += test::issue(test::authoritySpec("Other Root " + std::to_string(i))).pem();
    }
    client.trust = crypto::TrustStore::fromPem(pem + server().authorityPem).value();
    client.hint = hint;
    return client;
}

ResponderConfig eapServer() {
    ResponderConfig config;
    config.credentials = &server();
    return config;
}

bool comesUp(World& world) {
    world.start();
    return world.runUntil([&] { return world.isEstablished() || world.isClosed(); }) && world.isEstablished();
}

} // namespace

class TestHints : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theGroupSparesARoundTrip();
    void anotherGroupThanTheLastTime();
    void aGroupOfNoProposalIsNotUsed();
    void theAuthorityIsAskedForAlone();
    void anAuthorityNotTrustedIsNotAskedFor();
    void anotherAuthorityThanTheLastTime();
    void aPreSharedKeyHasNoAuthority();
};

void TestHints::theGroupSparesARoundTrip() {
    auto config = eapServer();
    config.onlyGroup = GroupId::Modp2048;
    World first(1, trusting(0), config);
    QVERIFY(comesUp(first));
    const auto learnt = first.established()->learnt;
    QCOMPARE(learnt.group, static_cast<std::uint16_t>(GroupId::Modp2048));
    World second(2, trusting(0, learnt), config);
    QVERIFY(comesUp(second));
    QCOMPARE(second.established()->learnt, learnt);
    QCOMPARE(second.sent().size(), first.sent().size() - 1);
}

void TestHints::anotherGroupThanTheLastTime() {
    auto config = eapServer();
    config.onlyGroup = GroupId::Ecp384;
    World world(1, trusting(0, {static_cast<std::uint16_t>(GroupId::Modp2048), {}}), config);
    QVERIFY(comesUp(world));
    QCOMPARE(world.established()->learnt.group, static_cast<std::uint16_t>(GroupId::Ecp384));
}

void TestHints::aGroupOfNoProposalIsNotUsed() {
    constexpr std::array<std::uint16_t, 3> groups{2, 22, 65'535};
    for (const auto group : groups) {
        World world(1, trusting(0, {group, {}}), eapServer());
        QVERIFY(comesUp(world));
        QVERIFY(world.established()->learnt.group != group);
    }
}

void TestHints::theAuthorityIsAskedForAlone() {
    // The server's is the last of more than are named without a hint.
    World first(1, trusting(60), eapServer());
    QVERIFY(comesUp(first));
    QCOMPARE(first.responder().authoritiesWanted().size(), std::size_t{50 * 20});
    const auto learnt = first.established()->learnt;
    QCOMPARE(learnt.authority.size(), std::size_t{20});
    World second(2, trusting(60, learnt), eapServer());
    QVERIFY(comesUp(second));
    QCOMPARE(second.responder().authoritiesWanted(), learnt.authority);
    QCOMPARE(second.established()->learnt, learnt);
}

void TestHints::anAuthorityNotTrustedIsNotAskedFor() {
    World world(1, trusting(3, {0, base::Bytes(20, 0x55)}), eapServer());
    QVERIFY(comesUp(world));
    QCOMPARE(world.responder().authoritiesWanted().size(), std::size_t{4 * 20});
}

void TestHints::anotherAuthorityThanTheLastTime() {
    const auto client = trusting(3);
    const auto all = client.trust->certificateRequest(10);
    const ServerHint stale{0, base::Bytes(all.begin(), all.begin() + 20)};
    auto again = trusting(3);
    again.trust = client.trust;
    again.hint = stale;
    World world(1, std::move(again), eapServer());
    QVERIFY(comesUp(world));
    QCOMPARE(world.responder().authoritiesWanted(), stale.authority);
    QVERIFY(world.established()->learnt.authority != stale.authority);
}

void TestHints::aPreSharedKeyHasNoAuthority() {
    ResponderConfig config;
    config.psk = "shared";
    World world(1, pskClient("shared"), config);
    QVERIFY(comesUp(world));
    QVERIFY(world.established()->learnt.authority.empty());
    QVERIFY(world.established()->learnt.group != 0);
}

QTEST_APPLESS_MAIN(TestHints)
#include "tst_hints.moc"
