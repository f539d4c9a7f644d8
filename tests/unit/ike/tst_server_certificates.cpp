// What the server proves itself with: which payloads count, what is told about them, whose name they must hold, and
// that nothing follows before they were checked.
#include "core/crypto/certificate.h"
#include "core/crypto/prf.h"
#include "tests/sim/world.h"

#include <QTest>

using namespace tern;
using namespace tern::ike;
using namespace tern::sim;
using std::chrono::seconds;

Q_DECLARE_METATYPE(tern::ike::Identity)

namespace {

const Credentials& server() {
    static const auto credentials = Credentials::forName("vpn.example.test", 1);
    return credentials;
}

ResponderConfig responder() {
    ResponderConfig config;
    config.credentials = &server();
    return config;
}

SessionConfig client(SessionConfig::CertificateCheck check = SessionConfig::CertificateCheck::None) {
    auto config = eapClient(server(), "Correct-horse-9");
    config.certificateCheck = check;
    return config;
}

bool over(const World& world) {
    return world.isClosed() || world.isEstablished();
}

// The code of the end, "" when it was established.
std::string outcome(SessionConfig config, ResponderConfig peer) {
    World world(1, std::move(config), std::move(peer));
    world.start();
    world.runUntil([&] { return over(world); });
    return world.isEstablished() ? std::string() : world.errorCode();
}

Payload certificate(std::uint8_t encoding, base::Bytes data) {
    return encodeCertificate({encoding, std::move(data)});
}

bool asksForOcsp(const Responder& peer) {
    for (const auto& request : peer.requestsSeen()) {
        for (const auto& payload : request) {
            if (payload.type == PayloadType::CertificateRequest && payload.body == base::Bytes{certificateOcsp}) {
                return true;
            }
        }
    }
    return false;
}

} // namespace

class TestServerCertificates : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void identities_data();
    void identities();
    void nameOfTheProfile();
    void otherEncodings();
    void leafMustComeFirst();
    void tooMany();
    void toldWhenGood();
    void toldWhenRefused();
    void pins();
    void checkIsAwaited();
    void checkRefuses();
    void redirectAwaitsCheck();
    void checkIsBounded();
    void closeWhileChecked();
};

void TestServerCertificates::identities_data() {
    QTest::addColumn<Identity>("identity");
    QTest::newRow("FQDN") << Identity::fromText("vpn.example.test");
    QTest::newRow("another FQDN") << Identity::fromText("internal.example");
    QTest::newRow("IPv4") << Identity::fromText("192.0.2.1");
    QTest::newRow("IPv6") << Identity::fromText("2001:db8::1");
    QTest::newRow("rfc822") << Identity::fromText("admin@example.test");
    const auto name = base::fromHex("30163114301206035504030c0b76706e2e6578616d706c65");
    QTest::newRow("DER_ASN1_DN") << Identity{IdType::DerAsn1Dn, name};
    QTest::newRow("DER_ASN1_DN, nonsense") << Identity{IdType::DerAsn1Dn, {1, 2, 3}};
    QTest::newRow("KEY_ID") << Identity{IdType::KeyId, {0, 255, 7}};
}

void TestServerCertificates::identities() {
    QFETCH(Identity, identity);
    auto peer = responder();
    peer.identity = identity;
    QCOMPARE(outcome(client(), peer), std::string());
    // What the server calls itself does not help a certificate of another name.
    static const auto other = Credentials::forName("internal.example");
    peer.credentials = &other;
    auto config = client();
    config.trust = crypto::TrustStore::fromPem(other.authorityPem).value();
    QCOMPARE(outcome(std::move(config), peer), std::string("tern.crypto.cert.name"));
}

void TestServerCertificates::nameOfTheProfile() {
    auto config = client();
    config.serverName = "192.0.2.77";
    QCOMPARE(outcome(std::move(config), responder()), std::string("tern.crypto.cert.name"));
    config = client();
    config.serverName = "192.0.2.77";
    config.certificateName = "vpn.example.test";
    config.remoteIdentity = Identity::fromText("vpn.example.test");
    QCOMPARE(outcome(std::move(config), responder()), std::string());
    // It counts more than the identity that is asked for.
    config = client();
    config.certificateName = "elsewhere.example";
    config.remoteIdentity = Identity::fromText("vpn.example.test");
    QCOMPARE(outcome(std::move(config), responder()), std::string("tern.crypto.cert.name"));
}

void TestServerCertificates::otherEncodings() {
    auto peer = responder();
    // PKCS #7, PGP, DNSSEC, raw keys, hash and URL, and numbers nobody has given out.
    for (const int encoding : {0, 1, 2, 3, 6, 8, 9, 10, 11, 12, 13, 15, 200, 255}) {
        peer.extraInAuth = certificate(static_cast<std::uint8_t>(encoding), {1, 2, 3, 4});
        QCOMPARE(outcome(client(), peer), std::string());
    }
    peer.extraInAuth.reset();
    for (const auto encoding : {certificateHashAndUrl, certificateHashAndUrlBundle}) {
        peer.certificateEncoding = encoding;
        QCOMPARE(outcome(client(), peer), std::string("tern.ike.auth.server-cert-url"));
    }
    peer.certificateEncoding = 11;
    QCOMPARE(outcome(client(), peer), std::string("tern.ike.auth.server-cert-missing"));
}

void TestServerCertificates::leafMustComeFirst() {
    auto peer = responder();
    peer.changeAuth = [](Payloads& payloads) {
        Payloads reversed;
        for (const auto& payload : payloads) {
            const bool first = payload.type == PayloadType::Certificate;
            reversed.insert(first ? reversed.begin() : reversed.end(), payload);
        }
        payloads = reversed;
    };
    // RFC 7296 §3.6: the first certificate holds the key that signed.
    QVERIFY(outcome(client(), peer).starts_with("tern.crypto."));
}

void TestServerCertificates::tooMany() {
    auto peer = responder();
    for (const std::uint8_t encoding : {certificateX509, certificateOcsp, certificateCrl}) {
        peer.changeAuth = [encoding](Payloads& payloads) {
            if (find(payloads, PayloadType::Certificate) != nullptr) {
                for (int i = 0; i < 17; ++i) {
                    payloads.push_back(certificate(encoding, {1, 2, 3}));
                }
            }
        };
        QCOMPARE(outcome(client(), peer), std::string("tern.ike.malformed"));
    }
}

void TestServerCertificates::toldWhenGood() {
    auto peer = responder();
    peer.extraInAuth = certificate(certificateOcsp, {1, 2, 3});
    World world(1, client(), peer);
    world.start();
    world.runUntil([&] { return over(world); });
    QVERIFY(world.isEstablished());
    QCOMPARE(world.certificates().size(), std::size_t{1});
    const auto& shown = world.certificates().front();
    QCOMPARE(shown.sent, server().chain);
    QCOMPARE(shown.chain.size(), std::size_t{3}); // with the root
    QCOMPARE(shown.chain.front(), server().chain.front());
    QCOMPARE(shown.expectedName, std::string("vpn.example.test"));
    QCOMPARE(shown.ocspResponses, (std::vector<base::Bytes>{{1, 2, 3}}));
    QVERIFY(!shown.refusal && !shown.awaitsCheck);
    QVERIFY(!asksForOcsp(world.responder()));
}

void TestServerCertificates::toldWhenRefused() {
    auto config = client();
    config.serverName = "other.example.test";
    World world(1, std::move(config), responder());
    world.start();
    world.runUntil([&] { return over(world); });
    QCOMPARE(world.errorCode(), std::string("tern.crypto.cert.name"));
    QCOMPARE(world.certificates().size(), std::size_t{1});
    const auto& shown = world.certificates().front();
    QCOMPARE(shown.sent, server().chain);
    QVERIFY(shown.chain.empty());
    QCOMPARE(shown.refusal->code, std::string("tern.crypto.cert.name"));
    QCOMPARE(shown.refusal->args.at(0), std::string("other.example.test"));
    QCOMPARE(shown.refusal->args.at(1), std::string("vpn.example.test"));
}

void TestServerCertificates::pins() {
    auto config = client();
    config.pins = {base::Bytes(32)};
    QCOMPARE(outcome(std::move(config), responder()), std::string("tern.crypto.cert.pin"));
    const auto leaf = crypto::Certificate::fromDer(server().chain.front());
    config = client();
    config.pins = {base::Bytes(32), crypto::digest(crypto::Hash::Sha256, {leaf->publicKey})};
    QCOMPARE(outcome(std::move(config), responder()), std::string());
}

void TestServerCertificates::checkIsAwaited() {
    World world(1, client(SessionConfig::CertificateCheck::Awaited), responder());
    world.start();
    world.runUntil([&] { return !world.certificates().empty() || over(world); });
    QVERIFY(world.certificates().front().awaitsCheck);
    QVERIFY(asksForOcsp(world.responder()));
    world.runFor(seconds(8));
    QVERIFY(!over(world));
    QCOMPARE(world.responder().eapPacketsSeen(), 0U); // nothing of ours has left
    QVERIFY(world.prompts().empty());
    world.session().certificatesChecked(world.now(), std::nullopt);
    world.settle();
    QVERIFY(world.runUntil([&] { return world.isEstablished(); }));
    QCOMPARE(world.disagreement(), std::string());
    // A second answer changes nothing.
    world.session().certificatesChecked(world.now(), base::Error{"tern.crypto.cert.revoked", {}, {}});
    world.settle();
    QVERIFY(!world.isClosed());
}

void TestServerCertificates::checkRefuses() {
    World world(1, client(SessionConfig::CertificateCheck::Awaited), responder());
    world.start();
    world.runUntil([&] { return !world.certificates().empty(); });
    world.session().certificatesChecked(world.now(), base::Error{"tern.crypto.cert.revoked", {}, {}});
    world.settle();
    QCOMPARE(world.errorCode(), std::string("tern.crypto.cert.revoked"));
    world.runFor(seconds(5));
    QCOMPARE(world.responder().eapPacketsSeen(), 0U);
    QVERIFY(findNotify(world.responder().requestsSeen().back(), NotifyType::AuthenticationFailed).has_value());
}

void TestServerCertificates::redirectAwaitsCheck() {
    for (const bool beforeEap : {true, false}) {
        for (const bool revoked : {true, false}) {
            auto config = responder();
            config.redirectInAuth = RedirectTarget{std::nullopt, "other.example.test"};
            config.redirectBeforeEap = beforeEap;
            World world(1, client(SessionConfig::CertificateCheck::Awaited), std::move(config));
            world.start();
            world.runUntil([&] { return !world.certificates().empty(); });
            world.settle();
            QVERIFY(world.redirects().empty());
            QVERIFY(!world.isClosed());
            world.session().certificatesChecked(
                world.now(),
                revoked ? std::make_optional(base::Error{"tern.crypto.cert.revoked", {}, {}}) : std::nullopt);
            world.settle();
            QVERIFY(world.runUntil([&] { return world.isClosed(); }));
            QCOMPARE(world.errorCode(), std::string(revoked ? "tern.crypto.cert.revoked" : "tern.ike.redirected"));
            QCOMPARE(world.redirects().empty(), revoked);
        }
    }
}

void TestServerCertificates::checkIsBounded() {
    World world(1, client(SessionConfig::CertificateCheck::Awaited), responder());
    world.start();
    world.runUntil([&] { return !world.certificates().empty(); });
    const auto asked = world.now();
    QVERIFY(world.runUntil([&] { return over(world); }));
    QCOMPARE(world.errorCode(), std::string("tern.crypto.cert.unchecked"));
    QVERIFY(world.now() - asked <= seconds(16));
    QCOMPARE(world.responder().eapPacketsSeen(), 0U);
}

void TestServerCertificates::closeWhileChecked() {
    World world(1, client(SessionConfig::CertificateCheck::Awaited), responder());
    world.start();
    world.runUntil([&] { return !world.certificates().empty(); });
    world.session().close(world.now());
    world.settle();
    QVERIFY(world.runUntil([&] { return world.isClosed(); }, seconds(5)));
    QCOMPARE(world.errorCode(), std::string());
    world.session().certificatesChecked(world.now(), std::nullopt);
    world.settle();
    QCOMPARE(world.responder().eapPacketsSeen(), 0U);
}

QTEST_APPLESS_MAIN(TestServerCertificates)
#include "tst_server_certificates.moc"
