// EAP methods inside IKE_AUTH: with and without a key, with prompts, and with a server that takes its time.
#include "tests/sim/eap_tls_server.h"
#include "tests/sim/world.h"

#include <QTest>
#include <algorithm>

using namespace tern;
using namespace tern::ike;
using namespace tern::sim;
using std::chrono::seconds;

namespace {

const Credentials& server() {
    static const auto credentials = Credentials::forName("vpn.example.test");
    return credentials;
}

const Credentials& radius() {
    static const auto credentials = Credentials::forName("radius.example.test");
    return credentials;
}

SessionConfig client(eap::MethodType method, std::vector<eap::Inner> inner = {eap::Inner::EapMsChapV2}) {
    auto config = eapClient(server(), "Correct-horse-9");
    auto& settings = std::get<EapAuthentication>(config.authentication).settings;
    settings.methods = {method};
    settings.inner = std::move(inner);
    settings.tls.trust = *crypto::TrustStore::fromPem(radius().authorityPem);
    settings.tls.serverNames = {"radius.example.test"};
    settings.tls.time = base::UnixSeconds(test::now);
    return config;
}

ResponderConfig responder(std::function<std::unique_ptr<EapResponder>(base::RandomSource&)> make = {}) {
    ResponderConfig config;
    config.credentials = &server();
    config.eapServer = std::move(make);
    return config;
}

std::function<std::unique_ptr<EapResponder>(base::RandomSource&)> gtc(std::vector<GtcServer::Step> steps) {
    return [steps = std::move(steps)](base::RandomSource&) { return std::make_unique<GtcServer>(steps); };
}

std::function<std::unique_ptr<EapResponder>(base::RandomSource&)> tunnel(eap::MethodType type, eap::Inner inner) {
    return [type, inner](base::RandomSource& random) {
        EapTlsServerConfig config;
        config.type = type;
        config.inner = inner;
        config.credentials = &radius();
        return std::make_unique<EapTlsServer>(config, random);
    };
}

bool comesUp(World& world) {
    world.start();
    return world.runUntil([&] { return world.isEstablished() || world.isClosed(); }) && world.isEstablished();
}

} // namespace

class TestEapMethods : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutAKey();
    void tunnels_data();
    void tunnels();
    void untrustedEapServer();
    void code();
    void newPassword();
    void secondFactorIsWaitedFor();
    void outerIdentityIsWhatIsSeen();
};

// RFC 7296 §2.16: SK_pi and SK_pr stand in for the key that GTC and MD5 do not make.
void TestEapMethods::withoutAKey() {
    World byGtc(1, client(eap::MethodType::Gtc), responder(gtc({{"Password: ", "Correct-horse-9"}})));
    QVERIFY2(comesUp(byGtc), byGtc.errorCode().c_str());
    World byMd5(1, client(eap::MethodType::Md5),
                responder([](base::RandomSource&) { return std::make_unique<Md5Server>("Correct-horse-9"); }));
    QVERIFY2(comesUp(byMd5), byMd5.errorCode().c_str());
    auto lying = responder(gtc({{"Password: ", "Correct-horse-9"}}));
    lying.wrongFinalAuth = true;
    World wrong(1, client(eap::MethodType::Gtc), std::move(lying));
    QVERIFY(!comesUp(wrong));
    QCOMPARE(QString::fromStdString(wrong.errorCode()), QStringLiteral("tern.ike.auth.server-unproven"));
}

void TestEapMethods::tunnels_data() {
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("inner");
    QTest::newRow("TTLS PAP") << int(eap::MethodType::Ttls) << int(eap::Inner::Pap);
    QTest::newRow("TTLS MSCHAPv2") << int(eap::MethodType::Ttls) << int(eap::Inner::MsChapV2);
    QTest::newRow("PEAP") << int(eap::MethodType::Peap) << int(eap::Inner::EapMsChapV2);
}

void TestEapMethods::tunnels() {
    QFETCH(int, type);
    QFETCH(int, inner);
    World world(1, client(eap::MethodType(type), {eap::Inner(inner)}),
                responder(tunnel(eap::MethodType(type), eap::Inner(inner))));
    QVERIFY2(comesUp(world), world.errorCode().c_str());
    QVERIFY(world.prompts().empty());
}

void TestEapMethods::untrustedEapServer() {
    auto config = client(eap::MethodType::Peap);
    auto& tls = std::get<EapAuthentication>(config.authentication).settings.tls;
    tls.trust = *crypto::TrustStore::fromPem(server().authorityPem);
    World world(1, std::move(config), responder(tunnel(eap::MethodType::Peap, eap::Inner::EapMsChapV2)));
    QVERIFY(!comesUp(world));
    QCOMPARE(QString::fromStdString(world.errorCode()), QStringLiteral("tern.crypto.cert.untrusted"));
}

void TestEapMethods::code() {
    World world(1, client(eap::MethodType::Gtc),
                responder(gtc({{"Password: ", "Correct-horse-9"}, {"Enter your code", "123456"}})));
    world.start();
    QVERIFY(world.runUntil([&] { return !world.prompts().empty() || world.isClosed(); }));
    QVERIFY(world.prompts().front().kind == Prompt::Kind::Code);
    QCOMPARE(world.prompts().front().text, std::string("Enter your code"));
    // A person may take longer than the server is given for an answer.
    world.runFor(seconds(50));
    QVERIFY(!world.isClosed());
    world.session().answer(world.now(), {}, base::SecureBytes(std::string_view("123456")));
    world.settle();
    QVERIFY(world.runUntil([&] { return world.isEstablished() || world.isClosed(); }));
    QVERIFY2(world.isEstablished(), world.errorCode().c_str());
}

void TestEapMethods::newPassword() {
    World world(1, client(eap::MethodType::MsChapV2), responder([](base::RandomSource& random) {
                    auto made = std::make_unique<EapServer>("alice", "Correct-horse-9", random);
                    made->expirePassword();
                    return made;
                }));
    world.start();
    QVERIFY(world.runUntil([&] { return !world.prompts().empty() || world.isClosed(); }));
    QVERIFY(world.prompts().front().kind == Prompt::Kind::NewPassword);
    world.session().answer(world.now(), {}, base::SecureBytes(std::string_view("Brand-new-1")));
    world.settle();
    QVERIFY(world.runUntil([&] { return world.isEstablished() || world.isClosed(); }));
    QVERIFY2(world.isEstablished(), world.errorCode().c_str());
}

// The server falls silent behind the answer to its challenge: it waits for a person somewhere else.
void TestEapMethods::secondFactorIsWaitedFor() {
    auto config = responder();
    config.silentAfter = 3; // IKE_SA_INIT, the first IKE_AUTH, the identity
    World world(1, client(eap::MethodType::MsChapV2), std::move(config));
    world.start();
    const auto said = [&](Stage stage) {
        return std::find(world.stages().begin(), world.stages().end(), stage) != world.stages().end();
    };
    world.runFor(seconds(2));
    QVERIFY(!said(Stage::Confirming));
    world.runFor(seconds(6));
    QVERIFY(said(Stage::Confirming));
    world.runFor(seconds(100));
    QVERIFY(!world.isClosed());
    world.runFor(seconds(30));
    QVERIFY(world.isClosed());
}

void TestEapMethods::outerIdentityIsWhatIsSeen() {
    auto config = client(eap::MethodType::Peap);
    std::get<EapAuthentication>(config.authentication).settings.outerIdentity = "anonymous@example.test";
    World world(1, std::move(config), responder(tunnel(eap::MethodType::Peap, eap::Inner::EapMsChapV2)));
    QVERIFY2(comesUp(world), world.errorCode().c_str());
    const auto& requests = world.responder().requestsSeen();
    const auto first = std::find_if(requests.begin(), requests.end(), [](const Payloads& payloads) {
        return find(payloads, PayloadType::IdInitiator) != nullptr;
    });
    QVERIFY(first != requests.end());
    const auto identity = parseIdentity(*find(*first, PayloadType::IdInitiator));
    QCOMPARE(identity->text(), std::string("anonymous@example.test"));
    for (const auto& payloads : requests) {
        for (const auto& payload : payloads) {
            QVERIFY(base::toText(payload.body).find("alice") == std::string::npos);
        }
    }
}

QTEST_GUILESS_MAIN(TestEapMethods)
#include "tst_eap_methods.moc"
