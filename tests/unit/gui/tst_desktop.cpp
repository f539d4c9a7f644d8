// What the window asks of the desktop: the settings portal and the notification service, played by objects of the
// test on a bus of its own.
#include "app/gui/color_scheme.h"
#include "app/gui/notifier.h"

#include <QDBusConnection>
#include <QDBusVariant>
#include <QGuiApplication>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace tern::gui;

class Portal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public Q_SLOTS:
    // The portal wraps the value twice.
    QDBusVariant Read(const QString& space, const QString& key) {
        Q_UNUSED(space)
        Q_UNUSED(key)
        return QDBusVariant(QVariant::fromValue(QDBusVariant(scheme)));
    }

Q_SIGNALS:
    void SettingChanged(const QString& space, const QString& key, const QDBusVariant& value);

public:
    uint scheme = 0;
};

struct Note {
    uint replaced;
    QString title;
    QString body;
};

class Notifications : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public Q_SLOTS:
    // The eight arguments are the service's.
    uint Notify(const QString& program, uint replaced, const QString& icon, const QString& title, const QString& body,
                const QStringList& actions, const QVariantMap& hints, int timeout) {
        Q_UNUSED(program)
        Q_UNUSED(timeout)
        complete = complete && icon == QStringLiteral("org.ternvpn.Tern") && actions.size() == 2 &&
                   hints.contains(QStringLiteral("desktop-entry"));
        notes.append({replaced, title, body});
        return replaced == 0 ? 41 : replaced;
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString& action);

public:
    QList<Note> notes;
    bool complete = true;
};

class TestDesktop : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void darkFollowsThePortal();
    void withoutAPortalItIsLight();
    void notificationsReplaceEachOther();

private:
    [[nodiscard]] QDBusConnection connection(const char* name) const {
        return QDBusConnection::connectToBus(m_address, QLatin1String(name));
    }

    QProcess m_bus;
    QString m_address;
};

void TestDesktop::initTestCase() {
    m_bus.start(QStringLiteral("dbus-daemon"),
                {QStringLiteral("--session"), QStringLiteral("--print-address"), QStringLiteral("--nofork")});
    QVERIFY(m_bus.waitForReadyRead());
    m_address = QString::fromLatin1(m_bus.readLine().trimmed());
    QVERIFY(connection("probe").isConnected());
}

void TestDesktop::cleanupTestCase() {
    m_bus.terminate();
    m_bus.waitForFinished();
}

void TestDesktop::darkFollowsThePortal() {
    auto server = connection("portal");
    Portal portal;
    portal.scheme = 1;
    QVERIFY(server.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), &portal,
                                  QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    QVERIFY(server.registerService(QStringLiteral("org.freedesktop.portal.Desktop")));
    ColorScheme scheme(connection("follower"));
    QTRY_VERIFY(scheme.dark());
    const QSignalSpy changes(&scheme, &ColorScheme::darkChanged);
    const auto change = [&](const char* key, uint value) {
        Q_EMIT portal.SettingChanged(QStringLiteral("org.freedesktop.appearance"), QLatin1String(key),
                                     QDBusVariant(value));
    };
    change("accent-color", 2);
    change("color-scheme", 2);
    QTRY_VERIFY(!scheme.dark());
    change("color-scheme", 1);
    QTRY_VERIFY(scheme.dark());
    QCOMPARE(changes.count(), 2);
    server.unregisterService(QStringLiteral("org.freedesktop.portal.Desktop"));
}

void TestDesktop::withoutAPortalItIsLight() {
    const ColorScheme scheme(connection("alone"));
    QTest::qWait(200);
    QVERIFY(!scheme.dark());
}

void TestDesktop::notificationsReplaceEachOther() {
    auto server = connection("notifications");
    Notifications service;
    QVERIFY(server.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &service,
                                  QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    QVERIFY(server.registerService(QStringLiteral("org.freedesktop.Notifications")));
    Notifier notifier(connection("notifier"));
    notifier.notify(QStringLiteral("Connected"), QStringLiteral("<b>A & B</b>"), Notifier::Urgency::Low);
    QTRY_COMPARE(service.notes.size(), 1);
    QTest::qWait(50); // until the answer with the number is back
    notifier.notify(QStringLiteral("Disconnected"), {}, Notifier::Urgency::Low);
    QTRY_COMPARE(service.notes.size(), 2);
    QVERIFY(service.complete);
    QCOMPARE(service.notes.at(0).replaced, 0U);
    QCOMPARE(service.notes.at(1).replaced, 41U);
    QCOMPARE(service.notes.at(0).body, QStringLiteral("&lt;b&gt;A &amp; B&lt;/b&gt;"));

    const QSignalSpy activated(&notifier, &Notifier::activated);
    Q_EMIT service.ActionInvoked(7, QStringLiteral("default")); // somebody else's
    Q_EMIT service.ActionInvoked(41, QStringLiteral("default"));
    QTRY_COMPARE(activated.count(), 1);
}

int main(int argc, char* argv[]) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication app(argc, argv);
    TestDesktop test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_desktop.moc"
