#include "core/esp/ipsec_mb.h"
#include "core/esp/security_association.h"

#include <QTest>
#include <array>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <random>

using namespace tern;
using base::Bytes;
using base::ByteView;
using crypto::EspCipher;
using crypto::EspIntegrity;

class TestPackets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knownAeadPackets_data();
    void knownAeadPackets();
    void knownCbcPackets_data();
    void knownCbcPackets();
    void backendsAgree();
    void sealsWhatOpens_data() { everySuite(); }
    void sealsWhatOpens();
    void refusesEveryFlippedBit_data() { everySuite(); }
    void refusesEveryFlippedBit();
    void refusesTheHighHalfOfAnotherNumber_data() { everySuite(); }
    void refusesTheHighHalfOfAnotherNumber();
    void refusesShortPackets_data() { everySuite(); }
    void refusesShortPackets();
    void paddingIsAlignedAndCounts();
    void replayedOnce();
    void badPadLength();
    void sequenceNumbersEnd();
    void crossesTheBorderOf32Bits_data() { everySuite(); }
    void crossesTheBorderOf32Bits();
    void highHalfGoesIntoTheMac_data();
    void highHalfGoesIntoTheMac();
    void cbcVectorsDoNotRepeat();
    void refusesWrongKeys();

private:
    static void everySuite();
};

namespace {

struct Suite {
    EspCipher cipher;
    std::size_t key;
    EspIntegrity integrity = EspIntegrity::None;
    bool extended = false;
    esp::Backend backend = esp::Backend::Fastest;
};

std::size_t integrityKeySize(EspIntegrity integrity) {
    switch (integrity) {
    case EspIntegrity::HmacSha1_96:
        return 20;
    case EspIntegrity::HmacSha256_128:
        return 32;
    case EspIntegrity::HmacSha384_192:
        return 48;
    case EspIntegrity::HmacSha512_256:
        return 64;
    case EspIntegrity::AesXcbc96:
    case EspIntegrity::AesCmac96:
        return 16;
    default:
        return 0;
    }
}

bool isCbc(EspCipher cipher) {
    return cipher == EspCipher::AesCbc || cipher == EspCipher::TripleDesCbc;
}

crypto::SaKeys keysFor(const Suite& suite) {
    crypto::SaKeys keys;
    keys.spi = 0xC0FFEE01U;
    keys.cipher = suite.cipher;
    keys.integrity = suite.integrity;
    keys.extendedSequenceNumbers = suite.extended;
    keys.encryptionKey = base::SecureBytes(ByteView(Bytes(suite.key, 0x5A)));
    keys.salt = base::SecureBytes(ByteView(Bytes(isCbc(suite.cipher) ? 0 : 4, 0xA5)));
    keys.integrityKey = base::SecureBytes(ByteView(Bytes(integrityKeySize(suite.integrity), 0x33)));
    return keys;
}

Bytes ipLike(std::size_t size) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<std::uint8_t>(i * 7);
    }
    return bytes;
}

Bytes sealed(esp::OutboundSa& sa, const Bytes& payload, std::uint8_t next = esp::nextIpv4) {
    Bytes slot(sa.sealedSize(payload.size()));
    std::ranges::copy(payload, slot.begin() + static_cast<std::ptrdiff_t>(sa.headroom()));
    slot.resize(sa.seal(slot, payload.size(), next));
    return slot;
}

} // namespace

Q_DECLARE_METATYPE(Suite)

void TestPackets::everySuite() {
    QTest::addColumn<Suite>("suite");
    for (const unsigned kind : {0U, 1U, 2U, 3U}) {
        const bool extended = (kind & 1U) != 0;
        const bool openSsl = (kind & 2U) != 0;
        const auto row = [extended, openSsl](const char* name, Suite suite) {
            suite.extended = extended;
            suite.backend = openSsl ? esp::Backend::OpenSsl : esp::Backend::Fastest;
            if (!openSsl || suite.integrity == EspIntegrity::None) {
                QTest::addRow("%s%s%s", name, extended ? " ESN" : "", openSsl ? " OpenSSL" : "") << suite;
            }
        };
        row("AES-128-GCM-16", {EspCipher::AesGcm16, 16});
        row("AES-192-GCM-16", {EspCipher::AesGcm16, 24});
        row("AES-256-GCM-16", {EspCipher::AesGcm16, 32});
        row("AES-256-GCM-12", {EspCipher::AesGcm12, 32});
        row("AES-128-GCM-8", {EspCipher::AesGcm8, 16});
        row("ChaCha20-Poly1305", {EspCipher::ChaCha20Poly1305, 32});
        row("AES-128-CBC SHA1-96", {EspCipher::AesCbc, 16, EspIntegrity::HmacSha1_96});
        row("AES-256-CBC SHA256-128", {EspCipher::AesCbc, 32, EspIntegrity::HmacSha256_128});
        row("AES-256-CBC SHA384-192", {EspCipher::AesCbc, 32, EspIntegrity::HmacSha384_192});
        row("AES-256-CBC SHA512-256", {EspCipher::AesCbc, 32, EspIntegrity::HmacSha512_256});
        row("AES-192-CBC XCBC-96", {EspCipher::AesCbc, 24, EspIntegrity::AesXcbc96});
        row("AES-128-CBC CMAC-96", {EspCipher::AesCbc, 16, EspIntegrity::AesCmac96});
        row("AES-256-CTR SHA256-128", {EspCipher::AesCtr, 32, EspIntegrity::HmacSha256_128});
        row("AES-128-CTR XCBC-96", {EspCipher::AesCtr, 16, EspIntegrity::AesXcbc96});
        row("3DES-CBC SHA1-96", {EspCipher::TripleDesCbc, 24, EspIntegrity::HmacSha1_96});
    }
}

void TestPackets::knownAeadPackets_data() {
    QTest::addColumn<QByteArray>("key"); // with the salt behind it
    QTest::addColumn<bool>("chacha");
    QTest::addColumn<quint64>("sequence"); // more than 32 bits, or a 64-bit AAD, means extended numbers
    QTest::addColumn<bool>("extended");
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<int>("next");
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("RFC 7634 appendix A")
        << QByteArray("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3") << true << quint64{5}
        << false
        << QByteArray("0102030400000005101112131415161724039428b97f417e3c13753a4f05087b67c352e6a7fab1b982d466ef407ae5c6"
                      "14ee8099d52844eb61aa95dfab4c02f72aa71e7c4c4f64c9befe2facc638e8f3cbec163fac469b502773f6fb94e664da"
                      "9165b82829f641e076aaa8266b7fb0f7b11b369907e1ad43")
        << 4
        << QByteArray("45000054a6f200004001e778c6336405c000020508005b7a3a080000553bec100007362708090a0b0c0d0e0f10111213"
                      "1415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637");
    // draft-mcgrew-gcm-test-01, §4; it writes next header 1 behind whole IP packets.
    QTest::newRow("GCM draft, case 1, ESN")
        << QByteArray("4c80cdefbb5d10da906ac73c3613a6342e443b68") << false << quint64{0x8765432100000000ULL} << true
        << QByteArray("00004321000000004956ed7e3b244cfefecf537e729d5b07dc30df528dd22b768d1b98736696a6fd348509fa13ceac34"
                      "cfa2436f14a3f3cf65925bf1f4a13c5d15b21e1884f5ff6247aeabb786b93bce61bc17d768fd9732459018148f6cbe72"
                      "2fd04796562dfdb4")
        << 1
        << QByteArray("45000048699a000080114db7c0a80102c0a801010a9bf15638d301000001000000000000045f736970045f7564700373"
                      "69700963796265726369747902646b0000210001");
    QTest::newRow("GCM draft, case 2")
        << QByteArray("feffe9928665731c6d6a8f9467308308cafebabe") << false << quint64{10} << false
        << QByteArray(
               "0000a5f80000000afacedbaddecaf888deb22cd9b07c72c16e3a65beeb8df304a5a5897d33ae530f1ba76d5d114d2a5c"
               "3de81827c10e9a4f51330d0eec416642cfbb85a5b47e48a4ec3b9ba95d918bd183b70d3aa8bc6ee4c309e9d85a41ad4a")
        << 1
        << QByteArray("4500003e698f000080114dccc0a80102c0a801010a980035002a2343b2d0010000010000000000000373697009637962"
                      "65726369747902646b0000010001");
    QTest::newRow("GCM draft, case 3, 256-bit key")
        << QByteArray("abbccddef00112233445566778899aababbccddef00112233445566778899aab11223344") << false << quint64{2}
        << false
        << QByteArray("4a2cbfe3000000020102030405060708ff425c9b724599df7a3bcd510194e00d6a78107f1b0b1cbf06efae9d65a5d763"
                      "748a637985771d347f0545659f14e99def842d8eb335f4eecfdbf831824b4c4915956c96")
        << 1
        << QByteArray(
               "4500003069a6400080062690c0a801029389155e0a9e008b2dc57ee0000000007002400020bf0000020405b401010402");
    QTest::newRow("GCM draft, 192-bit key")
        << QByteArray("feffe9928665731c6d6a8f9467308308feffe9928665731ccafebabe") << false << quint64{10} << false
        << QByteArray("0000a5f80000000afacedbaddecaf888a5b1f8066029aea40e598b8122de02420938b3ab33f828e687b8858b5bfbdbd0"
                      "315b27452144cc7795457b9652037f5318027b5b4cd7a636")
        << 1 << QByteArray("45000028a4ad4000400678800a01038f0a010612802306b8cb712602dd6bb03e501016d07568");
    QTest::newRow("GCM draft, 256-bit key, ESN")
        << QByteArray("abbccddef00112233445566778899aababbccddef00112233445566778899aab73616c74") << false
        << quint64{0x156f3126dd0db99bULL} << true
        << QByteArray("17405e67dd0db99b616e640169766563f2d69ecdbd5a0d5b8d5ef38bad4da58d1f278fde98ef67549d524a3018d9a57f"
                      "f4d3a31ce673119e451626c2415771e3b7eebca614c89b35")
        << 1 << QByteArray("45080028732c00004006e9f90a0106120a01038f06b88023dd6bafbecb71260250101f646d54");
    QTest::newRow("GCM draft, the last 32-bit number and no payload")
        << QByteArray("7d773d00c144c525ac619d18c84a3f47d9664267") << false << quint64{0xFFFFFFFFU} << false
        << QByteArray("335467aeffffffff43457e9182443bc6437f866bcb3f699fe9b0822bac961c4504bef270") << 1 << QByteArray();
    QTest::newRow("GCM draft, the last 64-bit number")
        << QByteArray("6c6567616c697a656d6172696a75616e61616e64646f69746265666f726569617475726e") << false
        << quint64{UINT64_MAX} << true
        << QByteArray("796b6963ffffffff333021696765746df97ab2aa356d8edce17644ac8c78e25dd24dedbb29ebf1b64a274b39b49c3a86"
                      "4cd3d78ca4ae68a32b42458fb57dbe821dcc63b9d0937ba2945f669368661a329fb4c053")
        << 1
        << QByteArray("45000030da3a00008001df3bc0a80005c0a800010800c6cd02000700616263646566676869"
                      "6a6b6c6d6e6f7071727374");
}

void TestPackets::knownAeadPackets() {
    QFETCH(QByteArray, key);
    QFETCH(bool, chacha);
    QFETCH(quint64, sequence);
    QFETCH(bool, extended);
    QFETCH(QByteArray, packet);
    QFETCH(int, next);
    QFETCH(QByteArray, payload);
    const Bytes wire = base::fromHex(packet.toStdString());
    const Bytes material = base::fromHex(key.toStdString());
    crypto::SaKeys keys;
    keys.spi = esp::spiOf(wire).value();
    keys.cipher = chacha ? EspCipher::ChaCha20Poly1305 : EspCipher::AesGcm16;
    keys.extendedSequenceNumbers = extended;
    keys.encryptionKey = base::SecureBytes(ByteView(material).first(material.size() - 4));
    keys.salt = base::SecureBytes(ByteView(material).last(4));
    for (const auto backend : {esp::Backend::OpenSsl, esp::Backend::Fastest}) {
        auto sa = esp::InboundSa::create(keys, sequence - 1, backend);
        QVERIFY(sa);
        Bytes copy = wire;
        const auto opened = sa->open(copy);
        QCOMPARE(opened.verdict, esp::Verdict::Opened);
        QCOMPARE(int{opened.nextHeader}, next);
        QCOMPARE(base::toHex(opened.payload), payload.toStdString());
    }
}

void TestPackets::knownCbcPackets_data() {
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("packet"); // RFC 3602 §4 has no ICV
    QTest::addColumn<int>("next");
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("RFC 3602 case 5")
        << QByteArray("90d382b410eeba7ad938c46cec1a82bf")
        << QByteArray("0000432100000001e96e8c08ab465763fd098d45dd3ff893f663c25d325c18c6a9453e194e120849a4870b66cc6b9965"
                      "330013b4898dc856a4699e523a55db080b59ec3a8e4b7e52775b07d1db34ed9c538ab50c551b874aa269add047ad2d59"
                      "13ac19b7cfbad4a6")
        << 1
        << QByteArray("08000ebda70a00008e9c083db95b070008090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2021222324252627"
                      "28292a2b2c2d2e2f3031323334353637");
    QTest::newRow("RFC 3602 case 7")
        << QByteArray("0123456789abcdef0123456789abcdef")
        << QByteArray("0000876500000002f4e765244f6407adf13dc1380f673f37773b5241a4c449225e4f3ce5ed611b0c237ca96cf74a9301"
                      "3c1b0ea1a0cf70f8e4ecaec78ac53aad7a0f022b859243c647752e94a859352b8a4d4d2decd136e5c177f132ad3fbfb2"
                      "201ac9904c74ee0a109e0ca1e4dfe9d5a100b842f1c22f0d")
        << 4
        << QByteArray("45000054090400004001f988c0a87b03c0a87bc808009f76a90a0100b49c083d02a2040008090a0b0c0d0e0f10111213"
                      "1415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637");
}

void TestPackets::knownCbcPackets() {
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, packet);
    QFETCH(int, next);
    QFETCH(QByteArray, payload);
    Bytes wire = base::fromHex(packet.toStdString());
    auto keys = keysFor({EspCipher::AesCbc, 16, EspIntegrity::HmacSha256_128});
    keys.spi = esp::spiOf(wire).value();
    keys.encryptionKey = base::SecureBytes(ByteView(base::fromHex(key.toStdString())));
    std::array<std::uint8_t, 32> mac{};
    QVERIFY(HMAC(EVP_sha256(), keys.integrityKey.data(), static_cast<int>(keys.integrityKey.size()), wire.data(),
                 wire.size(), mac.data(), nullptr) != nullptr);
    base::append(wire, ByteView(mac).first(16));
    auto sa = esp::InboundSa::create(keys);
    QVERIFY(sa);
    const auto opened = sa->open(wire);
    QCOMPARE(opened.verdict, esp::Verdict::Opened);
    QCOMPARE(int{opened.nextHeader}, next);
    QCOMPARE(base::toHex(opened.payload), payload.toStdString());
}

void TestPackets::backendsAgree() {
    if (!esp::IpsecMbGcm::available()) {
        QSKIP("no ipsec-mb library on this machine, or no AES instructions");
    }
    for (const auto& suite :
         {Suite{EspCipher::AesGcm16, 16}, Suite{EspCipher::AesGcm16, 24}, Suite{EspCipher::AesGcm16, 32},
          Suite{EspCipher::AesGcm12, 32}, Suite{EspCipher::AesGcm8, 16}}) {
        auto fast = esp::OutboundSa::create(keysFor(suite));
        auto plain = esp::OutboundSa::create(keysFor(suite), 0, esp::Backend::OpenSsl);
        QVERIFY(fast && plain);
        for (std::size_t size = 0; size < 3000; size += 1 + size / 10) {
            QVERIFY(sealed(*fast, ipLike(size)) == sealed(*plain, ipLike(size)));
        }
    }
}

void TestPackets::sealsWhatOpens() {
    QFETCH(Suite, suite);
    auto out = esp::OutboundSa::create(keysFor(suite), 0, suite.backend);
    auto in = esp::InboundSa::create(keysFor(suite), 0, suite.backend);
    QVERIFY(out && in);
    for (std::size_t size = 0; size < 70; ++size) {
        const Bytes payload = ipLike(size);
        Bytes packet = sealed(*out, payload, size % 2 == 0 ? esp::nextIpv4 : esp::nextIpv6);
        QCOMPARE(packet.size(), out->sealedSize(size));
        QCOMPARE(esp::spiOf(packet).value(), 0xC0FFEE01U);
        const auto opened = in->open(packet);
        QCOMPARE(opened.verdict, esp::Verdict::Opened);
        QCOMPARE(opened.nextHeader, size % 2 == 0 ? esp::nextIpv4 : esp::nextIpv6);
        QCOMPARE(base::toHex(opened.payload), base::toHex(payload));
    }
    Bytes large = sealed(*out, ipLike(60'000));
    QCOMPARE(in->open(large).payload.size(), std::size_t{60'000});
}

void TestPackets::refusesEveryFlippedBit() {
    QFETCH(Suite, suite);
    auto out = esp::OutboundSa::create(keysFor(suite), 100, suite.backend);
    auto in = esp::InboundSa::create(keysFor(suite), 90, suite.backend);
    QVERIFY(out && in);
    const Bytes packet = sealed(*out, ipLike(40));
    for (std::size_t bit = 0; bit < packet.size() * 8; ++bit) {
        Bytes forged = packet;
        forged[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        QVERIFY(in->open(forged).verdict != esp::Verdict::Opened);
    }
    // No forgery has moved the window: the true packet still opens.
    Bytes copy = packet;
    QCOMPARE(in->open(copy).verdict, esp::Verdict::Opened);
}

void TestPackets::refusesTheHighHalfOfAnotherNumber() {
    QFETCH(Suite, suite);
    auto out = esp::OutboundSa::create(keysFor(suite), 1000, suite.backend);
    auto in = esp::InboundSa::create(keysFor(suite), (std::uint64_t{3} << 32U) + 1000, suite.backend);
    QVERIFY(out && in);
    Bytes packet = sealed(*out, ipLike(40));
    const auto expected = suite.extended ? esp::Verdict::AuthFailed : esp::Verdict::Replayed;
    QCOMPARE(in->open(packet).verdict, expected);
}

void TestPackets::refusesShortPackets() {
    QFETCH(Suite, suite);
    auto out = esp::OutboundSa::create(keysFor(suite), 0, suite.backend);
    auto in = esp::InboundSa::create(keysFor(suite), 0, suite.backend);
    QVERIFY(out && in);
    const Bytes packet = sealed(*out, ipLike(40));
    for (std::size_t size = 0; size < packet.size(); ++size) {
        Bytes cut(packet.begin(), packet.begin() + static_cast<std::ptrdiff_t>(size));
        QVERIFY(in->open(cut).verdict != esp::Verdict::Opened);
    }
    QVERIFY(out->seal(base::MutableByteView(), 0, esp::nextIpv4) == 0);
    Bytes small(out->sealedSize(40) - 1);
    QVERIFY(out->seal(small, 40, esp::nextIpv4) == 0);
    QVERIFY(out->seal(small, SIZE_MAX, esp::nextIpv4) == 0);
}

void TestPackets::paddingIsAlignedAndCounts() {
    auto out = esp::OutboundSa::create(keysFor({EspCipher::AesGcm16, 16}));
    QVERIFY(out);
    QCOMPARE(out->headroom(), std::size_t{16});
    QCOMPARE(out->sealedSize(2), std::size_t{16 + 4 + 16});
    QCOMPARE(out->sealedSize(3), std::size_t{16 + 8 + 16});
    auto cbc = esp::OutboundSa::create(keysFor({EspCipher::AesCbc, 16, EspIntegrity::HmacSha256_128}));
    QVERIFY(cbc);
    QCOMPARE(cbc->headroom(), std::size_t{24});
    QCOMPARE(cbc->sealedSize(14), std::size_t{24 + 16 + 16});
    QCOMPARE(cbc->sealedSize(15), std::size_t{24 + 32 + 16});
}

void TestPackets::replayedOnce() {
    auto out = esp::OutboundSa::create(keysFor({EspCipher::AesGcm16, 32}));
    auto in = esp::InboundSa::create(keysFor({EspCipher::AesGcm16, 32}));
    QVERIFY(out && in);
    const Bytes first = sealed(*out, ipLike(20));
    const Bytes second = sealed(*out, ipLike(20));
    for (const Bytes* packet : {&second, &first}) {
        Bytes copy = *packet;
        QCOMPARE(in->open(copy).verdict, esp::Verdict::Opened);
        copy = *packet;
        QCOMPARE(in->open(copy).verdict, esp::Verdict::Replayed);
    }
}

void TestPackets::badPadLength() {
    // Authenticated, but its pad length reaches beyond the packet.
    const auto keys = keysFor({EspCipher::AesGcm16, 16});
    auto cipher = esp::makePacketCipher(keys, crypto::Direction::Seal);
    auto in = esp::InboundSa::create(keys);
    QVERIFY(cipher && in);
    Bytes packet(8 + 8 + 8 + 16);
    packet[7] = 1;
    packet[16 + 6] = 7;
    const base::MutableByteView all(packet);
    QVERIFY((*cipher)->seal({all.first(8), all.subspan(8, 8), all.subspan(16, 8), all.last(16), 1}));
    QCOMPARE(in->open(packet).verdict, esp::Verdict::Malformed);
}

void TestPackets::sequenceNumbersEnd() {
    const auto short32 = keysFor({EspCipher::AesGcm16, 16});
    auto out = esp::OutboundSa::create(short32, 0xFFFFFFFEU);
    QVERIFY(out);
    QCOMPARE(out->sequencesLeft(), std::uint64_t{1});
    QVERIFY(!sealed(*out, ipLike(4)).empty());
    QCOMPARE(out->sequencesLeft(), std::uint64_t{0});
    QVERIFY(sealed(*out, ipLike(4)).empty());
    const auto extended = keysFor({EspCipher::AesGcm16, 16, EspIntegrity::None, true});
    auto longer = esp::OutboundSa::create(extended, 0xFFFFFFFEU);
    auto in = esp::InboundSa::create(extended, 0xFFFFFFF0U);
    QVERIFY(longer && in);
    for (int i = 0; i < 5; ++i) { // across the border of the low half
        Bytes packet = sealed(*longer, ipLike(4));
        QCOMPARE(in->open(packet).verdict, esp::Verdict::Opened);
    }
    auto end = esp::OutboundSa::create(extended, UINT64_MAX);
    QVERIFY(end);
    QVERIFY(sealed(*end, ipLike(4)).empty());
    // Blocks of 64 bits: long before the numbers are used up, and with extended ones too.
    for (const bool esn : {false, true}) {
        const auto small = keysFor({EspCipher::TripleDesCbc, 24, EspIntegrity::HmacSha1_96, esn});
        auto limited = esp::OutboundSa::create(small);
        QVERIFY(limited);
        QCOMPARE(limited->sequencesLeft() - esp::renewalReserve, esp::mostPacketsOfSmallBlocks);
    }
}

// Packets on both sides of 2^32, out of order: with extended numbers each opens once, whichever half it is of; with
// 32-bit numbers the sender ends and nothing that looks like a new round gets in.
void TestPackets::crossesTheBorderOf32Bits() {
    QFETCH(Suite, suite);
    constexpr std::uint64_t border = std::uint64_t{1} << 32U;
    constexpr std::size_t before = 20;
    auto out = esp::OutboundSa::create(keysFor(suite), border - 1 - before, suite.backend);
    auto in = esp::InboundSa::create(keysFor(suite), border - 1 - before, suite.backend);
    QVERIFY(out && in);
    if (suite.cipher == EspCipher::TripleDesCbc) {
        QVERIFY(sealed(*out, ipLike(40)).empty()); // its time is over long before
        return;
    }
    QCOMPARE(out->sequencesLeft(), suite.extended ? UINT64_MAX - (border - 1 - before) : std::uint64_t{before});
    std::vector<Bytes> packets;
    for (std::size_t i = 0; i < 2 * before; ++i) {
        if (auto packet = sealed(*out, ipLike(40)); !packet.empty()) {
            packets.push_back(std::move(packet));
        }
    }
    QCOMPARE(packets.size(), suite.extended ? 2 * before : before);
    // The first of the new round comes before the last of the old one, and so on outwards.
    std::mt19937 dice(3);
    std::ranges::shuffle(packets, dice);
    for (const auto expected : {esp::Verdict::Opened, esp::Verdict::Replayed}) {
        for (const auto& packet : packets) {
            Bytes copy = packet;
            QCOMPARE(in->open(copy).verdict, expected);
        }
    }
    if (!suite.extended) {
        auto again = esp::OutboundSa::create(keysFor(suite), 0, suite.backend);
        Bytes wrapped = sealed(*again, ipLike(40));
        QCOMPARE(in->open(wrapped).verdict, esp::Verdict::Replayed);
    }
}

void TestPackets::highHalfGoesIntoTheMac_data() {
    QTest::addColumn<quint64>("sequence");
    QTest::addColumn<bool>("extended");
    QTest::newRow("32 bits") << quint64{7} << false;
    QTest::newRow("first of the extended numbers") << quint64{1} << true;
    QTest::newRow("last of the first round") << quint64{0xFFFFFFFFU} << true;
    QTest::newRow("first of the second round") << quint64{0x100000000ULL} << true;
    QTest::newRow("far away") << quint64{0x876543210FEDCBA9ULL} << true;
}

// RFC 4303 §2.2.1: with a separate MAC the high half is hashed behind the packet, and not sent.
void TestPackets::highHalfGoesIntoTheMac() {
    QFETCH(quint64, sequence);
    QFETCH(bool, extended);
    auto keys = keysFor({EspCipher::AesCbc, 16, EspIntegrity::HmacSha256_128, extended});
    auto out = esp::OutboundSa::create(keys, sequence - 1);
    QVERIFY(out);
    const Bytes packet = sealed(*out, ipLike(40));
    Bytes covered(packet.begin(), packet.end() - 16);
    QCOMPARE(covered[7], static_cast<std::uint8_t>(sequence));
    for (const unsigned shift : {56U, 48U, 40U, 32U}) {
        if (extended) {
            covered.push_back(static_cast<std::uint8_t>(sequence >> shift));
        }
    }
    std::array<std::uint8_t, 32> mac{};
    QVERIFY(HMAC(EVP_sha256(), keys.integrityKey.data(), static_cast<int>(keys.integrityKey.size()), covered.data(),
                 covered.size(), mac.data(), nullptr) != nullptr);
    QCOMPARE(base::toHex(ByteView(packet).last(16)), base::toHex(ByteView(mac).first(16)));
}

void TestPackets::cbcVectorsDoNotRepeat() {
    auto out = esp::OutboundSa::create(keysFor({EspCipher::AesCbc, 16, EspIntegrity::HmacSha256_128}));
    QVERIFY(out);
    const Bytes one = sealed(*out, ipLike(30));
    const Bytes two = sealed(*out, ipLike(30));
    QVERIFY(Bytes(one.begin() + 8, one.begin() + 24) != Bytes(two.begin() + 8, two.begin() + 24));
    // Neither is the IV the number itself: nobody can tell the next one without the key.
    QVERIFY(Bytes(one.begin() + 8, one.begin() + 16) != Bytes(8, 0));
}

void TestPackets::refusesWrongKeys() {
    const auto refused = [](const crypto::SaKeys& keys) {
        const auto out = esp::OutboundSa::create(keys);
        return !out && out.error().code == "tern.datapath.cipher" && !esp::InboundSa::create(keys);
    };
    QVERIFY(refused(keysFor({EspCipher::AesGcm16, 15})));
    QVERIFY(refused(keysFor({EspCipher::ChaCha20Poly1305, 16})));
    QVERIFY(refused(keysFor({EspCipher::AesCbc, 16})));
    auto noSalt = keysFor({EspCipher::AesGcm16, 16});
    noSalt.salt.clear();
    QVERIFY(refused(noSalt));
    auto noNonce = keysFor({EspCipher::AesCtr, 16, EspIntegrity::HmacSha256_128});
    noNonce.salt.clear();
    QVERIFY(refused(noNonce));
    auto shortMac = keysFor({EspCipher::AesCbc, 16, EspIntegrity::HmacSha256_128});
    shortMac.integrityKey = base::SecureBytes(ByteView(Bytes(20, 1)));
    QVERIFY(refused(shortMac));
}

QTEST_GUILESS_MAIN(TestPackets)
#include "tst_packets.moc"
