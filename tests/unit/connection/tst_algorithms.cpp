#include "core/connection/algorithms.h"
#include "core/crypto/cipher.h"
#include "core/ike/proposal.h"

#include <QTest>

using namespace tern;
using connection::algorithmsFor;

class TestAlgorithms : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutPolicy();
    void policies_data();
    void policies();
    void weakPolicyWaitsForTheOptIn();
    void unknownPartsLeaveTerns_data();
    void unknownPartsLeaveTerns();
    void processorsWithAesInstructions();
};

void TestAlgorithms::withoutPolicy() {
    profile::Ike settings;
    QVERIFY(!algorithmsFor(settings, true).legacy);
    QVERIFY(!algorithmsFor(settings, true).chachaFirst);
    QVERIFY(algorithmsFor(settings, false).chachaFirst);
    QVERIFY(algorithmsFor(settings, true).ike.empty());
    QVERIFY(algorithmsFor(settings, true).esp.empty());
    settings.legacyAlgorithms = true;
    QVERIFY(algorithmsFor(settings, true).legacy);
}

void TestAlgorithms::policies_data() {
    QTest::addColumn<QByteArray>("policy"); // integrity, cipher, group, ESP cipher, ESP integrity, PFS
    QTest::addColumn<QString>("ike");
    QTest::addColumn<QString>("esp");
    const auto row = [](const char* name, const char* policy, const char* ike, const char* esp) {
        QTest::newRow(name) << QByteArray(policy) << QString::fromLatin1(ike) << QString::fromLatin1(esp);
    };
    row("AES with SHA-256", "SHA256 AES256 group14 AES256 SHA256 none",
        "AES-256-CBC / HMAC-SHA2-256 / PRF-HMAC-SHA2-256 / MODP-2048", "AES-256-CBC / HMAC-SHA2-256");
    row("GCM everywhere, PFS of its own", "SHA384 AES-GCM-256 ECP384 AES-GCM-256 AES-GCM-256 ECP384",
        "AES-256-GCM / PRF-HMAC-SHA2-384 / ECP-384", "AES-256-GCM / ECP-384");
    row("PFS as IKE", "SHA256 AES128 ECP256 AES-GCM-192 AES-GCM-192 as-ike",
        "AES-128-CBC / HMAC-SHA2-256 / PRF-HMAC-SHA2-256 / ECP-256", "AES-192-GCM / ECP-256");
    row("as Windows Server comes", "SHA1 3DES group2 3DES SHA1 none",
        "3DES-CBC / HMAC-SHA1 / PRF-HMAC-SHA1 / MODP-1024", "3DES-CBC / HMAC-SHA1");
}

namespace {

profile::IkePolicy policyOf(const QByteArray& names) {
    const auto name = [&](int index) { return names.split(' ').at(index).toStdString(); };
    return {name(0), name(1), name(2), name(3), name(4), name(5)};
}

QString text(const ike::WantedSuite& suite, bool esp) {
    const ike::ChosenSuite chosen{suite.encryption, suite.keyBits, suite.prf, suite.integrity, suite.group, false};
    return QString::fromStdString(esp ? ike::espSuiteText(chosen) : ike::ikeSuiteText(chosen));
}

} // namespace

void TestAlgorithms::policies() {
    QFETCH(QByteArray, policy);
    QFETCH(QString, ike);
    QFETCH(QString, esp);
    profile::Ike settings;
    settings.policy = policyOf(policy);
    const auto algorithms = algorithmsFor(settings, true);
    QCOMPARE(algorithms.ike.size(), std::size_t{1});
    QCOMPARE(algorithms.esp.size(), std::size_t{1});
    QCOMPARE(text(algorithms.ike.front(), false), ike);
    QCOMPARE(text(algorithms.esp.front(), true), esp);
}

void TestAlgorithms::weakPolicyWaitsForTheOptIn() {
    profile::Ike settings;
    settings.policy = profile::IkePolicy{"SHA1", "AES256", "group2", "AES256", "SHA1", "none"};
    QCOMPARE(ike::ikeProposals(algorithmsFor(settings, true)), ike::ikeProposals());
    settings.legacyAlgorithms = true;
    const auto proposals = ike::ikeProposals(algorithmsFor(settings, true));
    QCOMPARE(ike::groupsOf(proposals).front(), ike::GroupId::Modp1024);
}

void TestAlgorithms::unknownPartsLeaveTerns_data() {
    QTest::addColumn<QByteArray>("policy");
    QTest::newRow("DES and MD5") << QByteArray("MD5 DES group1 DES MD5 group1");
    QTest::newRow("no group") << QByteArray("SHA256 AES256 none none SHA256 none");
    QTest::newRow("group 24") << QByteArray("SHA256 AES256 group24 AES256 SHA256 group24");
    QTest::newRow("GMAC beside CBC") << QByteArray("SHA256 AES512 group14 AES256 AES-GCM-256 none");
    QTest::newRow("empty") << QByteArray("     ");
}

void TestAlgorithms::unknownPartsLeaveTerns() {
    QFETCH(QByteArray, policy);
    profile::Ike settings;
    settings.legacyAlgorithms = true;
    settings.policy = policyOf(policy);
    QVERIFY(algorithmsFor(settings, true).ike.empty());
    QVERIFY(algorithmsFor(settings, true).esp.empty());
}

void TestAlgorithms::processorsWithAesInstructions() {
    using crypto::hasAesInstructions;
    QVERIFY(hasAesInstructions("OPENSSL_ia32cap=0xfffa32034f8bffff:0x1a415f46f1bf2ffb"));
    QVERIFY(hasAesInstructions("OPENSSL_ia32cap=0x0200000000000000:0x0 env:~0x0"));
    QVERIFY(!hasAesInstructions("OPENSSL_ia32cap=0xfdfa32034f8bffff:0x1a415f46f1bf2ffb"));
    QVERIFY(hasAesInstructions("OPENSSL_armcap=0x7d"));
    QVERIFY(!hasAesInstructions("OPENSSL_armcap=0x1"));
    QVERIFY(!hasAesInstructions("OPENSSL_ia32cap=nonsense"));
    QVERIFY(!hasAesInstructions("N/A"));
    QVERIFY(!hasAesInstructions(""));
}

QTEST_APPLESS_MAIN(TestAlgorithms)
#include "tst_algorithms.moc"
