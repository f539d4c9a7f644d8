#include "core/ike/fragments.h"
#include "core/ike/payloads.h"
#include "core/ike/protection.h"
#include "tests/unit/ike/seeded_random.h"

#include <QTest>
#include <array>

using namespace tern;
using namespace tern::ike;

namespace {

base::SecureBytes counted(std::size_t count, std::uint8_t first) {
    base::SecureBytes octets(count);
    for (auto& octet : octets.span()) {
        octet = first++;
    }
    return octets;
}

IkeKeys keysFor(std::size_t encryption, std::size_t integrity) {
    IkeKeys keys;
    keys.encryptionInitiator = counted(encryption, 1);
    keys.encryptionResponder = counted(encryption, 101);
    keys.integrityInitiator = counted(integrity, 51);
    keys.integrityResponder = counted(integrity, 151);
    return keys;
}

const ChosenSuite chacha{
    EncryptionId::ChaCha20Poly1305, 0, PrfId::HmacSha256, IntegrityId::None, GroupId::Curve25519, false};
const ChosenSuite gcm{EncryptionId::AesGcm16, 256, PrfId::HmacSha256, IntegrityId::None, GroupId::Ecp256, false};
const ChosenSuite cbc{EncryptionId::AesCbc, 256,  PrfId::HmacSha256, IntegrityId::HmacSha256_128,
                      GroupId::Ecp256,      false};

const ChosenSuite ctr{EncryptionId::AesCtr, 256,  PrfId::HmacSha256, IntegrityId::HmacSha256_128,
                      GroupId::Ecp256,      false};
const ChosenSuite gcm12{EncryptionId::AesGcm12, 256, PrfId::HmacSha256, IntegrityId::None, GroupId::Ecp256, false};
const ChosenSuite gcm8{EncryptionId::AesGcm8, 256, PrfId::HmacSha256, IntegrityId::None, GroupId::Ecp256, false};
const ChosenSuite tripleDes{EncryptionId::TripleDesCbc, 0,    PrfId::HmacSha1, IntegrityId::HmacSha1_96,
                            GroupId::Modp1024,          false};
const std::array suites{&chacha, &gcm, &cbc, &ctr, &gcm12, &gcm8, &tripleDes};

Header header() {
    Header h;
    h.initiatorSpi = 0x1111;
    h.responderSpi = 0x2222;
    h.exchange = ExchangeType::Auth;
    h.firstPayload = PayloadType::Notify;
    h.flags = flagInitiator;
    h.messageId = 1;
    return h;
}

IkeKeys keysForSuite(const ChosenSuite& suite) {
    const auto cipher = crypto::encryptionTraits(static_cast<std::uint16_t>(suite.encryption), suite.keyBits);
    const auto integrity = crypto::integrityTraits(static_cast<std::uint16_t>(suite.integrity));
    return keysFor(cipher->key + cipher->salt, integrity ? integrity->key : 0);
}

Opened fragmentOf(std::uint16_t number, std::uint16_t total, std::string_view text) {
    Opened opened;
    opened.firstPayload = number == 1 ? PayloadType::Notify : PayloadType::None;
    opened.plain = base::toBytes(text);
    opened.fragment = FragmentPlace{number, total};
    return opened;
}

const base::Instant start{std::chrono::seconds(1000)};

} // namespace

class TestProtection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void publishedMessage();
    void roundTrip_data();
    void roundTrip();
    void everyFlippedBitIsRefused();
    void everyTruncationIsRefused();
    void wrongPaddingIsRefused();
    void ivsDoNotRepeat();
    void fragmentsComeTogetherInAnyOrder();
    void fragmentsStartOverWithAFinerCut();
    void fragmentsAreBounded();
};

// RFC 7634, appendix B.
void TestProtection::publishedMessage() {
    IkeKeys keys;
    keys.encryptionInitiator =
        base::SecureBytes(base::fromHex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3"));
    keys.encryptionResponder = keys.encryptionInitiator.clone();
    auto sender = Protection::create(chacha, keys, true);
    auto receiver = Protection::create(chacha, keys, false);
    QVERIFY(sender && receiver);
    const auto message = base::fromHex("c0c1c2c3c4c5c6c7d0d1d2d3d4d5d6d72e202500000000090000004529000029"
                                       "1011121314151617610394701f8d017f7c129248896b71bfe25236efd7cdc67066906315b2");
    const auto plain = base::fromHex("0000000c000040010000000a");

    const auto opened = receiver->open(message);
    QVERIFY(opened.has_value());
    QCOMPARE(base::toHex(opened->plain), base::toHex(plain));
    QCOMPARE(opened->firstPayload, PayloadType::Notify);

    sender->setNextIv(0x1011121314151617);
    Header h;
    h.initiatorSpi = 0xc0c1c2c3c4c5c6c7;
    h.responderSpi = 0xd0d1d2d3d4d5d6d7;
    h.firstPayload = PayloadType::Notify;
    h.exchange = ExchangeType::Informational;
    h.messageId = 9;
    test::SeededRandom random(1);
    const auto sealed = sender->seal(h, plain, std::nullopt, random);
    QVERIFY(sealed.has_value());
    QCOMPARE(base::toHex(*sealed), base::toHex(message));
}

void TestProtection::roundTrip_data() {
    QTest::addColumn<int>("suite");
    QTest::addColumn<int>("size");
    for (int suite = 0; suite < static_cast<int>(suites.size()); ++suite) {
        for (const int size : {0, 1, 14, 15, 16, 17, 1000, 60000}) {
            QTest::addRow("suite %d, %d octets", suite, size) << suite << size;
        }
    }
}

void TestProtection::roundTrip() {
    QFETCH(int, suite);
    QFETCH(int, size);
    const auto& chosen = *suites.at(static_cast<std::size_t>(suite));
    const auto keys = keysForSuite(chosen);
    auto initiator = Protection::create(chosen, keys, true);
    auto responder = Protection::create(chosen, keys, false);
    QVERIFY(initiator && responder);
    test::SeededRandom random(7);
    base::Bytes plain(static_cast<std::size_t>(size));
    random.fill(plain);
    for (const auto fragment : {std::optional<FragmentPlace>(), std::optional(FragmentPlace{2, 3})}) {
        const auto sealed = initiator->seal(header(), plain, fragment, random);
        QVERIFY(sealed.has_value());
        QVERIFY(sealed->size() <= plain.size() + initiator->overhead() + 4);
        const auto opened = responder->open(*sealed);
        QVERIFY(opened.has_value());
        QCOMPARE(opened->plain, plain);
        QCOMPARE(opened->fragment, fragment);
        QVERIFY(!initiator->open(*sealed)); // not under the keys of the other direction
    }
}

void TestProtection::everyFlippedBitIsRefused() {
    for (const auto* chosen : suites) {
        const auto keys = keysForSuite(*chosen);
        auto initiator = Protection::create(*chosen, keys, true);
        auto responder = Protection::create(*chosen, keys, false);
        test::SeededRandom random(7);
        const auto sealed = initiator->seal(header(), base::toBytes("hello"), std::nullopt, random);
        for (std::size_t bit = 0; bit < sealed->size() * 8; ++bit) {
            auto bad = *sealed;
            bad[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
            QVERIFY(!responder->open(bad));
        }
    }
}

void TestProtection::everyTruncationIsRefused() {
    auto initiator = Protection::create(cbc, keysFor(32, 32), true);
    auto responder = Protection::create(cbc, keysFor(32, 32), false);
    test::SeededRandom random(7);
    const auto sealed = initiator->seal(header(), base::toBytes("hello"), FragmentPlace{1, 1}, random);
    for (std::size_t size = 0; size < sealed->size(); ++size) {
        auto shorter = base::Bytes(sealed->begin(), sealed->begin() + static_cast<std::ptrdiff_t>(size));
        QVERIFY(!responder->open(shorter));
        if (size >= headerSize + 4) {
            // With lengths that fit as well, so that the bounds are tested and not the header.
            shorter[27] = static_cast<std::uint8_t>(size);
            shorter[26] = 0;
            shorter[30] = 0;
            shorter[31] = static_cast<std::uint8_t>(size - headerSize);
            QVERIFY(!responder->open(shorter));
        }
    }
}

void TestProtection::wrongPaddingIsRefused() {
    // A plain text whose last octet, taken as Pad Length, points before its beginning: sealed by hand with GCM.
    const auto keys = keysFor(36, 0);
    auto aead = crypto::AeadContext::create(EncryptionId::AesGcm16, keys.encryptionInitiator.view().first(32),
                                            crypto::Direction::Seal);
    QVERIFY(aead.has_value());
    auto h = header();
    h.firstPayload = PayloadType::Encrypted;
    base::Bytes data = {0, 0, 0, 200};
    auto message = encodeHeader(h, 4 + 8 + data.size() + 16);
    base::append(message, base::fromHex("29000020"));
    const auto aad = message;
    const base::Bytes iv(8, 5);
    base::Bytes nonce(keys.encryptionInitiator.view().begin() + 32, keys.encryptionInitiator.view().end());
    base::append(nonce, iv);
    base::Bytes icv(16);
    QVERIFY(aead->seal(nonce, aad, data, icv));
    base::append(message, iv);
    base::append(message, data);
    base::append(message, icv);
    auto responder = Protection::create(gcm, keys, false);
    QVERIFY(!responder->open(message));
}

void TestProtection::ivsDoNotRepeat() {
    auto initiator = Protection::create(gcm, keysFor(36, 0), true);
    test::SeededRandom random(7);
    const auto first = initiator->seal(header(), {}, std::nullopt, random);
    const auto second = initiator->seal(header(), {}, std::nullopt, random);
    QVERIFY(*first != *second);
}

void TestProtection::fragmentsComeTogetherInAnyOrder() {
    Reassembler parts;
    QVERIFY(!parts.add(start, 4, fragmentOf(3, 3, "c")));
    QVERIFY(!parts.add(start, 4, fragmentOf(1, 3, "a")));
    QVERIFY(!parts.add(start, 4, fragmentOf(1, 3, "again")));
    const auto whole = parts.add(start, 4, fragmentOf(2, 3, "b"));
    QVERIFY(whole.has_value());
    QCOMPARE(base::toText(whole->plain), std::string("abc"));
    QCOMPARE(whole->firstPayload, PayloadType::Notify);
}

void TestProtection::fragmentsStartOverWithAFinerCut() {
    Reassembler parts;
    QVERIFY(!parts.add(start, 4, fragmentOf(1, 2, "ab")));
    QVERIFY(!parts.add(start, 4, fragmentOf(1, 3, "a"))); // the sender cuts smaller now
    QVERIFY(!parts.add(start, 4, fragmentOf(2, 2, "late")));
    QVERIFY(!parts.add(start, 4, fragmentOf(2, 3, "b")));
    QCOMPARE(base::toText(parts.add(start, 4, fragmentOf(3, 3, "c"))->plain), std::string("abc"));
}

void TestProtection::fragmentsAreBounded() {
    Reassembler parts;
    QVERIFY(!parts.add(start, 1, fragmentOf(0, 1, "x")));
    QVERIFY(!parts.add(start, 1, fragmentOf(2, 1, "x")));
    QVERIFY(!parts.add(start, 1, fragmentOf(1, maximumFragments + 1, "x")));
    // Octets.
    const std::string big(40000, 'x');
    QVERIFY(!parts.add(start, 1, fragmentOf(1, 3, big)));
    QVERIFY(!parts.add(start, 1, fragmentOf(2, 3, big)));
    QVERIFY(!parts.add(start, 1, fragmentOf(3, 3, "c"))); // what there was has been dropped
    // Age.
    Reassembler old;
    QVERIFY(!old.add(start, 1, fragmentOf(1, 2, "a")));
    QVERIFY(!old.add(start + maximumFragmentAge + std::chrono::seconds(1), 1, fragmentOf(2, 2, "b")));
}

QTEST_APPLESS_MAIN(TestProtection)
#include "tst_protection.moc"
