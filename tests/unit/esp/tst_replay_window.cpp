#include "core/esp/replay_window.h"

#include <QTest>
#include <random>
#include <set>

using namespace tern;
using esp::ReplayWindow;

class TestReplayWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void edges();
    void agreesWithTheModel_data();
    void agreesWithTheModel();
    void startsBehindAGivenNumber();
    void completesExtendedNumbers();
    void refusesWhatLiesBeforeTheFirst();
};

namespace {

// What the window ought to do, without any cleverness.
class Model {
public:
    [[nodiscard]] bool isFresh(std::uint64_t sequence) const {
        if (sequence == 0 || m_seen.contains(sequence)) {
            return false;
        }
        return sequence > m_highest || m_highest - sequence < ReplayWindow::size;
    }
    void record(std::uint64_t sequence) {
        m_seen.insert(sequence);
        m_highest = std::max(m_highest, sequence);
    }
    [[nodiscard]] std::uint64_t highest() const { return m_highest; }

private:
    std::set<std::uint64_t> m_seen;
    std::uint64_t m_highest = 0;
};

} // namespace

void TestReplayWindow::edges() {
    static_assert(ReplayWindow::size >= 4096);
    ReplayWindow window(false);
    QVERIFY(!window.isFresh(0));
    QVERIFY(window.isFresh(1));
    window.record(1);
    QVERIFY(!window.isFresh(1));
    const std::uint64_t top = ReplayWindow::size + 1;
    window.record(top);
    QVERIFY(!window.isFresh(1));
    QVERIFY(window.isFresh(2));
    window.record(top + 1);
    QVERIFY(!window.isFresh(2));
    QVERIFY(window.isFresh(3));
    window.record(UINT32_MAX);
    QVERIFY(!window.isFresh(UINT32_MAX));
    QVERIFY(!window.isFresh(top + 2));
}

void TestReplayWindow::agreesWithTheModel_data() {
    QTest::addColumn<quint64>("jump");
    QTest::newRow("reordering") << quint64{50};
    QTest::newRow("around the window") << quint64{ReplayWindow::size + 100};
    QTest::newRow("far jumps") << quint64{100'000};
}

void TestReplayWindow::agreesWithTheModel() {
    QFETCH(quint64, jump);
    for (unsigned seed = 1; seed <= 5; ++seed) {
        std::mt19937_64 random(seed);
        ReplayWindow window(true);
        Model model;
        for (int i = 0; i < 20'000; ++i) {
            const std::uint64_t back = random() % (jump + 1);
            const std::uint64_t at = model.highest() + random() % (jump / 8 + 2);
            const std::uint64_t sequence = at > back ? at - back : at;
            const bool fresh = window.isFresh(sequence);
            QVERIFY2(fresh == model.isFresh(sequence), qPrintable(QStringLiteral("seed %1 step %2").arg(seed).arg(i)));
            if (fresh) {
                window.record(sequence);
                model.record(sequence);
            }
            QCOMPARE(window.highest(), model.highest());
        }
    }
}

void TestReplayWindow::startsBehindAGivenNumber() {
    for (const std::uint64_t highest :
         {std::uint64_t{1}, std::uint64_t{63}, std::uint64_t{64}, std::uint64_t{100'000}}) {
        ReplayWindow window(true, highest);
        QVERIFY(!window.isFresh(highest));
        QVERIFY(!window.isFresh(highest - 1));
        for (std::uint64_t next = highest + 1; next < highest + 2 * ReplayWindow::size; ++next) {
            QVERIFY(window.isFresh(next));
            window.record(next);
            QVERIFY(!window.isFresh(next));
        }
    }
}

void TestReplayWindow::completesExtendedNumbers() {
    // A number that is at most half the 32-bit space ahead, or inside the window behind, is found again from its low
    // half, wherever the top stands.
    std::mt19937_64 random(7);
    const std::uint64_t wrap = std::uint64_t{1} << 32U;
    for (int i = 0; i < 20'000; ++i) {
        const std::uint64_t near = random() % (4 * ReplayWindow::size);
        const std::uint64_t top = wrap * (1 + random() % 1000) - 2 * ReplayWindow::size + near;
        const ReplayWindow window(true, top);
        const std::uint64_t ahead = top + 1 + random() % (wrap / 2);
        QCOMPARE(window.complete(static_cast<std::uint32_t>(ahead)).value_or(0), ahead);
        const std::uint64_t behind = top - random() % (ReplayWindow::size - 1);
        QCOMPARE(window.complete(static_cast<std::uint32_t>(behind)).value_or(0), behind);
    }
    const ReplayWindow plain(false, 5);
    QCOMPARE(plain.complete(0xFFFFFFFFU).value_or(0), std::uint64_t{0xFFFFFFFFU});
}

void TestReplayWindow::refusesWhatLiesBeforeTheFirst() {
    const ReplayWindow window(true, 10);
    QVERIFY(!window.complete(0xFFFFFFFFU));
    QCOMPARE(window.complete(11).value_or(0), std::uint64_t{11});
    const ReplayWindow end(true, UINT64_MAX);
    QVERIFY(!end.complete(5));
    QCOMPARE(end.complete(0xFFFFFFFEU).value_or(0), UINT64_MAX - 1);
}

QTEST_GUILESS_MAIN(TestReplayWindow)
#include "tst_replay_window.moc"
