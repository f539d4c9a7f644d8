#include "app/dbus/types.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServer>
#include <QSignalSpy>
#include <QTest>

using namespace tern;
using namespace tern::dbus;

// Answers what it is given, so that values have crossed a real connection, marshalled twice.
class Echo : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.ternvpn.Echo")
public Q_SLOTS:
    QVariantMap maps(const QVariantMap& map) { return map; }
    tern::dbus::PrefixList prefixes(const tern::dbus::PrefixList& list) { return list; }
    tern::dbus::DomainList domains(const tern::dbus::DomainList& list) { return list; }
    tern::dbus::MapList lists(const tern::dbus::MapList& list) { return list; }
};

class TestTypes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void structuresCross();
    void nestedMapsAreUnwrapped();
    void errorsCross();
    void errorMessagesAreTakenApart();

private:
    QDBusMessage call(const char* method, const QVariant& argument);

    Echo m_echo;
    QDBusServer m_server;
    QList<QDBusConnection> m_peers;
};

void TestTypes::initTestCase() {
    registerTypes();
    QVERIFY2(m_server.isConnected(), qPrintable(m_server.lastError().message()));
    connect(&m_server, &QDBusServer::newConnection, this, [this](const QDBusConnection& connection) {
        m_peers.append(connection);
        m_peers.last().registerObject(QStringLiteral("/echo"), &m_echo, QDBusConnection::ExportAllSlots);
    });
    QVERIFY(QDBusConnection::connectToPeer(m_server.address(), QStringLiteral("client")).isConnected());
    QTRY_COMPARE(m_peers.size(), 1);
}

QDBusMessage TestTypes::call(const char* method, const QVariant& argument) {
    auto message = QDBusMessage::createMethodCall(QString(), QStringLiteral("/echo"),
                                                  QStringLiteral("org.ternvpn.Echo"), QString::fromLatin1(method));
    message << argument;
    QDBusPendingCallWatcher watcher(QDBusConnection(QStringLiteral("client")).asyncCall(message));
    QSignalSpy finished(&watcher, &QDBusPendingCallWatcher::finished);
    finished.wait(5000);
    return watcher.reply();
}

void TestTypes::structuresCross() {
    const PrefixList prefixes{{QStringLiteral("10.0.0.0"), 8}, {QStringLiteral("fd00::"), 64}};
    const QDBusPendingReply<PrefixList> samePrefixes =
        QDBusPendingCall::fromCompletedCall(call("prefixes", QVariant::fromValue(prefixes)));
    QVERIFY2(samePrefixes.isValid(), qPrintable(samePrefixes.error().message()));
    QCOMPARE(samePrefixes.value(), prefixes);

    const DomainList domains{{QStringLiteral("."), true}, {QStringLiteral("corp.example"), false}};
    const QDBusPendingReply<DomainList> sameDomains =
        QDBusPendingCall::fromCompletedCall(call("domains", QVariant::fromValue(domains)));
    QVERIFY2(sameDomains.isValid(), qPrintable(sameDomains.error().message()));
    QCOMPARE(sameDomains.value(), domains);
}

void TestTypes::nestedMapsAreUnwrapped() {
    const QVariantMap finding{{QStringLiteral("code"), QStringLiteral("tern.legacy.pptp")},
                              {QStringLiteral("args"), QStringList{QStringLiteral("a"), QStringLiteral("b")}}};
    const QVariantMap profile{{QStringLiteral("id"), QStringLiteral("1")},
                              {QStringLiteral("findings"), QVariantList{finding, finding}},
                              {QStringLiteral("error"), finding},
                              {QStringLiteral("secret"), QByteArray("\0\1\2", 3)},
                              {QStringLiteral("received"), QVariant::fromValue<qulonglong>(1ULL << 40U)}};
    const QDBusPendingReply<QVariantMap> reply = QDBusPendingCall::fromCompletedCall(call("maps", profile));
    QVERIFY2(reply.isValid(), qPrintable(reply.error().message()));
    QCOMPARE(unwrap(reply.value()), profile);

    const QDBusPendingReply<MapList> list =
        QDBusPendingCall::fromCompletedCall(call("lists", QVariant::fromValue(MapList{profile, finding})));
    QVERIFY2(list.isValid(), qPrintable(list.error().message()));
    QCOMPARE(list.value().size(), 2);
    QCOMPARE(unwrap(list.value().at(0)), profile);
    QCOMPARE(unwrap(QVariant::fromValue(list.value())).toList().at(1).toMap(), finding);
}

void TestTypes::errorsCross() {
    const base::Error error{"tern.helper.internal", {"one", "%1"}, "a detail"};
    const QDBusPendingReply<QVariantMap> reply =
        QDBusPendingCall::fromCompletedCall(call("maps", QVariantMap{{QStringLiteral("error"), toMap(error)}}));
    QVERIFY2(reply.isValid(), qPrintable(reply.error().message()));
    const auto map = unwrap(reply.value()).value(QStringLiteral("error")).toMap();
    QCOMPARE(errorFromMap(map), error);
    QVERIFY(!map.value(QStringLiteral("sentence")).toString().isEmpty());
    QVERIFY(!map.value(QStringLiteral("remedy")).toString().isEmpty());
}

void TestTypes::errorMessagesAreTakenApart() {
    QCOMPARE(errorFromMessage(QStringLiteral("tern.helper.internal: adding rule: -17"), "tern.x.y"),
             (base::Error{"tern.helper.internal", {}, "adding rule: -17"}));
    QCOMPARE(errorFromMessage(QStringLiteral("tern.helper.internal"), "tern.x.y"),
             (base::Error{"tern.helper.internal", {}, ""}));
    QCOMPARE(errorFromMessage(QStringLiteral("The name: was not provided"), "tern.x.y"),
             (base::Error{"tern.x.y", {}, "The name: was not provided"}));
}

QTEST_GUILESS_MAIN(TestTypes)
#include "tst_types.moc"
