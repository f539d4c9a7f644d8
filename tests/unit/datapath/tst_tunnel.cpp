// Two tunnels back to back, each in a network namespace, joined by a veth pair: the kernel on both sides is the judge.
#include "core/datapath/esp_tunnel.h"
#include "keys.h"
#include "network.h"

#include <QTest>
#include <array>
#include <atomic>
#include <optional>
#include <poll.h>
#include <random>
#include <thread>

using namespace tern;
using base::Bytes;
using datapath::EspTunnel;
using datapath::Offloads;
using testing::Namespace;

namespace {

struct Lab {
    Namespace a;
    Namespace b;
    std::unique_ptr<EspTunnel> tunnelA;
    std::unique_ptr<EspTunnel> tunnelB;
    std::uint32_t generation = 0;

    bool build(const Offloads& offloadsA, const Offloads& offloadsB, bool outerV6 = false, unsigned outerMtu = 1500,
               unsigned innerMtu = 1400) {
        const bool joined = a.ip(QStringLiteral("link add v0 mtu %1 type veth peer name v0 mtu %1 netns %2")
                                     .arg(outerMtu)
                                     .arg(b.path())) &&
                            a.ip(QStringLiteral("addr add 192.0.2.1/24 dev v0")) &&
                            b.ip(QStringLiteral("addr add 192.0.2.2/24 dev v0")) &&
                            a.ip(QStringLiteral("addr add 2001:db8::1/64 dev v0 nodad")) &&
                            b.ip(QStringLiteral("addr add 2001:db8::2/64 dev v0 nodad")) &&
                            a.ip(QStringLiteral("link set v0 up")) && b.ip(QStringLiteral("link set v0 up"));
        const char* const addressA = outerV6 ? "2001:db8::1" : "192.0.2.1";
        const char* const addressB = outerV6 ? "2001:db8::2" : "192.0.2.2";
        tunnelA = end(a, addressA, addressB, "1", offloadsA, innerMtu);
        tunnelB = end(b, addressB, addressA, "2", offloadsB, innerMtu);
        // Keys before the links go up, so that no early packet of the kernel's own meets a tunnel without.
        return joined && tunnelA && tunnelB && rekey() && a.ip(QStringLiteral("link set tun0 up")) &&
               b.ip(QStringLiteral("link set tun0 up"));
    }
    // Fresh keys on both ends; those of two generations ago are closed.
    bool rekey() {
        const std::uint32_t toA = 0x1000 + 2 * generation;
        const std::uint32_t toB = toA + 1;
        const bool done = static_cast<bool>(tunnelA->install({testing::gcmPair(toA, toB), {}, {}})) &&
                          static_cast<bool>(tunnelB->install({testing::gcmPair(toB, toA), {}, {}}));
        if (generation >= 2) {
            tunnelA->removeInbound(toA - 4);
            tunnelB->removeInbound(toB - 4);
        }
        ++generation;
        return done;
    }

private:
    static std::unique_ptr<EspTunnel> end(const Namespace& where, const char* own, const char* peer, const char* number,
                                          const Offloads& offloads, unsigned mtu) {
        datapath::EspTunnelConfig config;
        config.tun = where.tun("tun0");
        config.outer.socket = where.socket(SOCK_DGRAM, own, 4500);
        config.outer.peer = {base::IpAddress::fromText(peer).value(), 4500};
        config.mtu = mtu;
        config.offloads = offloads;
        const QString last = QString::fromLatin1(number);
        const bool up = where.ip(QStringLiteral("addr add 10.9.0.%1/24 dev tun0").arg(last)) &&
                        where.ip(QStringLiteral("addr add fd09::%1/64 dev tun0 nodad").arg(last)) &&
                        where.ip(QStringLiteral("link set tun0 mtu %1").arg(mtu));
        auto started = EspTunnel::start(std::move(config));
        return up && started ? std::move(*started) : nullptr;
    }
};

Bytes randomBytes(std::size_t size, unsigned seed) {
    std::mt19937_64 random(seed);
    Bytes bytes(size);
    for (auto& octet : bytes) {
        octet = static_cast<std::uint8_t>(random());
    }
    return bytes;
}

void limitTime(int fd) {
    const timeval most{20, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most);
}

// Sends bytes by TCP from one namespace to the other; answers what arrived.
Bytes transfer(const Namespace& from, const Namespace& to, const char* address, const Bytes& bytes) {
    const auto listener = to.socket(SOCK_STREAM, address, 7000);
    ::listen(listener.get(), 1);
    const bool v6 = std::strchr(address, ':') != nullptr;
    const auto client = from.socket(SOCK_STREAM, v6 ? "::" : "0.0.0.0", 0);
    limitTime(listener.get());
    limitTime(client.get());
    Bytes received;
    std::thread reader([&] {
        const base::UniqueFd server(::accept(listener.get(), nullptr, nullptr));
        limitTime(server.get());
        std::array<std::uint8_t, 65536> buffer{};
        for (ssize_t got = 1; got > 0;) {
            got = ::recv(server.get(), buffer.data(), buffer.size(), 0);
            received.insert(received.end(), buffer.begin(), buffer.begin() + std::max<ssize_t>(got, 0));
        }
    });
    sockaddr_storage name{};
    const socklen_t length = Namespace::fill(name, address, 7000);
    if (::connect(client.get(), reinterpret_cast<sockaddr*>(&name), length) == 0) {
        for (std::size_t sent = 0; sent < bytes.size();) {
            const ssize_t put = ::send(client.get(), bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
            if (put <= 0) {
                break;
            }
            sent += static_cast<std::size_t>(put);
        }
    }
    ::shutdown(client.get(), SHUT_RDWR);
    ::shutdown(listener.get(), SHUT_RDWR); // ends an accept() that nobody will answer
    reader.join();
    return received;
}

// Sends datagrams of many sizes in bursts; counts those that arrived unharmed and in order.
int datagramsThrough(const Namespace& from, const Namespace& to, const char* own, const char* address, int count) {
    const auto receiver = to.socket(SOCK_DGRAM, address, 7001);
    const auto sender = from.socket(SOCK_DGRAM, own, 7002);
    limitTime(receiver.get());
    sockaddr_storage name{};
    const socklen_t length = Namespace::fill(name, address, 7001);
    int good = 0;
    for (int burst = 0; burst < count; burst += 20) {
        for (int i = burst; i < burst + 20; ++i) {
            // Runs of equal size, as a codec sends them, then others.
            const Bytes datagram(static_cast<std::size_t>(burst % 60 == 0 ? 1200 : 1 + (i * 37) % 1300),
                                 static_cast<std::uint8_t>(i));
            ::sendto(sender.get(), datagram.data(), datagram.size(), 0, reinterpret_cast<sockaddr*>(&name), length);
        }
        for (int i = burst; i < burst + 20; ++i) {
            std::array<std::uint8_t, 2000> buffer{};
            const ssize_t got = ::recv(receiver.get(), buffer.data(), buffer.size(), 0);
            const auto expected = static_cast<ssize_t>(burst % 60 == 0 ? 1200 : 1 + (i * 37) % 1300);
            good += got == expected && buffer[0] == static_cast<std::uint8_t>(i) &&
                            buffer[static_cast<std::size_t>(got - 1)] == static_cast<std::uint8_t>(i)
                        ? 1
                        : 0;
        }
    }
    return good;
}

bool ping(const Namespace& from, const char* address, int size = 56) {
    const QStringList words{QStringLiteral("-q"),        QStringLiteral("-c"),   QStringLiteral("3"),
                            QStringLiteral("-i"),        QStringLiteral("0.01"), QStringLiteral("-w"),
                            QStringLiteral("5"),         QStringLiteral("-s"),   QString::number(size),
                            QString::fromLatin1(address)};
    return from.in([&] {
        QProcess process;
        process.start(QStringLiteral("ping"), words);
        return process.waitForFinished(10'000) && process.exitCode() == 0;
    });
}

} // namespace

class TestTunnel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyKindOfTraffic_data();
    void everyKindOfTraffic();
    void everyMixOfOffloads_data();
    void everyMixOfOffloads();
    void narrowOuterPath();
    void simpleCard();
    void wideInnerMtu();
    void rekeysUnderLoad();
    void stopsUnderLoad();
    void needsATun();
};

void TestTunnel::initTestCase() {
    if (!testing::mayMakeNamespaces()) {
        QSKIP("needs root and /dev/net/tun to make network namespaces");
    }
}

void TestTunnel::everyKindOfTraffic_data() {
    QTest::addColumn<bool>("outerV6");
    QTest::newRow("outer IPv4") << false;
    QTest::newRow("outer IPv6") << true;
}

void TestTunnel::everyKindOfTraffic() {
    QFETCH(bool, outerV6);
    Lab lab;
    QVERIFY(lab.build({}, {}, outerV6));
    QVERIFY(ping(lab.a, "10.9.0.2"));
    QVERIFY(ping(lab.b, "fd09::1"));
    QVERIFY(ping(lab.a, "10.9.0.2", 4000)); // in fragments
    const Bytes sent = randomBytes(8'000'000, 1);
    QVERIFY(transfer(lab.a, lab.b, "10.9.0.2", sent) == sent);
    QVERIFY(transfer(lab.b, lab.a, "10.9.0.1", sent) == sent);
    QVERIFY(transfer(lab.a, lab.b, "fd09::2", sent) == sent);
    QCOMPARE(datagramsThrough(lab.a, lab.b, "10.9.0.1", "10.9.0.2", 300), 300);
    QCOMPARE(datagramsThrough(lab.b, lab.a, "fd09::2", "fd09::1", 300), 300);
    const auto a = lab.tunnelA->statistics();
    const auto b = lab.tunnelB->statistics();
    QVERIFY(a.sentBytes > 2 * sent.size());
    QVERIFY(b.receivedBytes > 2 * sent.size());
    QVERIFY(a.sentPackets > 0 && b.receivedPackets > 0 && b.lastReceived > 0);
    QCOMPARE(a.replayed + b.replayed, std::uint64_t{0});
    QCOMPARE(a.authFailures + b.authFailures, std::uint64_t{0});
    QCOMPARE(a.unknownSpi + b.unknownSpi, std::uint64_t{0});
    QVERIFY(a.sequencesLeft < 0xFFFFFFFFU && a.sequencesLeft > 0xFFFF0000U);
}

void TestTunnel::everyMixOfOffloads_data() {
    QTest::addColumn<unsigned>("bits");
    for (unsigned bits = 0; bits < 16; ++bits) {
        QTest::addRow("%s%s%s%s", (bits & 1U) != 0 ? "TSO " : "", (bits & 2U) != 0 ? "USO " : "",
                      (bits & 4U) != 0 ? "GSO " : "", (bits & 8U) != 0 ? "GRO" : "")
            << bits;
    }
}

void TestTunnel::everyMixOfOffloads() {
    QFETCH(unsigned, bits);
    const Offloads mix{(bits & 1U) != 0, (bits & 2U) != 0, (bits & 4U) != 0, (bits & 8U) != 0};
    Lab lab;
    QVERIFY(lab.build(mix, {}));
    QVERIFY(ping(lab.a, "10.9.0.2"));
    const auto dropped = [&lab] { return lab.tunnelA->statistics().dropped + lab.tunnelB->statistics().dropped; };
    const auto early = dropped(); // what the first end's kernel says of itself while the other TUN is still down
    const Bytes sent = randomBytes(2'000'000, bits);
    QVERIFY(transfer(lab.a, lab.b, "10.9.0.2", sent) == sent);
    QVERIFY(transfer(lab.b, lab.a, "fd09::1", sent) == sent);
    QCOMPARE(datagramsThrough(lab.a, lab.b, "10.9.0.1", "10.9.0.2", 120), 120);
    QCOMPARE(datagramsThrough(lab.b, lab.a, "fd09::2", "fd09::1", 120), 120);
    QCOMPARE(dropped(), early);
}

void TestTunnel::narrowOuterPath() {
    // Sealed packets are larger than the path: the kernel sends them in fragments, and UDP_SEGMENT must be let go.
    Lab lab;
    QVERIFY(lab.build({}, {}, false, 1300, 1400));
    const Bytes sent = randomBytes(2'000'000, 3);
    QVERIFY(transfer(lab.a, lab.b, "10.9.0.2", sent) == sent);
    QVERIFY(transfer(lab.b, lab.a, "fd09::1", sent) == sent);
    QVERIFY(ping(lab.a, "10.9.0.2", 1372));
}

void TestTunnel::simpleCard() {
    // Some kernels refuse UDP_SEGMENT over a card that cannot compute checksums; all must carry the traffic.
    Lab lab;
    QVERIFY(lab.build({}, {}));
    QVERIFY(lab.a.withoutChecksums("v0") && lab.b.withoutChecksums("v0"));
    const Bytes sent = randomBytes(2'000'000, 6);
    QVERIFY(transfer(lab.a, lab.b, "10.9.0.2", sent) == sent);
    QVERIFY(transfer(lab.b, lab.a, "fd09::1", sent) == sent);
}

void TestTunnel::wideInnerMtu() {
    Lab lab;
    QVERIFY(lab.build({}, {}, false, 65'535, 60'000));
    const Bytes sent = randomBytes(8'000'000, 4);
    QVERIFY(transfer(lab.a, lab.b, "10.9.0.2", sent) == sent);
    QVERIFY(transfer(lab.b, lab.a, "fd09::1", sent) == sent);
    QVERIFY(ping(lab.a, "10.9.0.2", 50'000));
}

void TestTunnel::rekeysUnderLoad() {
    Lab lab;
    QVERIFY(lab.build({}, {}));
    const Bytes sent = randomBytes(60'000'000, 5);
    std::atomic<bool> done = false;
    Bytes received;
    std::thread traffic([&] {
        received = transfer(lab.a, lab.b, "10.9.0.2", sent);
        done = true;
    });
    while (!done) {
        QVERIFY(lab.rekey());
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    traffic.join();
    QVERIFY(received == sent);
    QVERIFY(lab.generation > 5);
    QCOMPARE(lab.tunnelA->statistics().authFailures + lab.tunnelB->statistics().authFailures, std::uint64_t{0});
}

void TestTunnel::stopsUnderLoad() {
    for (int i = 0; i < 5; ++i) {
        std::optional<Lab> lab(std::in_place);
        QVERIFY(lab->build({}, {}));
        const auto flood = lab->a.socket(SOCK_DGRAM, "10.9.0.1", 7003);
        sockaddr_storage name{};
        const socklen_t length = Namespace::fill(name, "10.9.0.2", 9);
        std::atomic<bool> done = false;
        std::thread sender([&] {
            const Bytes datagram(1200, 1);
            while (!done) {
                ::sendto(flood.get(), datagram.data(), datagram.size(), MSG_DONTWAIT,
                         reinterpret_cast<sockaddr*>(&name), length);
            }
        });
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        QElapsedTimer timer;
        timer.start();
        lab->tunnelA.reset();
        lab->tunnelB.reset();
        QVERIFY(timer.elapsed() < 2000);
        done = true;
        sender.join();
    }
}

void TestTunnel::needsATun() {
    const Namespace alone;
    datapath::EspTunnelConfig config;
    config.tun = base::UniqueFd(::open("/dev/null", O_RDWR | O_CLOEXEC));
    config.outer.socket = alone.socket(SOCK_DGRAM, "127.0.0.1", 4500);
    config.outer.peer = {base::IpAddress::fromText("127.0.0.2").value(), 4500};
    auto started = EspTunnel::start(std::move(config));
    QVERIFY(!started);
    QCOMPARE(started.error().code, std::string("tern.datapath.tun"));
    datapath::EspTunnelConfig noSocket;
    noSocket.tun = alone.tun("tun0");
    noSocket.outer.socket = base::UniqueFd(::open("/dev/null", O_RDWR | O_CLOEXEC));
    started = EspTunnel::start(std::move(noSocket));
    QVERIFY(!started);
    QCOMPARE(started.error().code, std::string("tern.datapath.socket"));
}

QTEST_GUILESS_MAIN(TestTunnel)
#include "tst_tunnel.moc"
