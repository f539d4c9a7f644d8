// One tunnel against a peer made by hand: what arrives on the outer socket, and what becomes of it.
#include "core/datapath/clock.h"
#include "core/datapath/esp_tunnel.h"
#include "core/datapath/ip_packet.h"
#include "core/datapath/udp_port.h"
#include "core/esp/security_association.h"
#include "keys.h"
#include "network.h"
#include "packets.h"

#include <QDir>
#include <QTest>
#include <array>
#include <functional>
#include <optional>
#include <poll.h>
#include <random>

using namespace tern;
using base::Bytes;
using datapath::UdpPort;

namespace {

constexpr std::uint32_t spiToTunnel = 0x2001;
constexpr std::uint32_t spiToPeer = 0x2002;

base::IpAddress address(const char* text) {
    return base::IpAddress::fromText(text).value();
}

// An inner datagram from 10.9.0.2:4001 to 10.9.0.1:7777, where a socket listens.
Bytes innerDatagram(std::size_t payload = 32, std::uint8_t ecn = 0) {
    testing::PacketSpec spec;
    spec.udp = true;
    spec.payload = payload;
    spec.ecn = ecn;
    Bytes packet = testing::buildPacket(spec);
    testing::put32(packet, 12, 0x0A090002);
    testing::put32(packet, 16, 0x0A090001); // only swapped: every checksum still holds
    return packet;
}

struct Bench {
    testing::Namespace where;
    std::unique_ptr<datapath::EspTunnel> tunnel;
    std::optional<UdpPort> peer;
    std::optional<UdpPort> stranger;
    std::optional<UdpPort> inner; // the program behind the tunnel
    std::optional<esp::OutboundSa> out;
    std::optional<esp::InboundSa> in;

    bool build(unsigned mtu = 1400) {
        if (!where.silenceIpv6()) {
            return false;
        }
        datapath::EspTunnelConfig config;
        config.tun = where.tun("tun0");
        config.outer.socket = where.socket(SOCK_DGRAM, "127.0.0.1", 4500);
        config.outer.peer = {address("127.0.0.2"), 4500};
        const bool sized = where.ip(QStringLiteral("link set tun0 mtu %1").arg(mtu));
        auto started = datapath::EspTunnel::start(std::move(config));
        auto adopted = UdpPort::adopt(where.socket(SOCK_DGRAM, "127.0.0.2", 4500));
        auto other = UdpPort::adopt(where.socket(SOCK_DGRAM, "127.0.0.3", 4500));
        if (!sized || !started || !adopted || !other) {
            return false;
        }
        tunnel = std::move(*started);
        peer.emplace(std::move(*adopted));
        stranger.emplace(std::move(*other));
        auto sealing = esp::OutboundSa::create(testing::gcmKeys(spiToTunnel));
        auto opening = esp::InboundSa::create(testing::gcmKeys(spiToPeer));
        if (!sealing || !opening || !tunnel->install({testing::gcmPair(spiToTunnel, spiToPeer), {}, {}})) {
            return false;
        }
        out.emplace(std::move(*sealing));
        in.emplace(std::move(*opening));
        const bool up =
            where.ip(QStringLiteral("addr add 10.9.0.1/24 dev tun0")) && where.ip(QStringLiteral("link set tun0 up"));
        auto listening = UdpPort::adopt(where.socket(SOCK_DGRAM, "10.9.0.1", 7777));
        if (!up || !listening) {
            return false;
        }
        inner.emplace(std::move(*listening));
        return true;
    }
    Bytes sealed(const Bytes& packet, std::uint8_t next = esp::nextIpv4) {
        Bytes slot(out->sealedSize(packet.size()));
        std::ranges::copy(packet, slot.begin() + static_cast<std::ptrdiff_t>(out->headroom()));
        slot.resize(out->seal(slot, packet.size(), next));
        return slot;
    }
    bool send(const Bytes& datagram, const std::optional<UdpPort>& from) {
        return static_cast<bool>(from->sendTo({address("127.0.0.1"), 4500}, datagram));
    }
    bool send(const Bytes& datagram) { return send(datagram, peer); }
    std::optional<Bytes> arrivesInside() { return arrives(*inner); }
    static std::optional<Bytes> arrives(const UdpPort& port, int patience = 1000) {
        pollfd fd{port.fd(), POLLIN, 0};
        ::poll(&fd, 1, patience);
        const auto datagram = port.receiveFrom();
        return datagram ? std::optional(datagram->bytes) : std::nullopt;
    }
    // Waits until the tunnel has counted something.
    bool counts(const std::function<bool(const datapath::TunnelStatistics&)>& reached) const {
        for (int i = 0; i < 1000; ++i) {
            if (reached(tunnel->statistics())) {
                return true;
            }
            QTest::qSleep(1);
        }
        return false;
    }
};

Bytes marked(const Bytes& message) {
    Bytes datagram(4, 0);
    base::append(datagram, message);
    return datagram;
}

} // namespace

class TestDemux : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void opensAndDelivers();
    void dropsReplays();
    void extendedNumbersCrossTheBorder();
    void dropsForgeries();
    void ignoresStrangers();
    void controlGoesItsOwnWay();
    void controlIsBounded();
    void paddingAndDummies();
    void refusesOddInnerPackets();
    void congestionMarks();
    void sealsWhatLeaves();
    void knowsTheDevicesMtu();
    void oldKeysStillOpen();
    void survivesNoise();
    void refusedKeysChangeNothing();
    void idleThreadsSleep();
};

void TestDemux::initTestCase() {
    if (!testing::mayMakeNamespaces()) {
        QSKIP("needs root and /dev/net/tun to make network namespaces");
    }
}

void TestDemux::opensAndDelivers() {
    Bench bench;
    QVERIFY(bench.build());
    const auto before = static_cast<std::uint64_t>(datapath::bootNow().time_since_epoch().count());
    const Bytes packet = innerDatagram();
    QVERIFY(bench.send(bench.sealed(packet)));
    const auto got = bench.arrivesInside();
    QVERIFY(got);
    QCOMPARE(*got, Bytes(packet.begin() + 28, packet.end()));
    QVERIFY(bench.counts([&](const auto& s) { return s.lastReceived > before; }));
    const auto statistics = bench.tunnel->statistics();
    QCOMPARE(statistics.receivedPackets, std::uint64_t{1});
    QCOMPARE(statistics.receivedBytes, std::uint64_t{packet.size()});
}

void TestDemux::dropsReplays() {
    Bench bench;
    QVERIFY(bench.build());
    const Bytes first = bench.sealed(innerDatagram());
    const Bytes second = bench.sealed(innerDatagram());
    for (const Bytes* datagram : {&second, &first, &first, &second, &first}) {
        QVERIFY(bench.send(*datagram));
    }
    QVERIFY(bench.counts([](const auto& s) { return s.replayed == 3; }));
    QCOMPARE(bench.tunnel->statistics().receivedPackets, std::uint64_t{2});
    QVERIFY(bench.arrivesInside());
    QVERIFY(bench.arrivesInside());
    QVERIFY(!bench.inner->receiveFrom());
}

// The tunnel finds the high half of the numbers by itself, goes over 2^32 with them, and counts what is left to send.
void TestDemux::extendedNumbersCrossTheBorder() {
    constexpr std::uint64_t border = std::uint64_t{1} << 32U;
    constexpr std::uint32_t inbound = 0x3001;
    constexpr std::uint32_t outbound = 0x3002;
    Bench bench;
    QVERIFY(bench.build());
    QCOMPARE(bench.tunnel->statistics().sequencesLeft, std::uint64_t{UINT32_MAX});
    const auto keysOf = [](std::uint32_t spi) {
        auto keys = testing::gcmKeys(spi);
        keys.extendedSequenceNumbers = true;
        return keys;
    };
    QVERIFY(bench.tunnel->install({{keysOf(inbound), keysOf(outbound)}, {}, {}}));
    QCOMPARE(bench.tunnel->statistics().sequencesLeft, UINT64_MAX);
    const auto packetsFrom = [&](std::uint64_t last, std::size_t count) {
        bench.out.reset();
        bench.out.emplace(std::move(*esp::OutboundSa::create(keysOf(inbound), last)));
        std::vector<Bytes> packets;
        for (std::size_t i = 0; i < count; ++i) {
            packets.push_back(bench.sealed(innerDatagram()));
        }
        return packets;
    };
    // Half a round at a time, then back and forth over the border.
    QVERIFY(bench.send(packetsFrom(border / 2, 1).front()));
    QVERIFY(bench.arrivesInside());
    const auto around = packetsFrom(border - 4, 6);
    for (const std::size_t which : {3U, 1U, 5U, 0U, 4U, 2U}) {
        QVERIFY(bench.send(around.at(which)));
        QVERIFY2(bench.arrivesInside(), qPrintable(QString::number(which)));
    }
    for (const auto& packet : around) {
        QVERIFY(bench.send(packet));
    }
    QVERIFY(bench.counts([](const auto& s) { return s.replayed == 6; }));
    // The same low half of the first round is another number: it authenticates with nothing the window allows.
    const auto forged = packetsFrom(0, 40).back();
    QVERIFY(bench.send(forged));
    QVERIFY(bench.counts([](const auto& s) { return s.authFailures == 1; }));
    QCOMPARE(bench.tunnel->statistics().receivedPackets, std::uint64_t{7});
}

void TestDemux::dropsForgeries() {
    Bench bench;
    QVERIFY(bench.build());
    Bytes forged = bench.sealed(innerDatagram());
    forged.back() ^= 1U;
    QVERIFY(bench.send(forged));
    QVERIFY(bench.counts([](const auto& s) { return s.authFailures == 1; }));
    Bytes unknown = bench.sealed(innerDatagram());
    unknown[0] ^= 1U;
    QVERIFY(bench.send(unknown));
    QVERIFY(bench.counts([](const auto& s) { return s.unknownSpi == 1; }));
    Bytes cut = bench.sealed(innerDatagram());
    cut.resize(20);
    QVERIFY(bench.send(cut));
    QVERIFY(bench.counts([](const auto& s) { return s.dropped == 1; }));
    QCOMPARE(bench.tunnel->statistics().receivedPackets, std::uint64_t{0});
    QVERIFY(!bench.inner->receiveFrom());
}

void TestDemux::ignoresStrangers() {
    Bench bench;
    QVERIFY(bench.build());
    QVERIFY(bench.send(bench.sealed(innerDatagram()), bench.stranger));
    QVERIFY(bench.send(marked({1, 2, 3}), bench.stranger));
    QVERIFY(bench.send(bench.sealed(innerDatagram())));
    QVERIFY(bench.arrivesInside());
    QCOMPARE(bench.tunnel->statistics().receivedPackets, std::uint64_t{1});
    QVERIFY(bench.tunnel->receiveControl().empty());
    QVERIFY(!bench.inner->receiveFrom());
}

void TestDemux::controlGoesItsOwnWay() {
    Bench bench;
    QVERIFY(bench.build());
    QVERIFY(bench.tunnel->receiveControl().empty());
    QVERIFY(bench.send(Bytes{0xFF})); // a keep-alive is nobody's
    QVERIFY(bench.send(marked({})));
    QVERIFY(bench.send(marked({1, 2, 3})));
    QVERIFY(bench.send(marked({4, 5})));
    pollfd readable{bench.tunnel->controlFd(), POLLIN, 0};
    QCOMPARE(::poll(&readable, 1, 1000), 1);
    Bytes first;
    QVERIFY(bench.counts([&](const auto&) {
        const Bytes next = bench.tunnel->receiveControl();
        base::append(first, next);
        return first.size() == 5;
    }));
    QCOMPARE(first, (Bytes{1, 2, 3, 4, 5}));
    QCOMPARE(::poll(&readable, 1, 0), 0);
    QVERIFY(bench.tunnel->receiveControl().empty());

    bench.tunnel->sendControl(marked({9, 8, 7}));
    QCOMPARE(Bench::arrives(*bench.peer).value_or(Bytes()), marked({9, 8, 7}));
    bench.tunnel->sendKeepAlive();
    QCOMPARE(Bench::arrives(*bench.peer).value_or(Bytes()), Bytes{0xFF});
}

void TestDemux::controlIsBounded() {
    Bench bench;
    QVERIFY(bench.build());
    for (int i = 0; i < 1000; ++i) {
        QVERIFY(bench.send(marked(Bytes(1000, static_cast<std::uint8_t>(i)))));
    }
    QVERIFY(bench.send(bench.sealed(innerDatagram())));
    QVERIFY(bench.arrivesInside()); // behind all of them
    int waiting = 0;
    while (!bench.tunnel->receiveControl().empty()) {
        ++waiting;
    }
    QVERIFY(waiting > 0 && waiting <= 64);
}

void TestDemux::paddingAndDummies() {
    Bench bench;
    QVERIFY(bench.build());
    Bytes padded = innerDatagram();
    const Bytes payload(padded.begin() + 28, padded.end());
    padded.resize(padded.size() + 500, 0xEE);
    QVERIFY(bench.send(bench.sealed(Bytes(40, 0x77), esp::nextNone)));
    QVERIFY(bench.send(bench.sealed(padded)));
    QCOMPARE(bench.arrivesInside().value_or(Bytes()), payload);
    QCOMPARE(bench.tunnel->statistics().receivedPackets, std::uint64_t{1});
    QCOMPARE(bench.tunnel->statistics().dropped, std::uint64_t{0});
}

void TestDemux::refusesOddInnerPackets() {
    Bench bench;
    QVERIFY(bench.build());
    const Bytes good = innerDatagram();
    Bytes tooLong = good;
    testing::put16(tooLong, 2, 4000);
    Bytes otherVersion = good;
    otherVersion[0] = 0x65;
    QVERIFY(bench.send(bench.sealed(good, esp::nextIpv6))); // IPv4 called IPv6
    QVERIFY(bench.send(bench.sealed(good, 17)));            // transport mode was not agreed
    QVERIFY(bench.send(bench.sealed(tooLong)));
    QVERIFY(bench.send(bench.sealed(otherVersion)));
    QVERIFY(bench.send(bench.sealed(Bytes())));
    QVERIFY(bench.counts([](const auto& s) { return s.dropped == 5; }));
    QCOMPARE(bench.tunnel->statistics().receivedPackets, std::uint64_t{0});
}

void TestDemux::congestionMarks() {
    Bench bench;
    QVERIFY(bench.build());
    const auto setMark = [&bench](int mark) { ::setsockopt(bench.peer->fd(), IPPROTO_IP, IP_TOS, &mark, sizeof mark); };
    const int one = 1;
    ::setsockopt(bench.inner->fd(), IPPROTO_IP, IP_RECVTOS, &one, sizeof one);
    setMark(3);
    QVERIFY(bench.send(bench.sealed(innerDatagram(32, 0)))); // must be dropped: it could not tell its sender
    QVERIFY(bench.counts([](const auto& s) { return s.dropped == 1; }));
    QVERIFY(bench.send(bench.sealed(innerDatagram(32, 2))));
    std::array<char, 64> control{};
    std::array<std::uint8_t, 100> buffer{};
    iovec piece{buffer.data(), buffer.size()};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    pollfd readable{bench.inner->fd(), POLLIN, 0};
    QCOMPARE(::poll(&readable, 1, 1000), 1);
    QVERIFY(::recvmsg(bench.inner->fd(), &message, 0) > 0);
    const cmsghdr* const header = CMSG_FIRSTHDR(&message);
    QVERIFY(header != nullptr);
    QCOMPARE(int{*CMSG_DATA(header)}, 3);

    // And outwards: the outer header carries the inner mark.
    ::setsockopt(bench.peer->fd(), IPPROTO_IP, IP_RECVTOS, &one, sizeof one);
    const int ect = 2;
    ::setsockopt(bench.inner->fd(), IPPROTO_IP, IP_TOS, &ect, sizeof ect);
    QVERIFY(bench.inner->sendTo({address("10.9.0.2"), 5000}, Bytes(50, 1)));
    message.msg_controllen = control.size();
    readable.fd = bench.peer->fd();
    QCOMPARE(::poll(&readable, 1, 1000), 1);
    QVERIFY(::recvmsg(bench.peer->fd(), &message, 0) > 0);
    QVERIFY(CMSG_FIRSTHDR(&message) != nullptr);
    QCOMPARE(int{*CMSG_DATA(CMSG_FIRSTHDR(&message))}, 2);
}

void TestDemux::sealsWhatLeaves() {
    Bench bench;
    QVERIFY(bench.build());
    QVERIFY(bench.inner->sendTo({address("10.9.0.2"), 5000}, Bytes(50, 0x42)));
    Bytes datagram = Bench::arrives(*bench.peer).value_or(Bytes());
    QCOMPARE(esp::spiOf(datagram).value_or(0), spiToPeer);
    const auto opened = bench.in->open(datagram);
    QCOMPARE(opened.verdict, esp::Verdict::Opened);
    QCOMPARE(int{opened.nextHeader}, int{esp::nextIpv4});
    QCOMPARE(opened.payload.size(), std::size_t{28 + 50});
    QCOMPARE(testing::transportSum(opened.payload, false), 0xFFFFU);
    QCOMPARE(bench.tunnel->statistics().sentPackets, std::uint64_t{1});
    QCOMPARE(bench.tunnel->statistics().sentBytes, std::uint64_t{78});
    QVERIFY(bench.counts([](const auto& s) { return s.sequencesLeft == 0xFFFFFFFEU; }));
}

void TestDemux::knowsTheDevicesMtu() {
    Bench bench;
    QVERIFY(bench.build(1234));
    // A SYN with a large MSS from the other side comes out with what fits the device.
    testing::PacketSpec spec;
    spec.flags = 0x02;
    spec.options = 4;
    spec.payload = 0;
    Bytes syn = testing::buildPacket(spec);
    testing::put32(syn, 12, 0x0A090002);
    testing::put32(syn, 16, 0x0A090001);
    testing::put16(syn, 40, 0x0204);
    testing::put16(syn, 42, 1460);
    testing::put16(syn, 36, 0);
    testing::put16(syn, 36, ~testing::transportSum(syn, false) & 0xFFFFU);
    const auto raw =
        bench.where.in([] { return base::UniqueFd(::socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_TCP)); });
    QVERIFY(raw);
    QVERIFY(bench.send(bench.sealed(syn)));
    std::array<std::uint8_t, 200> buffer{};
    pollfd readable{raw.get(), POLLIN, 0};
    QCOMPARE(::poll(&readable, 1, 1000), 1);
    QCOMPARE(::recv(raw.get(), buffer.data(), buffer.size(), 0), ssize_t{44});
    QCOMPARE(datapath::loadU16(buffer, 42), std::uint16_t{1234 - 40});
    QCOMPARE(testing::transportSum(base::ByteView(buffer).first(44), false), 0xFFFFU);
}

void TestDemux::oldKeysStillOpen() {
    Bench bench;
    QVERIFY(bench.build());
    const Bytes late = bench.sealed(innerDatagram());
    const Bytes later = bench.sealed(innerDatagram());
    QVERIFY(bench.tunnel->install({testing::gcmPair(spiToTunnel + 0x10, spiToPeer + 0x10), {}, {}}));
    QVERIFY(bench.send(late));
    QVERIFY(bench.arrivesInside());
    QVERIFY(bench.inner->sendTo({address("10.9.0.2"), 5000}, Bytes(50, 0x42)));
    QCOMPARE(esp::spiOf(Bench::arrives(*bench.peer).value_or(Bytes())).value_or(0), spiToPeer + 0x10);
    bench.tunnel->removeInbound(spiToTunnel);
    QVERIFY(bench.send(later));
    QVERIFY(bench.counts([](const auto& s) { return s.unknownSpi == 1; }));
}

void TestDemux::survivesNoise() {
    Bench bench;
    QVERIFY(bench.build());
    std::mt19937 random(8);
    for (int i = 0; i < 3000; ++i) {
        Bytes noise = random() % 2 == 0 ? bench.sealed(innerDatagram(random() % 200)) : Bytes(random() % 300);
        for (std::size_t n = random() % 8; n > 0 && !noise.empty(); --n) {
            noise[random() % noise.size()] = static_cast<std::uint8_t>(random());
        }
        noise.resize(random() % 5 == 0 ? random() % 100 : noise.size());
        QVERIFY(bench.send(noise));
        while (bench.inner->receiveFrom() || !bench.tunnel->receiveControl().empty()) {
        }
    }
    while (Bench::arrives(*bench.inner, 50)) {
    }
    QVERIFY(bench.send(bench.sealed(innerDatagram(77))));
    QCOMPARE(bench.arrivesInside().value_or(Bytes()).size(), std::size_t{77});
}

void TestDemux::refusedKeysChangeNothing() {
    Bench bench;
    QVERIFY(bench.build());
    auto wrong = testing::gcmPair(0x3001, 0x3002);
    wrong.outbound.salt.clear();
    const auto installed = bench.tunnel->install({std::move(wrong), {}, {}});
    QVERIFY(!installed);
    QCOMPARE(installed.error().code, std::string("tern.datapath.cipher"));
    QVERIFY(bench.send(bench.sealed(innerDatagram())));
    QVERIFY(bench.arrivesInside());
    QVERIFY(bench.inner->sendTo({address("10.9.0.2"), 5000}, Bytes(50, 0x42)));
    QCOMPARE(esp::spiOf(Bench::arrives(*bench.peer).value_or(Bytes())).value_or(0), spiToPeer);
}

void TestDemux::idleThreadsSleep() {
    Bench bench;
    QVERIFY(bench.build());
    // How often the two threads have been woken up so far; -1 when they are not found.
    const auto wakeUps = [] {
        int threads = 0;
        int sum = 0;
        const QDir tasks(QStringLiteral("/proc/self/task"));
        for (const QString& task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            QFile status(tasks.filePath(task + QStringLiteral("/status")));
            if (!status.open(QIODevice::ReadOnly)) {
                continue;
            }
            const QByteArray text = status.readAll();
            if (!text.startsWith("Name:\ttern-")) {
                continue;
            }
            ++threads;
            const QByteArray key = "voluntary_ctxt_switches:";
            const auto at = text.indexOf('\n' + key) + 1 + key.size();
            sum += text.mid(at, text.indexOf('\n', at) - at).trimmed().toInt();
        }
        return threads == 2 ? sum : -1;
    };
    QTest::qSleep(200);
    const int before = wakeUps();
    QVERIFY(before >= 0);
    QTest::qSleep(1000);
    QCOMPARE(wakeUps(), before);
    QVERIFY(bench.send(bench.sealed(innerDatagram())));
    QVERIFY(bench.arrivesInside());
    // A thread is counted when it falls asleep again, which may be a moment after its packet arrived.
    QTRY_VERIFY(wakeUps() > before);
}

QTEST_GUILESS_MAIN(TestDemux)
#include "tst_demux.moc"
