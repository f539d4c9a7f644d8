// "ternctl audit --probe" as it is called, with an engine of the test's own on a bus of the test's own.
#include "app/ctl/exit_code.h"
#include "app/ctl/pace.h"
#include "app/dbus/names.h"
#include "app/dbus/types.h"
#include "core/base/catalogue.h"
#include "tests/unit/audit/trees.h"
#include "tests/unit/engine/private_bus.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>
#include <QTest>
#include <csignal>
#include <pty.h>
#include <random>
#include <unistd.h>

using namespace tern;
using namespace Qt::StringLiterals;
using ctl::ExitCode;
using ctl::Pace;

namespace {

QVariantMap road(const char* protocol, const char* verdict, const base::Error& words) {
    auto map = dbus::toMap(words);
    map.insert(u"protocol"_s, QString::fromLatin1(protocol));
    map.insert(u"verdict"_s, QString::fromLatin1(verdict));
    return map;
}

QVariantMap result(const QString& host, const char* advice, const std::array<const char*, 4>& verdicts) {
    auto map = dbus::toMap({std::string("tern.probe.advice.") + advice, {host.toStdString()}, {}});
    map.insert(u"advice"_s, QString::fromLatin1(advice));
    map.insert(u"roads"_s, QVariantList{road("ikev2", verdicts[0], {"tern.probe.ikev2.closed", {}, {}}),
                                        road("sstp", verdicts[1], {"tern.probe.sstp.certificate", {}, {}}),
                                        road("pptp", verdicts[2], {"tern.probe.pptp.open", {}, {}}),
                                        road("l2tp", verdicts[3], {"tern.probe.l2tp.silent", {}, {}})});
    return map;
}

// Answers Probe by what the host's name begins with.
class FakeEngine final : public QDBusVirtualObject {
public:
    [[nodiscard]] QString introspect(const QString& /*path*/) const override { return {}; }

    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override {
        if (message.member() == "Status"_L1) {
            connection.send(message.createReply(QVariant::fromValue(dbus::MapList())));
        } else if (message.member() == "Probe"_L1) {
            asked << message.arguments().at(0).toString();
            options << dbus::unwrap(qdbus_cast<QVariantMap>(message.arguments().at(1)));
            answer(message, connection);
        }
        return true;
    }

    QStringList asked;
    QList<QVariantMap> options;
    std::function<void()> afterAnswer;

private:
    void answer(const QDBusMessage& message, const QDBusConnection& connection) {
        const auto host = asked.last();
        if (host.startsWith("mute"_L1)) {
            return;
        }
        if (host.startsWith("absent"_L1)) {
            auto reply = message.createErrorReply(dbus::engineError, u"tern.engine.name-not-found"_s);
            reply << QVariant(dbus::toMap({"tern.engine.name-not-found", {host.toStdString()}, {}}));
            connection.send(reply);
        } else if (host.startsWith("broken"_L1)) {
            auto map = result(host, "needs-repair", {"closed", "unusable", "closed", "closed"});
            const base::Error name{"tern.crypto.cert.name", {host.toStdString(), "other.example.com"}, {}};
            map.insert(u"sstp"_s, QVariantMap{{u"certificate-problems"_s, QVariantList{QVariant(dbus::toMap(name))}}});
            connection.send(message.createReply(QVariant(map)));
        } else if (host.startsWith("old"_L1)) {
            connection.send(
                message.createReply(QVariant(result(host, "only-retired", {"closed", "silent", "open", "silent"}))));
        } else {
            connection.send(message.createReply(QVariant(result(host, "both", {"open", "open", "closed", "silent"}))));
        }
        if (afterAnswer) {
            afterAnswer();
        }
    }
};

std::string entryAt(const std::string& server, const std::string& strategy = "1") {
    auto text = test::entry("to " + server, strategy);
    text.replace(text.rfind("vpn.example.com"), std::string_view("vpn.example.com").size(), server);
    return text;
}

} // namespace

class TestAuditProbe : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void paceKeepsEveryMinute_data();
    void paceKeepsEveryMinute();
    void eachServerOnce();
    void everyFormatHasTheAnswers_data();
    void everyFormatHasTheAnswers();
    void whatIsBrokenIsSaid();
    void aRateIsKept();
    void fewAtATime();
    void theAuthorityIsHandedOn();
    void interrupted();
    void withoutTernd();
    void ternThatGoesAway();
    void progressIsForTerminals();
    void nothingToAsk();

private:
    void begin(const QStringList& arguments);
    void finish();
    void audit(const QStringList& arguments) {
        begin(arguments);
        finish();
    }
    [[nodiscard]] QString at(const QString& name) const { return QString::fromStdString(m_tree->path(name)); }
    void books(const std::vector<std::string>& servers);
    [[nodiscard]] QList<QJsonObject> lines(const QString& type) const;

    std::unique_ptr<engine::test::PrivateBus> m_bus;
    std::optional<QDBusConnection> m_connection;
    std::unique_ptr<FakeEngine> m_engine;
    std::unique_ptr<test::Tree> m_tree;
    QProcess m_program;
    QByteArray m_out;
    QByteArray m_err;
};

void TestAuditProbe::initTestCase() {
    dbus::registerTypes();
    m_bus = std::make_unique<engine::test::PrivateBus>();
    m_connection = QDBusConnection::connectToBus(qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"), u"engine"_s);
    QVERIFY(m_connection->isConnected());
}

void TestAuditProbe::init() {
    m_tree = std::make_unique<test::Tree>();
    m_engine = std::make_unique<FakeEngine>();
    QVERIFY(m_connection->registerVirtualObject(dbus::enginePath, m_engine.get()));
    QVERIFY(m_connection->registerService(dbus::engineService));
}

void TestAuditProbe::cleanup() {
    m_connection->unregisterService(dbus::engineService);
    m_connection->unregisterObject(dbus::enginePath);
    m_program.kill();
    m_program.waitForFinished();
    m_program.setChildProcessModifier({});
    m_engine.reset();
}

void TestAuditProbe::books(const std::vector<std::string>& servers) {
    std::string text;
    for (const auto& each : servers) {
        text += entryAt(each);
    }
    m_tree->add(u"books/a.pbk"_s, text);
}

void TestAuditProbe::begin(const QStringList& arguments) {
    m_program.start(QStringLiteral(TERNCTL), QStringList{u"audit"_s, at(u"books"_s), u"--probe"_s} + arguments);
    QVERIFY(m_program.waitForStarted());
}

void TestAuditProbe::finish() {
    QTRY_COMPARE_WITH_TIMEOUT(m_program.state(), QProcess::NotRunning, 60'000);
    m_out = m_program.readAllStandardOutput();
    m_err = m_program.readAllStandardError();
    QCOMPARE(m_program.exitStatus(), QProcess::NormalExit);
}

QList<QJsonObject> TestAuditProbe::lines(const QString& type) const {
    QList<QJsonObject> found;
    for (const auto& line : m_out.split('\n')) {
        const auto object = QJsonDocument::fromJson(line).object();
        if (object.value(u"type"_s).toString() == type) {
            found << object;
        }
    }
    return found;
}

void TestAuditProbe::paceKeepsEveryMinute_data() {
    QTest::addColumn<unsigned>("rate");
    for (const unsigned rate : {1U, 7U, 30U, 599U, 600U}) {
        QTest::addRow("%u", rate) << rate;
    }
}

void TestAuditProbe::paceKeepsEveryMinute() {
    QFETCH(unsigned, rate);
    Pace pace(rate);
    std::mt19937 random(rate);
    Pace::Milliseconds now{0};
    std::vector<Pace::Milliseconds> begun;
    while (now < std::chrono::minutes(5)) {
        if (pace.wait(now) > Pace::Milliseconds::zero()) {
            now += pace.wait(now); // at once, when it may
        }
        QCOMPARE(pace.wait(now), Pace::Milliseconds::zero());
        pace.begun(now);
        begun.push_back(now);
        now += Pace::Milliseconds(random() % 4 == 0 ? random() % 5000 : 0); // a server may take its time
    }
    for (std::size_t first = 0; first < begun.size(); ++first) {
        const auto end = std::ranges::lower_bound(begun, begun[first] + std::chrono::minutes(1));
        QVERIFY(static_cast<std::size_t>(end - begun.begin()) - first <= rate);
    }
}

void TestAuditProbe::eachServerOnce() {
    books({"both.example.com", "absent.example.com", "BOTH.example.com", "old.example.com", "-no-name"});
    m_tree->add(u"books/b/c.pbk"_s, entryAt("both.example.com", "7") + entryAt("last.example.com:4443", "5"));
    audit({u"--rate=600"_s, u"--json"_s});
    QCOMPARE(m_program.exitCode(), static_cast<int>(ExitCode::Found));
    auto asked = m_engine->asked;
    asked.sort();
    QCOMPARE(asked, (QStringList{u"-no-name"_s, u"absent.example.com"_s, u"both.example.com"_s,
                                 u"last.example.com:4443"_s, u"old.example.com"_s}));
    QCOMPARE(m_engine->options.first(), QVariantMap());
    const auto servers = lines(u"server"_s);
    QCOMPARE(servers.size(), 5);
    const auto summary = lines(u"summary"_s).first();
    QCOMPARE(summary.value(u"servers-asked"_s).toInt(), 5);
    QCOMPARE(summary.value(u"servers-unasked"_s).toInt(), 0);
    for (const auto& each : servers) {
        const auto name = each.value(u"server"_s).toString();
        const bool absent = name == "absent.example.com"_L1;
        QVERIFY2(each.value(u"sentence"_s).toString().contains(name), qPrintable(name));
        QCOMPARE(each.value(u"offer"_s).toString().isEmpty(), absent);
        QCOMPARE(each.value(u"offers"_s).toObject().isEmpty(), absent);
    }
    QVERIFY(m_err.isEmpty());
}

void TestAuditProbe::everyFormatHasTheAnswers_data() {
    QTest::addColumn<QString>("format");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("text") << u"text"_s
                          << QStringList{u"old.example.com   not offered  no answer  answers      no answer\n"_s,
                                         u"both.example.com  ready        ready      not offered  no answer\n"_s,
                                         u"\nboth.example.com offers IKEv2 and SSTP.\n→ Use IKEv2"_s,
                                         u"\nold.example.com offers only PPTP or L2TP"_s};
    QTest::newRow("json") << u"json"_s
                          << QStringList{u"\"offer\":\"only-retired\""_s, u"\"pptp\":\"open\""_s,
                                         u"\"ikev2\":\"open\""_s, u"\"remedy\":\"Whoever runs the server can"_s};
    QTest::newRow("csv") << u"csv"_s
                         << QStringList{
                                u",only-retired,closed,silent,open,silent,\"old.example.com offers only"_s,
                                u",both,open,open,closed,silent,\"both.example.com offers IKEv2 and SSTP.\",\"Use"_s};
    QTest::newRow("sarif") << u"sarif"_s
                           << QStringList{u"\"serverOffer\":\"only-retired\""_s,
                                          u"\"serverOffers\":{\"ikev2\":\"closed\""_s,
                                          u"\"serverAnswer\":\"both.example.com offers"_s,
                                          u"\"serverRemedy\":\"Use IKEv2"_s, u"\"executionSuccessful\":true"_s};
    QTest::newRow("html") << u"html"_s
                          << QStringList{u"<h2>What the servers offer</h2>"_s,
                                         u"<span class=\"badge s-retired\">answers</span>"_s,
                                         u"<span class=\"badge s-good\">ready</span>"_s,
                                         u"both.example.com offers IKEv2 and SSTP.<br><small>Use IKEv2"_s};
}

void TestAuditProbe::everyFormatHasTheAnswers() {
    QFETCH(QString, format);
    QFETCH(QStringList, words);
    books({"both.example.com", "old.example.com"});
    audit({u"--rate=600"_s, u"--format"_s, format});
    for (const auto& each : words) {
        QVERIFY2(QString::fromUtf8(m_out).contains(each),
                 qPrintable(each + u" is not in "_s + QString::fromUtf8(m_out)));
    }
}

void TestAuditProbe::whatIsBrokenIsSaid() {
    books({"broken.example.com"});
    audit({u"--json"_s});
    const auto answer = lines(u"server"_s).value(0);
    const auto problem = base::describe({"tern.crypto.cert.name", {"broken.example.com", "other.example.com"}, {}});
    QVERIFY2(answer.value(u"sentence"_s).toString().endsWith(problem.sentence), m_out.constData());
    // In place of the advice's, which speaks of what is below it.
    QCOMPARE(answer.value(u"remedy"_s).toString(), problem.remedy);
}

void TestAuditProbe::aRateIsKept() {
    std::vector<std::string> names;
    for (char name = 'a'; name < 'i'; ++name) {
        names.emplace_back(std::string(1, name) + ".example.com");
    }
    books(names);
    // Only that it is not faster: how slow a computer is says nothing of the rate.
    QElapsedTimer clock;
    clock.start();
    audit({u"--rate=600"_s, u"--json"_s});
    QCOMPARE(m_engine->asked.size(), 8);
    QVERIFY2(clock.elapsed() >= 7 * 100, qPrintable(QString::number(clock.elapsed())));
}

void TestAuditProbe::fewAtATime() {
    books({"mute1.example.com", "mute2.example.com", "mute3.example.com", "mute4.example.com"});
    begin({u"--rate=600"_s});
    QTRY_COMPARE_WITH_TIMEOUT(m_engine->asked.size(), 3, 30'000);
    QTest::qWait(400);
    QCOMPARE(m_engine->asked.size(), 3);
}

void TestAuditProbe::theAuthorityIsHandedOn() {
    books({"both.example.com"});
    m_tree->add(u"ca.pem"_s, "an authority");
    audit({u"--ca"_s, at(u"ca.pem"_s)});
    QCOMPARE(m_engine->options.value(0).value(u"ca"_s).toByteArray(), QByteArray("an authority"));
    audit({u"--ca"_s, at(u"none.pem"_s)});
    QCOMPARE(m_program.exitCode(), static_cast<int>(ExitCode::NotFound));
    QVERIFY(m_out.isEmpty() && m_err.contains("tern.engine.file-unreadable"));
}

void TestAuditProbe::interrupted() {
    books({"both.example.com", "mute.example.com", "never.example.com"});
    begin({u"--rate=1"_s, u"--json"_s});
    QTRY_COMPARE_WITH_TIMEOUT(m_engine->asked.size(), 1, 30'000);
    QTest::qWait(200); // for the answer to arrive; without it there is one less in the report, and nothing else
    ::kill(static_cast<pid_t>(m_program.processId()), SIGINT);
    finish();
    QCOMPARE(m_program.exitCode(), static_cast<int>(ExitCode::Interrupted));
    QVERIFY2(m_err.startsWith("Interrupted."), m_err.constData());
    const auto summary = lines(u"summary"_s).first();
    QCOMPARE(summary.value(u"servers-asked"_s).toInt() + summary.value(u"servers-unasked"_s).toInt(), 3);
    QVERIFY(summary.value(u"servers-unasked"_s).toInt() >= 2);
    QCOMPARE(lines(u"connection"_s).size(), 3);
    QCOMPARE(m_engine->asked.size(), 1);

    // And to the person: also while an answer is awaited.
    books({"mute.example.com", "both.example.com"});
    begin({u"--rate=600"_s});
    QTRY_COMPARE_WITH_TIMEOUT(m_engine->asked.size(), 3, 30'000);
    ::kill(static_cast<pid_t>(m_program.processId()), SIGINT);
    finish();
    QCOMPARE(m_program.exitCode(), static_cast<int>(ExitCode::Interrupted));
    QVERIFY2(m_out.contains("not asked: the asking was ended"), m_out.constData());
}

void TestAuditProbe::withoutTernd() {
    m_connection->unregisterService(dbus::engineService);
    books({"both.example.com"});
    audit({u"--output"_s, at(u"report"_s)});
    QCOMPARE(m_program.exitCode(), static_cast<int>(ExitCode::Unavailable));
    QVERIFY(m_err.contains("tern.engine.unavailable"));
    QVERIFY(!QFile::exists(at(u"report"_s)));
}

void TestAuditProbe::ternThatGoesAway() {
    std::vector<std::string> names{"both.example.com"};
    for (char name = 'a'; name < 'm'; ++name) {
        names.emplace_back(std::string(1, name) + ".example.com");
    }
    books(names);
    m_engine->afterAnswer = [this] { m_connection->unregisterService(dbus::engineService); };
    audit({u"--rate=600"_s, u"--json"_s});
    QCOMPARE(m_program.exitCode(), static_cast<int>(ExitCode::Unavailable));
    const auto summary = lines(u"summary"_s).first();
    QVERIFY(summary.value(u"servers-unasked"_s).toInt() > 0);
    QVERIFY(m_err.contains("tern.engine.unavailable"));
}

void TestAuditProbe::progressIsForTerminals() {
    books({"both.example.com", "old.example.com"});
    int ours = -1;
    int theirs = -1;
    QCOMPARE(::openpty(&ours, &theirs, nullptr, nullptr, nullptr), 0);
    QByteArray seen;
    QSocketNotifier readable(ours, QSocketNotifier::Read);
    connect(&readable, &QSocketNotifier::activated, this, [&] {
        std::array<char, 4096> buffer{};
        const auto count = ::read(ours, buffer.data(), buffer.size());
        seen.append(buffer.data(), std::max<qsizetype>(0, count));
    });
    m_program.setChildProcessModifier([theirs] { ::dup2(theirs, STDERR_FILENO); });
    audit({u"--rate=600"_s});
    QTRY_VERIFY(seen.endsWith("\r\033[K"));
    QVERIFY2(seen.contains("2 server(s) will be asked.") || seen.contains("2 servers will be asked."),
             seen.constData());
    QVERIFY2(seen.contains("\r\033[K1 of 2: asking ") && seen.contains("\r\033[K2 of 2: asking "), seen.constData());
    readable.setEnabled(false);
    ::close(ours);
    ::close(theirs);
}

void TestAuditProbe::nothingToAsk() {
    m_tree->add(u"books/readme.txt"_s, "nothing");
    audit({u"--json"_s});
    QCOMPARE(m_program.exitCode(), 0);
    QVERIFY(m_engine->asked.isEmpty());
}

QTEST_GUILESS_MAIN(TestAuditProbe)
#include "tst_audit_probe.moc"
