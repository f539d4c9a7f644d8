// What goes wrong: each failure has its code, comes within its bound, and no secret leaves before the server is
// verified.
#include "core/base/byte_io.h"
#include "core/base/catalogue.h"
#include "tests/sim/world.h"

#include <QTest>
#include <algorithm>

using namespace tern;
using namespace tern::ike;
using namespace tern::sim;
using std::chrono::milliseconds;
using std::chrono::seconds;

Q_DECLARE_METATYPE(tern::ike::NotifyType)

namespace {

const Credentials& server() {
    static const auto credentials = Credentials::forName("vpn.example.test");
    return credentials;
}

Notification notify(NotifyType type, base::Bytes data = {}) {
    return {ProtocolId::None, {}, type, std::move(data)};
}

ResponderConfig eapServer() {
    ResponderConfig config;
    config.credentials = &server();
    return config;
}

ResponderConfig pskServer() {
    ResponderConfig config;
    config.psk = "shared";
    return config;
}

struct Outcome {
    std::string code;
    base::Duration took{};
    unsigned eapPackets = 0;
    bool serverTold = false; // of the failure, by a notification or DELETE
    std::size_t sent = 0;
};

Outcome run(SessionConfig client, ResponderConfig config) {
    World world(1, std::move(client), std::move(config));
    const auto begun = world.now();
    world.start();
    world.runUntil([&] { return world.isClosed() || world.isEstablished(); }, seconds(200));
    Outcome outcome{world.errorCode(), world.now() - begun, 0, false, world.sent().size()};
    world.runFor(seconds(1));
    outcome.eapPackets = world.responder().eapPacketsSeen();
    for (const auto& request : world.responder().requestsSeen()) {
        outcome.serverTold = outcome.serverTold || findNotify(request, NotifyType::AuthenticationFailed).has_value() ||
                             find(request, PayloadType::Delete) != nullptr;
        if (find(request, PayloadType::Eap) != nullptr && outcome.eapPackets == 0) {
            outcome.eapPackets = 1;
        }
    }
    return outcome;
}

Outcome runEap(ResponderConfig config) {
    auto client = eapClient(server(), "Correct-horse-9");
    return run(std::move(client), std::move(config));
}

Outcome runPsk(ResponderConfig config) {
    return run(pskClient("shared"), std::move(config));
}

} // namespace

class TestRefusals : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void impossibleConfigurations();
    void silenceIsBounded();
    void unverifiedServers_data();
    void unverifiedServers();
    void initErrors_data();
    void initErrors();
    void authErrors_data();
    void authErrors();
    void childErrors_data();
    void childErrors();
    void windowsErrors_data();
    void windowsErrors();
    void wrongPassword();
    void wrongPsk();
    void wrongProofAfterEap();
    void weakGroupsAreNotTaken();
    void endlessCookies();
    void unofferedSuites();
    void noNatTraversal();
    void noAddress();
    void selectorsOutsideTheProposal();
    void unknownPayloads();
    void nonsenseUnderProtection();
    void forgedInitAnswersAreWaitedOut();
};

void TestRefusals::impossibleConfigurations() {
    test::SeededRandom random(1);
    auto client = eapClient(server(), "x");
    client.trust.reset();
    QCOMPARE(Session::create(std::move(client), random).error().code, std::string("tern.ike.no-trust"));
    client = pskClient("x");
    client.requestIpv4 = false;
    client.requestIpv6 = false;
    QVERIFY(!Session::create(std::move(client), random));
    client = pskClient("x");
    client.timers.retransmitTries = 0;
    QVERIFY(!Session::create(std::move(client), random));
}

void TestRefusals::silenceIsBounded() {
    auto config = pskServer();
    config.silentAfter = 0;
    auto outcome = runPsk(config);
    QCOMPARE(outcome.code, std::string("tern.ike.no-answer"));
    QCOMPARE(outcome.sent, std::size_t{7});
    QVERIFY(outcome.took <= seconds(30));
    config.silentAfter = 1;
    outcome = runPsk(config);
    QCOMPARE(outcome.code, std::string("tern.ike.no-answer-4500"));
    QVERIFY(outcome.took <= seconds(31));
}

void TestRefusals::unverifiedServers_data() {
    QTest::addColumn<int>("which");
    QTest::addColumn<QString>("code");
    QTest::newRow("a certificate for another name") << 0 << QStringLiteral("tern.crypto.cert.name");
    QTest::newRow("another authority of the same name") << 1 << QStringLiteral("tern.crypto.cert.forged");
    QTest::newRow("an expired certificate") << 2 << QStringLiteral("tern.crypto.cert.expired");
    QTest::newRow("a certificate not for servers") << 3 << QStringLiteral("tern.crypto.cert.usage");
    QTest::newRow("a signature that does not match") << 4 << QStringLiteral("tern.crypto.signature.invalid");
    QTest::newRow("EAP without AUTH") << 5 << QStringLiteral("tern.ike.auth.server-unproven");
    QTest::newRow("a pre-shared key before EAP") << 6 << QStringLiteral("tern.ike.auth.server-method");
    QTest::newRow("hash and URL") << 7 << QStringLiteral("tern.ike.auth.server-cert-url");
    QTest::newRow("no certificate") << 8 << QStringLiteral("tern.ike.auth.server-cert-missing");
    QTest::newRow("another identity than the profile's") << 9 << QStringLiteral("tern.ike.auth.server-identity");
    QTest::newRow("a signature over another first message") << 10 << QStringLiteral("tern.crypto.signature.invalid");
}

void TestRefusals::unverifiedServers() {
    QFETCH(int, which);
    QFETCH(QString, code);
    auto config = eapServer();
    auto client = eapClient(server(), "Correct-horse-9");
    std::optional<Credentials> own;
    test::CertificateSpec spec;
    spec.names = "DNS:vpn.example.test";
    switch (which) {
    case 0:
        own = Credentials::forName("other.example.test");
        break;
    case 1:
        own = Credentials::forName("vpn.example.test");
        break;
    case 2:
        spec.notBefore = test::now - 10 * test::day;
        spec.notAfter = test::now - test::day;
        own = Credentials::make(spec);
        break;
    case 3:
        spec.extendedUsage = "clientAuth";
        own = Credentials::make(spec);
        break;
    case 4:
        config.wrongAuth = true;
        break;
    case 5:
        config.eapWithoutAuth = true;
        break;
    case 6:
        config.psk = "shared";
        config.pskBeforeEap = true;
        break;
    case 7:
        config.certificateEncoding = 12;
        break;
    case 8:
        config.changeAuth = [](Payloads& payloads) {
            std::erase_if(payloads, [](const Payload& p) { return p.type == PayloadType::Certificate; });
        };
        break;
    case 9:
        client.remoteIdentity = Identity::fromText("gateway.example.test");
        break;
    default:
        // Someone in the middle who changes IKE_SA_INIT: here by one more notification.
        config.changeInit = [](Payloads& payloads) { payloads.push_back(encodeNotify(NotifyType::InitialContact)); };
        config.changeAuth = [](Payloads& payloads) {
            for (auto& payload : payloads) {
                if (payload.type == PayloadType::Auth) {
                    payload = encodeAuth({14, server().sign(base::toBytes("another message"))});
                }
            }
        };
        break;
    }
    if (own) {
        config.credentials = &*own;
        if (which != 1) {
            client.trust = crypto::TrustStore::fromPem(own->authorityPem).value();
        }
    }
    const auto outcome = run(std::move(client), std::move(config));
    QCOMPARE(QString::fromStdString(outcome.code), code);
    QCOMPARE(outcome.eapPackets, 0U); // not even the identity
    QVERIFY(outcome.serverTold);
    QVERIFY(outcome.took < seconds(1));
}

void TestRefusals::initErrors_data() {
    QTest::addColumn<NotifyType>("type");
    QTest::addColumn<QString>("code");
    QTest::newRow("no proposal") << NotifyType::NoProposalChosen << QStringLiteral("tern.ike.proposal");
    QTest::newRow("version") << NotifyType::InvalidMajorVersion << QStringLiteral("tern.ike.version");
    QTest::newRow("syntax") << NotifyType::InvalidSyntax << QStringLiteral("tern.ike.syntax");
    QTest::newRow("unknown") << static_cast<NotifyType>(9999) << QStringLiteral("tern.ike.server-error");
}

void TestRefusals::initErrors() {
    QFETCH(NotifyType, type);
    QFETCH(QString, code);
    auto config = pskServer();
    config.initError = notify(type);
    QCOMPARE(QString::fromStdString(runPsk(config).code), code);
}

void TestRefusals::authErrors_data() {
    QTest::addColumn<NotifyType>("type");
    QTest::addColumn<bool>("psk");
    QTest::addColumn<QString>("code");
    QTest::newRow("PSK refused") << NotifyType::AuthenticationFailed << true << QStringLiteral("tern.ike.auth.psk");
    QTest::newRow("refused") << NotifyType::AuthenticationFailed << false << QStringLiteral("tern.ike.auth.rejected");
    QTest::newRow("no proposal") << NotifyType::NoProposalChosen << true << QStringLiteral("tern.ike.child.proposal");
    QTest::newRow("selectors") << NotifyType::TsUnacceptable << true << QStringLiteral("tern.ike.child.selectors");
    QTest::newRow("address") << NotifyType::InternalAddressFailure << true << QStringLiteral("tern.ike.address");
    QTest::newRow("configuration") << NotifyType::FailedCpRequired << true
                                   << QStringLiteral("tern.ike.config-required");
    QTest::newRow("syntax") << NotifyType::InvalidSyntax << true << QStringLiteral("tern.ike.syntax");
    QTest::newRow("private") << static_cast<NotifyType>(8192) << true << QStringLiteral("tern.ike.server-error");
}

void TestRefusals::authErrors() {
    QFETCH(NotifyType, type);
    QFETCH(bool, psk);
    QFETCH(QString, code);
    auto config = psk ? pskServer() : eapServer();
    config.authError = notify(type);
    const auto outcome = psk ? runPsk(config) : runEap(config);
    QCOMPARE(QString::fromStdString(outcome.code), code);
    QVERIFY(!outcome.serverTold); // it said so itself
}

void TestRefusals::childErrors_data() {
    QTest::addColumn<NotifyType>("type");
    QTest::addColumn<QString>("code");
    QTest::newRow("no proposal") << NotifyType::NoProposalChosen << QStringLiteral("tern.ike.child.proposal");
    QTest::newRow("selectors") << NotifyType::TsUnacceptable << QStringLiteral("tern.ike.child.selectors");
    QTest::newRow("single pair") << NotifyType::SinglePairRequired << QStringLiteral("tern.ike.child.single-pair");
    QTest::newRow("no more") << NotifyType::NoAdditionalSas << QStringLiteral("tern.ike.child.no-more");
    QTest::newRow("busy") << NotifyType::TemporaryFailure << QStringLiteral("tern.ike.child.busy");
    QTest::newRow("address") << NotifyType::InternalAddressFailure << QStringLiteral("tern.ike.address");
}

void TestRefusals::childErrors() {
    QFETCH(NotifyType, type);
    QFETCH(QString, code);
    auto config = pskServer();
    config.childError = notify(type);
    if (type == NotifyType::InternalAddressFailure) {
        config.configuration.clear();
    }
    const auto outcome = runPsk(config);
    QCOMPARE(QString::fromStdString(outcome.code), code);
    QVERIFY(outcome.serverTold); // the IKE SA stands there and must go
}

void TestRefusals::windowsErrors_data() {
    QTest::addColumn<quint32>("number");
    QTest::addColumn<QString>("code");
    QTest::newRow("646") << 646U << QStringLiteral("tern.ike.windows.logon-hours");
    QTest::newRow("647") << 647U << QStringLiteral("tern.ike.windows.account-disabled");
    QTest::newRow("648") << 648U << QStringLiteral("tern.ike.windows.password-expired");
    QTest::newRow("649") << 649U << QStringLiteral("tern.ike.windows.no-permission");
    QTest::newRow("691") << 691U << QStringLiteral("tern.ike.windows.credentials");
    QTest::newRow("812") << 812U << QStringLiteral("tern.ike.windows.policy");
    QTest::newRow("1909") << 1909U << QStringLiteral("tern.ike.windows.account-locked");
    QTest::newRow("13801") << 13801U << QStringLiteral("tern.ike.windows.certificate-unacceptable");
}

void TestRefusals::windowsErrors() {
    QFETCH(quint32, number);
    QFETCH(QString, code);
    base::ByteWriter data;
    data.u32(number);
    auto config = eapServer();
    config.finalError = notify(NotifyType::WindowsError, data.take());
    QCOMPARE(QString::fromStdString(runEap(config).code), code);
    // Beside AUTHENTICATION_FAILED the number says more, wherever it stands.
    base::ByteWriter again;
    again.u32(number);
    config.finalError = notify(NotifyType::AuthenticationFailed);
    config.changeAuth = [payload = encodeNotify(NotifyType::WindowsError, again.view())](Payloads& payloads) {
        if (findNotify(payloads, NotifyType::AuthenticationFailed)) {
            payloads.push_back(payload);
        }
    };
    QCOMPARE(QString::fromStdString(runEap(config).code), code);
    // The sentence names the server, and an unknown number.
    const auto text = base::describe({code.toStdString(), {"vpn.example.test", "13801"}, {}});
    QVERIFY(!text.sentence.contains(QLatin1Char('%')));
}

void TestRefusals::wrongPassword() {
    auto client = eapClient(server(), "Wrong-horse-1");
    const auto outcome = run(std::move(client), eapServer());
    QCOMPARE(outcome.code, std::string("tern.eap.password"));
    QVERIFY(outcome.took < seconds(1));
    // The same from a server that puts AUTHENTICATION_FAILED in the place of EAP-Failure.
    constexpr std::uint8_t failure = 4;
    auto config = eapServer();
    bool replaced = false;
    config.changeAuth = [&replaced](Payloads& payloads) {
        const auto* eap = find(payloads, PayloadType::Eap);
        if (eap != nullptr && !eap->body.empty() && eap->body.front() == failure) {
            payloads = {encodeNotify(NotifyType::AuthenticationFailed)};
            replaced = true;
        }
    };
    QCOMPARE(run(eapClient(server(), "Wrong-horse-1"), config).code, std::string("tern.eap.password"));
    QVERIFY(replaced);
}

void TestRefusals::wrongPsk() {
    QCOMPARE(run(pskClient("another"), pskServer()).code, std::string("tern.ike.auth.psk"));
    auto config = pskServer();
    config.wrongAuth = true; // the server does not know the key
    const auto outcome = runPsk(config);
    QCOMPARE(outcome.code, std::string("tern.ike.auth.psk"));
    QVERIFY(outcome.serverTold);
}

void TestRefusals::wrongProofAfterEap() {
    auto config = eapServer();
    config.wrongFinalAuth = true;
    const auto outcome = runEap(config);
    QCOMPARE(outcome.code, std::string("tern.ike.auth.server-unproven"));
    QVERIFY(outcome.serverTold);
}

void TestRefusals::weakGroupsAreNotTaken() {
    for (const std::uint8_t group : base::Bytes{1, 2, 5, 22, 0}) {
        auto config = pskServer();
        config.initError = notify(NotifyType::InvalidKePayload, {0, group});
        const auto outcome = runPsk(config);
        QCOMPARE(outcome.code, std::string("tern.ike.key-group"));
        QCOMPARE(outcome.sent, std::size_t{1});
    }
}

void TestRefusals::endlessCookies() {
    auto config = pskServer();
    config.initError = notify(NotifyType::Cookie, {0});
    config.changeInit = [count = std::uint8_t{0}](Payloads& payloads) mutable {
        payloads = {encodeNotify(NotifyType::Cookie, base::Bytes{++count})};
    };
    const auto outcome = runPsk(config);
    QCOMPARE(outcome.code, std::string("tern.ike.restarts"));
    QVERIFY(outcome.sent < 10);
}

void TestRefusals::unofferedSuites() {
    auto config = pskServer();
    config.changeInit = [](Payloads& payloads) {
        const Proposal weak{1,
                            ProtocolId::Ike,
                            {},
                            {{TransformType::Encryption, 3, 0},
                             {TransformType::Prf, 2, 0},
                             {TransformType::Integrity, 2, 0},
                             {TransformType::KeyExchange, 19, 0}}};
        payloads.front().body = encodeProposals({weak});
    };
    QCOMPARE(runPsk(config).code, std::string("tern.ike.proposal.unoffered"));
}

void TestRefusals::noNatTraversal() {
    auto config = pskServer();
    config.natDetection = false;
    QCOMPARE(runPsk(config).code, std::string("tern.ike.no-nat-traversal"));
}

void TestRefusals::noAddress() {
    auto config = pskServer();
    config.configuration.clear();
    const auto outcome = runPsk(config);
    QCOMPARE(outcome.code, std::string("tern.ike.no-address"));
    QVERIFY(outcome.serverTold);
}

void TestRefusals::selectorsOutsideTheProposal() {
    auto client = pskClient("shared");
    client.requestIpv6 = false;
    auto config = pskServer();
    config.changeAuth = [](Payloads& payloads) {
        for (auto& payload : payloads) {
            if (payload.type == PayloadType::TrafficSelectorResponder) {
                payload = encodeSelectors(payload.type, everything(false, true));
            }
        }
    };
    QCOMPARE(run(std::move(client), config).code, std::string("tern.ike.child.selectors"));
}

void TestRefusals::unknownPayloads() {
    auto config = pskServer();
    config.extraInAuth = Payload{static_cast<PayloadType>(99), {1, 2, 3}, false};
    QCOMPARE(runPsk(config).code, std::string());
    config.extraInAuth->critical = true;
    const auto outcome = runPsk(config);
    QCOMPARE(outcome.code, std::string("tern.ike.critical"));
}

void TestRefusals::nonsenseUnderProtection() {
    auto config = pskServer();
    config.extraInAuth = Payload{PayloadType::Nonce, {1, 2, 3}, false};
    QCOMPARE(runPsk(config).code, std::string("tern.ike.malformed"));
}

void TestRefusals::forgedInitAnswersAreWaitedOut() {
    // Someone answers faster than the server, with what makes no sense; the session waits for the true answer.
    World world(1, pskClient("shared"), pskServer());
    world.start();
    const auto spi = parseHeader(world.sent().at(0).payload)->initiatorSpi;
    Header header;
    header.initiatorSpi = spi;
    header.responderSpi = 77;
    header.flags = flagResponse;
    for (const Payloads& payloads :
         {Payloads{}, Payloads{encodeNonce(base::Bytes(16, 1))}, Payloads{encodeNotify(NotifyType::Cookie)}}) {
        header.firstPayload = firstType(payloads);
        const auto body = encodePayloads(payloads);
        auto datagram = encodeHeader(header, body.size());
        base::append(datagram, body);
        world.session().receive(world.now(), datagram);
        world.settle();
    }
    QVERIFY(!world.isClosed());
    QVERIFY(world.runUntil([&] { return world.isEstablished(); }));
}

QTEST_APPLESS_MAIN(TestRefusals)
#include "tst_refusals.moc"
