// Real phonebooks, where they are at hand: in $TERN_SHARED or ../shared beside the sources. Skipped elsewhere.
#include "core/formats/phonebook_document.h"
#include "core/formats/text.h"
#include "core/profile/store.h"
#include "tests/unit/formats/entries.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace tern;
using namespace tern::test;

namespace {

QString sampleDirectory() {
    const QString shared = qEnvironmentVariable("TERN_SHARED", QStringLiteral(TERN_SOURCE_DIR "/../shared"));
    return shared + QStringLiteral("/samples/pbk");
}

} // namespace

class TestSamples : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void importedWithoutLoss_data();
    void importedWithoutLoss();
};

void TestSamples::importedWithoutLoss_data() {
    QTest::addColumn<QString>("path");
    const QDir directory(sampleDirectory());
    for (const auto& name : directory.entryList({QStringLiteral("*.pbk")}, QDir::Files)) {
        QTest::newRow(qPrintable(name)) << directory.filePath(name);
    }
    if (directory.entryList({QStringLiteral("*.pbk")}, QDir::Files).isEmpty()) {
        QTest::newRow("none") << QString();
    }
}

void TestSamples::importedWithoutLoss() {
    QFETCH(QString, path);
    if (path.isEmpty()) {
        QSKIP("no samples here");
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const std::string bytes = file.readAll().toStdString();
    const auto result = import(bytes);
    QVERIFY(result.has_value());
    const auto headers = formats::splitSections(bytes, 100000).size();
    QCOMPARE(result->entries, headers);
    QCOMPARE(result->profiles.size() + result->skipped(), headers);

    // Through the files of the profiles and back: every byte of every imported entry is still there, in order.
    const QTemporaryDir dir;
    profile::ProfileStore store(dir.path().toStdString());
    QVERIFY(store.save(std::span(result->profiles)).has_value());
    auto loaded = profile::ProfileStore(dir.path().toStdString()).load();
    QVERIFY(loaded.has_value() && loaded->problems.empty());
    std::ranges::sort(loaded->profiles, {}, [](const auto& each) { return each.origin.entry; });
    QCOMPARE(loaded->profiles.size(), result->profiles.size());
    std::string together;
    for (const auto& each : loaded->profiles) {
        together += each.origin.original;
    }
    std::string expected;
    for (const auto& section : formats::splitSections(bytes, 100000)) {
        const bool imported =
            std::ranges::any_of(result->profiles, [&](const auto& each) { return each.origin.line == section.line; });
        expected += imported ? std::string(section.raw) : std::string();
    }
    QCOMPARE(together, expected);
    if (result->skipped() == 0) {
        QCOMPARE(bytes.substr(bytes.size() - together.size()), together);
        QCOMPARE(bytes.substr(0, bytes.size() - together.size()).find_first_not_of("\r\n"), std::string::npos);
    }
}

QTEST_APPLESS_MAIN(TestSamples)
#include "tst_samples.moc"
