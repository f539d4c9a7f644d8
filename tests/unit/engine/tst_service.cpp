#include "app/ctl/engine_client.h"
#include "app/dbus/proxies.h"
#include "tests/unit/engine/private_bus.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusUnixFileDescriptor>
#include <QDBusVirtualObject>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>
#include <csignal>

using namespace tern;
using namespace tern::engine;
using namespace Qt::StringLiterals;

namespace {

constexpr auto phonebook = "[Office]\nType=2\nVpnStrategy=7\nMEDIA=rastapi\nDevice=WAN Miniport (IKEv2)\n"
                           "DEVICE=vpn\nPhoneNumber=192.0.2.1\n\n"
                           "[Old]\nType=2\nVpnStrategy=1\nMEDIA=rastapi\nDevice=WAN Miniport (PPTP)\n"
                           "DEVICE=vpn\nPhoneNumber=192.0.2.2\n\n"
                           "[Shared]\nType=2\nVpnStrategy=3\nMEDIA=rastapi\nDevice=WAN Miniport (L2TP)\n"
                           "DEVICE=vpn\nPhoneNumber=192.0.2.3\n\n"
                           "[Web]\nType=2\nVpnStrategy=5\nMEDIA=rastapi\nDevice=WAN Miniport (SSTP)\n"
                           "DEVICE=vpn\nPhoneNumber=192.0.2.4\n";

// Stands in for tern-helper on the same bus: grants a session, refuses every socket.
class FakeHelper final : public QDBusVirtualObject {
public:
    [[nodiscard]] QString introspect(const QString& /*path*/) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override {
        calls << message.member();
        if (message.member() == "OpenSession"_L1) {
            mayAsk = message.isInteractiveAuthorizationAllowed();
            connection.send(message.createReply(QVariant(qulonglong{7})));
        } else if (message.member() == "OpenSocket"_L1) {
            connection.send(
                message.createErrorReply(u"org.ternvpn.Helper1.Error.Failed"_s, u"tern.helper.socket: test"_s));
        } else {
            connection.send(message.createReply());
        }
        return true;
    }
    QStringList calls;
    bool mayAsk = false;
};

} // namespace

// ternd as a process of its own, called as the window and ternctl call it.
class TestService : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void importsThroughADescriptor();
    void listsAndShows();
    void edits();
    void refusesRetiredProtocols_data();
    void refusesRetiredProtocols();
    void asksWhoLogsInAndAnswers();
    void disconnectWithdrawsTheQuestion();
    void passwordIsKeptNowhere();
    void onlyOneRuns();
    void ctlReportsAndExits_data();
    void ctlReportsAndExits();
    void ctlGivesUpOnInterrupt();
    void endsInOrder();

private:
    QProcess& ctl(const QStringList& arguments);
    QString idOf(const QString& name);

    test::PrivateBus m_bus;
    QProcess m_ternd;
    QProcess m_ctl;
    std::unique_ptr<dbus::Engine1Proxy> m_proxy;
    FakeHelper m_helper;
};

void TestService::initTestCase() {
    dbus::registerTypes();
    test::PrivateBus::write(m_bus.path(u"office.pbk"_s), phonebook);
    test::PrivateBus::write(m_bus.path(u"football.pbk"_s), "This is no phonebook at all.\n");
    auto bus = QDBusConnection::sessionBus();
    QVERIFY(bus.registerVirtualObject(dbus::helperPath, &m_helper));
    QVERIFY(bus.registerService(dbus::helperService));
    m_ternd.setProcessChannelMode(QProcess::ForwardedChannels);
    m_ternd.start(QStringLiteral(TERND), QStringList());
    QVERIFY(m_ternd.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(bus.interface()->isServiceRegistered(dbus::engineService).value(), 10'000);
    m_proxy = std::make_unique<dbus::Engine1Proxy>(dbus::engineService, dbus::enginePath, bus);
}

void TestService::cleanupTestCase() {
    m_ternd.kill();
    m_ternd.waitForFinished();
}

QProcess& TestService::ctl(const QStringList& arguments) {
    m_ctl.start(QStringLiteral(TERNCTL), arguments);
    m_ctl.closeWriteChannel();
    // Our own event loop serves the helper meanwhile.
    if (!QTest::qWaitFor([this] { return m_ctl.state() == QProcess::NotRunning; }, 20'000)) {
        QTest::qFail("ternctl does not end", __FILE__, __LINE__);
    }
    return m_ctl;
}

QString TestService::idOf(const QString& name) {
    return m_proxy->Show(name).value().value(u"id"_s).toString();
}

void TestService::importsThroughADescriptor() {
    QSignalSpy changed(m_proxy.get(), &TernEngine1Proxy::ProfilesChanged);
    QFile file(m_bus.path(u"office.pbk"_s));
    QVERIFY(file.open(QFile::ReadOnly));
    auto reply = m_proxy->Import(QDBusUnixFileDescriptor(file.handle()), u"office.pbk"_s, {});
    reply.waitForFinished();
    QVERIFY2(!reply.isError(), qPrintable(reply.error().message()));
    const auto report = dbus::unwrap(reply.value());
    QCOMPARE(report.value(u"added"_s).toUInt(), 4U);
    QCOMPARE(report.value(u"skipped"_s).toUInt(), 0U);
    QCOMPARE(report.value(u"profiles"_s).toList().size(), 4);
    QTRY_COMPARE(changed.count(), 1);

    QFile bad(m_bus.path(u"football.pbk"_s));
    QVERIFY(bad.open(QFile::ReadOnly));
    auto refused = m_proxy->Import(QDBusUnixFileDescriptor(bad.handle()), u"football.pbk"_s, {});
    refused.waitForFinished();
    QVERIFY(refused.isError());
    QCOMPARE(refused.error().name(), QString(dbus::engineError));
    QVERIFY(refused.error().message().startsWith(u"tern.formats."_s));
    const auto error = ctl::errorOf(refused.reply());
    QVERIFY(error.value(u"sentence"_s).toString().contains(u"football.pbk"_s));
    QVERIFY(!error.value(u"remedy"_s).toString().isEmpty());
}

void TestService::listsAndShows() {
    const auto list = m_proxy->List().value();
    QCOMPARE(list.size(), 4);
    for (const auto& entry : list) {
        const auto profile = dbus::unwrap(entry);
        const bool retired = profile.value(u"protocol"_s) == u"pptp"_s || profile.value(u"protocol"_s) == u"l2tp"_s;
        QCOMPARE(profile.value(u"can-connect"_s).toBool(), !retired);
        QCOMPARE(profile.value(u"findings"_s).toList().isEmpty(), !retired);
    }
    const auto shown = dbus::unwrap(m_proxy->Show(u"Off"_s).value());
    QCOMPARE(shown.value(u"name"_s).toString(), u"Office"_s);
    QCOMPARE(shown.value(u"servers"_s).toStringList(), QStringList{u"192.0.2.1"_s});
    QVERIFY(shown.value(u"raw"_s).toString().contains(u"VpnStrategy=7"_s));
    QVERIFY(!shown.value(u"has-password"_s).toBool());
    const auto info = m_proxy->Info().value();
    QVERIFY(!info.value(u"keyring"_s).toBool());
    QVERIFY(info.value(u"helper"_s).toBool());
}

void TestService::edits() {
    const auto id = idOf(u"Office"_s);
    QVERIFY(!m_proxy->Edit(id, {{u"name"_s, u"Head office"_s}}).isError());
    QCOMPARE(idOf(u"Head office"_s), id);
    auto refused = m_proxy->Edit(id, {{u"name"_s, QString()}});
    refused.waitForFinished();
    QVERIFY(refused.error().message().startsWith(u"tern.engine.bad-change: "_s));
    m_proxy->Edit(id, {{u"name"_s, u"Office"_s}}).waitForFinished();
}

void TestService::refusesRetiredProtocols_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("code");
    QTest::newRow("pptp") << u"Old"_s << u"tern.legacy.pptp"_s;
    QTest::newRow("l2tp") << u"Shared"_s << u"tern.legacy.l2tp"_s;
    QTest::newRow("unknown") << u"Nowhere"_s << u"tern.engine.not-found"_s;
}

void TestService::refusesRetiredProtocols() {
    QFETCH(QString, name);
    QFETCH(QString, code);
    m_helper.calls.clear();
    auto reply = m_proxy->Connect(name, {});
    reply.waitForFinished();
    QVERIFY(reply.isError());
    QVERIFY2(reply.error().message().startsWith(code), qPrintable(reply.error().message()));
    QVERIFY(m_proxy->Status().value().isEmpty());
    QVERIFY(m_helper.calls.isEmpty());
}

void TestService::asksWhoLogsInAndAnswers() {
    QSignalSpy prompted(m_proxy.get(), &TernEngine1Proxy::Prompted);
    QSignalSpy closed(m_proxy.get(), &TernEngine1Proxy::PromptClosed);
    QSignalSpy status(m_proxy.get(), &TernEngine1Proxy::StatusChanged);
    m_helper.calls.clear();
    m_proxy->Connect(u"Office"_s, {});
    QTRY_COMPARE(prompted.count(), 1);
    const auto prompt = prompted.at(0).at(0).toMap();
    QCOMPARE(prompt.value(u"kind"_s).toString(), u"credentials"_s);
    QCOMPARE(prompt.value(u"name"_s).toString(), u"Office"_s);
    QVERIFY(!prompt.value(u"can-remember"_s).toBool()); // no keyring here
    QCOMPARE(dbus::unwrap(m_proxy->Info().value()).value(u"prompts"_s).toList().size(), 1);
    m_proxy->Answer(prompt.value(u"prompt"_s).toULongLong(),
                    {{u"username"_s, u"anna"_s}, {u"secret"_s, QByteArray("Canary-Answer-99")}, {u"remember"_s, true}});
    QTRY_COMPARE(closed.count(), 1);
    QTRY_VERIFY(!status.isEmpty() && status.last().at(0).toMap().value(u"state"_s) == u"failed"_s);
    const auto error = dbus::unwrap(status.last().at(0).toMap()).value(u"error"_s).toMap();
    QCOMPARE(error.value(u"code"_s).toString(), u"tern.helper.socket"_s);
    QCOMPARE(error.value(u"detail"_s).toString(), u"test"_s);
    QCOMPARE(m_helper.calls, (QStringList{u"OpenSession"_s, u"OpenSocket"_s, u"CloseSession"_s}));
    QVERIFY(m_helper.mayAsk);
    // The failure is shown until something newer is asked for.
    QCOMPARE(m_proxy->Status().value().size(), 1);
    m_proxy->Disconnect(QString()).waitForFinished();
    QVERIFY(m_proxy->Status().value().isEmpty());
}

void TestService::disconnectWithdrawsTheQuestion() {
    QSignalSpy prompted(m_proxy.get(), &TernEngine1Proxy::Prompted);
    QSignalSpy closed(m_proxy.get(), &TernEngine1Proxy::PromptClosed);
    m_proxy->Connect(u"Office"_s, {});
    QTRY_COMPARE(prompted.count(), 1);
    QCOMPARE(m_proxy->Status().value().at(0).value(u"state"_s).toString(), u"connecting"_s);
    m_proxy->Disconnect(u"Office"_s);
    QTRY_COMPARE(closed.count(), 1);
    QTRY_VERIFY(m_proxy->Status().value().isEmpty());
    auto late = m_proxy->Answer(prompted.at(0).at(0).toMap().value(u"prompt"_s).toULongLong(), {});
    late.waitForFinished();
    QVERIFY(late.error().message().startsWith(u"tern.engine.no-such-prompt"_s));
}

void TestService::passwordIsKeptNowhere() {
    QCOMPARE(m_bus.filesHolding("Canary-Answer-99"), QStringList());
    const auto log = m_proxy->Log(1000).value();
    QVERIFY(!log.isEmpty());
    for (const auto& entry : log) {
        const auto text = entry.value(u"text"_s).toString();
        QVERIFY(!text.contains(u"Canary"_s));
        QVERIFY(entry.value(u"level"_s) == u"detail"_s || !text.contains(u"anna"_s));
    }
}

void TestService::onlyOneRuns() {
    QProcess second;
    second.start(QStringLiteral(TERND), QStringList());
    QVERIFY(second.waitForFinished(10'000));
    QCOMPARE(second.exitCode(), 1);
    QVERIFY(second.readAllStandardError().contains("another ternd"));
}

void TestService::ctlReportsAndExits_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QString>("output");
    QTest::newRow("list") << QStringList{u"list"_s} << 0 << u"PPTP"_s;
    QTest::newRow("list json") << QStringList{u"list"_s, u"--json"_s} << 0 << u"\"protocol\": \"pptp\""_s;
    QTest::newRow("show") << QStringList{u"show"_s, u"Old"_s} << 0 << u"tern.legacy.pptp"_s;
    QTest::newRow("show nothing") << QStringList{u"show"_s, u"Nowhere"_s} << 3 << u"tern.engine.not-found"_s;
    QTest::newRow("connect pptp") << QStringList{u"connect"_s, u"Old"_s, u"--wait"_s} << 4 << u"tern.legacy.pptp"_s;
    QTest::newRow("nobody to ask") << QStringList{u"connect"_s, u"Office"_s, u"--wait"_s} << 5
                                   << u"tern.engine.password-needed"_s;
    QTest::newRow("helper refuses") << QStringList{u"connect"_s, u"Office"_s, u"--wait"_s, u"--username"_s, u"anna"_s}
                                    << 7 << u"tern.helper.socket"_s;
    QTest::newRow("status") << QStringList{u"status"_s} << 0 << u"status: "_s;
    QTest::newRow("disconnect") << QStringList{u"disconnect"_s, u"--wait"_s} << 0 << u"status: disconnected"_s;
    QTest::newRow("log") << QStringList{u"log"_s} << 0 << u"office.pbk"_s;
    QTest::newRow("no such file") << QStringList{u"import"_s, u"/nonexistent.pbk"_s} << 3
                                  << u"tern.engine.file-unreadable"_s;
    QTest::newRow("no phonebook") << QStringList{u"import"_s, m_bus.path(u"football.pbk"_s)} << 9
                                  << u"tern.formats.not-phonebook"_s;
    QTest::newRow("already there") << QStringList{u"import"_s, m_bus.path(u"office.pbk"_s)} << 0
                                   << u"tern.engine.already-imported"_s;
    QTest::newRow("usage") << QStringList{u"fly"_s} << 2 << u"fly"_s;
    QTest::newRow("version") << QStringList{u"--version"_s} << 0 << u"ternctl "_s;
}

void TestService::ctlReportsAndExits() {
    QFETCH(QStringList, arguments);
    QFETCH(int, exit);
    QFETCH(QString, output);
    auto& process = ctl(arguments);
    const auto all = QString::fromUtf8(process.readAllStandardOutput() + process.readAllStandardError());
    QVERIFY2(process.exitCode() == exit, qPrintable(QString::number(process.exitCode()) + u' ' + all));
    QVERIFY2(all.contains(output), qPrintable(all));
}

void TestService::ctlGivesUpOnInterrupt() {
    // Somebody else answers prompts here, so that ternctl keeps waiting.
    m_proxy->Connect(u"Office"_s, {});
    QTRY_COMPARE(m_proxy->Status().value().size(), 1);
    m_ctl.start(QStringLiteral(TERNCTL), {u"connect"_s, u"--wait"_s, u"Office"_s});
    QVERIFY(m_ctl.waitForReadyRead(10'000));
    ::kill(static_cast<pid_t>(m_ctl.processId()), SIGINT);
    QTRY_COMPARE_WITH_TIMEOUT(m_ctl.state(), QProcess::NotRunning, 10'000);
    QCOMPARE(m_ctl.exitCode(), 130);
    QTRY_VERIFY(m_proxy->Status().value().isEmpty());
}

void TestService::endsInOrder() {
    m_ternd.terminate();
    QVERIFY(m_ternd.waitForFinished(10'000));
    QCOMPARE(m_ternd.exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_ternd.exitCode(), 0);
    auto& process = ctl({u"list"_s});
    QCOMPARE(process.exitCode(), 7);
    QVERIFY(process.readAllStandardError().contains("tern.engine.unavailable"));
}

int main(int argc, char** argv) {
    TestService test; // sets the environment before Qt looks at it
    QCoreApplication application(argc, argv);
    return QTest::qExec(&test, argc, argv);
}
#include "tst_service.moc"
