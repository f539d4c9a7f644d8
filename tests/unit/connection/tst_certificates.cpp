// What a connection does about the server's certificates: who is asked, what follows from the answer, what is shown.
#include "tests/unit/connection/fakes.h"
#include "tests/unit/crypto/authority.h"

#include <QTest>

using namespace tern;
using namespace tern::connection;
using namespace tern::connection::test;

namespace {

class FakeChecker final : public RevocationChecker {
public:
    [[nodiscard]] std::unique_ptr<Pending> check(RevocationQuestion question, Done done) override {
        questions.push_back(std::move(question));
        answer = std::move(done);
        return nullptr;
    }
    std::vector<RevocationQuestion> questions;
    Done answer;
};

RevocationAnswer answered(crypto::RevocationState state) {
    RevocationAnswer answer;
    answer.verdict.state = state;
    answer.source = "ocsp";
    if (state == crypto::RevocationState::Unknown) {
        answer.source.clear();
        answer.reason = base::Error{"tern.engine.fetch-failed", {"http://a/"}, "http://a/: gone"};
    }
    return answer;
}

struct Trial {
    Trial() {
        const auto root = tern::test::issue(tern::test::authoritySpec("Root"));
        tern::test::CertificateSpec spec;
        spec.names = "DNS:vpn.example.org";
        const auto leaf = tern::test::issue(spec, &root);
        certificates.sent = {leaf.der()};
        certificates.chain = {leaf.der(), root.der()};
        certificates.expectedName = "vpn.example.org";
        certificates.awaitsCheck = true;
    }
    void begin(bool withChecker = true) {
        world.connection = std::make_unique<Connection>(
            Request{world.profile, {}, std::nullopt},
            Environment{world.reactor, world.resolver, world.host, world.credentials, world.parts, world.random,
                        world.surroundings, withChecker ? &checker : nullptr},
            world.listener);
        world.connection->start();
        world.host.grant();
        world.resolver.answer({"203.0.113.5"});
        world.giveSocket();
        world.ikePuts(ike::Progress{ike::Stage::Verifying}, certificates);
    }
    [[nodiscard]] const CertificateReport& report() const { return *world.connection->status().certificates; }

    World world;
    FakeChecker checker;
    ike::ServerCertificates certificates;
};

} // namespace

class TestCertificates : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void good();
    void revoked_data();
    void revoked();
    void unknown();
    void off();
    void nobodyToAsk();
    void onlyTheCacheWhileReconnecting();
    void refusedBefore();
    void settings();
    void badPin();
    void lateAnswer();
};

void TestCertificates::good() {
    Trial trial;
    trial.certificates.ocspResponses = {{1}};
    trial.certificates.crls = {{2}};
    trial.begin();
    QCOMPARE(trial.report().revocation, std::string("pending"));
    QCOMPARE(trial.checker.questions.size(), 1U);
    const auto& question = trial.checker.questions.front();
    QCOMPARE(question.chain, trial.certificates.chain);
    QCOMPARE(question.ocspResponses, trial.certificates.ocspResponses);
    QCOMPARE(question.crls, trial.certificates.crls);
    QVERIFY(question.fetching == RevocationQuestion::Fetching::Allowed);
    QVERIFY(trial.world.ike().checked.empty());
    trial.checker.answer({answered(crypto::RevocationState::Good)});
    QCOMPARE(trial.world.ike().checked, std::vector<std::string>{""});
    QVERIFY(trial.report().verified && !trial.report().refusal);
    QCOMPARE(trial.report().revocation, std::string("good"));
    trial.world.establish();
    trial.world.configure();
    QCOMPARE(trial.world.state(), StateName::Connected);
}

void TestCertificates::revoked_data() {
    QTest::addColumn<int>("policy");
    QTest::newRow("soft") << static_cast<int>(profile::Revocation::Soft);
    QTest::newRow("strict") << static_cast<int>(profile::Revocation::Strict);
}

void TestCertificates::revoked() {
    QFETCH(int, policy);
    Trial trial;
    trial.world.profile.trust.revocation = static_cast<profile::Revocation>(policy);
    trial.begin();
    auto answer = answered(crypto::RevocationState::Revoked);
    answer.verdict.revokedAt = base::UnixSeconds(tern::test::now);
    answer.verdict.reason = 1;
    trial.checker.answer({answer});
    QCOMPARE(trial.world.ike().checked, std::vector<std::string>{"tern.crypto.cert.revoked"});
    const std::vector<std::string> args{"CN=server", "2027-01-15", "keyCompromise"};
    QCOMPARE(trial.report().refusal->args, args);
    QCOMPARE(trial.report().chain.size(), 2U); // to be looked at
}

void TestCertificates::unknown() {
    Trial soft;
    soft.begin();
    soft.checker.answer({answered(crypto::RevocationState::Unknown)});
    QCOMPARE(soft.world.ike().checked, std::vector<std::string>{""});
    QCOMPARE(soft.report().revocation, std::string("unchecked"));
    QVERIFY(soft.world.listener.notes.back().find("could not be checked (tern.engine.fetch-failed") !=
            std::string::npos);
    Trial strict;
    strict.world.profile.trust.revocation = profile::Revocation::Strict;
    strict.begin();
    strict.checker.answer({answered(crypto::RevocationState::Unknown)});
    QCOMPARE(strict.world.ike().checked, std::vector<std::string>{"tern.crypto.cert.unchecked"});
}

void TestCertificates::off() {
    Trial trial;
    trial.world.profile.trust.revocation = profile::Revocation::Off;
    trial.certificates.awaitsCheck = false;
    trial.begin();
    QVERIFY(trial.world.ike().config.certificateCheck == ike::SessionConfig::CertificateCheck::None);
    QVERIFY(trial.checker.questions.empty());
    QCOMPARE(trial.report().revocation, std::string("off"));
}

void TestCertificates::nobodyToAsk() {
    Trial trial;
    trial.begin(false);
    QCOMPARE(trial.world.ike().checked, std::vector<std::string>{""});
    QCOMPARE(trial.report().revocation, std::string("unchecked"));
    // The server's own certificate is trusted for itself: there is nothing to look up, strict or not.
    Trial pinned;
    pinned.world.profile.trust.revocation = profile::Revocation::Strict;
    pinned.certificates.chain.pop_back();
    pinned.begin();
    QVERIFY(pinned.checker.questions.empty());
    QCOMPARE(pinned.world.ike().checked, std::vector<std::string>{""});
    QCOMPARE(pinned.report().revocation, std::string("trusted"));
}

void TestCertificates::onlyTheCacheWhileReconnecting() {
    Trial trial;
    trial.begin();
    trial.checker.answer({answered(crypto::RevocationState::Good)});
    trial.world.establish();
    trial.world.configure();
    trial.world.ikePuts(ike::Closed{base::Error{"tern.ike.lost", {}, {}}});
    QCOMPARE(trial.world.state(), StateName::Reconnecting);
    trial.world.reactor.advance(std::chrono::seconds(60));
    trial.world.giveSocket();
    trial.world.ikePuts(trial.certificates);
    QCOMPARE(trial.checker.questions.size(), 2U);
    QVERIFY(trial.checker.questions.back().fetching == RevocationQuestion::Fetching::CacheOnly);
}

void TestCertificates::refusedBefore() {
    Trial trial;
    trial.certificates.chain.clear();
    trial.certificates.awaitsCheck = false;
    trial.certificates.refusal = base::Error{"tern.crypto.cert.name", {"a", "b"}, {}};
    trial.begin();
    trial.world.ikePuts(ike::Closed{trial.certificates.refusal});
    QVERIFY(trial.checker.questions.empty());
    QVERIFY(!trial.report().verified);
    QCOMPARE(trial.report().chain, trial.certificates.sent);
    QCOMPARE(trial.report().refusal->code, std::string("tern.crypto.cert.name"));
    QCOMPARE(trial.report().revocation, std::string());
}

void TestCertificates::settings() {
    Trial trial;
    trial.world.profile.trust.pins = {"sha256:" + std::string(64, 'a')};
    trial.world.profile.trust.serverName = "gateway.example.org";
    trial.begin();
    const auto& config = trial.world.ike().config;
    QCOMPARE(config.pins, (std::vector<base::Bytes>{base::Bytes(32, 0xAA)}));
    QCOMPARE(config.certificateName, std::string("gateway.example.org"));
    QVERIFY(config.certificateCheck == ike::SessionConfig::CertificateCheck::Awaited);
}

void TestCertificates::badPin() {
    Trial trial;
    trial.world.profile.trust.pins = {"sha256:xyz"};
    trial.world.connection = std::make_unique<Connection>(
        Request{trial.world.profile, {}, std::nullopt},
        Environment{trial.world.reactor, trial.world.resolver, trial.world.host, trial.world.credentials,
                    trial.world.parts, trial.world.random, trial.world.surroundings, &trial.checker},
        trial.world.listener);
    trial.world.connection->start();
    trial.world.host.grant();
    trial.world.resolver.answer({"203.0.113.5"});
    trial.world.giveSocket();
    QVERIFY(trial.world.parts.sessions.empty()); // not without the pin
}

void TestCertificates::lateAnswer() {
    Trial trial;
    trial.begin();
    const auto late = trial.checker.answer;
    trial.world.connection->disconnect();
    late({answered(crypto::RevocationState::Good)});
    trial.world.connection.reset();
    late({answered(crypto::RevocationState::Good)});
}

QTEST_APPLESS_MAIN(TestCertificates)
#include "tst_certificates.moc"
