// Keys on a PKCS#11 token (SoftHSM): found by their URI, opened by the PIN, signing without ever leaving it.
#include "core/crypto/signature.h"
#include "core/crypto/token.h"
#include "tests/unit/crypto/soft_token.h"

#include <QTest>

using namespace tern;
using test::KeyKind;

namespace {

constexpr auto tokenUri = "pkcs11:token=Tern%20test%20token";

QString codeOf(const auto& result) {
    return result ? QStringLiteral("fine") : QString::fromStdString(result.error().code);
}

std::string uriOf(const std::string& object) {
    return std::string(tokenUri) + ";object=" + object;
}

} // namespace

class TestToken : public QObject {
    Q_OBJECT
private:
    test::SoftToken m_token;
    std::map<std::string, test::Issued> m_issued;
    test::Issued m_root = test::issue(test::authoritySpec("Root"));

    std::string issue(const std::string& name, KeyKind kind, const QString& id, bool withCertificate = true) {
        test::CertificateSpec spec;
        spec.commonName = name;
        spec.key = kind;
        auto made = test::issue(spec, &m_root);
        auto said = m_token.add(made, QString::fromStdString(name), id, withCertificate);
        m_issued.emplace(name, std::move(made));
        return said.toStdString();
    }

private Q_SLOTS:
    void initTestCase() {
        if (const auto why = m_token.create(); !why.isEmpty()) {
            QSKIP(qPrintable(why));
        }
        QCOMPARE(issue("rsa", KeyKind::Rsa2048, QStringLiteral("01")), std::string());
        QCOMPARE(issue("p256", KeyKind::Ec256, QStringLiteral("02")), std::string());
        QCOMPARE(issue("p384", KeyKind::Ec384, QStringLiteral("03")), std::string());
        QCOMPARE(issue("p521", KeyKind::Ec521, QStringLiteral("04")), std::string());
        QCOMPARE(issue("bare", KeyKind::Rsa2048, QStringLiteral("05"), false), std::string());
        QCOMPARE(m_token.addCertificate(m_root, QStringLiteral("root"), QStringLiteral("09")), QString());
    }

    void signs_data() {
        QTest::addColumn<QString>("object");
        QTest::addColumn<bool>("digital");
        QTest::addColumn<bool>("pss");
        for (const auto* object : {"rsa", "p256", "p384", "p521"}) {
            QTest::addRow("%s", object) << QString::fromLatin1(object) << true << false;
            QTest::addRow("%s, old server", object) << QString::fromLatin1(object) << false << false;
        }
        QTest::newRow("rsa, PSS") << QStringLiteral("rsa") << true << true;
    }
    void signs() {
        QFETCH(QString, object);
        QFETCH(bool, digital);
        QFETCH(bool, pss);
        auto material = crypto::openToken(uriOf(object.toStdString()), test::phrase(test::SoftToken::pin));
        QVERIFY2(material, qPrintable(codeOf(material)));
        const auto credentials = crypto::assemble(std::move(*material));
        QVERIFY2(credentials, qPrintable(codeOf(credentials)));
        QCOMPARE(credentials->size(), std::size_t{1});
        const auto& credential = credentials->front();
        QCOMPARE(credential.leaf(), m_issued.at(object.toStdString()).der());
        QCOMPARE(credential.issuerKeys.size(), std::size_t{1}); // the root is on the token as well
        const std::vector<std::uint16_t> hashes{2, 3, 4};
        const auto octets = base::toBytes("octets");
        const auto made = crypto::signAuth(*credential.key, digital ? hashes : std::vector<std::uint16_t>(),
                                           pss ? crypto::RsaSignature::Pss : crypto::RsaSignature::Pkcs1, octets);
        QVERIFY2(made, qPrintable(codeOf(made)));
        const auto method = static_cast<std::uint8_t>(made->method);
        QCOMPARE(codeOf(crypto::verifyAuthSignature(method, credential.leaf(), octets, made->data)),
                 QStringLiteral("fine"));
    }

    // What libssl does with the key of a client: TLS 1.2 and 1.3 sign like this.
    void asALibrarysKey_data() {
        QTest::addColumn<QString>("object");
        QTest::addColumn<bool>("pss");
        QTest::newRow("RSA") << QStringLiteral("rsa") << false;
        QTest::newRow("RSA-PSS") << QStringLiteral("rsa") << true;
        QTest::newRow("P-256") << QStringLiteral("p256") << false;
    }
    void asALibrarysKey() {
        QFETCH(QString, object);
        QFETCH(bool, pss);
        auto material = crypto::openToken(uriOf(object.toStdString()), test::phrase(test::SoftToken::pin));
        const auto credential = crypto::assemble(std::move(*material))->front();
        const auto key = credential.key->forTls();
        QVERIFY(key);
        const auto certificate = crypto::parseCertificate(credential.leaf());
        QCOMPARE(X509_check_private_key(certificate.get(), *key), 1);
        const auto octets = base::toBytes("octets");
        const auto prepare = [pss](EVP_PKEY_CTX* context) {
            return !pss || (EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
                            EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1);
        };
        const crypto::DigestContextPtr signing(EVP_MD_CTX_new());
        EVP_PKEY_CTX* context = nullptr;
        QCOMPARE(EVP_DigestSignInit(signing.get(), &context, EVP_sha256(), nullptr, *key), 1);
        QVERIFY(prepare(context));
        std::size_t size = 0;
        QCOMPARE(EVP_DigestSign(signing.get(), nullptr, &size, octets.data(), octets.size()), 1);
        base::Bytes signature(size);
        QCOMPARE(EVP_DigestSign(signing.get(), signature.data(), &size, octets.data(), octets.size()), 1);
        const crypto::DigestContextPtr checking(EVP_MD_CTX_new());
        EVP_DigestVerifyInit(checking.get(), &context, EVP_sha256(), nullptr, X509_get0_pubkey(certificate.get()));
        QVERIFY(prepare(context));
        QCOMPARE(EVP_DigestVerify(checking.get(), signature.data(), size, octets.data(), octets.size()), 1);
    }

    void pins() {
        const auto open = [](std::optional<base::SecureBytes> pin) {
            return codeOf(crypto::openToken(uriOf("rsa"), pin));
        };
        QCOMPARE(open(std::nullopt), QStringLiteral("tern.crypto.token.pin-needed"));
        QCOMPARE(open(test::phrase("000000")), QStringLiteral("tern.crypto.token.pin-wrong"));
        QCOMPARE(open(test::phrase("")), QStringLiteral("tern.crypto.token.pin-wrong"));
        QCOMPARE(open(test::phrase(test::SoftToken::pin)), QStringLiteral("fine"));
    }

    void whatIsNotThere() {
        const auto pin = test::phrase(test::SoftToken::pin);
        const auto missing = crypto::openToken("pkcs11:token=Another", pin);
        QCOMPARE(codeOf(missing), QStringLiteral("tern.crypto.token.missing"));
        QCOMPARE(missing.error().args.front(), std::string("Another"));
        QCOMPARE(codeOf(crypto::certificatesOnToken(uriOf("nothing"))), QStringLiteral("tern.crypto.token.empty"));
        QCOMPARE(codeOf(crypto::openToken("file:///etc/passwd", pin)), QStringLiteral("tern.crypto.token.uri"));
        QCOMPARE(codeOf(crypto::checkTokenUri(uriOf("rsa"))), QStringLiteral("fine"));
        QCOMPARE(codeOf(crypto::checkTokenUri(uriOf("rsa") + "?pin-value=1234")),
                 QStringLiteral("tern.crypto.token.uri-pin"));
        QCOMPARE(codeOf(crypto::checkTokenUri(uriOf("rsa") + "?pin-source=/tmp/x")),
                 QStringLiteral("tern.crypto.token.uri-pin"));
        QCOMPARE(codeOf(crypto::checkTokenUri("pkcs11:token=a b")), QStringLiteral("tern.crypto.token.uri"));
    }

    void listsWhatCanBeSeen() {
        const auto listed = crypto::listTokenCertificates();
        std::vector<std::string> labels;
        for (const auto& each : listed) {
            if (each.token == test::SoftToken::label) {
                labels.push_back(each.label);
                QCOMPARE(crypto::certificatesOnToken(each.uri)->front(), each.certificate);
            }
        }
        std::sort(labels.begin(), labels.end());
        QCOMPARE(labels, (std::vector<std::string>{"p256", "p384", "p521", "rsa"}));
    }

    // The key on the token, the certificate in a file.
    void certificateElsewhere() {
        auto material = crypto::openToken(tokenUri, test::phrase(test::SoftToken::pin));
        QVERIFY(material);
        material->certificates = {m_issued.at("bare").der()};
        QCOMPARE(codeOf(crypto::assemble(std::move(*material))), QStringLiteral("tern.crypto.key.mismatch"));
        auto bare = crypto::openToken(uriOf("bare"), test::phrase(test::SoftToken::pin));
        QVERIFY2(bare, qPrintable(codeOf(bare)));
        bare->certificates.push_back(m_issued.at("bare").der());
        const auto credentials = crypto::assemble(std::move(*bare));
        QVERIFY2(credentials, qPrintable(codeOf(credentials)));
        QCOMPARE(credentials->front().leaf(), m_issued.at("bare").der());
    }
};

QTEST_GUILESS_MAIN(TestToken)
#include "tst_token.moc"
