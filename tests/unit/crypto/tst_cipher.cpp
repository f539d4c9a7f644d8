#include "core/crypto/cipher.h"

#include <QTest>

using namespace tern;
using namespace tern::crypto;
using base::Bytes;
using base::fromHex;
using base::toHex;

class TestCipher : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aeadKnownAnswers_data();
    void aeadKnownAnswers();
    void aeadShortTags();
    void aeadWithoutData();
    void aeadRefusesWrongSizes();
    void cbcRfc3602();
    void ctrRfc3686();
    void tripleDesGoesThereAndBack();
    void cbcRefusesPartialBlocks();
    void traits();
};

namespace {
const char* const gcmText = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                            "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
const char* const gcmAad = "feedfacedeadbeeffeedfacedeadbeefabaddad2";
const char* const gcmNonce = "cafebabefacedbaddecaf888";
const char* const key7634 = "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f";
const char* const nonce7634 = "a0a1a2a31011121314151617";
} // namespace

void TestCipher::aeadKnownAnswers_data() {
    QTest::addColumn<int>("cipher");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("nonce");
    QTest::addColumn<QByteArray>("aad");
    QTest::addColumn<QByteArray>("clear");
    QTest::addColumn<QByteArray>("sealed");
    QTest::addColumn<QByteArray>("tag");
    const auto row = [](const char* name, Encryption cipher, const char* key, const char* nonce, const char* aad,
                        const char* clear, const char* sealed, const char* tag) {
        QTest::newRow(name) << static_cast<int>(cipher) << QByteArray(key) << QByteArray(nonce) << QByteArray(aad)
                            << QByteArray(clear) << QByteArray(sealed) << QByteArray(tag);
    };
    row("McGrew-Viega 4, AES-128", Encryption::AesGcm16, "feffe9928665731c6d6a8f9467308308", gcmNonce, gcmAad, gcmText,
        "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac"
        "97"
        "3d58e091",
        "5bc94fbc3221a5db94fae95ae7121a47");
    row("McGrew-Viega 10, AES-192", Encryption::AesGcm16, "feffe9928665731c6d6a8f9467308308feffe9928665731c", gcmNonce,
        gcmAad, gcmText,
        "3980ca0b3c00e841eb06fac4872a2757859e1ceaa6efd984628593b40ca1e19c7d773d00c144c525ac619d18c84a3f4718e2448b2fe324"
        "d9"
        "ccda2710",
        "2519498e80f1478f37ba55bd6d27618c");
    row("McGrew-Viega 16, AES-256", Encryption::AesGcm16,
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", gcmNonce, gcmAad, gcmText,
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a"
        "0a"
        "bcc9f662",
        "76fc6ece0f4e1768cddf8853bb2d551b");
    row("RFC 7634 A, an ESP packet", Encryption::ChaCha20Poly1305, key7634, nonce7634, "0102030400000005",
        "45000054a6f200004001e778c6336405c000020508005b7a3a080000553bec100007362708090a0b0c0d0e0f101112131415161718191a"
        "1b"
        "1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363701020204",
        "24039428b97f417e3c13753a4f05087b67c352e6a7fab1b982d466ef407ae5c614ee8099d52844eb61aa95dfab4c02f72aa71e7c4c4f64"
        "c9"
        "befe2facc638e8f3cbec163fac469b502773f6fb94e664da9165b82829f641e0",
        "76aaa8266b7fb0f7b11b369907e1ad43");
    row("RFC 7634 B, an IKE message", Encryption::ChaCha20Poly1305, key7634, nonce7634,
        "c0c1c2c3c4c5c6c7d0d1d2d3d4d5d6d72e202500000000090000004529000029", "0000000c000040010000000a00",
        "610394701f8d017f7c12924889", "6b71bfe25236efd7cdc67066906315b2");
}

void TestCipher::aeadKnownAnswers() {
    QFETCH(int, cipher);
    const auto column = [](const char* name) {
        return fromHex((*static_cast<QByteArray*>(QTest::qData(name, qMetaTypeId<QByteArray>()))).toStdString());
    };
    const Bytes key = column("key");
    const Bytes nonce = column("nonce");
    const Bytes aad = column("aad");
    const Bytes clear = column("clear");
    const Bytes sealed = column("sealed");
    const Bytes tag = column("tag");
    QVERIFY(!sealed.empty() && sealed.size() == clear.size());
    auto sealer = AeadContext::create(static_cast<Encryption>(cipher), key, Direction::Seal);
    auto opener = AeadContext::create(static_cast<Encryption>(cipher), key, Direction::Open);
    QVERIFY(sealer && opener);
    // More than once: a context is keyed once and used for many messages.
    for (int repeat = 0; repeat < 3; ++repeat) {
        Bytes data = clear;
        Bytes icv(sealer->icvSize());
        QVERIFY(sealer->seal(nonce, aad, data, icv));
        QCOMPARE(toHex(data), toHex(sealed));
        QCOMPARE(toHex(icv), toHex(tag));

        icv.back() ^= 1U;
        Bytes forged = data;
        QVERIFY(!opener->open(nonce, aad, forged, icv));
        icv.back() ^= 1U;
        Bytes otherAad = aad;
        otherAad.front() ^= 0x80U;
        forged = data;
        QVERIFY(!opener->open(nonce, otherAad, forged, icv));
        forged = data;
        forged.front() ^= 1U;
        QVERIFY(!opener->open(nonce, aad, forged, icv));

        QVERIFY(opener->open(nonce, aad, data, icv));
        QCOMPARE(toHex(data), toHex(clear));
    }
}

void TestCipher::aeadShortTags() {
    const Bytes key = fromHex("feffe9928665731c6d6a8f9467308308");
    for (const auto& [cipher, size] : {std::pair(Encryption::AesGcm8, 8U), std::pair(Encryption::AesGcm12, 12U)}) {
        auto sealer = AeadContext::create(cipher, key, Direction::Seal);
        auto opener = AeadContext::create(cipher, key, Direction::Open);
        QVERIFY(sealer && opener);
        QCOMPARE(sealer->icvSize(), std::size_t{size});
        Bytes data = fromHex(gcmText);
        Bytes icv(size);
        QVERIFY(sealer->seal(fromHex(gcmNonce), fromHex(gcmAad), data, icv));
        QCOMPARE(toHex(icv), std::string("5bc94fbc3221a5db94fae95ae7121a47").substr(0, std::size_t{2} * size));
        Bytes longer(16);
        std::copy(icv.begin(), icv.end(), longer.begin());
        QVERIFY(!opener->open(fromHex(gcmNonce), fromHex(gcmAad), data, longer));
        QVERIFY(opener->open(fromHex(gcmNonce), fromHex(gcmAad), data, icv));
        QCOMPARE(toHex(data), gcmText);
    }
}

void TestCipher::aeadWithoutData() {
    // McGrew-Viega test case 1.
    auto sealer = AeadContext::create(Encryption::AesGcm16, Bytes(16), Direction::Seal);
    Bytes icv(16);
    QVERIFY(sealer->seal(Bytes(12), {}, {}, icv));
    QCOMPARE(toHex(icv), "58e2fccefa7e3061367f1d57a4e7455a");
    auto opener = AeadContext::create(Encryption::AesGcm16, Bytes(16), Direction::Open);
    QVERIFY(opener->open(Bytes(12), {}, {}, icv));
}

void TestCipher::aeadRefusesWrongSizes() {
    QCOMPARE(AeadContext::create(Encryption::AesGcm16, Bytes(20), Direction::Seal).error().code, "tern.crypto.cipher");
    QVERIFY(!AeadContext::create(Encryption::AesCbc, Bytes(16), Direction::Seal));
    auto sealer = AeadContext::create(Encryption::AesGcm16, Bytes(16), Direction::Seal);
    Bytes data(4);
    Bytes icv(16);
    QVERIFY(!sealer->seal(Bytes(8), {}, data, icv));
    QVERIFY(!sealer->seal(Bytes(12), {}, data, base::MutableByteView(icv).first(12)));
    QVERIFY(!sealer->open(Bytes(12), {}, data, icv));
}

void TestCipher::cbcRfc3602() {
    auto sealer =
        CipherContext::create(Encryption::AesCbc, fromHex("06a9214036b8a15b512e03d534120006"), Direction::Seal);
    Bytes data = base::toBytes("Single block msg");
    for (int repeat = 0; repeat < 2; ++repeat) {
        data = base::toBytes("Single block msg");
        QVERIFY(sealer->run(fromHex("3dafba429d9eb430b422da802c9fac41"), data));
        QCOMPARE(toHex(data), "e353779c1079aeb82708942dbe77181a");
    }
    const Bytes key = fromHex("c286696d887c9aa0611bbb3e2025a45a");
    const Bytes iv = fromHex("562e17996d093d28ddb3ba695a2e6f58");
    const std::string clear = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    auto two = CipherContext::create(Encryption::AesCbc, key, Direction::Seal);
    auto back = CipherContext::create(Encryption::AesCbc, key, Direction::Open);
    data = fromHex(clear);
    QVERIFY(two->run(iv, data));
    QCOMPARE(toHex(data), "d296cd94c2cccf8a3a863028b5e1dc0a7586602d253cfff91b8266bea6d61ab1");
    QVERIFY(back->run(iv, data));
    QCOMPARE(toHex(data), clear);
}

void TestCipher::ctrRfc3686() {
    auto context =
        CipherContext::create(Encryption::AesCtr, fromHex("ae6852f8121067cc4bf7a5765577f39e"), Direction::Seal);
    Bytes data = base::toBytes("Single block msg");
    QVERIFY(context->run(fromHex("00000030000000000000000000000001"), data));
    QCOMPARE(toHex(data), "e4095d4fb7a7b3792d6175a3261311b8");
}

void TestCipher::tripleDesGoesThereAndBack() {
    // NIST SP 800-67 B.1 gives ECB blocks; the first CBC block under an IV of zeros is one.
    const Bytes key = fromHex("0123456789abcdef23456789abcdef01456789abcdef0123");
    auto sealer = CipherContext::create(Encryption::TripleDesCbc, key, Direction::Seal);
    auto opener = CipherContext::create(Encryption::TripleDesCbc, key, Direction::Open);
    Bytes data = base::toBytes("The qufck");
    data.resize(8);
    QVERIFY(sealer->run(Bytes(8), data));
    QCOMPARE(toHex(data), "a826fd8ce53b855f");
    QVERIFY(opener->run(Bytes(8), data));
    QCOMPARE(base::toText(data), "The qufc");
}

void TestCipher::cbcRefusesPartialBlocks() {
    auto context = CipherContext::create(Encryption::AesCbc, Bytes(32), Direction::Seal);
    Bytes data(17);
    QVERIFY(!context->run(Bytes(16), data));
    QVERIFY(!context->run(Bytes(8), base::MutableByteView(data).first(16)));
    QVERIFY(context->run(Bytes(16), base::MutableByteView(data).first(16)));
    QVERIFY(!CipherContext::create(Encryption::AesGcm16, Bytes(16), Direction::Seal));
}

void TestCipher::traits() {
    QCOMPARE(encryptionTraits(20, 256)->key, std::size_t{32});
    QCOMPARE(encryptionTraits(20, 256)->salt, std::size_t{4});
    QCOMPARE(encryptionTraits(18, 128)->icv, std::size_t{8});
    QVERIFY(!encryptionTraits(12, 256)->isAead());
    QCOMPARE(encryptionTraits(12, 128)->block, std::size_t{16});
    QVERIFY(!encryptionTraits(20, 0));   // AES needs its key length
    QVERIFY(!encryptionTraits(28, 256)); // ChaCha20-Poly1305 has none
    QVERIFY(encryptionTraits(28, 0));
    QVERIFY(!encryptionTraits(12, 129));
    QVERIFY(!encryptionTraits(11, 0)); // ENCR_NULL
    QCOMPARE(encryptionOf(EspCipher::AesGcm12), Encryption::AesGcm12);
}

QTEST_APPLESS_MAIN(TestCipher)
#include "tst_cipher.moc"
