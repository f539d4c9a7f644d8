#include "core/legacy/assess.h"
#include "core/policy/decide.h"

#include <QTest>

using namespace tern;
using namespace std::chrono_literals;
using policy::Verdict;
using profile::Method;
using profile::Profile;
using profile::Protocol;

namespace {

constexpr policy::Day today = 2026y / 11 / 25;

Profile make(Protocol protocol) {
    Profile p;
    p.servers = {"vpn.example.com"};
    p.protocol = protocol;
    p.authentication.method = protocol == Protocol::L2tp ? Method::Mschapv2 : Method::EapMschapv2;
    if (protocol == Protocol::L2tp) {
        p.authentication.allowed = {Method::Psk};
    }
    return p;
}

policy::Policy flagged(policy::Day until) {
    policy::Policy p;
    p.l2tpUntil = until;
    return p;
}

policy::Decision decide(const Profile& profile, const policy::Policy& policy) {
    return policy::decide(profile, legacy::assess(profile), policy, today);
}

std::string code(const policy::Decision& decision) {
    return decision.refusal ? decision.refusal->code : std::string();
}

} // namespace

class TestDecide : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutAPolicy();
    void pptpWhateverThePolicySays();
    void l2tpUntilADay();
    void minimumGrade();
    void aPolicyWithAMistakeForbidsEverything();
};

void TestDecide::withoutAPolicy() {
    QCOMPARE(decide(make(Protocol::Ikev2), {}).verdict, Verdict::Allowed);
    QCOMPARE(decide(make(Protocol::Automatic), {}).verdict, Verdict::Allowed);
    QCOMPARE(code(decide(make(Protocol::Pptp), {})), std::string("tern.legacy.pptp"));
    QCOMPARE(code(decide(make(Protocol::L2tp), {})), std::string("tern.legacy.l2tp-shared-key"));
    QCOMPARE(code(decide(make(Protocol::Unsupported), {})), std::string("tern.legacy.plugin"));
}

void TestDecide::pptpWhateverThePolicySays() {
    const auto decision = decide(make(Protocol::Pptp), flagged(2030y / 1 / 1));
    QCOMPARE(decision.verdict, Verdict::Refused);
    QCOMPARE(code(decision), std::string("tern.legacy.pptp"));
}

void TestDecide::l2tpUntilADay() {
    const auto in36 = decide(make(Protocol::L2tp), flagged(2026y / 12 / 31));
    QCOMPARE(in36.verdict, Verdict::NeedsAcknowledgement);
    QCOMPARE(in36.daysLeft, 36);
    QVERIFY(!in36.refusal);
    const auto last = decide(make(Protocol::L2tp), flagged(today));
    QCOMPARE(last.verdict, Verdict::NeedsAcknowledgement);
    QCOMPARE(last.daysLeft, 0);
    const auto over = decide(make(Protocol::L2tp), flagged(today - std::chrono::days(1)));
    QCOMPARE(over.verdict, Verdict::Refused);
    QCOMPARE(code(over), std::string("tern.policy.l2tp-over"));
    QCOMPARE(over.refusal->args.front(), std::string("2026-11-24"));
    QCOMPARE(decide(make(Protocol::Ikev2), flagged(2026y / 12 / 31)).verdict, Verdict::Allowed);
}

void TestDecide::minimumGrade() {
    policy::Policy strict;
    strict.minimumGrade = legacy::Grade::Weak;
    auto automatic = make(Protocol::Automatic);
    QCOMPARE(decide(automatic, strict).verdict, Verdict::Allowed);
    automatic.originTries = {Protocol::Ikev2, Protocol::Sstp, Protocol::Pptp, Protocol::L2tp};
    QCOMPARE(code(decide(automatic, strict)), std::string("tern.policy.grade"));
    strict.minimumGrade = legacy::Grade::CanFallBack;
    QCOMPARE(decide(automatic, strict).verdict, Verdict::Allowed);
    // Permission for L2TP is about L2TP: what else is wrong with the connection still counts.
    strict.minimumGrade = legacy::Grade::Good;
    strict.l2tpUntil = 2026y / 12 / 31;
    auto l2tp = make(Protocol::L2tp);
    QCOMPARE(decide(l2tp, strict).verdict, Verdict::NeedsAcknowledgement);
    l2tp.authentication.allowed.push_back(Method::Pap);
    QCOMPARE(code(decide(l2tp, strict)), std::string("tern.policy.grade"));
    l2tp = make(Protocol::L2tp);
    l2tp.l2tp.withoutIpsec = true;
    QCOMPARE(code(decide(l2tp, strict)), std::string("tern.policy.grade"));
}

void TestDecide::aPolicyWithAMistakeForbidsEverything() {
    auto broken = flagged(2026y / 12 / 31);
    broken.problems.push_back({"tern.policy.syntax", {"/etc/tern/policy.d/10.toml", "3"}, {}});
    for (const auto protocol : {Protocol::Ikev2, Protocol::Sstp, Protocol::Automatic, Protocol::L2tp}) {
        const auto decision = decide(make(protocol), broken);
        QCOMPARE(decision.verdict, Verdict::Refused);
        QCOMPARE(code(decision), std::string("tern.policy.unusable"));
        QCOMPARE(decision.refusal->args.front(), std::string("/etc/tern/policy.d/10.toml"));
    }
}

QTEST_APPLESS_MAIN(TestDecide)
#include "tst_decide.moc"
