#include "app/dbus/types.h"
#include "app/engine/migration_map.h"
#include "app/engine/migrations.h"
#include "tests/unit/engine/private_bus.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <fcntl.h>

using namespace tern;
using namespace tern::engine;
using namespace Qt::StringLiterals;
using profile::Profile;
using profile::Protocol;

namespace {

// Stands in for the controller: does what the test says, when it says so.
class FakeConnector final : public Connector {
public:
    base::Result<void> start(const Profile& profile, ConnectOptions options) override {
        if (refuses) {
            return base::fail("tern.engine.no-server", {profile.name});
        }
        started.push_back(profile);
        keptUnder << options.keptUnder;
        m_active = QString::fromStdString(profile.id);
        return {};
    }
    void stop(const QString& id) override {
        stopped << id;
        if (id.isEmpty() || id == m_active) {
            const auto was = std::exchange(m_active, {});
            tell(was, u"disconnected"_s);
        }
    }
    [[nodiscard]] QString activeId() const override { return m_active; }

    void connects() { tell(m_active, u"connected"_s); }
    void fails(const char* code) {
        const auto was = std::exchange(m_active, {});
        Q_EMIT statusChanged(
            {{u"id"_s, was}, {u"state"_s, u"failed"_s}, {u"error"_s, dbus::toMap(base::Error{code, {}, "why"})}});
    }
    void setActive(const QString& id) { m_active = id; }

    std::vector<Profile> started;
    QStringList keptUnder;
    QStringList stopped;
    bool refuses = false;

private:
    void tell(const QString& id, const QString& state) { Q_EMIT statusChanged({{u"id"_s, id}, {u"state"_s, state}}); }
    QString m_active;
};

Profile make(const char* name, Protocol protocol) {
    Profile p;
    p.id = profile::newId();
    p.name = name;
    p.servers = {"vpn.example.com"};
    p.protocol = protocol;
    p.authentication.method = profile::Method::Mschapv2;
    p.authentication.username = "anna";
    p.origin.fingerprint = std::string("print of ") + name;
    return p;
}

// A library with these in it, everything else round it, and what the migrations told.
struct Rig {
    explicit Rig(std::vector<Profile> profiles)
        : directory((dir.path() + u"/profiles"_s).toStdString()) {
        static_cast<void>(profile::ProfileStore(directory).save(profiles));
        load();
        QObject::connect(&migrations, &Migrations::changed, [this](const QVariantMap& map) {
            states << map.value(u"state"_s).toString();
            error = map.value(u"error"_s).toMap().value(u"code"_s).toString();
        });
    }
    void load() { QVERIFY(library.load()); }
    [[nodiscard]] std::vector<std::string> onDisk(bool archived) const {
        std::vector<std::string> ids;
        const auto loaded = profile::ProfileStore(archived ? directory / "archive" : directory).load();
        for (const auto& each : loaded->profiles) {
            ids.push_back(each.id);
        }
        return ids;
    }
    base::Result<QString> start(const char* name, bool stay = false, bool connect = true) {
        Migrations::Try trial;
        trial.stay = stay;
        trial.connect = connect;
        return migrations.start(name, {}, std::move(trial));
    }

    QTemporaryDir dir;
    std::filesystem::path directory;
    Library library{directory};
    EventLog log;
    Keyring keyring;
    FakeConnector connector;
    policy::Policy policy;
    Migrations migrations{library, connector, keyring, log, [this] { return policy; }};
    QStringList states;
    QString error;
};

probe::Result onlyPptp() {
    probe::Result result;
    result.host = "vpn.example.com";
    result.advice = probe::Advice::OnlyRetired;
    return result;
}

bool kept(Keyring& keyring, const QString& id, std::string& secret) {
    bool answered = false;
    bool found = false;
    keyring.read(id, [&](std::optional<base::SecureBytes> read) {
        answered = true;
        found = read.has_value();
        secret = read ? std::string(reinterpret_cast<const char*>(read->data()), read->size()) : std::string();
    });
    return QTest::qWaitFor([&] { return answered; }, 10'000) && found;
}

} // namespace

class TestMigrations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_bus.startKeyring(); }
    void worksAndIsKept();
    void failsAndAllIsAsBefore_data();
    void failsAndAllIsAsBefore();
    void whatWasConnectedIsSoAgain();
    void keptWithoutATrial();
    void nothingToGoTo();
    void oneAtATime();
    void oldOneVanishesMeanwhile();
    void undoes();
    void undoKeepsWhatIsConnected();
    void crashes_data();
    void crashes();
    void passwordsMove();
    void keysOfL2tpStayWhereTheyAre();
    void trustedInATrial();
    void archivedAreNotImportedAgain();
    void wishes_data();
    void wishes();

private:
    test::PrivateBus m_bus;
};

void TestMigrations::worksAndIsKept() {
    const auto old = make("Office", Protocol::Pptp);
    Rig rig({old});
    QSignalSpy profilesChanged(&rig.migrations, &Migrations::profilesChanged);
    const auto id = rig.start("Office", true);
    QVERIFY2(id, id ? "" : id.error().code.c_str());
    QCOMPARE(rig.connector.started.size(), 1U);
    QCOMPARE(rig.connector.started[0].protocol, Protocol::Automatic);
    QCOMPARE(rig.connector.keptUnder, QStringList{QString::fromStdString(old.id)});
    // Nothing is kept before it works.
    QCOMPARE(rig.onDisk(false), std::vector{old.id});
    QCOMPARE(rig.library.profiles().size(), 1U);
    QVERIFY(rig.library.find(id->toStdString())); // by its id, for Certificates and Trust
    rig.connector.connects();
    QTRY_COMPARE(rig.states, (QStringList{u"trying"_s, u"done"_s}));
    QCOMPARE(rig.onDisk(false), std::vector{id->toStdString()});
    QCOMPARE(rig.onDisk(true), std::vector{old.id});
    QCOMPARE(rig.library.profiles().size(), 1U);
    QCOMPARE(rig.library.find("Office")->id, id->toStdString());
    QCOMPARE(rig.library.archived().front().id, old.id);
    QVERIFY(rig.connector.stopped.isEmpty()); // it stays connected
    QVERIFY(!profilesChanged.isEmpty());
    QVERIFY(!rig.migrations.isActive());
}

void TestMigrations::failsAndAllIsAsBefore_data() {
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("code");
    QTest::newRow("no answer") << u"fails"_s << u"tern.ike.no-answer"_s;
    QTest::newRow("cancelled") << u"stops"_s << u"tern.migrate.cancelled"_s;
    QTest::newRow("refused at once") << u"refuses"_s << QString();
}

void TestMigrations::failsAndAllIsAsBefore() {
    QFETCH(QString, how);
    QFETCH(QString, code);
    const auto old = make("Office", Protocol::Pptp);
    Rig rig({old});
    rig.connector.refuses = how == u"refuses"_s;
    const auto id = rig.start("Office");
    QCOMPARE(id.has_value(), how != u"refuses"_s);
    if (how == u"fails"_s) {
        rig.connector.fails("tern.ike.no-answer");
    } else if (how == u"stops"_s) {
        rig.connector.stop(*id);
    }
    if (id) {
        QTRY_COMPARE(rig.states, (QStringList{u"trying"_s, u"failed"_s}));
        QCOMPARE(rig.error, code);
    }
    QVERIFY(!rig.migrations.isActive());
    QCOMPARE(rig.onDisk(false), std::vector{old.id});
    QVERIFY(rig.onDisk(true).empty());
    QVERIFY(rig.library.archived().empty());
    QVERIFY(*rig.library.find("Office") == old);
    // And it can be tried again, under the same id.
    rig.connector.refuses = false;
    const auto again = rig.start("Office");
    QVERIFY(again);
    if (id) {
        QCOMPARE(*again, *id);
    }
}

void TestMigrations::whatWasConnectedIsSoAgain() {
    const auto old = make("Office", Protocol::Pptp);
    auto other = make("Home", Protocol::Ikev2);
    Rig rig({old, other});
    const auto otherId = QString::fromStdString(other.id);
    rig.connector.setActive(otherId);
    QVERIFY(rig.start("Office"));
    rig.connector.fails("tern.ike.no-answer");
    QTRY_COMPARE(rig.connector.activeId(), otherId);
    // After a trial that worked, too, where nobody wants to stay.
    const auto id = rig.start("Office");
    rig.connector.connects();
    QTRY_COMPARE(rig.connector.activeId(), otherId);
    QVERIFY(rig.connector.stopped.contains(*id));
    QTRY_COMPARE(rig.states.last(), u"done"_s);
    QCOMPARE(rig.onDisk(true), std::vector{old.id});
}

void TestMigrations::keptWithoutATrial() {
    const auto old = make("Office", Protocol::L2tp);
    Rig rig({old});
    const auto id = rig.start("Office", false, false);
    QVERIFY(id);
    QVERIFY(rig.connector.started.empty());
    QCOMPARE(rig.states, QStringList{u"done"_s});
    QCOMPARE(rig.onDisk(true), std::vector{old.id});
}

void TestMigrations::nothingToGoTo() {
    Rig rig({make("Office", Protocol::Pptp), make("Fine", Protocol::Sstp)});
    rig.migrations.remember(onlyPptp());
    QCOMPARE(rig.start("Office").error().code, std::string("tern.migrate.not.only-retired"));
    QCOMPARE(rig.start("Nowhere").error().code, std::string("tern.engine.not-found"));
    rig.policy.replacements["vpn.example.com"] = {"new.example.com", Protocol::Ikev2};
    // The organisation has another server, of which nothing bad is known.
    const auto plan = rig.migrations.plan("Office", {});
    QCOMPARE(plan->server, std::string("new.example.com"));
    QCOMPARE(plan->plan.verdict, migrate::Verdict::Ready);
    QCOMPARE(plan->plan.protocol, Protocol::Ikev2);
}

void TestMigrations::oneAtATime() {
    Rig rig({make("Office", Protocol::Pptp), make("Lab", Protocol::Pptp)});
    QVERIFY(rig.start("Office"));
    QCOMPARE(rig.start("Lab").error().code, std::string("tern.migrate.busy"));
}

void TestMigrations::oldOneVanishesMeanwhile() {
    const auto old = make("Office", Protocol::Pptp);
    Rig rig({old});
    QVERIFY(rig.start("Office"));
    QVERIFY(rig.library.remove(old.id));
    rig.connector.connects();
    QTRY_COMPARE(rig.states.last(), u"failed"_s);
    QCOMPARE(rig.error, u"tern.migrate.changed"_s);
    QVERIFY(rig.onDisk(false).empty());
    QVERIFY(rig.connector.activeId().isEmpty());
}

void TestMigrations::undoes() {
    const auto old = make("Office", Protocol::Pptp);
    Rig rig({old});
    QCOMPARE(rig.migrations.undo("Office").error().code, std::string("tern.migrate.nothing-to-undo"));
    for (const auto& name : {std::string("Office"), old.id}) {
        QVERIFY(rig.start("Office", false, false));
        const auto restored = rig.migrations.undo(name);
        QVERIFY2(restored, restored ? "" : restored.error().code.c_str());
        QCOMPARE(restored->toStdString(), old.id);
        QCOMPARE(rig.onDisk(false), std::vector{old.id});
        QVERIFY(rig.onDisk(true).empty());
        QVERIFY(*rig.library.find("Office") == old);
    }
    // What replaced it was removed by hand: the old one can still come back.
    const auto id = rig.start("Office", false, false);
    QVERIFY(rig.library.remove(id->toStdString()));
    QVERIFY(rig.migrations.undo("Office"));
    QVERIFY(*rig.library.find("Office") == old);
}

void TestMigrations::undoKeepsWhatIsConnected() {
    Rig rig({make("Office", Protocol::Pptp)});
    const auto id = rig.start("Office", true);
    rig.connector.connects();
    QTRY_COMPARE(rig.states.last(), u"done"_s);
    QCOMPARE(rig.migrations.undo("Office").error().code, std::string("tern.engine.in-use"));
    rig.connector.stop(*id);
    QVERIFY(rig.migrations.undo("Office"));
}

void TestMigrations::crashes_data() {
    QTest::addColumn<bool>("oldListed");
    QTest::addColumn<bool>("oldArchived");
    QTest::addColumn<bool>("newListed");
    QTest::addColumn<bool>("marked");
    QTest::addColumn<bool>("isMigrated");
    QTest::newRow("the new one was written") << true << false << true << false << true;
    QTest::newRow("the old one was archived too") << true << true << true << false << true;
    QTest::newRow("the old one has left the list") << false << true << true << false << true;
    QTest::newRow("an undo was begun") << false << true << true << true << false;
    QTest::newRow("the old one was brought back") << true << true << true << true << false;
    QTest::newRow("the new one was removed") << true << true << false << true << false;
    QTest::newRow("the mark was left over") << true << false << false << true << false;
}

// What is on disk after each step, as a crash leaves it; the next start makes one thing of it.
void TestMigrations::crashes() {
    QFETCH(bool, oldListed);
    QFETCH(bool, oldArchived);
    QFETCH(bool, newListed);
    QFETCH(bool, marked);
    QFETCH(bool, isMigrated);
    const auto old = make("Office", Protocol::Pptp);
    auto fresh = make("Office", Protocol::Ikev2);
    fresh.id = Library::successorId(old.id);
    fresh.origin.fingerprint.clear();
    Rig rig({});
    std::vector<Profile> listed;
    if (oldListed) {
        listed.push_back(old);
    }
    if (newListed) {
        listed.push_back(fresh);
    }
    QVERIFY(profile::ProfileStore(rig.directory).save(listed));
    if (oldArchived) {
        QVERIFY(profile::ProfileStore(rig.directory / "archive").save(old));
    }
    if (marked) {
        std::filesystem::create_directories(rig.directory / "archive");
        test::PrivateBus::write(QString::fromStdString((rig.directory / "archive" / (old.id + ".undo")).string()), {});
    }
    for (int starts = 0; starts < 2; ++starts) { // and a second start changes nothing more
        rig.load();
        QCOMPARE(rig.onDisk(false), std::vector{isMigrated ? fresh.id : old.id});
        QCOMPARE(rig.onDisk(true), isMigrated ? std::vector{old.id} : std::vector<std::string>{});
        QCOMPARE(rig.library.find("Office")->id, isMigrated ? fresh.id : old.id);
        QCOMPARE(rig.library.isSuccessor(fresh.id), isMigrated);
    }
    if (isMigrated) {
        QVERIFY(rig.migrations.undo("Office"));
    }
    QVERIFY(*rig.library.find("Office") == old);
}

void TestMigrations::passwordsMove() {
    const auto old = make("Office", Protocol::Pptp);
    const auto oldId = QString::fromStdString(old.id);
    Rig rig({old});
    QTRY_VERIFY_WITH_TIMEOUT(rig.keyring.available(), 10'000);
    bool written = false;
    rig.keyring.write(oldId, base::SecureBytes(std::string_view("Secret-1")), [&](const base::Result<void>& result) {
        QVERIFY2(result, result ? "" : result.error().detail.c_str());
        written = true;
    });
    QTRY_VERIFY_WITH_TIMEOUT(written, 10'000);
    // A trial that fails moves nothing.
    QVERIFY(rig.start("Office"));
    rig.connector.fails("tern.eap.password");
    QTRY_COMPARE(rig.states.last(), u"failed"_s);
    std::string secret;
    QVERIFY(kept(rig.keyring, oldId, secret));

    const auto id = rig.start("Office", true);
    rig.connector.connects();
    QTRY_VERIFY_WITH_TIMEOUT(rig.keyring.has(*id) && !rig.keyring.has(oldId), 10'000);
    QVERIFY(kept(rig.keyring, *id, secret));
    QCOMPARE(secret, std::string("Secret-1"));
    rig.connector.stop(*id);
    QVERIFY(rig.migrations.undo("Office"));
    QTRY_VERIFY_WITH_TIMEOUT(rig.keyring.has(oldId) && !rig.keyring.has(*id), 10'000);
    QVERIFY(kept(rig.keyring, oldId, secret));
    QCOMPARE(secret, std::string("Secret-1"));

    // A crash before it was moved: done when the keyring has said what it keeps.
    QVERIFY(rig.start("Office", false, false));
    const auto crashed = QString::fromStdString(rig.library.find("Office")->id);
    QTRY_VERIFY_WITH_TIMEOUT(rig.keyring.has(crashed), 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(!rig.keyring.has(oldId), 10'000);
    rig.keyring.remove(crashed);
    QTRY_VERIFY_WITH_TIMEOUT(!rig.keyring.has(crashed), 10'000);
    written = false;
    rig.keyring.write(oldId, base::SecureBytes(std::string_view("Secret-2")),
                      [&](const base::Result<void>& result) { written = result.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(written, 10'000);
    rig.migrations.movePending();
    QTRY_VERIFY_WITH_TIMEOUT(rig.keyring.has(crashed) && !rig.keyring.has(oldId), 10'000);
}

void TestMigrations::keysOfL2tpStayWhereTheyAre() {
    auto old = make("Office", Protocol::L2tp);
    old.authentication.method = profile::Method::Psk;
    old.authentication.allowed = {profile::Method::Psk};
    const auto oldId = QString::fromStdString(old.id);
    Rig rig({old});
    QTRY_VERIFY_WITH_TIMEOUT(rig.keyring.available(), 10'000);
    bool written = false;
    rig.keyring.write(oldId, base::SecureBytes(std::string_view("L2TP key")),
                      [&](const base::Result<void>& result) { written = result.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(written, 10'000);
    for (const bool sharedKey : {false, true}) {
        Migrations::Wish wish;
        wish.answers.sharedKey = sharedKey;
        Migrations::Try trial;
        trial.stay = true;
        const auto id = rig.migrations.start("Office", wish, std::move(trial));
        QVERIFY2(id, id ? "" : id.error().code.c_str());
        QCOMPARE(rig.connector.keptUnder.last(), QString()); // the trial does not see it
        rig.connector.connects();
        QTRY_COMPARE(rig.states.last(), u"done"_s);
        QTest::qWait(300);
        QVERIFY(rig.keyring.has(oldId));
        QVERIFY(!rig.keyring.has(*id));
        rig.connector.stop(*id);
        QVERIFY(rig.migrations.undo("Office"));
    }
}

void TestMigrations::trustedInATrial() {
    const auto old = make("Office", Protocol::Pptp);
    Rig rig({old});
    const auto id = rig.start("Office", true);
    rig.connector.fails("tern.crypto.cert.untrusted");
    QTRY_COMPARE(rig.states.last(), u"failed"_s);
    // As Trust does, on the settings that were tried.
    const auto pin = u"sha256:"_s + QString(64, u'a');
    QVERIFY(rig.library.edit(id->toStdString(), {{u"pin"_s, QStringList{pin}}}));
    QCOMPARE(rig.onDisk(false), std::vector{old.id});
    const auto again = rig.start("Office", true);
    QCOMPARE(*again, *id);
    QCOMPARE(rig.connector.started.back().trust.pins, std::vector{pin.toStdString()});
    rig.connector.connects();
    QTRY_COMPARE(rig.states.last(), u"done"_s);
    QCOMPARE(rig.library.find("Office")->trust.pins, std::vector{pin.toStdString()});
}

void TestMigrations::archivedAreNotImportedAgain() {
    constexpr auto file = "[Office]\nType=2\nVpnStrategy=1\nMEDIA=rastapi\nDevice=WAN Miniport (PPTP)\nDEVICE=vpn\n"
                          "PhoneNumber=192.0.2.2\n";
    Rig rig({});
    const auto path = rig.dir.filePath(u"office.pbk"_s);
    test::PrivateBus::write(path, file);
    const auto import = [&] {
        return rig.library.import(base::UniqueFd(::open(path.toUtf8().constData(), O_RDONLY | O_CLOEXEC)),
                                  "office.pbk");
    };
    QCOMPARE(import()->added.size(), 1U);
    QVERIFY(rig.start("Office", false, false));
    const auto again = import();
    QVERIFY(again->added.empty());
    QCOMPARE(again->problems.front().error.code, std::string("tern.engine.already-imported"));
}

void TestMigrations::wishes_data() {
    QTest::addColumn<QVariantMap>("options");
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing") << QVariantMap() << QString();
    QTest::newRow("all") << QVariantMap{{u"to"_s, u"sstp"_s},
                                        {u"server"_s, u" vpn.example.com "_s},
                                        {u"username"_s, u"CORP\\anna"_s},
                                        {u"allow-weak"_s, true}}
                         << QString();
    QTest::newRow("protocol") << QVariantMap{{u"to"_s, u"pptp"_s}} << u"tern.engine.bad-change"_s;
    QTest::newRow("server") << QVariantMap{{u"server"_s, u"two words"_s}} << u"tern.engine.bad-change"_s;
    QTest::newRow("user") << QVariantMap{{u"username"_s, u"a\nb"_s}} << u"tern.engine.bad-change"_s;
    QTest::newRow("long") << QVariantMap{{u"server"_s, QString(2000, u'a')}} << u"tern.engine.bad-change"_s;
    QTest::newRow("authority") << QVariantMap{{u"ca"_s, QByteArray("no certificate")}} << u"tern.crypto.ca.none"_s;
}

void TestMigrations::wishes() {
    QFETCH(QVariantMap, options);
    QFETCH(QString, code);
    const auto wish = migrationWish(options);
    QCOMPARE(wish ? QString() : QString::fromStdString(wish.error().code), code);
    if (wish && !options.isEmpty()) {
        QCOMPARE(wish->target, migrate::Target::Sstp);
        QCOMPARE(*wish->answers.server, std::string("vpn.example.com"));
        QCOMPARE(*wish->answers.username, std::string("CORP\\anna"));
        QVERIFY(wish->answers.allowWeak);
    }
}

int main(int argc, char** argv) {
    TestMigrations test; // sets the environment before Qt looks at it
    QCoreApplication application(argc, argv);
    return QTest::qExec(&test, argc, argv);
}
#include "tst_migrations.moc"
