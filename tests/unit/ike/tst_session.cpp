// A session against the tests' responder: what it does when all is well, and how it behaves while connected.
#include "core/ike/ike_config.h"
#include "core/ike/ike_natd.h"
#include "tests/sim/world.h"

#include <QTest>

using namespace tern;
using namespace tern::ike;
using namespace tern::sim;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

const Credentials& server() {
    static const auto credentials = Credentials::forName("vpn.example.test");
    return credentials;
}

const Credentials& longChain() {
    static const auto credentials = Credentials::forName("vpn.example.test", 6);
    return credentials;
}

ResponderConfig pskServer() {
    ResponderConfig config;
    config.psk = "shared";
    return config;
}

ResponderConfig eapServer(const Credentials& credentials = server()) {
    ResponderConfig config;
    config.credentials = &credentials;
    return config;
}

// By pointer: a World has no business being moved while its session refers to its random source.
std::unique_ptr<World> pskWorld(ResponderConfig config = pskServer()) {
    return std::make_unique<World>(1, pskClient("shared"), std::move(config));
}

std::unique_ptr<World> eapWorld(ResponderConfig config = eapServer(), std::string password = "Correct-horse-9") {
    auto client = eapClient(*config.credentials, password);
    return std::make_unique<World>(1, std::move(client), std::move(config));
}

bool comesUp(World& world) {
    world.start();
    return world.runUntil([&] { return world.isEstablished() || world.isClosed(); }) && world.isEstablished();
}

Payloads payloadsOf(const SendDatagram& datagram) {
    const auto header = parseHeader(datagram.payload);
    return parsePayloads(header->firstPayload, base::ByteView(datagram.payload).subspan(headerSize)).value();
}

} // namespace

class TestSession : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void connectsWithPsk();
    void connectsWithEap();
    void longChainsComeInFragments();
    void largePacketsMayVanish();
    void portsAndMarker();
    void natDetectionForcesEncapsulation();
    void announcesItsSignatureHashes();
    void cookieComesFirst();
    void anotherGroupOnDemand();
    void serverMayNarrow();
    void configurationIsChecked();
    void asksForAPskBeforeSending();
    void asksForAPasswordOnceTheServerIsVerified();
    void waitsForASecondFactor();
    void keepsTheNatOpen();
    void checksForLife();
    void trafficIsLife();
    void answersTheServersLivenessCheck();
    void rekeysWhenAsked();
    void rekeysWhenOld();
    void rekeysWithPfsAndTheServersGroup();
    void refusedRekeyKeepsTheChild();
    void serversRequests_data();
    void serversRequests();
    void childDeletedTwiceEndsTheSession();
    void closeTellsTheServer();
    void closeIsBounded();
    void closeBeforeAnythingIsProtected();
    void closeWhileAPromptWaits();
    void nothingAfterClosed();
};

void TestSession::connectsWithPsk() {
    const auto world = pskWorld();
    QVERIFY(comesUp(*world));
    world->runFor(seconds(1));
    QCOMPARE(world->disagreement(), std::string());
    const auto& established = *world->established();
    QCOMPARE(established.configuration.addresses.at(0).text(), std::string("10.9.0.1/32"));
    QCOMPARE(established.configuration.dns.at(0).text(), std::string("10.9.0.53"));
    QCOMPARE(established.ikeSuite, std::string("AES-256-GCM / PRF-HMAC-SHA2-256 / ECP-256"));
    QCOMPARE(established.espSuite, std::string("AES-256-GCM"));
    QCOMPARE(established.peer.text(), std::string("vpn.example.test"));
    QVERIFY(established.peerChain.empty());
    QCOMPARE(world->lastChild()->replaces, 0U);
    QCOMPARE(world->lastChild()->remote.size(), std::size_t{2});
}

void TestSession::connectsWithEap() {
    const auto world = eapWorld();
    QVERIFY(comesUp(*world));
    world->runFor(seconds(1));
    QCOMPARE(world->disagreement(), std::string());
    QCOMPARE(world->established()->peerChain, server().chain);
    QCOMPARE(world->responder().eapPacketsSeen(), 3U);
    QCOMPARE(world->stages(),
             (std::vector{Stage::Contacting, Stage::Verifying, Stage::Authenticating, Stage::Configuring}));
}

void TestSession::longChainsComeInFragments() {
    auto config = eapServer(longChain());
    config.fragmentSize = 150;
    const auto world = eapWorld(std::move(config));
    QVERIFY(comesUp(*world));
    QCOMPARE(world->established()->peerChain.size(), std::size_t{7});
}

void TestSession::largePacketsMayVanish() {
    auto client = eapClient(server(), "Correct-horse-9");
    // An identity that makes the first IKE_AUTH request need more than one piece of any size.
    client.localIdentity = Identity{IdType::KeyId, base::Bytes(3000, 7)};
    auto config = eapServer();
    config.fragmentSize = 300;
    Conditions conditions;
    conditions.largest = 900; // IKE_SA_INIT, which cannot be cut, gets through
    World world(1, std::move(client), std::move(config), conditions);
    QVERIFY(comesUp(world));
    world.runFor(seconds(1));
    QCOMPARE(world.disagreement(), std::string());
}

void TestSession::portsAndMarker() {
    const auto world = pskWorld();
    QVERIFY(comesUp(*world));
    const auto& sent = world->sent();
    QVERIFY(!sent.at(0).natTraversalPort);
    QVERIFY(parseHeader(sent.at(0).payload).has_value());
    for (std::size_t i = 1; i < sent.size(); ++i) {
        QVERIFY(sent[i].natTraversalPort);
        QCOMPARE(base::toHex(base::ByteView(sent[i].payload).first(4)), std::string("00000000"));
    }
}

void TestSession::natDetectionForcesEncapsulation() {
    const auto world = pskWorld();
    world->start();
    const auto payloads = payloadsOf(world->sent().at(0));
    const auto spi = parseHeader(world->sent().at(0).payload)->initiatorSpi;
    const auto client = pskClient("shared");
    const auto source = findNotify(payloads, NotifyType::NatDetectionSourceIp);
    const auto destination = findNotify(payloads, NotifyType::NatDetectionDestinationIp);
    QVERIFY(source && destination);
    QVERIFY(source->data != natDetectionHash(spi, 0, client.localAddress, client.localPort));
    QCOMPARE(destination->data, natDetectionHash(spi, 0, client.serverAddress, 500));
}

void TestSession::announcesItsSignatureHashes() {
    const auto world = pskWorld();
    world->start();
    const auto hashes = findNotify(payloadsOf(world->sent().at(0)), NotifyType::SignatureHashAlgorithms);
    QVERIFY(hashes);
    QCOMPARE(hashes->data, (base::Bytes{0, 2, 0, 3, 0, 4, 0, 5})); // RFC 7427 §4, two octets each
}

void TestSession::cookieComesFirst() {
    auto config = pskServer();
    config.cookie = true; // the responder insists on the cookie as the first payload
    const auto world = pskWorld(std::move(config));
    QVERIFY(comesUp(*world));
    const auto first = payloadsOf(world->sent().at(0));
    const auto second = payloadsOf(world->sent().at(1));
    QCOMPARE(second.size(), first.size() + 1);
    QVERIFY(std::equal(first.begin(), first.end(), second.begin() + 1)); // all else unchanged, RFC 7296 §2.6
}

void TestSession::anotherGroupOnDemand() {
    auto config = pskServer();
    config.cookie = true;
    config.onlyGroup = GroupId::Modp2048;
    const auto world = pskWorld(std::move(config));
    QVERIFY(comesUp(*world));
    QVERIFY(world->established()->ikeSuite.ends_with("MODP-2048"));
}

void TestSession::serverMayNarrow() {
    auto config = pskServer();
    TrafficSelector subnet;
    subnet.first = *base::IpAddress::fromText("10.20.0.0");
    subnet.last = *base::IpAddress::fromText("10.20.0.255");
    config.narrowTo = {subnet};
    const auto world = pskWorld(std::move(config));
    QVERIFY(comesUp(*world));
    QCOMPARE(world->lastChild()->remote, (Selectors{subnet}));
}

void TestSession::configurationIsChecked() {
    const auto text = [](AttributeType type, std::string_view value) { return Attribute{type, base::toBytes(value)}; };
    const auto configuration = readConfiguration(
        {ConfigurationType::Reply,
         {{AttributeType::InternalIp4Address, {127, 0, 0, 1}},
          {AttributeType::InternalIp4Address, {10, 0, 0}},
          {AttributeType::InternalIp4Address, {10, 0, 0, 7}},
          {AttributeType::InternalIp6Address, base::fromHex("20010db800000000000000000000000140")},
          {AttributeType::InternalIp4Dns, {224, 0, 0, 1}},
          {AttributeType::InternalIp4Dns, {10, 0, 0, 53}},
          {AttributeType::InternalIp4Dns, {10, 0, 0, 53}},
          {AttributeType::InternalIp4Subnet, {10, 1, 2, 3, 255, 255, 0, 0}},
          {AttributeType::InternalIp4Subnet, {10, 1, 2, 3}},
          text(AttributeType::InternalDnsDomain, "Corp.Example.Test.,lab.example.test  x..y,-bad,a b;c"),
          text(AttributeType::InternalDnsDomain, "evil\nsearch"),
          text(AttributeType::UnityBanner, std::string(9000, 'b'))}});
    QCOMPARE(configuration.addresses.size(), std::size_t{2});
    QCOMPARE(configuration.addresses.at(0).text(), std::string("10.0.0.7/32"));
    QCOMPARE(configuration.addresses.at(1).text(), std::string("2001:db8::1/128"));
    QCOMPARE(configuration.dns.size(), std::size_t{1});
    QCOMPARE(configuration.subnets.size(), std::size_t{1});
    QCOMPARE(configuration.subnets.at(0).text(), std::string("10.1.0.0/16"));
    QCOMPARE(configuration.domains,
             (std::vector<std::string>{"corp.example.test", "lab.example.test", "a", "b", "c", "evil", "search"}));
    QCOMPARE(configuration.banner.size(), std::size_t{4096});
}

void TestSession::asksForAPskBeforeSending() {
    auto client = pskClient("x");
    client.authentication = PskAuthentication{};
    World world(1, std::move(client), pskServer());
    world.start();
    QCOMPARE(world.prompts().size(), std::size_t{1});
    QCOMPARE(world.prompts().at(0).kind, Prompt::Kind::Psk);
    QVERIFY(world.sent().empty());
    world.runFor(seconds(120));
    QVERIFY(!world.isClosed());
    world.session().answer(world.now(), {}, base::SecureBytes(std::string_view("shared")));
    world.settle();
    QVERIFY(world.runUntil([&] { return world.isEstablished(); }));
}

void TestSession::asksForAPasswordOnceTheServerIsVerified() {
    const auto world = eapWorld(eapServer(), {});
    world->start();
    QVERIFY(world->runUntil([&] { return !world->prompts().empty(); }));
    QCOMPARE(world->prompts().at(0).kind, Prompt::Kind::Password);
    QCOMPARE(world->stages().back(), Stage::Authenticating);
    world->runFor(seconds(300)); // a waiting prompt is no silence
    QVERIFY(!world->isClosed());
    world->session().answer(world->now(), {}, base::SecureBytes(std::string_view("Correct-horse-9")));
    world->settle();
    QVERIFY(world->runUntil([&] { return world->isEstablished(); }));
}

void TestSession::waitsForASecondFactor() {
    const auto world = eapWorld();
    world->start();
    QVERIFY(world->runUntil([&] { return world->responder().eapPacketsSeen() == 2; }));
    world->setConditions({1.0, 0, 0, false, {}}); // someone looks for a telephone
    world->runFor(seconds(100));
    QVERIFY(!world->isClosed());
    world->setConditions({});
    QVERIFY(world->runUntil([&] { return world->isEstablished(); }));

    const auto never = eapWorld();
    never->start();
    QVERIFY(never->runUntil([&] { return never->responder().eapPacketsSeen() == 2; }));
    never->setConditions({1.0, 0, 0, false, {}});
    never->runFor(seconds(121));
    QCOMPARE(never->errorCode(), std::string("tern.ike.no-answer-4500"));
}

void TestSession::keepsTheNatOpen() {
    auto client = pskClient("shared");
    client.timers.deadPeerIdle = std::chrono::hours(1);
    World world(1, std::move(client), pskServer()); // its NAT detection says that we are behind one
    QVERIFY(comesUp(world));
    const auto before = world.sent().size();
    world.runFor(seconds(61));
    std::size_t keepAlives = 0;
    for (std::size_t i = before; i < world.sent().size(); ++i) {
        QVERIFY(world.sent()[i].natTraversalPort);
        keepAlives += world.sent()[i].payload == base::Bytes{0xFF} ? 1U : 0U;
    }
    QCOMPARE(keepAlives, std::size_t{3});
}

void TestSession::checksForLife() {
    auto config = pskServer();
    config.mobike = false;
    World immobile(1, pskClient("shared"), std::move(config));
    QVERIFY(comesUp(immobile));
    const auto alone = immobile.responder().requestsSeen().size();
    immobile.runFor(seconds(31));
    QCOMPARE(immobile.responder().requestsSeen().size(), alone + 1);
    QVERIFY(immobile.responder().requestsSeen().back().empty());
    // With MOBIKE it shows how the address looks, and nothing else (RFC 4555 §3.8).
    const auto world = pskWorld();
    QVERIFY(comesUp(*world));
    const auto before = world->responder().requestsSeen().size();
    world->runFor(seconds(31));
    QCOMPARE(world->responder().requestsSeen().size(), before + 1);
    const auto& check = world->responder().requestsSeen().back();
    QCOMPARE(check.size(), std::size_t{2});
    QVERIFY(findNotify(check, NotifyType::NatDetectionSourceIp));
    QVERIFY(findNotify(check, NotifyType::NatDetectionDestinationIp));
    world->setConditions({1.0, 0, 0, false, {}});
    const auto dead = world->now();
    QVERIFY(world->runUntil([&] { return world->isClosed(); }, seconds(120)));
    QCOMPARE(world->errorCode(), std::string("tern.ike.lost"));
    QVERIFY(world->now() - dead <= seconds(61));
}

void TestSession::trafficIsLife() {
    const auto world = pskWorld();
    QVERIFY(comesUp(*world));
    const auto before = world->responder().requestsSeen().size();
    for (int i = 0; i < 10; ++i) {
        world->runFor(seconds(20));
        world->session().sawTraffic(world->now());
    }
    QCOMPARE(world->responder().requestsSeen().size(), before);
}

void TestSession::answersTheServersLivenessCheck() {
    const auto world = pskWorld();
    QVERIFY(comesUp(*world));
    world->runFor(seconds(1));
    // The same request again and again gets the same answer each time, and is acted on once.
    world->setConditions({0, 1.0, 0, false, {}});
    world->responder().checkAlive(world->now());
    world->settle();
    world->runFor(seconds(1));
    QCOMPARE(world->responder().responsesSeen().size(), std::size_t{1});
    QVERIFY(world->responder().responsesSeen().back().empty());
    QVERIFY(world->responder().isIdle());
}

void TestSession::rekeysWhenAsked() {
    const auto world = pskWorld();
    QVERIFY(comesUp(*world));
    world->runFor(seconds(1));
    const auto old = world->sendingWith();
    world->session().replaceKeys(world->now());
    world->settle();
    world->runFor(seconds(8));
    QVERIFY(world->sendingWith() != old);
    QCOMPARE(world->lastChild()->replaces, old);
    QCOMPARE(world->disagreement(), std::string());
}

void TestSession::rekeysWhenOld() {
    auto client = pskClient("shared");
    client.timers.childLifetime = std::chrono::hours(1);
    World world(1, std::move(client), pskServer());
    QVERIFY(comesUp(world));
    const auto old = world.sendingWith();
    world.runFor(std::chrono::minutes(53));
    QCOMPARE(world.sendingWith(), old);
    world.runFor(std::chrono::minutes(8));
    QVERIFY(world.sendingWith() != old);
    QCOMPARE(world.disagreement(), std::string());
}

void TestSession::rekeysWithPfsAndTheServersGroup() {
    auto config = pskServer();
    config.pfs = true;
    config.onlyGroup = GroupId::Ecp384;
    const auto world = pskWorld(std::move(config));
    QVERIFY(comesUp(*world));
    world->runFor(seconds(1));
    const auto old = world->sendingWith();
    world->session().replaceKeys(world->now());
    world->settle();
    world->runFor(seconds(8));
    QVERIFY(world->sendingWith() != old);
    QCOMPARE(world->disagreement(), std::string());
    world->responder().rekeyChild(world->now());
    world->settle();
    world->runFor(seconds(8));
    QCOMPARE(world->disagreement(), std::string());
}

void TestSession::refusedRekeyKeepsTheChild() {
    const auto world = pskWorld();
    QVERIFY(comesUp(*world));
    world->runFor(seconds(1));
    const auto old = world->sendingWith();
    world->responder().rekeyIke(world->now()); // meanwhile the server refuses with TEMPORARY_FAILURE
    world->session().replaceKeys(world->now());
    world->settle();
    world->runFor(seconds(1));
    QCOMPARE(world->sendingWith(), old);
    world->runFor(seconds(20)); // tried again
    QVERIFY(world->sendingWith() != old);
    QCOMPARE(world->disagreement(), std::string());
}

void TestSession::serversRequests_data() {
    QTest::addColumn<int>("which");
    QTest::addColumn<int>("expected"); // notify type
    QTest::newRow("unknown critical payload") << 0 << int(NotifyType::UnsupportedCriticalPayload);
    QTest::newRow("another child") << 1 << int(NotifyType::NoAdditionalSas);
    QTest::newRow("rekey of a child that is not there") << 2 << int(NotifyType::ChildSaNotFound);
    QTest::newRow("rekey with selectors outside") << 3 << int(NotifyType::TsUnacceptable);
    QTest::newRow("rekey with a weak suite") << 4 << int(NotifyType::NoProposalChosen);
    QTest::newRow("rekey without a nonce") << 5 << int(NotifyType::InvalidSyntax);
    QTest::newRow("IKE rekey with a weak suite") << 6 << int(NotifyType::NoProposalChosen);
    QTest::newRow("IKE rekey without KE") << 7 << int(NotifyType::InvalidSyntax);
    QTest::newRow("IKE rekey with another group than offered") << 8 << int(NotifyType::InvalidKePayload);
}

void TestSession::serversRequests() {
    QFETCH(int, which);
    QFETCH(int, expected);
    auto config = pskServer();
    TrafficSelector subnet;
    subnet.first = *base::IpAddress::fromText("10.20.0.0");
    subnet.last = *base::IpAddress::fromText("10.20.0.255");
    config.narrowTo = {subnet};
    const auto world = pskWorld(std::move(config));
    QVERIFY(comesUp(*world));
    world->runFor(seconds(1));
    auto& responder = world->responder();
    const auto spi = [&] {
        base::Bytes octets(4);
        const auto value = responder.children().begin()->first;
        for (unsigned i = 0; i < 4; ++i) {
            octets[i] = static_cast<std::uint8_t>(value >> (24U - 8 * i));
        }
        return octets;
    }();
    const auto sa = [](const Proposals& proposals) {
        return Payload{PayloadType::SecurityAssociation, encodeProposals(proposals), false};
    };
    auto other = subnet;
    other.first = *base::IpAddress::fromText("172.16.0.0");
    other.last = *base::IpAddress::fromText("172.16.0.255");
    const auto rekey = [](const base::Bytes& of) {
        return encodeNotify({ProtocolId::Esp, of, NotifyType::RekeySa, {}});
    };
    const auto nonce = encodeNonce(base::Bytes(32, 3));
    const auto esp = sa(espProposals(0x3003, Pfs::Without));
    const auto tsi = encodeSelectors(PayloadType::TrafficSelectorInitiator, everything(true, true));
    const auto tsr = encodeSelectors(PayloadType::TrafficSelectorResponder, everything(true, true));
    const Proposal weak{1, ProtocolId::Esp, {0, 0, 48, 3}, {{TransformType::Encryption, 3, 0}}};
    const Proposal weakIke{1, ProtocolId::Ike, base::Bytes(8, 1), {{TransformType::Encryption, 3, 0}}};
    auto goodIke = ikeProposals();
    goodIke.front().spi = base::Bytes(8, 1);
    goodIke.resize(1);
    auto type = ExchangeType::CreateChildSa;
    Payloads payloads;
    switch (which) {
    case 0:
        type = ExchangeType::Informational;
        payloads = {Payload{static_cast<PayloadType>(99), {1}, true}};
        break;
    case 1:
        payloads = {esp, nonce, tsi, tsr};
        break;
    case 2:
        payloads = {rekey({9, 9, 9, 9}), esp, nonce, tsi, tsr};
        break;
    case 3:
        payloads = {rekey(spi), esp, nonce, encodeSelectors(PayloadType::TrafficSelectorInitiator, {other}), tsr};
        break;
    case 4:
        payloads = {rekey(spi), sa({weak}), nonce, tsi, tsr};
        break;
    case 5:
        payloads = {rekey(spi), esp, tsi, tsr};
        break;
    case 6:
        payloads = {sa({weakIke}), nonce, encodeKeyExchange({19, base::Bytes(64, 1)})};
        break;
    case 7:
        payloads = {sa(goodIke), nonce};
        break;
    default:
        payloads = {sa(goodIke), nonce, encodeKeyExchange({2, base::Bytes(128, 1)})};
        break;
    }
    responder.sendRequest(world->now(), type, payloads);
    world->settle();
    world->runFor(seconds(1));
    QCOMPARE(responder.responsesSeen().size(), std::size_t{1});
    QVERIFY(findNotify(responder.responsesSeen().back(), static_cast<NotifyType>(expected)).has_value());
    QCOMPARE(world->disagreement(), std::string());
}

void TestSession::childDeletedTwiceEndsTheSession() {
    const auto world = pskWorld();
    QVERIFY(comesUp(*world));
    world->runFor(seconds(1));
    world->responder().deleteChild(world->now());
    world->settle();
    world->runFor(seconds(8));
    QCOMPARE(world->disagreement(), std::string()); // made anew
    world->responder().deleteChild(world->now());
    world->settle();
    QVERIFY(world->runUntil([&] { return world->isClosed(); }, seconds(5)));
    QCOMPARE(world->errorCode(), std::string("tern.ike.closed-by-server"));
    world->runFor(seconds(1));
    QVERIFY(world->responder().isClosed()); // it was told that the rest ends too
}

void TestSession::closeTellsTheServer() {
    const auto world = pskWorld();
    QVERIFY(comesUp(*world));
    world->runFor(seconds(1));
    world->session().close(world->now());
    world->settle();
    QVERIFY(world->runUntil([&] { return world->isClosed(); }, milliseconds(200)));
    QCOMPARE(world->errorCode(), std::string());
    QVERIFY(world->responder().isClosed());
}

void TestSession::closeIsBounded() {
    const auto world = pskWorld();
    QVERIFY(comesUp(*world));
    world->setConditions({1.0, 0, 0, false, {}});
    const auto begun = world->now();
    world->session().close(world->now());
    world->settle();
    QVERIFY(!world->isClosed());
    QVERIFY(world->runUntil([&] { return world->isClosed(); }, seconds(10)));
    QCOMPARE(world->now() - begun, base::Duration(seconds(2)));
    QCOMPARE(world->errorCode(), std::string());
}

void TestSession::closeBeforeAnythingIsProtected() {
    const auto world = pskWorld();
    world->start();
    world->session().close(world->now());
    world->settle();
    QVERIFY(world->isClosed());
    QCOMPARE(world->errorCode(), std::string());
}

void TestSession::closeWhileAPromptWaits() {
    const auto world = eapWorld(eapServer(), {});
    world->start();
    QVERIFY(world->runUntil([&] { return !world->prompts().empty(); }));
    world->session().close(world->now());
    world->settle();
    QVERIFY(world->runUntil([&] { return world->isClosed(); }, seconds(3)));
    QCOMPARE(world->errorCode(), std::string());
    QVERIFY(world->responder().isClosed());
}

void TestSession::nothingAfterClosed() {
    const auto world = pskWorld();
    QVERIFY(comesUp(*world));
    world->session().close(world->now());
    world->settle();
    QVERIFY(world->runUntil([&] { return world->isClosed(); }, seconds(3)));
    auto& session = world->session();
    session.close(world->now());
    session.timeout(world->now() + std::chrono::hours(1));
    session.replaceKeys(world->now());
    session.answer(world->now(), "x", base::SecureBytes(std::string_view("y")));
    session.receive(world->now(), base::Bytes(100, 0));
    QVERIFY(session.takeOutputs().empty());
    QVERIFY(!session.deadline());
}

QTEST_APPLESS_MAIN(TestSession)
#include "tst_session.moc"
