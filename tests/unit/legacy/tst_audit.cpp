#include "core/legacy/audit.h"

#include <QFile>
#include <QTest>

using namespace tern;

class TestAudit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void officeFile();
    void foreignFile();
};

void TestAudit::officeFile() {
    QFile file(QStringLiteral(TERN_SOURCE_DIR "/tests/data/office.pbk"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    const auto audit = legacy::auditFile(
        {reinterpret_cast<const std::uint8_t*>(bytes.constData()), static_cast<std::size_t>(bytes.size())},
        "office.pbk");
    QVERIFY(audit.has_value());
    QCOMPARE(audit->connections.size(), std::size_t{9});
    QCOMPARE(audit->worstGrade(), std::string_view("broken"));
    QCOMPARE(audit->grades.at("broken"), std::size_t{2}); // PPTP, L2TP with a shared key
    QCOMPARE(audit->grades.at("retired"), std::size_t{1});
    QCOMPARE(audit->grades.at("can-fall-back"), std::size_t{1});
    QCOMPARE(audit->grades.at("weak"), std::size_t{0});
    QCOMPARE(audit->grades.at("good"), std::size_t{5});
    QCOMPARE(audit->problems.size(), std::size_t{1});
    QCOMPARE(audit->connections.front().profile.name, std::string("Old office VPN"));
    QCOMPARE(audit->connections.back().grade, std::string("good"));
}

void TestAudit::foreignFile() {
    const auto audit = legacy::auditFile({}, "x");
    QVERIFY(!audit.has_value());
    QCOMPARE(audit.error().code, std::string("tern.formats.empty"));
}

QTEST_APPLESS_MAIN(TestAudit)
#include "tst_audit.moc"
