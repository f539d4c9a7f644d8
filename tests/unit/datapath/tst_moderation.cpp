#include "core/datapath/moderation.h"

#include <QTest>

using namespace tern;
using namespace std::chrono_literals;

class TestModeration : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void manySmallOnesSoonAfterEachOtherWait();
    void oneRequestAndItsAnswerNever();
    void gatheredOnesNever();
    void theFirstAfterQuietNever();
    void onTheWayOutTwoAreSeveral();
};

namespace {

constexpr std::size_t packet = 1400;
const base::Instant start{100s};

} // namespace

void TestModeration::manySmallOnesSoonAfterEachOtherWait() {
    datapath::Moderation moderation(datapath::Moderation::in);
    QVERIFY(!moderation.wantsPause({8, 8 * packet}, start));
    auto now = start;
    for (int i = 0; i < 100; ++i) {
        // Its own pause must not end it.
        now += moderation.pause() + 50us;
        QVERIFY(moderation.wantsPause({8, 8 * packet}, now));
    }
}

void TestModeration::oneRequestAndItsAnswerNever() {
    datapath::Moderation moderation(datapath::Moderation::in);
    auto now = start;
    for (int i = 0; i < 100; ++i) {
        now += 40us;
        QVERIFY(!moderation.wantsPause({1, packet}, now));
        QVERIFY(!moderation.wantsPause({0, 0}, now)); // woken for something else
    }
}

void TestModeration::gatheredOnesNever() {
    datapath::Moderation moderation(datapath::Moderation::in);
    auto now = start;
    for (int i = 0; i < 100; ++i) {
        now += 40us;
        QVERIFY(!moderation.wantsPause({8, 8 * 60'000}, now));
    }
}

void TestModeration::theFirstAfterQuietNever() {
    datapath::Moderation moderation(datapath::Moderation::in);
    auto now = start;
    for (int i = 0; i < 100; ++i) {
        now += 5ms;
        QVERIFY(!moderation.wantsPause({30, 30 * packet}, now));
    }
}

void TestModeration::onTheWayOutTwoAreSeveral() {
    datapath::Moderation moderation(datapath::Moderation::out);
    QVERIFY(!moderation.wantsPause({2, 2 * packet}, start));
    auto now = start;
    for (int i = 0; i < 100; ++i) {
        now += 60us;
        QVERIFY(moderation.wantsPause({2, 2 * packet}, now));
        now += 60us;
        QVERIFY(!moderation.wantsPause({1, packet}, now));
        QVERIFY(!moderation.wantsPause({3, std::size_t{3} * 60'000}, now)); // TSO
    }
}

QTEST_APPLESS_MAIN(TestModeration)
#include "tst_moderation.moc"
