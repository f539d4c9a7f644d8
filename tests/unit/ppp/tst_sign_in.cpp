// Signing in: each protocol, each of its ends, questions to the person, and servers that take their time.
#include "core/crypto/openssl_key.h"
#include "rig.h"
#include "tests/sim/eap_tls_server.h"
#include "tests/unit/crypto/authority.h"

#include <QTest>

using namespace tern;
using namespace tern::ppp;
using namespace tern::test;
using sim::PppServerConfig;

class TestSignIn : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachMethod_data();
    void eachMethod();
    void domainInTheName();
    void asksForPassword();
    void asksForNameToo();
    void wrongPasswordTypedAgain();
    void wrongPasswordWithoutRetry_data();
    void wrongPasswordWithoutRetry();
    void errorNumbers_data();
    void errorNumbers();
    void expiredPassword();
    void refusedNewPassword();
    void serverThatDoesNotKnowThePassword();
    void repeatedChallenge();
    void repeatedChallengeWhileAsking();
    void hungUpWhileAsking();
    void challengedInTheMiddle();
    void challengesWithoutEnd();
    void successOutOfNothing();
    void longWait();
    void longWaitWithPap();
    void waitForThePerson();
    void tooLongForPap();
    void eapTunnels_data();
    void eapTunnels();
    void eapAgain();
    void eapMethodRefused();
    void eapWithoutSuccess();
    void networkBeforeTheEndOfEap();
    void eapRejectedAsProtocol();
    void anotherMethodAfterEap();
};

namespace {
SessionConfig only(Method method) {
    auto config = PppRig::client();
    config.methods = {method};
    return config;
}
PppServerConfig asking(Method method) {
    PppServerConfig config;
    config.offers = {method};
    return config;
}
PppServerConfig refusing(const std::string& words) {
    auto config = asking(Method::MsChapV2);
    config.failure = words;
    return config;
}
} // namespace

void TestSignIn::eachMethod_data() {
    QTest::addColumn<int>("method");
    QTest::addColumn<bool>("hasKey");
    QTest::newRow("PAP") << int(Method::Pap) << false;
    QTest::newRow("CHAP") << int(Method::ChapMd5) << false;
    QTest::newRow("MS-CHAPv2") << int(Method::MsChapV2) << true;
    QTest::newRow("EAP") << int(Method::Eap) << true; // EAP-MSCHAPv2
}
void TestSignIn::eachMethod() {
    QFETCH(const int, method);
    QFETCH(const bool, hasKey);
    PppRig rig(asking(Method(method)), only(Method(method)));
    rig.start();
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.last<Authenticated>()->method, Method(method));
    QCOMPARE(rig.hlak(), base::toHex(rig.server.hlak->view()));
    QCOMPARE(rig.hlak() != std::string(64, '0'), hasKey);
    QCOMPARE(rig.count<Prompt>(), std::size_t{0});
}

// The domain is sent, and left out of what is computed (RFC 2759 §4).
void TestSignIn::domainInTheName() {
    auto config = only(Method::MsChapV2);
    config.username = "CORP\\alice";
    PppRig rig(asking(Method::MsChapV2), std::move(config));
    rig.start();
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.server.name, std::string("CORP\\alice"));
}

void TestSignIn::asksForPassword() {
    for (const auto method : {Method::Pap, Method::ChapMd5, Method::MsChapV2, Method::Eap}) {
        auto config = only(method);
        config.password.reset();
        PppRig rig(asking(method), std::move(config));
        rig.start();
        QCOMPARE(rig.count<Prompt>(), std::size_t{1});
        QCOMPARE(rig.last<Prompt>()->kind, Prompt::Kind::Password);
        QVERIFY(!rig.session->isUp());
        rig.answer("Correct-horse-9");
        QVERIFY(rig.session->isUp());
    }
}

void TestSignIn::asksForNameToo() {
    for (const auto method : {Method::Pap, Method::ChapMd5, Method::MsChapV2, Method::Eap}) {
        auto config = only(method);
        config.username.clear();
        config.password.reset();
        PppRig rig(asking(method), std::move(config));
        rig.start();
        QCOMPARE(rig.count<Prompt>(), std::size_t{1});
        QCOMPARE(rig.last<Prompt>()->kind, Prompt::Kind::Credentials);
        rig.answer("Correct-horse-9", "alice");
        QVERIFY(rig.session->isUp());
    }
}

void TestSignIn::wrongPasswordTypedAgain() {
    auto config = only(Method::MsChapV2);
    config.password = base::SecureBytes(std::string_view("wrong"));
    auto server = asking(Method::MsChapV2);
    server.retries = true;
    PppRig rig(server, std::move(config));
    rig.start();
    QVERIFY(rig.last<Prompt>() && rig.last<Prompt>()->retry);
    QCOMPARE(rig.last<Prompt>()->text, std::string("Access denied"));
    rig.answer("wrong again");
    QCOMPARE(rig.count<Prompt>(), std::size_t{2});
    rig.answer("Correct-horse-9");
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.hlak(), base::toHex(rig.server.hlak->view()));
}

void TestSignIn::wrongPasswordWithoutRetry_data() {
    eachMethod_data();
}
void TestSignIn::wrongPasswordWithoutRetry() {
    QFETCH(const int, method);
    auto config = only(Method(method));
    config.password = base::SecureBytes(std::string_view("wrong"));
    PppRig rig(asking(Method(method)), std::move(config));
    rig.start();
    QCOMPARE(rig.closed(), std::string("tern.eap.password"));
    QVERIFY(!rig.last<Authenticated>());
    QVERIFY(rig.server.isTerminated);
}

void TestSignIn::errorNumbers_data() {
    QTest::addColumn<int>("number");
    QTest::addColumn<QString>("code");
    QTest::newRow("646") << 646 << "tern.eap.logon-hours";
    QTest::newRow("647") << 647 << "tern.eap.account-disabled";
    QTest::newRow("648") << 648 << "tern.eap.password-expired";
    QTest::newRow("649") << 649 << "tern.eap.no-dial-in";
    QTest::newRow("691") << 691 << "tern.eap.password";
    QTest::newRow("709") << 709 << "tern.eap.password-change";
    QTest::newRow("812") << 812 << "tern.eap.error-number";
}
void TestSignIn::errorNumbers() {
    QFETCH(const int, number);
    QFETCH(const QString, code);
    PppRig rig(refusing("E=" + std::to_string(number) + " R=0 C=00112233445566778899AABBCCDDEEFF V=2 M=No"),
               only(Method::MsChapV2));
    rig.start();
    QCOMPARE(QString::fromStdString(rig.closed()), code);
}

void TestSignIn::expiredPassword() {
    auto server = asking(Method::MsChapV2);
    server.isExpired = true;
    PppRig rig(server, only(Method::MsChapV2));
    rig.start();
    QVERIFY(rig.last<Prompt>());
    QCOMPARE(rig.last<Prompt>()->kind, Prompt::Kind::NewPassword);
    rig.answer("Battery-staple-4");
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.server.config.password, std::string("Battery-staple-4"));
    QCOMPARE(rig.hlak(), base::toHex(rig.server.hlak->view()));
    // From here on it is the new one that counts.
    rig.give(rig.server.challengeAgain());
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.closed(), std::string());
}

void TestSignIn::refusedNewPassword() {
    auto server = asking(Method::MsChapV2);
    server.isExpired = true;
    PppRig rig(server, only(Method::MsChapV2));
    rig.start();
    rig.answer("short");
    QCOMPARE(rig.count<Prompt>(), std::size_t{2});
    QCOMPARE(rig.last<Prompt>()->kind, Prompt::Kind::NewPassword);
    QVERIFY(rig.last<Prompt>()->retry);
    QCOMPARE(rig.last<Prompt>()->text, std::string("Too short"));
    rig.answer("Battery-staple-4");
    QVERIFY(rig.session->isUp());
}

void TestSignIn::serverThatDoesNotKnowThePassword() {
    PppRig rig(asking(Method::MsChapV2), only(Method::MsChapV2));
    rig.start();
    QVERIFY(rig.session->isUp());
    const auto challenge = rig.server.challengeAgain();
    rig.isCut = true;
    rig.give(challenge);
    const auto identifier = rig.sent.back()[5];
    rig.give(Protocol::Chap, buildPacket(3, identifier, base::toBytes("S=" + std::string(40, 'A') + " M=Welcome")));
    QCOMPARE(rig.closed(), std::string("tern.eap.server-proof"));
}

void TestSignIn::repeatedChallenge() {
    PppRig rig(asking(Method::MsChapV2), only(Method::MsChapV2));
    rig.start();
    const auto challenge = rig.server.challengeAgain();
    rig.isCut = true;
    rig.give(challenge);
    const auto response = rig.sent.back();
    rig.give(challenge);
    QCOMPARE(rig.sent.back(), response); // the same, not one to count anew
}

void TestSignIn::repeatedChallengeWhileAsking() {
    auto config = only(Method::MsChapV2);
    config.password.reset();
    PppRig rig(asking(Method::MsChapV2), std::move(config));
    rig.start();
    rig.give(rig.server.repeat());
    rig.give(rig.server.repeat());
    rig.give(rig.server.challengeAgain()); // another one, with another identifier
    QCOMPARE(rig.count<Prompt>(), std::size_t{1});
    rig.answer("Correct-horse-9");
    QVERIFY(rig.session->isUp());
}

// pppd allows another try by its words, and hangs up.
void TestSignIn::hungUpWhileAsking() {
    auto config = only(Method::MsChapV2);
    config.password = base::SecureBytes(std::string_view("wrong"));
    auto server = asking(Method::MsChapV2);
    server.retries = true;
    PppRig rig(server, std::move(config));
    rig.start();
    QVERIFY(rig.last<Prompt>());
    rig.give(rig.server.terminate(base::toBytes("Authentication failed")));
    QCOMPARE(rig.closed(), std::string("tern.eap.password"));
}

void TestSignIn::challengedInTheMiddle() {
    for (const auto method : {Method::ChapMd5, Method::MsChapV2}) {
        PppRig rig(asking(method), only(method));
        rig.start();
        rig.give(rig.server.challengeAgain());
        rig.give(rig.server.challengeAgain());
        QVERIFY(rig.session->isUp());
        QCOMPARE(rig.count<Authenticated>(), std::size_t{1});
        QCOMPARE(rig.count<Up>(), std::size_t{1});
        rig.wait(300s);
        QCOMPARE(rig.closed(), std::string());
    }
}

void TestSignIn::challengesWithoutEnd() {
    PppRig rig(asking(Method::MsChapV2), only(Method::MsChapV2));
    rig.start();
    rig.isCut = true;
    for (int i = 0; i < 50 && rig.closed().empty(); ++i) {
        rig.give(rig.server.challengeAgain());
    }
    QCOMPARE(rig.closed(), std::string("tern.eap.too-long"));
}

void TestSignIn::successOutOfNothing() {
    auto config = only(Method::MsChapV2);
    config.password.reset();
    PppRig rig(asking(Method::MsChapV2), std::move(config));
    rig.start();
    rig.give(Protocol::Chap, buildPacket(3, 1, base::toBytes("S=" + std::string(40, '0'))));
    QVERIFY(!rig.last<Authenticated>());
    QCOMPARE(rig.closed(), std::string());
}

// A second factor on another device takes a minute and more.
void TestSignIn::longWait() {
    auto config = only(Method::MsChapV2);
    config.password.reset();
    PppRig rig(asking(Method::MsChapV2), std::move(config));
    rig.start();
    rig.isHeld = true; // what the client sends arrives late
    rig.answer("Correct-horse-9");
    rig.wait(2s);
    QCOMPARE(rig.stage(), Stage::Authenticating);
    rig.wait(2s);
    QCOMPARE(rig.stage(), Stage::Confirming);
    rig.wait(100s);
    QCOMPARE(rig.closed(), std::string());
    rig.releaseHeld();
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.stage(), Stage::Configuring);
}

void TestSignIn::longWaitWithPap() {
    auto config = only(Method::Pap);
    config.password.reset();
    PppRig other(asking(Method::Pap), std::move(config));
    other.start();
    other.isCut = true;
    other.answer("Correct-horse-9");
    const auto frames = other.sent.size();
    other.wait(119s);
    QCOMPARE(other.closed(), std::string());
    QCOMPARE(other.stage(), Stage::Confirming);
    QCOMPARE(other.sent.size(), frames); // a repetition would ring twice
    other.wait(2s);
    QCOMPARE(other.closed(), std::string("tern.ppp.auth.silence"));
}

// The method has ended well, and IPCP says the rest (RFC 3748 §4.2).
void TestSignIn::eapWithoutSuccess() {
    auto server = asking(Method::Eap);
    server.omitsEapSuccess = true;
    PppRig rig(std::move(server), only(Method::Eap));
    rig.start();
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.hlak(), base::toHex(rig.server.hlak->view()));
    QVERIFY(!rig.server.networkBeforeSignIn);
}

// IPCP says nothing while the server has not proved that it knows the password.
void TestSignIn::networkBeforeTheEndOfEap() {
    auto config = only(Method::Eap);
    config.password.reset();
    PppRig rig(asking(Method::Eap), std::move(config));
    rig.start();
    rig.give(ppp::Protocol::Ipcp, ppp::buildPacket(ppp::Code::ConfigureRequest, 1, {}));
    rig.wait(1s);
    QVERIFY(!rig.session->isUp());
    QCOMPARE(rig.count<Authenticated>(), std::size_t{0});
    QVERIFY(!rig.server.networkBeforeSignIn);
}

void TestSignIn::waitForThePerson() {
    auto config = only(Method::Eap);
    config.password.reset();
    PppRig rig(asking(Method::Eap), std::move(config));
    rig.start();
    rig.wait(900s);
    QCOMPARE(rig.closed(), std::string());
    rig.answer("Correct-horse-9");
    QVERIFY(rig.session->isUp());
}

void TestSignIn::tooLongForPap() {
    auto config = only(Method::Pap);
    config.password = base::SecureBytes(std::string(256, 'x'));
    PppRig rig(asking(Method::Pap), std::move(config));
    rig.start();
    QCOMPARE(rig.closed(), std::string("tern.ppp.auth.too-long"));
    QCOMPARE(rig.server.papRequests, 0U);
}

void TestSignIn::eapTunnels_data() {
    QTest::addColumn<int>("type");
    QTest::addColumn<bool>("tls13");
    QTest::newRow("TLS 1.2") << int(eap::MethodType::Tls) << false;
    QTest::newRow("TLS 1.3") << int(eap::MethodType::Tls) << true;
    QTest::newRow("PEAP") << int(eap::MethodType::Peap) << false;
    QTest::newRow("TTLS") << int(eap::MethodType::Ttls) << false;
}
void TestSignIn::eapTunnels() {
    QFETCH(const int, type);
    QFETCH(const bool, tls13);
    const auto credentials = sim::Credentials::forName("radius.example.test", 1);
    auto config = only(Method::Eap);
    config.eap.methods = {eap::MethodType(type)};
    config.eap.tls.trust = *crypto::TrustStore::fromPem(credentials.authorityPem);
    config.eap.tls.time = base::UnixSeconds(test::now);
    config.eap.tls.serverNames = {"radius.example.test"};
    config.eap.tls.newest = tls13 ? crypto::TlsVersion::Tls13 : crypto::TlsVersion::Tls12;
    sim::EapTlsServerConfig tls;
    tls.type = eap::MethodType(type);
    tls.tls13 = tls13;
    tls.credentials = &credentials;
    if (tls.type == eap::MethodType::Tls) {
        const auto authority = test::issue(test::authoritySpec("Client authority"));
        test::CertificateSpec spec;
        spec.commonName = "alice@example.test";
        spec.extendedUsage = "clientAuth";
        auto leaf = test::issue(spec, &authority);
        const auto der = leaf.der();
        config.eap.tls.credentials.push_back({{der}, {}, *crypto::memoryKey(std::move(leaf.key))});
        tls.clientAuthority = authority.pem();
    }
    auto server = asking(Method::Eap);
    SeededRandom random(7);
    server.eap = [&] { return std::make_unique<sim::EapTlsServer>(tls, random); };
    PppRig rig(server, std::move(config));
    rig.start();
    QCOMPARE(rig.closed(), std::string());
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.hlak(), base::toHex(rig.server.hlak->view())); // the first half of the MSK
    QVERIFY(rig.hlak() != std::string(64, '0'));
}

// The whole sign-in once more (RFC 3748 §2.2), with the password that was typed.
void TestSignIn::eapAgain() {
    auto config = only(Method::Eap);
    config.password.reset();
    PppRig rig(asking(Method::Eap), std::move(config));
    rig.start();
    rig.answer("Correct-horse-9");
    QVERIFY(rig.session->isUp());
    SeededRandom random(3);
    sim::EapServer again("alice", "Correct-horse-9", random);
    std::optional<base::Bytes> next = again.begin();
    rig.isCut = true;
    while (next && !again.msk()) {
        rig.give(Protocol::Eap, *next);
        const auto sent = parseFrame(rig.sent.back());
        QCOMPARE(sent.protocol, Protocol::Eap);
        next = again.answer(sent.payload);
    }
    QVERIFY(again.msk());
    rig.give(Protocol::Eap, *next);
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.count<Prompt>(), std::size_t{1});
    QCOMPARE(rig.count<Authenticated>(), std::size_t{1});
}

void TestSignIn::eapMethodRefused() {
    auto config = only(Method::Eap);
    config.eap.methods = {eap::MethodType::Tls};
    PppRig rig(asking(Method::Eap), std::move(config)); // EAP-MSCHAPv2 alone
    rig.start();
    // The server has no answer to our Nak but EAP-Failure.
    rig.give(Protocol::Eap, {4, 9, 0, 4});
    QCOMPARE(rig.closed(), std::string("tern.eap.no-common-method"));
}

void TestSignIn::eapRejectedAsProtocol() {
    auto config = only(Method::Eap);
    config.password.reset();
    PppRig rig(asking(Method::Eap), std::move(config));
    rig.start();
    rig.give(Protocol::Lcp, buildPacket(Code::ProtocolReject, 1, base::Bytes{0xC2, 0x27, 1, 2, 3}));
    QCOMPARE(rig.closed(), std::string());
    rig.wait(31s);
    QCOMPARE(rig.closed(), std::string("tern.ppp.protocol"));
}

// SoftEther after our Nak inside EAP: it rejects EAP as a whole, and asks by LCP for the next of its methods.
void TestSignIn::anotherMethodAfterEap() {
    auto config = PppRig::client(); // EAP and MS-CHAPv2
    config.eap.methods = {eap::MethodType::Tls};
    auto server = PppServerConfig::softEther();
    server.leavesEap = true;
    PppRig rig(server, std::move(config));
    rig.start();
    QCOMPARE(rig.closed(), std::string());
    QVERIFY(rig.session->isUp());
    QCOMPARE(rig.last<Authenticated>()->method, Method::MsChapV2);
    QCOMPARE(rig.hlak(), base::toHex(rig.server.hlak->view()));
}

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_sign_in.moc"
