// IKEv2 and SSTP side by side, where the profile leaves the choice.
#include "tests/unit/connection/race.h"

#include <QTest>

using namespace tern;
using namespace tern::connection;
using namespace tern::connection::test;
using namespace std::chrono_literals;

class TestAutomatic : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answeredByUdpSstpIsNotCalled();
    void silenceCallsSstp();
    void sstpWinsOverALogin();
    void ikeWins();
    void deadUdpCallsSstpAtOnce();
    void withoutASocketSstpIsCalled();
    void refusalEndsBoth_data();
    void refusalEndsBoth();
    void withoutAWayByIkeSstpGoesOn_data();
    void withoutAWayByIkeSstpGoesOn();
    void withoutAWayBySstpIkeGoesOn();
    void refusedPasswordIsNotTriedAgain();
    void bothFail_data();
    void bothFail();
    void theNextAddressIsTriedByBoth();
    void onePasswordForBoth_data();
    void onePasswordForBoth();
    void whoAsksLaterIsAnsweredAtOnce();
    void theQuestionOutlivesWhoAsked();
    void questionsForOneOnly_data();
    void questionsForOneOnly();
    void networksAreRemembered();
    void ikeByTcpTakesPart();
    void reconnectingRacesAgain();
    void notWhereOnlyIkeWillDo_data();
    void notWhereOnlyIkeWillDo();
    void endedInTheMiddle_data();
    void endedInTheMiddle();
};

void TestAutomatic::answeredByUdpSstpIsNotCalled() {
    Race race;
    race.reachIke();
    race.reactor.advance(399ms);
    race.ikePuts(ike::Progress{ike::Stage::Verifying});
    race.reactor.advance(30s);
    QVERIFY(race.host.record.streams.empty());
    QCOMPARE(race.connection->status().protocol, std::string_view());
    race.establish();
    race.configure();
    QCOMPARE(race.state(), StateName::Connected);
    QCOMPARE(race.connection->status().protocol, std::string_view("ikev2"));
    race.connection->disconnect();
    race.finishDisconnect();
    QVERIFY(race.nothingIsLeft());
}

void TestAutomatic::silenceCallsSstp() {
    Race race;
    race.reachIke();
    race.reactor.advance(399ms);
    QVERIFY(!race.isSstpCalled());
    race.reactor.advance(1ms);
    QVERIFY(race.isSstpCalled());
    race.connectSstp();
    QVERIFY(race.r().started);
    race.says(sstp::Progress{sstp::Stage::Authenticating});
    QCOMPARE(race.connection->status().stage, Stage::Authenticating);
    race.sstpUp();
    QCOMPARE(race.state(), StateName::Configuring);
    QVERIFY(!race.ike().alive);
    race.configure();
    QCOMPARE(race.state(), StateName::Connected);
    QCOMPARE(race.connection->status().protocol, std::string_view("sstp"));
    QCOMPARE(race.connection->status().cipher, std::string("TLS test"));
    QVERIFY(race.parts.prefersTls);
    race.connection->disconnect();
    race.says(sstp::Closed{});
    race.finish();
    QCOMPARE(race.state(), StateName::Disconnected);
    QVERIFY(race.nothingIsLeft());
}

void TestAutomatic::sstpWinsOverALogin() {
    Race race;
    race.reachRace();
    race.ikePuts(ike::Progress{ike::Stage::Authenticating});
    race.sstpUp();
    QCOMPARE(race.state(), StateName::Configuring);
    // The server is told, once it can be: the session stays until then, and nothing of it is heard.
    QVERIFY(race.ike().closing);
    QVERIFY(race.ike().alive);
    race.establish();
    QCOMPARE(race.host.record.plans.size(), 1U);
    race.configure();
    QCOMPARE(race.connection->status().protocol, std::string_view("sstp"));
    QVERIFY(!race.parts.prefersTls); // UDP is not dead here
    race.reactor.advance(3s);
    QVERIFY(!race.ike().alive);
}

void TestAutomatic::ikeWins() {
    Race race;
    race.reachRace();
    race.says(sstp::Progress{sstp::Stage::Authenticating});
    race.establish(5);
    QCOMPARE(race.state(), StateName::Configuring);
    QVERIFY(race.r().closing);
    QVERIFY(race.r().shutdowns > 0);
    QCOMPARE(race.r().sessions, 0);
    race.configure();
    QCOMPARE(race.state(), StateName::Connected);
    QCOMPARE(race.connection->status().protocol, std::string_view("ikev2"));
    QCOMPARE(race.parts.tunnel.installed, std::vector<std::uint32_t>{5});
    QCOMPARE(race.r().calls, 1);
}

void TestAutomatic::deadUdpCallsSstpAtOnce() {
    Race race;
    race.reachIke();
    race.reactor.advance(50ms);
    race.ikePuts(ike::Closed{error("tern.ike.no-answer")});
    QVERIFY(race.isSstpCalled());
    race.connectSstp();
    race.sstpUp();
    race.configure();
    QCOMPARE(race.state(), StateName::Connected);
    QCOMPARE(race.host.record.streams.size(), 1U);
}

void TestAutomatic::withoutASocketSstpIsCalled() {
    Race race;
    race.parts.portFails = true;
    race.reachIke();
    QVERIFY(race.isSstpCalled());
    race.connectSstp();
    race.sstpUp();
    QCOMPARE(race.state(), StateName::Configuring);
}

void TestAutomatic::refusalEndsBoth_data() {
    QTest::addColumn<QByteArray>("code");
    for (const auto* code : {"tern.eap.password", "tern.ike.auth.rejected", "tern.ike.windows.account-disabled",
                             "tern.crypto.cert.name", "tern.crypto.cert.untrusted"}) {
        QTest::newRow(code) << QByteArray(code);
    }
}

void TestAutomatic::refusalEndsBoth() {
    QFETCH(QByteArray, code);
    Race race;
    race.reachRace();
    race.ikePuts(ike::Progress{ike::Stage::Authenticating}, ike::Closed{error(code)});
    QCOMPARE(race.state(), StateName::Disconnecting);
    QVERIFY(race.r().closing);
    race.finish();
    QCOMPARE(race.state(), StateName::Failed);
    QCOMPARE(race.code(), code.toStdString());
    QVERIFY(race.nothingIsLeft());
}

void TestAutomatic::withoutAWayByIkeSstpGoesOn_data() {
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<bool>("answered");
    QTest::newRow("silence") << QByteArray("tern.ike.no-answer") << false;
    QTest::newRow("proposal") << QByteArray("tern.ike.proposal.none") << false;
    QTest::newRow("method") << QByteArray("tern.eap.no-common-method") << true;
    QTest::newRow("silence later") << QByteArray("tern.ike.no-answer-4500") << true;
}

void TestAutomatic::withoutAWayByIkeSstpGoesOn() {
    QFETCH(QByteArray, code);
    QFETCH(bool, answered);
    for (const bool calledBefore : {true, false}) {
        Race race;
        race.reachIke();
        if (calledBefore) {
            race.reactor.advance(400ms);
            race.connectSstp();
        }
        if (answered) {
            race.ikePuts(ike::Progress{ike::Stage::Authenticating});
        }
        race.ikePuts(ike::Closed{error(code)});
        QCOMPARE(race.state(), StateName::Negotiating);
        if (!calledBefore) {
            race.connectSstp();
        }
        race.sstpUp();
        race.configure();
        QCOMPARE(race.state(), StateName::Connected);
        QCOMPARE(race.connection->status().protocol, std::string_view("sstp"));
    }
}

void TestAutomatic::withoutAWayBySstpIkeGoesOn() {
    Race race;
    race.reachRace();
    race.says(sstp::Closed{error("tern.sstp.http.not-sstp")});
    QCOMPARE(race.state(), StateName::Negotiating);
    QCOMPARE(race.r().sessions, 0);
    race.reactor.advance(5s);
    QCOMPARE(race.r().calls, 1);
    race.establish();
    race.configure();
    QCOMPARE(race.state(), StateName::Connected);
    QCOMPARE(race.connection->status().protocol, std::string_view("ikev2"));
}

void TestAutomatic::refusedPasswordIsNotTriedAgain() {
    Race race;
    race.reachRace();
    race.says(sstp::Closed{error("tern.eap.password")});
    race.finish();
    QCOMPARE(race.state(), StateName::Failed);
    QCOMPARE(race.code(), std::string("tern.eap.password"));
    QVERIFY(race.nothingIsLeft());
}

void TestAutomatic::bothFail_data() {
    QTest::addColumn<QByteArray>("ike");
    QTest::addColumn<QByteArray>("sstp");
    QTest::addColumn<QByteArray>("told");
    const auto row = [](const char* ike, const char* sstp, bool ikeIsTold) {
        QTest::newRow(ike) << QByteArray(ike) << QByteArray(sstp) << QByteArray(ikeIsTold ? ike : sstp);
    };
    row("tern.ike.no-answer", "tern.sstp.http.web-page", false);
    row("tern.ike.proposal.none", "tern.sstp.connect.refused", true);
    row("tern.datapath.no-route", "tern.sstp.connect.silent", true);
    row("tern.ike.key-group", "tern.eap.password", false);
    row("tern.ike.version", "tern.sstp.http.not-sstp", true);
}

void TestAutomatic::bothFail() {
    QFETCH(QByteArray, ike);
    QFETCH(QByteArray, sstp);
    QFETCH(QByteArray, told);
    for (const bool ikeFirst : {true, false}) {
        if (!ikeFirst && sstp == "tern.eap.password") {
            continue; // ends by itself
        }
        Race race;
        race.reachRace();
        if (ikeFirst) {
            race.ikePuts(ike::Closed{error(ike)});
            QCOMPARE(race.state(), StateName::Negotiating);
            race.says(sstp::Closed{error(sstp)});
        } else {
            race.says(sstp::Closed{error(sstp)});
            QCOMPARE(race.state(), StateName::Negotiating);
            race.ikePuts(ike::Closed{error(ike)});
        }
        race.finish();
        QCOMPARE(race.state(), StateName::Failed);
        QCOMPARE(race.code(), told.toStdString());
        QVERIFY(race.nothingIsLeft());
    }
}

void TestAutomatic::theNextAddressIsTriedByBoth() {
    Race race;
    race.start();
    race.host.grant();
    race.resolver.answer({"203.0.113.5", "203.0.113.6"});
    race.giveSocket();
    race.ikePuts(ike::Closed{error("tern.ike.no-answer")});
    race.connectSstp();
    race.says(sstp::Closed{error("tern.sstp.tls.timeout")});
    QCOMPARE(race.state(), StateName::Negotiating);
    QCOMPARE(race.host.record.sockets.size(), 2U);
    race.giveSocket();
    QVERIFY(!race.isSstpCalled());
    race.reactor.advance(400ms);
    race.connectSstp();
    race.sstpUp();
    QCOMPARE(race.state(), StateName::Configuring);
    QCOMPARE(race.connection->status().server->text(), std::string("203.0.113.6"));
}

void TestAutomatic::onePasswordForBoth_data() {
    QTest::addColumn<bool>("ikeFirst");
    QTest::newRow("IKE asks first") << true;
    QTest::newRow("SSTP asks first") << false;
}

void TestAutomatic::onePasswordForBoth() {
    QFETCH(bool, ikeFirst);
    Race race;
    race.reachRace();
    const auto ikeAsks = [&race] {
        race.ikePuts(ike::Progress{ike::Stage::Authenticating}, ike::Prompt{ike::Prompt::Kind::Password, {}, false});
    };
    if (ikeFirst) {
        ikeAsks();
    }
    race.sstpAsks(ppp::Prompt::Kind::Password);
    if (!ikeFirst) {
        ikeAsks();
    }
    QCOMPARE(race.credentials.questions.size(), 1U);
    race.credentials.answer("", "hunter2");
    QCOMPARE(race.credentials.questions.size(), 1U);
    QCOMPARE(race.ike().answeredSecret, std::string("hunter2"));
    QCOMPARE(race.r().answered, std::string("anna:hunter2"));
    QCOMPARE(race.r().answers, 1);
}

void TestAutomatic::whoAsksLaterIsAnsweredAtOnce() {
    Race race;
    race.reachRace();
    race.sstpAsks(ppp::Prompt::Kind::Password);
    race.credentials.answer("", "hunter2");
    race.ikePuts(ike::Progress{ike::Stage::Authenticating}, ike::Prompt{ike::Prompt::Kind::Password, {}, false});
    QCOMPARE(race.credentials.questions.size(), 1U);
    QCOMPARE(race.ike().answeredSecret, std::string("hunter2"));
}

void TestAutomatic::theQuestionOutlivesWhoAsked() {
    Race race;
    race.reachRace();
    race.sstpAsks(ppp::Prompt::Kind::Password);
    race.ikePuts(ike::Progress{ike::Stage::Authenticating}, ike::Prompt{ike::Prompt::Kind::Password, {}, false});
    race.says(sstp::Closed{error("tern.sstp.cut")});
    QCOMPARE(race.credentials.questions.size(), 1U);
    race.credentials.answer("", "hunter2");
    QCOMPARE(race.ike().answeredSecret, std::string("hunter2"));
}

void TestAutomatic::questionsForOneOnly_data() {
    QTest::addColumn<bool>("byIke");
    QTest::addColumn<bool>("retry");
    QTest::newRow("IKE, code") << true << false;
    QTest::newRow("IKE, again") << true << true;
    QTest::newRow("SSTP, code") << false << false;
    QTest::newRow("SSTP, again") << false << true;
}

void TestAutomatic::questionsForOneOnly() {
    QFETCH(bool, byIke);
    QFETCH(bool, retry);
    Race race;
    race.reachRace();
    race.ikePuts(ike::Progress{ike::Stage::Authenticating});
    if (byIke) {
        race.ikePuts(ike::Prompt{retry ? ike::Prompt::Kind::Password : ike::Prompt::Kind::Code, {}, retry});
        QCOMPARE(race.r().sessions, 0);
        QVERIFY(!race.ike().closing);
    } else {
        race.sstpAsks(retry ? ppp::Prompt::Kind::Password : ppp::Prompt::Kind::Code, retry);
        QVERIFY(race.ike().closing);
        QCOMPARE(race.r().sessions, 1);
    }
    QCOMPARE(race.credentials.questions.size(), 1U);
    race.credentials.answer("", "123456");
    if (byIke) {
        QCOMPARE(race.ike().answeredSecret, std::string("123456"));
        race.establish();
    } else {
        QCOMPARE(race.r().answered, std::string("anna:123456"));
        race.sstpUp();
    }
    race.configure();
    QCOMPARE(race.state(), StateName::Connected);
    QCOMPARE(race.connection->status().protocol, std::string_view(byIke ? "ikev2" : "sstp"));
}

void TestAutomatic::networksAreRemembered() {
    Race race;
    race.parts.prefersTls = true;
    race.reachIke();
    race.reactor.advance(0ms);
    QVERIFY(race.isSstpCalled());
    QVERIFY(race.ike().started); // IKE is, too
    race.ikePuts(ike::Progress{ike::Stage::Verifying});
    QVERIFY(!race.parts.prefersTls); // UDP is back
}

void TestAutomatic::ikeByTcpTakesPart() {
    Race race;
    race.profile.ike.tcp = profile::TcpUse::Automatic;
    race.reachRace();
    race.reactor.advance(1400ms);
    QCOMPARE(race.host.record.streams, (std::vector<std::uint16_t>{443, 4500}));
    race.host.record.streamsDone[4500](base::UniqueFd(::dup(0)));
    QCOMPARE(race.parts.sessions.size(), 2U);
    race.ike().outputs.emplace_back(ike::Progress{ike::Stage::Verifying});
    race.parts.stream.incoming.push_back({9});
    race.reactor.makeReadable(FakeStream::descriptor);
    QCOMPARE(race.r().sessions, 1);
    race.sstpUp();
    QCOMPARE(race.state(), StateName::Configuring);
    QVERIFY(race.ike().closing);
    QCOMPARE(race.connection->status().streamPort, 443);
}

void TestAutomatic::reconnectingRacesAgain() {
    Race race;
    race.reachRace();
    race.sstpUp();
    race.configure();
    QCOMPARE(race.state(), StateName::Connected);
    race.says(sstp::Closed{error("tern.sstp.cut")});
    QCOMPARE(race.state(), StateName::Reconnecting);
    QCOMPARE(race.r().tunnels, 1); // it keeps its packets from going anywhere else
    race.reactor.advance(10s);
    QCOMPARE(race.state(), StateName::Negotiating);
    race.giveSocket();
    race.reactor.advance(0ms);
    QVERIFY(race.isSstpCalled()); // at once, as it was needed here before
    race.establish(8);
    race.configure();
    QCOMPARE(race.state(), StateName::Connected);
    QCOMPARE(race.connection->status().protocol, std::string_view("ikev2"));
    QCOMPARE(race.r().tunnels, 0);
    QCOMPARE(race.parts.tunnel.alive, 1);
}

void TestAutomatic::notWhereOnlyIkeWillDo_data() {
    QTest::addColumn<int>("what");
    QTest::newRow("IKEv2") << 0;
    QTest::newRow("shared key") << 1;
    QTest::newRow("post-quantum") << 2;
}

void TestAutomatic::notWhereOnlyIkeWillDo() {
    QFETCH(int, what);
    Race race;
    if (what == 0) {
        race.profile.protocol = profile::Protocol::Ikev2;
    } else if (what == 1) {
        race.profile.authentication.method = profile::Method::Psk;
    } else {
        race.profile.ike.postQuantum = profile::PostQuantum::Required;
    }
    race.reachIke();
    race.reactor.advance(5s);
    QVERIFY(!race.isSstpCalled());
    race.ikePuts(ike::Closed{error("tern.ike.no-answer")});
    QVERIFY(!race.isSstpCalled());
    race.finish();
    QCOMPARE(race.code(), std::string("tern.ike.no-answer"));
}

void TestAutomatic::endedInTheMiddle_data() {
    QTest::addColumn<int>("step");
    for (int step = 0; step < 5; ++step) {
        QTest::addRow("step %d", step) << step;
    }
}

void TestAutomatic::endedInTheMiddle() {
    QFETCH(int, step);
    Race race;
    race.reachIke();
    if (step >= 1) {
        race.reactor.advance(400ms);
    }
    if (step >= 2) {
        race.connectSstp();
    }
    if (step >= 3) {
        race.ikePuts(ike::Progress{ike::Stage::Authenticating});
        race.sstpAsks(ppp::Prompt::Kind::Password);
    }
    if (step >= 4) {
        race.sstpUp();
    }
    race.connection->disconnect();
    race.finish();
    QCOMPARE(race.state(), StateName::Disconnected);
    QVERIFY(race.nothingIsLeft());
    // An answer that comes late changes nothing.
    if (race.isSstpCalled()) {
        race.host.record.streamsDone.extract(443).mapped()(base::UniqueFd(::dup(0)));
    }
    QVERIFY(race.nothingIsLeft());
}

QTEST_APPLESS_MAIN(TestAutomatic)
#include "tst_automatic.moc"
