// DHCPINFORM and its answer against the examples of the RFCs, and against what hostile servers may send.
#include "core/dhcp/inform.h"

#include <QTest>

using namespace tern;
using namespace tern::dhcp;

namespace {

base::IpAddress ip(const char* text) {
    return *base::IpAddress::fromText(text);
}
std::vector<std::string> texts(const std::vector<base::IpPrefix>& list) {
    std::vector<std::string> result;
    for (const auto& prefix : list) {
        result.push_back(prefix.text());
    }
    return result;
}
using Texts = std::vector<std::string>;

constexpr std::uint32_t transaction = 0x12345678;

base::Bytes option(std::uint8_t code, const base::Bytes& value) {
    base::Bytes result{code, static_cast<std::uint8_t>(value.size())};
    base::append(result, value);
    return result;
}

// A DHCPACK with these options.
base::Bytes ack(const base::Bytes& options, std::uint8_t type = 5) {
    auto message = encodeInform(transaction, ip("10.9.0.2"));
    message[0] = 2;
    message.resize(240);
    base::append(message, option(53, {type}));
    base::append(message, options);
    message.push_back(255);
    return message;
}
std::optional<Reply> parse(const base::Bytes& message) {
    return parseAck(message, transaction, ip("10.9.0.2"));
}

} // namespace

class TestMessage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void request();
    void packet();
    void damagedPackets();
    void routesOfRfc3442_data();
    void routesOfRfc3442();
    void standardOptionGoesFirst();
    void searchListOfRfc3397();
    void hostileSearchLists_data();
    void hostileSearchLists();
    void longOptionsInPieces();
    void overload();
    void serversAndDomain();
    void notForUs();
    void truncatedAnywhere();
    void bounded();
    void asksAndGivesUp();
};

void TestMessage::request() {
    const auto message = encodeInform(transaction, ip("10.9.0.2"));
    QVERIFY(message.size() >= 300);
    QCOMPARE(base::toHex(base::ByteView(message).first(16)), std::string("01080600123456780000000"
                                                                         "00a090002"));
    QCOMPARE(base::toHex(base::ByteView(message).subspan(236, 7)), std::string("63825363350108"));
    QVERIFY(!parse(message)); // a request is no answer
}

void TestMessage::packet() {
    const base::Bytes payload{1, 2, 3};
    const auto packet = wrapUdp(ip("10.9.0.2"), 68, ip("255.255.255.255"), 67, payload);
    // Sums worked out by hand (RFC 1071).
    QCOMPARE(base::toHex(packet), std::string("4500001f00000000401170c40a090002ffffffff00440043000bf144010203"));
    const auto back = unwrapUdp(packet, 68, 67);
    QCOMPARE(base::Bytes(back.begin(), back.end()), payload);
    QVERIFY(unwrapUdp(packet, 67, 68).empty());
}

void TestMessage::damagedPackets() {
    const auto packet = wrapUdp(ip("10.9.0.1"), 67, ip("10.9.0.2"), 68, base::Bytes(40, 7));
    for (std::size_t size = 0; size < packet.size(); ++size) {
        QVERIFY(unwrapUdp(base::ByteView(packet).first(size), 67, 68).empty());
    }
    for (std::size_t at = 20; at < packet.size(); ++at) {
        auto damaged = packet;
        damaged[at] ^= 0x10;
        QVERIFY2(unwrapUdp(damaged, 67, 68).empty(), qPrintable(QString::number(at)));
    }
    auto fragment = packet;
    fragment[6] = 0x20;
    QVERIFY(unwrapUdp(fragment, 67, 68).empty());
}

void TestMessage::routesOfRfc3442_data() {
    QTest::addColumn<QByteArray>("descriptor"); // without the router
    QTest::addColumn<QString>("route");
    const auto row = [](const char* hex, const char* route) {
        QTest::newRow(route) << QByteArray::fromHex(hex) << QString::fromLatin1(route);
    };
    row("00", "0.0.0.0/0");
    row("080a", "10.0.0.0/8");
    row("180a0000", "10.0.0.0/24");
    row("100a11", "10.17.0.0/16");
    row("180a1b81", "10.27.129.0/24");
    row("190ae50080", "10.229.0.128/25");
    row("20c6a70a01", "198.167.10.1/32");
}

void TestMessage::routesOfRfc3442() {
    QFETCH(QByteArray, descriptor);
    QFETCH(QString, route);
    base::Bytes value(descriptor.begin(), descriptor.end());
    base::append(value, base::Bytes{10, 9, 0, 1});
    for (const auto code : {std::uint8_t{121}, std::uint8_t{249}}) {
        const auto reply = parse(ack(option(code, value)));
        QVERIFY(reply);
        QCOMPARE(texts(reply->routes), Texts{route.toStdString()});
    }
    // One octet less or more makes the list none.
    for (const int change : {-1, 1}) {
        auto wrong = value;
        wrong.resize(static_cast<std::size_t>(static_cast<int>(wrong.size()) + change), 33);
        QVERIFY(parse(ack(option(121, wrong)))->routes.empty());
    }
}

void TestMessage::standardOptionGoesFirst() {
    auto options = option(249, {8, 10, 1, 1, 1, 1});
    base::append(options, option(121, {16, 10, 17, 1, 1, 1, 1}));
    QCOMPARE(texts(parse(ack(options))->routes), Texts{"10.17.0.0/16"});
}

void TestMessage::searchListOfRfc3397() {
    base::Bytes value{3, 'e', 'n', 'g', 5,   'a', 'p', 'p', 'l', 'e', 3,   'c',  'o', 'm',
                      0, 9,   'm', 'a', 'r', 'k', 'e', 't', 'i', 'n', 'g', 0xC0, 0x04};
    QCOMPARE(parse(ack(option(119, value)))->domains, (Texts{"eng.apple.com", "marketing.apple.com"}));
}

void TestMessage::hostileSearchLists_data() {
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("to itself") << QByteArray::fromHex("c000");
    QTest::newRow("forward") << QByteArray::fromHex("c0020161"
                                                    "00");
    QTest::newRow("in a circle") << QByteArray::fromHex("0161c002c000");
    QTest::newRow("open end") << QByteArray::fromHex("03616263");
    QTest::newRow("long label") << QByteArray::fromHex("40") + QByteArray(64, 'a') + QByteArray(1, '\0');
    QTest::newRow("bad octet") << QByteArray::fromHex("03612f6200");
    QTest::newRow("half a pointer") << QByteArray::fromHex("0161c0");
}

void TestMessage::hostileSearchLists() {
    QFETCH(QByteArray, value);
    const auto reply = parse(ack(option(119, base::Bytes(value.begin(), value.end()))));
    QVERIFY(reply);
    QVERIFY(reply->domains.empty());
}

void TestMessage::longOptionsInPieces() {
    base::Bytes routes;
    for (unsigned i = 0; i < 60; ++i) {
        base::append(routes, base::Bytes{16, 172, static_cast<std::uint8_t>(i), 10, 9, 0, 1});
    }
    base::Bytes options;
    for (std::size_t at = 0; at < routes.size(); at += 200) {
        const auto piece = base::ByteView(routes).subspan(at, std::min<std::size_t>(200, routes.size() - at));
        base::append(options, option(121, {piece.begin(), piece.end()}));
    }
    QCOMPARE(parse(ack(options))->routes.size(), std::size_t{60});
}

void TestMessage::overload() {
    auto message = ack(option(52, {1}));
    const auto inFile = option(15, {'a', '.', 'b'});
    std::copy(inFile.begin(), inFile.end(), message.begin() + 108);
    message[108 + inFile.size()] = 255;
    QCOMPARE(parse(message)->domains, Texts{"a.b"});
    message[108 + 1] = 200; // points outside
    QVERIFY(!parse(message));
}

void TestMessage::serversAndDomain() {
    auto options = option(6, {10, 0, 0, 53, 10, 0, 1, 53});
    base::append(options, option(44, {10, 0, 0, 5}));
    base::append(options, option(15, {'C', 'o', 'r', 'p', '.', 'T', 'e', 's', 't', 0}));
    const auto reply = parse(ack(options));
    QCOMPARE(reply->dns, (std::vector{ip("10.0.0.53"), ip("10.0.1.53")}));
    QCOMPARE(reply->nbns, std::vector{ip("10.0.0.5")});
    QCOMPARE(reply->domains, Texts{"corp.test"});
    QVERIFY(parse(ack(option(6, {10, 0, 0})))->dns.empty());
    QVERIFY(parse(ack(option(15, {'a', '\n', 'b'})))->domains.empty());
}

void TestMessage::notForUs() {
    QVERIFY(parse(ack({})));
    QVERIFY(!parse(ack({}, 6))); // DHCPNAK
    QVERIFY(!parse(ack({}, 2))); // DHCPOFFER
    QVERIFY(!parseAck(ack({}), transaction + 1, ip("10.9.0.2")));
    QVERIFY(!parseAck(ack({}), transaction, ip("10.9.0.3")));
    auto noCookie = ack({});
    noCookie[236] ^= 1;
    QVERIFY(!parse(noCookie));
}

void TestMessage::truncatedAnywhere() {
    const auto whole = ack(option(121, {8, 10, 1, 1, 1, 1}));
    for (std::size_t size = 0; size < 243; ++size) {
        QVERIFY(!parse({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)}));
    }
    for (std::size_t size = 244; size + 1 < whole.size(); ++size) {
        const auto reply = parse({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
        QVERIFY(!reply || reply->routes.size() <= 1);
    }
}

void TestMessage::bounded() {
    base::Bytes options;
    for (unsigned i = 0; i < 500; ++i) {
        base::Bytes routes;
        for (std::uint8_t j = 0; j < 30; ++j) {
            base::append(routes, base::Bytes{24, static_cast<std::uint8_t>(i % 200 + 1), j, 0, 10, 9, 0, 1});
        }
        base::append(options, option(121, routes));
        base::append(options, option(6, base::Bytes(240, 10)));
    }
    const auto reply = parse(ack(options));
    QCOMPARE(reply->routes.size(), std::size_t{1024});
    QVERIFY(reply->dns.size() <= 16);
}

void TestMessage::asksAndGivesUp() {
    Inform inform(transaction, ip("10.9.0.2"), {ip("10.9.0.1"), ip("2001:db8::1")}, true);
    Texts targets;
    while (!inform.isExhausted()) {
        const auto packet = inform.next();
        targets.push_back(base::IpAddress::fromBytes(base::ByteView(packet).subspan(16, 4))->text());
        QVERIFY(inform.pause() > base::Duration::zero());
        QVERIFY(inform.pause() <= std::chrono::seconds(5));
    }
    QCOMPARE(targets, (Texts{"10.9.0.1", "255.255.255.255", "10.9.0.1", "255.255.255.255", "10.9.0.1"}));
    QVERIFY(Inform(1, ip("10.9.0.2"), {}, false).isExhausted());
    const auto answer = wrapUdp(ip("10.9.0.1"), 67, ip("10.9.0.2"), 68, ack(option(121, {8, 10, 1, 1, 1, 1})));
    QVERIFY(inform.take(answer));
    QVERIFY(!inform.take(wrapUdp(ip("10.9.0.1"), 68, ip("10.9.0.2"), 68, ack({}))));
}

QTEST_APPLESS_MAIN(TestMessage)
#include "tst_message.moc"
