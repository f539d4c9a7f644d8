#include "core/crypto/integrity.h"
#include "core/crypto/prf.h"

#include <QTest>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <random>

using namespace tern;
using namespace tern::crypto;
using base::ByteView;
using base::fromHex;
using base::toHex;

// AES-XCBC and AES-CMAC, as integrity and as PRF.
class TestAesMac : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knownMacs_data();
    void knownMacs();
    void knownPrfs_data();
    void knownPrfs();
    void cmacIsOpenssls();
    void piecesMakeNoDifference();
    void keysOfOtherLengthsAreRefusedForIntegrity();
};

namespace {

base::Bytes counted(std::size_t count) {
    base::Bytes octets(count);
    for (std::size_t i = 0; i < count; ++i) {
        octets[i] = static_cast<std::uint8_t>(i);
    }
    return octets;
}

const char* const rfc4493Text = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                                "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";

std::string openssl(ByteView key, ByteView data) {
    EVP_MAC* const mac = EVP_MAC_fetch(nullptr, "CMAC", nullptr);
    EVP_MAC_CTX* const context = EVP_MAC_CTX_new(mac);
    std::string cipher = "AES-128-CBC";
    const std::array<OSSL_PARAM, 2> parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, cipher.data(), 0), OSSL_PARAM_construct_end()};
    base::Bytes out(16);
    std::size_t size = out.size();
    const bool good = EVP_MAC_init(context, key.data(), key.size(), parameters.data()) == 1 &&
                      EVP_MAC_update(context, data.data(), data.size()) == 1 &&
                      EVP_MAC_final(context, out.data(), &size, out.size()) == 1;
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(mac);
    return good ? toHex(out) : std::string("OpenSSL failed");
}

} // namespace

void TestAesMac::knownMacs_data() {
    QTest::addColumn<int>("integrity");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("mac"); // whole; the ICV is its first 12 octets
    const QByteArray key("000102030405060708090a0b0c0d0e0f");
    const auto xcbc = [&](const char* name, const std::string& data, const char* mac) {
        QTest::newRow(name) << static_cast<int>(Integrity::AesXcbc96) << key << QByteArray::fromStdString(data)
                            << QByteArray(mac);
    };
    xcbc("RFC 3566 case 1", "", "75f0251d528ac01c4573dfd584d79f29");
    xcbc("RFC 3566 case 2", toHex(counted(3)), "5b376580ae2f19afe7219ceef172756f");
    xcbc("RFC 3566 case 3", toHex(counted(16)), "d2a246fa349b68a79998a4394ff7a263");
    xcbc("RFC 3566 case 4", toHex(counted(20)), "47f51b4564966215b8985c63055ed308");
    xcbc("RFC 3566 case 5", toHex(counted(32)), "f54f0ec8d2b9f3d36807734bd5283fd4");
    xcbc("RFC 3566 case 6", toHex(counted(34)), "becbb3bccdb518a30677d5481fb6b4d8");
    xcbc("RFC 3566 case 7", toHex(base::Bytes(1000, 0)), "f0dafee895db30253761103b5d84528f");
    const auto cmac = [&](const char* name, std::size_t octets, const char* mac) {
        QTest::newRow(name) << static_cast<int>(Integrity::AesCmac96) << QByteArray("2b7e151628aed2a6abf7158809cf4f3c")
                            << QByteArray(rfc4493Text).first(static_cast<qsizetype>(2 * octets)) << QByteArray(mac);
    };
    cmac("RFC 4493 example 1, RFC 4494 case 1", 0, "bb1d6929e95937287fa37d129b756746");
    cmac("RFC 4493 example 2, RFC 4494 case 2", 16, "070a16b46b4d4144f79bdd9dd04a287c");
    cmac("RFC 4493 example 3, RFC 4494 case 3", 40, "dfa66747de9ae63030ca32611497c827");
    cmac("RFC 4493 example 4, RFC 4494 case 4", 64, "51f0bebf7e3b9d92fc49741779363cfe");
}

void TestAesMac::knownMacs() {
    QFETCH(int, integrity);
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, mac);
    const auto keyOctets = fromHex(key.toStdString());
    const auto octets = fromHex(data.toStdString());
    const auto context = IntegrityContext::create(static_cast<Integrity>(integrity), keyOctets);
    QVERIFY(context.has_value());
    QCOMPARE(context->icvSize(), std::size_t{12});
    for (int repeat = 0; repeat < 2; ++repeat) {
        base::Bytes icv(12);
        QVERIFY(context->compute({octets}, icv));
        QCOMPARE(toHex(icv), mac.first(24).toStdString());
        QVERIFY(context->verify({octets}, icv));
        icv.back() ^= 1U;
        QVERIFY(!context->verify({octets}, icv));
    }
    const auto function = integrity == static_cast<int>(Integrity::AesXcbc96) ? Prf::AesXcbc : Prf::AesCmac;
    QCOMPARE(toHex(prf(function, keyOctets, {octets}).view()), mac.toStdString());
}

void TestAesMac::knownPrfs_data() {
    QTest::addColumn<int>("function");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, Prf function, const char* key, const char* expected) {
        QTest::newRow(name) << static_cast<int>(function) << QByteArray(key) << QByteArray(expected);
    };
    row("RFC 4434, 16 octets", Prf::AesXcbc, "000102030405060708090a0b0c0d0e0f", "47f51b4564966215b8985c63055ed308");
    row("RFC 4434, 10 octets", Prf::AesXcbc, "00010203040506070809", "0fa087af7d866e7653434e602fdde835");
    row("RFC 4434, 18 octets", Prf::AesXcbc, "000102030405060708090a0b0c0d0e0fedcb",
        "8cd3c93ae598a9803006ffb67c40e9e4");
    row("RFC 4615, 18 octets", Prf::AesCmac, "000102030405060708090a0b0c0d0e0fedcb",
        "84a348a4a45d235babfffc0d2b4da09a");
    row("RFC 4615, 16 octets", Prf::AesCmac, "000102030405060708090a0b0c0d0e0f", "980ae87b5f4c9c5214f5b6a8455e4c2d");
    row("RFC 4615, 10 octets", Prf::AesCmac, "00010203040506070809", "290d9e112edb09ee141fcf64c0b72f3d");
}

void TestAesMac::knownPrfs() {
    QFETCH(int, function);
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, expected);
    const auto message = counted(20);
    QCOMPARE(toHex(prf(static_cast<Prf>(function), fromHex(key.toStdString()), {message}).view()),
             expected.toStdString());
    QCOMPARE(prfSize(static_cast<Prf>(function)), std::size_t{16});
}

void TestAesMac::cmacIsOpenssls() {
    std::mt19937 dice(5);
    for (std::size_t length = 0; length < 700; length += 1 + dice() % 9) {
        base::Bytes key(16);
        base::Bytes data(length);
        for (auto* octets : {&key, &data}) {
            for (auto& octet : *octets) {
                octet = static_cast<std::uint8_t>(dice());
            }
        }
        QCOMPARE(toHex(prf(Prf::AesCmac, key, {data}).view()), openssl(key, data));
    }
}

void TestAesMac::piecesMakeNoDifference() {
    const auto key = counted(16);
    const auto data = counted(120);
    const ByteView all(data);
    for (const auto function : {Prf::AesXcbc, Prf::AesCmac}) {
        const auto whole = toHex(prf(function, key, {all}).view());
        for (std::size_t cut = 0; cut <= data.size(); ++cut) {
            QCOMPARE(toHex(prf(function, key, {all.first(cut), {}, all.subspan(cut)}).view()), whole);
        }
    }
}

void TestAesMac::keysOfOtherLengthsAreRefusedForIntegrity() {
    for (const auto integrity : {Integrity::AesXcbc96, Integrity::AesCmac96}) {
        QCOMPARE(IntegrityContext::create(integrity, base::Bytes(20)).error().code, std::string("tern.crypto.cipher"));
    }
}

QTEST_APPLESS_MAIN(TestAesMac)
#include "tst_aes_mac.moc"
