#include "core/datapath/clock.h"
#include "core/datapath/udp_port.h"

#include <QTest>
#include <sys/socket.h>

using namespace tern;

class TestUdpPort : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void datagramsGoBothWays_data();
    void datagramsGoBothWays();
    void localAddressKeepsThePort();
    void refusesWhatIsNoUdpSocket();
    void anIpv6PeerNeedsAnIpv6Socket();
    void buffersOnlyGrow();
    void bootClockMovesOn();
};

namespace {

base::UniqueFd udpSocket(int family) {
    return base::UniqueFd(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
}

base::IpAddress address(const char* text) {
    return base::IpAddress::fromText(text).value();
}

std::optional<datapath::Datagram> waitFor(const datapath::UdpPort& port) {
    for (int i = 0; i < 1000; ++i) {
        if (auto datagram = port.receiveFrom()) {
            return datagram;
        }
        QTest::qWait(1);
    }
    return std::nullopt;
}

} // namespace

void TestUdpPort::datagramsGoBothWays_data() {
    QTest::addColumn<int>("family");
    QTest::addColumn<QString>("loopback");
    QTest::newRow("v4") << AF_INET << QStringLiteral("127.0.0.1");
    QTest::newRow("v4 on a v6 socket") << AF_INET6 << QStringLiteral("127.0.0.1");
    QTest::newRow("v6") << AF_INET6 << QStringLiteral("::1");
}

void TestUdpPort::datagramsGoBothWays() {
    QFETCH(int, family);
    QFETCH(QString, loopback);
    auto one = datapath::UdpPort::adopt(udpSocket(family));
    auto two = datapath::UdpPort::adopt(udpSocket(family));
    QVERIFY(one && two);
    QVERIFY(one->localPort() != 0);
    const base::Bytes sent{1, 2, 3};
    const auto ip = address(loopback.toUtf8().constData());
    QVERIFY(one->sendTo({ip, two->localPort()}, sent));
    const auto got = waitFor(*two);
    QVERIFY(got);
    QCOMPARE(got->bytes, sent);
    QCOMPARE(got->from.address.text(), ip.text());
    QCOMPARE(got->from.port, one->localPort());
    QVERIFY(!two->receiveFrom());
}

void TestUdpPort::localAddressKeepsThePort() {
    auto port = datapath::UdpPort::adopt(udpSocket(AF_INET));
    auto other = datapath::UdpPort::adopt(udpSocket(AF_INET));
    QVERIFY(port && other);
    const auto local = datapath::localAddressFor(port->fd(), {address("127.0.0.1"), 4500});
    QVERIFY(local);
    QCOMPARE(local->text(), std::string("127.0.0.1"));
    // Still the same port, and unconnected: a datagram from anywhere arrives.
    QVERIFY(other->sendTo({address("127.0.0.1"), port->localPort()}, base::Bytes{9}));
    const auto got = waitFor(*port);
    QVERIFY(got);
    QCOMPARE(got->from.port, other->localPort());
}

void TestUdpPort::refusesWhatIsNoUdpSocket() {
    const auto tcp = datapath::UdpPort::adopt(base::UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
    QVERIFY(!tcp);
    QCOMPARE(tcp.error().code, std::string("tern.datapath.socket"));
    QVERIFY(!datapath::UdpPort::adopt(base::UniqueFd()));
}

void TestUdpPort::anIpv6PeerNeedsAnIpv6Socket() {
    auto port = datapath::UdpPort::adopt(udpSocket(AF_INET));
    QVERIFY(port);
    const auto sent = port->sendTo({address("::1"), 4500}, base::Bytes{1});
    QVERIFY(!sent);
    QCOMPARE(sent.error().code, std::string("tern.datapath.send"));
    QVERIFY(!datapath::localAddressFor(port->fd(), {address("::1"), 4500}));
}

void TestUdpPort::buffersOnlyGrow() {
    const auto sizeOf = [](int fd) {
        int size = 0;
        socklen_t length = sizeof size;
        ::getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, &length);
        return size;
    };
    auto plain = udpSocket(AF_INET);
    const int before = sizeOf(plain.get());
    datapath::enlargeBuffers(plain.get());
    QVERIFY(sizeOf(plain.get()) >= before);
    // What a privileged helper gave is kept, though this program could not ask for as much again.
    auto given = udpSocket(AF_INET);
    const int much = 32 * 1024 * 1024;
    if (::setsockopt(given.get(), SOL_SOCKET, SO_RCVBUFFORCE, &much, sizeof much) != 0) {
        QSKIP("only root may go beyond net.core.rmem_max");
    }
    const int large = sizeOf(given.get());
    datapath::enlargeBuffers(given.get());
    QCOMPARE(sizeOf(given.get()), large);
}

void TestUdpPort::bootClockMovesOn() {
    const auto before = datapath::bootNow();
    QTest::qWait(2);
    QVERIFY(datapath::bootNow() > before);
}

QTEST_GUILESS_MAIN(TestUdpPort)
#include "tst_udp_port.moc"
