// Two tunnels back to back over TCP, each in a network namespace: bulk both ways, IKE beside it, a stream that breaks
// and another in its place, and a move from UDP.
#include "core/datapath/esp_tunnel.h"
#include "core/datapath/stream_frames.h"
#include "core/datapath/stream_port.h"
#include "keys.h"
#include "network.h"
#include "transfer.h"

#include <QTest>
#include <poll.h>
#include <thread>

using namespace tern;
using base::Bytes;
using datapath::EspTunnel;
using testing::Namespace;

namespace {

// A connected pair of TCP sockets, one in each namespace.
struct Pair {
    base::UniqueFd client;
    base::UniqueFd server;
};

struct Lab {
    Namespace a;
    Namespace b;
    std::unique_ptr<EspTunnel> tunnelA;
    std::unique_ptr<EspTunnel> tunnelB;

    [[nodiscard]] Pair connect(std::uint16_t port) const {
        const auto listener = b.socket(SOCK_STREAM, "192.0.2.2", port);
        ::listen(listener.get(), 1);
        auto client = a.socket(SOCK_STREAM, "192.0.2.1", 0);
        sockaddr_storage name{};
        const auto length = Namespace::fill(name, "192.0.2.2", port);
        if (::connect(client.get(), reinterpret_cast<sockaddr*>(&name), length) != 0) {
            return {};
        }
        return {std::move(client), base::UniqueFd(::accept(listener.get(), nullptr, nullptr))};
    }
    static datapath::OuterSocket outer(base::UniqueFd socket, const char* peer) {
        datapath::OuterSocket result;
        result.socket = std::move(socket);
        result.peer = {base::IpAddress::fromText(peer).value(), 4500};
        result.stream = true;
        return result;
    }
    bool build() {
        const bool joined = a.ip(QStringLiteral("link add v0 type veth peer name v0 netns %1").arg(b.path())) &&
                            a.ip(QStringLiteral("addr add 192.0.2.1/24 dev v0")) &&
                            b.ip(QStringLiteral("addr add 192.0.2.2/24 dev v0")) &&
                            a.ip(QStringLiteral("link set v0 up")) && b.ip(QStringLiteral("link set v0 up"));
        auto pair = connect(4500);
        tunnelA = end(a, outer(std::move(pair.client), "192.0.2.2"), "1");
        tunnelB = end(b, outer(std::move(pair.server), "192.0.2.1"), "2");
        return joined && tunnelA && tunnelB && tunnelA->install({testing::gcmPair(0x1000, 0x1001), {}, {}}) &&
               tunnelB->install({testing::gcmPair(0x1001, 0x1000), {}, {}}) &&
               a.ip(QStringLiteral("link set tun0 up")) && b.ip(QStringLiteral("link set tun0 up"));
    }
    static std::unique_ptr<EspTunnel> end(const Namespace& where, datapath::OuterSocket socket, const char* number) {
        datapath::EspTunnelConfig config;
        config.tun = where.tun("tun0");
        config.outer = std::move(socket);
        config.mtu = 1400;
        const bool up = where.ip(QStringLiteral("addr add 10.9.0.%1/24 dev tun0").arg(QString::fromLatin1(number))) &&
                        where.ip(QStringLiteral("link set tun0 mtu 1400"));
        auto started = EspTunnel::start(std::move(config));
        return up && started ? std::move(*started) : nullptr;
    }
};

Bytes pattern(std::size_t size) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<std::uint8_t>(i * 31 + (i >> 11U));
    }
    return bytes;
}

} // namespace

class TestStream : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        if (!testing::mayMakeNamespaces()) {
            QSKIP("needs root and /dev/net/tun");
        }
    }
    void carriesBulkAndControl();
    void anotherStreamInPlaceOfABrokenOne();
    void nonsenseEndsTheStream();
    void movesFromUdp();
    void portSpeaksAndHandsOver();
    void refusedPort();
};

void TestStream::carriesBulkAndControl() {
    Lab lab;
    QVERIFY(lab.build());
    const auto bytes = pattern(20'000'000);
    std::thread control([&] {
        for (std::uint8_t i = 0; i < 20; ++i) {
            Bytes message(4, 0);
            message.resize(300, i);
            lab.tunnelA->sendControl(message);
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    });
    QVERIFY(transfer(lab.a, lab.b, "10.9.0.2", bytes) == bytes);
    control.join();
    QVERIFY(transfer(lab.b, lab.a, "10.9.0.1", bytes) == bytes);
    for (std::uint8_t i = 0; i < 20; ++i) {
        const auto message = testing::awaitControl(*lab.tunnelB);
        QCOMPARE(message.size(), std::size_t{296});
        QCOMPARE(message.front(), i);
    }
    QVERIFY(!lab.tunnelA->isStreamLost());
    QCOMPARE(lab.tunnelB->statistics().authFailures, 0U);
}

void TestStream::anotherStreamInPlaceOfABrokenOne() {
    Lab lab;
    QVERIFY(lab.build());
    auto next = lab.connect(4501);
    // The server's end goes over to the new stream, which closes the old one.
    QVERIFY(lab.tunnelB->moveTo(Lab::outer(std::move(next.server), "192.0.2.1")));
    pollfd told{lab.tunnelA->controlFd(), POLLIN, 0};
    QTRY_VERIFY_WITH_TIMEOUT(lab.tunnelA->isStreamLost(), 10'000);
    QVERIFY(::poll(&told, 1, 5000) == 1);
    QVERIFY(lab.tunnelA->receiveControl().empty());
    QVERIFY(lab.tunnelA->moveTo(Lab::outer(std::move(next.client), "192.0.2.2")));
    QVERIFY(!lab.tunnelA->isStreamLost());
    const auto bytes = pattern(2'000'000);
    QVERIFY(transfer(lab.a, lab.b, "10.9.0.2", bytes) == bytes);
    QVERIFY(transfer(lab.b, lab.a, "10.9.0.1", bytes) == bytes);
}

void TestStream::nonsenseEndsTheStream() {
    Lab lab;
    QVERIFY(lab.build());
    auto pair = lab.connect(4502);
    QVERIFY(lab.tunnelA->moveTo(Lab::outer(std::move(pair.client), "192.0.2.2")));
    const Bytes nonsense{0, 5, 0, 0, 0, 0, 1}; // a frame, then one of length 1
    QCOMPARE(::send(pair.server.get(), nonsense.data(), nonsense.size(), 0), ssize_t{7});
    QTRY_VERIFY_WITH_TIMEOUT(lab.tunnelA->isStreamLost(), 10'000);
}

void TestStream::movesFromUdp() {
    Lab lab;
    QVERIFY(lab.build());
    datapath::OuterSocket udpA;
    udpA.socket = lab.a.socket(SOCK_DGRAM, "192.0.2.1", 4500);
    udpA.peer = {base::IpAddress::fromText("192.0.2.2").value(), 4500};
    datapath::OuterSocket udpB;
    udpB.socket = lab.b.socket(SOCK_DGRAM, "192.0.2.2", 4500);
    udpB.peer = {base::IpAddress::fromText("192.0.2.1").value(), 4500};
    QVERIFY(lab.tunnelA->moveTo(std::move(udpA)));
    QVERIFY(lab.tunnelB->moveTo(std::move(udpB)));
    const auto bytes = pattern(2'000'000);
    QVERIFY(transfer(lab.a, lab.b, "10.9.0.2", bytes) == bytes);
    auto pair = lab.connect(4503);
    QVERIFY(lab.tunnelB->moveTo(Lab::outer(std::move(pair.server), "192.0.2.1")));
    QVERIFY(lab.tunnelA->moveTo(Lab::outer(std::move(pair.client), "192.0.2.2")));
    QVERIFY(transfer(lab.b, lab.a, "10.9.0.1", bytes) == bytes);
}

// The port before the tunnel: prefix, frames in pieces, and what is left over goes to the tunnel.
void TestStream::portSpeaksAndHandsOver() {
    Lab lab;
    QVERIFY(lab.build());
    const auto listener = lab.b.socket(SOCK_STREAM, "192.0.2.2", 443);
    ::listen(listener.get(), 1);
    auto port = datapath::StreamPort::connect(lab.a.socket(SOCK_STREAM, "192.0.2.1", 0),
                                              {base::IpAddress::fromText("192.0.2.2").value(), 443});
    QVERIFY(port);
    port->send(Bytes{0, 0, 0, 0, 7});
    const base::UniqueFd server(::accept(listener.get(), nullptr, nullptr));
    pollfd writable{port->fd(), POLLOUT, 0};
    QVERIFY(::poll(&writable, 1, 5000) == 1);
    port->flush();
    QVERIFY(!port->wantsWrite());
    Bytes seen(64);
    const auto got = ::recv(server.get(), seen.data(), 13, MSG_WAITALL);
    QCOMPARE(got, ssize_t{13});
    seen.resize(13);
    QCOMPARE(base::toHex(seen), std::string("494b45544350"
                                            "0007"
                                            "0000000007"));
    const Bytes reply{0, 7, 0, 0, 0, 0, 9, 0, 9, 1};
    for (const auto octet : reply) {
        QVERIFY(::send(server.get(), &octet, 1, 0) == 1);
    }
    Bytes first;
    QTRY_VERIFY((first = first.empty() ? port->receive() : first, !first.empty()));
    QCOMPARE(first, (Bytes{0, 0, 0, 0, 9}));
    QVERIFY(port->receive().empty());
    QTRY_VERIFY((static_cast<void>(port->receive()), true));
    QVERIFY(!port->failure());
    ::shutdown(server.get(), SHUT_RDWR);
    QTRY_VERIFY((static_cast<void>(port->receive()), port->failure().has_value()));
    QCOMPARE(port->failure()->code, std::string("tern.datapath.stream"));
}

void TestStream::refusedPort() {
    Lab lab;
    QVERIFY(lab.build());
    auto port = datapath::StreamPort::connect(lab.a.socket(SOCK_STREAM, "192.0.2.1", 0),
                                              {base::IpAddress::fromText("192.0.2.2").value(), 444});
    QVERIFY(port);
    QTRY_VERIFY((port->flush(), port->failure().has_value()));
    QVERIFY(!port->wantsWrite());
}

QTEST_GUILESS_MAIN(TestStream)
#include "tst_stream.moc"
