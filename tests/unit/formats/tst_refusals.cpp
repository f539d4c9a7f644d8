// Files that are no phonebooks, kindly refused, and entries that are no VPNs.
#include "core/base/catalogue.h"
#include "core/formats/text.h"
#include "tests/unit/formats/entries.h"

#include <QElapsedTimer>
#include <QTest>

using namespace tern;
using namespace tern::test;

class TestRefusals : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void foreignFiles_data();
    void foreignFiles();
    void tooLargeIsRefusedAtOnce();
    void skippedEntries_data();
    void skippedEntries();
    void oneBadEntryStopsNothing();
    void everyProblemHasASentence();
};

void TestRefusals::foreignFiles_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("reason"); // the second argument: line or kind
    const auto row = [](const char* name, const QByteArray& bytes, const char* code, const char* reason) {
        QTest::newRow(name) << bytes << QByteArray(code) << QByteArray(reason);
    };
    row("empty", "", "tern.formats.empty", "");
    row("blanks", "\r\n  \n\t\n", "tern.formats.empty", "");
    row("mark alone", "\xEF\xBB\xBF", "tern.formats.empty", "");
    row("PNG", QByteArray("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16), "tern.formats.binary", "PNG");
    row("program",
        QByteArray("\x7F"
                   "ELF\2\1\1\0\0\0\0\0",
                   12),
        "tern.formats.binary", "ELF");
    row("7-Zip", QByteArray("7z\xBC\xAF\x27\x1C\0\4", 8), "tern.formats.binary", "7-Zip");
    row("PDF", "%PDF-1.7\n", "tern.formats.binary", "PDF");
    row("unknown binary", QByteArray("first\nsecond\n\x02\x01\0\x9f\x01 [a]\n", 23), "tern.formats.not-text", "3");
    row("zeros", QByteArray(5000, '\0'), "tern.formats.not-text", "1");
    row("football playbook", "\nPlay: Slant Left\nFormation: I\nRoute 1: post\n", "tern.formats.not-phonebook", "2");
    row("address book", "Name;Phone;Mail\nAnna;123;anna@example.com\n", "tern.formats.not-phonebook", "1");
    row("address book with sections", "; addresses\n[Anna]\nphone=123\nmail=anna@example.com\n[Bert]\nphone=4\n",
        "tern.formats.no-connections", "2");
    row("phone list", "12,1,206,Seattle,206,5550100,300,28800,0,1,script\n13,1,206,X,206,5550101,300,28800,0,1,\n",
        "tern.formats.phone-list", "1");
    row("OpenVPN", "client\ndev tun\nremote vpn.example.com 1194\n", "tern.formats.other-kind", "OpenVPN");
    row("WireGuard", "[Interface]\nPrivateKey=x\n[Peer]\nEndpoint=a:1\n", "tern.formats.other-kind", "WireGuard");
    row("XML", "<?xml version=\"1.0\"?>\n<a/>\n", "tern.formats.other-kind", "XML");
    row("one line without end", "hello", "tern.formats.not-phonebook", "1");
    row("brackets alone", "[", "tern.formats.not-phonebook", "1");
    row("a header alone", "[office]", "tern.formats.no-connections", "1");
}

void TestRefusals::foreignFiles() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, reason);
    const auto result = import(bytes.toStdString());
    QVERIFY(!result.has_value());
    QCOMPARE(QByteArray::fromStdString(result.error().code), code);
    QCOMPARE(result.error().args.at(0), std::string("office.pbk"));
    if (!reason.isEmpty()) {
        QCOMPARE(QByteArray::fromStdString(result.error().args.at(1)), reason);
        const auto sentence = base::describe(result.error()).sentence;
        QVERIFY2(sentence.contains(QString::fromUtf8(reason)), qPrintable(sentence));
    }
}

void TestRefusals::tooLargeIsRefusedAtOnce() {
    std::string bytes(100U * 1024U * 1024U, 'a');
    bytes.replace(0, 4, "[a]\n");
    QElapsedTimer clock;
    clock.start();
    const auto result = import(bytes);
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().code, std::string("tern.formats.too-large"));
    QVERIFY2(clock.elapsed() < 2000, "a refusal by size must not read the file");
}

void TestRefusals::skippedEntries_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char* name, const QByteArray& keys, const char* code) {
        QTest::newRow(name) << "[bad one]\nEncoding=1\n" + keys << QByteArray(code);
    };
    const char* pppoe = "tern.formats.entry.pppoe";
    const char* dialUp = "tern.formats.entry.dial-up";
    const char* noServer = "tern.formats.entry.no-server";
    row("PPPoE by type", "Type=5\nMEDIA=rastapi\nDEVICE=PPPoE\nPhoneNumber=\n", pppoe);
    row("PPPoE by device",
        "Type=2\nVpnStrategy=0\nMEDIA=rastapi\nDevice=WAN Miniport (PPPOE)\nDEVICE=vpn\nPhoneNumber=a\n", pppoe);
    row("PPPoE in Chinese", "Type=2\nMEDIA=rastapi\nDevice=WAN 微型端口(PPPOE)\nDEVICE=PPPoE\nPhoneNumber=a\n", pppoe);
    row("PPPoE by group", "Type=2\nMEDIA=rastapi\nDEVICE=PPPoE\nPhoneNumber=192.168.1.1\n", pppoe);
    row("modem by type", "Type=1\nMEDIA=serial\nDEVICE=modem\nPhoneNumber=5550100\n", dialUp);
    row("modem by device", "Type=2\nVpnStrategy=1\nMEDIA=serial\nDevice=Standard Modem\nDEVICE=modem\nPhoneNumber=1\n",
        dialUp);
    row("type alone", "Type=1\nPhoneNumber=5550100\n", dialUp);
    row("ISDN", "Type=2\nMEDIA=isdn\nDevice=AcmeISDN\nDEVICE=isdn\nPhoneNumber=1\n", dialUp);
    row("cable", "Type=3\nMEDIA=rastapi\nDEVICE=parallel\nPhoneNumber=\n", dialUp);
    row("no number", "Type=2\nMEDIA=rastapi\nDEVICE=vpn\nAreaCode=\n", noServer);
    row("empty number", "Type=2\nMEDIA=rastapi\nDEVICE=vpn\nPhoneNumber=  \n", noServer);
    row("control characters",
        "Type=2\nMEDIA=rastapi\nDEVICE=vpn\nPhoneNumber=a\x01"
        "b\n",
        "tern.formats.entry.bad-server");
    row("endless host", "Type=2\nMEDIA=rastapi\nDEVICE=vpn\nPhoneNumber=" + QByteArray(300, 'a') + "\n",
        "tern.formats.entry.bad-server");
    row("endless line", "Type=2\nComment=" + QByteArray(70000, 'a') + "\nMEDIA=rastapi\nDEVICE=vpn\nPhoneNumber=a\n",
        "tern.formats.entry.too-long");
    row("endless entry",
        QByteArray("Comment=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n").repeated(20000) +
            "MEDIA=rastapi\nDEVICE=vpn\nPhoneNumber=a\n",
        "tern.formats.entry.too-long");
    row("settings", "Foo=1\n", "tern.formats.entry.not-connection");
}

void TestRefusals::skippedEntries() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, code);
    const auto result = import(text.toStdString() + entry("good", "7"));
    QVERIFY(result.has_value());
    QCOMPARE(result->profiles.size(), std::size_t{1});
    QCOMPARE(result->profiles.at(0).name, std::string("good"));
    QCOMPARE(result->skipped(), std::size_t{1});
    QCOMPARE(result->entries, std::size_t{2});
    const auto skipped = std::ranges::find(result->problems, formats::ImportProblem::Severity::Skipped,
                                           &formats::ImportProblem::severity);
    QCOMPARE(QByteArray::fromStdString(skipped->error.code), code);
    QCOMPARE(skipped->entry, std::string("bad one"));
    QVERIFY(skipped->line >= 1);
    QVERIFY(base::describe(skipped->error).sentence.contains(QStringLiteral("bad one")));
}

void TestRefusals::oneBadEntryStopsNothing() {
    const std::string good = entry("one", "7");
    const auto lines = static_cast<unsigned>(std::ranges::count(good, '\n'));
    const auto result =
        import(good + "[宽带]\r\nType=5\r\nMEDIA=rastapi\r\nDEVICE=PPPoE\r\nPhoneNumber=\r\n" + entry("two", "1"));
    QCOMPARE(result->profiles.size(), std::size_t{2});
    QCOMPARE(result->problems.size(), std::size_t{1});
    QCOMPARE(result->problems.at(0).line, lines + 1);
    QCOMPARE(result->problems.at(0).entry, std::string("宽带"));
    QCOMPARE(result->profiles.at(1).origin.entry, 2U);
}

void TestRefusals::everyProblemHasASentence() {
    const auto result =
        import(entry("odd", "99",
                     "stray\r\nCustomAuthKey=x\r\nNumRoutes=12\r\nRoutes=00\r\nNrptRules=1\r\nNumServers=2\r\n"
                     "CustomAuthData=zz\r\nCustomIPSecPolicies=00\r\nIpNameAssign=2\r\nIpDnsAddress=1.2.3\r\n"
                     "PreSharedKey=secret\r\nType=1\r\n"));
    QVERIFY(result.has_value());
    QVERIFY(result->problems.size() >= 8);
    for (const auto& problem : result->problems) {
        const auto text = base::describe(problem.error);
        QVERIFY2(!text.sentence.contains(QStringLiteral("Something went wrong")), problem.error.code.c_str());
        QVERIFY2(text.sentence.contains(QStringLiteral("odd")), problem.error.code.c_str());
        QVERIFY2(problem.line > 0, problem.error.code.c_str());
    }
}

QTEST_APPLESS_MAIN(TestRefusals)
#include "tst_refusals.moc"
