// SSTP's question against a TLS server, versions of TLS by octets, and everything that can be wrong with a certificate.
#include "core/probe/certificate_check.h"
#include "core/probe/sstp_question.h"
#include "core/probe/tls_version_question.h"
#include "tests/unit/probe/talk.h"
#include "tests/unit/probe/tls_server.h"

using namespace tern;
using namespace tern::probe;
using namespace tern::test;

namespace {

constexpr const char* sstpAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n";

const Issued& root() {
    static const auto made = issue(authoritySpec("Root"));
    return made;
}

Issued server(const std::function<void(CertificateSpec&)>& change = {}, const Issued* issuer = &root()) {
    CertificateSpec spec;
    spec.names = "DNS:vpn.example.test";
    if (change) {
        change(spec);
    }
    return issue(spec, issuer);
}

// Until neither has anything more to say.
void run(Question& question, TlsServer& server) {
    for (auto sent = question.takeOutput(); !sent.empty(); sent = question.takeOutput()) {
        for (const auto& octets : sent) {
            if (const auto answer = server.receive(octets); !answer.empty()) {
                question.receive(begin, answer);
            }
        }
    }
}

struct Asked {
    SstpFacts facts;
    Door door;
    bool over = false;
    std::string request;
    bool goodbye = false;
};

Asked ask(const std::string& answer, int oldest = TLS1_2_VERSION, int newest = TLS1_3_VERSION) {
    const auto own = server();
    TlsServer tls(own, oldest, newest, answer);
    SeededRandom random(5);
    SstpQuestion question(door(Transport::Tcp, 443), {"vpn.example.test", "vpn.example.test", {}}, random);
    question.start(begin);
    question.connected(begin);
    run(question, tls);
    const bool over = question.isOver();
    waitOut(question);
    return {question.facts(), question.door(), over, tls.request, tls.saidGoodbye};
}

std::vector<std::string> problemsOf(const Issued& leaf, const Issued* trusted = &root(), long when = now) {
    SstpFacts facts;
    facts.chain = {leaf.der()};
    const auto trust = trusted != nullptr ? crypto::TrustStore::fromPem(trusted->pem()).value() : nullptr;
    checkCertificate(facts, {trust, "vpn.example.test", base::UnixSeconds(when)});
    std::vector<std::string> codes;
    for (const auto& problem : facts.certificateProblems) {
        codes.push_back(problem.code.substr(std::string("tern.crypto.cert.").size()));
    }
    return codes;
}

using Codes = std::vector<std::string>;

} // namespace

class TestSstp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answers();
    void answersOverTls12();
    void otherAnswers_data();
    void otherAnswers();
    void silentHttp();
    void notTls();
    void oldTlsOnly();
    void versions();
    void versionsOfOthers();
    void certificates();
    void certificateFacts();
};

void TestSstp::answers() {
    const auto asked = ask(sstpAnswer);
    QVERIFY(asked.over);
    QCOMPARE(asked.door.verdict, Verdict::Open);
    QCOMPARE(asked.facts.answer, SstpAnswer::Sstp);
    QVERIFY(!asked.facts.refusal);
    QCOMPARE(asked.facts.tls13, Known::Yes);
    QCOMPARE(asked.facts.tls12, Known::Unknown); // another question's
    QVERIFY(asked.facts.cipher.starts_with("TLS 1.3"));
    QCOMPARE(asked.facts.chain.size(), std::size_t{1});
    QVERIFY(asked.request.starts_with("SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1\r\n"));
    QVERIFY(asked.goodbye); // and not one octet of a call
}

void TestSstp::answersOverTls12() {
    const auto asked = ask(sstpAnswer, TLS1_2_VERSION, TLS1_2_VERSION);
    QCOMPARE(asked.facts.answer, SstpAnswer::Sstp);
    QCOMPARE(asked.facts.tls12, Known::Yes);
    QCOMPARE(asked.facts.tls13, Known::No);
}

void TestSstp::otherAnswers_data() {
    QTest::addColumn<QString>("said");
    QTest::addColumn<int>("answer");
    QTest::addColumn<int>("verdict");
    const auto row = [](const char* name, const char* said, SstpAnswer answer, Verdict verdict) {
        QTest::newRow(name) << QString::fromLatin1(said) << static_cast<int>(answer) << static_cast<int>(verdict);
    };
    row("web server", "HTTP/1.1 404 Not Found\r\n\r\n", SstpAnswer::WebServer, Verdict::Closed);
    row("method unknown", "HTTP/1.1 501 Not Implemented\r\n\r\n", SstpAnswer::WebServer, Verdict::Closed);
    row("portal's page", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello",
        SstpAnswer::Portal, Verdict::Closed);
    row("portal's redirect", "HTTP/1.1 302 Found\r\nLocation: http://login.test/\r\n\r\n", SstpAnswer::Portal,
        Verdict::Closed);
    row("not from here", "HTTP/1.1 403 Forbidden\r\n\r\n", SstpAnswer::Refused, Verdict::Unusable);
    row("busy", "HTTP/1.1 503 Service Unavailable\r\n\r\n", SstpAnswer::Busy, Verdict::Unusable);
    row("another protocol", "220 mail.example.test ESMTP\r\n", SstpAnswer::NotHttp, Verdict::Closed);
}

void TestSstp::otherAnswers() {
    QFETCH(QString, said);
    QFETCH(int, answer);
    QFETCH(int, verdict);
    const auto asked = ask(said.toStdString());
    QVERIFY(asked.over);
    QCOMPARE(static_cast<int>(asked.facts.answer), answer);
    QCOMPARE(static_cast<int>(asked.door.verdict), verdict);
    QVERIFY(asked.facts.refusal);
    QVERIFY(asked.goodbye);
}

void TestSstp::silentHttp() {
    const auto asked = ask({});
    QVERIFY(!asked.over);
    QCOMPARE(asked.door.verdict, Verdict::Unusable);
    QCOMPARE(asked.facts.refusal->code, std::string("tern.sstp.http.timeout"));
}

void TestSstp::notTls() {
    SeededRandom random(5);
    SstpQuestion talks(door(Transport::Tcp, 443), {"vpn.example.test", {}, {}}, random);
    talks.start(begin);
    talks.connected(begin);
    talks.receive(begin, base::toBytes("SSH-2.0-OpenSSH_9.2\r\n"));
    QVERIFY(talks.isOver());
    QCOMPARE(talks.facts().answer, SstpAnswer::NotTls);
    QCOMPARE(talks.door().verdict, Verdict::Closed);

    SstpQuestion mute(door(Transport::Tcp, 443), {"vpn.example.test", {}, {}}, random);
    mute.start(begin);
    mute.connected(begin);
    waitOut(mute);
    QCOMPARE(mute.facts().answer, SstpAnswer::NotTls);
    QCOMPARE(mute.door().verdict, Verdict::Closed);

    SstpQuestion silent(door(Transport::Tcp, 443), {"vpn.example.test", {}, {}}, random);
    silent.start(begin);
    waitOut(silent);
    QCOMPARE(silent.facts().answer, SstpAnswer::None);
    QCOMPARE(silent.door().verdict, Verdict::Silent);
}

void TestSstp::oldTlsOnly() {
    SeededRandom random(5);
    SstpQuestion question(door(Transport::Tcp, 443), {"vpn.example.test", {}, {}}, random);
    question.start(begin);
    question.connected(begin);
    static_cast<void>(question.takeOutput());
    question.receive(begin, base::fromHex("15030100020246")); // protocol_version
    QVERIFY(question.isOver());
    QCOMPARE(question.door().verdict, Verdict::Unusable);
    QCOMPARE(question.facts().refusal->code, std::string("tern.sstp.tls.version"));
}

void TestSstp::versions() {
    const auto own = server([](CertificateSpec& spec) { spec.key = KeyKind::Rsa2048; });
    SeededRandom random(5);
    // What is offered is agreed to, and nothing newer than what is asked for.
    for (const auto& [oldest, newest, asked, agreed] :
         {std::array{TLS1_VERSION, TLS1_3_VERSION, 0x0301, 0x0301},
          std::array{TLS1_VERSION, TLS1_3_VERSION, 0x0302, 0x0302},
          std::array{TLS1_VERSION, TLS1_3_VERSION, 0x0303, 0x0303},
          std::array{TLS1_VERSION, TLS1_VERSION, 0x0303, 0x0301}, std::array{TLS1_2_VERSION, TLS1_3_VERSION, 0x0302, 0},
          std::array{TLS1_2_VERSION, TLS1_3_VERSION, 0x0301, 0},
          std::array{TLS1_3_VERSION, TLS1_3_VERSION, 0x0303, 0}}) {
        TlsServer tls(own, oldest, newest, {});
        TlsVersionQuestion question(door(Transport::Tcp, 443), static_cast<std::uint16_t>(asked), "vpn.example.test",
                                    random);
        question.start(begin);
        question.connected(begin);
        run(question, tls);
        QVERIFY(question.isOver());
        QVERIFY(question.isTls());
        QCOMPARE(int{question.agreed()}, agreed);
    }
}

void TestSstp::versionsOfOthers() {
    SeededRandom random(5);
    for (const auto* said : {"15030200020246",                // an alert
                             "1603030040020000360304",        // newer than was asked for
                             "16030300400b00003603030000"}) { // no ServerHello
        TlsVersionQuestion question(door(Transport::Tcp, 443), 0x0303, {}, random);
        question.start(begin);
        question.connected(begin);
        for (const auto octet : base::fromHex(said)) {
            question.receive(begin, {&octet, 1});
        }
        QVERIFY(question.isOver());
        QVERIFY(question.isTls());
        QCOMPARE(question.agreed(), std::uint16_t{0});
    }
    TlsVersionQuestion question(door(Transport::Tcp, 443), 0x0303, {}, random);
    question.start(begin);
    question.connected(begin);
    question.receive(begin, base::toBytes("HTTP/1.1"));
    QVERIFY(question.isOver());
    QVERIFY(!question.isTls());
}

void TestSstp::certificates() {
    QCOMPARE(problemsOf(server()), Codes{});
    QCOMPARE(problemsOf(server({}, nullptr)), Codes{"self-signed"});
    const auto stranger = issue(authoritySpec("Stranger"));
    QCOMPARE(problemsOf(server({}, &stranger)), Codes{"untrusted"});
    QCOMPARE(problemsOf(server([](CertificateSpec& spec) { spec.names = "DNS:other.example.test"; })), Codes{"name"});
    QCOMPARE(problemsOf(server([](CertificateSpec& spec) { spec.extendedUsage = "clientAuth"; })), Codes{"usage"});
    QCOMPARE(problemsOf(server([](CertificateSpec& spec) { spec.notAfter = now - 10; })), Codes{"expired"});
    QCOMPARE(problemsOf(server([](CertificateSpec& spec) { spec.notBefore = now + 10; })), Codes{"not-yet-valid"});
    // Everything at once, the gravest first.
    const auto all = server(
        [](CertificateSpec& spec) {
            spec.names = "DNS:other.example.test";
            spec.extendedUsage = "clientAuth";
            spec.notAfter = now - 10;
        },
        &stranger);
    QCOMPARE(problemsOf(all), (Codes{"untrusted", "expired", "name", "usage"}));
    // Nobody to trust: only what the certificate itself says.
    QCOMPARE(problemsOf(server(), nullptr), Codes{});
}

void TestSstp::certificateFacts() {
    SstpFacts facts;
    facts.chain = {server().der()};
    const auto trust = crypto::TrustStore::fromPem(root().pem()).value();
    checkCertificate(facts, {trust, "other.example.test", base::UnixSeconds(now)});
    QCOMPARE(facts.trusted, Known::Yes);
    QCOMPARE(facts.nameMatches, Known::No);
    QCOMPARE(facts.serverUsage, Known::Yes);

    SstpFacts none;
    checkCertificate(none, {trust, "vpn.example.test", base::UnixSeconds(now)});
    QCOMPARE(none.trusted, Known::Unknown);
    QVERIFY(none.certificateProblems.empty());

    SstpFacts broken;
    broken.chain = {base::Bytes{1, 2, 3}};
    checkCertificate(broken, {trust, "vpn.example.test", base::UnixSeconds(now)});
    QCOMPARE(broken.certificateProblems.size(), std::size_t{1});
}

QTEST_APPLESS_MAIN(TestSstp)
#include "tst_sstp.moc"
