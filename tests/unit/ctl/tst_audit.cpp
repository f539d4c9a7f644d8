// "ternctl audit" as it is called: without ternd, a bus or a home directory.
#include "app/ctl/commands.h"
#include "tests/unit/audit/trees.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace tern;
using namespace Qt::StringLiterals;
using ctl::ExitCode;

class TestAudit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void exitCodes_data();
    void exitCodes();
    void everyFormatIsWritten_data();
    void everyFormatIsWritten();
    void anOutputThatCannotBe();

private:
    [[nodiscard]] QString at(const QString& name) const { return QString::fromStdString(m_tree.path(name)); }

    test::Tree m_tree;
};

void TestAudit::initTestCase() {
    for (const char* each : {"HOME", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"}) {
        qunsetenv(each);
    }
    m_tree.add(u"good/a.pbk"_s, test::entry("a", "7"));
    m_tree.add(u"fall/a.pbk"_s, test::entry("a", "0"));
    m_tree.add(u"old/a.pbk"_s, test::entry("a", "1"));
    m_tree.add(u"other/a.pbk"_s, test::entry("a", "9"));
    m_tree.add(u"gap/a.pbk"_s, test::entry("a", "7"));
    QFile gap(at(u"gap/b.pbk"_s));
    QVERIFY(gap.open(QIODevice::WriteOnly) && gap.resize(qint64{1} << 30));
}

void TestAudit::exitCodes_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exit");
    const auto row = [](const char* name, const QStringList& arguments, ExitCode exit) {
        QTest::newRow(name) << arguments << static_cast<int>(exit);
    };
    const auto old = at(u"old"_s);
    const auto fall = at(u"fall"_s);
    row("good", {at(u"good"_s)}, ExitCode::Ok);
    row("old", {old}, ExitCode::Found);
    row("old, whatever", {old, u"--fail-on=never"_s}, ExitCode::Ok);
    row("falls back, below the usual", {fall}, ExitCode::Ok);
    row("falls back", {fall, u"--fail-on"_s, u"can-fall-back"_s}, ExitCode::Found);
    row("falls back, weak asked", {fall, u"--fail-on=weak"_s}, ExitCode::Found);
    row("falls back, broken asked", {fall, u"--fail-on=broken"_s}, ExitCode::Ok);
    row("of another program", {at(u"other"_s), u"--fail-on=weak"_s}, ExitCode::Ok);
    row("of another program, asked", {at(u"other"_s), u"--fail-on=not-judged"_s}, ExitCode::Found);
    row("good, and nothing else", {at(u"good"_s), u"--fail-on=not-judged"_s}, ExitCode::Ok);
    row("a gap", {at(u"gap"_s)}, ExitCode::BadFile);
    row("a gap beside something old", {at(u"gap"_s), old}, ExitCode::Found);
    row("nothing there", {at(u"nowhere"_s), old}, ExitCode::NotFound);
    row("no path", {}, ExitCode::Usage);
    row("no such grade", {old, u"--fail-on=good"_s}, ExitCode::Usage);
    row("no such format", {old, u"--format=pdf"_s}, ExitCode::Usage);
}

void TestAudit::exitCodes() {
    QFETCH(QStringList, arguments);
    QFETCH(int, exit);
    QCOMPARE(static_cast<int>(ctl::run(QStringList{u"audit"_s, u"--output"_s, at(u"report"_s)} + arguments)), exit);
}

void TestAudit::everyFormatIsWritten_data() {
    QTest::addColumn<QStringList>("how");
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("text") << QStringList{} << QByteArray("1 of 1 ");
    QTest::newRow("json") << QStringList{u"--format=json"_s} << QByteArray("{");
    QTest::newRow("json, as elsewhere") << QStringList{u"--json"_s} << QByteArray("{");
    QTest::newRow("csv") << QStringList{u"--format=csv"_s} << QByteArray("grade,connection,");
    QTest::newRow("sarif") << QStringList{u"--format=sarif"_s} << QByteArray("{\"$schema\"");
    QTest::newRow("html") << QStringList{u"--format=html"_s} << QByteArray("<!DOCTYPE html>");
}

void TestAudit::everyFormatIsWritten() {
    QFETCH(QStringList, how);
    QFETCH(QByteArray, start);
    const auto path = at(u"report"_s);
    QFile::remove(path);
    QCOMPARE(ctl::run(QStringList{u"audit"_s, at(u"old"_s), u"--output="_s + path} + how), ExitCode::Found);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto content = file.readAll();
    QVERIFY2(content.startsWith(start), content.constData());
    QVERIFY(content.endsWith('\n'));
}

void TestAudit::anOutputThatCannotBe() {
    QCOMPARE(ctl::run({u"audit"_s, at(u"good"_s), u"--output="_s + at(u"no/such/folder"_s)}), ExitCode::Failed);
    // What was there stays when nothing was audited.
    QVERIFY(!QDir(at({})).entryList(QDir::Files).contains(u"folder"_s));
}

QTEST_GUILESS_MAIN(TestAudit)
#include "tst_audit.moc"
