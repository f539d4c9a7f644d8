#include "core/audit/auditor.h"
#include "core/audit/render.h"
#include "core/audit/words.h"
#include "tests/unit/audit/sarif_rules.h"
#include "tests/unit/audit/trees.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QXmlStreamReader>
#include <algorithm>

using namespace tern;
using namespace Qt::StringLiterals;

namespace {

audit::RenderContext context() {
    audit::RenderContext context;
    context.version = "1.2.3";
    context.time = base::UnixSeconds(1'700'000'000);
    context.paths = {"/fleet"};
    return context;
}

std::string gathered(const std::function<void(const audit::Write&)>& render) {
    std::string text;
    render([&](std::string_view piece) { text += piece; });
    return text;
}

std::string html(const audit::Report& report, const audit::RenderContext& with = context()) {
    return gathered([&](const audit::Write& write) { audit::writeHtml(report, with, write); });
}

QJsonObject sarif(const audit::Report& report) {
    const auto text = gathered([&](const audit::Write& write) { audit::writeSarif(report, context(), write); });
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(text), &error);
    if (error.error != QJsonParseError::NoError) {
        qWarning("%s at %d", qPrintable(error.errorString()), error.offset);
    }
    return document.object();
}

// RFC 4180, strictly: every line break outside quotes is CRLF.
QList<QStringList> csv(const audit::Report& report) {
    const auto text =
        QString::fromStdString(gathered([&](const audit::Write& write) { audit::writeCsv(report, write); }));
    QList<QStringList> rows{{QString()}};
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (quoted) {
            if (c == u'"' && text.mid(i + 1, 1) == u"\""_s) {
                rows.last().last() += text.at(++i);
            } else if (c == u'"') {
                quoted = false;
            } else {
                rows.last().last() += c;
            }
        } else if (c == u'"') {
            quoted = true;
        } else if (c == u',') {
            rows.last() << QString();
        } else if (c == u'\r' && text.mid(i + 1, 1) == u"\n"_s) {
            ++i;
            rows << QStringList{QString()};
        } else if (c == u'\n' || c == u'\r') {
            return {};
        } else {
            rows.last().last() += c;
        }
    }
    rows.removeLast(); // behind the last line break
    return rows;
}

audit::Report reportOf(const std::string& book, const QString& name = QStringLiteral("Users/anna/a.pbk")) {
    const test::Tree tree;
    tree.add(name, book);
    const std::vector paths{tree.path()};
    return audit::run(paths, {});
}

constexpr const char* nasty = "<script>alert(1)</script>\"'&";

} // namespace

class TestRender : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void jsonLines();
    void csvIsRfc4180();
    void csvHoldsNoFormula_data();
    void csvHoldsNoFormula();
    void sarifHasWhatTheSchemaAsksFor();
    void sarifKeepsTheRules();
    void sarifPathsAreUris();
    void htmlIsOnePageAndWellFormed();
    void htmlEscapes();
    void htmlListsTheWorst();
    void answersOfServers();
    void emptyReports();
    void findingsOfAllAlike();
    void notJudged();
};

void TestRender::jsonLines() {
    auto report = reportOf(test::entry("old", "1") + test::entry("新", "7") + "[broken]\r\nType=2\r\nEncoding=1\r\n");
    const auto text = gathered([&](const audit::Write& write) { audit::writeJsonLines(report, context(), write); });
    const auto lines = QByteArray::fromStdString(text).split('\n');
    QCOMPARE(lines.size(), 5); // summary, two connections, one remark, nothing
    QVERIFY(lines.last().isEmpty());
    const auto object = [&](int i) { return QJsonDocument::fromJson(lines.at(i)).object(); };
    QCOMPARE(object(0).value(u"type"_s).toString(), u"summary"_s);
    QCOMPARE(object(0).value(u"connections"_s).toInt(), 2);
    QCOMPARE(object(0).value(u"grades"_s).toObject().value(u"good"_s).toInt(), 1);
    QCOMPARE(object(0).value(u"complete"_s).toBool(), true);
    QCOMPARE(object(0).value(u"time"_s).toString(), u"2023-11-14T22:13:20Z"_s);
    QCOMPARE(object(1).value(u"name"_s).toString(), u"old"_s);
    QCOMPARE(object(1).value(u"owner"_s).toString(), u"anna"_s);
    const auto finding = object(1).value(u"findings"_s).toArray().first().toObject();
    QVERIFY(finding.value(u"code"_s).toString().startsWith(u"tern.legacy.pptp"_s));
    QVERIFY(!finding.value(u"sentence"_s).toString().isEmpty() && !finding.value(u"remedy"_s).toString().isEmpty());
    QCOMPARE(object(2).value(u"name"_s).toString(), u"新"_s);
    QCOMPARE(object(2).value(u"findings"_s).toArray().size(), 0);
    QCOMPARE(object(3).value(u"kind"_s).toString(), u"skipped"_s);
    QCOMPARE(object(3).value(u"entry"_s).toString(), u"broken"_s);
}

void TestRender::csvIsRfc4180() {
    const auto rows = csv(reportOf(test::entry("quote \" comma , end", "1") + test::entry("b", "7"),
                                   QStringLiteral("Users/anna/one, two\n\"three\".pbk")));
    QCOMPARE(rows.size(), 3);
    for (const auto& row : rows) {
        QCOMPARE(row.size(), 19);
    }
    QCOMPARE(rows.at(0).at(1), u"connection"_s);
    QCOMPARE(rows.at(1).at(1), u"quote \" comma , end"_s);
    QCOMPARE(rows.at(1).at(2), u"pptp"_s);
    QCOMPARE(rows.at(1).at(6), u"anna"_s);
    QVERIFY(rows.at(1).at(7).endsWith(u"one, two\n\"three\".pbk"_s));
    QCOMPARE(rows.at(2).at(0), u"good"_s);
}

void TestRender::csvHoldsNoFormula_data() {
    QTest::addColumn<QString>("name");
    for (const char* each : {"=HYPERLINK(\"http://x\")", "+1+1", "-2", "@SUM(1)", "＝1＋1", "  =1", "-"}) {
        QTest::newRow(each) << QString::fromUtf8(each);
    }
}

void TestRender::csvHoldsNoFormula() {
    QFETCH(QString, name);
    auto report = reportOf(test::entry("x", "1"));
    report.connections.front().name = name.toStdString();
    report.connections.front().server = "\t" + name.toStdString();
    const auto rows = csv(report);
    QCOMPARE(rows.at(1).at(1), QString(u"'"_s + name));
    QCOMPARE(rows.at(1).at(3), QString(u"'\t"_s + name));
}

void TestRender::sarifHasWhatTheSchemaAsksFor() {
    const auto report = reportOf(test::entry("old", "1") + test::entry("fall", "0") + test::entry("good", "7"));
    const auto log = sarif(report);
    QCOMPARE(log.value(u"version"_s).toString(), u"2.1.0"_s);
    const auto runs = log.value(u"runs"_s).toArray();
    QCOMPARE(runs.size(), 1);
    const auto run = runs.first().toObject();
    const auto driver = run.value(u"tool"_s).toObject().value(u"driver"_s).toObject();
    QCOMPARE(driver.value(u"name"_s).toString(), u"Tern"_s);
    const auto rules = driver.value(u"rules"_s).toArray();
    QStringList ids;
    for (const auto& each : rules) {
        const auto rule = each.toObject();
        ids << rule.value(u"id"_s).toString();
        for (const auto& key : {u"shortDescription"_s, u"fullDescription"_s, u"help"_s}) {
            QVERIFY(!rule.value(key).toObject().value(u"text"_s).toString().isEmpty());
        }
        QVERIFY(!rule.value(u"help"_s).toObject().value(u"text"_s).toString().contains(u'%'));
    }
    QCOMPARE(ids.removeDuplicates(), 0);
    const auto results = run.value(u"results"_s).toArray();
    std::size_t expected = 0;
    for (const auto& each : report.connections) {
        expected += each.findings->size();
    }
    QCOMPARE(static_cast<std::size_t>(results.size()), expected);
    QStringList marks;
    for (const auto& each : results) {
        const auto result = each.toObject();
        QCOMPARE(ids.at(result.value(u"ruleIndex"_s).toInt()), result.value(u"ruleId"_s).toString());
        QVERIFY((QStringList{u"error"_s, u"warning"_s, u"note"_s}).contains(result.value(u"level"_s).toString()));
        const auto location = result.value(u"locations"_s).toArray().first().toObject();
        const auto place = location.value(u"physicalLocation"_s).toObject();
        QVERIFY(place.value(u"region"_s).toObject().value(u"startLine"_s).toInt() >= 1);
        marks << result.value(u"partialFingerprints"_s).toObject().value(u"ternConnection/v1"_s).toString();
    }
    QCOMPARE(marks.removeDuplicates(), 0);
    const auto invocation = run.value(u"invocations"_s).toArray().first().toObject();
    QVERIFY(invocation.value(u"executionSuccessful"_s).toBool());
}

void TestRender::sarifKeepsTheRules() {
    auto report = reportOf(test::entry("old", "1") + test::entry("fall", "0") + test::entry("a", "0") +
                           "[broken]\r\nType=2\r\nEncoding=1\r\n");
    QCOMPARE(test::SarifRules::broken(sarif(report)), QStringList());
    const std::string name = "{0} [click here](https://evil.example) }";
    const std::vector<base::Finding> findings{{"tern.legacy.plugin", base::Severity::Note, {name}},
                                              {"tern.legacy.pptp", base::Severity::Broken, {}}};
    for (auto& each : report.connections) {
        each.name = name;
        each.server = name;
        each.findings = std::make_shared<const std::vector<base::Finding>>(findings);
    }
    report.connections.back().line = 0;
    report.files.front().path = "a:b/" + name + "/\xFF";
    report.remarks.push_back(
        {audit::Remark::Kind::Unread, "/x y/" + name, 0, name, {"tern.formats.empty", {name}, {}}});
    ++report.unread;
    report.unasked = 3;
    report.answers = {{audit::serverKey(name), "both", name, name, {"open", "open", "closed", "closed"}}};
    const auto log = sarif(report);
    QCOMPARE(test::SarifRules::broken(log), QStringList());
    // As a reader shows it: the name as it is, but for the blank that keeps it from being a link.
    const auto run = log.value(u"runs"_s).toArray().first().toObject();
    auto text = run.value(u"results"_s).toArray().first().toObject().value(u"message"_s).toObject().value(u"text"_s);
    QVERIFY2(text.toString().startsWith(u"{{0}} [click here] (https://evil.example) }}: "_s),
             qPrintable(text.toString()));
    const auto invocation = run.value(u"invocations"_s).toArray().first().toObject();
    QVERIFY(!invocation.value(u"executionSuccessful"_s).toBool(true));
    QVERIFY(QJsonDocument(invocation).toJson().contains("3 server"));
    // The rules see what is wrong.
    auto wrong = log;
    auto runs = wrong.value(u"runs"_s).toArray();
    auto first = runs.first().toObject();
    first.insert(u"result"_s, QJsonArray());
    runs.replace(0, first);
    wrong.insert(u"runs"_s, runs);
    QCOMPARE(test::SarifRules::broken(wrong), QStringList{u"run cannot have result"_s});
}

void TestRender::sarifPathsAreUris() {
    auto report = reportOf(test::entry("old", "1"));
    const auto uri = [&] {
        const auto result = sarif(report).value(u"runs"_s).toArray().first().toObject().value(u"results"_s).toArray();
        const auto location = result.first().toObject().value(u"locations"_s).toArray().first().toObject();
        return location.value(u"physicalLocation"_s)
            .toObject()
            .value(u"artifactLocation"_s)
            .toObject()
            .value(u"uri"_s)
            .toString();
    };
    report.files.front().path = "/mnt/Documents and Settings/王/100%/a?b#c.pbk";
    QCOMPARE(uri(), u"file:///mnt/Documents%20and%20Settings/%E7%8E%8B/100%25/a%3Fb%23c.pbk"_s);
    report.files.front().path = "./x:y/\xFF.pbk";
    QCOMPARE(uri(), u"x%3Ay/%FF.pbk"_s);
}

void TestRender::htmlIsOnePageAndWellFormed() {
    const auto text = html(reportOf(test::entry("old", "1") + test::entry("good", "7")));
    const auto page = QString::fromStdString(text);
    for (const auto& outside :
         {u"http:"_s, u"https:"_s, u"<script"_s, u"<link"_s, u"<img"_s, u"url("_s, u"@import"_s}) {
        QVERIFY2(!page.contains(outside), qPrintable(outside));
    }
    QVERIFY(page.contains(u"<svg"_s) && page.contains(u"prefers-color-scheme:dark"_s) &&
            page.contains(u"@media print"_s));
    // Read as XML, with the few elements closed that HTML leaves open.
    auto xml = page.mid(page.indexOf(u'\n'));
    xml.replace(u"<br>"_s, u"<br/>"_s).replace(u"<wbr>"_s, u"<wbr/>"_s);
    qsizetype meta = 0;
    while ((meta = xml.indexOf(u"<meta"_s, meta)) >= 0) {
        meta = xml.indexOf(u'>', meta);
        xml.insert(meta, u'/');
    }
    QXmlStreamReader reader(xml);
    while (!reader.atEnd()) {
        reader.readNext();
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
}

void TestRender::htmlEscapes() {
    auto report = reportOf(test::entry(nasty, "1"), u"Users/<b>anna/x'\"&.pbk"_s);
    report.connections.front().server = nasty;
    const std::vector<base::Finding> findings{{"tern.legacy.plugin", base::Severity::Note, {nasty}}};
    report.connections.front().findings = std::make_shared<const std::vector<base::Finding>>(findings);
    report.remarks.push_back({audit::Remark::Kind::Note, nasty, 1, nasty, {"tern.formats.empty", {nasty}, nasty}});
    auto with = context();
    with.paths = {nasty, "\xE2\x80\xAEreversed"};
    const auto page = QString::fromStdString(html(report, with));
    QVERIFY(!page.contains(u"<script"_s) && !page.contains(u"<b>anna"_s));
    QVERIFY(!page.contains(QChar(0x202E)));
    QVERIFY(page.contains(u"&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"_s));
}

void TestRender::htmlListsTheWorst() {
    std::string book;
    for (int i = 0; i < 20; ++i) {
        book += test::entry("n" + std::to_string(i), i == 19 ? "1" : "7");
    }
    auto with = context();
    with.mostRows = 3;
    const auto page = QString::fromStdString(html(reportOf(book), with));
    QCOMPARE(page.count(u"class=\"name\""_s), 3);
    QVERIFY(page.contains(u">n19<"_s) && page.contains(u"17 more"_s));
}

void TestRender::answersOfServers() {
    std::string book = test::entry("a", "1");
    book.replace(book.rfind("vpn.example.com"), 3, "VPN");
    auto report = reportOf(book);
    report.answers = {{"other.example.com", "both", "Both.", ""},
                      {"vpn.example.com", "ready-sstp", "<SSTP> is ready.", "Use it."}};
    QCOMPARE(csv(report).at(1).mid(12),
             (QStringList{u"ready-sstp"_s, u""_s, u""_s, u""_s, u""_s, u"<SSTP> is ready."_s, u"Use it."_s}));
    const auto json = gathered([&](const audit::Write& write) { audit::writeJsonLines(report, context(), write); });
    QVERIFY(json.find(R"("offer":"ready-sstp","offers":{},"remedy":"Use it.","sentence":"<SSTP> is ready.")") !=
            std::string::npos);
    QVERIFY(json.find("other.example.com") == std::string::npos);
    QVERIFY(html(report).find("&lt;SSTP&gt; is ready.") != std::string::npos);
    const auto results = sarif(report).value(u"runs"_s).toArray().first().toObject().value(u"results"_s).toArray();
    const auto properties = results.first().toObject().value(u"properties"_s).toObject();
    QCOMPARE(properties.value(u"serverOffer"_s).toString(), u"ready-sstp"_s);
}

void TestRender::emptyReports() {
    audit::Report report;
    QVERIFY(html(report).ends_with("</html>\n"));
    QVERIFY(html(report).find("class=\"tile ") == std::string::npos); // five noughts tell nobody anything
    QVERIFY(html(report).find("No VPN connections were found.") != std::string::npos);
    QCOMPARE(csv(report).size(), 1);
    QVERIFY(sarif(report).value(u"runs"_s).toArray().first().toObject().value(u"results"_s).isArray());
    report.unread = 1;
    QVERIFY(html(report).find("No VPN connections were found.") == std::string::npos);
    QVERIFY(html(report).find("in what could be read.") != std::string::npos);
}

void TestRender::findingsOfAllAlike() {
    const auto two = reportOf(test::entry("a", "0") + test::entry("b", "0"));
    QVERIFY(audit::countFindings(two).front().alike);
    QVERIFY(html(two).find("(PPTP, L2TP). Tern never does.</b>") != std::string::npos);
    // What differs is left open where the finding is told of, and said of each connection.
    const auto differing = reportOf(test::entry("a", "0") + test::entry("b", "4"));
    QVERIFY(!audit::countFindings(differing).front().alike);
    QVERIFY(html(differing).find("(…). Tern never does.</b>") != std::string::npos);
    QVERIFY(audit::describeAny("tern.legacy.weak-algorithms").sentence.endsWith(u": …"_s));
}

// A kind of VPN that Tern knows nothing of is in none of the counts of good and bad.
void TestRender::notJudged() {
    const auto report = reportOf(test::entry("gre", "9") + test::entry("good", "7"));
    QCOMPARE(report.count(audit::Grade::NotJudged), std::size_t{1});
    QCOMPARE(report.count(audit::Grade::Good), std::size_t{1});
    QCOMPARE(report.atOrAbove(audit::Grade::Weak), std::size_t{0});
    QVERIFY(audit::headline(report).startsWith(u"1 of 2 "_s));
    QVERIFY(csv(report).at(1).startsWith(u"not-judged"_s));
    const auto lines = gathered([&](const audit::Write& write) { audit::writeJsonLines(report, context(), write); });
    const auto summary = QJsonDocument::fromJson(QByteArray::fromStdString(lines.substr(0, lines.find('\n'))));
    QCOMPARE(summary[u"grades"_s][u"not-judged"_s].toInt(), 1);
    QCOMPARE(summary[u"grades"_s][u"good"_s].toInt(), 1);
    QVERIFY(html(report).find("badge s-not-judged\">Not judged<") != std::string::npos);
    const auto results = sarif(report).value(u"runs"_s).toArray().first().toObject().value(u"results"_s).toArray();
    QCOMPARE(results.first().toObject().value(u"level"_s).toString(), u"note"_s);
}

QTEST_GUILESS_MAIN(TestRender)
#include "tst_render.moc"
