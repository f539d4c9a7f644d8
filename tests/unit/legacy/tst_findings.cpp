// Every rule by the phonebook entry, or the profile, that it is for.
#include "core/base/catalogue.h"
#include "core/formats/import.h"
#include "core/legacy/assess.h"
#include "core/legacy/audit.h"
#include "core/legacy/facts.h"
#include "tests/unit/crypto/authority.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace tern;
using profile::Method;
using profile::Profile;
using profile::Protocol;

namespace {

// An entry as Windows 10 writes it, with what matters in place.
Profile fromEntry(const QByteArray& keys) {
    const QByteArray text = "[Office]\r\nEncoding=1\r\nPBVersion=8\r\nType=2\r\n" + keys +
                            "NETCOMPONENTS=\r\nms_msclient=1\r\nms_server=0\r\n\r\nMEDIA=rastapi\r\nPort=VPN2-0\r\n"
                            "Device=WAN Miniport (IKEv2)\r\n\r\nDEVICE=vpn\r\nPhoneNumber=vpn.contoso.example\r\n"
                            "AreaCode=\r\nCountryCode=0\r\n";
    auto result = formats::importFile(
        {reinterpret_cast<const std::uint8_t*>(text.constData()), static_cast<std::size_t>(text.size())},
        "rasphone.pbk");
    return result->profiles.at(0);
}

QByteArray codesOf(const std::vector<base::Finding>& findings) {
    QByteArrayList codes;
    for (const auto& finding : findings) {
        codes << QByteArray::fromStdString(finding.code.substr(std::string_view("tern.legacy.").size()));
    }
    return codes.join(' ');
}

QByteArray gradeOf(const std::vector<base::Finding>& findings) {
    return QByteArray::fromStdString(std::string(legacy::grade(findings)));
}

Profile make(Protocol protocol, Method method = Method::EapMschapv2) {
    Profile p;
    p.servers = {"vpn.contoso.example"};
    p.protocol = protocol;
    p.authentication.method = method;
    return p;
}

QByteArray policyEntry(std::initializer_list<int> values) {
    QByteArray blob;
    for (const int value : values) {
        blob += QByteArray::number(value, 16).rightJustified(2, '0') + "000000";
    }
    return "VpnStrategy=7\r\nAuthRestrictions=128\r\nCustomAuthKey=26\r\nNumCustomPolicy=1\r\nCustomIPSecPolicies=" +
           blob + "\r\n";
}

constexpr std::int64_t today = test::now;
constexpr std::int64_t day = test::day;

} // namespace

class TestFindings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void phonebookEntries_data();
    void phonebookEntries();
    void profilesOfOtherOrigins();
    void certificates_data();
    void certificates();
    void certificateFacts();
    void sharedKeys();
    void sharedKeysInFiles();
    void severalAlgorithmsAreNamedOnce();
    void gradesAreExplained();
    void everyFindingHasWordsAndSource();
    void realPhonebooks_data();
    void realPhonebooks();
};

void TestFindings::phonebookEntries_data() {
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<QByteArray>("codes");
    QTest::addColumn<QByteArray>("grade");
    const auto row = [](const char* name, const QByteArray& keys, const char* codes, const char* grade) {
        QTest::newRow(name) << keys << QByteArray(codes) << QByteArray(grade);
    };
    const QByteArray eap = "AuthRestrictions=128\r\nCustomAuthKey=26\r\n";
    row("PPTP", "VpnStrategy=1\r\nDataEncryption=256\r\nAuthRestrictions=512\r\n", "pptp-password pptp-encryption pptp",
        "broken");
    row("PPTP by certificate", "VpnStrategy=1\r\nDataEncryption=256\r\nAuthRestrictions=128\r\nCustomAuthKey=13\r\n",
        "pptp-encryption pptp", "broken");
    row("PPTP without encryption", "VpnStrategy=1\r\nDataEncryption=0\r\nAuthRestrictions=512\r\n",
        "pptp-password no-encryption pptp", "broken");
    row("PPTP with optional encryption", "VpnStrategy=1\r\nDataEncryption=8\r\nAuthRestrictions=512\r\n",
        "pptp-password pptp-encryption pptp optional-encryption", "broken");
    row("PPTP with PAP", "VpnStrategy=1\r\nDataEncryption=8\r\nAuthRestrictions=8\r\n",
        "pptp-encryption pptp plain-password optional-encryption", "broken");
    row("L2TP by certificate", "VpnStrategy=3\r\nDataEncryption=256\r\nAuthRestrictions=512\r\nIpSecFlags=0\r\n",
        "l2tp", "retired");
    row("L2TP by a shared key", "VpnStrategy=3\r\nDataEncryption=256\r\nAuthRestrictions=512\r\nIpSecFlags=1\r\n",
        "l2tp-shared-key l2tp", "broken");
    row("L2TP without encryption", "VpnStrategy=3\r\nDataEncryption=0\r\nAuthRestrictions=512\r\nIpSecFlags=0\r\n",
        "no-encryption l2tp", "broken");
    row("SPAP", "VpnStrategy=5\r\nDataEncryption=256\r\nAuthRestrictions=528\r\n", "plain-password", "weak");
    row("CHAP", "VpnStrategy=5\r\nDataEncryption=256\r\nAuthRestrictions=544\r\n", "old-sign-in", "weak");
    row("MSCHAP", "VpnStrategy=5\r\nDataEncryption=256\r\nAuthRestrictions=576\r\n", "old-sign-in", "weak");
    row("everything", "VpnStrategy=5\r\nDataEncryption=256\r\nAuthRestrictions=632\r\n", "plain-password old-sign-in",
        "weak");
    // IKEv2 knows none of them, so an old flag that allows them means nothing.
    row("IKEv2 with PAP", "VpnStrategy=7\r\nDataEncryption=256\r\nAuthRestrictions=520\r\n", "", "good");
    row("SSTP", "VpnStrategy=5\r\nDataEncryption=256\r\nAuthRestrictions=512\r\n", "", "good");
    row("SSTP without PPP's own encryption", "VpnStrategy=5\r\nDataEncryption=0\r\nAuthRestrictions=512\r\n", "",
        "good");
    row("IKEv2", "VpnStrategy=7\r\nDataEncryption=256\r\n" + eap, "", "good");
    row("IKEv2, SSTP", "VpnStrategy=14\r\nDataEncryption=256\r\n" + eap, "", "good");
    row("IKEv2, SSTP with PAP", "VpnStrategy=14\r\nDataEncryption=256\r\nAuthRestrictions=520\r\n", "plain-password",
        "weak");
    for (const char* strategy : {"0", "2", "4", "6", "8"}) {
        row(strategy, QByteArray("VpnStrategy=") + strategy + "\r\nDataEncryption=256\r\n" + eap, "can-fall-back",
            "can-fall-back");
    }
    row("no strategy", "DataEncryption=256\r\n" + eap, "can-fall-back", "can-fall-back");
    row("no encryption wanted", "VpnStrategy=0\r\nDataEncryption=0\r\n" + eap, "can-fall-back no-encryption",
        "can-fall-back");
    row("PPTP, SSTP", "VpnStrategy=12\r\nDataEncryption=256\r\n" + eap, "retired-first", "retired");
    row("L2TP, SSTP", "VpnStrategy=13\r\nDataEncryption=256\r\n" + eap, "retired-first", "retired");
    row("GRE", "VpnStrategy=9\r\n", "plugin", "not-judged");
    row("a plug-in",
        "VpnStrategy=0\r\nThirdPartyProfileInfo=4D006900630072006F0073006F00660074002E0041007A007500720065005F0078\r\n",
        "plugin", "not-judged");
    row("name not checked", "VpnStrategy=7\r\nDisableIKENameEkuCheck=1\r\n" + eap, "name-not-checked", "weak");
    row("a shared key", "VpnStrategy=7\r\nAuthRestrictions=4096\r\n", "shared-key", "weak");
    row("hardened policy", policyEntry({2, 4, 3, 5, 2, 3}), "", "good");
    row("policy without PFS", policyEntry({2, 4, 3, 5, 2, 0}), "no-pfs", "good");
    row("3DES, SHA-1, MODP 1024", policyEntry({1, 1, 2, 2, 1, 2}), "weak-algorithms", "weak");
    row("MD5", policyEntry({0, 4, 3, 5, 2, 3}), "weak-algorithms", "weak");
    row("DES", policyEntry({2, 0, 3, 1, 2, 3}), "broken-algorithms", "broken");
    row("MODP 768", policyEntry({2, 4, 1, 5, 2, 3}), "broken-algorithms", "broken");
    row("group 24", policyEntry({2, 4, 6, 5, 2, 7}), "weak-algorithms", "weak");
    row("ESP without encryption", policyEntry({2, 4, 3, 0, 2, 3}), "no-encryption", "broken");
}

void TestFindings::phonebookEntries() {
    QFETCH(QByteArray, keys);
    QFETCH(QByteArray, codes);
    QFETCH(QByteArray, grade);
    const auto findings = legacy::assess(fromEntry(keys));
    QCOMPARE(codesOf(findings), codes);
    QCOMPARE(gradeOf(findings), grade);
}

// What a phonebook cannot say.
void TestFindings::profilesOfOtherOrigins() {
    auto p = make(Protocol::L2tp, Method::Mschapv2);
    p.l2tp.withoutIpsec = true;
    QCOMPARE(codesOf(legacy::assess(p)), QByteArray("l2tp-no-ipsec l2tp"));
    QCOMPARE(gradeOf(legacy::assess(p)), QByteArray("broken"));

    p = make(Protocol::Sstp, Method::Mschapv2);
    p.trust.certificateCheckDisabled = true;
    p.trust.nameCheckDisabled = true; // said by the other already
    QCOMPARE(codesOf(legacy::assess(p)), QByteArray("certificate-not-checked"));
    p.protocol = Protocol::Pptp; // has no certificate
    QVERIFY(!codesOf(legacy::assess(p)).contains("not-checked"));

    p = make(Protocol::Ikev2);
    p.trust.revocation = profile::Revocation::Off;
    QCOMPARE(codesOf(legacy::assess(p)), QByteArray("revocation-off"));

    p = make(Protocol::Ikev2, Method::Peap);
    p.trust.eapServerValidated = false;
    QCOMPARE(codesOf(legacy::assess(p)), QByteArray("server-not-checked"));
    p.authentication.method = Method::MachineCertificate; // no EAP, so nothing of it to check
    QCOMPARE(codesOf(legacy::assess(p)), QByteArray());

    p = make(Protocol::Ikev2);
    p.ike.legacyAlgorithms = true;
    QCOMPARE(codesOf(legacy::assess(p)), QByteArray("legacy-algorithms-allowed"));
    p = make(Protocol::Ikev2);
    p.ike.policy = profile::IkePolicy{"SHA256", "AES256", "group5", "AES256", "SHA256", "group14"};
    QCOMPARE(codesOf(legacy::assess(p)), QByteArray("weak-algorithms"));
}

void TestFindings::certificates_data() {
    QTest::addColumn<bool>("own");
    QTest::addColumn<qint64>("expires");
    QTest::addColumn<QByteArray>("codes");
    QTest::newRow("own, a year") << true << qint64{today + 365 * day} << QByteArray();
    QTest::newRow("own, 30 days") << true << qint64{today + 30 * day} << QByteArray();
    QTest::newRow("own, less than that") << true << qint64{today + 30 * day - 1} << QByteArray("certificate-expires");
    QTest::newRow("own, today") << true << qint64{today} << QByteArray("certificate-expires");
    QTest::newRow("own, over") << true << qint64{today - 1} << QByteArray("certificate-expired");
    QTest::newRow("authority, a year") << false << qint64{today + 365 * day} << QByteArray();
    QTest::newRow("authority, soon") << false << qint64{today + day} << QByteArray("authority-expires");
    QTest::newRow("authority, over") << false << qint64{today - day} << QByteArray("authority-expired");
}

void TestFindings::certificates() {
    QFETCH(bool, own);
    QFETCH(qint64, expires);
    QFETCH(QByteArray, codes);
    using Role = legacy::CertificateFact::Role;
    legacy::Facts facts;
    facts.certificates.push_back({own ? Role::Own : Role::Authority, "alice", std::chrono::seconds(expires)});
    QVERIFY(legacy::assess(make(Protocol::Ikev2), facts).empty()); // without a date nothing is judged
    facts.now = std::chrono::seconds(today);
    const auto findings = legacy::assess(make(Protocol::Ikev2), facts);
    QCOMPARE(codesOf(findings), codes);
    QCOMPARE(gradeOf(findings), QByteArray(codes.endsWith("expired") ? "weak" : "good"));
    if (!findings.empty()) {
        QCOMPARE(findings.front().args.front(), std::string("alice"));
        QVERIFY(QDate::fromString(QString::fromStdString(findings.front().args.at(1)), Qt::ISODate).isValid());
    }
    if (!own) {
        // The authority of before may run out beside the one that counts.
        facts.certificates.push_back({Role::Authority, "new", std::chrono::seconds(today + 3650 * day)});
        QVERIFY(legacy::assess(make(Protocol::Ikev2), facts).empty());
    }
}

void TestFindings::certificateFacts() {
    auto spec = test::authoritySpec("Contoso Root");
    spec.notAfter = today + 5 * day;
    const auto root = test::issue(spec);
    auto p = make(Protocol::Ikev2);
    QVERIFY(legacy::certificateFacts(p).empty());
    p.trust.caPem = root.pem();
    const std::vector<base::Bytes> mine{test::issue(test::CertificateSpec{}).der(), base::Bytes{1, 2, 3}};
    const auto facts = legacy::certificateFacts(p, mine);
    QCOMPARE(facts.size(), std::size_t{2});
    QCOMPARE(facts.at(0).role, legacy::CertificateFact::Role::Own);
    QCOMPARE(facts.at(0).name, std::string("server"));
    QCOMPARE(facts.at(1).name, std::string("Contoso Root"));
    QCOMPARE(facts.at(1).expires, std::chrono::seconds(today + 5 * day));
    p.trust.caPem = "no certificate";
    QVERIFY(legacy::certificateFacts(p).empty());
}

void TestFindings::sharedKeys() {
    auto p = make(Protocol::Ikev2, Method::Psk);
    QCOMPARE(codesOf(legacy::assess(p, {{}, {}, 19})), QByteArray("shared-key short-shared-key"));
    QCOMPARE(codesOf(legacy::assess(p, {{}, {}, 20})), QByteArray("shared-key"));
    p.authentication.sharedKeyShort = true; // seen before
    QCOMPARE(codesOf(legacy::assess(p)), QByteArray("shared-key short-shared-key"));
    QCOMPARE(codesOf(legacy::assess(p, {{}, {}, 20})), QByteArray("shared-key")); // what is seen now counts
    p = make(Protocol::L2tp, Method::Mschapv2);
    p.authentication.allowed = {Method::Psk};
    QCOMPARE(codesOf(legacy::assess(p, {{}, {}, 8})), QByteArray("l2tp-shared-key l2tp short-shared-key"));
    QCOMPARE(codesOf(legacy::assess(make(Protocol::Ikev2), {{}, {}, 8})), QByteArray()); // has none
}

// What an imported file holds is judged by its length alone.
void TestFindings::sharedKeysInFiles() {
    const auto audited = [](const QByteArray& vpn) {
        const QByteArray text = "[connection]\nid=Warehouse\ntype=vpn\n\n[vpn]\n"
                                "service-type=org.freedesktop.NetworkManager.l2tp\ngateway=192.0.2.3\nuser="
                                "alice\nrefuse-pap=yes\nrefuse-chap=yes\nrefuse-mschap=yes\n" +
                                vpn;
        const auto audit = legacy::auditFile(
            {reinterpret_cast<const std::uint8_t*>(text.constData()), static_cast<std::size_t>(text.size())}, "x");
        return audit ? codesOf(audit->connections.at(0).findings) : QByteArray("no file");
    };
    QCOMPARE(audited("ipsec-enabled=yes\nipsec-psk=short\n"), QByteArray("l2tp-shared-key l2tp short-shared-key"));
    QCOMPARE(audited("ipsec-enabled=yes\nipsec-psk=0123456789abcdefghij\n"), QByteArray("l2tp-shared-key l2tp"));
    QVERIFY(audited("ipsec-enabled=no\n").startsWith("l2tp-no-ipsec "));
}

void TestFindings::severalAlgorithmsAreNamedOnce() {
    const auto findings = legacy::assess(fromEntry(policyEntry({1, 1, 2, 2, 1, 2})));
    QCOMPARE(findings.front().args.front(), std::string("SHA1, 3DES, group2"));
    const auto tries = legacy::assess(fromEntry("VpnStrategy=4\r\n"));
    QCOMPARE(tries.front().args.front(), std::string("L2TP, PPTP"));
}

void TestFindings::gradesAreExplained() {
    const auto pptp = legacy::explain(legacy::assess(fromEntry("VpnStrategy=1\r\nDataEncryption=256\r\n")));
    QCOMPARE(pptp.grade, legacy::Grade::Broken);
    QCOMPARE(pptp.because, (std::vector<std::string>{"tern.legacy.pptp-password", "tern.legacy.pptp-encryption"}));
    QCOMPARE(pptp.next, legacy::Grade::Retired);
    const auto fallback = legacy::explain(legacy::assess(fromEntry("VpnStrategy=0\r\nAuthRestrictions=520\r\n")));
    QCOMPARE(fallback.grade, legacy::Grade::CanFallBack);
    QCOMPARE(fallback.because, std::vector<std::string>{"tern.legacy.can-fall-back"});
    QCOMPARE(fallback.next, legacy::Grade::Weak);
    const auto weak = legacy::explain(legacy::assess(fromEntry("VpnStrategy=5\r\nAuthRestrictions=520\r\n")));
    QCOMPARE(weak.next, legacy::Grade::Good);
    const auto good = legacy::explain(legacy::assess(fromEntry(policyEntry({2, 4, 3, 5, 2, 0}))));
    QCOMPARE(good.grade, legacy::Grade::Good);
    QVERIFY(good.because.empty());
    for (const auto grade : {legacy::Grade::Broken, legacy::Grade::Retired, legacy::Grade::CanFallBack,
                             legacy::Grade::Weak, legacy::Grade::NotJudged, legacy::Grade::Good}) {
        QCOMPARE(*legacy::gradeFromName(legacy::gradeName(grade)), grade);
    }
    QVERIFY(!legacy::gradeFromName("note"));
}

void TestFindings::everyFindingHasWordsAndSource() {
    std::size_t seen = 0;
    for (const auto rows : base::catalogue()) {
        for (const auto& row : rows) {
            const QByteArray code = row.code;
            if (!code.startsWith("tern.legacy.")) {
                continue;
            }
            ++seen;
            QVERIFY2(*row.sentence != 0 && *row.remedy != 0, row.code);
            // That a plug-in is needed is no judgement.
            QCOMPARE(*row.source == 0, code == "tern.legacy.plugin");
        }
    }
    QVERIFY(seen >= 27);
    QVERIFY(base::describe({"tern.legacy.pptp-password", {}, {}}).source.contains(QStringLiteral("DEF CON 20")));
}

void TestFindings::realPhonebooks_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("grades"); // broken, retired, can fall back, weak, good, left out
    QTest::newRow("ninety PPTP entries") << "ninety-pptp.pbk" << QByteArray("90 0 0 0 0 0");
    QTest::newRow("nine that leave the choice to Windows") << "nine-minimal.pbk" << QByteArray("0 0 9 0 0 0");
    QTest::newRow("a PPPoE line, no VPN") << "contradictory-pppoe.pbk" << QByteArray("0 0 0 0 0 1");
}

void TestFindings::realPhonebooks() {
    QFETCH(QString, file);
    QFETCH(QByteArray, grades);
    const auto shared = qEnvironmentVariable("TERN_SHARED", QStringLiteral(TERN_SOURCE_DIR "/../shared"));
    QFile opened(QDir(shared).filePath(QStringLiteral("samples/pbk/") + file));
    if (!opened.open(QFile::ReadOnly)) {
        QSKIP("no samples here");
    }
    const auto bytes = opened.readAll();
    const auto audit = legacy::auditFile(
        {reinterpret_cast<const std::uint8_t*>(bytes.constData()), static_cast<std::size_t>(bytes.size())},
        file.toStdString());
    if (!audit) { // nothing in it is a VPN
        QCOMPARE(grades, QByteArray("0 0 0 0 0 1"));
        return;
    }
    QByteArrayList counts;
    for (const char* grade : {"broken", "retired", "can-fall-back", "weak", "good"}) {
        counts << QByteArray::number(static_cast<qulonglong>(audit->grades.at(grade)));
    }
    const auto skipped = std::count_if(audit->problems.begin(), audit->problems.end(), [](const auto& problem) {
        return problem.severity == formats::ImportProblem::Severity::Skipped;
    });
    counts << QByteArray::number(static_cast<qlonglong>(skipped));
    QCOMPARE(counts.join(' '), grades);
}

QTEST_APPLESS_MAIN(TestFindings)
#include "tst_findings.moc"
