// Two of SSTP's tunnels back to back over TCP and real TLS, each in a network namespace: bulk both ways with control
// frames beside it, packets kept from the TUN, and the ways the stream ends.
#include "core/datapath/sstp_tunnel.h"
#include "core/sstp/frames.h"
#include "network.h"
#include "tls_pair.h"
#include "transfer.h"

#include <QTest>
#include <array>
#include <poll.h>
#include <thread>

using namespace tern;
using base::Bytes;
using datapath::SstpTunnel;
using testing::Namespace;

namespace {

struct Lab {
    Namespace a;
    Namespace b;
    base::UniqueFd serverSocket; // without a tunnel at that end
    std::unique_ptr<crypto::TlsClient> serverTls;
    std::unique_ptr<SstpTunnel> tunnelA;
    std::unique_ptr<SstpTunnel> tunnelB;

    bool build(bool both, crypto::TlsVersion newest = crypto::TlsVersion::Tls13) {
        const bool joined = a.ip(QStringLiteral("link add v0 type veth peer name v0 netns %1").arg(b.path())) &&
                            a.ip(QStringLiteral("addr add 192.0.2.1/24 dev v0")) &&
                            b.ip(QStringLiteral("addr add 192.0.2.2/24 dev v0")) &&
                            a.ip(QStringLiteral("link set v0 up")) && b.ip(QStringLiteral("link set v0 up"));
        const auto listener = b.socket(SOCK_STREAM, "192.0.2.2", 443);
        ::listen(listener.get(), 1);
        auto client = a.socket(SOCK_STREAM, "192.0.2.1", 0);
        sockaddr_storage name{};
        const auto length = Namespace::fill(name, "192.0.2.2", 443);
        if (!joined || ::connect(client.get(), reinterpret_cast<sockaddr*>(&name), length) != 0) {
            return false;
        }
        base::UniqueFd server(::accept(listener.get(), nullptr, nullptr));
        testing::TlsPair tls(newest);
        if (!tls.client->isEstablished() || !tls.server->isEstablished()) {
            return false;
        }
        tunnelA = end(a, std::move(client), std::move(tls.client), "1");
        if (both) {
            tunnelB = end(b, std::move(server), std::move(tls.server), "2");
        } else {
            serverSocket = std::move(server);
            serverTls = std::move(tls.server);
        }
        return tunnelA && (!both || tunnelB);
    }
    static std::unique_ptr<SstpTunnel> end(const Namespace& where, base::UniqueFd socket,
                                           std::unique_ptr<crypto::TlsClient> tls, const char* number) {
        datapath::SstpTunnelConfig config;
        config.tun = where.tun("tun0");
        config.socket = std::move(socket);
        config.tls = std::move(tls);
        config.mtu = 1400;
        auto started = SstpTunnel::start(std::move(config));
        const bool up = where.ip(QStringLiteral("addr add 10.9.0.%1/24 dev tun0").arg(QString::fromLatin1(number))) &&
                        where.ip(QStringLiteral("link set tun0 mtu 1400 up"));
        return up && started ? std::move(*started) : nullptr;
    }
    // Octets of SSTP's stream from a server that is none.
    void say(base::ByteView plain) const {
        static_cast<void>(serverTls->send(plain));
        const auto out = serverTls->output();
        QCOMPARE(::send(serverSocket.get(), out.data(), out.size(), MSG_NOSIGNAL), static_cast<ssize_t>(out.size()));
        serverTls->sent(out.size());
    }
};

Bytes pattern(std::size_t size) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<std::uint8_t>(i * 31 + (i >> 11U));
    }
    return bytes;
}

std::string awaitFailure(const SstpTunnel& tunnel) {
    for (int i = 0; i < 100; ++i) {
        if (const auto failure = tunnel.failure()) {
            return failure->code;
        }
        QTest::qWait(50);
    }
    return {};
}

} // namespace

class TestSstpTunnel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        if (!testing::mayMakeNamespaces()) {
            QSKIP("needs root and /dev/net/tun");
        }
    }
    void carriesBulkAndControl_data() {
        QTest::addColumn<bool>("tls13");
        QTest::newRow("TLS 1.3") << true;
        QTest::newRow("TLS 1.2") << false;
    }
    void carriesBulkAndControl() {
        QFETCH(bool, tls13);
        Lab lab;
        QVERIFY(lab.build(true, tls13 ? crypto::TlsVersion::Tls13 : crypto::TlsVersion::Tls12));
        const auto bytes = pattern(10'000'000);
        const auto echo = sstp::writePlain(sstp::MessageType::EchoRequest);
        std::thread control([&] {
            for (int i = 0; i < 20; ++i) {
                lab.tunnelA->sendControl(echo);
                QTest::qSleep(5);
            }
        });
        QVERIFY(transfer(lab.a, lab.b, "10.9.0.2", bytes) == bytes);
        control.join();
        QVERIFY(transfer(lab.b, lab.a, "10.9.0.1", bytes) == bytes);
        for (int i = 0; i < 20; ++i) {
            QCOMPARE(testing::awaitControl(*lab.tunnelB), echo);
        }
        const auto statistics = lab.tunnelA->statistics();
        QVERIFY(statistics.sentBytes > bytes.size() && statistics.receivedBytes > bytes.size());
        QVERIFY(statistics.lastReceived != 0);
        QVERIFY(!lab.tunnelA->failure() && !lab.tunnelB->failure());
    }
    void tellsFramesApart() {
        Lab lab;
        QVERIFY(lab.build(false));
        const auto lcp = sstp::writeData(base::fromHex("ff03c02109010008000000aa"));
        const auto ack = sstp::writePlain(sstp::MessageType::EchoResponse);
        auto stream = sstp::writeData(base::fromHex("21450000")); // no whole IP packet
        base::append(stream, lcp);
        base::append(stream, sstp::writeData({}));
        base::append(stream, ack);
        for (const auto octet : stream) { // an octet a record
            lab.say(base::ByteView(&octet, 1));
        }
        QCOMPARE(testing::awaitControl(*lab.tunnelA), lcp);
        QCOMPARE(testing::awaitControl(*lab.tunnelA), ack);
        QCOMPARE(lab.tunnelA->statistics().dropped, std::uint64_t{2});
        QVERIFY(!lab.tunnelA->failure());
    }
    void divertsAndInjects() {
        Lab lab;
        QVERIFY(lab.build(true));
        lab.tunnelB->divert(68);
        const auto whole = base::fromHex("450000200000000040110000"
                                         "0a0900010a090002"
                                         "00430044000c0000deadbeef");
        lab.tunnelA->inject(whole);
        pollfd ready{lab.tunnelB->divertedFd(), POLLIN, 0};
        QVERIFY(::poll(&ready, 1, 5000) == 1);
        QCOMPARE(lab.tunnelB->receiveDiverted(), whole);
    }
    void theStreamEnds() {
        Lab lab;
        QVERIFY(lab.build(false));
        lab.serverSocket.reset();
        QCOMPARE(awaitFailure(*lab.tunnelA), std::string("tern.sstp.cut"));
        pollfd ready{lab.tunnelA->controlFd(), POLLIN, 0};
        QCOMPARE(::poll(&ready, 1, 5000), 1);
    }
    void nonsenseEndsTheStream() {
        Lab inside;
        QVERIFY(inside.build(false));
        inside.say(base::toBytes("HTTP/1.1 500"));
        QCOMPARE(awaitFailure(*inside.tunnelA), std::string("tern.sstp.frame"));
        Lab outside;
        QVERIFY(outside.build(false));
        QVERIFY(::send(outside.serverSocket.get(), "no TLS at all", 13, MSG_NOSIGNAL) == 13);
        QVERIFY(awaitFailure(*outside.tunnelA).starts_with("tern.crypto.tls."));
    }
    void tlsInPieces() {
        testing::TlsPair pair(crypto::TlsVersion::Tls13, 1);
        QVERIFY(pair.client->isEstablished());
        const auto sent = pattern(50'000);
        for (std::size_t at = 0; at < sent.size(); at += 10'000) {
            QVERIFY(pair.server->send(base::ByteView(sent).subspan(at, 10'000)));
        }
        Bytes received;
        std::array<std::uint8_t, 7'000> buffer{};
        while (!pair.server->output().empty()) {
            QVERIFY(pair.client->feed(pair.server->output().first(1)));
            pair.server->sent(1);
            for (auto got = pair.client->read(buffer); got && *got > 0; got = pair.client->read(buffer)) {
                received.insert(received.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*got));
            }
        }
        QCOMPARE(received, sent);
    }
};

QTEST_GUILESS_MAIN(TestSstpTunnel)
#include "tst_sstp_tunnel.moc"
