// Servers that take no name in TLS: called once more without it, and remembered.
#include "tests/unit/connection/race.h"
#include "tests/unit/crypto/authority.h"

#include <QTest>

using namespace tern;
using namespace tern::connection;
using namespace tern::connection::test;

namespace {

constexpr auto name = "vpn.example.org";

struct Called : SstpWorld {
    void reachTls() {
        start();
        host.grant();
        resolver.answer({"203.0.113.5"});
        again();
    }
    // TCP stands, and TLS waits for the server.
    void again() {
        giveStream();
        reactor.makeWritable(sstpStreamDescriptor);
    }
    void alert(const char* code) {
        r().tlsError = base::Error{code, {}, {}};
        hear();
        r().tlsError.reset();
    }
    void hangUp() {
        r().ended = true;
        reactor.makeReadable(sstpStreamDescriptor);
        r().ended = false;
    }
    void takeCall() {
        hear();
        says(up());
        configure();
    }
    void expectEnd(const char* code) {
        QVERIFY(host.record.closeDone);
        std::exchange(host.record.closeDone, nullptr)();
        QCOMPARE(state(), StateName::Failed);
        QCOMPARE(connection->status().error->code, std::string(code));
    }
};

} // namespace

class TestNameInTls : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusedOnceItIsLeftOut_data() {
        QTest::addColumn<QByteArray>("alert");
        QTest::newRow("unrecognized_name") << QByteArray("tern.crypto.tls.alert.name");
        QTest::newRow("close_notify") << QByteArray("tern.crypto.tls.alert.closed");
        QTest::newRow("hung up") << QByteArray();
    }
    void refusedOnceItIsLeftOut() {
        QFETCH(QByteArray, alert);
        Called world;
        world.reachTls();
        QCOMPARE(world.r().tls->serverName, std::string(name));
        alert.isEmpty() ? world.hangUp() : world.alert(alert.constData());
        QCOMPARE(world.state(), StateName::Negotiating);
        QVERIFY(world.listener.namesRefused.empty()); // it may have been something else
        world.again();
        QVERIFY(world.r().tls->serverName.empty());
        QCOMPARE(world.r().config->host, std::string(name)); // in HTTP it stays
        world.takeCall();
        QCOMPARE(world.state(), StateName::Connected);
        QCOMPARE(world.listener.namesRefused, std::vector<bool>{true});
    }
    void theCertificateIsForTheNameAllTheSame() {
        const auto authority = issue(tern::test::authoritySpec("Authority"));
        const auto leaf = [&authority](const char* names) {
            tern::test::CertificateSpec spec;
            spec.names = names;
            return std::vector<base::Bytes>{issue(spec, &authority).der()};
        };
        auto trust = crypto::TrustStore::fromPem(authority.pem());
        QVERIFY(trust.has_value());
        Called world;
        world.parts.trust = *trust;
        world.reachTls();
        world.hangUp();
        world.again();
        QVERIFY(world.r().tls->serverName.empty());
        QVERIFY(world.r().tls->check(leaf("DNS:vpn.example.org")).has_value());
        const auto refused = world.r().tls->check(leaf("DNS:another.example.org"));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, std::string("tern.crypto.cert.name"));
    }
    void onlyOnce() {
        Called world;
        world.reachTls();
        world.hangUp();
        world.again();
        world.hangUp();
        world.expectEnd("tern.sstp.cut");
        QCOMPARE(world.r().calls, 2);
        QVERIFY(world.listener.namesRefused.empty());
    }
    void theNextCallOfTheConnectionKnows() {
        Called world;
        world.reachTls();
        world.alert("tern.crypto.tls.alert.name");
        world.again();
        world.takeCall();
        world.r().failure = base::Error{"tern.sstp.cut", {}, {}};
        world.reactor.makeReadable(sstpControlDescriptor);
        world.r().failure.reset();
        world.reactor.advance(1s);
        world.again();
        QVERIFY(world.r().tls->serverName.empty());
        world.takeCall();
        QCOMPARE(world.listener.namesRefused.size(), std::size_t{1});
    }
    void rememberedOfTheProfile() {
        Called world;
        world.profile.sstp.nameRefused = true;
        world.reachTls();
        QVERIFY(world.r().tls->serverName.empty());
        world.takeCall();
        QVERIFY(world.listener.namesRefused.empty());
    }
    void rememberedWrongly_data() {
        QTest::addColumn<QByteArray>("alert");
        QTest::newRow("another name's certificate") << QByteArray("tern.crypto.cert.name");
        QTest::newRow("no certificate without") << QByteArray("tern.crypto.tls.alert.handshake");
        QTest::newRow("hung up") << QByteArray();
    }
    void rememberedWrongly() {
        QFETCH(QByteArray, alert);
        Called world;
        world.profile.sstp.nameRefused = true;
        world.reachTls();
        alert.isEmpty() ? world.hangUp() : world.alert(alert.constData());
        world.again();
        QCOMPARE(world.r().tls->serverName, std::string(name));
        world.takeCall();
        QCOMPARE(world.listener.namesRefused, std::vector<bool>{false});
    }
    void otherEndsAreNotTried_data() {
        QTest::addColumn<QByteArray>("alert");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("certificate") << QByteArray("tern.crypto.cert.name") << QByteArray("tern.crypto.cert.name");
        QTest::newRow("handshake") << QByteArray("tern.crypto.tls.alert.handshake")
                                   << QByteArray("tern.sstp.tls.handshake");
    }
    void otherEndsAreNotTried() {
        QFETCH(QByteArray, alert);
        QFETCH(QByteArray, code);
        Called world;
        world.reachTls();
        world.alert(alert.constData());
        world.expectEnd(code.constData());
        QCOMPARE(world.r().calls, 1);
    }
    void afterTlsIsTooLate() {
        Called world;
        world.reachTls();
        world.hear();
        QVERIFY(world.r().started);
        world.hangUp();
        world.expectEnd("tern.sstp.cut");
        QCOMPARE(world.r().calls, 1);
    }
    void aPersonsChoiceStands_data() {
        QTest::addColumn<QByteArray>("sni");
        QTest::addColumn<bool>("without");
        QTest::newRow("custom") << QByteArray("front.example.org") << false;
        QTest::newRow("off") << QByteArray() << true;
    }
    void aPersonsChoiceStands() {
        QFETCH(QByteArray, sni);
        QFETCH(bool, without);
        Called world;
        world.profile.sstp.serverNameIndication = sni.toStdString();
        world.profile.sstp.withoutServerName = without;
        world.profile.sstp.nameRefused = true; // of before
        world.reachTls();
        QCOMPARE(world.r().tls->serverName, sni.toStdString());
        world.alert("tern.crypto.tls.alert.name");
        world.expectEnd("tern.sstp.tls.name");
        QCOMPARE(world.r().calls, 1);
    }
    void anAddressIsNoName() {
        Called world;
        world.profile.servers = {"203.0.113.5"};
        world.start();
        world.host.grant();
        world.again();
        world.hangUp();
        world.expectEnd("tern.sstp.cut");
        QCOMPARE(world.r().calls, 1);
    }
    void anotherServerIsAnotherMatter() {
        Called world;
        world.profile.servers = {name, "vpn2.example.org"};
        world.reachTls();
        world.hangUp();
        world.again();
        // It is silent now: the spare server is called, by its name.
        world.reactor.advance(21s);
        world.resolver.answer({"203.0.113.6"});
        world.again();
        world.hangUp();
        world.again();
        world.takeCall();
        QCOMPARE(world.state(), StateName::Connected);
        QCOMPARE(world.connection->status().serverName, std::string("vpn2.example.org"));
    }
    void besideIke() {
        Race race;
        race.reachIke();
        race.reactor.advance(400ms);
        const auto connect = [&race] {
            race.host.record.streamsDone.extract(443).mapped()(base::UniqueFd(::dup(0)));
            race.reactor.makeWritable(sstpStreamDescriptor);
        };
        connect();
        QCOMPARE(race.r().tls->serverName, std::string(name));
        race.r().ended = true;
        race.reactor.makeReadable(sstpStreamDescriptor);
        race.r().ended = false;
        connect();
        QVERIFY(race.r().tls->serverName.empty());
        race.hear();
        race.sstpUp();
        race.configure();
        QCOMPARE(race.connection->status().protocol, std::string_view("sstp"));
        QCOMPARE(race.listener.namesRefused, std::vector<bool>{true});
    }
};

QTEST_APPLESS_MAIN(TestNameInTls)
#include "tst_name_in_tls.moc"
