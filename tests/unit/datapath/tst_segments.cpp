// Cutting and merging are each other's reverse, for anything that may come.
#include "core/datapath/checksum.h"
#include "core/datapath/merger.h"
#include "core/datapath/segmenter.h"
#include "packets.h"

#include <QTest>
#include <cstring>
#include <map>
#include <random>

using namespace tern;
using base::Bytes;
using base::MutableByteView;
using datapath::Merger;
using datapath::Segmenter;
using datapath::VnetHeader;
using testing::PacketSpec;

class TestSegments : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sumsAgreeWithThePlainWay();
    void adjustedChecksumsAgree();
    void cutThenMergedIsTheSame();
    void mergedThenCutIsTheSame_data();
    void mergedThenCutIsTheSame();
    void mergesWhatItShould();
    void keepsTheOrderAroundOtherPackets();
    void completesOpenChecksums();
    void refusesHeadersThatDoNotFit();
    void largestBurst();
};

namespace {

struct Written {
    VnetHeader header;
    Bytes packet;
};

class Collector final : public datapath::PacketSink {
public:
    void write(std::span<const iovec> pieces) override {
        Written& next = written.emplace_back();
        QCOMPARE(pieces[0].iov_len, sizeof next.header);
        std::memcpy(&next.header, pieces[0].iov_base, sizeof next.header);
        for (const iovec& piece : pieces.subspan(1)) {
            const auto* const from = static_cast<const std::uint8_t*>(piece.iov_base);
            next.packet.insert(next.packet.end(), from, from + piece.iov_len);
        }
    }
    std::vector<Written> written;
};

VnetHeader burstHeader(const PacketSpec& spec, std::size_t segment) {
    VnetHeader header;
    header.flags = datapath::vnetNeedsChecksum;
    header.gsoType = spec.udp ? datapath::vnetGsoUdp : (spec.v6 ? datapath::vnetGsoTcp6 : datapath::vnetGsoTcp4);
    header.headerLength = static_cast<std::uint16_t>(testing::headersOf(spec));
    header.gsoSize = static_cast<std::uint16_t>(segment);
    header.checksumStart = static_cast<std::uint16_t>(testing::ipSize(spec));
    header.checksumOffset = spec.udp ? 6 : 16;
    return header;
}

std::vector<Bytes> cut(const VnetHeader& header, Bytes packet) {
    std::vector<Bytes> result;
    Segmenter segmenter(header, packet, 1400);
    while (segmenter.valid()) {
        Bytes out(segmenter.longest());
        const std::size_t size = segmenter.next(out);
        if (size == 0) {
            break;
        }
        out.resize(size);
        result.push_back(std::move(out));
    }
    return result;
}

void merge(Merger& merger, std::vector<Bytes>& packets) {
    for (Bytes& packet : packets) {
        const auto ip = datapath::parseIp(packet);
        QVERIFY(ip);
        merger.add(MutableByteView(packet).first(ip->totalSize), *ip);
    }
    merger.flush();
}

// What tells streams apart: protocol, addresses and ports, as far as there are any.
std::string streamOf(const Bytes& packet) {
    const bool v6 = packet[0] >> 4U == 6;
    if (packet.size() < (v6 ? 44U : 24U)) {
        return {};
    }
    const base::ByteView view(packet);
    return base::toHex(v6 ? view.subspan(6, 1) : view.subspan(9, 1)) +
           base::toHex(v6 ? view.subspan(8, 36) : view.subspan(12, 12));
}

bool checksumsRight(const Bytes& packet) {
    const bool v6 = packet[0] >> 4U == 6;
    const bool ipRight = v6 || testing::plainSum(base::ByteView(packet).first(20)) == 0xFFFF;
    return ipRight && testing::transportSum(packet, v6) == 0xFFFF;
}

} // namespace

void TestSegments::sumsAgreeWithThePlainWay() {
    std::mt19937 random(1);
    for (std::size_t size = 0; size < 300; ++size) {
        Bytes bytes(size + 3);
        for (auto& octet : bytes) {
            octet = static_cast<std::uint8_t>(size % 3 == 0 ? 0xFF : random());
        }
        const auto view = base::ByteView(bytes).subspan(size % 3, size); // at odd places too
        QCOMPARE(std::uint32_t{datapath::foldSum(datapath::sumOf(view))}, testing::plainSum(view));
    }
}

void TestSegments::adjustedChecksumsAgree() {
    std::mt19937 random(2);
    for (int i = 0; i < 10'000; ++i) {
        Bytes bytes(20);
        for (auto& octet : bytes) {
            octet = static_cast<std::uint8_t>(random());
        }
        const auto old = static_cast<std::uint16_t>(~datapath::foldSum(datapath::sumOf(bytes)));
        const auto before = datapath::loadU16(bytes, 6);
        const auto after = static_cast<std::uint16_t>(random());
        datapath::storeU16(bytes, 6, after);
        const auto fresh = static_cast<std::uint16_t>(~datapath::foldSum(datapath::sumOf(bytes)));
        QCOMPARE(datapath::adjustedChecksum(old, before, after), fresh);
    }
}

void TestSegments::cutThenMergedIsTheSame() {
    std::mt19937 random(3);
    for (int i = 0; i < 1000; ++i) {
        PacketSpec spec;
        spec.v6 = random() % 2 == 0;
        spec.udp = random() % 2 == 0;
        spec.options = (random() % 11) * 4;
        spec.flags = random() % 2 == 0 ? 0x10 : 0x18;
        spec.ecn = static_cast<std::uint8_t>(random() % 4);
        spec.sequence = static_cast<std::uint32_t>(random());
        spec.identification = static_cast<std::uint16_t>(random());
        spec.fragment = random() % 2 == 0 ? 0x4000 : 0;
        spec.fill = static_cast<std::uint8_t>(random());
        const std::size_t segment = 1 + random() % 1400;
        const std::size_t most = std::min<std::size_t>(segment * 60, 60'000);
        spec.payload = segment + 1 + random() % (most - segment);
        const Bytes whole = testing::buildPacket(spec, true);
        const VnetHeader header = burstHeader(spec, segment);
        auto packets = cut(header, whole);
        QCOMPARE(packets.size(), (spec.payload + segment - 1) / segment);
        for (const Bytes& packet : packets) {
            QVERIFY(checksumsRight(packet));
        }
        Collector collector;
        Merger merger(collector, {});
        merge(merger, packets);
        QCOMPARE(collector.written.size(), std::size_t{1});
        QVERIFY(collector.written[0].packet == whole);
        QCOMPARE(std::memcmp(&collector.written[0].header, &header, sizeof header), 0);
    }
}

void TestSegments::mergedThenCutIsTheSame_data() {
    QTest::addColumn<bool>("tcp");
    QTest::addColumn<bool>("udp");
    QTest::newRow("both") << true << true;
    QTest::newRow("TCP only") << true << false;
    QTest::newRow("UDP only") << false << true;
    QTest::newRow("neither") << false << false;
}

// Streams of several kinds, mixed, with everything in them that must stop a merge.
void TestSegments::mergedThenCutIsTheSame() {
    QFETCH(bool, tcp);
    QFETCH(bool, udp);
    std::mt19937 random(4);
    const auto oneIn = [&random](unsigned n) { return random() % n == 0; };
    std::size_t merged = 0;
    for (int round = 0; round < 100; ++round) {
        std::vector<Bytes> packets;
        std::map<std::string, std::vector<Bytes>> expected;
        std::array<PacketSpec, 12> streams{};
        for (std::size_t i = 0; i < streams.size(); ++i) {
            streams[i].v6 = i % 2 == 0;
            streams[i].udp = i % 3 == 0;
            streams[i].stream = static_cast<std::uint8_t>(i);
            streams[i].payload = 1 + random() % 1300;
            streams[i].fragment = i % 4 < 2 ? 0x4000 : 0;
        }
        for (int n = 0; n < 200; ++n) {
            PacketSpec& spec = streams[random() % (oneIn(2) ? 2 : streams.size())];
            PacketSpec now = spec;
            now.flags = oneIn(12) ? static_cast<std::uint8_t>(random()) : 0x10;
            now.payload = oneIn(10) ? random() % (spec.payload + 20) : spec.payload;
            now.ecn = oneIn(20) ? 3 : 0;
            now.hopLimit = oneIn(30) ? 63 : 64;
            now.window = oneIn(30) ? 501 : 500;
            now.options = !spec.udp && oneIn(30) ? 12 : 0;
            now.sequence += oneIn(20) ? 1000U : 0U;
            now.fragment = oneIn(30) ? 0x2000 : spec.fragment;
            now.fill = static_cast<std::uint8_t>(random());
            spec.sequence += static_cast<std::uint32_t>(now.payload);
            ++spec.identification;
            Bytes packet = testing::buildPacket(now);
            if (oneIn(25)) {
                packet[random() % packet.size()] ^= 1U; // damaged on the way: must come out as damaged as it was
            }
            if (!datapath::parseIp(packet)) {
                continue;
            }
            packet.resize(datapath::parseIp(packet)->totalSize);
            const std::string key = streamOf(packet);
            expected[key].push_back(packet);
            packets.push_back(std::move(packet));
        }
        Collector collector;
        Merger merger(collector, {tcp, udp});
        const std::size_t before = packets.size();
        merge(merger, packets);
        std::map<std::string, std::vector<Bytes>> found;
        for (const Written& written : collector.written) {
            // A packet that was not merged passes as it is, without asking for anything.
            const auto pieces = written.header.gsoType == 0 && written.header.flags == 0
                                    ? std::vector<Bytes>{written.packet}
                                    : cut(written.header, written.packet);
            for (const Bytes& packet : pieces) {
                const std::string key = streamOf(packet);
                found[key].push_back(packet);
            }
        }
        merged += before - collector.written.size();
        QCOMPARE(found.size(), expected.size());
        for (const auto& [key, list] : expected) {
            QCOMPARE(found[key].size(), list.size());
            for (std::size_t i = 0; i < list.size(); ++i) {
                QVERIFY(found[key][i] == list[i]);
            }
        }
    }
    QCOMPARE(merged > 500, tcp || udp);
}

void TestSegments::mergesWhatItShould() {
    PacketSpec spec;
    std::vector<Bytes> packets;
    for (int i = 0; i < 10; ++i) {
        packets.push_back(testing::buildPacket(spec));
        spec.sequence += 100;
    }
    packets[3] = testing::buildPacket([&] {
        PacketSpec pushed;
        pushed.sequence = 1300;
        pushed.flags = 0x18;
        return pushed;
    }());
    Collector collector;
    Merger merger(collector, {});
    merge(merger, packets);
    QCOMPARE(collector.written.size(), std::size_t{2}); // a push ends the first
    QCOMPARE(collector.written[0].packet.size(), std::size_t{40 + 400});
    QCOMPARE(collector.written[1].packet.size(), std::size_t{40 + 600});
    QCOMPARE(int{collector.written[0].packet[33]}, 0x18);
    QCOMPARE(int{collector.written[1].packet[33]}, 0x10);
}

void TestSegments::keepsTheOrderAroundOtherPackets() {
    PacketSpec spec;
    std::vector<Bytes> packets{testing::buildPacket(spec)};
    Bytes ping = testing::buildPacket(spec);
    ping[9] = 1;
    packets.push_back(ping);
    spec.sequence += 100;
    packets.push_back(testing::buildPacket(spec));
    const auto before = packets;
    Collector collector;
    Merger merger(collector, {});
    merge(merger, packets);
    QCOMPARE(collector.written.size(), std::size_t{3});
    for (std::size_t i = 0; i < 3; ++i) {
        QCOMPARE(collector.written[i].packet, before[i]);
    }
}

void TestSegments::completesOpenChecksums() {
    for (const bool v6 : {false, true}) {
        for (const bool udp : {false, true}) {
            PacketSpec spec;
            spec.v6 = v6;
            spec.udp = udp;
            VnetHeader header = burstHeader(spec, 0);
            header.gsoType = 0;
            const auto whole = cut(header, testing::buildPacket(spec, true));
            QCOMPARE(whole.size(), std::size_t{1});
            QCOMPARE(base::toHex(whole[0]), base::toHex(testing::buildPacket(spec)));
        }
    }
}

void TestSegments::refusesHeadersThatDoNotFit() {
    std::mt19937 random(5);
    PacketSpec spec;
    spec.payload = 3000;
    for (int i = 0; i < 20'000; ++i) {
        spec.v6 = random() % 2 == 0;
        VnetHeader header = burstHeader(spec, 1000);
        Bytes packet = testing::buildPacket(spec, true);
        auto* const raw = reinterpret_cast<std::uint8_t*>(&header);
        raw[random() % sizeof header] = static_cast<std::uint8_t>(random());
        packet[random() % 80] = static_cast<std::uint8_t>(random());
        packet.resize(random() % 4 == 0 ? random() % packet.size() : packet.size());
        for (const Bytes& piece : cut(header, packet)) {
            QVERIFY(piece.size() >= 20 && piece.size() <= packet.size()); // and no sanitizer complains
        }
    }
    VnetHeader header = burstHeader(PacketSpec(), 1000);
    header.gsoSize = 0;
    Bytes packet = testing::buildPacket(PacketSpec(), true);
    QVERIFY(!Segmenter(header, packet, 1400).valid());
}

void TestSegments::largestBurst() {
    PacketSpec spec;
    spec.payload = 65'535 - 40;
    auto packets = cut(burstHeader(spec, 1360), testing::buildPacket(spec, true));
    QCOMPARE(packets.size(), std::size_t{49});
    Collector collector;
    Merger merger(collector, {});
    merge(merger, packets);
    std::size_t payload = 0;
    for (const Written& written : collector.written) {
        QVERIFY(written.packet.size() <= 65'535);
        payload += written.packet.size() - 40;
    }
    QCOMPARE(payload, spec.payload);
    QCOMPARE(collector.written.size(), std::size_t{2});
}

QTEST_GUILESS_MAIN(TestSegments)
#include "tst_segments.moc"
