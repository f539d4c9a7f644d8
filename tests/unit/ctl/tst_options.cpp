#include "app/ctl/exit_code.h"
#include "app/ctl/options.h"
#include "core/base/catalogue.h"

#include <QTest>

using namespace tern::ctl;
using namespace Qt::StringLiterals;

class TestOptions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void understands();
    void refuses_data();
    void refuses();
    void helpIsReachedEverywhere();
    void helpNamesEveryCommandAndExitCode();
    void exitCodes_data();
    void exitCodes();
    void everyCatalogueCodeHasAnExitCode();
};

void TestOptions::understands() {
    const auto connect = parseOptions({u"connect"_s, u"--wait"_s, u"--username=DOM\\anna"_s, u"My VPN"_s});
    QVERIFY(connect);
    QCOMPARE(connect->verb, Verb::Connect);
    QVERIFY(connect->wait);
    QVERIFY(!connect->json);
    QCOMPARE(connect->username, u"DOM\\anna"_s);
    QCOMPARE(connect->operands, QStringList{u"My VPN"_s});

    const auto separate = parseOptions({u"connect"_s, u"X"_s, u"--username"_s, u"--odd"_s, u"--password-stdin"_s});
    QVERIFY(separate);
    QCOMPARE(separate->username, u"--odd"_s);
    QVERIFY(separate->passwordStdin);

    const auto files = parseOptions({u"import"_s, u"--json"_s, u"--"_s, u"--json"_s, u"b.pbk"_s});
    QVERIFY(files);
    QVERIFY(files->json);
    QCOMPARE(files->operands, (QStringList{u"--json"_s, u"b.pbk"_s}));

    const auto set = parseOptions({u"set"_s, u"My VPN"_s, u"legacy-algorithms=on"_s, u"name=X"_s});
    QVERIFY(set);
    QCOMPARE(set->verb, Verb::Set);
    QCOMPARE(set->operands.size(), 3);
    QVERIFY(parseOptions({u"status"_s, u"--watch"_s})->watch);
    QVERIFY(parseOptions({u"log"_s, u"--follow"_s, u"--json"_s})->follow);
    QVERIFY(parseOptions({u"disconnect"_s})->operands.isEmpty());
    QCOMPARE(parseOptions({u"--version"_s})->verb, Verb::Version);

    const auto migrate =
        parseOptions({u"migrate"_s, u"My VPN"_s, u"--to"_s, u"sstp"_s, u"--dry-run"_s, u"--ca=a.pem"_s});
    QVERIFY(migrate);
    QCOMPARE(migrate->to, u"sstp"_s);
    QCOMPARE(migrate->authority, u"a.pem"_s);
    QVERIFY(migrate->dryRun);
    QCOMPARE(parseOptions({u"migrate"_s, u"--all"_s})->to, u"auto"_s);
    QVERIFY(parseOptions({u"migrate"_s, u"--undo"_s, u"X"_s})->undo);
    QCOMPARE(parseOptions({u"letter"_s, u"X"_s})->format, u"text"_s);
    QCOMPARE(parseOptions({u"letter"_s, u"X"_s, u"--format=html"_s})->format, u"html"_s);
}

void TestOptions::refuses_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList();
    QTest::newRow("unknown command") << QStringList{u"fly"_s};
    QTest::newRow("no name") << QStringList{u"connect"_s};
    QTest::newRow("neither one nor all") << QStringList{u"migrate"_s};
    QTest::newRow("one and all") << QStringList{u"migrate"_s, u"--all"_s, u"a"_s};
    QTest::newRow("one password for all") << QStringList{u"migrate"_s, u"--all"_s, u"--password-stdin"_s};
    QTest::newRow("to what was left") << QStringList{u"migrate"_s, u"a"_s, u"--to"_s, u"pptp"_s};
    QTest::newRow("no such form") << QStringList{u"letter"_s, u"a"_s, u"--format"_s, u"pdf"_s};
    QTest::newRow("no file") << QStringList{u"import"_s};
    QTest::newRow("nothing to set") << QStringList{u"set"_s, u"a"_s};
    QTest::newRow("too many") << QStringList{u"show"_s, u"a"_s, u"b"_s};
    QTest::newRow("not for this command") << QStringList{u"list"_s, u"--wait"_s};
    QTest::newRow("unknown option") << QStringList{u"connect"_s, u"a"_s, u"--fast"_s};
    QTest::newRow("value for a switch") << QStringList{u"connect"_s, u"a"_s, u"--wait=1"_s};
    QTest::newRow("missing value") << QStringList{u"connect"_s, u"a"_s, u"--username"_s};
    QTest::newRow("password on the command line") << QStringList{u"connect"_s, u"a"_s, u"--password"_s, u"x"_s};
}

void TestOptions::refuses() {
    QFETCH(QStringList, arguments);
    const auto options = parseOptions(arguments);
    QVERIFY(!options);
    QVERIFY(!options.error().isEmpty());
}

void TestOptions::helpIsReachedEverywhere() {
    QCOMPARE(parseOptions({u"--help"_s})->verb, Verb::Help);
    QCOMPARE(parseOptions({u"help"_s})->verb, Verb::Help);
    QCOMPARE(parseOptions({u"connect"_s, u"--help"_s})->verb, Verb::Help);
}

void TestOptions::helpNamesEveryCommandAndExitCode() {
    const auto help = helpText();
    for (const auto* command : {"import", "list", "show", "set", "connect", "disconnect", "status", "log"}) {
        QVERIFY2(help.contains(u"\n  "_s + QLatin1String(command)), command);
    }
    for (const int code : {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 130}) {
        QVERIFY2(help.contains(QStringLiteral("  %1  ").arg(code)), qPrintable(QString::number(code)));
    }
}

void TestOptions::exitCodes_data() {
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("exit");
    QTest::newRow("unknown") << u"tern.x.y"_s << 1;
    QTest::newRow("foreign") << u"engine.not-found"_s << 1;
    QTest::newRow("not found") << u"tern.engine.not-found"_s << 3;
    QTest::newRow("pptp") << u"tern.legacy.pptp"_s << 4;
    QTest::newRow("server not ready") << u"tern.migrate.not.only-retired"_s << 12;
    QTest::newRow("policy") << u"tern.migrate.not.policy"_s << 12;
    QTest::newRow("silent server") << u"tern.migrate.not.silent"_s << 6;
    QTest::newRow("changed certificate") << u"tern.sstp.certificate-changed"_s << 8;
    QTest::newRow("portal") << u"tern.sstp.http.web-page"_s << 6;
    QTest::newRow("ppp") << u"tern.ppp.auth.none"_s << 5;
    QTest::newRow("password") << u"tern.eap.password"_s << 5;
    QTest::newRow("code") << u"tern.engine.code-needed"_s << 5;
    QTest::newRow("rejected") << u"tern.ike.auth.rejected"_s << 5;
    QTest::newRow("psk") << u"tern.ike.auth.psk"_s << 5;
    QTest::newRow("silent") << u"tern.ike.no-answer"_s << 6;
    QTest::newRow("name") << u"tern.engine.name-not-found"_s << 6;
    QTest::newRow("lost") << u"tern.engine.connection-lost"_s << 6;
    QTest::newRow("helper") << u"tern.helper.not-authorized"_s << 7;
    QTest::newRow("no ternd") << u"tern.engine.unavailable"_s << 7;
    QTest::newRow("certificate") << u"tern.crypto.cert.expired"_s << 8;
    QTest::newRow("unproven") << u"tern.ike.auth.server-unproven"_s << 8;
    QTest::newRow("sign-in server") << u"tern.eap.server-certificate.untrusted"_s << 8;
    QTest::newRow("file") << u"tern.formats.not-phonebook"_s << 9;
    QTest::newRow("policy") << u"tern.policy.grade"_s << 4;
    QTest::newRow("policy with a mistake") << u"tern.policy.unusable"_s << 4;
    QTest::newRow("L2TP to be acknowledged") << u"tern.policy.acknowledge"_s << 11;
    QTest::newRow("no NetworkManager") << u"tern.l2tp.no-network-manager"_s << 7;
    QTest::newRow("L2TP's password") << u"tern.l2tp.sign-in"_s << 5;
}

void TestOptions::exitCodes() {
    QFETCH(QString, code);
    QFETCH(int, exit);
    QCOMPARE(static_cast<int>(exitCodeFor(code)), exit);
}

void TestOptions::everyCatalogueCodeHasAnExitCode() {
    const auto help = helpText();
    for (const auto rows : tern::base::catalogue()) {
        for (const auto& row : rows) {
            const auto exit = static_cast<int>(exitCodeFor(QString::fromLatin1(row.code)));
            const bool acknowledge = exit == 11 && std::string_view(row.code) == "tern.policy.acknowledge";
            const bool notReady = exit == 12 && std::string_view(row.code).starts_with("tern.migrate.not.");
            QVERIFY2((exit > 0 && exit < 10 && exit != 2) || acknowledge || notReady, row.code);
        }
    }
}

QTEST_APPLESS_MAIN(TestOptions)
#include "tst_options.moc"
