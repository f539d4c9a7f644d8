#include "core/crypto/diffie_hellman.h"
#include "core/crypto/prf.h"

#include <QTest>
#include <algorithm>

using namespace tern;
using namespace tern::crypto;
using base::Bytes;
using base::fromHex;
using base::toHex;

class TestDiffieHellman : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knownAnswers_data();
    void knownAnswers();
    void modpAgainstPlainArithmetic_data();
    void modpAgainstPlainArithmetic();
    void curve25519Rfc8031();
    void bothSidesAgree_data();
    void bothSidesAgree();
    void modpRefusesValuesOutOfRange();
    void ecpRefusesWhatIsNotOnTheCurve();
    void curvesRefuseSmallOrder();
    void unknownGroups();
};

void TestDiffieHellman::knownAnswers_data() {
    QTest::addColumn<int>("group");
    QTest::addColumn<QByteArray>("privateI");
    QTest::addColumn<QByteArray>("publicI");
    QTest::addColumn<QByteArray>("privateR");
    QTest::addColumn<QByteArray>("publicR");
    QTest::addColumn<QByteArray>("secret");
    QTest::newRow("RFC 5903 8.1") << 19
                                  << QByteArray("c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433")
                                  << QByteArray("dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c3772581180"
                                                "5271a0461cdb8252d61f1c456fa3e59ab1f45b33accf5f58389e0577b8990bb3")
                                  << QByteArray("c6ef9c5d78ae012a011164acb397ce2088685d8f06bf9be0b283ab46476bee53")
                                  << QByteArray("d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf63"
                                                "56fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab")
                                  << QByteArray("d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de");
    QTest::newRow("RFC 5903 8.2")
        << 20
        << QByteArray(
               "099f3c7034d4a2c699884d73a375a67f7624ef7c6b3c0f160647b67414dce655e35b538041e649ee3faef896783ab194")
        << QByteArray(
               "667842d7d180ac2cde6f74f37551f55755c7645c20ef73e31634fe72b4c55ee6de3ac808acb4bdb4c88732aee95f41aa"
               "9482ed1fc0eeb9cafc4984625ccfc23f65032149e0e144ada024181535a0f38eeb9fcff3c2c947dae69b4c634573a81c")
        << QByteArray(
               "41cb0779b4bdb85d47846725fbec3c9430fab46cc8dc5060855cc9bda0aa2942e0308312916b8ed2960e4bd55a7448fc")
        << QByteArray(
               "e558dbef53eecde3d3fccfc1aea08a89a987475d12fd950d83cfa41732bc509d0d1ac43a0336def96fda41d0774a3571"
               "dcfbec7aacf3196472169e838430367f66eebe3c6e70c416dd5f0c68759dd1fff83fa40142209dff5eaad96db9e6386c")
        << QByteArray(
               "11187331c279962d93d604243fd592cb9d0a926f422e47187521287e7156c5c4d603135569b9e9d09cf5d4a270f59746");
    QTest::newRow("RFC 5903 8.3")
        << 21
        << QByteArray(
               "0037ade9319a89f4dabdb3ef411aaccca5123c61acab57b5393dce47608172a095aa85a30fe1c2952c6771d937ba9777f595"
               "7b2639bab072462f68c27a57382d4a52")
        << QByteArray(
               "0015417e84dbf28c0ad3c278713349dc7df153c897a1891bd98bab4357c9ecbee1e3bf42e00b8e380aeae57c2d1075649418"
               "85942af5a7f4601723c4195d176ced3e017cae20b6641d2eeb695786d8c946146239d099e18e1d5a514c739d7cb4a10ad8a7"
               "88015ac405d7799dc75e7b7d5b6cf2261a6a7f1507438bf01beb6ca3926f9582")
        << QByteArray(
               "0145ba99a847af43793fdd0e872e7cdfa16be30fdc780f97bccc3f078380201e9c677d600b343757a3bdbf2a3163e4c2f869"
               "cca7458aa4a4effc311f5cb151685eb9")
        << QByteArray(
               "00d0b3975ac4b799f5bea16d5e13e9af971d5e9b984c9f39728b5e5739735a219b97c356436adc6e95bb0352f6be64a6c291"
               "2d4ef2d0433ced2b6171640012d9460f015c68226383956e3bd066e797b623c27ce0eac2f551a10c2c724d9852077b87220b"
               "6536c5c408a1d2aebb8e86d678ae49cb57091f4732296579ab44fcd17f0fc56a")
        << QByteArray(
               "01144c7d79ae6956bc8edb8e7c787c4521cb086fa64407f97894e5e6b2d79b04d1427e73ca4baa240a34786859810c06b3c7"
               "15a3a8cc3151f2bee417996d19f3ddea");
    QTest::newRow("RFC 7748 6.1") << 31
                                  << QByteArray("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
                                  << QByteArray("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")
                                  << QByteArray("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")
                                  << QByteArray("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
                                  << QByteArray("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
    QTest::newRow("RFC 7748 6.2")
        << 32
        << QByteArray(
               "9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28dd9c9baf574a9419744897391006382a6f127ab1d9ac2"
               "d8c0a598726b")
        << QByteArray(
               "9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bbc836647241d953d40c5b12da88120d53177f"
               "80e532c41fa0")
        << QByteArray(
               "1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d6927c120bb5ee8972b0d3e21374c9c921b09d1b0366f"
               "10b65173992d")
        << QByteArray(
               "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972fc3e34fb4232a13ca706dcb57aec3dae07bd"
               "c1c67bf33609")
        << QByteArray(
               "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56fd2464c335543936521c24403085d59a449a"
               "5037514a879d");
}

void TestDiffieHellman::knownAnswers() {
    QFETCH(int, group);
    QFETCH(QByteArray, privateI);
    QFETCH(QByteArray, publicI);
    QFETCH(QByteArray, privateR);
    QFETCH(QByteArray, publicR);
    QFETCH(QByteArray, secret);
    const auto id = static_cast<std::uint16_t>(group);
    const auto initiator = KeyExchange::createWithPrivate(id, fromHex(privateI.toStdString()));
    const auto responder = KeyExchange::createWithPrivate(id, fromHex(privateR.toStdString()));
    QVERIFY(initiator && responder);
    QCOMPARE(toHex((*initiator)->publicValue()), publicI.toStdString());
    QCOMPARE(toHex((*responder)->publicValue()), publicR.toStdString());
    QCOMPARE(toHex((*initiator)->sharedSecret((*responder)->publicValue())->view()), secret.toStdString());
    QCOMPARE(toHex((*responder)->sharedSecret((*initiator)->publicValue())->view()), secret.toStdString());
}

// RFC 8031, appendix A, which gives one private value.
void TestDiffieHellman::curve25519Rfc8031() {
    const auto ours =
        KeyExchange::createWithPrivate(31, fromHex("751fb4308655b476b6789b7325f9ea8cddd16a58533ff6d9e60009464a5f9d94"));
    QVERIFY(ours.has_value());
    QCOMPARE(toHex((*ours)->publicValue()), "48d5ddd4061257ba166fa3f9bbdb74f1a4e81c089384fa77f790709f0dfbc766");
    const auto shared =
        (*ours)->sharedSecret(fromHex("0be7c1f5aad87d7e448662673298a443478b859745179eaf564c79c0ef6eee25"));
    QVERIFY(shared.has_value());
    QCOMPARE(toHex(shared->view()), "c74950607a12327f3204d94b6825bfb068b7f8319a9e3708ed3d43ce8130c950");
}

void TestDiffieHellman::modpAgainstPlainArithmetic_data() {
    // x = SHA-256("xGROUP"), y = SHA-256("yGROUP"); the primes rebuilt from the formula in RFC 3526 (2^n - 2^(n-64) - 1
    // + 2^64 * ([2^(n-130) pi] + c)) and the powers taken by Python's pow(): SHA-256 of g^x and of g^xy.
    QTest::addColumn<int>("group");
    QTest::addColumn<QByteArray>("publicHash");
    QTest::addColumn<QByteArray>("secretHash");
    const auto row = [](int group, const char* publicHash, const char* secretHash) {
        QTest::addRow("%d", group) << group << QByteArray(publicHash) << QByteArray(secretHash);
    };
    row(2, "389c29a2a5a420a8dd7bb99fbe322f39238cc7b2c2c6fba3cec1d1537d3a6af9",
        "d8292193e30abb9f613a581020f7aca91ce434fca93459a0c659248721c3a67c");
    row(5, "da34f6b79e6ff2b1cdf6f22f1f0e4cb9c0e2042787427eacb4f00f520fb61d5f",
        "2e60501cabfb90cb70e33595384adcf27982c30dcfcfc7de559f15add5ae5ff4");
    row(14, "56bb02c981aec7868b03d90d15f416e1be19d55e0c04ef78a06d79ee96beaae4",
        "62fda6322230d6fd8ae49299b1e66276bd7c714f206f22b0bb0a1e9b6c4cdf8d");
    row(15, "b76a976b58de19b3c5a6ecc8d661b848418ec8c2924953141825239ddc32541b",
        "70d12b7cdb54f7b062748622d4b98c56e47914971978cafe0bc50aff985a7b8e");
    row(16, "b508b05aee31b9bc23a85bba68d0d0dd6b9f0281108fe0425ffe56301692abf9",
        "2b71443eec95eff7dbc94f035ab43bf5b802da2f2409e7c022f0dd4856d759e3");
    row(17, "5b62d1611f81c6a82cefe0cd3739e3850c04679529ea700a3d0f5939a3b37d79",
        "851ce0347ed2093586caef2977cad2f0884b730c1684c77e54c62967ec9aa5b1");
    row(18, "4206b66a50baaf201d61ea1d0ce894e2ad85a697083b5030d14a97a62741532d",
        "0c750e2bf45df4645f3f08ee79ac548d78eff334764b53481d13ce949501fb89");
}

void TestDiffieHellman::modpAgainstPlainArithmetic() {
    QFETCH(int, group);
    QFETCH(QByteArray, publicHash);
    QFETCH(QByteArray, secretHash);
    const auto exponent = [&](const char* side) {
        return digest(Hash::Sha256, {base::toBytes(side + std::to_string(group))});
    };
    const auto id = static_cast<std::uint16_t>(group);
    const auto x = KeyExchange::createWithPrivate(id, exponent("x"));
    const auto y = KeyExchange::createWithPrivate(id, exponent("y"));
    QVERIFY(x && y);
    QCOMPARE((*x)->publicValue().size(), KeyExchange::publicSize(id));
    QCOMPARE(toHex(digest(Hash::Sha256, {(*x)->publicValue()})), publicHash.toStdString());
    QCOMPARE(toHex(digest(Hash::Sha256, {(*x)->sharedSecret((*y)->publicValue())->view()})), secretHash.toStdString());
}

void TestDiffieHellman::bothSidesAgree_data() {
    QTest::addColumn<int>("group");
    for (const int group : {2, 5, 14, 15, 16, 19, 20, 21, 31, 32}) {
        QTest::addRow("%d", group) << group;
    }
}

void TestDiffieHellman::bothSidesAgree() {
    QFETCH(int, group);
    const auto id = static_cast<std::uint16_t>(group);
    const auto one = KeyExchange::create(id);
    const auto two = KeyExchange::create(id);
    QVERIFY(one && two);
    QCOMPARE((*one)->group(), id);
    QVERIFY((*one)->publicValue() != (*two)->publicValue());
    QCOMPARE((*one)->publicValue().size(), KeyExchange::publicSize(id));
    const auto a = (*one)->sharedSecret((*two)->publicValue());
    const auto b = (*two)->sharedSecret((*one)->publicValue());
    QVERIFY(a && b);
    QCOMPARE(toHex(a->view()), toHex(b->view()));
    // One octet too few or too many is refused.
    Bytes wrong = (*two)->publicValue();
    wrong.push_back(0);
    QCOMPARE((*one)->sharedSecret(wrong).error().code, "tern.crypto.dh.public-value");
    wrong.resize(wrong.size() - 2);
    QCOMPARE((*one)->sharedSecret(wrong).error().code, "tern.crypto.dh.public-value");
}

void TestDiffieHellman::modpRefusesValuesOutOfRange() {
    for (const std::uint16_t group : {std::uint16_t{2}, std::uint16_t{14}}) {
        const auto mine = KeyExchange::create(group);
        QVERIFY(mine.has_value());
        const std::size_t size = KeyExchange::publicSize(group);
        Bytes value(size);
        QVERIFY(!(*mine)->sharedSecret(value)); // 0
        value.back() = 1;
        QVERIFY(!(*mine)->sharedSecret(value));
        value.assign(size, 0xFF);
        QVERIFY(!(*mine)->sharedSecret(value)); // larger than p
        // The prime of group 2 (RFC 2409 §6.2).
        const Bytes prime = group == 2
                                ? fromHex("ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea6"
                                          "3b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245"
                                          "e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f2411"
                                          "7c4b1fe649286651ece65381ffffffffffffffff")
                                : Bytes{};
        if (!prime.empty()) {
            value = prime;
            QVERIFY(!(*mine)->sharedSecret(value)); // p
            value.back() = 0xFE;
            QVERIFY(!(*mine)->sharedSecret(value)); // p - 1, of order 2
        }
        value.assign(size, 0);
        value.back() = 4; // g^2
        QVERIFY((*mine)->sharedSecret(value).has_value());
    }
}

void TestDiffieHellman::ecpRefusesWhatIsNotOnTheCurve() {
    for (const std::uint16_t group : {std::uint16_t{19}, std::uint16_t{20}, std::uint16_t{21}}) {
        const auto mine = KeyExchange::create(group);
        const auto theirs = KeyExchange::create(group);
        QVERIFY(mine && theirs);
        Bytes point = (*theirs)->publicValue();
        point.back() ^= 1U;
        QCOMPARE((*mine)->sharedSecret(point).error().code, "tern.crypto.dh.public-value");
        QVERIFY(!(*mine)->sharedSecret(Bytes(point.size())));       // (0, 0)
        QVERIFY(!(*mine)->sharedSecret(Bytes(point.size(), 0xFF))); // coordinates beyond the field
    }
}

void TestDiffieHellman::curvesRefuseSmallOrder() {
    for (const std::uint16_t group : {std::uint16_t{31}, std::uint16_t{32}}) {
        const auto mine = KeyExchange::create(group);
        QVERIFY(mine.has_value());
        Bytes point(KeyExchange::publicSize(group));
        QCOMPARE((*mine)->sharedSecret(point).error().code, "tern.crypto.dh.public-value");
        point.front() = 1;
        QVERIFY(!(*mine)->sharedSecret(point));
    }
    // A point of order 8 on Curve25519.
    const auto mine = KeyExchange::create(31);
    QVERIFY(!(*mine)->sharedSecret(fromHex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")));
}

void TestDiffieHellman::unknownGroups() {
    for (const std::uint16_t group : {std::uint16_t{0}, std::uint16_t{1}, std::uint16_t{22}, std::uint16_t{33}}) {
        QVERIFY(!KeyExchange::supports(group));
        QCOMPARE(KeyExchange::publicSize(group), std::size_t{0});
        QCOMPARE(KeyExchange::create(group).error().code, "tern.crypto.dh.group");
    }
    QVERIFY(KeyExchange::supports(14));
}

QTEST_APPLESS_MAIN(TestDiffieHellman)
#include "tst_diffie_hellman.moc"
