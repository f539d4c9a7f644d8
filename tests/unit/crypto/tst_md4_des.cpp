#include "core/crypto/md4_des.h"

#include <QCryptographicHash>
#include <QTest>

using namespace tern;
using namespace tern::crypto;
using base::Bytes;
using base::fromHex;
using base::toBytes;
using base::toHex;

class TestMd4Des : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void md4Rfc1320_data();
    void md4Rfc1320();
    void md4OfEveryLength();
    void desKnownAnswers();
    void desRefusesWrongSizes();
    void passwordsBecomeUtf16();
    void malformedUtf8IsRefused();
};

void TestMd4Des::md4Rfc1320_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("empty") << QByteArray() << QByteArray("31d6cfe0d16ae931b73c59d7e0c089c0");
    QTest::newRow("a") << QByteArray("a") << QByteArray("bde52cb31de33e46245e05fbdbd6fb24");
    QTest::newRow("abc") << QByteArray("abc") << QByteArray("a448017aaf21d8525fc10ae87aa6729d");
    QTest::newRow("message digest") << QByteArray("message digest") << QByteArray("d9130a8164549fe818874806e1c7014b");
    QTest::newRow("a-z") << QByteArray("abcdefghijklmnopqrstuvwxyz") << QByteArray("d79e1c308aa5bbcdeea8ed63df412da9");
    QTest::newRow("A-Za-z0-9") << QByteArray("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
                               << QByteArray("043f8582f241db351ce627e153e7f0e4");
    QTest::newRow("digits") << QByteArray("1234567890").repeated(8) << QByteArray("e33b4ddc9c38f2199c3e7b164fcc0536");
}

void TestMd4Des::md4Rfc1320() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(toHex(md4(toBytes(text.toStdString())).view()), expected.toStdString());
}

void TestMd4Des::md4OfEveryLength() {
    QByteArray text;
    for (int length = 0; length < 200; ++length) {
        QCOMPARE(toHex(md4(toBytes(text.toStdString())).view()),
                 QCryptographicHash::hash(text, QCryptographicHash::Md4).toHex().toStdString());
        text.append(static_cast<char>('A' + length % 57));
    }
}

void TestMd4Des::desKnownAnswers() {
    // RFC 2759 §9.2: the challenge under the three parts of the password hash.
    const Bytes challenge = fromHex("d02e4386bce91226");
    const Bytes hash = fromHex("44ebba8d5312b8d611474411f56989ae0000000000");
    const auto part = [&](std::size_t at) { return desEncrypt(base::ByteView(hash).subspan(at, 7), challenge); };
    QCOMPARE(toHex(*part(0)), "82309ecd8d708b5e");
    QCOMPARE(toHex(*part(7)), "a08faa3981cd8354");
    QCOMPARE(toHex(*part(14)), "4233114a3d85d6df");
}

void TestMd4Des::desRefusesWrongSizes() {
    QCOMPARE(desEncrypt(Bytes(8), Bytes(8)).error().code, "tern.crypto.cipher");
    QVERIFY(!desEncrypt(Bytes(7), Bytes(7)));
}

void TestMd4Des::passwordsBecomeUtf16() {
    for (const char* const text : {"", "clientPass", "pässwörd", "密码", "emoji \U0001F511!", "\u07ff\u0800\uffff"}) {
        const auto mine = utf16le(toBytes(text));
        QVERIFY(mine.has_value());
        const QString qt = QString::fromUtf8(text);
        QCOMPARE(mine->size(), static_cast<std::size_t>(qt.size()) * 2);
        for (qsizetype i = 0; i < qt.size(); ++i) {
            const auto at = static_cast<std::size_t>(i) * 2;
            QCOMPARE(static_cast<int>(mine->view()[at] | mine->view()[at + 1] << 8), static_cast<int>(qt[i].unicode()));
        }
    }
}

void TestMd4Des::malformedUtf8IsRefused() {
    // A lone continuation, overlong forms, a surrogate, beyond U+10FFFF, cut short.
    for (const char* const hex : {"80", "c0af", "c1bf", "e080af", "f08080af", "eda080", "f4908080", "f5808080", "ff",
                                  "c3", "e282", "f09f94", "61c328"}) {
        QCOMPARE(utf16le(fromHex(hex)).error().code, "tern.crypto.password-text");
    }
}

QTEST_APPLESS_MAIN(TestMd4Des)
#include "tst_md4_des.moc"
