// A profile with a certificate of ours: opened before anything is sent, asked for what opens it, and what is said when
// it cannot be opened.
#include "core/connection/own_certificate.h"
#include "core/crypto/credential_file.h"
#include "tests/unit/connection/fakes.h"
#include "tests/unit/crypto/key_files.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace tern;
using namespace tern::connection;
using namespace tern::connection::test;
using profile::Method;
namespace keys = ::tern::test;

namespace {

keys::CertificateSpec clientSpec(long end = keys::now + keys::day) {
    keys::CertificateSpec spec;
    spec.commonName = "alice";
    spec.extendedUsage = "clientAuth";
    spec.notBefore = 0;
    spec.notAfter = end;
    return spec;
}

std::vector<crypto::Credential> ownOf(const keys::Issued& issued) {
    using keys::operator+;
    auto material = crypto::readCredentialFile(keys::pemKey(issued.key) + issued.pem(), std::nullopt);
    return *crypto::assemble(std::move(*material));
}

struct CertificateWorld : World {
    explicit CertificateWorld(Method method = Method::MachineCertificate) {
        profile.authentication.method = method;
        profile.authentication.username.clear();
        profile.authentication.certificate.source = "/home/anna/anna.p12";
        parts.own = ownOf(keys::issue(clientSpec()));
    }
    [[nodiscard]] std::string error() const {
        const auto& status = connection->status();
        return status.error ? status.error->code : std::string();
    }
};

QString codeOf(const auto& result) {
    return result ? QStringLiteral("fine") : QString::fromStdString(result.error().code);
}

} // namespace

class TestOwnCertificate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ofSeveralForEapTls() {
        CertificateWorld world(Method::EapTls);
        const auto mine = [](const char* name, long end) {
            auto spec = clientSpec(end);
            spec.commonName = name;
            return ownOf(keys::issue(spec)).front();
        };
        world.parts.own = {mine("old", keys::now - keys::day), mine("anna", keys::now + keys::day),
                           mine("berta", keys::now + keys::day)};
        const auto time = base::UnixSeconds(keys::now);
        // What has run out is not shown, and whoever signs in comes first.
        const auto berta = credentialsForTls(world.parts.own, "berta", time);
        QCOMPARE(berta.size(), std::size_t{2});
        QCOMPARE(berta.front().leaf(), world.parts.own[2].leaf());
        QCOMPARE(credentialsForTls(world.parts.own, {}, time).front().leaf(), world.parts.own[1].leaf());
        QCOMPARE(credentialsForTls({world.parts.own[0]}, {}, time).size(), std::size_t{1});
        world.reachIke();
        const auto& eap = std::get<ike::EapAuthentication>(world.ike().config.authentication);
        QCOMPARE(eap.username, std::string("anna"));
        QCOMPARE(eap.settings.tls.credentials.size(), std::size_t{2});
    }

    void goesIntoTheSession() {
        CertificateWorld world;
        world.profile.authentication.certificate.rsaSignature = "pss-trailer";
        world.reachIke();
        const auto& certificate = std::get<ike::CertificateAuthentication>(world.ike().config.authentication);
        QCOMPARE(certificate.credentials.size(), std::size_t{1});
        QVERIFY(certificate.rsa == crypto::RsaSignature::PssExplicitTrailer);
        QVERIFY(!certificate.then);
        QCOMPARE(world.parts.secretsTried, std::vector<std::string>{"(none)"});
        QVERIFY(world.credentials.questions.empty()); // no name, no password
    }

    void asksForThePassPhrase() {
        CertificateWorld world;
        world.parts.keyErrors = {{"tern.crypto.key.passphrase-needed", {}, {}},
                                 {"tern.crypto.key.passphrase-wrong", {}, {}}};
        world.start();
        QVERIFY(world.credentials.isAsked());
        QVERIFY(world.credentials.questions.back().kind == ike::Prompt::Kind::PassPhrase);
        QCOMPARE(world.credentials.questions.back().text, std::string("anna.p12"));
        QVERIFY(!world.credentials.questions.back().retry);
        world.host.grant();
        world.resolver.answer({"203.0.113.5"});
        QCOMPARE(world.state(), StateName::Resolving);
        world.credentials.answer("", "wrong");
        QVERIFY(world.credentials.isAsked());
        QVERIFY(world.credentials.questions.back().retry);
        world.credentials.answer("", "right");
        QCOMPARE(world.state(), StateName::Negotiating);
        QCOMPARE(world.parts.secretsTried, (std::vector<std::string>{"(none)", "wrong", "right"}));
    }

    void asksForThePin() {
        CertificateWorld world;
        world.parts.keyErrors = {{"tern.crypto.token.pin-last-try", {"Card"}, {}}};
        world.start();
        QVERIFY(world.credentials.questions.back().kind == ike::Prompt::Kind::Pin);
        QVERIFY(world.credentials.questions.back().lastTry);
        QCOMPARE(world.credentials.questions.back().text, std::string("Card"));
        world.credentials.cancel();
        QVERIFY(world.error().empty());
    }

    void nobodyToAsk() {
        CertificateWorld world;
        world.parts.keyErrors = {{"tern.crypto.token.pin-needed", {"Card"}, {}}};
        world.start();
        world.credentials.fail("tern.engine.password-needed");
        world.host.grant();
        QCOMPARE(world.error(), std::string("tern.crypto.token.pin-needed"));
    }

    // "Enter password" for a file that no pass phrase opens must not happen.
    void unreadableIsNotAsked() {
        CertificateWorld world;
        world.parts.keyErrors = {{"tern.crypto.key.unreadable", {}, {}}};
        world.start();
        world.host.grant();
        QVERIFY(world.credentials.questions.empty());
        QCOMPARE(world.error(), std::string("tern.crypto.key.unreadable"));
    }

    void expiredBeforeAnythingIsSent() {
        CertificateWorld world;
        world.parts.own = ownOf(keys::issue(clientSpec(1)));
        world.start();
        world.host.grant();
        QCOMPARE(world.error(), std::string("tern.crypto.key.expired"));
        QVERIFY(world.parts.sessions.empty());
    }

    void certificateThenEap() {
        CertificateWorld world(Method::EapMschapv2);
        world.profile.authentication.certificateFirst = true;
        world.parts.keyErrors = {{"tern.crypto.key.passphrase-needed", {}, {}}};
        world.start();
        world.credentials.answer("", "phrase");
        // Now who logs in.
        QVERIFY(world.credentials.questions.back().kind == ike::Prompt::Kind::Credentials);
        world.credentials.answer("anna", "password");
        world.host.grant();
        world.resolver.answer({"203.0.113.5"});
        world.giveSocket();
        const auto& certificate = std::get<ike::CertificateAuthentication>(world.ike().config.authentication);
        QCOMPARE(certificate.then->username, std::string("anna"));
        QCOMPARE(base::toText(certificate.then->password->view()), std::string("password"));
    }

    void filesAreReadWhereTheyAre() {
        const QTemporaryDir folder;
        const auto write = [&folder](const char* name, const base::Bytes& octets) {
            QFile file(folder.filePath(QString::fromLatin1(name)));
            if (file.open(QIODevice::WriteOnly)) {
                file.write(reinterpret_cast<const char*>(octets.data()), static_cast<qsizetype>(octets.size()));
            }
            return file.fileName().toStdString();
        };
        const auto leaf = keys::issue(clientSpec());
        profile::Profile profile;
        auto& own = profile.authentication.certificate;
        QCOMPARE(codeOf(openOwnCertificate(profile, std::nullopt)), QStringLiteral("tern.engine.no-certificate"));
        own.source = write("alice.p12", keys::makePkcs12(leaf, {}, "phrase"));
        QCOMPARE(codeOf(checkKeyFile(own.source)), QStringLiteral("fine"));
        QCOMPARE(codeOf(openOwnCertificate(profile, std::nullopt)),
                 QStringLiteral("tern.crypto.key.passphrase-needed"));
        QCOMPARE(openOwnCertificate(profile, keys::phrase("phrase"))->front().leaf(), leaf.der());
        QCOMPARE(codeOf(lookAtCertificates(own.source, std::nullopt)),
                 QStringLiteral("tern.crypto.key.passphrase-needed"));
        QCOMPARE(lookAtCertificates(own.source, keys::phrase("phrase"))->front(), leaf.der());
        own.source = write("alice.crt", base::toBytes(leaf.pem()));
        QCOMPARE(codeOf(openOwnCertificate(profile, std::nullopt)), QStringLiteral("tern.crypto.key.none"));
        own.key = write("alice.key", keys::pemKey(leaf.key, "phrase"));
        QCOMPARE(openOwnCertificate(profile, keys::phrase("phrase"))->front().leaf(), leaf.der());
        own.key = folder.filePath(QStringLiteral("nothing")).toStdString();
        QCOMPARE(codeOf(openOwnCertificate(profile, std::nullopt)), QStringLiteral("tern.engine.file-unreadable"));
        QCOMPARE(codeOf(checkKeyFile(write("text", base::toBytes("hello")))),
                 QStringLiteral("tern.crypto.key.unreadable"));
        QCOMPARE(codeOf(checkKeyFile(folder.path().toStdString())), QStringLiteral("tern.engine.file-unreadable"));
    }
};

QTEST_GUILESS_MAIN(TestOwnCertificate)
#include "tst_own_certificate.moc"
