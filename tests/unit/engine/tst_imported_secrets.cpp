#include "app/dbus/proxies.h"
#include "app/engine/credentials.h"
#include "app/engine/keyring.h"
#include "tests/unit/engine/private_bus.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusUnixFileDescriptor>
#include <QTest>
#include <optional>

using namespace tern;
using namespace tern::engine;
using namespace Qt::StringLiterals;

namespace {

// A secret that a file holds: whose it is, where the keyring has it then, and what it is.
struct Held {
    const char* connection;
    const char* place; // behind the profile's id; "" for a password
    const char* secret;
};

constexpr auto password = "";
constexpr auto passPhrase = "/key";
constexpr auto l2tpKey = "/l2tp-psk";

QByteArray keyFile(const char* name, const char* service, const char* settings, const char* secrets) {
    return QByteArray("[connection]\nid=") + name + "\ntype=vpn\n\n[vpn]\n" + settings +
           "service-type=org.freedesktop.NetworkManager." + service + "\n\n[vpn-secrets]\n" + secrets;
}

QByteArray sswan(const char* name) {
    return QByteArray("{\"uuid\":\"52bb1f3c-8a64-4d1c-9e7e-0f9c1a1f2a33\",\"name\":\"") + name +
           "\",\"type\":\"ikev2-eap\",\"remote\":{\"addr\":\"vpn.example.com\"},"
           "\"local\":{\"eap_id\":\"anna\",\"shared_secret\":\"Canary-Blume-7\"}}";
}

QByteArray mobileconfig(const char* name) {
    return QByteArray("<?xml version=\"1.0\" encoding=\"UTF-8\"?><plist version=\"1.0\"><dict><key>PayloadContent</key>"
                      "<array><dict><key>PayloadType</key><string>com.apple.vpn.managed</string>"
                      "<key>UserDefinedName</key><string>") +
           name +
           "</string><key>VPNType</key><string>IKEv2</string><key>IKEv2</key><dict><key>RemoteAddress</key>"
           "<string>vpn.example.com</string><key>AuthenticationMethod</key><string>SharedSecret</string>"
           "<key>SharedSecret</key><string>Canary-Berg&amp;Tal-2026</string></dict></dict></array>"
           "<key>PayloadType</key><string>Configuration</string></dict></plist>";
}

QByteArray sample(const char* name) {
    QFile file(QStringLiteral(TERN_SOURCE_DIR "/tests/data/imports/") + QLatin1String(name));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

Q_DECLARE_METATYPE(QList<Held>)

// Files that hold passwords and keys, brought to ternd in a process of its own, with a real gnome-keyring: what the
// person is told of them is so.
class TestImportedSecrets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void goIntoTheKeyring_data();
    void goIntoTheKeyring();
    void sameFileAgain();
    void l2tpKeyIsNoKeyOfIkev2();
    void passwordIsNoKeyOfIkev2_data();
    void passwordIsNoKeyOfIkev2();
    void nothingIsInAnyFile();

private:
    QVariantMap import(const QByteArray& content, const QString& name);
    std::string kept(const QString& place);
    QVariantMap shown(const QString& name) { return dbus::unwrap(m_proxy->Show(name).value()); }
    QString idOf(const QString& name) { return shown(name).value(u"id"_s).toString(); }

    test::PrivateBus m_bus;
    QTemporaryDir m_files; // where the person has them, which is not where Tern may write
    QProcess m_ternd;
    std::unique_ptr<dbus::Engine1Proxy> m_proxy;
    std::unique_ptr<Keyring> m_keyring;
};

void TestImportedSecrets::initTestCase() {
    dbus::registerTypes();
    m_bus.startKeyring();
    auto bus = QDBusConnection::sessionBus();
    QTRY_VERIFY_WITH_TIMEOUT(bus.interface()->isServiceRegistered(u"org.freedesktop.secrets"_s).value(), 10'000);
    m_ternd.setProcessChannelMode(QProcess::ForwardedChannels);
    m_ternd.start(QStringLiteral(TERND), QStringList());
    QVERIFY(m_ternd.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(bus.interface()->isServiceRegistered(dbus::engineService).value(), 10'000);
    m_proxy = std::make_unique<dbus::Engine1Proxy>(dbus::engineService, dbus::enginePath, bus);
    QVERIFY(m_proxy->Info().value().value(u"keyring"_s).toBool());
    m_keyring = std::make_unique<Keyring>();
}

void TestImportedSecrets::cleanupTestCase() {
    m_ternd.kill();
    m_ternd.waitForFinished();
}

QVariantMap TestImportedSecrets::import(const QByteArray& content, const QString& name) {
    test::PrivateBus::write(m_files.filePath(name), content);
    QFile file(m_files.filePath(name));
    if (!file.open(QFile::ReadOnly)) {
        return {};
    }
    auto reply = m_proxy->Import(QDBusUnixFileDescriptor(file.handle()), name, {});
    reply.waitForFinished();
    return reply.isError() ? QVariantMap{{u"error"_s, reply.error().message()}} : dbus::unwrap(reply.value());
}

// What the keyring has there; "" for nothing.
std::string TestImportedSecrets::kept(const QString& place) {
    std::optional<std::string> found;
    m_keyring->read(place, [&](const std::optional<base::SecureBytes>& secret) {
        found = secret ? base::toText(secret->view()) : std::string();
    });
    if (!QTest::qWaitFor([&] { return found.has_value(); }, 10'000)) {
        QTest::qFail("the keyring does not answer", __FILE__, __LINE__);
    }
    return found.value_or("no answer");
}

void TestImportedSecrets::goIntoTheKeyring_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QList<Held>>("secrets");
    QTest::newRow("strongSwan") << u"office.sswan"_s << sswan("Sswan")
                                << QList<Held>{{"Sswan", password, "Canary-Blume-7"}};
    QTest::newRow("NetworkManager, IKEv2")
        << u"ike.nmconnection"_s
        << keyFile("NM IKEv2", "strongswan", "address=vpn.example.com\nmethod=eap\nuser=anna\n",
                   "password=Canary-Wiese-8\n")
        << QList<Held>{{"NM IKEv2", password, "Canary-Wiese-8"}};
    QTest::newRow("NetworkManager, L2TP")
        << u"l2tp.nmconnection"_s
        << keyFile("NM L2TP", "l2tp", "gateway=vpn.example.com\nipsec-enabled=yes\nuser=anna\n",
                   "password=Canary-Wald-9\nipsec-psk=Canary-Sommer-2019\n")
        << QList<Held>{{"NM L2TP", password, "Canary-Wald-9"}, {"NM L2TP", l2tpKey, "Canary-Sommer-2019"}};
    QTest::newRow("NetworkManager, a key of L2TP alone")
        << u"key.nmconnection"_s
        << keyFile("NM key", "l2tp", "gateway=vpn.example.com\nipsec-enabled=yes\nuser=anna\n",
                   "ipsec-psk=Canary-Winter-2020\n")
        << QList<Held>{{"NM key", l2tpKey, "Canary-Winter-2020"}};
    QTest::newRow("Apple, a key of IKEv2") << u"key.mobileconfig"_s << mobileconfig("Apple key")
                                           << QList<Held>{{"Apple key", password, "Canary-Berg&Tal-2026"}};
    QTest::newRow("Apple, of two connections") << u"office.mobileconfig"_s << sample("office.mobileconfig")
                                               << QList<Held>{{"深圳 IKEv2", passPhrase, "Tor-4711"},
                                                              {"Old L2TP", password, "Licht-9"},
                                                              {"Old L2TP", l2tpKey, "Sommer-2019"}};
}

void TestImportedSecrets::goIntoTheKeyring() {
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    QFETCH(QList<Held>, secrets);
    const auto report = import(content, file);
    QVERIFY2(!report.contains(u"error"_s), qPrintable(report.value(u"error"_s).toString()));
    // Each where it belongs, and nowhere else: when the answer comes, not some time later.
    QHash<QString, QString> expected;
    for (const auto& each : secrets) {
        expected.insert(idOf(QString::fromUtf8(each.connection)) + QLatin1String(each.place),
                        QLatin1String(each.secret));
    }
    const auto profiles = report.value(u"profiles"_s).toList();
    QVERIFY(!profiles.isEmpty());
    for (const auto& each : profiles) {
        const auto id = each.toMap().value(u"id"_s).toString();
        for (const auto* place : {"", "/key", "/l2tp-psk", "/ppk"}) {
            const auto where = id + QLatin1String(place);
            QCOMPARE(QString::fromStdString(kept(where)), expected.value(where));
        }
        // What the window offers to forget; the key of L2TP alone is no password of the connection.
        QCOMPARE(dbus::unwrap(each.toMap()).value(u"has-password"_s).toBool(), expected.contains(id));
    }
    // One note for each connection: it is in the keyring, and the file still has it.
    QSet<QString> wanted;
    for (const auto& each : secrets) {
        wanted.insert(QString::fromUtf8(each.connection));
    }
    QSet<QString> told;
    const auto problems = report.value(u"problems"_s).toList();
    for (const auto& each : problems) {
        const auto problem = each.toMap();
        const auto code = problem.value(u"code"_s).toString();
        QVERIFY2(code != u"tern.formats.note.secret-in-file"_s && code != u"tern.engine.secret-not-kept"_s,
                 qPrintable(code));
        if (code == u"tern.engine.secret-kept"_s) {
            QVERIFY(problem.value(u"sentence"_s).toString().contains(file));
            QVERIFY(!problem.value(u"remedy"_s).toString().isEmpty());
            const auto name = problem.value(u"entry"_s).toString();
            QVERIFY2(!told.contains(name), qPrintable(name));
            told.insert(name);
        }
    }
    QCOMPARE(told, wanted);
}

// It is not imported twice; that the file holds the password is told again, for it still does.
void TestImportedSecrets::sameFileAgain() {
    const auto report = import(sswan("Sswan"), u"copy.sswan"_s);
    QCOMPARE(report.value(u"added"_s).toUInt(), 0U);
    QStringList codes;
    const auto problems = report.value(u"problems"_s).toList();
    for (const auto& each : problems) {
        codes << each.toMap().value(u"code"_s).toString();
    }
    codes.sort();
    QCOMPARE(codes, QStringList({u"tern.engine.already-imported"_s, u"tern.formats.note.secret-in-file"_s}));
}

// Replaced by IKEv2, even where a person then chooses a shared key: the old key is left where it was.
void TestImportedSecrets::l2tpKeyIsNoKeyOfIkev2() {
    const auto old = idOf(u"NM L2TP"_s);
    auto reply = m_proxy->Migrate(old, {{u"to"_s, u"ikev2"_s}, {u"try"_s, false}});
    reply.waitForFinished();
    QVERIFY2(!reply.isError(), qPrintable(reply.error().message()));
    const auto fresh = reply.value();
    QTRY_COMPARE_WITH_TIMEOUT(kept(fresh), std::string("Canary-Wald-9"), 10'000); // the password comes along
    QCOMPARE(kept(old), std::string());
    QCOMPARE(kept(old + u"/l2tp-psk"_s), std::string("Canary-Sommer-2019"));
    for (const auto* place : {"/key", "/l2tp-psk", "/ppk"}) {
        QCOMPARE(kept(fresh + QLatin1String(place)), std::string());
    }
    QVERIFY(!m_proxy->Edit(fresh, {{u"auth"_s, u"psk"_s}}).isError());
    QTRY_COMPARE_WITH_TIMEOUT(kept(fresh), std::string(), 10'000); // neither the key, nor the password as a key
    QCOMPARE(kept(old + u"/l2tp-psk"_s), std::string("Canary-Sommer-2019"));
}

void TestImportedSecrets::passwordIsNoKeyOfIkev2_data() {
    QTest::addColumn<QString>("connection");
    QTest::addColumn<QString>("other");
    QTest::addColumn<QString>("same");
    QTest::newRow("a password") << u"NM IKEv2"_s << u"psk"_s << u"peap"_s;
    QTest::newRow("a key") << u"Apple key"_s << u"eap-mschapv2"_s << u"psk"_s;
}

// What was kept as one is forgotten when it would serve as the other; another way to use the same stays.
void TestImportedSecrets::passwordIsNoKeyOfIkev2() {
    QFETCH(QString, connection);
    QFETCH(QString, other);
    QFETCH(QString, same);
    const auto id = idOf(connection);
    const auto before = kept(id);
    QVERIFY(!before.empty());
    auto stays = m_proxy->Edit(id, {{u"auth"_s, same}, {u"username"_s, u"bert"_s}});
    stays.waitForFinished();
    QVERIFY2(!stays.isError(), qPrintable(stays.error().message()));
    QTest::qWait(200); // a removal would be under way
    QCOMPARE(kept(id), before);
    auto goes = m_proxy->Edit(id, {{u"auth"_s, other}});
    goes.waitForFinished();
    QVERIFY2(!goes.isError(), qPrintable(goes.error().message()));
    QTRY_COMPARE_WITH_TIMEOUT(kept(id), std::string(), 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(!shown(connection).value(u"has-password"_s).toBool(), 10'000);
}

void TestImportedSecrets::nothingIsInAnyFile() {
    for (const auto* secret : {"Canary-", "Tor-4711", "Licht-9", "Sommer-2019"}) {
        QCOMPARE(m_bus.filesHolding(secret), QStringList());
    }
    QVERIFY2(!m_bus.filesHolding("vpn.example.com").isEmpty(), "the profiles are looked through");
}

int main(int argc, char** argv) {
    TestImportedSecrets test; // sets the environment before Qt looks at it
    QCoreApplication application(argc, argv);
    return QTest::qExec(&test, argc, argv);
}
#include "tst_imported_secrets.moc"
