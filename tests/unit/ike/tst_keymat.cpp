#include "core/crypto/prf.h"
#include "core/ike/authenticator.h"
#include "core/ike/keymat.h"

#include <QTest>

using namespace tern;
using namespace tern::ike;

namespace {

// NIST CAVP, "SP 800-135 IKEv2" vectors, SHA-1, and the same input with SHA-256 as OpenSSL's test suite has it.
const base::Bytes ni = base::fromHex("3651fef5c9c35e93");
const base::Bytes nr = base::fromHex("c09a8b90a3f04d59");
const base::Bytes gir =
    base::fromHex("d084a30166a50fb7325c3960874a839449ef9741c2f4f947d0201dd8c1269273d79509f37e3ca3eb4fa2fe2a28254e289cd3"
                  "f34dad4eb4df1a07685a4b8a94fa61e2491f7598b3ce65547ff133b3f63d1ac4175eaa695033f3cedb026a6873a36455172a"
                  "8540b8a5d23a0143bed0390ee49b168269d75fffee9fb62be965993c");
const base::Bytes girNew =
    base::fromHex("52f00ab174c25d5b7139ae5ff4e8e9eddee5992d2e36adf8a559ffd90dab1442e4fbe429d320c0f33552a17d1557fa41ea70"
                  "e8fb916c4fa27ed52b5f8ebd8461afa78f1159159a64055ac5f6319e29c28eae58cbc6847770f32c3fed1d04750484f85479"
                  "0f95e9ec01bc5bc461f24966462e359511329305038e94deb6dd42c2");
constexpr Spi spiI = 0x8e5c3ae507221684;
constexpr Spi spiR = 0xb1f201bb155c3acd;

ChosenSuite sha1Suite() {
    return {EncryptionId::AesCbc, 128, PrfId::HmacSha1, IntegrityId::HmacSha1_96, GroupId::Modp1024, false};
}

// All keys in the order prf+ gives them.
std::string joined(const IkeKeys& keys) {
    std::string text;
    for (const auto* key : {&keys.derive, &keys.integrityInitiator, &keys.integrityResponder, &keys.encryptionInitiator,
                            &keys.encryptionResponder, &keys.proofInitiator, &keys.proofResponder}) {
        text += base::toHex(key->view());
    }
    return text;
}

std::string joined(const crypto::SaKeys& keys) {
    return base::toHex(keys.encryptionKey.view()) + base::toHex(keys.salt.view()) +
           base::toHex(keys.integrityKey.view());
}

} // namespace

class TestKeymat : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ikeKeysAreNists();
    void ikeKeysWithSha256();
    void aeadKeysCarryTheirSalt();
    void rekeyedKeysStartFromTheNewSeed();
    void childKeysAreNists();
    void childKeysWithPfsAreNists();
    void childDirectionsFollowTheInitiator();
    void unknownSuitesAreRefused();
    void aesPrfsTakeHalfOfEachNonce();
    void sharedSecretAuthIsTwoPrfs();
};

void TestKeymat::ikeKeysAreNists() {
    const auto keys = deriveIkeKeys(sha1Suite(), gir, {ni, nr, spiI, spiR});
    QVERIFY(keys.has_value());
    QCOMPARE(joined(*keys),
             std::string("6f1b12cad3cbe097b35430356d869d54cddb0198ec859174d53ceb92dddedbe2436db69f60977c58"
                         "fa63bbb667f8d36920b109baae8f6c61a9ac49feda01843225d080ec5539d5881a25521ffb2a0a91"
                         "874a9c0a27fcc2d717eb8963a9e3a89c7ab264757284c28cf8c3ca40576f4220b052b1fb8e9ad60b"
                         "a3c80557323331a8cbb89f20"));
    QCOMPARE(keys->derive.size(), std::size_t{20});
    QCOMPARE(keys->encryptionInitiator.size(), std::size_t{16});
}

void TestKeymat::ikeKeysWithSha256() {
    const ChosenSuite suite{EncryptionId::AesCbc, 256,  PrfId::HmacSha256, IntegrityId::HmacSha256_128,
                            GroupId::Modp2048,    false};
    const auto keys = deriveIkeKeys(suite, gir, {ni, nr, spiI, spiR});
    QVERIFY(keys.has_value());
    QCOMPARE(joined(*keys),
             std::string("462b9dd525d4fd71169174272779e704baf62c6231779ae9efe8c58b21916b42010164af2111ebd7"
                         "62f6916ca9a6f0ee05c8b320e4ee27705521de2589adea1878f1a551738af7c88dc4f0bb0c096a3f"
                         "7d1f1a670fc79f49f678d60d665bb3710c8657f03ba9f62b9a818d7a228968c506e237ae9502aa6d"
                         "b395c61ea6a3e79504f86b7368bfb5423df79e48809bbccd49fd826d024f63d7c2a5566400a12e73"
                         "6aa034510428f5ea008fe2fc16886fa388274ea6c2b4fcfc6141bf04f8207ef8afc224ea1059cb22"
                         "0dc0b23ac0e4ccda495a4e131b1d56e223aba5a48e8ed1f5"));
}

void TestKeymat::aeadKeysCarryTheirSalt() {
    const ChosenSuite suite{EncryptionId::AesGcm16, 128, PrfId::HmacSha1, IntegrityId::None, GroupId::Ecp256, false};
    const auto keys = deriveIkeKeys(suite, gir, {ni, nr, spiI, spiR});
    QVERIFY(keys.has_value());
    QVERIFY(keys->integrityInitiator.empty());
    QCOMPARE(keys->encryptionInitiator.size(), std::size_t{20});
    // The same stream as above, cut differently: 20 | 20 | 20 | 20 | 20.
    QVERIFY(
        joined(*keys).starts_with("6f1b12cad3cbe097b35430356d869d54cddb0198ec859174d53ceb92dddedbe2436db69f60977c58"));
}

void TestKeymat::rekeyedKeysStartFromTheNewSeed() {
    const auto old = deriveIkeKeys(sha1Suite(), gir, {ni, nr, spiI, spiR});
    QVERIFY(old.has_value());
    const auto next = deriveRekeyedIkeKeys(sha1Suite(), *old, girNew, {ni, nr, spiI, spiR});
    QVERIFY(next.has_value());
    // NIST's SKEYSEED (rekey), expanded.
    const auto seed = base::fromHex("3b03bce748c96d5e8306918d2ff89b68f0648da3");
    const auto text = base::fromHex("3651fef5c9c35e93c09a8b90a3f04d598e5c3ae507221684b1f201bb155c3acd");
    const auto stream = crypto::prfPlus(PrfId::HmacSha1, seed, text, 132);
    QCOMPARE(joined(*next), base::toHex(stream.view()));
}

void TestKeymat::childKeysAreNists() {
    const auto ike = deriveIkeKeys(sha1Suite(), gir, {ni, nr, spiI, spiR});
    const auto pair = deriveChildKeys(sha1Suite(), *ike, {{}, ni, nr, 0x1001, 0x2002, true});
    QVERIFY(pair.has_value());
    QCOMPARE(joined(pair->outbound) + joined(pair->inbound),
             std::string("4727dc0ef94eb326ce131cf282fb652faa638ad0ddae3786a11bcc0309876009f8c485de011ad962"
                         "c5b1ca8a41ff8145445749079c5686e26ffebbc342f06981f3da745e11ca0976"));
    QCOMPARE(pair->inbound.spi, 0x1001U);
    QCOMPARE(pair->outbound.spi, 0x2002U);
    QCOMPARE(pair->inbound.integrity, crypto::EspIntegrity::HmacSha1_96);
}

void TestKeymat::childKeysWithPfsAreNists() {
    const auto ike = deriveIkeKeys(sha1Suite(), gir, {ni, nr, spiI, spiR});
    const auto pair = deriveChildKeys(sha1Suite(), *ike, {girNew, ni, nr, 0x1001, 0x2002, true});
    QVERIFY(pair.has_value());
    QCOMPARE(joined(pair->outbound) + joined(pair->inbound),
             std::string("b109c21ad4c0797768c1cec9e63554681e48f224bca7f23c20c4ea7041983451e9aa1d5408656c8a"
                         "975ff1b9d9a12c75ffeb64bdecb30174664cccb4e14f1c377b7f6d1525af77c7"));
}

void TestKeymat::childDirectionsFollowTheInitiator() {
    const auto ike = deriveIkeKeys(sha1Suite(), gir, {ni, nr, spiI, spiR});
    const auto asInitiator = deriveChildKeys(sha1Suite(), *ike, {{}, ni, nr, 1, 2, true});
    const auto asResponder = deriveChildKeys(sha1Suite(), *ike, {{}, ni, nr, 2, 1, false});
    QCOMPARE(joined(asInitiator->outbound), joined(asResponder->inbound));
    QCOMPARE(joined(asInitiator->inbound), joined(asResponder->outbound));
    QCOMPARE(asInitiator->outbound.spi, asResponder->inbound.spi);
}

void TestKeymat::unknownSuitesAreRefused() {
    auto suite = sha1Suite();
    suite.keyBits = 100;
    QCOMPARE(deriveIkeKeys(suite, gir, {ni, nr, spiI, spiR}).error().code, std::string("tern.ike.proposal.unoffered"));
    suite = sha1Suite();
    suite.integrity = IntegrityId::None; // CBC alone protects nothing
    QVERIFY(!deriveIkeKeys(suite, gir, {ni, nr, spiI, spiR}));
    const auto ike = deriveIkeKeys(sha1Suite(), gir, {ni, nr, spiI, spiR});
    auto esp = sha1Suite();
    esp.encryption = EncryptionId::TripleDesCbc; // with a key length it does not have
    QVERIFY(!deriveChildKeys(esp, *ike, {{}, ni, nr, 1, 2, true}));
    esp.keyBits = 0;
    QCOMPARE(deriveChildKeys(esp, *ike, {{}, ni, nr, 1, 2, true})->outbound.encryptionKey.size(), std::size_t{24});
}

// RFC 7296 §2.14: SKEYSEED is keyed with 64 bits of each nonce, prf+ gets the whole nonces.
void TestKeymat::aesPrfsTakeHalfOfEachNonce() {
    for (const auto function : {PrfId::AesXcbc, PrfId::AesCmac}) {
        const ChosenSuite suite{EncryptionId::AesCtr, 256, function, IntegrityId::AesXcbc96, GroupId::Modp2048, false};
        const auto longI = base::fromHex("000102030405060708090a0b0c0d0e0f1011121314151617");
        const auto longR = base::fromHex("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7");
        const auto keys = deriveIkeKeys(suite, gir, {longI, longR, spiI, spiR});
        QVERIFY(keys.has_value());
        const auto seed = crypto::prf(function, base::fromHex("0001020304050607a0a1a2a3a4a5a6a7"), {gir});
        auto text = longI;
        base::append(text, longR);
        base::append(text, base::fromHex("8e5c3ae507221684b1f201bb155c3acd"));
        // SK_d | SK_ai | SK_ar | SK_ei | SK_er | SK_pi | SK_pr; a nonce of 4 octets behind the key of counter mode.
        const auto stream = crypto::prfPlus(function, seed.view(), text, 16 + 2 * 16 + 2 * 36 + 2 * 16);
        QCOMPARE(joined(*keys), base::toHex(stream.view()));
        QCOMPARE(keys->encryptionInitiator.size(), std::size_t{36});
    }
}

void TestKeymat::sharedSecretAuthIsTwoPrfs() {
    const auto secret = base::toBytes("a shared key");
    const auto octets = base::toBytes("octets");
    const auto inner = crypto::prf(PrfId::HmacSha256, secret, {base::toBytes("Key Pad for IKEv2")});
    const auto outer = crypto::prf(PrfId::HmacSha256, inner.view(), {octets});
    QCOMPARE(base::toHex(sharedSecretAuth(PrfId::HmacSha256, secret, octets).view()), base::toHex(outer.view()));
}

QTEST_APPLESS_MAIN(TestKeymat)
#include "tst_keymat.moc"
