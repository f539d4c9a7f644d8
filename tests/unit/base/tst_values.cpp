#include "core/base/byte_io.h"
#include "core/base/ip.h"
#include "core/base/secure_bytes.h"

#include <QTest>

using namespace tern::base;

class TestValues : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hexGoesThereAndBack();
    void readerStopsAtTheEnd();
    void writerPatchesLengths();
    void addressesFromText();
    void prefixesMaskAndContain();
    void constantTimeComparison();
};

void TestValues::hexGoesThereAndBack() {
    QCOMPARE(toHex(fromHex("00ff7A")), std::string("00ff7a"));
    QVERIFY(fromHex("0").empty());
    QVERIFY(fromHex("0g").empty());
}

void TestValues::readerStopsAtTheEnd() {
    const Bytes bytes{1, 2, 3};
    ByteReader reader(bytes);
    QCOMPARE(reader.u16(), std::uint16_t{0x0102});
    QCOMPARE(reader.u32(), std::uint32_t{0});
    QVERIFY(reader.failed());
    QCOMPARE(reader.u8(), std::uint8_t{0});
    QCOMPARE(reader.remaining(), std::size_t{0});
}

void TestValues::writerPatchesLengths() {
    ByteWriter writer;
    writer.u16(0);
    writer.u32(0xA1B2C3D4U);
    writer.patchU16(0, 6);
    QCOMPARE(toHex(writer.view()), std::string("0006a1b2c3d4"));
}

void TestValues::addressesFromText() {
    QCOMPARE(IpAddress::fromText("192.0.2.7")->text(), std::string("192.0.2.7"));
    QCOMPARE(IpAddress::fromText("2001:DB8::1")->text(), std::string("2001:db8::1"));
    QVERIFY(!IpAddress::fromText("192.0.2"));
    QVERIFY(!IpAddress::fromText("fe80::1%eth0"));
    QVERIFY(IpAddress::fromText("::1")->isLoopback());
    QVERIFY(!IpAddress::fromText("::2")->isLoopback());
    QVERIFY(IpAddress::fromText("239.1.1.1")->isMulticast());
    QCOMPARE((Endpoint{*IpAddress::fromText("::1"), 500}.text()), std::string("[::1]:500"));
}

void TestValues::prefixesMaskAndContain() {
    const auto prefix = IpPrefix::fromText("10.1.2.3/9");
    QVERIFY(prefix.has_value());
    QCOMPARE(prefix->masked().text(), std::string("10.0.0.0/9"));
    QVERIFY(prefix->contains(*IpAddress::fromText("10.127.0.1")));
    QVERIFY(!prefix->contains(*IpAddress::fromText("10.128.0.1")));
    QVERIFY(IpPrefix::fromText("0.0.0.0/0")->contains(*IpAddress::fromText("203.0.113.9")));
    QVERIFY(!IpPrefix::fromText("::/0")->contains(*IpAddress::fromText("203.0.113.9")));
    QVERIFY(!IpPrefix::fromText("10.0.0.0/33"));
    QVERIFY(!IpPrefix::fromText("10.0.0.0/"));
    QVERIFY(!IpPrefix::fromText("10.0.0.0/8x"));
}

void TestValues::constantTimeComparison() {
    QVERIFY(equalConstantTime(fromHex("0102"), fromHex("0102")));
    QVERIFY(!equalConstantTime(fromHex("0102"), fromHex("0103")));
    QVERIFY(!equalConstantTime(fromHex("0102"), fromHex("01")));
}

QTEST_APPLESS_MAIN(TestValues)
#include "tst_values.moc"
