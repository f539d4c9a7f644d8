#include "app/dbus/proxies.h"
#include "tests/unit/engine/private_bus.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDate>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace tern;
using namespace tern::engine;
using namespace Qt::StringLiterals;

namespace {

QByteArray entry(const char* name, int strategy) {
    return QByteArray("[") + name + "]\nType=2\nVpnStrategy=" + QByteArray::number(strategy) +
           "\nAuthRestrictions=512\nMEDIA=rastapi\nDEVICE=vpn\nPhoneNumber=" + name + ".contoso.example\n\n";
}

} // namespace

// ternd under a policy that comes, changes, breaks and is mended while it runs.
class TestPolicies : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void withoutOneL2tpIsRefused();
    void oneThatComesIsNoticed();
    void l2tpWantsToBeAcknowledged();
    void replacementsAreTold();
    void whatIsBelowTheGradeIsRefused();
    void aMistakeForbidsEverything();
    void whatIsMendedCounts();

private:
    void write(const QByteArray& text);
    [[nodiscard]] QVariantMap show(const QString& name) { return dbus::unwrap(m_proxy->Show(name).value()); }
    void ctl(const QStringList& arguments);

    test::PrivateBus m_bus;
    QProcess m_ternd;
    std::unique_ptr<dbus::Engine1Proxy> m_proxy;
    int m_exit = 0;
    QString m_said;
    const QDate m_until = QDate::currentDate().addDays(36);
};

void TestPolicies::initTestCase() {
    dbus::registerTypes();
    qputenv("TERN_POLICY_DIR", m_bus.path(u"policy.d"_s).toUtf8());
    test::PrivateBus::write(m_bus.path(u"office.pbk"_s),
                            entry("office", 7) + entry("old", 1) + entry("shared", 3) + entry("any", 0));
    m_ternd.setProcessChannelMode(QProcess::ForwardedChannels);
    m_ternd.start(QStringLiteral(TERND), QStringList());
    QVERIFY(m_ternd.waitForStarted());
    auto bus = QDBusConnection::sessionBus();
    QTRY_VERIFY_WITH_TIMEOUT(bus.interface()->isServiceRegistered(dbus::engineService).value(), 10'000);
    m_proxy = std::make_unique<dbus::Engine1Proxy>(dbus::engineService, dbus::enginePath, bus);
    ctl({u"import"_s, m_bus.path(u"office.pbk"_s)});
    QCOMPARE(m_exit, 0);
}

void TestPolicies::cleanupTestCase() {
    m_ternd.kill();
    m_ternd.waitForFinished();
}

// Replaces the file as an editor does, and waits until ternd has noticed.
void TestPolicies::write(const QByteArray& text) {
    QSignalSpy changed(m_proxy.get(), &TernEngine1Proxy::PolicyChanged);
    QSignalSpy profiles(m_proxy.get(), &TernEngine1Proxy::ProfilesChanged);
    const auto path = m_bus.path(u"policy.d/10-contoso.toml"_s);
    QVERIFY(QDir().mkpath(m_bus.path(u"policy.d"_s)));
    test::PrivateBus::write(path + u".new"_s, text);
    QFile::remove(path);
    QVERIFY(QFile::rename(path + u".new"_s, path));
    QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty() && !profiles.isEmpty(), 10'000);
    // A folder without the file may have been seen first.
    QTRY_VERIFY_WITH_TIMEOUT(!dbus::unwrap(m_proxy->Policy().value()).value(u"files"_s).toStringList().isEmpty(),
                             10'000);
}

void TestPolicies::ctl(const QStringList& arguments) {
    QProcess process;
    process.start(QStringLiteral(TERNCTL), arguments);
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(20'000));
    m_exit = process.exitCode();
    m_said = QString::fromUtf8(process.readAllStandardOutput() + process.readAllStandardError());
}

void TestPolicies::withoutOneL2tpIsRefused() {
    ctl({u"policy"_s});
    QCOMPARE(m_exit, 0);
    QVERIFY(m_said.contains(u"no policy"_s));
    QCOMPARE(show(u"shared"_s).value(u"can-connect"_s).toBool(), false);
    ctl({u"connect"_s, u"shared"_s, u"--acknowledge-l2tp"_s, u"--wait"_s});
    QVERIFY2(m_exit == 4 && m_said.contains(u"tern.legacy.l2tp"_s), qPrintable(m_said));
}

void TestPolicies::oneThatComesIsNoticed() {
    write("[organisation]\nname = \"Contoso\"\n[l2tp]\nmode = \"flag\"\nuntil = " +
          m_until.toString(Qt::ISODate).toUtf8() + "\n");
    const auto shared = show(u"shared"_s);
    QCOMPARE(shared.value(u"can-connect"_s).toBool(), true);
    QCOMPARE(shared.value(u"needs-acknowledgement"_s).toBool(), true);
    QCOMPARE(shared.value(u"allowed-until"_s).toString(), m_until.toString(Qt::ISODate));
    QCOMPARE(shared.value(u"days-left"_s).toInt(), 36);
    QCOMPARE(show(u"old"_s).value(u"can-connect"_s).toBool(), false);
    ctl({u"policy"_s, u"--json"_s});
    QCOMPARE(m_exit, 0);
    const auto policy = QJsonDocument::fromJson(m_said.toUtf8()).object();
    QCOMPARE(policy.value(u"organisation"_s).toString(), u"Contoso"_s);
    QCOMPARE(policy.value(u"l2tp"_s).toString(), u"flag"_s);
    ctl({u"show"_s, u"shared"_s});
    QVERIFY2(m_said.contains(u"(36 days left)"_s), qPrintable(m_said));
}

void TestPolicies::l2tpWantsToBeAcknowledged() {
    ctl({u"connect"_s, u"shared"_s, u"--wait"_s});
    QVERIFY2(m_exit == 11 && m_said.contains(u"tern.policy.acknowledge"_s), qPrintable(m_said));
    // Acknowledged, it is for NetworkManager, which is not here.
    ctl({u"connect"_s, u"shared"_s, u"--wait"_s, u"--acknowledge-l2tp"_s});
    QVERIFY2(m_exit == 7 && m_said.contains(u"tern.l2tp.no-network-manager"_s), qPrintable(m_said));
    ctl({u"connect"_s, u"old"_s, u"--wait"_s, u"--acknowledge-l2tp"_s});
    QVERIFY2(m_exit == 4 && m_said.contains(u"tern.legacy.pptp"_s), qPrintable(m_said));
}

void TestPolicies::replacementsAreTold() {
    write("[replacements.\"old.contoso.example\"]\nhost = \"vpn.contoso.example\"\nprotocol = \"sstp\"\n");
    QCOMPARE(show(u"old"_s).value(u"replacement-host"_s).toString(), u"vpn.contoso.example"_s);
    QCOMPARE(show(u"old"_s).value(u"replacement-protocol"_s).toString(), u"sstp"_s);
    QVERIFY(!show(u"office"_s).contains(u"replacement-host"_s));
    QCOMPARE(show(u"shared"_s).value(u"can-connect"_s).toBool(), false); // no longer flagged
}

void TestPolicies::whatIsBelowTheGradeIsRefused() {
    write("[connections]\nminimum-grade = \"weak\"\n");
    QCOMPARE(show(u"office"_s).value(u"can-connect"_s).toBool(), true);
    ctl({u"connect"_s, u"any"_s, u"--wait"_s});
    QVERIFY2(m_exit == 4 && m_said.contains(u"tern.policy.grade"_s), qPrintable(m_said));
}

void TestPolicies::aMistakeForbidsEverything() {
    write("[l2tp]\nmode = \"flag\"\nuntil = 2099-12-31\n[connection]\nminimum-grade = \"weak\"\n");
    for (const auto* name : {"office", "any", "shared", "old"}) {
        QCOMPARE(show(QString::fromLatin1(name)).value(u"can-connect"_s).toBool(), false);
    }
    const auto place = u"10-contoso.toml, has a setting in line 4"_s;
    ctl({u"policy"_s});
    QVERIFY2(m_exit == 4 && m_said.contains(place), qPrintable(m_said));
    ctl({u"list"_s});
    QVERIFY2(m_exit == 0 && m_said.contains(place), qPrintable(m_said));
    ctl({u"connect"_s, u"office"_s, u"--wait"_s});
    QVERIFY2(m_exit == 4 && m_said.contains(u"tern.policy.unusable"_s), qPrintable(m_said));
    ctl({u"log"_s});
    QVERIFY2(m_said.contains(place), qPrintable(m_said));
}

void TestPolicies::whatIsMendedCounts() {
    write("[connections]\nminimum-grade = \"can-fall-back\"\n");
    QCOMPARE(show(u"office"_s).value(u"can-connect"_s).toBool(), true);
    QCOMPARE(show(u"any"_s).value(u"can-connect"_s).toBool(), true);
    ctl({u"policy"_s});
    QCOMPARE(m_exit, 0);
}

int main(int argc, char** argv) {
    TestPolicies test; // sets the environment before Qt looks at it
    QCoreApplication application(argc, argv);
    return QTest::qExec(&test, argc, argv);
}
#include "tst_policies.moc"
