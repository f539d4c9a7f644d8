#include "core/base/catalogue.h"
#include "core/legacy/assess.h"
#include "core/migrate/plan.h"

#include <QTest>
#include <algorithm>

using namespace tern;
using migrate::Answer;
using migrate::Target;
using migrate::Verdict;
using profile::Method;
using profile::Profile;
using profile::Protocol;

namespace {

// What the phonebook's strategies become (core/formats/phonebook_kind.cpp).
struct Strategy {
    Protocol protocol;
    std::vector<Protocol> tries;
};

Profile old(const Strategy& strategy) {
    Profile p;
    p.id = "7a0d2f60-0000-4000-8000-000000000001";
    p.name = "Office";
    p.servers = {"vpn.example.com"};
    p.protocol = strategy.protocol;
    p.originTries = strategy.tries;
    p.authentication.method = Method::Mschapv2;
    p.authentication.username = "anna";
    return p;
}

Strategy strategyOf(int number) {
    using P = Protocol;
    switch (number) {
    case 0:
        return {P::Automatic, {P::Ikev2, P::Sstp, P::Pptp, P::L2tp}};
    case 1:
        return {P::Pptp, {}};
    case 2:
        return {P::Automatic, {P::Pptp, P::Ikev2, P::Sstp, P::L2tp}};
    case 3:
        return {P::L2tp, {}};
    case 4:
        return {P::Automatic, {P::L2tp, P::Ikev2, P::Pptp, P::Sstp}};
    case 5:
        return {P::Sstp, {}};
    case 6:
        return {P::Automatic, {P::Sstp, P::Ikev2, P::Pptp, P::L2tp}};
    case 7:
        return {P::Ikev2, {}};
    case 8:
        return {P::Automatic, {P::Ikev2, P::Pptp, P::Sstp, P::L2tp}};
    case 12:
        return {P::Automatic, {P::Pptp, P::Sstp}};
    case 13:
        return {P::Automatic, {P::L2tp, P::Sstp}};
    default:
        return {P::Automatic, {P::Ikev2, P::Sstp}};
    }
}

probe::Result offers(probe::Verdict ikev2, probe::Verdict sstp, probe::Advice advice,
                     probe::Verdict pptp = probe::Verdict::Open) {
    probe::Result result;
    result.host = "vpn.example.com";
    result.advice = advice;
    result.ikev2.protocol = probe::Protocol::Ikev2;
    result.sstp.protocol = probe::Protocol::Sstp;
    result.ikev2.verdict = ikev2;
    result.sstp.verdict = sstp;
    result.pptp.verdict = pptp;
    result.sstpFacts.answer = sstp == probe::Verdict::Open ? probe::SstpAnswer::Sstp : probe::SstpAnswer::None;
    return result;
}

probe::Result both() {
    return offers(probe::Verdict::Open, probe::Verdict::Open, probe::Advice::Both);
}
probe::Result onlyIkev2() {
    return offers(probe::Verdict::Open, probe::Verdict::Closed, probe::Advice::ReadyIkev2);
}
probe::Result onlySstp() {
    return offers(probe::Verdict::Silent, probe::Verdict::Open, probe::Advice::ReadySstp);
}
probe::Result onlyWeak() {
    return offers(probe::Verdict::Weak, probe::Verdict::Closed, probe::Advice::OnlyWeakIkev2);
}
probe::Result onlyPptp() {
    return offers(probe::Verdict::Silent, probe::Verdict::Closed, probe::Advice::OnlyRetired);
}
probe::Result nothing() {
    return offers(probe::Verdict::Silent, probe::Verdict::Silent, probe::Advice::Nothing, probe::Verdict::Silent);
}
probe::Result badCertificate(const char* problem) {
    auto result = offers(probe::Verdict::Silent, probe::Verdict::Unusable, probe::Advice::NeedsRepair);
    result.sstpFacts.answer = probe::SstpAnswer::Sstp;
    result.sstpFacts.certificateProblems = {{problem, {}, {}}};
    return result;
}

bool has(const std::vector<base::Error>& lines, std::string_view code) {
    return std::ranges::find(lines, code, &base::Error::code) != lines.end();
}

const migrate::Question* question(const migrate::Plan& plan, Answer answer) {
    const auto found = std::ranges::find(plan.questions, answer, &migrate::Question::answer);
    return found == plan.questions.end() ? nullptr : &*found;
}

} // namespace

class TestPlan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void strategiesAndServers_data();
    void strategiesAndServers();
    void askedFor_data();
    void askedFor();
    void policies_data();
    void policies();
    void sharedKeysOfL2tpGoNowhere();
    void newSharedKeyMeansIkev2();
    void signIns_data();
    void signIns();
    void everythingElseComesAlong();
    void ipsecPolicies_data();
    void ipsecPolicies();
    void privateAuthority();
    void weakNeedsConsent();
    void proxyMeansSstp();
    void anotherServer();
    void everyLineHasWords();
};

void TestPlan::strategiesAndServers_data() {
    QTest::addColumn<int>("strategy");
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("protocol");
    QTest::addColumn<QString>("reason");
    struct Outcome {
        const char* server;
        const char* verdict;
        const char* protocol;
        const char* reason;
    };
    constexpr std::array outcomes{Outcome{"both", "ready", "automatic", "use.both"},
                                  Outcome{"ikev2", "ready", "ikev2", "use.ikev2"},
                                  Outcome{"sstp", "ready", "sstp", "use.sstp"},
                                  Outcome{"weak", "questions", "ikev2", "use.weak"},
                                  Outcome{"pptp", "not-ready", "", "not.only-retired"},
                                  Outcome{"expired", "not-ready", "", "not.repair"},
                                  Outcome{"nothing", "silent", "", "not.silent"},
                                  Outcome{"unchecked", "ready", "automatic", "use.unchecked"}};
    for (const int strategy : {0, 1, 2, 3, 4, 6, 8, 12, 13}) {
        for (const auto& [server, verdict, protocol, reason] : outcomes) {
            QTest::addRow("%d %s", strategy, server)
                << strategy << QString::fromLatin1(server) << QString::fromLatin1(verdict)
                << QString::fromLatin1(protocol) << QString::fromLatin1(reason);
        }
    }
    // Free of retired protocols: nothing to do, whatever the server has.
    for (const int strategy : {5, 7, 14}) {
        for (const auto& outcome : outcomes) {
            QTest::addRow("%d %s", strategy, outcome.server)
                << strategy << QString::fromLatin1(outcome.server) << QStringLiteral("not-needed") << QString()
                << QStringLiteral("not.needed");
        }
    }
}

void TestPlan::strategiesAndServers() {
    QFETCH(int, strategy);
    QFETCH(QString, server);
    QFETCH(QString, verdict);
    QFETCH(QString, protocol);
    QFETCH(QString, reason);
    const std::map<QString, probe::Result> servers{
        {QStringLiteral("both"), both()},      {QStringLiteral("ikev2"), onlyIkev2()},
        {QStringLiteral("sstp"), onlySstp()},  {QStringLiteral("weak"), onlyWeak()},
        {QStringLiteral("pptp"), onlyPptp()},  {QStringLiteral("expired"), badCertificate("tern.crypto.cert.expired")},
        {QStringLiteral("nothing"), nothing()}};
    const auto found = servers.find(server);
    const auto before = old(strategyOf(strategy));
    const auto plan =
        migrate::plan(before, found == servers.end() ? nullptr : &found->second, {}, Target::Automatic, {});
    QCOMPARE(migrate::verdictName(plan.verdict), std::string_view(verdict.toStdString()));
    QCOMPARE(plan.reason.code, "tern.migrate." + reason.toStdString());
    QCOMPARE(plan.settings.has_value(), !protocol.isEmpty());
    if (!plan.settings) {
        return;
    }
    const auto& after = *plan.settings;
    QCOMPARE(profile::protocolName(after.protocol), std::string_view(protocol.toStdString()));
    QCOMPARE(plan.protocol, after.protocol);
    QVERIFY(!legacy::refusal(after));
    QVERIFY(after.originTries.empty());
    QVERIFY(after.id.empty());
    QVERIFY(after.origin.original.empty());
    QCOMPARE(after.name, before.name);
    QCOMPARE(after.servers, before.servers);
    QCOMPARE(after.authentication.username, std::string("anna"));
    QCOMPARE(plan.gradeAfter, std::string(server == u"weak" ? "weak" : "good"));
    QVERIFY(plan.gradeBefore != "good");
}

void TestPlan::askedFor_data() {
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* server, const char* target, const char* verdict, const char* reason) {
        QTest::addRow("%s from %s", target, server) << QString::fromLatin1(server) << QString::fromLatin1(target)
                                                    << QString::fromLatin1(verdict) << QString::fromLatin1(reason);
    };
    row("both", "ikev2", "ready", "use.asked");
    row("both", "sstp", "ready", "use.asked");
    row("ikev2", "sstp", "not-ready", "not.asked");
    row("sstp", "ikev2", "not-ready", "not.asked");
    row("pptp", "sstp", "not-ready", "not.only-retired");
    row("nothing", "ikev2", "silent", "not.silent");
    row("weak", "ikev2", "questions", "use.asked");
    row("unchecked", "ikev2", "ready", "use.asked");
    row("unchecked", "sstp", "ready", "use.asked");
}

void TestPlan::askedFor() {
    QFETCH(QString, server);
    QFETCH(QString, target);
    QFETCH(QString, verdict);
    QFETCH(QString, reason);
    const std::map<QString, probe::Result> servers{
        {QStringLiteral("both"), both()},     {QStringLiteral("ikev2"), onlyIkev2()},
        {QStringLiteral("sstp"), onlySstp()}, {QStringLiteral("weak"), onlyWeak()},
        {QStringLiteral("pptp"), onlyPptp()}, {QStringLiteral("nothing"), nothing()}};
    const auto found = servers.find(server);
    const auto plan = migrate::plan(old(strategyOf(1)), found == servers.end() ? nullptr : &found->second, {},
                                    *migrate::targetFromName(target.toStdString()), {});
    QCOMPARE(migrate::verdictName(plan.verdict), std::string_view(verdict.toStdString()));
    QCOMPARE(plan.reason.code, "tern.migrate." + reason.toStdString());
    if (plan.settings) {
        QCOMPARE(profile::protocolName(plan.settings->protocol), std::string_view(target.toStdString()));
    }
}

void TestPlan::policies_data() {
    QTest::addColumn<QString>("minimum");
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("verdict");
    for (const char* minimum : {"", "broken", "retired", "can-fall-back", "weak"}) {
        QTest::addRow("weak server, at least %s", minimum)
            << QString::fromLatin1(minimum) << QStringLiteral("weak") << QStringLiteral("questions");
    }
    QTest::addRow("weak server, at least good")
        << QStringLiteral("good") << QStringLiteral("weak") << QStringLiteral("forbidden");
    QTest::addRow("good server, at least good")
        << QStringLiteral("good") << QStringLiteral("both") << QStringLiteral("ready");
}

void TestPlan::policies() {
    QFETCH(QString, minimum);
    QFETCH(QString, server);
    QFETCH(QString, verdict);
    const auto probed = server == u"weak" ? onlyWeak() : both();
    migrate::Rules rules;
    rules.minimumGrade = legacy::gradeFromName(minimum.toStdString());
    const auto plan = migrate::plan(old(strategyOf(1)), &probed, rules, Target::Automatic, {});
    QCOMPARE(migrate::verdictName(plan.verdict), std::string_view(verdict.toStdString()));
    QCOMPARE(plan.settings.has_value(), verdict != u"forbidden");

    rules = {};
    rules.replacement = "new.example.com";
    rules.caPem = "PEM";
    const auto moved = migrate::plan(old(strategyOf(7)), &probed, rules, Target::Automatic, {});
    QVERIFY(moved.verdict != Verdict::NotNeeded); // the old server goes, good or not
    QCOMPARE(moved.settings->servers, std::vector<std::string>{"new.example.com"});
    QCOMPARE(moved.settings->trust.caPem, std::string("PEM"));
    QVERIFY(has(moved.kept, "tern.migrate.keep.policy-authority"));
    QVERIFY(has(moved.dropped, "tern.migrate.drop.server"));
    QCOMPARE(question(moved, Answer::Server)->proposed, std::string("new.example.com"));
    QCOMPARE(question(moved, Answer::Server)->words.code, std::string("tern.migrate.ask.server-replaced"));
    QCOMPARE(moved.settings->protocol, server == u"weak" ? Protocol::Ikev2 : Protocol::Automatic);
    rules.replacementProtocol = Protocol::Sstp;
    const auto spoken = migrate::plan(old(strategyOf(7)), nullptr, rules, Target::Automatic, {});
    QCOMPARE(spoken.settings->protocol, Protocol::Sstp);

    policy::Policy policy;
    policy.replacements["vpn.example.com"] = {"new.example.com", Protocol::Ikev2};
    policy.caPem = "PEM";
    policy.minimumGrade = legacy::Grade::Weak;
    const auto read = migrate::rulesFor(policy, old(strategyOf(1)));
    QCOMPARE(read.replacement, std::string("new.example.com"));
    QCOMPARE(read.replacementProtocol, Protocol::Ikev2);
    QCOMPARE(read.caPem, std::string("PEM")); // the replacement is the organisation's
    QVERIFY(read.minimumGrade == legacy::Grade::Weak);
    policy.problems.push_back({"tern.policy.unusable", {}, {}});
    QVERIFY(migrate::rulesFor(policy, old(strategyOf(1))).replacement.empty());
}

void TestPlan::sharedKeysOfL2tpGoNowhere() {
    for (const auto& probed : {both(), onlyIkev2(), onlySstp()}) {
        auto before = old(strategyOf(3));
        before.authentication.allowed = {Method::Mschapv2, Method::Psk};
        auto plan = migrate::plan(before, &probed, {}, Target::Automatic, {});
        QVERIFY(has(plan.dropped, "tern.migrate.drop.shared-key"));
        QVERIFY(plan.settings->authentication.method != Method::Psk);
        QVERIFY(std::ranges::find(plan.settings->authentication.allowed, Method::Psk) ==
                plan.settings->authentication.allowed.end());
        QVERIFY(migrate::secretComesAlong(before, *plan.settings)); // the password
        before.authentication.method = Method::Psk;
        QVERIFY(!migrate::secretComesAlong(before, *plan.settings));
        auto keyed = *plan.settings;
        keyed.authentication.method = Method::Psk;
        QVERIFY(!migrate::secretComesAlong(before, keyed));
        plan = migrate::plan(before, &probed, {}, Target::Ikev2, {});
        if (plan.settings) {
            QVERIFY(plan.settings->authentication.method != Method::Psk);
        }
    }
}

void TestPlan::newSharedKeyMeansIkev2() {
    const auto probed = both();
    migrate::Answers answers;
    answers.sharedKey = true;
    auto before = old(strategyOf(3));
    before.authentication.allowed = {Method::Psk};
    const auto plan = migrate::plan(before, &probed, {}, Target::Automatic, answers);
    QCOMPARE(plan.settings->protocol, Protocol::Ikev2);
    QCOMPARE(plan.settings->authentication.method, Method::Psk);
    QVERIFY(has(plan.kept, "tern.migrate.keep.new-shared-key"));
    QVERIFY(has(plan.dropped, "tern.migrate.drop.shared-key"));
    QCOMPARE(plan.gradeAfter, std::string("weak"));
}

void TestPlan::signIns_data() {
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<bool>("asksCertificate");
    for (const char* ppp : {"mschapv2", "mschap", "chap", "spap", "pap", "unknown"}) {
        QTest::addRow("%s", ppp) << QString::fromLatin1(ppp) << QStringLiteral("eap-mschapv2") << false;
    }
    for (const char* same : {"eap-mschapv2", "peap", "ttls", "eap-gtc"}) {
        QTest::addRow("%s", same) << QString::fromLatin1(same) << QString::fromLatin1(same) << false;
    }
    QTest::addRow("eap-tls") << QStringLiteral("eap-tls") << QStringLiteral("eap-tls") << true;
    QTest::addRow("L2TP by certificate") << QStringLiteral("machine-certificate") << QStringLiteral("eap-mschapv2")
                                         << false;
}

void TestPlan::signIns() {
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(bool, asksCertificate);
    auto profile = old(strategyOf(3));
    profile.authentication.method = *profile::methodFromName(before.toStdString());
    profile.authentication.allowed = {Method::Pap, Method::Chap, profile.authentication.method};
    const auto probed = both();
    auto plan = migrate::plan(profile, &probed, {}, Target::Automatic, {});
    QCOMPARE(profile::methodName(plan.settings->authentication.method), std::string_view(after.toStdString()));
    QVERIFY(has(plan.dropped, "tern.migrate.drop.old-sign-in"));
    for (const auto weak : {Method::Pap, Method::Spap, Method::Chap, Method::Mschap}) {
        QVERIFY(std::ranges::find(plan.settings->authentication.allowed, weak) ==
                plan.settings->authentication.allowed.end());
    }
    const auto* asked = question(plan, Answer::Certificate);
    QCOMPARE(asked != nullptr && asked->required, asksCertificate);
    if (asksCertificate) {
        QCOMPARE(plan.verdict, Verdict::Questions);
        migrate::Answers answers;
        answers.certificate = "/home/anna/vpn.p12";
        plan = migrate::plan(profile, &probed, {}, Target::Automatic, answers);
        QCOMPARE(plan.verdict, Verdict::Ready);
        QCOMPARE(plan.settings->authentication.certificate.source, answers.certificate);
    }
}

void TestPlan::everythingElseComesAlong() {
    auto before = old(strategyOf(1));
    before.folder = "Customers";
    before.port = 1723;
    before.encryption = profile::Encryption::Optional;
    before.authentication.domain = "CORP";
    before.authentication.rememberPassword = true;
    before.routing.fullTunnelIpv4 = before.routing.fullTunnelIpv6 = false;
    before.routing.routes = {{*base::IpPrefix::fromText("10.20.0.0/16"), 5}};
    before.routing.excluded = {*base::IpPrefix::fromText("10.20.9.0/24")};
    before.routing.classRoute = false;
    before.dns.servers = {*base::IpAddress::fromText("10.20.0.53")};
    before.dns.suffix = "corp.example";
    before.dns.domains = {"lab.example"};
    before.addresses.ipv4 = base::IpAddress::fromText("10.20.3.4");
    before.alwaysOn.enabled = true;
    before.redial.attempts = 3;
    before.trust.nameCheckDisabled = true;
    before.trust.eapServerValidated = false;
    const auto probed = both();
    const auto plan = migrate::plan(before, &probed, {}, Target::Automatic, {});
    const auto& after = *plan.settings;
    QCOMPARE(after.folder, before.folder);
    QVERIFY(after.routing == before.routing);
    QVERIFY(after.dns == before.dns);
    QVERIFY(after.addresses == before.addresses);
    QVERIFY(after.alwaysOn == before.alwaysOn);
    QVERIFY(after.redial == before.redial);
    QCOMPARE(after.authentication.login(), std::string("CORP\\anna"));
    QVERIFY(after.authentication.rememberPassword);
    QCOMPARE(after.port, std::uint16_t{0});
    QCOMPARE(after.encryption, profile::Encryption::Unset);
    QVERIFY(!after.trust.nameCheckDisabled);
    QVERIFY(!after.trust.eapServerValidated);
    for (const char* code : {"server", "username", "password", "split-tunnel", "routes", "excluded", "dns", "domains",
                             "address", "always-on"}) {
        QVERIFY2(has(plan.kept, std::string("tern.migrate.keep.") + code), code);
    }
    for (const char* code : {"protocol", "port", "ppp-encryption", "no-check"}) {
        QVERIFY2(has(plan.dropped, std::string("tern.migrate.drop.") + code), code);
    }
    QCOMPARE(question(plan, Answer::Username)->words.code, std::string("tern.migrate.ask.name-whole"));

    migrate::Answers answers;
    answers.username = "anna@corp.example";
    const auto renamed = migrate::plan(before, &probed, {}, Target::Automatic, answers);
    QCOMPARE(renamed.settings->authentication.login(), std::string("anna@corp.example"));

    auto elsewhere = probed;
    elsewhere.sstpPort = 8443;
    QCOMPARE(migrate::plan(before, &elsewhere, {}, Target::Sstp, {}).settings->port, std::uint16_t{8443});
    QCOMPARE(migrate::plan(before, &elsewhere, {}, Target::Ikev2, {}).settings->port, std::uint16_t{0});
}

void TestPlan::ipsecPolicies_data() {
    QTest::addColumn<QString>("cipher");
    QTest::addColumn<QString>("group");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("line");
    QTest::addRow("strong, IKEv2") << QStringLiteral("AES256") << QStringLiteral("group14") << QStringLiteral("ikev2")
                                   << QStringLiteral("tern.migrate.keep.ipsec-policy");
    QTest::addRow("weak, IKEv2") << QStringLiteral("3DES") << QStringLiteral("group2") << QStringLiteral("ikev2")
                                 << QStringLiteral("tern.migrate.drop.weak-policy");
    QTest::addRow("strong, SSTP") << QStringLiteral("AES256") << QStringLiteral("group14") << QStringLiteral("sstp")
                                  << QStringLiteral("tern.migrate.drop.ipsec-policy");
}

void TestPlan::ipsecPolicies() {
    QFETCH(QString, cipher);
    QFETCH(QString, group);
    QFETCH(QString, target);
    QFETCH(QString, line);
    auto before = old(strategyOf(3));
    before.ike.policy =
        profile::IkePolicy{"SHA256", cipher.toStdString(), group.toStdString(), "AES256", "SHA256", "none"};
    before.ike.legacyAlgorithms = true;
    const auto probed = both();
    const auto plan = migrate::plan(before, &probed, {}, *migrate::targetFromName(target.toStdString()), {});
    QVERIFY(has(plan.kept, line.toStdString()) || has(plan.dropped, line.toStdString()));
    QCOMPARE(plan.settings->ike.policy.has_value(), line.contains(u"keep"));
    QVERIFY(!plan.settings->ike.legacyAlgorithms);
    QCOMPARE(plan.gradeAfter, std::string("good"));
}

void TestPlan::privateAuthority() {
    for (const char* problem : {"tern.crypto.cert.untrusted", "tern.crypto.cert.self-signed"}) {
        const auto probed = badCertificate(problem);
        auto plan = migrate::plan(old(strategyOf(1)), &probed, {}, Target::Automatic, {});
        QCOMPARE(plan.verdict, Verdict::Questions);
        QCOMPARE(plan.settings->protocol, Protocol::Sstp);
        QVERIFY(question(plan, Answer::Authority)->required);
        migrate::Answers answers;
        answers.caPem = "PEM";
        plan = migrate::plan(old(strategyOf(1)), &probed, {}, Target::Automatic, answers);
        QCOMPARE(plan.verdict, Verdict::Ready);
        QCOMPARE(plan.settings->trust.caPem, std::string("PEM"));
        answers = {};
        answers.pins = {"sha256:00"};
        plan = migrate::plan(old(strategyOf(1)), &probed, {}, Target::Automatic, answers);
        QCOMPARE(plan.verdict, Verdict::Ready);
    }
    // Another authority does not help a certificate for another name.
    auto probed = badCertificate("tern.crypto.cert.name");
    probed.sstpFacts.certificateProblems.push_back({"tern.crypto.cert.untrusted", {}, {}});
    QCOMPARE(migrate::plan(old(strategyOf(1)), &probed, {}, Target::Automatic, {}).verdict, Verdict::NotReady);
}

void TestPlan::weakNeedsConsent() {
    const auto probed = onlyWeak();
    auto plan = migrate::plan(old(strategyOf(1)), &probed, {}, Target::Automatic, {});
    QVERIFY(question(plan, Answer::AllowWeak)->required);
    QVERIFY(!plan.settings->ike.legacyAlgorithms);
    migrate::Answers answers;
    answers.allowWeak = true;
    plan = migrate::plan(old(strategyOf(1)), &probed, {}, Target::Automatic, answers);
    QCOMPARE(plan.verdict, Verdict::Ready);
    QVERIFY(plan.settings->ike.legacyAlgorithms);
    QCOMPARE(plan.gradeAfter, std::string("weak"));
    // Consent that is not needed is not used.
    const auto strong = onlyIkev2();
    plan = migrate::plan(old(strategyOf(1)), &strong, {}, Target::Automatic, answers);
    QVERIFY(!plan.settings->ike.legacyAlgorithms);
}

void TestPlan::proxyMeansSstp() {
    auto before = old(strategyOf(2));
    before.sstp.proxy = "http://proxy.example:3128";
    auto probed = both();
    auto plan = migrate::plan(before, &probed, {}, Target::Automatic, {});
    QCOMPARE(plan.settings->protocol, Protocol::Sstp);
    QCOMPARE(plan.settings->sstp.proxy, before.sstp.proxy);
    QVERIFY(has(plan.kept, "tern.migrate.keep.proxy"));
    probed = onlyIkev2();
    plan = migrate::plan(before, &probed, {}, Target::Automatic, {});
    QCOMPARE(plan.settings->protocol, Protocol::Ikev2);
    QVERIFY(has(plan.dropped, "tern.migrate.drop.proxy"));
}

void TestPlan::anotherServer() {
    auto before = old(strategyOf(1));
    before.servers = {};
    auto plan = migrate::plan(before, nullptr, {}, Target::Automatic, {});
    QCOMPARE(plan.verdict, Verdict::Questions);
    QVERIFY(question(plan, Answer::Server)->required);
    QVERIFY(!plan.settings);
    migrate::Answers answers;
    answers.server = "new.example.com";
    plan = migrate::plan(before, nullptr, {}, Target::Automatic, answers);
    QCOMPARE(plan.verdict, Verdict::Ready);
    QCOMPARE(plan.settings->server(), std::string("new.example.com"));

    auto named = old(strategyOf(1));
    named.servers = {"a.example.com", "b.example.com"};
    named.trust.serverName = "a.example.com";
    plan = migrate::plan(named, nullptr, {}, Target::Automatic, {});
    QCOMPARE(plan.settings->servers, named.servers);
    plan = migrate::plan(named, nullptr, {}, Target::Automatic, answers);
    QCOMPARE(plan.settings->servers, std::vector<std::string>{"new.example.com"});
    QVERIFY(plan.settings->trust.serverName.empty());
}

void TestPlan::everyLineHasWords() {
    for (const int strategy : {0, 1, 3, 12}) {
        for (const auto& probed : {both(), onlyIkev2(), onlySstp(), onlyWeak(), onlyPptp(), nothing()}) {
            auto before = old(strategyOf(strategy));
            before.authentication.allowed = {Method::Psk, Method::Pap};
            before.port = 1701;
            const auto plan = migrate::plan(before, &probed, {}, Target::Automatic, {});
            std::vector<base::Error> lines = plan.kept;
            lines.insert(lines.end(), plan.dropped.begin(), plan.dropped.end());
            lines.push_back(plan.reason);
            for (const auto& each : plan.questions) {
                lines.push_back(each.words);
            }
            for (const auto& line : lines) {
                const auto words = base::describe(line);
                QVERIFY2(!words.sentence.contains(QStringLiteral("Something went wrong")), line.code.c_str());
                QVERIFY2(!words.sentence.contains(u'%') && !words.sentence.isEmpty(), line.code.c_str());
            }
        }
    }
}

QTEST_APPLESS_MAIN(TestPlan)
#include "tst_plan.moc"
