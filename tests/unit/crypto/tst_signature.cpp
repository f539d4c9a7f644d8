#include "core/crypto/prf.h"
#include "core/crypto/signature.h"
#include "tests/unit/crypto/authority.h"

#include <QTest>
#include <map>

using namespace tern;
using namespace tern::crypto;
using base::Bytes;
using test::CertificateSpec;
using test::Issued;
using test::KeyKind;

class TestSignature : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rsaSha1();
    void rsaSha1LookalikesAreRefused();
    void ecdsaRaw_data();
    void ecdsaRaw();
    void digital_data();
    void digital();
    void pss_data();
    void pss();
    void digitalRefusals();
    void otherMethods();
};

namespace {

const Bytes signedText = base::toBytes("message | nonce | prf(SK_p, ID)");
const char* const invalidCode = "tern.crypto.signature.invalid";
const char* const unsupportedCode = "tern.crypto.signature.unsupported";

Issued server(KeyKind kind) {
    CertificateSpec spec;
    spec.key = kind;
    return test::issue(spec);
}

// One of each kind for the whole test: RSA keys take their time.
const Issued& shared(KeyKind kind) {
    static std::map<KeyKind, Issued> all;
    if (!all.contains(kind)) {
        all.emplace(kind, server(kind));
    }
    return all.at(kind);
}

// pssSalt: -1 for no PSS.
Bytes sign(EVP_PKEY* key, const EVP_MD* hash, int pssSalt = -1) {
    const DigestContextPtr context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* keyContext = nullptr;
    if (EVP_DigestSignInit(context.get(), &keyContext, hash, nullptr, key) != 1) {
        return {};
    }
    if (pssSalt >= 0) {
        EVP_PKEY_CTX_set_rsa_padding(keyContext, RSA_PKCS1_PSS_PADDING);
        EVP_PKEY_CTX_set_rsa_pss_saltlen(keyContext, pssSalt);
        EVP_PKEY_CTX_set_rsa_mgf1_md(keyContext, hash);
    }
    std::size_t size = 0;
    EVP_DigestSign(context.get(), nullptr, &size, signedText.data(), signedText.size());
    Bytes out(size);
    EVP_DigestSign(context.get(), out.data(), &size, signedText.data(), signedText.size());
    out.resize(size);
    return out;
}

std::string verify(std::uint8_t method, const Issued& signer, const Bytes& authentication,
                   const Bytes& text = signedText) {
    const auto result = verifyAuthSignature(method, signer.der(), text, authentication);
    return result ? std::string() : result.error().code;
}

Bytes rawEcdsa(const Bytes& der, std::size_t half) {
    const unsigned char* at = der.data();
    const OpensslPtr<ECDSA_SIG, ECDSA_SIG_free> pair(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
    Bytes out(2 * half);
    BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), out.data(), static_cast<int>(half));
    BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), out.data() + half, static_cast<int>(half));
    return out;
}

Bytes identified(const std::string& algorithmHex, const Bytes& signature) {
    const Bytes algorithm = base::fromHex(algorithmHex);
    Bytes out{static_cast<std::uint8_t>(algorithm.size())};
    base::append(out, algorithm);
    base::append(out, signature);
    return out;
}

const EVP_MD* md(int bits) {
    return bits == 256 ? EVP_sha256() : bits == 384 ? EVP_sha384() : bits == 512 ? EVP_sha512() : nullptr;
}

} // namespace

void TestSignature::rsaSha1() {
    const Issued& signer = shared(KeyKind::Rsa2048);
    Bytes signature = sign(signer.key.get(), EVP_sha1());
    QVERIFY(!signature.empty());
    QCOMPARE(verify(1, signer, signature), "");
    QCOMPARE(verify(1, signer, signature, base::toBytes("another message")), invalidCode);
    QCOMPARE(verify(1, server(KeyKind::Rsa2048), signature), invalidCode);
    signature.back() ^= 1U;
    QCOMPARE(verify(1, signer, signature), invalidCode);
    signature.pop_back();
    QCOMPARE(verify(1, signer, signature), invalidCode);
    QCOMPARE(verify(1, signer, {}), invalidCode);
    QCOMPARE(verify(1, signer, Bytes(5000)), invalidCode);
    QCOMPARE(verify(1, shared(KeyKind::Ec256), Bytes(64)), unsupportedCode);
}

void TestSignature::rsaSha1LookalikesAreRefused() {
    const Issued& signer = shared(KeyKind::Rsa2048);
    // SHA-256 where SHA-1 belongs.
    QCOMPARE(verify(1, signer, sign(signer.key.get(), EVP_sha256())), invalidCode);
    // The right digest with signedText behind it, and without the NULL of its AlgorithmIdentifier.
    const auto signRaw = [&](const Bytes& info) {
        const PkeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, signer.key.get(), nullptr));
        EVP_PKEY_sign_init(context.get());
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING);
        Bytes out(256);
        std::size_t size = out.size();
        EVP_PKEY_sign(context.get(), out.data(), &size, info.data(), info.size());
        return out;
    };
    Bytes info = base::fromHex("3021300906052b0e03021a05000414");
    base::append(info, digest(Hash::Sha1, {signedText}));
    QCOMPARE(verify(1, signer, signRaw(info)), "");
    Bytes longer = info;
    longer.push_back(0);
    QCOMPARE(verify(1, signer, signRaw(longer)), invalidCode);
    Bytes withoutNull = base::fromHex("301f300706052b0e03021a0414");
    base::append(withoutNull, digest(Hash::Sha1, {signedText}));
    QCOMPARE(verify(1, signer, signRaw(withoutNull)), invalidCode);
}

void TestSignature::ecdsaRaw_data() {
    QTest::addColumn<int>("method");
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("hash");
    QTest::addColumn<int>("half");
    QTest::newRow("P-256") << 9 << static_cast<int>(KeyKind::Ec256) << 256 << 32;
    QTest::newRow("P-384") << 10 << static_cast<int>(KeyKind::Ec384) << 384 << 48;
    QTest::newRow("P-521") << 11 << static_cast<int>(KeyKind::Ec521) << 512 << 66;
}

void TestSignature::ecdsaRaw() {
    QFETCH(int, method);
    QFETCH(int, key);
    QFETCH(int, hash);
    QFETCH(int, half);
    const auto id = static_cast<std::uint8_t>(method);
    const Issued& signer = shared(static_cast<KeyKind>(key));
    const Bytes der = sign(signer.key.get(), md(hash));
    Bytes raw = rawEcdsa(der, static_cast<std::size_t>(half));
    QCOMPARE(verify(id, signer, raw), "");
    QCOMPARE(verify(id, signer, raw, base::toBytes("another message")), invalidCode);
    QCOMPARE(verify(id, signer, der), invalidCode);
    QCOMPARE(verify(static_cast<std::uint8_t>(method == 9 ? 10 : 9), signer, raw), unsupportedCode);
    QCOMPARE(verify(id, shared(KeyKind::Rsa2048), raw), unsupportedCode);
    QCOMPARE(verify(id, signer, Bytes(raw.size())), invalidCode); // r = s = 0
    raw[5] ^= 1U;
    QCOMPARE(verify(id, signer, raw), invalidCode);
}

void TestSignature::digital_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("hash");
    QTest::addColumn<QByteArray>("algorithm");
    // RFC 7427 appendix A, RFC 8420 appendix A.
    const auto rsa = static_cast<int>(KeyKind::Rsa2048);
    QTest::newRow("RSA SHA-256") << rsa << 256 << QByteArray("300d06092a864886f70d01010b0500");
    QTest::newRow("RSA SHA-384") << rsa << 384 << QByteArray("300d06092a864886f70d01010c0500");
    QTest::newRow("RSA SHA-512") << rsa << 512 << QByteArray("300d06092a864886f70d01010d0500");
    QTest::newRow("ECDSA SHA-256") << static_cast<int>(KeyKind::Ec256) << 256 << QByteArray("300a06082a8648ce3d040302");
    QTest::newRow("ECDSA SHA-384") << static_cast<int>(KeyKind::Ec384) << 384 << QByteArray("300a06082a8648ce3d040303");
    QTest::newRow("ECDSA SHA-512") << static_cast<int>(KeyKind::Ec521) << 512 << QByteArray("300a06082a8648ce3d040304");
    QTest::newRow("Ed25519") << static_cast<int>(KeyKind::Ed25519) << 0 << QByteArray("300506032b6570");
}

void TestSignature::digital() {
    QFETCH(int, key);
    QFETCH(int, hash);
    QFETCH(QByteArray, algorithm);
    const Issued& signer = shared(static_cast<KeyKind>(key));
    Bytes data = identified(algorithm.toStdString(), sign(signer.key.get(), md(hash)));
    QCOMPARE(verify(14, signer, data), "");
    QCOMPARE(verify(14, signer, data, base::toBytes("another message")), invalidCode);
    const Issued& other = shared(key == static_cast<int>(KeyKind::Rsa2048) ? KeyKind::Ec256 : KeyKind::Rsa2048);
    QCOMPARE(verify(14, other, data), unsupportedCode);
    data.back() ^= 1U;
    QCOMPARE(verify(14, signer, data), invalidCode);
}

void TestSignature::pss_data() {
    QTest::addColumn<int>("hash");
    QTest::addColumn<int>("salt");
    QTest::addColumn<QByteArray>("algorithm");
    // RFC 7427 A.4.3; the others are the same with the hash, the salt and an explicit trailerField changed.
    QTest::newRow("SHA-256") << 256 << 32
                             << QByteArray("304106092a864886f70d01010a3034a00f300d06096086480165030402010500"
                                           "a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120");
    QTest::newRow("SHA-384") << 384 << 48
                             << QByteArray("304106092a864886f70d01010a3034a00f300d06096086480165030402020500"
                                           "a11c301a06092a864886f70d010108300d06096086480165030402020500a203020130");
    QTest::newRow("SHA-512") << 512 << 64
                             << QByteArray("304106092a864886f70d01010a3034a00f300d06096086480165030402030500"
                                           "a11c301a06092a864886f70d010108300d06096086480165030402030500a203020140");
    QTest::newRow("explicit trailerField")
        << 256 << 32
        << QByteArray("304606092a864886f70d01010a3039a00f300d06096086480165030402010500"
                      "a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120a303020101");
}

void TestSignature::pss() {
    QFETCH(int, hash);
    QFETCH(int, salt);
    QFETCH(QByteArray, algorithm);
    for (const auto kind : {KeyKind::Rsa2048, KeyKind::RsaPss}) {
        const Issued& signer = shared(kind);
        Bytes data = identified(algorithm.toStdString(), sign(signer.key.get(), md(hash), salt));
        QCOMPARE(verify(14, signer, data), "");
        data.back() ^= 1U;
        QCOMPARE(verify(14, signer, data), invalidCode);
        // Another salt length than the parameters say.
        QCOMPARE(verify(14, signer, identified(algorithm.toStdString(), sign(signer.key.get(), md(hash), salt - 1))),
                 invalidCode);
    }
}

void TestSignature::digitalRefusals() {
    const Issued& signer = shared(KeyKind::Rsa2048);
    const Bytes sha1 = sign(signer.key.get(), EVP_sha1());
    // SHA-1 is not among the hashes we announce.
    QCOMPARE(verify(14, signer, identified("300d06092a864886f70d0101050500", sha1)), unsupportedCode);
    // RSA-PSS with its defaults, which are SHA-1.
    QCOMPARE(verify(14, signer, identified("300d06092a864886f70d01010a3000", sign(signer.key.get(), EVP_sha1(), 20))),
             unsupportedCode);
    const Bytes sha256 = sign(signer.key.get(), EVP_sha256());
    QCOMPARE(verify(14, signer, identified("300d06092a864886f70d01010b050000", sha256)), invalidCode);
    QCOMPARE(verify(14, signer, identified("", sha256)), invalidCode);
    QCOMPARE(verify(14, signer, identified("300d06092a864886f70d01010a0500", sha256)), unsupportedCode);
    QCOMPARE(verify(14, signer, base::fromHex("ff30")), invalidCode);
    QCOMPARE(verify(14, signer, identified("300d06092a864886f70d01010b0500", {})), invalidCode);
}

void TestSignature::otherMethods() {
    const Issued& signer = shared(KeyKind::Rsa2048);
    for (const int method : {0, 2, 3, 12, 13, 15, 255}) {
        QCOMPARE(verify(static_cast<std::uint8_t>(method), signer, Bytes(256)), unsupportedCode);
    }
    QCOMPARE(verifyAuthSignature(1, base::toBytes("no certificate"), signedText, Bytes(256)).error().code,
             "tern.crypto.cert.malformed");
    QCOMPARE(signatureHashAlgorithms(), (Bytes{0, 2, 0, 3, 0, 4, 0, 5}));
}

QTEST_APPLESS_MAIN(TestSignature)
#include "tst_signature.moc"
