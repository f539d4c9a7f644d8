// MOBIKE (RFC 4555), redirects (RFC 5685) and session resumption (RFC 5723), against the responder of the simulator.
#include "core/base/byte_io.h"
#include "core/ike/ike_mobike.h"
#include "core/ike/ike_redirect.h"
#include "core/ike/ike_resume.h"
#include "tests/sim/world.h"

#include <QTest>

using namespace tern;
using namespace tern::sim;
using namespace std::chrono_literals;

namespace {

base::IpAddress address(const char* text) {
    return *base::IpAddress::fromText(text);
}

const Credentials& server() {
    static const auto credentials = Credentials::forName("vpn.example.test");
    return credentials;
}

ResponderConfig pskServer() {
    ResponderConfig config;
    config.psk = "a key of both";
    return config;
}

std::unique_ptr<World> makeWorld(ResponderConfig config, Conditions conditions = {}, std::uint64_t seed = 5) {
    auto client = config.psk ? pskClient(*config.psk) : eapClient(server(), config.password);
    config.credentials = &server();
    return std::make_unique<World>(seed, std::move(client), std::move(config), conditions);
}

// Connected, and long enough for what follows IKE_AUTH.
std::unique_ptr<World> upWorld(ResponderConfig config = pskServer(), Conditions conditions = {},
                               std::uint64_t seed = 5) {
    auto world = makeWorld(std::move(config), conditions, seed);
    world->start();
    world->runUntil([&] { return world->isEstablished(); });
    world->runFor(1s);
    return world;
}

const ike::Session::Path wlan{address("198.51.100.7"), 40000, address("203.0.113.10")};
const base::Endpoint wlanSeen{address("198.51.100.7"), 40000};
const ike::Session::Path phone{address("10.64.0.9"), 40000, address("203.0.113.10")};
const base::Endpoint phoneSeen{address("192.0.2.200"), 61234}; // behind address translation

unsigned sentWith(const Responder& responder, ike::NotifyType type) {
    unsigned count = 0;
    for (const auto& request : responder.requestsSeen()) {
        count += ike::findNotify(request, type) ? 1U : 0U;
    }
    return count;
}

} // namespace

class TestMobility : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bothEndsSayThatTheyCan();
    void notSaidWhereSwitchedOff();
    void movesWithinARoundTrip();
    void movesUnderLoss_data();
    void movesUnderLoss();
    void lastOfSeveralMovesCounts();
    void moveDuringAnotherExchange();
    void serverOfOldIsAskedWhetherItIsThere();
    void natAppearsAndDisappears();
    void translationChangesSilently();
    void refusedAddresses_data();
    void refusedAddresses();
    void deadAddressIsDoubtedAndAnotherOneTaken();
    void furtherAddressesAreBounded();
    void newServerAddressMustProveItself();
    void weProveOurAddress();
    void serverMayNotMove();
    void liveAfterSleep();
    void deadAfterSleep();
    void moveWhileConnecting();

    void redirectedAtOnce();
    void redirectOfAStrangerIsIgnored();
    void redirectedInAuth();
    void redirectedBeforeEap();
    void redirectedWhileConnected();
    void redirectedFromIsSaid();
    void redirectBodies_data();
    void redirectBodies();

    void resumesWithoutAPrompt();
    void refusedTicketMeansTheWholeExchange();
    void silenceMeansTheWholeExchange();
    void wrongProofMeansTheWholeExchange();
    void ticketsAreNotForOthers();
    void noTicketNoResumption();
};

// ---- MOBIKE ----

void TestMobility::bothEndsSayThatTheyCan() {
    auto config = pskServer();
    config.furtherAddresses = {address("203.0.113.11"), address("2001:db8::11")};
    const auto world = upWorld(std::move(config));
    QVERIFY(world->session().canMove());
    QCOMPARE(world->session().furtherServerAddresses().size(), 2U);
    QCOMPARE(sentWith(world->responder(), ike::NotifyType::MobikeSupported), 1U);
    QCOMPARE(sentWith(world->responder(), ike::NotifyType::UpdateSaAddresses), 0U);
}

void TestMobility::notSaidWhereSwitchedOff() {
    auto config = pskServer();
    auto client = pskClient(*config.psk);
    client.mobility = false;
    World world(5, std::move(client), std::move(config));
    world.start();
    world.runUntil([&] { return world.isEstablished(); });
    QVERIFY(!world.session().canMove());
    QCOMPARE(sentWith(world.responder(), ike::NotifyType::MobikeSupported), 0U);
}

void TestMobility::movesWithinARoundTrip() {
    const auto world = upWorld();
    QVERIFY(world->serverReachesClient());
    world->moveClient(wlan, wlanSeen);
    QVERIFY(!world->serverReachesClient());
    QVERIFY(world->runUntil([&] { return world->pathsConfirmed() == 1; }, 100ms));
    QVERIFY(world->serverReachesClient());
    QVERIFY(world->responder().destinationMatched());
    QCOMPARE(world->responder().updates(), 1U);
    // RFC 4555 §3.9: we do not mind translation, so we do not forbid it.
    for (const auto& request : world->responder().requestsSeen()) {
        for (const auto& notification : ike::notifications(request)) {
            QVERIFY(static_cast<unsigned>(notification.type) != 16402U);
        }
    }
    QCOMPARE(world->disagreement(), std::string());
}

void TestMobility::movesUnderLoss_data() {
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 12; ++seed) {
        QTest::newRow(std::to_string(seed).c_str()) << seed;
    }
}

void TestMobility::movesUnderLoss() {
    QFETCH(quint64, seed);
    auto world = upWorld(pskServer(), {}, seed);
    Conditions bad;
    bad.loss = 0.3;
    bad.duplicate = 0.2;
    bad.corrupt = 0.05;
    bad.longest = 300ms;
    world->setConditions(bad);
    for (int i = 0; i < 4; ++i) {
        const auto& [path, seen] = i % 2 == 0 ? std::pair{wlan, wlanSeen} : std::pair{phone, phoneSeen};
        if (i == 2) {
            world->session().replaceKeys(world->now());
            world->settle();
        }
        const auto before = world->pathsConfirmed();
        world->moveClient(path, seen);
        const bool settled =
            world->runUntil([&] { return world->pathsConfirmed() > before || world->isClosed(); }, 20s);
        QVERIFY(settled);
        if (world->isClosed()) { // all of nine sends lost: possible, said, and over
            QCOMPARE(world->errorCode(), std::string("tern.ike.lost"));
            return;
        }
        QVERIFY(world->serverReachesClient());
    }
    world->setConditions({});
    world->runFor(60s);
    QCOMPARE(world->disagreement(), std::string());
}

// RFC 4555 §3.5: what answers the earlier update says nothing, and another one follows.
void TestMobility::lastOfSeveralMovesCounts() {
    const auto world = upWorld();
    world->moveClient(wlan, wlanSeen);
    world->runFor(2ms); // on its way
    world->moveClient(phone, phoneSeen);
    QVERIFY(world->runUntil([&] { return world->pathsConfirmed() == 1; }, 1s));
    QVERIFY(world->serverReachesClient());
    world->runFor(5s);
    QCOMPARE(world->pathsConfirmed(), 1U);
    QCOMPARE(world->responder().client(), phoneSeen);
}

void TestMobility::moveDuringAnotherExchange() {
    const auto world = upWorld();
    world->session().replaceKeys(world->now());
    world->settle();
    world->runFor(1ms);
    world->moveClient(wlan, wlanSeen);
    QVERIFY(world->runUntil([&] { return world->pathsConfirmed() == 1; }, 1s));
    QVERIFY(world->serverReachesClient());
    world->runFor(60s);
    QCOMPARE(world->disagreement(), std::string());
}

void TestMobility::serverOfOldIsAskedWhetherItIsThere() {
    auto config = pskServer();
    config.mobike = false;
    const auto world = upWorld(std::move(config));
    QVERIFY(!world->session().canMove());
    world->moveClient(wlan, wlanSeen);
    QVERIFY(world->runUntil([&] { return world->pathsConfirmed() == 1; }, 1s));
    QCOMPARE(sentWith(world->responder(), ike::NotifyType::UpdateSaAddresses), 0U);
    QVERIFY(world->serverReachesClient()); // it follows any authentic message (RFC 7296 §2.23)
}

void TestMobility::natAppearsAndDisappears() {
    const auto world = upWorld();
    world->moveClient(phone, phoneSeen);
    QVERIFY(world->runUntil([&] { return world->pathsConfirmed() == 1; }, 1s));
    const auto before = world->sent().size();
    world->runFor(25s);
    const auto keepAlives = std::count_if(world->sent().begin() + static_cast<std::ptrdiff_t>(before),
                                          world->sent().end(), [](const auto& d) { return d.payload.size() == 1; });
    QVERIFY(keepAlives >= 1);
    world->moveClient(wlan, wlanSeen);
    QVERIFY(world->runUntil([&] { return world->pathsConfirmed() == 2; }, 1s));
    const auto after = world->sent().size();
    world->runFor(25s);
    QVERIFY(std::none_of(world->sent().begin() + static_cast<std::ptrdiff_t>(after), world->sent().end(),
                         [](const auto& d) { return d.payload.size() == 1; }));
}

// RFC 4555 §3.8: a server with MOBIKE does not follow by itself, so the liveness check has to find out.
void TestMobility::translationChangesSilently() {
    const auto world = upWorld();
    world->moveClient(phone, phoneSeen);
    QVERIFY(world->runUntil([&] { return world->pathsConfirmed() == 1; }, 1s));
    const base::Endpoint rebound{phoneSeen.address, 4711};
    world->rebind(rebound);
    QVERIFY(!world->serverReachesClient());
    QVERIFY(world->runUntil([&] { return world->serverReachesClient(); }, 35s));
    QCOMPARE(world->responder().client(), rebound);
    QVERIFY(!world->isClosed());
    // And nothing more once all is known.
    const auto updates = world->responder().updates();
    world->runFor(120s);
    QCOMPARE(world->responder().updates(), updates);
}

void TestMobility::refusedAddresses_data() {
    QTest::addColumn<int>("type");
    QTest::newRow("UNACCEPTABLE_ADDRESSES") << static_cast<int>(ike::NotifyType::UnacceptableAddresses);
    QTest::newRow("UNEXPECTED_NAT_DETECTED") << static_cast<int>(ike::NotifyType::UnexpectedNatDetected);
}

void TestMobility::refusedAddresses() {
    QFETCH(int, type);
    auto config = pskServer();
    config.refuseAddresses = static_cast<ike::NotifyType>(type);
    const auto world = upWorld(std::move(config));
    world->moveClient(wlan, wlanSeen);
    QVERIFY(world->runUntil([&] { return world->pathsRefused() == 1; }, 1s));
    QCOMPARE(world->pathsConfirmed(), 0U);
    QVERIFY(!world->isClosed());
    world->runFor(60s);
    QCOMPARE(world->pathsRefused(), 1U); // not asked for ever
}

void TestMobility::deadAddressIsDoubtedAndAnotherOneTaken() {
    auto config = pskServer();
    config.furtherAddresses = {address("203.0.113.11")};
    const auto world = upWorld(std::move(config));
    Conditions dead;
    dead.deadServers = {address("203.0.113.10")};
    world->setConditions(dead);
    world->session().resumed(world->now());
    world->settle();
    QVERIFY(world->runUntil([&] { return world->pathsDead() == 1; }, 2s));
    auto path = wlan;
    path.server = world->session().furtherServerAddresses().front();
    world->moveClient(path, wlanSeen);
    QVERIFY(world->runUntil([&] { return world->pathsConfirmed() == 1; }, 1s));
    QVERIFY(world->serverReachesClient());
    // And back, once that one has died.
    dead.deadServers = {address("203.0.113.11")};
    world->setConditions(dead);
    world->session().resumed(world->now());
    world->settle();
    QVERIFY(world->runUntil([&] { return world->pathsDead() == 2; }, 2s));
    world->moveClient(wlan, wlanSeen);
    QVERIFY(world->runUntil([&] { return world->pathsConfirmed() == 2; }, 1s));
    QCOMPARE(world->disagreement(), std::string());
}

void TestMobility::furtherAddressesAreBounded() {
    auto config = pskServer();
    for (std::uint8_t i = 0; i < 70; ++i) { // as many as fit beside the rest into one message of maximumPayloads
        config.furtherAddresses.push_back(*base::IpAddress::fromBytes(base::Bytes{198, 51, 100, i}));
        config.furtherAddresses.push_back(*base::IpAddress::fromBytes(base::Bytes{127, 0, 0, i}));
        config.furtherAddresses.push_back(*base::IpAddress::fromBytes(base::Bytes{224, 0, 0, i}));
    }
    const auto world = upWorld(std::move(config));
    const auto addresses = world->session().furtherServerAddresses();
    QCOMPARE(addresses.size(), ike::mostPeerAddresses);
    for (const auto& further : addresses) {
        QVERIFY(!further.isLoopback() && !further.isMulticast());
    }
    // A later list replaces the first one, and there is one that is empty.
    world->responder().sendRequest(world->now(), ike::ExchangeType::Informational,
                                   {ike::encodeNotify(ike::NotifyType::NoAdditionalAddresses)});
    world->settle();
    world->runFor(1s);
    QVERIFY(world->session().furtherServerAddresses().empty());
    world->responder().sendRequest(
        world->now(), ike::ExchangeType::Informational,
        {ike::encodeNotify(ike::NotifyType::AdditionalIp4Address, address("203.0.113.77").bytes()),
         ike::encodeNotify(ike::NotifyType::AdditionalIp6Address, address("203.0.113.78").bytes())}); // wrong size
    world->settle();
    world->runFor(1s);
    QVERIFY(world->session().furtherServerAddresses() == std::vector<base::IpAddress>{address("203.0.113.77")});
}

void TestMobility::newServerAddressMustProveItself() {
    auto path = wlan;
    path.server = address("203.0.113.11");
    {
        const auto world = upWorld();
        world->moveClient(path, wlanSeen);
        QVERIFY(world->runUntil([&] { return world->pathsConfirmed() == 1; }, 1s));
        QCOMPARE(sentWith(world->responder(), ike::NotifyType::Cookie2), 1U);
        world->moveClient({phone.local, phone.localPort, path.server}, phoneSeen);
        QVERIFY(world->runUntil([&] { return world->pathsConfirmed() == 2; }, 1s));
        QCOMPARE(sentWith(world->responder(), ike::NotifyType::Cookie2), 1U); // known by now
    }
    auto config = pskServer();
    config.wrongCookie2 = true;
    const auto world = upWorld(std::move(config));
    const auto before = world->sent().size();
    world->moveClient(path, wlanSeen);
    QVERIFY(world->runUntil([&] { return world->isClosed(); }, 1s));
    QCOMPARE(world->errorCode(), std::string("tern.ike.mobility.unproven"));
    QCOMPARE(world->sent().size(), before + 1); // closed without a DELETE (§3.7)
}

void TestMobility::weProveOurAddress() {
    const auto world = upWorld();
    world->responder().proveAddress(world->now());
    world->settle();
    world->runFor(1s);
    QVERIFY(world->responder().addressProven());
}

void TestMobility::serverMayNotMove() {
    const auto world = upWorld();
    world->responder().sendRequest(world->now(), ike::ExchangeType::Informational,
                                   {ike::encodeNotify(ike::NotifyType::UpdateSaAddresses)});
    world->settle();
    world->runFor(1s);
    QVERIFY(ike::findNotify(world->responder().responsesSeen().back(), ike::NotifyType::UnacceptableAddresses));
}

void TestMobility::liveAfterSleep() {
    const auto world = upWorld();
    world->runFor(10min);
    const auto confirmed = world->pathsConfirmed();
    world->session().resumed(world->now());
    world->settle();
    QVERIFY(world->runUntil([&] { return world->pathsConfirmed() > confirmed; }, 100ms));
    QVERIFY(!world->isClosed());
}

void TestMobility::deadAfterSleep() {
    const auto world = upWorld();
    world->responder().loseEverything();
    const auto before = world->now();
    world->session().resumed(world->now());
    world->settle();
    QVERIFY(world->runUntil([&] { return world->isClosed(); }, 6s));
    QCOMPARE(world->errorCode(), std::string("tern.ike.lost"));
    QVERIFY(world->now() - before <= 5s);
    QCOMPARE(world->pathsConfirmed(), 0U);
}

void TestMobility::moveWhileConnecting() {
    const auto world = makeWorld(pskServer());
    world->start();
    world->runFor(1ms);
    world->moveClient(wlan, wlanSeen);
    QVERIFY(world->runUntil([&] { return world->isEstablished(); }, 10s));
    QCOMPARE(world->disagreement(), std::string());
}

// ---- redirects ----

void TestMobility::redirectedAtOnce() {
    auto config = pskServer();
    World world(5, pskClient(*config.psk), config);
    world.start();
    // Our nonce, which only who sees the request knows, out of the request itself.
    const auto& first = world.sent().front().payload;
    const auto payloads =
        ike::parsePayloads(ike::parseHeader(first)->firstPayload, base::ByteView(first).subspan(ike::headerSize));
    QVERIFY(ike::findNotify(*payloads, ike::NotifyType::RedirectSupported));
    const auto ours = ike::parseNonce(*payloads);
    ike::Header header = *ike::parseHeader(first);
    header.flags = ike::flagResponse;
    const ike::Payloads answer{
        ike::encodeNotify(ike::NotifyType::Redirect, redirectData({std::nullopt, "other.example.test"}, *ours))};
    header.firstPayload = ike::firstType(answer);
    const auto body = ike::encodePayloads(answer);
    auto datagram = ike::encodeHeader(header, body.size());
    base::append(datagram, body);
    world.session().receive(world.now(), datagram);
    world.settle();
    QVERIFY(world.isClosed());
    QCOMPARE(world.errorCode(), std::string("tern.ike.redirected"));
    QCOMPARE(world.redirects().size(), 1U);
    QCOMPARE(world.redirects().front().target.name, std::string("other.example.test"));
    QVERIFY(!world.redirects().front().authenticated);
}

void TestMobility::redirectOfAStrangerIsIgnored() {
    auto config = pskServer();
    unsigned tries = 0;
    config.changeInit = [&tries](ike::Payloads& answer) {
        if (tries++ == 0) {
            answer = {ike::encodeNotify(ike::NotifyType::Redirect,
                                        redirectData({address("192.0.2.66"), {}}, base::Bytes(32, 1)))};
        }
    };
    World world(5, pskClient(*config.psk), config);
    world.start();
    world.runFor(3s);
    QVERIFY(world.redirects().empty());
    QVERIFY(!world.isClosed());
}

void TestMobility::redirectedInAuth() {
    for (const bool psk : {true, false}) {
        auto config = psk ? pskServer() : ResponderConfig{};
        config.redirectInAuth = ike::RedirectTarget{address("203.0.113.99"), {}};
        const auto world = makeWorld(std::move(config));
        world->start();
        QVERIFY(world->runUntil([&] { return world->isClosed(); }, 10s));
        QCOMPARE(world->errorCode(), std::string("tern.ike.redirected"));
        QCOMPARE(world->redirects().size(), 1U);
        QVERIFY(world->redirects().front().authenticated);
        QVERIFY(world->redirects().front().target.address == address("203.0.113.99"));
        world->runFor(1s);
        QVERIFY(world->responder().isClosed()); // we have deleted the SA there (§6)
    }
}

void TestMobility::redirectedBeforeEap() {
    ResponderConfig config;
    config.redirectInAuth = ike::RedirectTarget{std::nullopt, "other.example.test"};
    config.redirectBeforeEap = true;
    auto world = makeWorld(config);
    world->start();
    QVERIFY(world->runUntil([&] { return world->isClosed(); }, 10s));
    QCOMPARE(world->errorCode(), std::string("tern.ike.redirected"));
    QCOMPARE(world->redirects().size(), 1U);
    QVERIFY(world->redirects().front().authenticated);
    QCOMPARE(world->redirects().front().target.name, std::string("other.example.test"));
    QVERIFY(world->prompts().empty());
    world->runFor(1s);
    QCOMPARE(world->responder().eapPacketsSeen(), 0U);
    QVERIFY(ike::find(world->responder().requestsSeen().back(), ike::PayloadType::Delete) != nullptr);
    // A server that proves nothing sends nobody anywhere.
    config.eapWithoutAuth = true;
    world = makeWorld(config);
    world->start();
    QVERIFY(world->runUntil([&] { return world->isClosed(); }, 10s));
    QVERIFY2(world->errorCode().starts_with("tern.ike.auth."), world->errorCode().c_str());
    QVERIFY(world->redirects().empty());
}

void TestMobility::redirectedWhileConnected() {
    const auto world = upWorld();
    world->responder().redirect(world->now(), {std::nullopt, "other.example.test"});
    world->settle();
    world->runFor(1s);
    QCOMPARE(world->redirects().size(), 1U);
    QVERIFY(world->redirects().front().authenticated);
    QVERIFY(!world->isClosed()); // until there is another one to go to
    QCOMPARE(world->disagreement(), std::string());
}

void TestMobility::redirectedFromIsSaid() {
    auto config = pskServer();
    auto client = pskClient(*config.psk);
    client.redirectedFrom = address("203.0.113.1");
    World world(5, std::move(client), std::move(config));
    world.start();
    const auto& first = world.sent().front().payload;
    const auto payloads =
        ike::parsePayloads(ike::parseHeader(first)->firstPayload, base::ByteView(first).subspan(ike::headerSize));
    const auto from = ike::findNotify(*payloads, ike::NotifyType::RedirectedFrom);
    QVERIFY(from);
    QCOMPARE(from->data, (base::Bytes{1, 4, 203, 0, 113, 1}));
    QVERIFY(!ike::findNotify(*payloads, ike::NotifyType::RedirectSupported));
}

void TestMobility::redirectBodies_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("target"); // empty: refused
    const auto row = [](const char* name, const QByteArray& body, const char* target) {
        QTest::newRow(name) << body << QString::fromLatin1(target);
    };
    row("IPv4", QByteArray::fromHex("0104c0000201"), "192.0.2.1");
    row("IPv6", QByteArray::fromHex("021020010db8000000000000000000000001"), "2001:db8::1");
    row("name", QByteArray("\x03\x04") + "a.bc", "a.bc");
    row("nothing", {}, "");
    row("short", QByteArray::fromHex("0104c00002"), "");
    row("IPv4 of five", QByteArray::fromHex("0105c000020101"), "");
    row("IPv6 of four", QByteArray::fromHex("0204c0000201"), "");
    row("loopback", QByteArray::fromHex("01047f000001"), "");
    row("nobody", QByteArray::fromHex("010400000000"), "");
    row("multicast", QByteArray::fromHex("0104e0000001"), "");
    row("unknown kind", QByteArray::fromHex("0404c0000201"), "");
    row("empty name", QByteArray::fromHex("0300"), "");
    row("name with a space", QByteArray("\x03\x03") + "a b", "");
    row("name with an end of line", QByteArray("\x03\x03") + "a\nb", "");
    row("something behind", QByteArray::fromHex("0104c000020100"), "");
}

void TestMobility::redirectBodies() {
    QFETCH(QByteArray, body);
    QFETCH(QString, target);
    const auto parsed = ike::parseRedirect(
        {reinterpret_cast<const std::uint8_t*>(body.constData()), static_cast<std::size_t>(body.size())}, {});
    QCOMPARE(parsed ? QString::fromStdString(parsed->text()) : QString(), target);
}

// ---- resumption ----

namespace {

// A world whose server has lost all but its tickets, and a client that has one.
std::unique_ptr<World> afterALoss(ResponderConfig config) {
    auto world = upWorld(config);
    if (!world->ticket()) {
        return nullptr;
    }
    world->responder().loseEverything();
    auto again = config.psk ? pskClient("") : eapClient(server(), ""); // with nothing to fall back on but a prompt
    if (config.psk) {
        again.authentication = ike::PskAuthentication{base::SecureBytes(std::string_view(*config.psk))};
    }
    again.ticket = world->ticket();
    world->replaceSession(std::move(again));
    world->start();
    return world;
}

} // namespace

void TestMobility::resumesWithoutAPrompt() {
    for (const bool psk : {true, false}) {
        const auto world = afterALoss(psk ? pskServer() : ResponderConfig{});
        QVERIFY(world);
        const auto inits = world->responder().initRequests();
        const auto eap = world->responder().eapPacketsSeen();
        QVERIFY(world->runUntil([&] { return world->isEstablished() || world->isClosed(); }, 5s));
        QVERIFY(world->isEstablished());
        QCOMPARE(world->responder().resumptions(), 1U);
        QCOMPARE(world->responder().initRequests(), inits);
        QCOMPARE(world->responder().eapPacketsSeen(), eap);
        QVERIFY(world->prompts().empty());
        QCOMPARE(world->established()->peer.text(), std::string("vpn.example.test"));
        QCOMPARE(world->established()->peerChain.empty(), psk);
        QCOMPARE(world->disagreement(), std::string());
        // The new SA carries on like any other, and its server may move us about.
        QVERIFY(world->session().canMove());
        world->session().replaceKeys(world->now());
        world->settle();
        world->runFor(30s);
        QCOMPARE(world->disagreement(), std::string());
    }
}

void TestMobility::refusedTicketMeansTheWholeExchange() {
    auto config = pskServer();
    config.refuseTickets = true;
    const auto world = afterALoss(std::move(config));
    QVERIFY(world);
    const auto inits = world->responder().initRequests();
    QVERIFY(world->runUntil([&] { return world->isEstablished() || world->isClosed(); }, 5s));
    QVERIFY(world->isEstablished());
    QCOMPARE(world->responder().resumptions(), 0U);
    QVERIFY(world->responder().initRequests() > inits);
    QVERIFY(world->prompts().empty());
    QCOMPARE(world->disagreement(), std::string());
}

void TestMobility::silenceMeansTheWholeExchange() {
    auto config = pskServer();
    config.answersResume = false;
    const auto world = afterALoss(std::move(config));
    QVERIFY(world);
    QVERIFY(world->runUntil([&] { return world->isEstablished() || world->isClosed(); }, 3s));
    QVERIFY(world->isEstablished());
    QCOMPARE(world->responder().resumptions(), 0U);
    QCOMPARE(world->disagreement(), std::string());
}

void TestMobility::wrongProofMeansTheWholeExchange() {
    auto config = pskServer();
    config.wrongResumedAuth = true;
    const auto world = afterALoss(std::move(config));
    QVERIFY(world);
    world->runUntil([&] { return world->isClosed() || !world->prompts().empty() || world->isEstablished(); }, 40s);
    // Whoever that is does not have the old keys; it has to prove itself by what the profile says, and this one,
    // which holds its half-made SA, does not even start.
    QVERIFY(!world->isEstablished());
    QVERIFY(world->children().empty());
}

void TestMobility::ticketsAreNotForOthers() {
    const auto world = upWorld();
    QVERIFY(world->ticket());
    auto config = pskClient("a key of both");
    QVERIFY(ike::isUsable(*world->ticket(), config, world->now()));
    QVERIFY(!ike::isUsable(*world->ticket(), config, world->now() + 2h));
    config.serverName = "another.example.test";
    QVERIFY(!ike::isUsable(*world->ticket(), config, world->now()));
}

void TestMobility::noTicketNoResumption() {
    auto config = pskServer();
    config.ticketLife = 0;
    const auto world = upWorld(std::move(config));
    QVERIFY(!world->ticket());
    QCOMPARE(world->responder().resumeRequests(), 0U);
}

QTEST_GUILESS_MAIN(TestMobility)
#include "tst_mobility.moc"
