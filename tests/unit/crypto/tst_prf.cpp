#include "core/crypto/integrity.h"
#include "core/crypto/prf.h"
#include "core/crypto/random.h"

#include <QTest>

using namespace tern;
using namespace tern::crypto;
using base::fromHex;
using base::toBytes;
using base::toHex;

class TestPrf : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hashes();
    void hmacRfc2202And4231_data();
    void hmacRfc2202And4231();
    void ikev2KeysNistSp800_135();
    void prfPlusOfEveryLength();
    void transforms();
    void integrityRfc4868_data();
    void integrityRfc4868();
    void integrityRefusesWrongSizes();
    void systemRandomFillsEverything();
};

void TestPrf::hashes() {
    // FIPS 180 examples.
    QCOMPARE(toHex(digest(Hash::Sha1, {toBytes("a"), toBytes("bc")})), "a9993e364706816aba3e25717850c26c9cd0d89d");
    QCOMPARE(toHex(digest(Hash::Sha256, {toBytes("abc")})),
             "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QCOMPARE(toHex(digest(Hash::Sha384, {toBytes("abc")})),
             "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
    QCOMPARE(toHex(secretDigest(Hash::Sha512, {toBytes("ab"), {}, toBytes("c")}).view()),
             "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
             "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

void TestPrf::hmacRfc2202And4231_data() {
    QTest::addColumn<int>("hash");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray hi("Hi There");
    const QByteArray what("what do ya want for nothing?");
    const QByteArray larger("Test Using Larger Than Block-Size Key - Hash Key First");
    const QByteArray jefe("Jefe");
    const auto row = [](const char* name, Hash hash, const QByteArray& key, const QByteArray& data, const char* hex) {
        QTest::newRow(name) << static_cast<int>(hash) << key << data << QByteArray(hex);
    };
    row("sha1 case 1", Hash::Sha1, QByteArray(20, '\x0b'), hi, "b617318655057264e28bc0b6fb378c8ef146be00");
    row("sha1 case 2", Hash::Sha1, jefe, what, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    row("sha256 case 1", Hash::Sha256, QByteArray(20, '\x0b'), hi,
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    row("sha256 case 2", Hash::Sha256, jefe, what, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    row("sha256 case 6", Hash::Sha256, QByteArray(131, '\xaa'), larger,
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    row("sha384 case 1", Hash::Sha384, QByteArray(20, '\x0b'), hi,
        "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6");
    row("sha384 case 6", Hash::Sha384, QByteArray(131, '\xaa'), larger,
        "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952");
    row("sha512 case 1", Hash::Sha512, QByteArray(20, '\x0b'), hi,
        "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
        "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854");
    row("sha512 case 6", Hash::Sha512, QByteArray(131, '\xaa'), larger,
        "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
        "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598");
}

base::ByteView view(const QByteArray& bytes) {
    return {reinterpret_cast<const std::uint8_t*>(bytes.constData()), static_cast<std::size_t>(bytes.size())};
}

void TestPrf::hmacRfc2202And4231() {
    QFETCH(int, hash);
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, expected);
    const auto all = view(data);
    QCOMPARE(toHex(hmac(static_cast<Hash>(hash), view(key), {all.first(3), all.subspan(3)}).view()),
             expected.toStdString());
}

void TestPrf::ikev2KeysNistSp800_135() {
    // CAVP 800-135 ikev2.rsp, the first vector of [SHA-1].
    const auto nonces = fromHex("3651fef5c9c35e93c09a8b90a3f04d59");
    const auto spis = fromHex("8e5c3ae507221684b1f201bb155c3acd");
    const auto gir =
        fromHex("d084a30166a50fb7325c3960874a839449ef9741c2f4f947d0201dd8c1269273d79509f37e3ca3eb4fa2fe2a28254e289c"
                "d3f34dad4eb4df1a07685a4b8a94fa61e2491f7598b3ce65547ff133b3f63d1ac4175eaa695033f3cedb026a6873a36455"
                "172a8540b8a5d23a0143bed0390ee49b168269d75fffee9fb62be965993c");
    const auto girNew =
        fromHex("52f00ab174c25d5b7139ae5ff4e8e9eddee5992d2e36adf8a559ffd90dab1442e4fbe429d320c0f33552a17d1557fa41ea"
                "70e8fb916c4fa27ed52b5f8ebd8461afa78f1159159a64055ac5f6319e29c28eae58cbc6847770f32c3fed1d04750484f8"
                "54790f95e9ec01bc5bc461f24966462e359511329305038e94deb6dd42c2");
    const auto skeyseed = prf(Prf::HmacSha1, nonces, {gir});
    QCOMPARE(toHex(skeyseed.view()), "cd2e8050137832245f1dbacc6e4f0a92f94d45d6");

    auto seed = nonces;
    base::append(seed, spis);
    const auto keys = prfPlus(Prf::HmacSha1, skeyseed.view(), seed, 132);
    QCOMPARE(toHex(keys.view()),
             "6f1b12cad3cbe097b35430356d869d54cddb0198ec859174d53ceb92dddedbe2436db69f60977c58fa63bbb667f8d36920b109ba"
             "ae8f6c61a9ac49feda01843225d080ec5539d5881a25521ffb2a0a91874a9c0a27fcc2d717eb8963a9e3a89c7ab264757284c28c"
             "f8c3ca40576f4220b052b1fb8e9ad60ba3c80557323331a8cbb89f20");

    const auto skD = keys.view().first(20);
    QCOMPARE(toHex(prfPlus(Prf::HmacSha1, skD, nonces, 132).view()),
             "4727dc0ef94eb326ce131cf282fb652faa638ad0ddae3786a11bcc0309876009f8c485de011ad962c5b1ca8a41ff814544574907"
             "9c5686e26ffebbc342f06981f3da745e11ca0976424d1f8caec623d59dc7186deb20a27b411d1dcb70a365440bf7de905088b069"
             "2e8addc094e18d1939bdb67e89798ca6b239e2ccb81c2409dac0106c");
    auto dhSeed = girNew;
    base::append(dhSeed, nonces);
    QCOMPARE(toHex(prfPlus(Prf::HmacSha1, skD, dhSeed, 132).view()),
             "b109c21ad4c0797768c1cec9e63554681e48f224bca7f23c20c4ea7041983451e9aa1d5408656c8a975ff1b9d9a12c75ffeb64bd"
             "ecb30174664cccb4e14f1c377b7f6d1525af77c7092aac3e47f917ebae8297fb5539d2008ce830823a09cc197361d4a289c72745"
             "f6ce9fefe812be5bf55b3200fbb82e41a4a40877d3fe106db909707b");
    QCOMPARE(toHex(prf(Prf::HmacSha1, skD, {girNew, nonces}).view()), "3b03bce748c96d5e8306918d2ff89b68f0648da3");
}

void TestPrf::prfPlusOfEveryLength() {
    const auto key = toBytes("key");
    const auto seed = toBytes("seed");
    for (const auto function :
         {Prf::HmacSha1, Prf::HmacSha256, Prf::HmacSha384, Prf::HmacSha512, Prf::AesXcbc, Prf::AesCmac}) {
        const std::size_t size = prfSize(function);
        const auto longest = prfPlus(function, key, seed, 255 * size);
        for (const std::size_t length : {std::size_t{0}, std::size_t{1}, size - 1, size, size + 1, 3 * size}) {
            const auto shorter = prfPlus(function, key, seed, length);
            QCOMPARE(shorter.size(), length);
            QCOMPARE(toHex(shorter.view()), toHex(longest.view().first(length)));
        }
        // RFC 7296 §2.13: T255 = prf(K, T254 | S | 0xFF).
        const auto last = prf(function, key, {longest.view().subspan(253 * size, size), seed, base::Bytes{0xFF}});
        QCOMPARE(toHex(longest.view().last(size)), toHex(last.view()));
    }
}

void TestPrf::transforms() {
    QCOMPARE(prfFromTransform(5), std::optional(Prf::HmacSha256));
    QVERIFY(!prfFromTransform(1)); // HMAC-MD5
    QCOMPARE(prfFromTransform(4), std::optional(Prf::AesXcbc));
    QCOMPARE(prfFromTransform(8), std::optional(Prf::AesCmac));
    QCOMPARE(prfSize(Prf::HmacSha384), std::size_t{48});
    QVERIFY(!integrityTraits(1));
    QCOMPARE(integrityTraits(12)->icv, std::size_t{16});
    QVERIFY(!integrityOf(EspIntegrity::None));
    QCOMPARE(integrityOf(EspIntegrity::HmacSha512_256), std::optional(Integrity::HmacSha512_256));
}

void TestPrf::integrityRfc4868_data() {
    QTest::addColumn<int>("integrity");
    QTest::addColumn<int>("keySize");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("sha1-96") << 2 << 20 << QByteArray("b617318655057264e28bc0b6");
    QTest::newRow("AUTH256-1") << 12 << 32 << QByteArray("198a607eb44bfbc69903a0f1cf2bbdc5");
    QTest::newRow("AUTH384-1") << 13 << 48 << QByteArray("b6a8d5636f5c6a7224f9977dcf7ee6c7fb6d0c48cbdee973");
    QTest::newRow("AUTH512-1") << 14 << 64
                               << QByteArray("637edc6e01dce7e6742a99451aae82df23da3e92439e590e43e761b33e910fb8");
}

void TestPrf::integrityRfc4868() {
    QFETCH(int, integrity);
    QFETCH(int, keySize);
    QFETCH(QByteArray, expected);
    const base::Bytes key(static_cast<std::size_t>(keySize), 0x0B);
    const auto data = toBytes("Hi There");
    const auto context = IntegrityContext::create(static_cast<Integrity>(integrity), key);
    QVERIFY(context.has_value());
    for (int repeat = 0; repeat < 3; ++repeat) {
        base::Bytes icv(context->icvSize());
        QVERIFY(context->compute({base::ByteView(data).first(2), base::ByteView(data).subspan(2)}, icv));
        QCOMPARE(toHex(icv), expected.toStdString());
        QVERIFY(context->verify({data}, icv));
        icv.back() ^= 1U;
        QVERIFY(!context->verify({data}, icv));
    }
}

void TestPrf::integrityRefusesWrongSizes() {
    const auto short31 = IntegrityContext::create(Integrity::HmacSha256_128, base::Bytes(31));
    QVERIFY(!short31.has_value());
    QCOMPARE(short31.error().code, "tern.crypto.cipher");
    const auto context = IntegrityContext::create(Integrity::HmacSha256_128, base::Bytes(32));
    base::Bytes icv(32);
    QVERIFY(!context->compute({icv}, icv));
    QVERIFY(!context->verify({icv}, {}));
}

void TestPrf::systemRandomFillsEverything() {
    SystemRandom random;
    base::Bytes first(4096);
    base::Bytes second(4096);
    random.fill(first);
    random.fill(second);
    QVERIFY(first != second);
    // Sixteen zeros in a row anywhere would mean that a part was not filled.
    const base::Bytes zeros(16);
    QVERIFY(std::search(first.begin(), first.end(), zeros.begin(), zeros.end()) == first.end());
    random.fill({});
}

QTEST_APPLESS_MAIN(TestPrf)
#include "tst_prf.moc"
