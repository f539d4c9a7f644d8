#include "app/ctl/json.h"
#include "app/ctl/present.h"
#include "app/ctl/text.h"

#include <QTest>

using namespace tern;
using namespace tern::ctl;
using namespace Qt::StringLiterals;

class TestText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void widths_data();
    void widths();
    void nothingSteersTheTerminal();
    void columnsAlign();
    void longCellsAreShortened();
    void listShowsStateAndSafety();
    void emptyListSaysWhatToDo();
    void statusReadsForScripts();
    void errorsSayWhatToDo();
    void jsonKeepsTypes();
    void octetsAreReadable();
};

void TestText::widths_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("width");
    QTest::newRow("latin") << u"Office"_s << 6;
    QTest::newRow("umlaut") << u"Büro"_s << 4;
    QTest::newRow("combining") << u"Bu\u0308ro"_s << 4;
    QTest::newRow("chinese") << u"上海办公室"_s << 10;
    QTest::newRow("mixed") << u"VPN 上海"_s << 8;
    QTest::newRow("fullwidth") << u"（Ａ）"_s << 6;
    QTest::newRow("korean") << u"서울"_s << 4;
    QTest::newRow("emoji") << u"\U0001F600"_s << 2;
    QTest::newRow("zero width joiner") << u"a\u200Db"_s << 2;
    QTest::newRow("empty") << QString() << 0;
}

void TestText::widths() {
    QFETCH(QString, text);
    QFETCH(int, width);
    QCOMPARE(displayWidth(text), width);
}

void TestText::nothingSteersTheTerminal() {
    QCOMPARE(printable(u"a\u001B[31mb\u0007"_s), u"a\uFFFD[31mb\uFFFD"_s);
    QCOMPARE(printable(u"two\nlines\tand\u2028more"_s), u"two lines and more"_s);
    QCOMPARE(printable(u"evil\u202Egpj.exe"_s), u"evilgpj.exe"_s);
    QCOMPARE(printable(u"C1 \u009B31m"_s), u"C1 \uFFFD31m"_s);
    QCOMPARE(printable(u"上海 Büro"_s), u"上海 Büro"_s);
}

void TestText::longCellsAreShortened() {
    QCOMPARE(shortened(u"Head office"_s, 11), u"Head office"_s);
    QCOMPARE(shortened(u"Head office"_s, 6), u"Head…"_s);
    // A wide character that would stand half in and half out is left out.
    QCOMPARE(shortened(u"上海办公室"_s, 6), u"上海…"_s);
    QCOMPARE(shortened(u"\U0001F600\U0001F600\U0001F600"_s, 4), u"\U0001F600…"_s);
    const auto text = table({{u"NAME"_s, u"TYPE"_s}, {QString(300, u'x'), u"IKEv2"_s}});
    QVERIFY(text.split(u'\n').at(1).size() < 80);
    QVERIFY(text.split(u'\n').at(1).endsWith(u"…  IKEv2"_s));
}

void TestText::columnsAlign() {
    const auto text =
        table({{u"NAME"_s, u"TYPE"_s}, {u"上海办公室"_s, u"IKEv2"_s}, {u"Long office name"_s, u"SSTP"_s}});
    const auto lines = text.split(u'\n');
    QCOMPARE(lines.size(), 4);
    for (const auto* type : {"TYPE", "IKEv2", "SSTP"}) {
        for (const auto& line : lines) {
            const auto at = line.indexOf(QLatin1String(type));
            if (at >= 0) {
                QCOMPARE(displayWidth(QStringView(line).left(at)), 18);
            }
        }
    }
    QCOMPARE(table({}), QString());
}

void TestText::listShowsStateAndSafety() {
    const dbus::MapList profiles{
        {{u"id"_s, u"1"_s}, {u"name"_s, u"Old"_s}, {u"protocol"_s, u"pptp"_s}, {u"grade"_s, u"broken"_s}},
        {{u"id"_s, u"2"_s}, {u"name"_s, u"New"_s}, {u"protocol"_s, u"ikev2"_s}, {u"grade"_s, u"good"_s}}};
    const auto text = listText(profiles, {{{u"id"_s, u"2"_s}, {u"state"_s, u"connected"_s}}});
    const auto lines = text.split(u'\n');
    QVERIFY(lines.at(1).contains(u"PPTP"_s) && lines.at(1).contains(u"BROKEN"_s));
    QVERIFY(!lines.at(1).contains(u"connected"_s));
    QVERIFY(lines.at(2).contains(u"IKEv2"_s) && lines.at(2).contains(u"connected"_s));
}

void TestText::emptyListSaysWhatToDo() {
    QVERIFY(listText({}, {}).contains(u"ternctl import"_s));
}

void TestText::statusReadsForScripts() {
    QCOMPARE(statusText({}), u"status: disconnected\n"_s);
    const QVariantMap connecting{{u"name"_s, u"Office"_s}, {u"state"_s, u"connecting"_s}, {u"stage"_s, u"verifying"_s}};
    QCOMPARE(statusLine(connecting), u"status: connecting (verifying)\n"_s);
    const QVariantMap connected{{u"name"_s, u"Office"_s},
                                {u"state"_s, u"connected"_s},
                                {u"post-quantum"_s, u"ML-KEM-768"_s},
                                {u"addresses"_s, QStringList{u"10.0.0.1"_s, u"2001:db8::1"_s}},
                                {u"received"_s, 2048ULL},
                                {u"sent"_s, 0ULL}};
    const auto text = statusText({connected});
    QVERIFY(text.startsWith(u"name: Office\nstatus: connected\n"_s));
    QVERIFY(text.contains(u"addresses: 10.0.0.1, 2001:db8::1\n"_s));
    QVERIFY(text.contains(u"received: 2.0 KiB\n"_s));
    QVERIFY(text.contains(u"post-quantum: yes, ML-KEM-768\n"_s));
    auto classical = connected;
    classical[u"post-quantum"_s] = QString();
    QVERIFY(statusText({classical}).contains(u"post-quantum: no\n"_s));
    classical.remove(u"post-quantum"_s); // an older service
    QVERIFY(!statusText({classical}).contains(u"post-quantum"_s));
}

void TestText::errorsSayWhatToDo() {
    const auto text = errorText(dbus::toMap(base::Error{"tern.engine.not-found", {"Home"}, "detail"}));
    const auto lines = text.split(u'\n');
    QVERIFY(lines.at(0).contains(u"Home"_s));
    QVERIFY(!lines.at(1).isEmpty());
    QCOMPARE(lines.at(2), u"(tern.engine.not-found: detail)"_s);
}

void TestText::jsonKeepsTypes() {
    const QVariantMap map{{u"flag"_s, true},
                          {u"count"_s, 7U},
                          {u"big"_s, 18'446'744'073'709'551'615ULL},
                          {u"when"_s, 1'800'000'000'000LL},
                          {u"list"_s, QStringList{u"a"_s, u"b"_s}},
                          {u"nested"_s, QVariantList{QVariantMap{{u"x"_s, u"上海"_s}}}}};
    QCOMPARE(toJson(map, QJsonDocument::Compact),
             QByteArray("{\"big\":\"18446744073709551615\",\"count\":7,\"flag\":true,\"list\":[\"a\",\"b\"],"
                        "\"nested\":[{\"x\":\"上海\"}],\"when\":1800000000000}\n"));
    QCOMPARE(toJson(QVariantList(), QJsonDocument::Compact), QByteArray("[]\n"));
}

void TestText::octetsAreReadable() {
    QCOMPARE(octets(0), u"0 B"_s);
    QCOMPARE(octets(1023), u"1023 B"_s);
    QCOMPARE(octets(1536), u"1.5 KiB"_s);
    QCOMPARE(octets(104'857'600), u"100.0 MiB"_s);
}

QTEST_APPLESS_MAIN(TestText)
#include "tst_text.moc"
