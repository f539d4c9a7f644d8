// Whole sessions against the servers of the field: what they offer, refuse and get wrong.
#include "rig.h"

#include <QTest>

using namespace tern;
using namespace tern::ppp;
using namespace tern::test;
using sim::PppServerConfig;

class TestSession : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void plain();
    void rras();
    void softEther();
    void mikroTik();
    void accelPpp();
    void papNeedsOptIn();
    void allowedIsTaken();
    void nothingInCommon();
    void noSignIn();
    void noSignInWhereAllowed();
    void unverifiedServer();
    void serverWithoutNetwork();
    void serverWithoutAddress();
    void previousAddress();
    void silentServer();
    void silentAfterSignIn();
    void silentInSignIn();
    void endlessNegotiation();
    void loop();
    void terminated_data();
    void terminated();
    void closes();
    void closesWithoutAnswer();
    void negotiatesAnew();
    void probes();
    void echoes();
    void unknownProtocol();
    void ipcpTakenBack();
    void mtu();
    void dataIsIgnored();
    void classifies();
};

void TestSession::plain() {
    PppRig rig;
    rig.start();
    QCOMPARE(rig.closed(), std::string());
    QVERIFY(rig.session->isUp());
    const auto* const up = rig.last<Up>();
    QVERIFY(up);
    QCOMPARE(rig.addresses(), Texts{"10.20.0.7/32"});
    QCOMPARE(up->dns.size(), std::size_t{2});
    QCOMPARE(up->dns[1].text(), std::string("10.20.0.54"));
    QCOMPARE(up->nbns.size(), std::size_t{1});
    QCOMPARE(up->peerIpv4->text(), std::string("10.20.0.1"));
    QCOMPARE(up->mtu, 1500U);
    QCOMPARE(rig.count<Up>(), std::size_t{1});
    QCOMPARE(rig.count<Authenticated>(), std::size_t{1});
    QCOMPARE(rig.last<Authenticated>()->method, Method::MsChapV2);
    QCOMPARE(rig.hlak(), base::toHex(rig.server.hlak->view()));
    QVERIFY(!rig.server.networkBeforeSignIn);
    // Address and control field always, never compressed.
    for (const auto& frame : rig.sent) {
        QCOMPARE(base::toHex(base::ByteView(frame).first(2)), std::string("ff03"));
    }
}

void TestSession::rras() {
    auto config = PppRig::client();
    config.methods = {Method::MsChapV2};
    PppRig rig(PppServerConfig::rras(), std::move(config));
    rig.start();
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.server.rejectedLcp.size(), std::size_t{3});
    QCOMPARE(rig.server.rejectedProtocols, std::vector<std::uint16_t>{0x80FD}); // CCP
    QCOMPARE(rig.last<Up>()->mtu, 1500U);                                       // 4091 offered
}

void TestSession::softEther() {
    auto config = PppRig::client();
    config.methods = {Method::MsChapV2};
    PppRig rig(PppServerConfig::softEther(), std::move(config));
    rig.start();
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.server.echoReplies, 1U);
    QVERIFY(findOption(rig.server.lcpOfClient, 5) == nullptr); // Magic-Number given up
    QCOMPARE(rig.last<Up>()->dns.size(), std::size_t{1});
    QVERIFY(rig.last<Up>()->nbns.empty());
    QCOMPARE(rig.last<Up>()->peerIpv4->text(), std::string("1.0.0.1"));
    QCOMPARE(rig.last<Authenticated>()->method, Method::MsChapV2);
}

void TestSession::mikroTik() {
    auto config = PppRig::client();
    config.methods = {Method::Pap};
    PppRig rig(PppServerConfig::mikroTik(), std::move(config));
    rig.start();
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.hlak(), std::string(64, '0'));
    QCOMPARE(rig.server.papRequests, 1U);
}

void TestSession::accelPpp() {
    PppRig rig(PppServerConfig::accelPpp());
    rig.start();
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.last<Up>()->mtu, 1452U);
    // The word for SSTP comes before anything of a network protocol.
    QVERIFY(!rig.server.networkBeforeSignIn);
}

void TestSession::papNeedsOptIn() {
    PppRig rig(PppServerConfig::mikroTik());
    rig.start();
    QCOMPARE(rig.closed(), std::string("tern.ppp.auth.no-common-method"));
    QCOMPARE(rig.server.papRequests, 0U);
    QCOMPARE(rig.last<Closed>()->error->args, (Texts{"PAP", "EAP, MS-CHAPv2"}));
}

// A Nak would be a refusal to pppd.
void TestSession::allowedIsTaken() {
    auto config = PppRig::client();
    config.methods = {Method::MsChapV2, Method::Pap};
    PppServerConfig server;
    server.offers = {Method::Pap, Method::MsChapV2};
    PppRig rig(server, std::move(config));
    rig.start();
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.last<Authenticated>()->method, Method::Pap);
    QCOMPARE(rig.server.seenCodes["lcp 3"], 0U);
}

void TestSession::nothingInCommon() {
    auto config = PppRig::client();
    config.methods = {Method::Eap};
    PppServerConfig server;
    server.offers = {Method::ChapMd5, Method::Pap};
    PppRig rig(server, std::move(config));
    rig.start();
    QCOMPARE(rig.closed(), std::string("tern.ppp.auth.no-common-method"));
    QCOMPARE(rig.last<Closed>()->error->args, (Texts{"CHAP, PAP", "EAP"}));
    QVERIFY(rig.server.isTerminated);
    QVERIFY(rig.sent.size() < 30);
}

void TestSession::noSignIn() {
    PppServerConfig server;
    server.offers = {};
    PppRig rig(server);
    rig.start();
    QCOMPARE(rig.closed(), std::string("tern.ppp.auth.none"));
    QVERIFY(!rig.last<Authenticated>());
}

void TestSession::noSignInWhereAllowed() {
    auto config = PppRig::client();
    config.methods = {Method::MsChapV2, Method::None};
    PppServerConfig server;
    server.offers = {};
    PppRig rig(server, std::move(config));
    rig.start();
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.hlak(), std::string(64, '0'));
}

void TestSession::unverifiedServer() {
    SeededRandom random(1);
    auto config = PppRig::client();
    config.serverVerified = false;
    config.methods = {Method::MsChapV2, Method::Pap, Method::None};
    QCOMPARE(Session::create(std::move(config), random).error().code, std::string("tern.eap.server-unverified"));
    // With EAP it goes on, and EAP refuses what depends on the password.
    config = PppRig::client();
    config.serverVerified = false;
    PppServerConfig server;
    server.offers = {Method::MsChapV2, Method::Eap};
    PppRig rig(server, std::move(config));
    rig.start();
    QCOMPARE(rig.closed(), std::string("tern.eap.server-unverified"));
}

void TestSession::serverWithoutNetwork() {
    PppServerConfig server;
    server.ipv4 = false;
    auto config = PppRig::client();
    config.requestIpv6 = true;
    PppRig rig(server, std::move(config));
    rig.start();
    QCOMPARE(rig.closed(), std::string("tern.ppp.no-network"));
    QVERIFY(rig.server.isTerminated);
}

void TestSession::serverWithoutAddress() {
    PppServerConfig server;
    server.address = "0.0.0.0";
    PppRig rig(server);
    rig.start();
    QCOMPARE(rig.closed(), std::string("tern.ppp.no-address"));
}

void TestSession::previousAddress() {
    auto config = PppRig::client();
    config.previousIpv4 = base::IpAddress::fromText("10.20.0.7");
    PppRig rig({}, std::move(config));
    rig.start();
    QCOMPARE(rig.addresses(), Texts{"10.20.0.7/32"});
    config = PppRig::client();
    config.previousIpv4 = base::IpAddress::fromText("10.20.0.99"); // another's by now
    PppRig other({}, std::move(config));
    other.start();
    QCOMPARE(other.addresses(), Texts{"10.20.0.7/32"});
}

void TestSession::silentServer() {
    PppRig rig;
    rig.server.ignoresAll = true;
    rig.session->start(rig.now);
    rig.run();
    rig.wait(29s);
    QCOMPARE(rig.closed(), std::string());
    QCOMPARE(rig.sent.size(), std::size_t{10}); // Max-Configure
    rig.wait(2s);
    QCOMPARE(rig.closed(), std::string("tern.ppp.no-answer"));
    QVERIFY(!rig.session->deadline());
}

// Who was let in is told that there is no network, and not that PPP does not answer.
void TestSession::silentAfterSignIn() {
    PppServerConfig server;
    server.ipv4 = server.ipv6 = false;
    server.silentNetwork = true;
    PppRig rig(server);
    rig.start();
    QCOMPARE(rig.stage(), Stage::Configuring);
    rig.wait(29s);
    QCOMPARE(rig.closed(), std::string());
    rig.wait(2s);
    QCOMPARE(rig.closed(), std::string("tern.ppp.no-network"));
}

// Echo requests alone keep nobody waiting for ever.
void TestSession::silentInSignIn() {
    PppServerConfig server;
    server.offers = {Method::Eap};
    server.eap = [] {
        struct Mute final : sim::EapResponder {
            base::Bytes begin() override { return {9}; }
            std::optional<base::Bytes> answer(base::ByteView) override { return {}; }
        };
        return std::make_unique<Mute>();
    };
    PppRig rig(server);
    rig.start();
    QCOMPARE(rig.stage(), Stage::Authenticating);
    for (int i = 0; i < 9 && rig.closed().empty(); ++i) {
        rig.wait(4s);
        rig.give(rig.server.echo());
    }
    QCOMPARE(rig.closed(), std::string("tern.ppp.no-answer"));
}

// A server that finds something wrong with every one of our requests.
void TestSession::endlessNegotiation() {
    PppRig rig;
    rig.server.ignoresAll = true;
    rig.session->start(rig.now);
    rig.run();
    for (int i = 0; i < 200 && rig.closed().empty(); ++i) {
        const auto request = parsePacket(base::ByteView(rig.sent.back()).subspan(4));
        QVERIFY(request && request->is(Code::ConfigureRequest));
        rig.give(Protocol::Lcp, buildPacket(Code::ConfigureNak, request->identifier, base::Bytes{5, 6, 1, 2, 3, 4}));
    }
    QCOMPARE(rig.closed(), std::string("tern.ppp.no-agreement"));
}

void TestSession::loop() {
    PppRig rig;
    rig.server.ignoresAll = true;
    rig.session->start(rig.now);
    for (std::size_t i = 0; i < 100 && rig.closed().empty(); ++i) {
        rig.run();
        if (i < rig.sent.size()) {
            rig.give(rig.sent[i]);
        }
    }
    QCOMPARE(rig.closed(), std::string("tern.ppp.loop"));
}

void TestSession::terminated_data() {
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing") << QByteArray() << "tern.ppp.ended";
    QTest::newRow("words") << QByteArray("Idle time-out") << "tern.ppp.ended-because";
    QTest::newRow("garbage") << QByteArray("\x01\x02\x03", 3) << "tern.ppp.ended";
    const auto windows = [](const char* name, std::uint16_t number, const char* code) {
        QByteArray data("\x4E\x12\x34\x56\x00\x3C\xCD\x74\x00\x00", 10);
        data.append(static_cast<char>(number >> 8U)).append(static_cast<char>(number));
        QTest::newRow(name) << data << code;
    };
    windows("646", 646, "tern.eap.logon-hours");
    windows("647", 647, "tern.eap.account-disabled");
    windows("648", 648, "tern.eap.password-expired");
    windows("649", 649, "tern.eap.no-dial-in");
    windows("691", 691, "tern.eap.password");
    windows("709", 709, "tern.eap.password-change");
    windows("718", 718, "tern.ppp.server-timeout");
    windows("720", 720, "tern.ppp.no-network");
    windows("738", 738, "tern.ppp.no-address");
    windows("742", 742, "tern.ppp.wants-mppe");
    windows("other", 629, "tern.eap.error-number");
    windows("zero", 0, "tern.ppp.ended");
}
void TestSession::terminated() {
    QFETCH(const QByteArray, data);
    QFETCH(const QString, code);
    PppRig rig;
    rig.start();
    QVERIFY(rig.session->isUp());
    rig.give(rig.server.terminate(
        {reinterpret_cast<const std::uint8_t*>(data.data()), static_cast<std::size_t>(data.size())}));
    QCOMPARE(QString::fromStdString(rig.closed()), code);
    // It was acknowledged.
    const auto ack = parsePacket(base::ByteView(rig.sent.back()).subspan(4));
    QVERIFY(ack && ack->is(Code::TerminateAck) && ack->identifier == 200);
    QVERIFY(!rig.session->isUp());
}

void TestSession::closes() {
    PppRig rig;
    rig.start();
    rig.session->close(rig.now);
    rig.run();
    QCOMPARE(rig.closed(), std::string("-"));
    QVERIFY(rig.server.isTerminated);
    const auto frames = rig.sent.size();
    rig.give(rig.server.echo());
    rig.wait(60s);
    QCOMPARE(rig.sent.size(), frames);
    QCOMPARE(rig.count<Closed>(), std::size_t{1});
}

void TestSession::closesWithoutAnswer() {
    PppRig rig;
    rig.start();
    rig.isCut = true;
    rig.session->close(rig.now);
    rig.run();
    rig.wait(1900ms);
    QCOMPARE(rig.closed(), std::string());
    rig.wait(200ms);
    QCOMPARE(rig.closed(), std::string("-"));
}

void TestSession::negotiatesAnew() {
    PppRig rig;
    rig.start();
    QVERIFY(rig.session->isUp());
    rig.server.config.address = "10.20.0.8";
    for (auto& frame : rig.server.renegotiate()) {
        rig.give(std::move(frame));
    }
    QCOMPARE(rig.closed(), std::string());
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.addresses(), Texts{"10.20.0.8/32"});
    QCOMPARE(rig.count<Up>(), std::size_t{2});
    QCOMPARE(rig.count<Authenticated>(), std::size_t{1}); // SSTP is told once
}

void TestSession::probes() {
    PppRig rig;
    rig.start();
    rig.session->probe(rig.now);
    rig.run();
    QCOMPARE(rig.count<Alive>(), std::size_t{1});
    rig.wait(600s);
    QCOMPARE(rig.closed(), std::string()); // nothing of its own accord
    rig.isCut = true;
    rig.session->probe(rig.now);
    rig.run();
    rig.wait(14s);
    QCOMPARE(rig.closed(), std::string());
    rig.wait(2s);
    QCOMPARE(rig.closed(), std::string("tern.ppp.gone"));
    QCOMPARE(rig.count<Alive>(), std::size_t{1});
}

void TestSession::echoes() {
    auto config = PppRig::client();
    config.timers.echoInterval = 20s;
    PppRig rig({}, std::move(config));
    rig.start();
    rig.wait(100s);
    const auto echoes = rig.server.seenCodes["lcp 9"];
    QVERIFY(echoes >= 4 && echoes <= 5);
    QCOMPARE(rig.closed(), std::string());
    rig.isCut = true;
    rig.wait(40s);
    QCOMPARE(rig.closed(), std::string("tern.ppp.gone"));
}

void TestSession::unknownProtocol() {
    PppRig rig;
    rig.start();
    rig.give(Protocol(0x8281), {1, 1, 0, 4}); // MPLSCP
    QCOMPARE(rig.server.rejectedProtocols, std::vector<std::uint16_t>{0x8281});
    // A code that LCP does not have.
    rig.give(Protocol::Lcp, {0x42, 7, 0, 6, 1, 2});
    const auto answer = parsePacket(base::ByteView(rig.sent.back()).subspan(4));
    QVERIFY(answer && answer->is(Code::CodeReject));
    QCOMPARE(base::toHex(answer->data), std::string("420700060102"));
    QCOMPARE(rig.closed(), std::string());
    // IPV6CP was not asked for here.
    rig.give(Protocol::Ipv6cp, {1, 1, 0, 14, 1, 10, 0, 0, 0, 0, 0, 0, 0, 1});
    QCOMPARE(rig.server.rejectedProtocols.back(), std::uint16_t{0x8057});
}

void TestSession::ipcpTakenBack() {
    PppRig rig;
    rig.start();
    rig.give(Protocol::Ipcp, buildPacket(Code::TerminateRequest, 9, {}));
    QCOMPARE(rig.closed(), std::string("tern.ppp.network-ended"));
}

void TestSession::mtu() {
    auto config = PppRig::client();
    config.mru = 1400;
    config.mtuLimit = 1350;
    PppRig rig({}, std::move(config));
    rig.start();
    QCOMPARE(rig.last<Up>()->mtu, 1350U);
    const auto* const mru = findOption(rig.server.lcpOfClient, 1);
    QVERIFY(mru && mru->data == (base::Bytes{1400 >> 8, 1400 & 0xFF}));
}

void TestSession::dataIsIgnored() {
    PppRig rig;
    rig.start();
    const auto frames = rig.sent.size();
    rig.give(Protocol::Ipv4, base::Bytes(40, 0x45));
    rig.give(Protocol::Ipv6, base::Bytes(80, 0x60));
    rig.give(base::Bytes{});
    rig.give(base::Bytes{0xFF, 0x03});
    rig.give(base::Bytes{0xFF, 0x03, 0xC0});
    rig.give(base::Bytes{0xFF, 0x03, 0xC0, 0x21, 1, 1, 0xFF, 0xFF});
    QCOMPARE(rig.sent.size(), frames);
    QVERIFY(rig.session->isUp());
}

void TestSession::classifies() {
    const auto kind = [](const char* hex) { return classify(base::fromHex(hex)).kind; };
    QCOMPARE(kind("ff0300214500"), FrameKind::Packet);
    QCOMPARE(kind("ff03214500"), FrameKind::Packet); // compressed protocol field
    QCOMPARE(kind("214500"), FrameKind::Packet);     // and no address and control
    QCOMPARE(kind("00214500"), FrameKind::Packet);
    QCOMPARE(base::toHex(classify(base::fromHex("214500")).payload), std::string("4500"));
    QCOMPARE(kind("ff03c0210109"), FrameKind::Control);
    QCOMPARE(kind("80fd0101"), FrameKind::Control);
    QCOMPARE(kind("ff0300576000"), FrameKind::Packet);
    QCOMPARE(kind(""), FrameKind::Malformed);
    QCOMPARE(kind("ff03"), FrameKind::Malformed);
    QCOMPARE(kind("ff0300"), FrameKind::Malformed);
    QCOMPARE(kind("ff030020"), FrameKind::Malformed); // even
    sim::PppRouter router({}, "fe80::1");
    const auto control = [](const base::Bytes& packet) {
        return classify(buildFrame(Protocol::Ipv6, packet)).kind == FrameKind::Control;
    };
    QVERIFY(control(router.advertisement()));
    QVERIFY(control(router.neighbourSolicitation("fe80::2")));
    QVERIFY(!control(router.wrap(58, 64, {128, 0, 0, 0, 0, 0, 0, 0}, 2, "fe80::2"))); // an echo
    QVERIFY(control(router.wrap(17, 64, {2, 35, 2, 34, 0, 8, 0, 0}, 6, "fe80::2")));  // to DHCPv6's client
    QVERIFY(!control(router.wrap(17, 64, {0, 53, 0x80, 0x34, 0, 8, 0, 0}, 6, "fe80::2")));
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
