#include "core/base/catalogue.h"
#include "core/formats/import.h"
#include "core/legacy/assess.h"

#include <QFile>
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

bool has(const std::vector<base::Finding>& findings, std::string_view code) {
    return std::ranges::find(findings, code, &base::Finding::code) != findings.end();
}

} // namespace

class TestAssess : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void modernConnectionsAreGood();
    void retiredProtocols();
    void refusals();
    void strategies_data();
    void strategies();
    void signIn();
    void encryption();
    void trust();
    void policies();
    void agreedAlgorithms();
    void gradesAreTheWorst();
    void everyFindingHasASentence();
};

void TestAssess::modernConnectionsAreGood() {
    for (const auto& p : {make(Protocol::Ikev2), make(Protocol::Sstp, Method::Mschapv2), make(Protocol::Automatic)}) {
        QVERIFY(legacy::assess(p).empty());
        QCOMPARE(legacy::grade(legacy::assess(p)), std::string_view("good"));
        QVERIFY(!legacy::refusal(p));
    }
}

void TestAssess::retiredProtocols() {
    QVERIFY(has(legacy::assess(make(Protocol::Pptp)), "tern.legacy.pptp"));
    QCOMPARE(legacy::grade(legacy::assess(make(Protocol::Pptp))), std::string_view("broken"));
    QVERIFY(has(legacy::assess(make(Protocol::L2tp)), "tern.legacy.l2tp"));
    QCOMPARE(legacy::grade(legacy::assess(make(Protocol::L2tp))), std::string_view("retired"));
    Profile shared = make(Protocol::L2tp, Method::Mschapv2);
    shared.authentication.allowed = {Method::Psk};
    QVERIFY(has(legacy::assess(shared), "tern.legacy.l2tp-shared-key"));
    QCOMPARE(legacy::grade(legacy::assess(shared)), std::string_view("broken"));
}

void TestAssess::refusals() {
    QCOMPARE(legacy::refusal(make(Protocol::Pptp))->code, std::string("tern.legacy.pptp"));
    QCOMPARE(legacy::refusal(make(Protocol::L2tp))->code, std::string("tern.legacy.l2tp"));
    Profile plugin = make(Protocol::Unsupported);
    plugin.plugin = "Some.Plugin_1";
    QCOMPARE(legacy::refusal(plugin)->code, std::string("tern.legacy.plugin"));
    QVERIFY(base::describe(*legacy::refusal(plugin)).sentence.contains(QStringLiteral("Some.Plugin_1")));
    // What Windows would try does not matter to what Tern does.
    Profile automatic = make(Protocol::Automatic);
    automatic.originTries = {Protocol::Pptp, Protocol::Sstp};
    QVERIFY(!legacy::refusal(automatic));
}

void TestAssess::strategies_data() {
    QTest::addColumn<QByteArray>("strategy");
    QTest::addColumn<QByteArray>("grade");
    const auto row = [](const char* strategy, const char* grade) {
        QTest::newRow(strategy) << QByteArray(strategy) << QByteArray(grade);
    };
    for (const char* each : {"0", "2", "4", "6", "8"}) {
        row(each, "can-fall-back");
    }
    for (const char* each : {"5", "7", "14"}) {
        row(each, "good");
    }
    row("1", "broken");
    row("3", "retired");
    row("12", "retired");
    row("13", "retired");
}

void TestAssess::strategies() {
    QFETCH(QByteArray, strategy);
    QFETCH(QByteArray, grade);
    const std::string text =
        "[x]\nType=2\nVpnStrategy=" + strategy.toStdString() + "\nMEDIA=rastapi\nDEVICE=vpn\nPhoneNumber=a\n";
    const auto result = formats::importFile({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, "x.pbk");
    const auto findings = legacy::assess(result->profiles.at(0));
    QCOMPARE(QByteArray::fromStdString(std::string(legacy::grade(findings))), grade);
    QCOMPARE(has(findings, "tern.legacy.retired-first"), strategy == "12" || strategy == "13");
}

void TestAssess::signIn() {
    Profile p = make(Protocol::Sstp, Method::Mschapv2);
    p.authentication.allowed = {Method::Pap, Method::Chap};
    QVERIFY(has(legacy::assess(p), "tern.legacy.plain-password") && has(legacy::assess(p), "tern.legacy.old-sign-in"));
    QCOMPARE(legacy::grade(legacy::assess(p)), std::string_view("weak"));
    // IKEv2 knows none of them, so an old flag that allows them means nothing.
    p.protocol = Protocol::Ikev2;
    QVERIFY(legacy::assess(p).empty());
    p.originTries = {Protocol::Ikev2, Protocol::Sstp, Protocol::Pptp, Protocol::L2tp};
    p.protocol = Protocol::Automatic;
    QVERIFY(has(legacy::assess(p), "tern.legacy.plain-password"));
    QVERIFY(has(legacy::assess(make(Protocol::Ikev2, Method::Psk)), "tern.legacy.shared-key"));
}

void TestAssess::encryption() {
    Profile p = make(Protocol::Pptp);
    p.encryption = Encryption::None;
    QVERIFY(has(legacy::assess(p), "tern.legacy.no-encryption"));
    p.encryption = Encryption::Optional;
    QVERIFY(has(legacy::assess(p), "tern.legacy.optional-encryption"));
    p.encryption = Encryption::Required;
    QVERIFY(!has(legacy::assess(p), "tern.legacy.optional-encryption"));
    p.protocol = Protocol::Sstp; // TLS encrypts whatever PPP does
    p.encryption = Encryption::None;
    QVERIFY(legacy::assess(p).empty());
}

void TestAssess::trust() {
    Profile p = make(Protocol::Ikev2, Method::Peap);
    p.trust.eapServerValidated = true;
    QVERIFY(legacy::assess(p).empty());
    p.trust.eapServerValidated = false;
    p.trust.nameCheckDisabled = true;
    QVERIFY(has(legacy::assess(p), "tern.legacy.server-not-checked") &&
            has(legacy::assess(p), "tern.legacy.name-not-checked"));
    QCOMPARE(legacy::grade(legacy::assess(p)), std::string_view("weak"));
}

void TestAssess::policies() {
    Profile p = make(Protocol::Ikev2);
    p.ike.policy = profile::IkePolicy{"SHA256", "AES256", "group14", "AES256", "SHA256", "none"};
    QCOMPARE(legacy::grade(legacy::assess(p)), std::string_view("good"));
    p.ike.policy = profile::IkePolicy{"SHA1", "3DES", "group2", "3DES", "SHA1", "none"};
    const auto findings = legacy::assess(p);
    QCOMPARE(findings.size(), std::size_t{2});
    QCOMPARE(findings.at(1).code, std::string("tern.legacy.no-pfs"));
    QCOMPARE(findings.at(0).args.at(0), std::string("SHA1, 3DES, group2"));
    p.ike.policy->espCipher = "none";
    QCOMPARE(legacy::grade(legacy::assess(p)), std::string_view("broken"));
    p.ike = {};
    p.ike.legacyAlgorithms = true;
    QVERIFY(has(legacy::assess(p), "tern.legacy.legacy-algorithms-allowed"));
    QCOMPARE(legacy::grade(legacy::assess(p)), std::string_view("weak"));
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
    const std::vector<Finding> all{{"a", Severity::Note, {}},
                                   {"b", Severity::Weak, {}},
                                   {"c", Severity::CanFallBack, {}},
                                   {"d", Severity::Retired, {}},
                                   {"e", Severity::Broken, {}}};
    const std::vector<std::string_view> grades{"good", "weak", "can-fall-back", "retired", "broken"};
    for (std::size_t i = 0; i < all.size(); ++i) {
        QCOMPARE(legacy::grade(std::span(all).first(i + 1)), grades.at(i));
    }
    QCOMPARE(legacy::grade({}), std::string_view("good"));
    Profile p = make(Protocol::Pptp);
    p.encryption = Encryption::Optional;
    QVERIFY(std::ranges::is_sorted(legacy::assess(p), {}, &Finding::severity));
}

void TestAssess::everyFindingHasASentence() {
    QFile file(QStringLiteral(TERN_SOURCE_DIR "/tests/data/office.pbk"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto bytes = file.readAll();
    const auto result = formats::importFile(
        {reinterpret_cast<const std::uint8_t*>(bytes.constData()), static_cast<std::size_t>(bytes.size())},
        "office.pbk");
    std::size_t seen = 0;
    for (const auto& each : result->profiles) {
        for (const auto& finding : legacy::assess(each)) {
            const auto text = base::describe({finding.code, finding.args, {}});
            QVERIFY2(!text.sentence.contains(QStringLiteral("Something went wrong")), finding.code.c_str());
            QVERIFY2(!text.remedy.isEmpty(), finding.code.c_str());
            ++seen;
        }
    }
    QVERIFY(seen >= 5);
}

QTEST_APPLESS_MAIN(TestAssess)
#include "tst_assess.moc"
