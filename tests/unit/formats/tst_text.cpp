#include "core/formats/text.h"

#include <QTest>

using namespace tern;
using namespace tern::formats;

namespace {

DecodedText decode(std::string_view bytes) {
    return decodeText({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

} // namespace

class TestText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyEncodingIsRecognised_data();
    void everyEncodingIsRecognised();
    void writtenBackByteForByte_data() { everyEncodingIsRecognised_data(); }
    void writtenBackByteForByte();
    void aSecondMarkIsKept();
    void guesses_data();
    void guesses();
    void everyOctetHasALetter();
    void damageIsTold_data();
    void damageIsTold();
    void whatCannotBeWrittenIsNotWritten();
};

void TestText::everyEncodingIsRecognised_data() {
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QString>("text");
    const QString chinese =
        QStringLiteral("[总部办公室]\r\nType=2\r\n[上海分公司的连接]\r\nDevice=WAN 微型端口 (L2TP)\r\n");
    const QString western =
        QStringLiteral("[B\u00FCro M\u00FCnchen]\r\nType=2\r\n[Fran\u00E7ais]\r\nComment=d\u00E9j\u00E0 vu \u20AC\r\n");
    const QString cyrillic =
        QStringLiteral("[\u0413\u043B\u0430\u0432\u043D\u044B\u0439 \u043E\u0444\u0438\u0441]\r\nType=2\r\n");
    for (const char* wide : {"utf-8-bom", "utf-16le", "utf-16le-bom", "utf-16be", "utf-16be-bom"}) {
        QTest::newRow(wide) << QByteArray(wide) << chinese;
        QTest::addRow("%s western", wide) << QByteArray(wide) << western;
    }
    QTest::newRow("utf-8") << QByteArray("utf-8") << chinese;
    QTest::newRow("ascii") << QByteArray("utf-8") << QStringLiteral("[office]\nType=2\n");
    QTest::newRow("cp936") << QByteArray("cp936") << chinese;
    QTest::newRow("cp1252") << QByteArray("cp1252") << western;
    QTest::newRow("cp1251") << QByteArray("cp1251") << cyrillic;
}

void TestText::everyEncodingIsRecognised() {
    QFETCH(QByteArray, encoding);
    QFETCH(QString, text);
    const auto bytes = encodeText(text.toStdString(), encoding.toStdString());
    QVERIFY(bytes.has_value());
    const auto decoded = decodeText(*bytes);
    QCOMPARE(QString::fromStdString(decoded.text), text);
    QCOMPARE(decoded.encoding, encoding.toStdString());
    QCOMPARE(decoded.guessed, encoding.startsWith("cp"));
    QVERIFY(!decoded.damaged);
}

void TestText::writtenBackByteForByte() {
    QFETCH(QByteArray, encoding);
    QFETCH(QString, text);
    const auto bytes = encodeText(text.toStdString(), encoding.toStdString());
    const auto decoded = decodeText(*bytes);
    QVERIFY(encodeText(decoded.text, decoded.encoding) == bytes);
}

void TestText::aSecondMarkIsKept() {
    const std::string text = "\xEF\xBB\xBF[a]\n\xEF\xBB\xBF";
    for (const char* encoding : {"utf-8-bom", "utf-16le-bom", "utf-16be-bom"}) {
        QCOMPARE(decodeText(*encodeText(text, encoding)).text, text);
    }
}

void TestText::guesses_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("encoding");
    QTest::newRow("one umlaut") << QByteArray("[B\xFCro]") << QByteArray("cp1252");
    QTest::newRow("umlaut at the end") << QByteArray("[Men\xFC") << QByteArray("cp1252");
    QTest::newRow("one Chinese word") << QByteArray("[\xB9\xAB\xCB\xBE]") << QByteArray("cp936");
    QTest::newRow("Chinese brackets") << QByteArray("[\xA3\xA8\xB2\xE2\xCA\xD4\xA3\xA9]") << QByteArray("cp936");
}

void TestText::guesses() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, encoding);
    QCOMPARE(decode(bytes.toStdString()).encoding, encoding.toStdString());
}

void TestText::everyOctetHasALetter() {
    std::string all = "a=";
    for (int i = 255; i >= 1; --i) {
        all += static_cast<char>(i);
        all += "a b";
    }
    const auto decoded = decode(all);
    QCOMPARE(decoded.encoding, std::string("cp1252"));
    QVERIFY(QString::fromStdString(decoded.text).contains(QChar(0x81))); // undefined in the code page
    QVERIFY(QString::fromStdString(decoded.text).contains(QChar(0x20AC)));
}

void TestText::damageIsTold_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("UTF-8 with its mark and a bad octet") << QByteArray("\xEF\xBB\xBF[a\xFF]\n");
    QTest::newRow("UTF-8 cut in a character") << QByteArray("[\u603B\u90E8\u529E\u516C\u5BA4]\nA=\xE5\x8A");
    QTest::newRow("odd UTF-16") << QByteArray("\xFF\xFE[\0a\0]\0\n", 9);
    QTest::newRow("half a surrogate pair") << QByteArray("\xFF\xFE[\0\x00\xD8]\0", 8);
}

void TestText::damageIsTold() {
    QFETCH(QByteArray, bytes);
    const auto decoded = decode(bytes.toStdString());
    QVERIFY(decoded.damaged);
    QVERIFY(decoded.encoding.starts_with("utf-"));
    const QByteArray text = QByteArray::fromStdString(decoded.text);
    QCOMPARE(QString::fromUtf8(text).toUtf8(), text); // still valid UTF-8
}

void TestText::whatCannotBeWrittenIsNotWritten() {
    QVERIFY(!encodeText("总部", "cp1252").has_value());
    QVERIFY(encodeText("总部", "cp936").has_value());
}

QTEST_APPLESS_MAIN(TestText)
#include "tst_text.moc"
