// Which packets an SA carries, and how frames lie in a stream.
#include "core/datapath/selectors.h"
#include "core/datapath/stream_frames.h"

#include <QTest>

using namespace tern;
using namespace tern::datapath;
using base::TrafficSelector;

namespace {

base::IpAddress ip(const char* text) {
    return *base::IpAddress::fromText(text);
}
TrafficSelector range(const char* first, const char* last) {
    return {ip(first), ip(last)};
}

// An IPv4 packet with ports in front of `rest`.
base::Bytes packet4(const char* from, const char* to, std::uint8_t protocol, base::Bytes body,
                    std::uint16_t fragment = 0) {
    base::Bytes packet{
        0x45, 0,        0, 0, 0, 0, static_cast<std::uint8_t>(fragment >> 8U), static_cast<std::uint8_t>(fragment),
        64,   protocol, 0, 0};
    base::append(packet, ip(from).bytes());
    base::append(packet, ip(to).bytes());
    base::append(packet, body);
    packet[2] = static_cast<std::uint8_t>(packet.size() >> 8U);
    packet[3] = static_cast<std::uint8_t>(packet.size());
    return packet;
}
base::Bytes packet6(const char* from, const char* to, std::uint8_t next, base::Bytes body) {
    base::Bytes packet{
        0x60, 0, 0, 0, static_cast<std::uint8_t>(body.size() >> 8U), static_cast<std::uint8_t>(body.size()), next, 64};
    base::append(packet, ip(from).bytes());
    base::append(packet, ip(to).bytes());
    base::append(packet, body);
    return packet;
}
const base::Bytes http{0x30, 0x39, 0, 80, 0, 8, 0, 0}; // from port 12345 to port 80

bool sends(const SelectorSet& set, const base::Bytes& packet) {
    return set.covers(flowOf(packet, *parseIp(packet), Direction::Out));
}
bool takes(const SelectorSet& set, const base::Bytes& packet) {
    return set.admits(packet, *parseIp(packet));
}

} // namespace

class TestSelectors : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noneIsEverything();
    void addresses();
    void families();
    void protocolsAndPorts();
    void laterFragmentsHaveNoPorts();
    void extensionHeaders();
    void errorsFromRouters();
    void anyOfSeveral();
    void framesAtEveryBoundary();
    void badFrames();
};

void TestSelectors::noneIsEverything() {
    const SelectorSet all({}, {});
    QVERIFY(sends(all, packet4("10.0.0.1", "192.0.2.1", 17, http)));
    QVERIFY(takes(all, packet6("2001:db8::1", "2001:db8::2", 17, http)));
}

void TestSelectors::addresses() {
    const SelectorSet set({range("10.9.0.2", "10.9.0.2")}, {range("10.1.0.0", "10.1.255.255")});
    QVERIFY(sends(set, packet4("10.9.0.2", "10.1.0.0", 17, http)));
    QVERIFY(sends(set, packet4("10.9.0.2", "10.1.255.255", 17, http)));
    QVERIFY(!sends(set, packet4("10.9.0.2", "10.2.0.0", 17, http)));
    QVERIFY(!sends(set, packet4("10.9.0.3", "10.1.0.1", 17, http)));
    QVERIFY(takes(set, packet4("10.1.3.4", "10.9.0.2", 17, http)));
    QVERIFY(!takes(set, packet4("10.2.3.4", "10.9.0.2", 17, http)));
    QVERIFY(!takes(set, packet4("10.9.0.2", "10.1.3.4", 17, http)));
}

void TestSelectors::families() {
    const SelectorSet set({range("0.0.0.0", "255.255.255.255")}, {range("0.0.0.0", "255.255.255.255")});
    QVERIFY(sends(set, packet4("10.9.0.2", "10.1.0.0", 17, http)));
    QVERIFY(!sends(set, packet6("::", "::1", 17, http)));
    const SelectorSet six({range("2001:db8::2", "2001:db8::2")},
                          {range("2001:db8:1::", "2001:db8:1:ffff:ffff:ffff:ffff:ffff")});
    QVERIFY(sends(six, packet6("2001:db8::2", "2001:db8:1::9", 6, http)));
    QVERIFY(!sends(six, packet6("2001:db8::2", "2001:db8:2::", 6, http)));
}

void TestSelectors::protocolsAndPorts() {
    auto web = range("10.1.0.0", "10.1.255.255");
    web.protocol = 6;
    web.firstPort = web.lastPort = 80;
    const SelectorSet set({range("10.9.0.2", "10.9.0.2")}, {web});
    QVERIFY(sends(set, packet4("10.9.0.2", "10.1.0.1", 6, http)));
    QVERIFY(!sends(set, packet4("10.9.0.2", "10.1.0.1", 17, http)));
    QVERIFY(!sends(set, packet4("10.9.0.2", "10.1.0.1", 6, {0, 80, 0x30, 0x39, 0, 0, 0, 0})));
    QVERIFY(takes(set, packet4("10.1.0.1", "10.9.0.2", 6, {0, 80, 0x30, 0x39, 0, 0, 0, 0})));
    QVERIFY(!sends(set, packet4("10.9.0.2", "10.1.0.1", 6, {0, 80}))); // cut off
    auto echo = range("10.1.0.0", "10.1.255.255");
    echo.protocol = 1;
    echo.firstPort = 0x0800; // echo request, any code
    echo.lastPort = 0x08FF;
    const SelectorSet pings({range("10.9.0.2", "10.9.0.2")}, {echo});
    QVERIFY(sends(pings, packet4("10.9.0.2", "10.1.0.1", 1, {8, 0, 0, 0, 0, 0, 0, 0})));
    QVERIFY(!sends(pings, packet4("10.9.0.2", "10.1.0.1", 1, {13, 0, 0, 0, 0, 0, 0, 0})));
}

void TestSelectors::laterFragmentsHaveNoPorts() {
    auto web = range("10.1.0.0", "10.1.255.255");
    web.firstPort = web.lastPort = 80;
    const SelectorSet ports({range("10.9.0.2", "10.9.0.2")}, {web});
    QVERIFY(!sends(ports, packet4("10.9.0.2", "10.1.0.1", 17, http, 0x00B9)));
    QVERIFY(sends(ports, packet4("10.9.0.2", "10.1.0.1", 17, http, 0x2000))); // the first one
    const SelectorSet any({range("10.9.0.2", "10.9.0.2")}, {range("10.1.0.0", "10.1.255.255")});
    QVERIFY(sends(any, packet4("10.9.0.2", "10.1.0.1", 17, http, 0x00B9)));
}

void TestSelectors::extensionHeaders() {
    auto web = range("2001:db8:1::", "2001:db8:1:ffff:ffff:ffff:ffff:ffff");
    web.protocol = 6;
    web.firstPort = web.lastPort = 80;
    const SelectorSet set({range("2001:db8::2", "2001:db8::2")}, {web});
    base::Bytes options{6, 0, 1, 4, 0, 0, 0, 0};
    base::append(options, http);
    QVERIFY(sends(set, packet6("2001:db8::2", "2001:db8:1::9", 60, options)));
    base::Bytes later{6, 0, 0, 8, 0, 0, 0, 1};
    base::append(later, http);
    QVERIFY(!sends(set, packet6("2001:db8::2", "2001:db8:1::9", 44, later)));
    // A chain that leads nowhere.
    QVERIFY(!sends(set, packet6("2001:db8::2", "2001:db8:1::9", 60, {60, 255, 0, 0, 0, 0, 0, 0})));
}

void TestSelectors::errorsFromRouters() {
    const SelectorSet set({range("10.9.0.2", "10.9.0.2")}, {range("10.1.0.0", "10.1.255.255")});
    const auto error = [](std::uint8_t type, const base::Bytes& about) {
        base::Bytes body{type, 4, 0, 0, 0, 0, 5, 0};
        base::append(body, about);
        return packet4("172.16.0.1", "10.9.0.2", 1, body);
    };
    const auto ours = packet4("10.9.0.2", "10.1.0.1", 17, http);
    QVERIFY(takes(set, error(3, ours)));
    QVERIFY(!takes(set, error(0, ours))); // an echo reply is no error
    QVERIFY(!takes(set, error(3, packet4("10.9.0.2", "10.2.0.1", 17, http))));
    QVERIFY(!takes(set, error(3, packet4("10.1.0.1", "10.9.0.2", 17, http))));
    QVERIFY(!takes(set, error(3, base::Bytes(ours.begin(), ours.begin() + 24)))); // too short to say
    QVERIFY(!takes(set, error(3, {})));
}

void TestSelectors::anyOfSeveral() {
    const SelectorSet set({range("10.9.0.2", "10.9.0.2"), range("2001:db8::2", "2001:db8::2")},
                          {range("10.1.0.0", "10.1.255.255"), range("10.3.0.0", "10.3.255.255"),
                           range("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")});
    QVERIFY(sends(set, packet4("10.9.0.2", "10.3.0.1", 17, http)));
    QVERIFY(!sends(set, packet4("10.9.0.2", "10.2.0.1", 17, http)));
    QVERIFY(sends(set, packet6("2001:db8::2", "2001:db8:9::", 17, http)));
}

void TestSelectors::framesAtEveryBoundary() {
    const std::vector<base::Bytes> contents{
        {1}, base::Bytes(300, 2), {0xFF}, base::Bytes(65'533, 3), base::Bytes(5, 4)};
    base::Bytes stream;
    for (const auto& content : contents) {
        QVERIFY(appendFrame(stream, content));
    }
    // In two pieces, cut at every octet of the beginning and at many of the rest.
    for (std::size_t cut = 0; cut <= stream.size(); cut += cut < 400 ? 1 : 997) {
        std::vector<base::Bytes> seen;
        base::Bytes waiting;
        for (const auto& piece : {base::ByteView(stream).first(cut), base::ByteView(stream).subspan(cut)}) {
            base::append(waiting, piece);
            for (auto frame = nextFrame(waiting); frame.state == Frame::State::Whole; frame = nextFrame(waiting)) {
                seen.emplace_back(waiting.begin() + 2, waiting.begin() + static_cast<std::ptrdiff_t>(frame.size));
                waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(frame.size));
            }
        }
        QVERIFY(waiting.empty());
        QVERIFY(seen == contents);
    }
}

void TestSelectors::badFrames() {
    QCOMPARE(nextFrame(base::Bytes{}).state, Frame::State::Partial);
    QCOMPARE(nextFrame(base::Bytes{0}).state, Frame::State::Partial);
    QCOMPARE(nextFrame(base::Bytes{0, 0}).state, Frame::State::Invalid);
    QCOMPARE(nextFrame(base::Bytes{0, 1}).state, Frame::State::Invalid);
    QCOMPARE(nextFrame(base::Bytes{0, 2}).state, Frame::State::Whole);
    base::Bytes stream;
    QVERIFY(!appendFrame(stream, {}));
    QVERIFY(!appendFrame(stream, base::Bytes(65'534)));
    QVERIFY(stream.empty());
}

QTEST_APPLESS_MAIN(TestSelectors)
#include "tst_selectors.moc"
