// Key files of every kind, and what is said about those that do not open.
#include "core/crypto/credential_file.h"
#include "tests/unit/crypto/key_files.h"

#include <QTest>

using namespace tern;
using crypto::readCredentialFile;

namespace {

constexpr auto secret = "Canary-p4ss-phrase-ü";

test::CertificateSpec clientSpec(test::KeyKind kind = test::KeyKind::Ec256) {
    test::CertificateSpec spec;
    spec.commonName = "alice";
    spec.names = "email:alice@example.test";
    spec.extendedUsage = "clientAuth";
    spec.key = kind;
    return spec;
}

QString codeOf(const auto& result) {
    return result ? QStringLiteral("fine") : QString::fromStdString(result.error().code);
}

// Whether the one credential of the file signs with the key that was put in.
bool opens(const base::Result<crypto::Material>& material, const test::Issued& leaf) {
    if (!material) {
        return false;
    }
    crypto::Material copy{material->certificates, material->keys};
    const auto credentials = crypto::assemble(std::move(copy));
    return credentials && credentials->size() == 1 && credentials->front().leaf() == leaf.der();
}

} // namespace

class TestCredential : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pkcs12() {
        const auto root = test::issue(test::authoritySpec("Root"));
        const auto middle = test::issue(test::authoritySpec("Middle"), &root);
        const auto leaf = test::issue(clientSpec(), &middle);
        const auto file = test::makePkcs12(leaf, {&root, &middle}, secret);
        const auto material = readCredentialFile(file, test::phrase(secret));
        QVERIFY2(opens(material, leaf), qPrintable(codeOf(material)));
        const auto credentials = crypto::assemble({material->certificates, material->keys});
        QCOMPARE(credentials->front().chain, (std::vector<base::Bytes>{leaf.der(), middle.der()}));
        QCOMPARE(credentials->front().issuerKeys.size(), std::size_t{2});
        QCOMPARE(codeOf(readCredentialFile(file, std::nullopt)), QStringLiteral("tern.crypto.key.passphrase-needed"));
        QCOMPARE(codeOf(readCredentialFile(file, test::phrase("wrong"))),
                 QStringLiteral("tern.crypto.key.passphrase-wrong"));
        QCOMPARE(codeOf(readCredentialFile(file, test::phrase(""))),
                 QStringLiteral("tern.crypto.key.passphrase-wrong"));
    }

    void pkcs12WithEmptyPassPhrase() {
        const auto leaf = test::issue(clientSpec());
        const auto file = test::makePkcs12(leaf, {}, "");
        QVERIFY(opens(readCredentialFile(file, std::nullopt), leaf));
        QVERIFY(opens(readCredentialFile(file, test::phrase("")), leaf));
    }

    // As Windows exported for twenty years: certificates under RC2 with 40 bits, the key under 3DES.
    void pkcs12OfOldWindows() {
        const auto leaf = test::issue(clientSpec(test::KeyKind::Rsa2048));
        const auto file =
            test::makePkcs12(leaf, {}, secret, NID_pbe_WithSHA1And3_Key_TripleDES_CBC, NID_pbe_WithSHA1And40BitRC2_CBC);
        if (file.empty()) {
            QSKIP("OpenSSL's legacy provider is not installed");
        }
        QVERIFY(opens(readCredentialFile(file, test::phrase(secret)), leaf));
        QCOMPARE(codeOf(readCredentialFile(file, test::phrase("wrong"))),
                 QStringLiteral("tern.crypto.key.passphrase-wrong"));
        qputenv("OPENSSL_MODULES", "/nonexistent"); // a computer without that provider
        const auto without = codeOf(readCredentialFile(file, test::phrase(secret)));
        const auto withoutWrong = codeOf(readCredentialFile(file, test::phrase("wrong")));
        qunsetenv("OPENSSL_MODULES");
        QCOMPARE(without, QStringLiteral("tern.crypto.key.old-encryption"));
        QCOMPARE(withoutWrong, QStringLiteral("tern.crypto.key.passphrase-wrong"));
    }

    // 3DES throughout ("TripleDES-SHA1" in Windows) needs no old provider.
    void pkcs12WithTripleDes() {
        const auto leaf = test::issue(clientSpec(test::KeyKind::Rsa2048));
        const auto file = test::makePkcs12(leaf, {}, secret, NID_pbe_WithSHA1And3_Key_TripleDES_CBC,
                                           NID_pbe_WithSHA1And3_Key_TripleDES_CBC);
        qputenv("OPENSSL_MODULES", "/nonexistent");
        const auto material = readCredentialFile(file, test::phrase(secret));
        qunsetenv("OPENSSL_MODULES");
        QVERIFY2(opens(material, leaf), qPrintable(codeOf(material)));
    }

    void pem_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("RSA") << static_cast<int>(test::KeyKind::Rsa2048);
        QTest::newRow("RSA-PSS") << static_cast<int>(test::KeyKind::RsaPss);
        QTest::newRow("P-256") << static_cast<int>(test::KeyKind::Ec256);
        QTest::newRow("P-384") << static_cast<int>(test::KeyKind::Ec384);
        QTest::newRow("P-521") << static_cast<int>(test::KeyKind::Ec521);
        QTest::newRow("Ed25519") << static_cast<int>(test::KeyKind::Ed25519);
    }
    void pem() {
        QFETCH(int, kind);
        const auto which = static_cast<test::KeyKind>(kind);
        const auto leaf = test::issue(clientSpec(which));
        using test::operator+;
        const auto plain = test::pemKey(leaf.key) + leaf.pem();
        QVERIFY(opens(readCredentialFile(plain, std::nullopt), leaf));
        const auto sealed = test::pemKey(leaf.key, secret) + leaf.pem();
        QVERIFY(opens(readCredentialFile(sealed, test::phrase(secret)), leaf));
        QCOMPARE(codeOf(readCredentialFile(sealed, std::nullopt)), QStringLiteral("tern.crypto.key.passphrase-needed"));
        for (int i = 0; i < 20; ++i) { // by chance the padding of a wrong pass phrase looks right
            const auto wrong = readCredentialFile(sealed, test::phrase("wrong" + std::to_string(i)));
            QCOMPARE(codeOf(wrong), QStringLiteral("tern.crypto.key.passphrase-wrong"));
        }
        if (which == test::KeyKind::RsaPss || which == test::KeyKind::Ed25519) {
            return; // PKCS#8 only
        }
        QVERIFY(opens(readCredentialFile(test::traditionalPemKey(leaf.key) + leaf.pem(), std::nullopt), leaf));
        const auto old = test::traditionalPemKey(leaf.key, secret) + leaf.pem();
        QVERIFY(opens(readCredentialFile(old, test::phrase(secret)), leaf));
        QCOMPARE(codeOf(readCredentialFile(old, std::nullopt)), QStringLiteral("tern.crypto.key.passphrase-needed"));
        for (int i = 0; i < 600; ++i) {
            const auto wrong = readCredentialFile(old, test::phrase("wrong" + std::to_string(i)));
            QCOMPARE(codeOf(wrong), QStringLiteral("tern.crypto.key.passphrase-wrong"));
        }
    }

    // Nobody is asked for a pass phrase because of a file that cannot be read (strongSwan#953).
    void unreadable() {
        const auto leaf = test::issue(clientSpec());
        auto cut = test::makePkcs12(leaf, {}, secret);
        cut.resize(cut.size() / 2);
        auto pem = test::pemKey(leaf.key);
        pem.resize(pem.size() / 2);
        using test::operator+;
        const std::string damaged = "-----BEGIN PRIVATE KEY-----\nTm8ga2V5IGF0IGFsbC4=\n-----END PRIVATE KEY-----\n";
        const std::string ssh =
            "-----BEGIN OPENSSH PRIVATE KEY-----\nTm8ga2V5IGF0IGFsbC4=\n-----END OPENSSH PRIVATE KEY-----\n";
        for (const auto& file :
             {cut, pem, base::toBytes(damaged), base::toBytes("hello"), base::Bytes{0x30, 0x03, 1, 2, 3}, base::Bytes{},
              base::Bytes(crypto::mostCredentialOctets + 1, 0x30)}) {
            QCOMPARE(codeOf(readCredentialFile(file, std::nullopt)), QStringLiteral("tern.crypto.key.unreadable"));
            QCOMPARE(codeOf(readCredentialFile(file, test::phrase(secret))),
                     QStringLiteral("tern.crypto.key.unreadable"));
        }
        QCOMPARE(codeOf(readCredentialFile(base::toBytes(ssh), std::nullopt)),
                 QStringLiteral("tern.crypto.key.unsupported"));
    }

    void whatIsMissing() {
        const auto leaf = test::issue(clientSpec());
        const auto other = test::issue(clientSpec());
        using test::operator+;
        const auto certificateOnly = readCredentialFile(base::toBytes(leaf.pem()), std::nullopt);
        QCOMPARE(codeOf(crypto::assemble({certificateOnly->certificates, {}})), QStringLiteral("tern.crypto.key.none"));
        const auto keyOnly = readCredentialFile(test::pemKey(leaf.key), std::nullopt);
        QCOMPARE(codeOf(crypto::assemble({{}, keyOnly->keys})), QStringLiteral("tern.crypto.key.certificate-missing"));
        QCOMPARE(codeOf(crypto::assemble({{other.der()}, keyOnly->keys})), QStringLiteral("tern.crypto.key.mismatch"));
        // Two files make one.
        QCOMPARE(crypto::assemble({certificateOnly->certificates, keyOnly->keys})->front().leaf(), leaf.der());
        const auto der = readCredentialFile(leaf.der(), std::nullopt);
        QCOMPARE(der->certificates, std::vector<base::Bytes>{leaf.der()});
    }

    void certificatesWithoutPassPhrase() {
        const auto leaf = test::issue(clientSpec());
        using test::operator+;
        const auto seen = crypto::certificatesInFile(test::pemKey(leaf.key, secret) + leaf.pem(), std::nullopt);
        QCOMPARE(*seen, std::vector<base::Bytes>{leaf.der()});
        QCOMPARE(codeOf(crypto::certificatesInFile(test::makePkcs12(leaf, {}, secret), std::nullopt)),
                 QStringLiteral("tern.crypto.key.passphrase-needed"));
    }

    void datesAndUsage() {
        auto spec = clientSpec();
        const base::UnixSeconds now{test::now};
        QVERIFY(crypto::checkOwnCertificate(test::issue(spec).der(), now));
        spec.notAfter = test::now - 1;
        const auto expired = crypto::checkOwnCertificate(test::issue(spec).der(), now);
        QCOMPARE(codeOf(expired), QStringLiteral("tern.crypto.key.expired"));
        QCOMPARE(expired.error().args, (std::vector<std::string>{"2027-01-15", "CN=alice"}));
        spec = clientSpec();
        spec.notBefore = test::now + 1;
        QCOMPARE(codeOf(crypto::checkOwnCertificate(test::issue(spec).der(), now)),
                 QStringLiteral("tern.crypto.key.not-yet-valid"));
        spec = clientSpec();
        spec.usage = "keyEncipherment";
        QCOMPARE(codeOf(crypto::checkOwnCertificate(test::issue(spec).der(), now)),
                 QStringLiteral("tern.crypto.key.usage"));
    }

    void choiceByCertificateRequest() {
        const auto one = test::issue(test::authoritySpec("One"));
        const auto two = test::issue(test::authoritySpec("Two"));
        auto old = clientSpec();
        old.notAfter = test::now - 1;
        crypto::Material material;
        for (const auto& leaf :
             {test::issue(old, &two), test::issue(clientSpec(), &one), test::issue(clientSpec(), &two)}) {
            using test::operator+;
            material.add(*readCredentialFile(test::pemKey(leaf.key) + leaf.pem(), std::nullopt));
        }
        // The authorities are known from elsewhere, and not sent.
        const auto credentials = *crypto::assemble(std::move(material), one.pem() + two.pem());
        QCOMPARE(credentials.size(), std::size_t{3});
        QCOMPARE(credentials.at(2).chain.size(), std::size_t{1});
        const base::UnixSeconds now{test::now};
        QCOMPARE(*crypto::chooseCredential(credentials, {}, now), std::size_t{1});
        base::Bytes request(20, 7);
        QCOMPARE(*crypto::chooseCredential(credentials, request, now), std::size_t{1});
        base::append(request, credentials.at(2).issuerKeys.front());
        QCOMPARE(*crypto::chooseCredential(credentials, request, now), std::size_t{2});
        request.resize(request.size() - 1);
        QCOMPARE(*crypto::chooseCredential(credentials, request, now), std::size_t{1});
        std::vector<crypto::Credential> expired{credentials.front()};
        QCOMPARE(codeOf(crypto::chooseCredential(expired, {}, now)), QStringLiteral("tern.crypto.key.expired"));
    }

    void names() {
        const auto leaf = test::issue(clientSpec());
        const auto name = crypto::subjectName(leaf.der());
        QCOMPARE(crypto::distinguishedNameText(name), std::string("CN=alice"));
        QCOMPARE(crypto::distinguishedNameText(base::Bytes{1, 2, 3}), std::string());
    }
};

QTEST_GUILESS_MAIN(TestCredential)
#include "tst_credential.moc"
