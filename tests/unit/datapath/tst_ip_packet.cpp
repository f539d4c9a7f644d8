#include "core/datapath/ip_packet.h"
#include "packets.h"

#include <QTest>
#include <random>

using namespace tern;
using base::Bytes;
using datapath::Ecn;
using testing::PacketSpec;

class TestIpPacket : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lengthsAreChecked();
    void ecnTable_data();
    void ecnTable();
    void clampsTheSegmentSize_data();
    void clampsTheSegmentSize();
    void leavesOtherPacketsAlone();
    void survivesAnyOptions();
};

namespace {

// A SYN with these options.
Bytes syn(bool v6, const Bytes& options) {
    PacketSpec spec;
    spec.v6 = v6;
    spec.flags = 0x02;
    spec.options = options.size();
    spec.payload = 0;
    Bytes packet = testing::buildPacket(spec);
    const std::size_t tcp = testing::ipSize(spec);
    std::ranges::copy(options, packet.begin() + static_cast<std::ptrdiff_t>(tcp + 20));
    testing::put16(packet, tcp + 16, 0);
    testing::put16(packet, tcp + 16, ~testing::transportSum(packet, v6) & 0xFFFFU);
    return packet;
}

} // namespace

void TestIpPacket::lengthsAreChecked() {
    for (const bool v6 : {false, true}) {
        PacketSpec spec;
        spec.v6 = v6;
        const Bytes packet = testing::buildPacket(spec);
        for (std::size_t size = 0; size < packet.size(); ++size) {
            QVERIFY(!datapath::parseIp(base::ByteView(packet).first(size)));
        }
        Bytes padded = packet;
        padded.resize(packet.size() + 50);
        const auto ip = datapath::parseIp(padded);
        QVERIFY(ip);
        QCOMPARE(ip->totalSize, packet.size());
        QCOMPARE(ip->v6, v6);
        QCOMPARE(int{ip->protocol}, 6);
    }
    Bytes odd = testing::buildPacket(PacketSpec());
    odd[0] = 0x44; // a header shorter than the shortest
    QVERIFY(!datapath::parseIp(odd));
    odd[0] = 0x55;
    QVERIFY(!datapath::parseIp(odd));
}

void TestIpPacket::ecnTable_data() {
    QTest::addColumn<int>("inner");
    QTest::addColumn<int>("outer");
    QTest::addColumn<int>("result"); // -1: dropped
    // RFC 6040 figure 4; columns Not-ECT, ECT(1), ECT(0), CE of the outer header
    const std::array<std::array<int, 4>, 4> table{{{0, 0, 0, -1}, {1, 1, 1, 3}, {2, 1, 2, 3}, {3, 3, 3, 3}}};
    for (int inner = 0; inner < 4; ++inner) {
        for (int outer = 0; outer < 4; ++outer) {
            QTest::addRow("inner %d outer %d", inner, outer)
                << inner << outer << table[static_cast<std::size_t>(inner)][static_cast<std::size_t>(outer)];
        }
    }
}

void TestIpPacket::ecnTable() {
    QFETCH(int, inner);
    QFETCH(int, outer);
    QFETCH(int, result);
    for (const bool v6 : {false, true}) {
        PacketSpec spec;
        spec.v6 = v6;
        spec.ecn = static_cast<std::uint8_t>(inner);
        Bytes packet = testing::buildPacket(spec);
        const auto ip = datapath::parseIp(packet);
        QVERIFY(ip);
        QCOMPARE(static_cast<int>(datapath::ecnOf(packet, *ip)), inner);
        QCOMPARE(datapath::decapsulateEcn(packet, *ip, static_cast<Ecn>(outer)), result >= 0);
        if (result >= 0) {
            spec.ecn = static_cast<std::uint8_t>(result);
            QCOMPARE(base::toHex(packet), base::toHex(testing::buildPacket(spec))); // the checksum too
        }
    }
}

void TestIpPacket::clampsTheSegmentSize_data() {
    QTest::addColumn<bool>("v6");
    QTest::addColumn<int>("offered");
    QTest::addColumn<int>("result");
    QTest::addColumn<bool>("odd"); // the option lies at an odd place
    for (const bool odd : {false, true}) {
        QTest::addRow("v4 lowered%s", odd ? " odd" : "") << false << 1460 << 1360 << odd;
        QTest::addRow("v4 kept%s", odd ? " odd" : "") << false << 1200 << 1200 << odd;
        QTest::addRow("v6 lowered%s", odd ? " odd" : "") << true << 1440 << 1340 << odd;
        QTest::addRow("v6 exact%s", odd ? " odd" : "") << true << 1340 << 1340 << odd;
    }
}

void TestIpPacket::clampsTheSegmentSize() {
    QFETCH(bool, v6);
    QFETCH(int, offered);
    QFETCH(int, result);
    QFETCH(bool, odd);
    const auto options = [odd](int mss) {
        const auto high = static_cast<std::uint8_t>(mss >> 8);
        const auto low = static_cast<std::uint8_t>(mss);
        return odd ? Bytes{1, 2, 4, high, low, 4, 2, 1} : Bytes{2, 4, high, low, 4, 2, 1, 1};
    };
    Bytes packet = syn(v6, options(offered));
    const auto ip = datapath::parseIp(packet);
    QVERIFY(ip);
    Bytes open = packet;
    datapath::clampMss(packet, *ip, 1400, true);
    QCOMPARE(base::toHex(packet), base::toHex(syn(v6, options(result))));
    // With the checksum still to be computed it is left as it is.
    const Bytes before = open;
    datapath::clampMss(open, *ip, 1400, false);
    const std::size_t checksum = (v6 ? 40U : 20U) + 16U;
    QCOMPARE(datapath::loadU16(open, checksum), datapath::loadU16(before, checksum));
}

void TestIpPacket::leavesOtherPacketsAlone() {
    Bytes notSyn = syn(false, {2, 4, 0x05, 0xB4});
    notSyn[33] = 0x10;
    const auto ip = datapath::parseIp(notSyn);
    QVERIFY(ip);
    const Bytes before = notSyn;
    datapath::clampMss(notSyn, *ip, 1400, true);
    QCOMPARE(notSyn, before);
}

void TestIpPacket::survivesAnyOptions() {
    std::mt19937 random(6);
    for (int i = 0; i < 20'000; ++i) {
        Bytes options((1 + random() % 10) * 4);
        for (auto& octet : options) {
            octet = static_cast<std::uint8_t>(random() % (random() % 2 == 0 ? 6 : 256));
        }
        Bytes packet = syn(random() % 2 == 0, options);
        const auto ip = datapath::parseIp(packet);
        QVERIFY(ip);
        datapath::clampMss(packet, *ip, 600, true);
        QCOMPARE(testing::transportSum(packet, ip->v6), 0xFFFFU); // whatever was found, the checksum holds
        packet[(ip->v6 ? 40U : 20U) + 12U] = static_cast<std::uint8_t>(random());
        datapath::clampMss(packet, *ip, 600, true);
    }
}

QTEST_GUILESS_MAIN(TestIpPacket)
#include "tst_ip_packet.moc"
