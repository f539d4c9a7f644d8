// Signing in with a certificate, and with EAP after it (RFC 4739), against a responder that checks both.
#include "core/base/byte_io.h"
#include "core/crypto/openssl_key.h"
#include "tests/sim/world.h"

#include <QTest>

using namespace tern;
using namespace tern::ike;
using namespace tern::sim;
using std::chrono::seconds;
using test::KeyKind;

namespace {

const Credentials& server() {
    static const auto credentials = Credentials::forName("vpn.example.test");
    return credentials;
}

// An authority for clients, with one between it and them.
struct ClientAuthority {
    test::Issued root = test::issue(test::authoritySpec("Client root"));
    test::Issued issuing = test::issue(test::authoritySpec("Client issuing"), &root);
};
const ClientAuthority& authority() {
    static const ClientAuthority made;
    return made;
}

test::CertificateSpec clientSpec(KeyKind kind = KeyKind::Ec256) {
    test::CertificateSpec spec;
    spec.commonName = "alice";
    spec.names = "email:alice@example.test";
    spec.extendedUsage = "clientAuth";
    spec.key = kind;
    return spec;
}

crypto::Credential credential(const test::CertificateSpec& spec, const test::Issued& issuer) {
    auto leaf = test::issue(spec, &issuer);
    crypto::Material material;
    material.certificates = {leaf.der(), issuer.der()};
    material.keys.push_back(*crypto::memoryKey(std::move(leaf.key)));
    return crypto::assemble(std::move(material))->front();
}

crypto::Credential alice(KeyKind kind = KeyKind::Ec256) {
    return credential(clientSpec(kind), authority().issuing);
}

SessionConfig client(std::vector<crypto::Credential> credentials, std::optional<std::string> password = std::nullopt) {
    auto config = eapClient(server(), "");
    CertificateAuthentication certificate;
    certificate.credentials = std::move(credentials);
    if (password) {
        certificate.then.emplace();
        certificate.then->username = "alice";
        certificate.then->password = base::SecureBytes(std::string_view(*password));
    }
    config.authentication = std::move(certificate);
    return config;
}

ResponderConfig responder() {
    ResponderConfig config;
    config.credentials = &server();
    config.clients.emplace();
    config.clients->authorityPem = authority().root.pem();
    return config;
}

std::string run(World& world) {
    world.start();
    world.runUntil([&] { return world.isClosed() || world.isEstablished(); }, seconds(200));
    return world.isEstablished() ? "established" : world.errorCode();
}

const Payloads& firstRequest(World& world) {
    return world.responder().requestsSeen().front();
}

} // namespace

class TestCertificate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void connects_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("digital");
        QTest::addColumn<int>("method");
        QTest::newRow("RSA") << static_cast<int>(KeyKind::Rsa2048) << true << 14;
        QTest::newRow("RSA, SHA-1") << static_cast<int>(KeyKind::Rsa2048) << false << 1;
        QTest::newRow("RSA-PSS") << static_cast<int>(KeyKind::RsaPss) << true << 14;
        QTest::newRow("P-256") << static_cast<int>(KeyKind::Ec256) << true << 14;
        QTest::newRow("P-256, RFC 4754") << static_cast<int>(KeyKind::Ec256) << false << 9;
        QTest::newRow("P-384, RFC 4754") << static_cast<int>(KeyKind::Ec384) << false << 10;
        QTest::newRow("P-521, RFC 4754") << static_cast<int>(KeyKind::Ec521) << false << 11;
        QTest::newRow("Ed25519") << static_cast<int>(KeyKind::Ed25519) << true << 14;
    }
    void connects() {
        QFETCH(int, kind);
        QFETCH(bool, digital);
        QFETCH(int, method);
        auto config = responder();
        if (!digital) {
            config.clients->hashes.clear();
        }
        World world(1, client({alice(static_cast<KeyKind>(kind))}), config);
        QCOMPARE(run(world), std::string("established"));
        QVERIFY(world.runUntil([&] { return world.disagreement().empty(); }));
        QCOMPARE(world.established()->peerChain, server().chain);
        const auto& request = firstRequest(world);
        QCOMPARE(static_cast<int>(parseAuth(*find(request, PayloadType::Auth))->method), method);
        const auto identity = parseIdentity(*find(request, PayloadType::IdInitiator));
        QCOMPARE(static_cast<int>(identity->type), static_cast<int>(IdType::DerAsn1Dn));
        QCOMPARE(identity->text(), std::string("CN=alice"));
        QCOMPARE(std::count_if(request.begin(), request.end(),
                               [](const Payload& payload) { return payload.type == PayloadType::Certificate; }),
                 2);
        QCOMPARE(world.responder().eapPacketsSeen(), 0U);
    }

    void identityOfTheProfile() {
        auto config = client({alice()});
        config.localIdentity = Identity::fromText("alice@example.test");
        World world(1, std::move(config), responder());
        QCOMPARE(run(world), std::string("established"));
        QCOMPARE(*parseIdentity(*find(firstRequest(world), PayloadType::IdInitiator)),
                 Identity::fromText("alice@example.test"));
    }

    void ed25519NeedsANewServer() {
        auto config = responder();
        config.clients->hashes = {2, 3, 4};
        World world(1, client({alice(KeyKind::Ed25519)}), config);
        QCOMPARE(run(world), std::string("tern.crypto.key.no-method"));
        QVERIFY(world.responder().requestsSeen().empty() || find(firstRequest(world), PayloadType::Auth) == nullptr);
    }

    void refusedByTheServer() {
        const auto stranger = test::issue(test::authoritySpec("Stranger"));
        World world(1, client({credential(clientSpec(), stranger)}), responder());
        QCOMPARE(run(world), std::string("tern.ike.auth.certificate"));
    }

    void expiredIsNotEvenSent() {
        auto spec = clientSpec();
        spec.notAfter = test::now - 1;
        World world(1, client({credential(spec, authority().issuing)}), responder());
        QCOMPARE(run(world), std::string("tern.crypto.key.expired"));
        for (const auto& request : world.responder().requestsSeen()) {
            QVERIFY(find(request, PayloadType::Certificate) == nullptr);
        }
    }

    void theServersRequestChooses() {
        const auto other = test::issue(test::authoritySpec("Other"));
        auto bob = clientSpec();
        bob.commonName = "bob";
        const auto wrong = credential(bob, other);
        auto config = responder();
        const auto right = alice();
        config.clients->request = right.issuerKeys.front();
        World world(1, client({wrong, right}), config);
        QCOMPARE(run(world), std::string("established"));
        // Without a wish the first is taken, and refused here.
        World without(1, client({wrong, right}), responder());
        QCOMPARE(run(without), std::string("tern.ike.auth.certificate"));
    }

    void aServerThatCannotProveItself() {
        auto config = responder();
        config.wrongAuth = true;
        World world(1, client({alice()}), config);
        QCOMPARE(run(world), std::string("tern.crypto.signature.invalid"));
        QVERIFY(world.children().empty());
    }

    void needsTrustAndACredential() {
        test::SeededRandom random(1);
        auto config = client({alice()});
        config.trust.reset();
        QCOMPARE(Session::create(std::move(config), random).error().code, std::string("tern.ike.no-trust"));
        QCOMPARE(Session::create(client({}), random).error().code, std::string("tern.crypto.key.none"));
    }

    // ---- RFC 4739 ----

    void certificateThenEap() {
        auto config = responder();
        config.clients->thenEap = true;
        World world(1, client({alice()}, "Correct-horse-9"), config);
        QCOMPARE(run(world), std::string("established"));
        QVERIFY(world.runUntil([&] { return world.disagreement().empty(); }));
        QVERIFY(world.responder().eapPacketsSeen() >= 2);
        const auto& second = world.responder().requestsSeen().at(1);
        QCOMPARE(*parseIdentity(*find(second, PayloadType::IdInitiator)), Identity::fromText("alice"));
        QVERIFY(find(second, PayloadType::SecurityAssociation) == nullptr);
        QCOMPARE(world.established()->peer, Identity::fromText("vpn.example.test"));
    }

    void certificateThenWrongPassword() {
        auto config = responder();
        config.clients->thenEap = true;
        World world(1, client({alice()}, "wrong"), config);
        world.start();
        QVERIFY(world.runUntil([&] { return !world.prompts().empty() || world.isClosed(); }, seconds(200)));
        // The same words as without a certificate: the password is what was wrong.
        QVERIFY(!world.prompts().empty() || world.errorCode() == "tern.eap.password");
    }

    void wrongCertificateThenEap() {
        auto config = responder();
        config.clients->thenEap = true;
        const auto stranger = test::issue(test::authoritySpec("Stranger"));
        World world(1, client({credential(clientSpec(), stranger)}, "Correct-horse-9"), config);
        QCOMPARE(run(world), std::string("tern.ike.auth.certificate"));
        QCOMPARE(world.responder().eapPacketsSeen(), 0U);
    }

    void aServerWithoutMultipleAuthentication() {
        auto config = responder();
        config.clients->multiple = false;
        World world(1, client({alice()}, "Correct-horse-9"), config);
        QCOMPARE(run(world), std::string("tern.ike.auth.one-method"));
        World single(1, client({alice()}), config);
        QCOMPARE(run(single), std::string("established"));
        QVERIFY(!findNotify(firstRequest(single), NotifyType::MultipleAuthSupported));
    }

    void theServerTwice_data() {
        QTest::addColumn<bool>("eap");
        QTest::newRow("certificate") << false;
        QTest::newRow("certificate and EAP") << true;
    }
    void theServerTwice() {
        QFETCH(bool, eap);
        auto config = responder();
        config.clients->thenEap = eap;
        config.clients->second = &server();
        const auto password = eap ? std::make_optional<std::string>("Correct-horse-9") : std::nullopt;
        World world(1, client({alice()}, password), config);
        QCOMPARE(run(world), std::string("established"));
        QVERIFY(world.runUntil([&] { return world.disagreement().empty(); }));
        const auto stranger = Credentials::forName("vpn.example.test");
        config.clients->second = &stranger;
        World untrusted(1, client({alice()}, password), config);
        QCOMPARE(run(untrusted), std::string("tern.crypto.cert.forged")); // another authority of the same name
        QVERIFY(untrusted.children().empty());
        config.clients->second = nullptr;
        config.clients->secondNever = true;
        World never(1, client({alice()}, password), config);
        QCOMPARE(run(never), std::string("tern.ike.auth.server-unproven"));
    }

    // What is lost, doubled and out of order changes nothing.
    void overABadNetwork() {
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            auto config = responder();
            config.clients->thenEap = seed % 2 == 0;
            config.clients->second = seed % 3 == 0 ? &server() : nullptr;
            const auto password = seed % 2 == 0 ? std::make_optional<std::string>("Correct-horse-9") : std::nullopt;
            World world(seed, client({alice()}, password), config, {0.1, 0.2, 0.02, false, {}});
            const auto end = run(world);
            QVERIFY2(end == "established", (end + " with seed " + std::to_string(seed)).c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestCertificate)
#include "tst_certificate.moc"
