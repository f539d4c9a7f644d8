// What we sign is what a server's check accepts, for every kind of key and every announcement of hashes.
#include "core/crypto/openssl_key.h"
#include "core/crypto/signature.h"
#include "tests/unit/crypto/authority.h"

#include <QTest>

using namespace tern;
using crypto::AuthMethod;
using crypto::RsaSignature;
using test::KeyKind;

namespace {

const std::vector<std::uint16_t> nothing;
const std::vector<std::uint16_t> everything{1, 2, 3, 4, 5};

struct Row {
    const char* name;
    KeyKind kind;
    std::vector<std::uint16_t> hashes;
    RsaSignature rsa;
    int method;             // 0: refused
    const char* identifier; // hexadecimal, of method 14
};

const std::vector<Row>& rows() {
    static const auto* const pss256 =
        "304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d0609608648"
        "0165030402010500a203020120";
    static const auto* const pss384Trailer =
        "304606092a864886f70d01010a3039a00f300d06096086480165030402020500a11c301a06092a864886f70d010108300d0609608648"
        "0165030402020500a203020130a303020101";
    static const std::vector<Row> all{
        {"RSA", KeyKind::Rsa2048, everything, RsaSignature::Pkcs1, 14, "300d06092a864886f70d01010b0500"},
        {"RSA, SHA-512 only", KeyKind::Rsa2048, {4}, RsaSignature::Pkcs1, 14, "300d06092a864886f70d01010d0500"},
        {"RSA, PSS", KeyKind::Rsa2048, everything, RsaSignature::Pss, 14, pss256},
        {"RSA, PSS, trailer", KeyKind::Rsa2048, {3}, RsaSignature::PssExplicitTrailer, 14, pss384Trailer},
        {"RSA, old server", KeyKind::Rsa2048, nothing, RsaSignature::Pkcs1, 1, ""},
        {"RSA, SHA-1 only", KeyKind::Rsa2048, {1}, RsaSignature::Pss, 1, ""},
        {"RSA-PSS key", KeyKind::RsaPss, everything, RsaSignature::Pkcs1, 14, pss256},
        {"RSA-PSS key, old server", KeyKind::RsaPss, nothing, RsaSignature::Pkcs1, 0, ""},
        {"P-256", KeyKind::Ec256, everything, RsaSignature::Pkcs1, 14, "300a06082a8648ce3d040302"},
        {"P-384", KeyKind::Ec384, everything, RsaSignature::Pkcs1, 14, "300a06082a8648ce3d040303"},
        {"P-521", KeyKind::Ec521, everything, RsaSignature::Pkcs1, 14, "300a06082a8648ce3d040304"},
        {"P-384, SHA-256 only", KeyKind::Ec384, {2}, RsaSignature::Pkcs1, 14, "300a06082a8648ce3d040302"},
        {"P-256, old server", KeyKind::Ec256, nothing, RsaSignature::Pkcs1, 9, ""},
        {"P-384, old server", KeyKind::Ec384, nothing, RsaSignature::Pkcs1, 10, ""},
        {"P-521, old server", KeyKind::Ec521, nothing, RsaSignature::Pkcs1, 11, ""},
        {"Ed25519", KeyKind::Ed25519, everything, RsaSignature::Pkcs1, 14, "300506032b6570"},
        {"Ed25519, SHA-2 only", KeyKind::Ed25519, {2, 3, 4}, RsaSignature::Pkcs1, 0, ""},
        {"Ed25519, old server", KeyKind::Ed25519, nothing, RsaSignature::Pkcs1, 0, ""},
    };
    return all;
}

} // namespace

class TestSign : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void signatures_data() {
        QTest::addColumn<int>("row");
        for (std::size_t i = 0; i < rows().size(); ++i) {
            QTest::newRow(rows().at(i).name) << static_cast<int>(i);
        }
    }
    void signatures() {
        QFETCH(int, row);
        const auto& wanted = rows().at(static_cast<std::size_t>(row));
        test::CertificateSpec spec;
        spec.key = wanted.kind;
        auto issued = test::issue(spec);
        const auto certificate = issued.der();
        const auto key = crypto::memoryKey(std::move(issued.key));
        QVERIFY(key);
        // ECDSA's numbers are sometimes shorter than the field.
        for (int i = 0; i < (wanted.kind == KeyKind::Ec521 ? 40 : 3); ++i) {
            const auto octets = base::toBytes("octets " + std::to_string(i));
            const auto made = crypto::signAuth(**key, wanted.hashes, wanted.rsa, octets);
            if (wanted.method == 0) {
                QVERIFY(!made);
                QCOMPARE(made.error().code, std::string("tern.crypto.key.no-method"));
                continue;
            }
            QVERIFY2(made, made ? "" : made.error().detail.c_str());
            QCOMPARE(static_cast<int>(made->method), wanted.method);
            if (wanted.method == 14) {
                const auto identifier = base::fromHex(wanted.identifier);
                QCOMPARE(static_cast<std::size_t>(made->data.front()), identifier.size());
                QCOMPARE(base::toHex(base::ByteView(made->data).subspan(1, identifier.size())),
                         std::string(wanted.identifier));
            }
            const auto method = static_cast<std::uint8_t>(made->method);
            const auto checked = crypto::verifyAuthSignature(method, certificate, octets, made->data);
            QVERIFY2(checked, checked ? "" : checked.error().detail.c_str());
            const auto other = crypto::verifyAuthSignature(method, certificate, base::toBytes("others"), made->data);
            QCOMPARE(other.error().code, std::string("tern.crypto.signature.invalid"));
        }
    }

    void schemeOfAnotherKey() {
        const auto key = crypto::memoryKey(test::makeKey(KeyKind::Ec256));
        const auto octets = base::toBytes("octets");
        for (const auto scheme : {crypto::SignatureScheme::RsaPkcs1, crypto::SignatureScheme::RsaPss}) {
            QCOMPARE((*key)->sign(scheme, crypto::Hash::Sha256, octets).error().code,
                     std::string("tern.crypto.key.scheme"));
        }
        QCOMPARE((*key)->sign(crypto::SignatureScheme::EdDsa, std::nullopt, octets).error().code,
                 std::string("tern.crypto.key.scheme"));
    }
};

QTEST_GUILESS_MAIN(TestSign)
#include "tst_sign.moc"
