#include "core/base/catalogue.h"
#include "core/legacy/assess.h"

#include <QTest>

using namespace tern;
using base::Severity;
using profile::Encryption;
using profile::Method;
using profile::Profile;
using profile::Protocol;

namespace {

Profile make(Protocol protocol, Method method = Method::EapMschapv2) {
    Profile p;
    p.name = "x";
    p.servers = {"vpn.example.com"};
    p.protocol = protocol;
    p.authentication.method = method;
    return p;
}

} // namespace

class TestAssess : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void modernConnectionsAreGood();
    void refusals();
    void agreedAlgorithms();
    void gradesAreTheWorst();
};

void TestAssess::modernConnectionsAreGood() {
    for (const auto& p : {make(Protocol::Ikev2), make(Protocol::Sstp, Method::Mschapv2), make(Protocol::Automatic)}) {
        QVERIFY(legacy::assess(p).empty());
        QCOMPARE(legacy::grade(legacy::assess(p)), std::string_view("good"));
        QVERIFY(!legacy::refusal(p));
    }
}

void TestAssess::refusals() {
    QCOMPARE(legacy::refusal(make(Protocol::Pptp))->code, std::string("tern.legacy.pptp"));
    QCOMPARE(legacy::refusal(make(Protocol::L2tp))->code, std::string("tern.legacy.l2tp"));
    Profile plugin = make(Protocol::Unsupported);
    plugin.plugin = "Some.Plugin_1";
    QCOMPARE(legacy::refusal(plugin)->code, std::string("tern.legacy.plugin"));
    QVERIFY(base::describe(*legacy::refusal(plugin)).sentence.contains(QStringLiteral("Some.Plugin_1")));
    // Nothing is known of it, and that is no praise.
    QCOMPARE(legacy::grade(legacy::assess(plugin)), std::string_view("not-judged"));
    QCOMPARE(legacy::explain(legacy::assess(plugin)).next, legacy::Grade::Good);
    // Nor does Tern connect by IKEv1; but that is old itself, whatever is set in it.
    plugin.plugin = "IPsec (IKEv1)";
    QCOMPARE(legacy::grade(legacy::assess(plugin)), std::string_view("retired"));
    QCOMPARE(legacy::assess(plugin).front().code, std::string("tern.legacy.ikev1"));
    QCOMPARE(legacy::explain(legacy::assess(plugin)).next, legacy::Grade::Good);
    QCOMPARE(legacy::refusal(plugin)->code, std::string("tern.legacy.plugin"));
    // What Windows would try does not matter to what Tern does.
    Profile automatic = make(Protocol::Automatic);
    automatic.originTries = {Protocol::Pptp, Protocol::Sstp};
    QVERIFY(!legacy::refusal(automatic));
}

void TestAssess::agreedAlgorithms() {
    QVERIFY(!legacy::assessAgreed({}));
    const auto finding = legacy::assessAgreed("3DES, SHA-1");
    QVERIFY(finding.has_value());
    QCOMPARE(finding->code, std::string("tern.legacy.weak-in-use"));
    QCOMPARE(finding->severity, Severity::Weak);
    QCOMPARE(finding->args, std::vector<std::string>{"3DES, SHA-1"});
}

void TestAssess::gradesAreTheWorst() {
    using base::Finding;
    const std::vector<Finding> all{{"a", Severity::Note, {}},    {"n", Severity::NotJudged, {}},
                                   {"b", Severity::Weak, {}},    {"c", Severity::CanFallBack, {}},
                                   {"d", Severity::Retired, {}}, {"e", Severity::Broken, {}}};
    const std::vector<std::string_view> grades{"good", "not-judged", "weak", "can-fall-back", "retired", "broken"};
    for (std::size_t i = 0; i < all.size(); ++i) {
        QCOMPARE(legacy::grade(std::span(all).first(i + 1)), grades.at(i));
    }
    QCOMPARE(legacy::grade({}), std::string_view("good"));
    Profile p = make(Protocol::Pptp);
    p.encryption = Encryption::Optional;
    QVERIFY(std::ranges::is_sorted(legacy::assess(p), {}, &Finding::severity));
}

QTEST_APPLESS_MAIN(TestAssess)
#include "tst_assess.moc"
