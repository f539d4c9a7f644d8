#include "app/dbus/types.h"
#include "app/engine/l2tp_handover.h"
#include "tests/unit/engine/fake_network_manager.h"
#include "tests/unit/engine/private_bus.h"

#include <QDBusConnection>
#include <QDir>
#include <QTest>

using namespace tern;
using namespace tern::engine;
using namespace Qt::StringLiterals;
using connection::StateName;
using profile::Method;
using profile::Protocol;
using test::activePath;
using test::FakeNetworkManager;

namespace {

// The person at the keyboard: answers what was asked, in its order.
class FakePerson final : public connection::CredentialSource {
public:
    connection::PendingPtr ask(const connection::Question& question, Answered answered) override {
        asked.push_back(question);
        if (answersNothing) {
            return std::make_unique<connection::Pending>();
        }
        QMetaObject::invokeMethod(
            &m_context,
            [this, question, answered = std::move(answered)] {
                if (cancels) {
                    answered(std::nullopt);
                    return;
                }
                const bool key = question.kind == ike::Prompt::Kind::Psk;
                answered(std::make_optional(
                    connection::Credentials{question.kind == ike::Prompt::Kind::Credentials ? "CONTOSO\\bob" : "",
                                            base::SecureBytes(std::string_view(key ? "the shared key" : "secret"))}));
            },
            Qt::QueuedConnection);
        return std::make_unique<connection::Pending>();
    }
    std::vector<connection::Question> asked;
    bool cancels = false;
    bool answersNothing = false;

private:
    QObject m_context;
};

class Watcher final : public connection::Listener {
public:
    void statusChanged(const connection::Status& status) override { states.push_back(status.state); }
    void note(const std::string& /*text*/) override {}
    std::vector<StateName> states;
};

profile::Profile makeProfile() {
    profile::Profile p;
    p.name = "Warehouse";
    p.protocol = Protocol::L2tp;
    p.servers = {"203.0.113.17"};
    p.authentication.method = Method::Mschapv2;
    p.authentication.username = "alice";
    p.authentication.allowed = {Method::Mschapv2, Method::Psk};
    return p;
}

} // namespace

class TestL2tpHandover : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void connectsAndDisconnects();
    void settingsForNetworkManager();
    void settingsWithoutIpsec();
    void settingsWithACertificate();
    void withoutNetworkManager();
    void withoutThePlugin();
    void refused_data();
    void refused();
    void failures_data();
    void failures();
    void theNameIsAskedForToo();
    void aPersonWhoSaysNo();
    void leavingBeforeItIsThere();
    void networkManagerGoesAway();
    void theObjectGoesAway();

private:
    void begin(const profile::Profile& profile);
    [[nodiscard]] std::string error() const { return handover->status().error ? handover->status().error->code : ""; }

    std::unique_ptr<test::PrivateBus> bus;
    std::optional<QDBusConnection> nmBus;
    std::unique_ptr<FakeNetworkManager> nm;
    std::unique_ptr<FakePerson> person;
    std::unique_ptr<Watcher> watcher;
    std::unique_ptr<L2tpHandover> handover;
};

void TestL2tpHandover::initTestCase() {
    bus = std::make_unique<test::PrivateBus>();
    QVERIFY(QDir().mkpath(bus->path(u"VPN"_s)));
    qputenv("TERN_NM_PLUGINS", bus->path(u"VPN"_s).toUtf8());
    nmBus = QDBusConnection::connectToBus(qEnvironmentVariable("DBUS_SYSTEM_BUS_ADDRESS"), u"nm"_s);
    QVERIFY(nmBus->isConnected());
}

void TestL2tpHandover::init() {
    test::PrivateBus::write(bus->path(u"VPN/nm-l2tp-service.name"_s), "[VPN Connection]\n");
    nm = std::make_unique<FakeNetworkManager>(*nmBus);
    QVERIFY(nmBus->registerVirtualObject(u"/org/freedesktop"_s, nm.get(), QDBusConnection::SubPath));
    QVERIFY(nmBus->registerService(u"org.freedesktop.NetworkManager"_s));
    person = std::make_unique<FakePerson>();
    watcher = std::make_unique<Watcher>();
}

void TestL2tpHandover::cleanup() {
    // What it takes down as it goes would else reach the NetworkManager of the next test.
    const bool takesDown = handover && !handover->isOver() && !nm->settings.isEmpty();
    handover.reset();
    if (takesDown) {
        QTRY_VERIFY(!nm->deactivated.isEmpty());
    }
    nmBus->unregisterService(u"org.freedesktop.NetworkManager"_s);
    nmBus->unregisterObject(u"/org/freedesktop"_s, QDBusConnection::UnregisterTree);
    nm.reset();
}

void TestL2tpHandover::begin(const profile::Profile& profile) {
    handover = std::make_unique<L2tpHandover>(connection::Request{profile, {}, std::nullopt}, *person, *watcher,
                                              QDBusConnection::systemBus());
    handover->start();
}

void TestL2tpHandover::connectsAndDisconnects() {
    begin(makeProfile());
    QTRY_VERIFY(nm->calls.contains(u"AddAndActivateConnection2"_s));
    QCOMPARE(person->asked.size(), std::size_t{2});
    QVERIFY(person->asked.at(1).besidePassword);
    QCOMPARE(nm->options.value(u"persist"_s).toString(), u"volatile"_s);
    QCOMPARE(nm->options.value(u"bind-activation"_s).toString(), u"dbus-client"_s);
    QCOMPARE(handover->status().state, StateName::Negotiating);
    QTRY_VERIFY(nm->calls.contains(u"Get"_s));
    nm->become(2, 1);
    QTRY_COMPARE(handover->status().state, StateName::Connected);
    QCOMPARE(handover->status().addresses.front().address.text(), std::string("10.9.0.2"));
    QCOMPARE(handover->status().dns.front().text(), std::string("10.9.0.1"));
    QCOMPARE(handover->status().protocol, std::string_view("l2tp"));
    handover->disconnect();
    QCOMPARE(handover->status().state, StateName::Disconnecting);
    QTRY_VERIFY(handover->isOver());
    QCOMPARE(handover->status().state, StateName::Disconnected);
    QCOMPARE(nm->deactivated, QStringList{activePath});
}

void TestL2tpHandover::settingsForNetworkManager() {
    auto profile = makeProfile();
    profile.authentication.domain = "CONTOSO";
    profile.routing.fullTunnelIpv4 = false;
    profile.routing.routes.push_back({*base::IpPrefix::fromText("10.1.0.0/16"), 0});
    profile.dns.servers.push_back(*base::IpAddress::fromText("10.1.0.53"));
    profile.dns.domains = {"corp.example"};
    begin(profile);
    QTRY_VERIFY(!nm->settings.isEmpty());
    const auto connection = nm->settings.value(u"connection"_s);
    QCOMPARE(connection.value(u"type"_s).toString(), u"vpn"_s);
    QCOMPARE(connection.value(u"autoconnect"_s).toBool(), false);
    QVERIFY(connection.value(u"permissions"_s).toStringList().first().startsWith(u"user:"_s));
    const auto vpn = nm->settings.value(u"vpn"_s);
    QCOMPARE(vpn.value(u"service-type"_s).toString(), u"org.freedesktop.NetworkManager.l2tp"_s);
    const auto data = qdbus_cast<NmStrings>(vpn.value(u"data"_s));
    QCOMPARE(data.value(u"gateway"_s), u"203.0.113.17"_s);
    QCOMPARE(data.value(u"user"_s), u"alice"_s);
    QCOMPARE(data.value(u"domain"_s), u"CONTOSO"_s);
    QCOMPARE(data.value(u"ipsec-enabled"_s), u"yes"_s);
    QCOMPARE(data.value(u"machine-auth-type"_s), u"psk"_s);
    QCOMPARE(data.value(u"refuse-pap"_s), u"yes"_s);
    QCOMPARE(data.value(u"refuse-chap"_s), u"yes"_s);
    QVERIFY(!data.values().contains(u"secret"_s) && !data.values().contains(u"the shared key"_s));
    const auto secrets = qdbus_cast<NmStrings>(vpn.value(u"secrets"_s));
    QCOMPARE(secrets.value(u"password"_s), u"secret"_s);
    QCOMPARE(secrets.value(u"ipsec-psk"_s), u"the shared key"_s);
    const auto ipv4 = nm->settings.value(u"ipv4"_s);
    QCOMPARE(ipv4.value(u"never-default"_s).toBool(), true);
    QCOMPARE(ipv4.value(u"dns-search"_s).toStringList(), QStringList{u"corp.example"_s});
    const auto routes = dbus::unwrap(ipv4.value(u"route-data"_s)).toList();
    QCOMPARE(routes.first().toMap().value(u"dest"_s).toString(), u"10.1.0.0"_s);
    QCOMPARE(routes.first().toMap().value(u"prefix"_s).toUInt(), 16U);
    const auto dns = qdbus_cast<QList<uint>>(ipv4.value(u"dns"_s));
    QCOMPARE(dns.size(), 1);
    QCOMPARE(QByteArray(reinterpret_cast<const char*>(&dns.first()), 4), QByteArray("\x0A\x01\x00\x35", 4));
}

void TestL2tpHandover::settingsWithoutIpsec() {
    auto profile = makeProfile();
    profile.l2tp.withoutIpsec = true;
    profile.encryption = profile::Encryption::Required;
    begin(profile);
    QTRY_VERIFY(!nm->settings.isEmpty());
    QCOMPARE(person->asked.size(), std::size_t{1}); // there is no shared key
    const auto data = qdbus_cast<NmStrings>(nm->settings.value(u"vpn"_s).value(u"data"_s));
    QVERIFY(!data.contains(u"ipsec-enabled"_s));
    QCOMPARE(data.value(u"require-mppe"_s), u"yes"_s);
}

void TestL2tpHandover::settingsWithACertificate() {
    auto profile = makeProfile();
    profile.authentication.allowed = {Method::Mschapv2};
    begin(profile);
    QTRY_VERIFY(handover->isOver());
    QCOMPARE(error(), std::string("tern.engine.no-certificate"));
    profile.authentication.certificate.source = "/home/alice/alice.pem";
    begin(profile);
    QTRY_VERIFY(!nm->settings.isEmpty());
    const auto data = qdbus_cast<NmStrings>(nm->settings.value(u"vpn"_s).value(u"data"_s));
    QCOMPARE(data.value(u"machine-auth-type"_s), u"tls"_s);
    QCOMPARE(data.value(u"machine-cert"_s), u"/home/alice/alice.pem"_s);
}

void TestL2tpHandover::withoutNetworkManager() {
    nmBus->unregisterService(u"org.freedesktop.NetworkManager"_s);
    begin(makeProfile());
    QTRY_VERIFY(handover->isOver());
    QCOMPARE(error(), std::string("tern.l2tp.no-network-manager"));
    QVERIFY(person->asked.empty()); // nobody types a password for nothing
}

void TestL2tpHandover::withoutThePlugin() {
    QVERIFY(QFile::remove(bus->path(u"VPN/nm-l2tp-service.name"_s)));
    begin(makeProfile());
    QTRY_VERIFY(handover->isOver());
    QCOMPARE(error(), std::string("tern.l2tp.no-plugin"));
    QVERIFY(nm->calls.isEmpty() && person->asked.empty());
}

void TestL2tpHandover::refused_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("not allowed") << u"org.freedesktop.NetworkManager.PermissionDenied"_s
                                 << QByteArray("tern.l2tp.not-allowed");
    QTest::newRow("by the bus") << u"org.freedesktop.DBus.Error.AccessDenied"_s << QByteArray("tern.l2tp.not-allowed");
    QTest::newRow("something else") << u"org.freedesktop.NetworkManager.UnknownConnection"_s
                                    << QByteArray("tern.l2tp.refused");
}

void TestL2tpHandover::refused() {
    QFETCH(QString, name);
    QFETCH(QByteArray, code);
    nm->refuseWith = name;
    begin(makeProfile());
    QTRY_VERIFY(handover->isOver());
    QCOMPARE(QByteArray::fromStdString(error()), code);
    QVERIFY(handover->status().error->detail.starts_with(name.toStdString()));
}

void TestL2tpHandover::failures_data() {
    QTest::addColumn<bool>("connected");
    QTest::addColumn<uint>("reason");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("wrong password") << false << 10U << QByteArray("tern.l2tp.sign-in");
    QTest::newRow("no secrets") << false << 9U << QByteArray("tern.l2tp.sign-in");
    QTest::newRow("silence") << false << 6U << QByteArray("tern.l2tp.no-answer");
    QTest::newRow("the plug-in ends") << false << 4U << QByteArray("tern.l2tp.failed");
    QTest::newRow("cut off") << true << 4U << QByteArray("tern.l2tp.lost");
}

void TestL2tpHandover::failures() {
    QFETCH(bool, connected);
    QFETCH(uint, reason);
    QFETCH(QByteArray, code);
    begin(makeProfile());
    QTRY_VERIFY(nm->calls.contains(u"Get"_s));
    if (connected) {
        nm->become(2, 1);
        QTRY_COMPARE(handover->status().state, StateName::Connected);
    }
    nm->become(4, reason);
    QTRY_VERIFY(handover->isOver());
    QCOMPARE(handover->status().state, StateName::Failed);
    QCOMPARE(QByteArray::fromStdString(error()), code);
}

void TestL2tpHandover::theNameIsAskedForToo() {
    auto profile = makeProfile();
    profile.authentication.username.clear();
    begin(profile);
    QTRY_VERIFY(!nm->settings.isEmpty());
    QCOMPARE(person->asked.front().kind, ike::Prompt::Kind::Credentials);
    const auto data = qdbus_cast<NmStrings>(nm->settings.value(u"vpn"_s).value(u"data"_s));
    QCOMPARE(data.value(u"user"_s), u"bob"_s);
    QCOMPARE(data.value(u"domain"_s), u"CONTOSO"_s);
}

void TestL2tpHandover::aPersonWhoSaysNo() {
    person->cancels = true;
    begin(makeProfile());
    QTRY_VERIFY(handover->isOver());
    QCOMPARE(handover->status().state, StateName::Disconnected);
    QVERIFY(nm->calls.isEmpty());
}

void TestL2tpHandover::leavingBeforeItIsThere() {
    person->answersNothing = true;
    begin(makeProfile());
    QTRY_COMPARE(person->asked.size(), std::size_t{1});
    handover->disconnect();
    QCOMPARE(handover->status().state, StateName::Disconnected);
    // While NetworkManager is at it.
    person->answersNothing = false;
    begin(makeProfile());
    QTRY_VERIFY(nm->calls.contains(u"Get"_s));
    handover->disconnect();
    QTRY_VERIFY(handover->isOver());
    QCOMPARE(nm->deactivated, QStringList{activePath});
}

void TestL2tpHandover::networkManagerGoesAway() {
    begin(makeProfile());
    QTRY_VERIFY(nm->calls.contains(u"Get"_s));
    nm->become(2, 1);
    QTRY_COMPARE(handover->status().state, StateName::Connected);
    nmBus->unregisterService(u"org.freedesktop.NetworkManager"_s);
    QTRY_VERIFY(handover->isOver());
    QCOMPARE(error(), std::string("tern.l2tp.lost"));
}

void TestL2tpHandover::theObjectGoesAway() {
    begin(makeProfile());
    QTRY_VERIFY(nm->calls.contains(u"AddAndActivateConnection2"_s));
    handover.reset(); // the answer may still be under way: what it made must not stay
    QTRY_COMPARE(nm->deactivated, QStringList{activePath});
}

QTEST_GUILESS_MAIN(TestL2tpHandover)
#include "tst_l2tp_handover.moc"
