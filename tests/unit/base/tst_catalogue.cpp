#include "core/base/catalogue.h"

#include <QTest>
#include <set>

using namespace tern::base;

class TestCatalogue : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void codesAreUniqueAndWellFormed();
    void everyRowHasSentenceAndRemedy();
    void unknownCodeNamesItself();
    void argumentsAreNotExpandedTwice();
};

void TestCatalogue::codesAreUniqueAndWellFormed() {
    std::set<std::string_view> seen;
    for (const auto rows : catalogue()) {
        for (const auto& row : rows) {
            QVERIFY2(std::string_view(row.code).starts_with("tern."), row.code);
            QVERIFY2(seen.insert(row.code).second, row.code);
        }
    }
}

void TestCatalogue::everyRowHasSentenceAndRemedy() {
    for (const auto rows : catalogue()) {
        for (const auto& row : rows) {
            QVERIFY2(*row.sentence != '\0' && *row.remedy != '\0', row.code);
        }
    }
}

void TestCatalogue::unknownCodeNamesItself() {
    QVERIFY(describe({"tern.no.such", {}, {}}).sentence.contains(QStringLiteral("tern.no.such")));
}

void TestCatalogue::argumentsAreNotExpandedTwice() {
    // An unknown code's sentence holds %1, which is filled with the code itself.
    const auto text = describe({"tern.x%2%1", {"a", "b"}, {}});
    QVERIFY(text.sentence.contains(QStringLiteral("tern.x%2%1")));
}

QTEST_APPLESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
