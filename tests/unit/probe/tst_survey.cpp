// What a person types, which questions are asked, and what the answers come to.
#include "core/base/catalogue.h"
#include "core/probe/survey.h"
#include "tests/unit/probe/talk.h"

#include <map>
#include <set>

using namespace tern;
using namespace tern::probe;
using namespace tern::test;

namespace {

base::IpAddress address(const char* text) {
    return *base::IpAddress::fromText(text);
}

SurveyConfig config(std::vector<base::IpAddress> addresses, std::uint16_t port = 443) {
    SurveyConfig made;
    made.target = {"vpn.example.test", port};
    made.addresses = std::move(addresses);
    return made;
}

Advice adviceFor(Verdict ikev2, Verdict sstp, Verdict pptp, Verdict l2tp, std::string refusal = {}) {
    Result result;
    result.host = "vpn.example.test";
    result.ikev2.verdict = ikev2;
    result.sstp.verdict = sstp;
    result.pptp.verdict = pptp;
    result.l2tp.verdict = l2tp;
    result.ikev2Facts.refusal = std::move(refusal);
    advise(result);
    // Whatever it is, there are words for it.
    if (base::describe(result.words).sentence.contains(QStringLiteral("Something went wrong")) ||
        !base::describe(result.words).sentence.contains(QStringLiteral("vpn.example.test"))) {
        qFatal("no words for %s", result.words.code.c_str());
    }
    return result.advice;
}

} // namespace

class TestSurvey : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void targets_data();
    void targets();
    void refusedTargets_data();
    void refusedTargets();
    void oneAddressOfEachFamily();
    void ikeWhereNoTlsServerIsAtHome();
    void againWithoutName();
    void nothingAnswers();
    void closedAndSilent();
    void everyAdvice();
    void everyName();
};

void TestSurvey::targets_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::newRow("name") << "vpn.example.com"
                          << "vpn.example.com" << 443;
    QTest::newRow("name and port") << "vpn.example.com:8443"
                                   << "vpn.example.com" << 8443;
    QTest::newRow("address") << "192.0.2.1"
                             << "192.0.2.1" << 443;
    QTest::newRow("address and port") << "192.0.2.1:4433"
                                      << "192.0.2.1" << 4433;
    QTest::newRow("IPv6") << "2001:db8::1"
                          << "2001:db8::1" << 443;
    QTest::newRow("IPv6 and port") << "[2001:db8::1]:444"
                                   << "2001:db8::1" << 444;
    QTest::newRow("from a browser") << " https://vpn.example.com/login?x=1 \n"
                                    << "vpn.example.com" << 443;
    QTest::newRow("another language") << QStringLiteral("例子.测试") << QStringLiteral("例子.测试") << 443;
}

void TestSurvey::targets() {
    QFETCH(QString, typed);
    QFETCH(QString, host);
    QFETCH(int, port);
    const auto target = parseTarget(typed.toStdString());
    QVERIFY(target);
    QCOMPARE(QString::fromStdString(target->host), host);
    QCOMPARE(int{target->sstpPort}, port);
}

void TestSurvey::refusedTargets_data() {
    QTest::addColumn<QString>("typed");
    for (const auto* typed : {"", " ", "a b", "vpn:0", "vpn:65536", "vpn:x", "vpn:", "[2001:db8::1", "[192.0.2.1]:1",
                              "[x]", "-h", "vpn;reboot", "user@vpn", ".", "https://", "vpn:1:2", "[2001:db8::1]443"}) {
        QTest::newRow(typed) << QString::fromLatin1(typed);
    }
    QTest::newRow("too long") << QString(254, u'a');
}

void TestSurvey::refusedTargets() {
    QFETCH(QString, typed);
    const auto target = parseTarget(typed.toStdString());
    QVERIFY(!target);
    QCOMPARE(target.error().code, std::string("tern.probe.target"));
}

void TestSurvey::oneAddressOfEachFamily() {
    SeededRandom random(1);
    Survey both(config({address("2001:db8::9"), address("192.0.2.9"), address("192.0.2.8"), address("2001:db8::8")}),
                random);
    const auto questions = both.begin();
    QCOMPARE(questions.size(), std::size_t{17});
    std::map<std::string, std::set<std::string>> doors;
    for (const auto* question : questions) {
        const auto& door = question->door();
        doors[door.endpoint.address.text()].insert(std::string(name(door.transport)) +
                                                   std::to_string(door.endpoint.port));
    }
    const std::set<std::string> all{"udp500", "udp4500", "tcp4500", "tcp443", "udp1701", "tcp1723"};
    QCOMPARE(doors.size(), std::size_t{2});
    QVERIFY(doors["192.0.2.9"] == all);
    QVERIFY(doors["2001:db8::9"] == all);
    QCOMPARE(questions.front()->door().endpoint.address.text(), std::string("192.0.2.9"));
    QVERIFY(both.next(*questions.front()).empty());
}

void TestSurvey::ikeWhereNoTlsServerIsAtHome() {
    SeededRandom random(1);
    for (const std::uint16_t port : {std::uint16_t{443}, std::uint16_t{8443}}) {
        Survey survey(config({address("192.0.2.9")}, port), random);
        std::vector<Question*> more;
        for (auto* question : survey.begin()) {
            if (const auto& door = question->door(); door.transport == Transport::Tcp && door.endpoint.port == port) {
                question->start(begin);
                question->connected(begin);
                question->receive(begin, base::toBytes("something else"));
                for (auto* next : survey.next(*question)) {
                    more.push_back(next);
                }
            }
        }
        QCOMPARE(more.size(), std::size_t{port == 443 ? 1U : 0U}); // RFC 9329 knows no other port
        if (port == 443) {
            more.front()->start(begin);
            more.front()->connected(begin);
            const auto sent = only(*more.front());
            QCOMPARE(base::toText(base::ByteView(sent).first(6)), std::string("IKETCP"));
        }
    }
}

void TestSurvey::againWithoutName() {
    SeededRandom random(1);
    Survey survey(config({address("192.0.2.9")}), random);
    std::vector<Question*> more;
    for (auto* question : survey.begin()) {
        if (question->door().endpoint.port == 443) {
            question->start(begin);
            question->connected(begin);
            static_cast<void>(question->takeOutput());
            question->receive(begin, base::fromHex("15030300020270")); // unrecognized_name
            for (auto* next : survey.next(*question)) {
                more.push_back(next);
            }
        }
    }
    QCOMPARE(more.size(), std::size_t{1});
    more.front()->start(begin);
    more.front()->connected(begin);
    const auto hello = base::toText(only(*more.front()));
    QVERIFY(!hello.empty() && hello.find("vpn.example.test") == std::string::npos);
    more.front()->receive(begin, base::fromHex("15030300020270"));
    QVERIFY(survey.next(*more.front()).empty()); // once
    const auto result = survey.result(base::UnixSeconds(1), std::chrono::milliseconds(1));
    QCOMPARE(result.sstp.doors.size(), std::size_t{1});
    QCOMPARE(result.sstp.verdict, Verdict::Unusable);
}

void TestSurvey::nothingAnswers() {
    SeededRandom random(1);
    Survey survey(config({address("192.0.2.9")}), random);
    std::size_t datagrams = 0;
    for (auto* question : survey.begin()) {
        question->start(begin);
        datagrams += question->takeOutput().size() + waitOut(*question);
        QVERIFY(question->isOver());
    }
    QCOMPARE(datagrams, std::size_t{12}); // four sockets of UDP, three datagrams each
    const auto result = survey.result(base::UnixSeconds(1), std::chrono::milliseconds(3000));
    QCOMPARE(result.advice, Advice::Nothing);
    for (const auto* road : {&result.ikev2, &result.sstp, &result.pptp, &result.l2tp}) {
        QCOMPARE(road->verdict, Verdict::Silent);
        QVERIFY(road->words.code.ends_with(".silent"));
        QVERIFY(road->findings.empty());
    }
    QCOMPARE(result.ikev2.doors.size(), std::size_t{3});
    // Without an address at all nothing is asked, and nothing breaks.
    Survey empty(config({}), random);
    QVERIFY(empty.begin().empty());
    QCOMPARE(empty.result(base::UnixSeconds(1), {}).advice, Advice::Nothing);
}

void TestSurvey::closedAndSilent() {
    SeededRandom random(1);
    Survey survey(config({address("192.0.2.9")}), random);
    for (auto* question : survey.begin()) {
        question->start(begin);
        if (question->door().endpoint.port != 4500) {
            question->refused(begin);
        } else {
            waitOut(*question);
        }
    }
    const auto result = survey.result(base::UnixSeconds(1), {});
    QCOMPARE(result.ikev2.verdict, Verdict::Silent); // a door that is silent may hide something
    QCOMPARE(result.sstp.verdict, Verdict::Closed);
    QCOMPARE(result.pptp.verdict, Verdict::Closed);
    QCOMPARE(result.l2tp.verdict, Verdict::Closed);
    QCOMPARE(result.sstp.words.code, std::string("tern.probe.sstp.closed"));
}

void TestSurvey::everyAdvice() {
    using V = Verdict;
    QCOMPARE(adviceFor(V::Open, V::Open, V::Open, V::Open), Advice::Both);
    QCOMPARE(adviceFor(V::Open, V::Unusable, V::Silent, V::Silent), Advice::ReadyIkev2);
    QCOMPARE(adviceFor(V::Silent, V::Open, V::Open, V::Open), Advice::ReadySstp);
    QCOMPARE(adviceFor(V::Weak, V::Open, V::Closed, V::Closed), Advice::ReadySstp);
    QCOMPARE(adviceFor(V::Weak, V::Unusable, V::Open, V::Open), Advice::OnlyWeakIkev2);
    QCOMPARE(adviceFor(V::Closed, V::Unusable, V::Open, V::Closed), Advice::NeedsRepair);
    QCOMPARE(adviceFor(V::Unusable, V::Closed, V::Closed, V::Closed, "TEMPORARY_FAILURE"), Advice::NeedsRepair);
    QCOMPARE(adviceFor(V::Unusable, V::Closed, V::Closed, V::Unusable, "NO_PROPOSAL_CHOSEN"), Advice::NeedsRepair);
    // IKEv2 of a program that was only set up for L2TP.
    QCOMPARE(adviceFor(V::Unusable, V::Closed, V::Closed, V::Open, "NO_PROPOSAL_CHOSEN"), Advice::OnlyRetired);
    QCOMPARE(adviceFor(V::Closed, V::Closed, V::Open, V::Closed), Advice::OnlyRetired);
    QCOMPARE(adviceFor(V::Silent, V::Silent, V::Closed, V::Unusable), Advice::OnlyRetired);
    QCOMPARE(adviceFor(V::Closed, V::Silent, V::Closed, V::Silent), Advice::Nothing);
}

void TestSurvey::everyName() {
    std::set<std::string_view> names;
    for (const auto advice : {Advice::Both, Advice::ReadyIkev2, Advice::ReadySstp, Advice::OnlyWeakIkev2,
                              Advice::NeedsRepair, Advice::OnlyRetired, Advice::Nothing}) {
        names.insert(name(advice));
    }
    QCOMPARE(names.size(), std::size_t{7});
    for (const auto verdict : {Verdict::Open, Verdict::Weak, Verdict::Unusable, Verdict::Closed, Verdict::Silent}) {
        names.insert(name(verdict));
    }
    for (const auto answer : {SstpAnswer::Sstp, SstpAnswer::WebServer, SstpAnswer::Portal, SstpAnswer::Refused,
                              SstpAnswer::Busy, SstpAnswer::NotHttp, SstpAnswer::NotTls}) {
        names.insert(name(answer));
    }
    QCOMPARE(names.size(), std::size_t{19});
    QVERIFY(!names.contains({}));
}

QTEST_APPLESS_MAIN(TestSurvey)
#include "tst_survey.moc"
