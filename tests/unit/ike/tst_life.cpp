// A session that stays: new keys for the IKE SA, refusals, ends of lifetimes, logins that end, complaints of strangers.
#include "core/base/byte_io.h"
#include "core/ike/machine.h"
#include "tests/sim/world.h"

#include <QTest>

using namespace tern;
using namespace tern::ike;
using namespace tern::sim;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

ResponderConfig pskServer() {
    ResponderConfig config;
    config.psk = "shared";
    return config;
}

Notification notification(NotifyType type) {
    return {ProtocolId::None, {}, type, {}};
}

struct Setup {
    explicit Setup(ResponderConfig config = pskServer(), SessionConfig client = pskClient("shared"))
        : world(1, std::move(client), std::move(config)) {
        world.start();
        world.runUntil([this] { return (world.isEstablished() && !world.children().empty()) || world.isClosed(); });
        world.runFor(seconds(1));
    }
    void rekeyIke() {
        world.session().replaceKeys(world.now(), Session::Keys::IkeSa);
        world.settle();
    }
    [[nodiscard]] Spi ourSpi() {
        return dynamic_cast<const Machine&>(world.session()).context().sa->exchanges.initiatorSpi();
    }
    World world;
};

base::Bytes inClear(const Responder::IkeSpis& spis, const Payloads& payloads, ExchangeType exchange) {
    Header header;
    header.initiatorSpi = spis.initiator;
    header.responderSpi = spis.responder;
    header.exchange = exchange;
    header.flags = flagResponse;
    header.firstPayload = firstType(payloads);
    const auto body = encodePayloads(payloads);
    auto datagram = encodeHeader(header, body.size());
    base::append(datagram, body);
    return datagram;
}

} // namespace

class TestLife : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void replacesTheIkeSa();
    void replacesTheIkeSaWhenOld();
    void busyServerIsAskedAgain();
    void serverThatNeverReplacesTheIkeSa();
    void serverThatNeverReplacesAChild();
    void loginEnds();
    void loginIsProlonged();
    void childAfterwards();
    void sendsOnceTheServerHasTheKeys();
    void lostChildIsMadeAnew();
    void complaintsOfStrangers();
    void complaintUnderProtection();
    void exchangesThatServersDoNotBegin();
    void requestsOutOfTheWindow();
    void closesWhileTheIkeSaIsReplaced();
    void saysWhatItHadBefore();
    void oneSocketForTwo();
};

void TestLife::replacesTheIkeSa() {
    Setup setup;
    const auto before = setup.world.responder().ikeSpis();
    const auto child = setup.world.sendingWith();
    setup.rekeyIke();
    setup.world.runFor(seconds(5));
    QVERIFY(!(setup.world.responder().ikeSpis() == before));
    QCOMPARE(setup.ourSpi(), setup.world.responder().ikeSpis().initiator);
    QCOMPARE(setup.world.sendingWith(), child); // the children move along
    QCOMPARE(setup.world.disagreement(), std::string());
    // The old one was deleted by us, who began it.
    QCOMPARE(setup.world.responder().tally().at("replaced IKE SAs deleted by the client"), std::uint64_t{1});
    setup.world.responder().checkAlive(setup.world.now());
    setup.world.settle();
    setup.world.runFor(seconds(70));
    QCOMPARE(setup.world.responder().otherIkeSas(), std::size_t{0});
    QVERIFY(!setup.world.isClosed());
}

void TestLife::replacesTheIkeSaWhenOld() {
    auto client = pskClient("shared");
    client.timers.ikeLifetime = hours(1);
    Setup setup(pskServer(), std::move(client));
    const auto before = setup.ourSpi();
    setup.world.runFor(minutes(53));
    QCOMPARE(setup.ourSpi(), before);
    setup.world.runFor(minutes(8));
    QVERIFY(setup.ourSpi() != before);
}

void TestLife::busyServerIsAskedAgain() {
    Setup setup;
    const auto before = setup.ourSpi();
    setup.world.responder().rekeyChild(setup.world.now()); // it refuses meanwhile with TEMPORARY_FAILURE
    setup.rekeyIke();
    setup.world.runFor(seconds(1));
    QCOMPARE(setup.ourSpi(), before);
    QVERIFY(setup.world.responder().tally().contains("TEMPORARY_FAILURE by the server"));
    setup.world.runFor(seconds(5));
    QVERIFY(setup.ourSpi() != before);
    QVERIFY(!setup.world.newSessionDue());
}

void TestLife::serverThatNeverReplacesTheIkeSa() {
    auto config = pskServer();
    config.createError = notification(NotifyType::NoAdditionalSas);
    auto client = pskClient("shared");
    client.timers.ikeLifetime = hours(1);
    client.timers.childLifetime = hours(9);
    Setup setup(std::move(config), std::move(client));
    setup.world.runFor(minutes(61));
    QVERIFY(setup.world.newSessionDue());
    QVERIFY(setup.world.newSessionDue()->until > setup.world.now());
    QVERIFY(!setup.world.isClosed());
    QVERIFY(setup.world.runUntil([&] { return setup.world.isClosed(); }, minutes(6)));
    QCOMPARE(setup.world.errorCode(), std::string("tern.ike.expired"));
}

void TestLife::serverThatNeverReplacesAChild() {
    auto config = pskServer();
    config.createError = notification(NotifyType::NoProposalChosen);
    auto client = pskClient("shared");
    client.timers.childLifetime = hours(1);
    Setup setup(std::move(config), std::move(client));
    setup.world.runFor(minutes(63)); // refused again and again, and in use
    QVERIFY(!setup.world.isClosed());
    QCOMPARE(setup.world.disagreement(), std::string());
    // Not used any longer than its life; no other one is to be had.
    QVERIFY(setup.world.runUntil([&] { return setup.world.isClosed(); }, minutes(5)));
}

void TestLife::loginEnds() {
    auto config = pskServer();
    config.loginSeconds = 3600;
    Setup setup(std::move(config));
    const auto begun = setup.world.now();
    setup.world.runFor(minutes(44));
    QVERIFY(!setup.world.newSessionDue());
    setup.world.runFor(minutes(7));
    QVERIFY(setup.world.newSessionDue());
    const auto left = setup.world.newSessionDue()->until - begun;
    QVERIFY(left > minutes(59) && left <= minutes(60));
}

void TestLife::loginIsProlonged() {
    auto config = pskServer();
    config.loginSeconds = 600;
    Setup setup(std::move(config));
    base::ByteWriter lifetime;
    lifetime.u32(7200);
    setup.world.responder().sendRequest(setup.world.now(), ExchangeType::Informational,
                                        {encodeNotify(NotifyType::AuthLifetime, lifetime.view())});
    setup.world.settle();
    setup.world.runFor(minutes(30));
    QVERIFY(!setup.world.newSessionDue());
}

void TestLife::childAfterwards() {
    auto config = pskServer();
    config.childless = true;
    config.pfs = true;
    auto client = pskClient("shared");
    client.childless = true;
    Setup setup(std::move(config), std::move(client));
    QVERIFY(setup.world.isEstablished());
    QCOMPARE(setup.world.disagreement(), std::string());
    QCOMPARE(setup.world.responder().tally().at("children made anew"), std::uint64_t{1});
    const auto& auth = setup.world.responder().requestsSeen().front();
    QVERIFY(find(auth, PayloadType::TrafficSelectorInitiator) == nullptr);
    // A server that does not offer it gets the usual request.
    auto other = pskClient("shared");
    other.childless = true;
    Setup usual(pskServer(), std::move(other));
    QVERIFY(find(usual.world.responder().requestsSeen().front(), PayloadType::TrafficSelectorInitiator) != nullptr);
    QCOMPARE(usual.world.disagreement(), std::string());
    // One that offers it and refuses the child in IKE_AUTH is asked for it afterwards.
    auto later = pskServer();
    later.childless = true;
    later.childError = Notification{ProtocolId::None, {}, NotifyType::NoProposalChosen, {}};
    Setup refused(std::move(later));
    QVERIFY(find(refused.world.responder().requestsSeen().front(), PayloadType::TrafficSelectorInitiator) != nullptr);
    QVERIFY(refused.world.isEstablished());
    QCOMPARE(refused.world.responder().tally().at("children made anew"), std::uint64_t{1});
    QCOMPARE(refused.world.disagreement(), std::string());
}

void TestLife::sendsOnceTheServerHasTheKeys() {
    Setup setup;
    auto& world = setup.world;
    const auto old = world.sendingWith();
    world.responder().rekeyChild(world.now());
    world.settle();
    QVERIFY(world.runUntil([&] { return world.lastChild()->replaces == old; }, seconds(1)));
    QVERIFY(!world.lastChild()->sendNow);
    QCOMPARE(world.sendingWith(), old); // the answer is still on its way
    world.runFor(seconds(1));
    QVERIFY(world.sendingWith() != old); // the DELETE of the old one came
}

void TestLife::lostChildIsMadeAnew() {
    Setup setup;
    auto& world = setup.world;
    const auto old = world.sendingWith();
    world.responder().loseChildren();
    world.session().replaceKeys(world.now());
    world.settle();
    world.runFor(seconds(5));
    QVERIFY(world.sendingWith() != old);
    QCOMPARE(world.disagreement(), std::string());
    QCOMPARE(world.responder().tally().at("CHILD_SA_NOT_FOUND by the server"), std::uint64_t{1});
}

void TestLife::complaintsOfStrangers() {
    Setup setup;
    auto& world = setup.world;
    const auto asked = [&world] { return world.responder().requestsSeen().size(); };
    const auto complain = [&](const Responder::IkeSpis& spis, NotifyType type, base::ByteView data) {
        world.session().receive(world.now(), inClear(spis, {encodeNotify(type, data)}, ExchangeType::Informational));
        world.settle();
        world.runFor(milliseconds(200));
    };
    const auto spis = world.responder().ikeSpis();
    const auto before = asked();
    complain({spis.initiator, spis.responder + 1}, NotifyType::InvalidIkeSpi, {});
    complain(spis, NotifyType::InvalidSpi, base::Bytes{1, 2, 3, 4});
    complain(spis, NotifyType::AuthenticationFailed, {});
    QCOMPARE(asked(), before);
    complain(spis, NotifyType::InvalidIkeSpi, {});
    QCOMPARE(asked(), before + 1); // is the server there?
    complain(spis, NotifyType::InvalidIkeSpi, {});
    base::ByteWriter ours;
    ours.u32(world.responder().children().begin()->first);
    complain(spis, NotifyType::InvalidSpi, ours.view());
    QCOMPARE(asked(), before + 1); // not more often than now and then
    world.runFor(seconds(11));
    complain({0, 0}, NotifyType::InvalidSpi, ours.view());
    QCOMPARE(asked(), before + 2);
    QVERIFY(!world.isClosed());
    QCOMPARE(world.disagreement(), std::string());
}

void TestLife::complaintUnderProtection() {
    Setup setup;
    auto& world = setup.world;
    const auto old = world.sendingWith();
    base::ByteWriter ours;
    ours.u32(world.responder().children().begin()->first);
    world.responder().loseChildren();
    world.responder().sendRequest(world.now(), ExchangeType::Informational,
                                  {encodeNotify(NotifyType::InvalidSpi, ours.view())});
    world.settle();
    world.runFor(seconds(5));
    QVERIFY(world.sendingWith() != old);
    QCOMPARE(world.disagreement(), std::string());
}

void TestLife::exchangesThatServersDoNotBegin() {
    Setup setup;
    setup.world.responder().sendRequest(setup.world.now(), static_cast<ExchangeType>(99), {});
    setup.world.settle();
    setup.world.runFor(seconds(2));
    const auto& answer = setup.world.responder().responsesSeen().back();
    QVERIFY(findNotify(answer, NotifyType::InvalidSyntax));
    QVERIFY(!setup.world.isClosed());
}

void TestLife::requestsOutOfTheWindow() {
    Setup setup;
    auto& world = setup.world;
    const auto answers = world.responder().responsesSeen().size();
    world.responder().skipOneRequestId();
    world.responder().checkAlive(world.now());
    world.settle();
    world.runFor(seconds(3));
    QCOMPARE(world.responder().responsesSeen().size(), answers); // our window is one, and no other was announced
    QVERIFY(!world.isClosed());
}

void TestLife::closesWhileTheIkeSaIsReplaced() {
    Setup setup;
    setup.rekeyIke();
    setup.world.session().close(setup.world.now());
    setup.world.settle();
    setup.world.runFor(seconds(2));
    QVERIFY(setup.world.isClosed());
    QCOMPARE(setup.world.errorCode(), std::string());
    QVERIFY(setup.world.responder().isClosed()); // the new one, to which the children have moved, was deleted
}

void TestLife::saysWhatItHadBefore() {
    auto client = pskClient("shared");
    client.previousAddresses = {*base::IpAddress::fromText("10.9.0.1"), *base::IpAddress::fromText("2001:db8::7")};
    client.initialContact = true;
    Setup setup(pskServer(), std::move(client));
    const auto& first = setup.world.responder().requestsSeen().front();
    const auto wanted = parseConfiguration(*find(first, PayloadType::Configuration));
    QVERIFY(wanted);
    const auto has = [&](AttributeType type, const base::Bytes& value) {
        return std::find(wanted->attributes.begin(), wanted->attributes.end(), Attribute{type, value}) !=
               wanted->attributes.end();
    };
    QVERIFY(has(AttributeType::InternalIp4Address, {10, 9, 0, 1}));
    QVERIFY(has(AttributeType::InternalIp6Address, {0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 128}));
    QVERIFY(findNotify(first, NotifyType::InitialContact));
    // Other devices of the same user keep their sessions.
    Setup usual;
    QVERIFY(!findNotify(usual.world.responder().requestsSeen().front(), NotifyType::InitialContact));
}

void TestLife::oneSocketForTwo() {
    auto client = pskClient("shared");
    client.natTraversalPortOnly = true;
    test::SeededRandom random(1);
    const auto session = std::move(Session::create(std::move(client), random).value());
    session->start(base::Instant(seconds(1)));
    unsigned sent = 0;
    for (const auto& output : session->takeOutputs()) {
        if (const auto* datagram = std::get_if<SendDatagram>(&output)) {
            QVERIFY(datagram->natTraversalPort);
            QCOMPARE(base::ByteReader(datagram->payload).u32(), std::uint32_t{0}); // the marker
            ++sent;
        }
    }
    QCOMPARE(sent, 1U);
}

QTEST_APPLESS_MAIN(TestLife)
#include "tst_life.moc"
