// ML-KEM through OpenSSL, and the answering end of every key exchange.
#include "core/crypto/ml_kem.h"
#include "core/crypto/prf.h"

#include <QCryptographicHash>
#include <QTest>

using namespace tern;
using namespace tern::crypto;

class TestMlKem : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agrees_data();
    void agrees();
    void keyFromSeed();
    void isRefusedWhereOpensslLacksIt();
    void otherGroupsAnswerToo();
    void badKeysAndCiphertexts();
};

void TestMlKem::agrees_data() {
    QTest::addColumn<int>("group");
    QTest::addColumn<int>("keySize");
    QTest::addColumn<int>("ciphertextSize");
    QTest::newRow("512") << 35 << 800 << 768;
    QTest::newRow("768") << 36 << 1184 << 1088;
    QTest::newRow("1024") << 37 << 1568 << 1568;
}

void TestMlKem::agrees() {
    QFETCH(int, group);
    QFETCH(int, keySize);
    QFETCH(int, ciphertextSize);
    const auto id = static_cast<std::uint16_t>(group);
    if (!mlKemIsAvailable(id)) {
        QSKIP("this OpenSSL does not have ML-KEM");
    }
    QVERIFY(KeyExchange::supports(id));
    const auto ours = KeyExchange::create(id);
    QVERIFY(ours.has_value());
    QCOMPARE((*ours)->group(), id);
    QCOMPARE((*ours)->publicValue().size(), static_cast<std::size_t>(keySize));
    const auto reply = replyToKeyExchange(id, (*ours)->publicValue());
    QVERIFY(reply.has_value());
    QCOMPARE(reply->publicValue.size(), static_cast<std::size_t>(ciphertextSize));
    const auto secret = (*ours)->sharedSecret(reply->publicValue);
    QVERIFY(secret.has_value());
    QCOMPARE(secret->size(), std::size_t{32});
    QVERIFY(base::equalConstantTime(secret->view(), reply->secret.view()));
    const auto again = replyToKeyExchange(id, (*ours)->publicValue());
    QVERIFY(!base::equalConstantTime(again->secret.view(), reply->secret.view()));
    // FIPS 203 §6.3: a damaged ciphertext gives another secret, not an error.
    auto damaged = reply->publicValue;
    damaged.at(17) ^= 1;
    const auto other = (*ours)->sharedSecret(damaged);
    QVERIFY(other.has_value());
    QVERIFY(!base::equalConstantTime(other->view(), reply->secret.view()));
}

// The first of NIST's ML-KEM-768 key generation vectors, as OpenSSL and BoringSSL test with it.
void TestMlKem::keyFromSeed() {
    if (!mlKemIsAvailable(mlKem768)) {
        QSKIP("this OpenSSL does not have ML-KEM");
    }
    const auto seed = QByteArray::fromHex("7c9935a0b07694aa0c6d10e4db6b1add2fd81a25ccb148032dcd739936737f2d"
                                          "8626ed79d451140800e03b59b956f8210e556067407d13dc90fa9e8b872bfb8f");
    const base::Bytes octets(seed.begin(), seed.end());
    const auto ours = createMlKemFromSeed(mlKem768, octets);
    QVERIFY(ours.has_value());
    const auto key = QByteArray(reinterpret_cast<const char*>((*ours)->publicValue().data()),
                                static_cast<qsizetype>((*ours)->publicValue().size()));
    QCOMPARE(key.left(32).toHex(), "a8e651a1e685f22478a8954f007bc7711b930772c78f092e82878e3e937f3679");
    // The standard keeps this hash of the whole key in the private one.
    QCOMPARE(QCryptographicHash::hash(key, QCryptographicHash::Sha3_256).toHex(),
             "f57262661358cde8d3ebf990e5fd1d5b896c992ccfaadb5256b68bbf5943b132");
    QVERIFY(!createMlKemFromSeed(mlKem768, base::Bytes(63)).has_value());
    const auto reply = replyToKeyExchange(mlKem768, (*ours)->publicValue());
    QVERIFY(base::equalConstantTime((*ours)->sharedSecret(reply->publicValue)->view(), reply->secret.view()));
}

void TestMlKem::isRefusedWhereOpensslLacksIt() {
    QVERIFY(!mlKemIsAvailable(31));
    if (mlKemIsAvailable(mlKem768)) {
        QSKIP("this OpenSSL has ML-KEM");
    }
    QVERIFY(!KeyExchange::supports(mlKem768));
    const auto created = KeyExchange::create(mlKem768);
    QVERIFY(!created.has_value());
    QCOMPARE(created.error().code, std::string("tern.crypto.dh.group"));
    QVERIFY(!replyToKeyExchange(mlKem768, base::Bytes(1184)).has_value());
}

void TestMlKem::otherGroupsAnswerToo() {
    for (const auto group : std::initializer_list<std::uint16_t>{14, 19, 31}) {
        const auto ours = KeyExchange::create(group);
        const auto reply = replyToKeyExchange(group, (*ours)->publicValue());
        QVERIFY(reply.has_value());
        QVERIFY(base::equalConstantTime((*ours)->sharedSecret(reply->publicValue)->view(), reply->secret.view()));
    }
    QVERIFY(!replyToKeyExchange(31, base::Bytes(32)).has_value());
    QVERIFY(!replyToKeyExchange(99, base::Bytes(32)).has_value());
}

void TestMlKem::badKeysAndCiphertexts() {
    if (!mlKemIsAvailable(mlKem768)) {
        QSKIP("this OpenSSL does not have ML-KEM");
    }
    const auto ours = KeyExchange::create(mlKem768);
    for (const std::size_t size : {std::size_t{0}, std::size_t{32}, std::size_t{1087}, std::size_t{1089}}) {
        QCOMPARE((*ours)->sharedSecret(base::Bytes(size)).error().code, std::string("tern.crypto.dh.public-value"));
        QCOMPARE(replyToKeyExchange(mlKem768, base::Bytes(size)).error().code,
                 std::string("tern.crypto.dh.public-value"));
    }
    // FIPS 203 §7.2: every coefficient must be below 3329; these are 4095.
    auto key = (*ours)->publicValue();
    key[0] = key[1] = key[2] = 0xFF;
    QCOMPARE(replyToKeyExchange(mlKem768, key).error().code, std::string("tern.crypto.dh.public-value"));
}

QTEST_APPLESS_MAIN(TestMlKem)
#include "tst_ml_kem.moc"
