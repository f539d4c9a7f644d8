// The import against damaged files, hostile files and very large ones.
#include "core/formats/text.h"
#include "tests/unit/formats/entries.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <QUtf8StringView>
#include <random>

using namespace tern;
using namespace tern::test;

namespace {

std::string office() {
    QFile file(QStringLiteral(TERN_SOURCE_DIR "/tests/data/office.pbk"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

bool isUtf8(const std::string& text) {
    return QUtf8StringView(text.data(), static_cast<qsizetype>(text.size())).isValidUtf8();
}

// What must hold for whatever comes out of whatever file.
bool sound(const base::Result<formats::ImportResult>& result) {
    if (!result) {
        return !result.error().code.empty() && !result.error().args.empty();
    }
    for (const auto& each : result->profiles) {
        if (each.name.empty() || each.name.size() > 256 || !isUtf8(each.name) || !isUtf8(each.origin.original) ||
            (each.servers.empty() && each.plugin.empty()) || each.id.empty()) {
            return false;
        }
    }
    return std::ranges::all_of(result->problems, [](const auto& each) { return each.line > 0; }) &&
           result->profiles.size() + result->skipped() == result->entries;
}

void damage(std::string& text, std::mt19937& random) {
    const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
    static const std::vector<std::string> pieces{"[",
                                                 "]",
                                                 "=",
                                                 "\n",
                                                 "\r",
                                                 std::string(1, '\0'),
                                                 "DEVICE=",
                                                 "MEDIA=\n",
                                                 "[x]\n",
                                                 "\xFF",
                                                 "\xEF\xBB\xBF",
                                                 "CustomAuthData=31444243190000FF",
                                                 "999999999999999999999",
                                                 "-1",
                                                 std::string(200, 'A')};
    for (std::size_t count = 1 + below(8); count > 0; --count) {
        const auto at = below(text.size() + 1);
        switch (below(5)) {
        case 0:
            text.resize(at);
            break;
        case 1:
            if (at < text.size()) {
                text[at] = static_cast<char>(random());
            }
            break;
        case 2:
            text.insert(at, pieces[below(pieces.size())]);
            break;
        case 3:
            text.erase(at, below(300));
            break;
        default:
            text.insert(at, text.substr(below(text.size()), below(2000)));
            break;
        }
    }
}

} // namespace

class TestRobustness : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void damagedFiles();
    void randomOctets();
    void hostileFiles_data();
    void hostileFiles();
    void tenThousandEntries();
};

void TestRobustness::damagedFiles() {
    const std::string whole = office();
    QVERIFY(whole.size() > 10000);
    for (unsigned seed = 0; seed < 3000; ++seed) {
        std::mt19937 random(seed);
        std::string text = whole.substr(random() % 20000, 8000);
        if (seed % 4 == 3) {
            text = base::toText(*formats::encodeText(whole.substr(0, 9000), "utf-16le"));
        }
        damage(text, random);
        QVERIFY2(sound(import(text)), std::to_string(seed).c_str());
    }
}

void TestRobustness::randomOctets() {
    for (unsigned seed = 0; seed < 2000; ++seed) {
        std::mt19937 random(seed);
        std::string text(random() % 3000, '\0');
        std::ranges::generate(text, [&] { return static_cast<char>(random()); });
        QVERIFY2(sound(import(text)), std::to_string(seed).c_str());
    }
}

void TestRobustness::hostileFiles_data() {
    QTest::addColumn<QByteArray>("text");
    const QByteArray tail = "\nMEDIA=rastapi\nDEVICE=vpn\nPhoneNumber=a\n";
    QTest::newRow("ten megabytes of headers") << QByteArray("[a]\n").repeated(2500000);
    QTest::newRow("ten megabytes of brackets") << QByteArray(10000000, '[');
    QTest::newRow("ten megabytes on one line") << "[a]\nType=" + QByteArray(10000000, '1') + tail;
    QTest::newRow("ten megabytes of newlines") << "[a]" + QByteArray(10000000, '\n') + tail;
    QTest::newRow("one key a hundred thousand times")
        << "[a]\n" + QByteArray("CustomAuthData=31444243\n").repeated(40000) + tail;
    QTest::newRow("a hundred thousand devices")
        << "[a]\n" + QByteArray("DEVICE=vpn\n").repeated(90000) + "PhoneNumber=a\n";
    QTest::newRow("a hundred thousand servers")
        << "[a]\n" + QByteArray("ServerListServerName=a b c\n").repeated(35000) + tail;
    QTest::newRow("a server of blanks") << "[a]\nMEDIA=x\nDEVICE=vpn\nPhoneNumber=" + QByteArray("a ").repeated(30000) +
                                               "\n";
    QTest::newRow("two hundred thousand bad entries") << QByteArray("[a]\nType=1\nx\n").repeated(200000) + "[b]" + tail;
}

// Each within seconds, and within a minute under a sanitizer on a busy machine: nothing grows with the square of the
// size.
void TestRobustness::hostileFiles() {
    QFETCH(QByteArray, text);
    QElapsedTimer clock;
    clock.start();
    const auto result = import(text.toStdString());
    QVERIFY(sound(result) || (result && result->problems.size() >= formats::maximumProblems));
    QVERIFY2(clock.elapsed() < 60000, std::to_string(clock.elapsed()).c_str());
}

// 10,000 entries as Windows 11 writes them, about 33 MB. The bound is a multiple of merely reading the lines once, so
// that a slow or busy machine does not fail it.
void TestRobustness::tenThousandEntries() {
    const std::string whole = office();
    std::string text;
    while (text.size() < whole.size() * 1000) {
        text += whole;
    }
    QElapsedTimer clock;
    clock.start();
    std::size_t lines = 0;
    std::size_t letters = 0;
    for (std::size_t at = 0, end = 0; end != std::string::npos; at = end + 1) {
        end = text.find('\n', at);
        const std::string line = text.substr(at, end - at);
        letters += line.find('=') != std::string::npos ? line.size() : 0;
        ++lines;
    }
    const auto reading = std::max<qint64>(clock.nsecsElapsed(), 20'000'000);
    clock.restart();
    const auto result = import(text);
    const auto importing = clock.nsecsElapsed();
    QCOMPARE(result->entries, std::size_t{10000});
    QCOMPARE(result->profiles.size(), std::size_t{9000});
    qInfo("10,000 entries, %zu lines, %zu MB: imported in %lld ms (lines alone: %lld ms, %zu letters)", lines,
          text.size() / 1000000, static_cast<long long>(importing / 1000000), static_cast<long long>(reading / 1000000),
          letters);
    QVERIFY2(importing < reading * 40, "the import takes far longer than the size of the file explains");
}

QTEST_APPLESS_MAIN(TestRobustness)
#include "tst_robustness.moc"
