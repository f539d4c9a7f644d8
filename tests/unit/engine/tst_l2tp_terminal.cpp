// "ternctl connect" at a real terminal, for an L2TP connection that the policy allows after an acknowledgement: ternd
// and ternctl as they are, NetworkManager is the test's own.
#include "app/dbus/proxies.h"
#include "tests/unit/engine/fake_network_manager.h"
#include "tests/unit/engine/private_bus.h"

#include <QDBusConnectionInterface>
#include <QDate>
#include <QSocketNotifier>
#include <QTest>
#include <array>
#include <pty.h>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace tern;
using namespace tern::engine;
using namespace Qt::StringLiterals;

namespace {

// A program with a terminal of its own, and who sits at it.
class AtTerminal {
public:
    AtTerminal() {
        if (::openpty(&m_ours, &m_theirs, nullptr, nullptr, nullptr) != 0) {
            throw std::runtime_error("no pseudo-terminal");
        }
        m_readable = std::make_unique<QSocketNotifier>(m_ours, QSocketNotifier::Read);
        QObject::connect(m_readable.get(), &QSocketNotifier::activated, m_readable.get(), [this] {
            std::array<char, 4096> buffer{};
            const auto count = ::read(m_ours, buffer.data(), buffer.size());
            m_seen.append(buffer.data(), std::max<qsizetype>(0, count));
        });
        m_process.setChildProcessModifier([theirs = m_theirs] {
            ::setsid();
            ::ioctl(theirs, TIOCSCTTY, 0);
            for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
                ::dup2(theirs, fd);
            }
        });
    }
    AtTerminal(const AtTerminal&) = delete;
    AtTerminal& operator=(const AtTerminal&) = delete;
    ~AtTerminal() {
        m_process.kill();
        m_process.waitForFinished();
        m_readable.reset();
        ::close(m_ours);
        ::close(m_theirs);
    }

    void start(const QStringList& arguments, const QString& language) {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"LC_ALL"_s, language);
        m_process.setProcessEnvironment(environment);
        m_process.start(QStringLiteral(TERNCTL), arguments);
    }
    // Waits for a question, and answers it.
    [[nodiscard]] bool answer(const QByteArray& question, const QByteArray& typed) {
        const auto asked = [&] {
            const auto said = m_seen.mid(m_from);
            return said.contains(question) && (said.endsWith(": ") || said.endsWith("："));
        };
        static_cast<void>(
            QTest::qWaitFor([&] { return asked() || m_process.state() == QProcess::NotRunning; }, 20'000));
        if (!asked()) {
            return false;
        }
        m_from = m_seen.size();
        return ::write(m_ours, typed.constData(), static_cast<std::size_t>(typed.size())) == typed.size();
    }
    // -1: it does not end.
    [[nodiscard]] int end() {
        const bool over = QTest::qWaitFor([&] { return m_process.state() == QProcess::NotRunning; }, 20'000);
        return over && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }
    [[nodiscard]] bool echoes() const {
        termios now{};
        return ::tcgetattr(m_theirs, &now) == 0 && (now.c_lflag & static_cast<tcflag_t>(ECHO)) != 0;
    }
    [[nodiscard]] const QByteArray& seen() const { return m_seen; }

private:
    int m_ours = -1;
    int m_theirs = -1;
    qsizetype m_from = 0;
    QByteArray m_seen;
    std::unique_ptr<QSocketNotifier> m_readable;
    QProcess m_process;
};

} // namespace

class TestL2tpTerminal : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();
    void whoDoesNotSayYes_data();
    void whoDoesNotSayYes();
    void whoSaysYes_data();
    void whoSaysYes();
    void whoHasSaidSoAlready();
    void withoutATerminal();

private:
    test::PrivateBus m_bus;
    QProcess m_ternd;
    std::optional<QDBusConnection> m_nmBus;
    std::unique_ptr<test::FakeNetworkManager> m_nm;
    std::unique_ptr<dbus::Engine1Proxy> m_proxy;
};

void TestL2tpTerminal::initTestCase() {
    dbus::registerTypes();
    QVERIFY(QDir().mkpath(m_bus.path(u"policy.d"_s)) && QDir().mkpath(m_bus.path(u"VPN"_s)));
    qputenv("TERN_POLICY_DIR", m_bus.path(u"policy.d"_s).toUtf8());
    qputenv("TERN_NM_PLUGINS", m_bus.path(u"VPN"_s).toUtf8());
    test::PrivateBus::write(m_bus.path(u"VPN/nm-l2tp-service.name"_s), "[VPN Connection]\n");
    test::PrivateBus::write(
        m_bus.path(u"policy.d/10.toml"_s),
        "[l2tp]\nmode = \"flag\"\nuntil = " + QDate::currentDate().addDays(36).toString(Qt::ISODate).toUtf8() + "\n");
    test::PrivateBus::write(
        m_bus.path(u"office.pbk"_s),
        "[shared]\nType=2\nVpnStrategy=3\nAuthRestrictions=512\nIpSecFlags=1\nMEDIA=rastapi\nDEVICE=vpn\n"
        "PhoneNumber=shared.contoso.example\n\n");
    m_nmBus = QDBusConnection::connectToBus(qEnvironmentVariable("DBUS_SYSTEM_BUS_ADDRESS"), u"nm"_s);
    QVERIFY(m_nmBus->isConnected());
    m_ternd.setProcessChannelMode(QProcess::ForwardedChannels);
    m_ternd.start(QStringLiteral(TERND), QStringList());
    QVERIFY(m_ternd.waitForStarted());
    auto bus = QDBusConnection::sessionBus();
    QTRY_VERIFY_WITH_TIMEOUT(bus.interface()->isServiceRegistered(dbus::engineService).value(), 10'000);
    m_proxy = std::make_unique<dbus::Engine1Proxy>(dbus::engineService, dbus::enginePath, bus);
    QCOMPARE(QProcess::execute(QStringLiteral(TERNCTL), {u"import"_s, m_bus.path(u"office.pbk"_s)}), 0);
}

void TestL2tpTerminal::init() {
    m_nm = std::make_unique<test::FakeNetworkManager>(*m_nmBus);
    QVERIFY(m_nmBus->registerVirtualObject(u"/org/freedesktop"_s, m_nm.get(), QDBusConnection::SubPath));
    QVERIFY(m_nmBus->registerService(u"org.freedesktop.NetworkManager"_s));
}

void TestL2tpTerminal::cleanup() {
    m_proxy->Disconnect(QString());
    QTRY_VERIFY_WITH_TIMEOUT(m_proxy->Status().value().isEmpty(), 10'000);
    m_nmBus->unregisterService(u"org.freedesktop.NetworkManager"_s);
    m_nmBus->unregisterObject(u"/org/freedesktop"_s, QDBusConnection::UnregisterTree);
    m_nm.reset();
}

void TestL2tpTerminal::cleanupTestCase() {
    m_ternd.kill();
    m_ternd.waitForFinished();
}

void TestL2tpTerminal::whoDoesNotSayYes_data() {
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<bool>("waits");
    QTest::addColumn<int>("exit");
    QTest::newRow("no") << QByteArray("no\n") << true << 11;
    QTest::newRow("nothing") << QByteArray("\n") << true << 11;
    QTest::newRow("nearly") << QByteArray("yes please\n") << true << 11;
    QTest::newRow("Ctrl-D") << QByteArray("\x04") << true << 11;
    QTest::newRow("Ctrl-D behind half an answer") << QByteArray("ye\x04\x04") << true << 11;
    QTest::newRow("Ctrl-C") << QByteArray("\x03") << false << 130;
    QTest::newRow("no, without waiting") << QByteArray("no\n") << false << 11;
}

void TestL2tpTerminal::whoDoesNotSayYes() {
    QFETCH(QByteArray, typed);
    QFETCH(bool, waits);
    QFETCH(int, exit);
    AtTerminal terminal;
    terminal.start(QStringList{u"connect"_s, u"shared"_s} + (waits ? QStringList{u"--wait"_s} : QStringList()),
                   u"C.UTF-8"_s);
    QVERIFY2(terminal.answer("Connect all the same? Type yes: ", typed), terminal.seen().constData());
    QCOMPARE(terminal.end(), exit);
    QVERIFY2(terminal.seen().contains("tern.policy.acknowledge"), terminal.seen().constData());
    QVERIFY(terminal.echoes());
    QVERIFY(m_nm->calls.isEmpty());
}

void TestL2tpTerminal::whoSaysYes_data() {
    QTest::addColumn<QString>("language");
    QTest::addColumn<QByteArray>("question");
    QTest::addColumn<QByteArray>("typed");
    QTest::newRow("yes") << u"C.UTF-8"_s << QByteArray("Type yes: ") << QByteArray("yes\n");
    QTest::newRow("loudly") << u"C.UTF-8"_s << QByteArray("Type yes: ") << QByteArray(" YES \n");
    QTest::newRow("as asked in Chinese") << u"zh_CN.UTF-8"_s << QByteArray("请输入 yes：") << QByteArray("yes\n");
    QTest::newRow("in Chinese") << u"zh_CN.UTF-8"_s << QByteArray("请输入 yes：") << QByteArray("是\n");
}

void TestL2tpTerminal::whoSaysYes() {
    QFETCH(QString, language);
    QFETCH(QByteArray, question);
    QFETCH(QByteArray, typed);
    AtTerminal terminal;
    terminal.start({u"connect"_s, u"shared"_s, u"--wait"_s, u"--username"_s, u"bob"_s}, language);
    QVERIFY2(terminal.answer(question, typed), terminal.seen().constData());
    QVERIFY2(terminal.answer("bob", "the password\n"), terminal.seen().constData());
    QVERIFY2(terminal.answer("shared.contoso.example", "the key\n"), terminal.seen().constData());
    QTRY_VERIFY_WITH_TIMEOUT(m_nm->calls.contains(u"Get"_s), 20'000);
    m_nm->become(2, 1);
    QCOMPARE(terminal.end(), 0);
    QVERIFY2(!terminal.seen().contains("the password") && !terminal.seen().contains("the key"),
             terminal.seen().constData());
    QVERIFY(terminal.echoes());
    const auto secrets = qdbus_cast<NmStrings>(m_nm->settings.value(u"vpn"_s).value(u"secrets"_s));
    QCOMPARE(secrets.value(u"password"_s), u"the password"_s);
    QCOMPARE(secrets.value(u"ipsec-psk"_s), u"the key"_s);
}

void TestL2tpTerminal::whoHasSaidSoAlready() {
    AtTerminal terminal;
    terminal.start({u"connect"_s, u"shared"_s, u"--wait"_s, u"--acknowledge-l2tp"_s, u"--username"_s, u"bob"_s},
                   u"C.UTF-8"_s);
    QVERIFY2(terminal.answer("Password of bob", "\x03"), terminal.seen().constData());
    QCOMPARE(terminal.end(), 130);
    QVERIFY2(!terminal.seen().contains("Type yes"), terminal.seen().constData());
    QVERIFY(terminal.echoes());
}

void TestL2tpTerminal::withoutATerminal() {
    QProcess program;
    program.start(QStringLiteral(TERNCTL), {u"connect"_s, u"shared"_s, u"--wait"_s});
    program.write("yes\n"); // a script that answers by luck has acknowledged nothing
    program.closeWriteChannel();
    QVERIFY(QTest::qWaitFor([&] { return program.state() == QProcess::NotRunning; }, 20'000));
    QCOMPARE(program.exitCode(), 11);
    QVERIFY(!program.readAllStandardError().contains("Type yes"));
    QVERIFY(m_nm->calls.isEmpty());
}

QTEST_GUILESS_MAIN(TestL2tpTerminal)
#include "tst_l2tp_terminal.moc"
