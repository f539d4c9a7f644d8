#include "core/base/byte_io.h"
#include "core/ike/payloads.h"
#include "core/ike/proposal.h"
#include "core/ike/selectors.h"

#include <QTest>

using namespace tern;
using namespace tern::ike;

namespace {

base::IpAddress address(const char* text) {
    return base::IpAddress::fromText(text).value_or(base::IpAddress());
}

TrafficSelector range(const char* first, const char* last) {
    return {address(first), address(last), 0, 0, 65535};
}

} // namespace

class TestMessage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void headerGoesThereAndBack();
    void headerLengthMustMatch();
    void chainGoesThereAndBack();
    void hostileChains_data();
    void hostileChains();
    void tooManyPayloadsAreRefused();
    void unknownCriticalIsSeen();
    void payloadsGoThereAndBack();
    void identitiesFromText();
    void hostilePayloads_data();
    void hostilePayloads();
    void proposalsGoThereAndBack();
    void hostileProposals_data();
    void hostileProposals();
    void defaultsAreStrong();
    void choiceMustBeOffered();
    void selectionFindsTheCommonSuite();
    void selectorsNarrow();
};

void TestMessage::headerGoesThereAndBack() {
    Header header;
    header.initiatorSpi = 0x0102030405060708;
    header.responderSpi = 0x1112131415161718;
    header.firstPayload = PayloadType::Notify;
    header.exchange = ExchangeType::Informational;
    header.flags = flagInitiator | flagResponse;
    header.messageId = 77;
    const auto octets = encodeHeader(header, 0);
    QCOMPARE(octets.size(), headerSize);
    QCOMPARE(parseHeader(octets).value(), header);
}

void TestMessage::headerLengthMustMatch() {
    auto octets = encodeHeader({}, 0);
    octets.push_back(0);
    QCOMPARE(parseHeader(octets).error().code, std::string("tern.ike.malformed"));
    for (std::size_t size = 0; size < headerSize; ++size) {
        QVERIFY(!parseHeader(base::ByteView(octets).first(size)));
    }
}

void TestMessage::chainGoesThereAndBack() {
    const Payloads payloads{encodeNonce(base::Bytes(16, 7)), encodeNotify(NotifyType::InitialContact),
                            Payload{static_cast<PayloadType>(200), {1, 2, 3}, false}};
    const auto octets = encodePayloads(payloads);
    QCOMPARE(parsePayloads(firstType(payloads), octets).value(), payloads);
    QVERIFY(parsePayloads(PayloadType::None, {}).value().empty());
}

void TestMessage::hostileChains_data() {
    QTest::addColumn<int>("first");
    QTest::addColumn<QByteArray>("chain");
    QTest::newRow("nothing where a payload should be") << 40 << QByteArray();
    QTest::newRow("half a generic header") << 40 << QByteArray("0000");
    QTest::newRow("length 0") << 43 << QByteArray("00000000");
    QTest::newRow("length 3") << 43 << QByteArray("00000003");
    QTest::newRow("longer than the message") << 43 << QByteArray("0000000501").chopped(2);
    QTest::newRow("a next payload that is not there") << 43 << QByteArray("29000004");
    QTest::newRow("octets behind the last") << 43 << QByteArray("0000000400");
    QTest::newRow("a nonce that is too short") << 40 << QByteArray("0000000801020304");
    QTest::newRow("a notification without a type") << 41 << QByteArray("000000060000");
    QTest::newRow("65535 octets claimed") << 43 << QByteArray("0000ffff");
}

void TestMessage::hostileChains() {
    QFETCH(int, first);
    QFETCH(QByteArray, chain);
    const auto parsed = parsePayloads(static_cast<PayloadType>(first), base::fromHex(chain.toStdString()));
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, std::string("tern.ike.malformed"));
}

void TestMessage::tooManyPayloadsAreRefused() {
    Payloads payloads(maximumPayloads, Payload{PayloadType::VendorId, {1}, false});
    QVERIFY(parsePayloads(PayloadType::VendorId, encodePayloads(payloads)));
    payloads.push_back(payloads.front());
    QVERIFY(!parsePayloads(PayloadType::VendorId, encodePayloads(payloads)));
}

void TestMessage::unknownCriticalIsSeen() {
    QVERIFY(!unknownCritical({Payload{static_cast<PayloadType>(99), {}, false}}));
    QVERIFY(!unknownCritical({Payload{PayloadType::Nonce, {}, true}}));
    QCOMPARE(unknownCritical({Payload{static_cast<PayloadType>(99), {}, true}}).value(), std::uint8_t{99});
}

void TestMessage::payloadsGoThereAndBack() {
    const auto keyExchange = parseKeyExchange(encodeKeyExchange({19, {1, 2, 3}})).value();
    QCOMPARE(keyExchange.group, std::uint16_t{19});
    QCOMPARE(keyExchange.value, (base::Bytes{1, 2, 3}));

    const auto identity = Identity::fromText("alice@example.test");
    QCOMPARE(parseIdentity(encodeIdentity(PayloadType::IdInitiator, identity)).value(), identity);

    QCOMPARE(parseCertificate(encodeCertificate({12, {9}})).value().encoding, std::uint8_t{12});
    QCOMPARE(parseAuth(encodeAuth({14, {9, 9}})).value().data, (base::Bytes{9, 9}));

    const Notification notification{ProtocolId::Esp, {1, 2, 3, 4}, NotifyType::RekeySa, {5}};
    const auto back = parseNotify(encodeNotify(notification)).value();
    QCOMPARE(back.protocol, notification.protocol);
    QCOMPARE(back.spi, notification.spi);
    QCOMPARE(back.type, notification.type);
    QCOMPARE(back.data, notification.data);

    const auto deletion = parseDelete(encodeDelete({ProtocolId::Esp, {0x1001, 0x2002}})).value();
    QCOMPARE(deletion.spis, (std::vector<std::uint32_t>{0x1001, 0x2002}));
    QVERIFY(parseDelete(encodeDelete({ProtocolId::Ike, {}})).value().spis.empty());

    const Selectors selectors{range("10.0.0.0", "10.255.255.255"), range("2001:db8::", "2001:db8::ffff")};
    QCOMPARE(parseSelectors(encodeSelectors(PayloadType::TrafficSelectorInitiator, selectors)).value(), selectors);

    const ConfigurationData configuration{
        ConfigurationType::Reply,
        {{AttributeType::InternalIp4Address, {10, 0, 0, 1}}, {AttributeType::InternalIp4Dns, {}}}};
    QCOMPARE(parseConfiguration(encodeConfiguration(configuration)).value().attributes, configuration.attributes);
}

void TestMessage::identitiesFromText() {
    QCOMPARE(Identity::fromText("192.0.2.1").type, IdType::Ipv4);
    QCOMPARE(Identity::fromText("2001:db8::1").type, IdType::Ipv6);
    QCOMPARE(Identity::fromText("alice@example.test").type, IdType::Rfc822);
    QCOMPARE(Identity::fromText("vpn.example.test").type, IdType::Fqdn);
    QCOMPARE(Identity::fromText("192.0.2.1").text(), std::string("192.0.2.1"));
    QCOMPARE((Identity{IdType::DerAsn1Dn, {0x30, 0x00}}.text()), std::string("0x3000"));
}

void TestMessage::hostilePayloads_data() {
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char* name, PayloadType type, const char* hex) {
        QTest::newRow(name) << static_cast<int>(type) << QByteArray(hex);
    };
    row("KE without a value", PayloadType::KeyExchange, "00130000");
    row("AUTH without data", PayloadType::Auth, "01000000");
    row("notification with an SPI longer than itself", PayloadType::Notify, "03ff400101");
    row("delete that counts more SPIs than it has", PayloadType::Delete, "0304000200000001");
    row("delete that counts 65535 SPIs", PayloadType::Delete, "0304ffff00000001");
    row("delete with SPIs of another size", PayloadType::Delete, "030800010000000000000001");
    row("delete of the IKE SA with SPIs", PayloadType::Delete, "0108000100000000");
    row("selectors that are not there", PayloadType::TrafficSelectorInitiator, "02000000");
    row("selector of length 0", PayloadType::TrafficSelectorInitiator, "010000000700000000");
    row("IPv4 selector as long as an IPv6 one", PayloadType::TrafficSelectorInitiator,
        "01000000070000180000ffff0000000000000000ffffffff00000000");
    row("octets behind the selectors", PayloadType::TrafficSelectorInitiator,
        "01000000070000100000ffff00000000ffffffff00");
    row("attribute longer than the payload", PayloadType::Configuration, "0200000000010005aabb");
    row("half an attribute header", PayloadType::Configuration, "02000000000100");
}

void TestMessage::hostilePayloads() {
    QFETCH(int, type);
    QFETCH(QByteArray, body);
    const Payload payload{static_cast<PayloadType>(type), base::fromHex(body.toStdString()), false};
    switch (payload.type) {
    case PayloadType::KeyExchange:
        QVERIFY(!parseKeyExchange(payload));
        break;
    case PayloadType::Auth:
        QVERIFY(!parseAuth(payload));
        break;
    case PayloadType::Notify:
        QVERIFY(!parseNotify(payload));
        break;
    case PayloadType::Delete:
        QVERIFY(!parseDelete(payload));
        break;
    case PayloadType::TrafficSelectorInitiator:
        QVERIFY(!parseSelectors(payload));
        break;
    case PayloadType::Configuration:
        QVERIFY(!parseConfiguration(payload));
        break;
    default:
        QFAIL("no such row");
    }
}

void TestMessage::proposalsGoThereAndBack() {
    for (const auto& proposals :
         {ikeProposals(), ikeProposals({.legacy = true, .chachaFirst = false, .ike = {}, .esp = {}}),
          espProposals(0x1234, Pfs::Preferred)}) {
        QCOMPARE(parseProposals(encodeProposals(proposals)).value(), proposals);
    }
}

void TestMessage::hostileProposals_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a header") << QByteArray("00000008");
    QTest::newRow("SPI longer than the proposal") << QByteArray("0000000801010800");
    QTest::newRow("length 0") << QByteArray("0000000001010000");
    QTest::newRow("a transform that is not there") << QByteArray("0000000801010001");
    QTest::newRow("transform of length 0") << QByteArray("00000010010100010000000001000014");
    QTest::newRow("transform longer than the proposal") << QByteArray("00000010010100010000002001000014");
    QTest::newRow("attribute longer than the transform") << QByteArray("000000140101000100000"
                                                                       "00c01000014000e0100");
    QTest::newRow("255 transforms") << QByteArray("00000008010100ff");
    QTest::newRow("octets behind the transforms") << QByteArray("000000090101000000");
}

void TestMessage::hostileProposals() {
    QFETCH(QByteArray, body);
    QVERIFY(!parseProposals(base::fromHex(body.toStdString())));
}

void TestMessage::defaultsAreStrong() {
    const auto proposals = ikeProposals();
    // Some gateways drop a KE of a later group.
    QVERIFY(static_cast<unsigned>(groupsOf(proposals).front()) <= 21);
    for (const auto& proposal : proposals) {
        bool aead = false;
        bool integrity = false;
        for (const auto& transform : proposal.transforms) {
            const auto is = [&transform](TransformType type, auto id) {
                return transform.type == type && transform.id == static_cast<std::uint16_t>(id);
            };
            aead = aead || is(TransformType::Encryption, EncryptionId::AesGcm16);
            integrity = integrity || transform.type == TransformType::Integrity;
            QVERIFY(!is(TransformType::Encryption, EncryptionId::TripleDesCbc));
            QVERIFY(!is(TransformType::KeyExchange, GroupId::Modp1024));
            QVERIFY(!is(TransformType::Prf, PrfId::HmacSha1));
            QVERIFY(!is(TransformType::Integrity, IntegrityId::HmacSha1_96));
        }
        QVERIFY(aead != integrity);
    }
    QVERIFY(groupsOf(ikeProposals({.legacy = true, .chachaFirst = false, .ike = {}, .esp = {}})).back() ==
            GroupId::Modp1024);
    QVERIFY(groupsOf(espProposals(1, Pfs::Without)).empty());
    QVERIFY(!groupsOf(espProposals(1, Pfs::Preferred)).empty());
}

void TestMessage::choiceMustBeOffered() {
    const auto offered = ikeProposals();
    const auto selection = select(offered, offered, GroupId::Curve25519);
    QVERIFY(selection.has_value());
    const auto good = checkChoice(offered, {selection->answer});
    QVERIFY(good.has_value());
    QCOMPARE(good->group, GroupId::Curve25519);
    QCOMPARE(*good, selection->suite);

    QVERIFY(!checkChoice(offered, {}));
    QVERIFY(!checkChoice(offered, {selection->answer, selection->answer}));
    auto bad = selection->answer;
    bad.number = 9;
    QVERIFY(!checkChoice(offered, {bad}));
    bad = selection->answer;
    bad.protocol = ProtocolId::Esp;
    QVERIFY(!checkChoice(offered, {bad}));
    for (std::size_t i = 0; i < selection->answer.transforms.size(); ++i) {
        bad = selection->answer;
        bad.transforms[i].id = 999;
        QVERIFY(!checkChoice(offered, {bad}));
        bad = selection->answer;
        bad.transforms[i].keyBits = 64;
        QVERIFY(!checkChoice(offered, {bad}));
        bad = selection->answer;
        bad.transforms.push_back(bad.transforms[i]);
        QVERIFY(!checkChoice(offered, {bad}));
        bad = selection->answer;
        bad.transforms.erase(bad.transforms.begin() + static_cast<std::ptrdiff_t>(i));
        QVERIFY(!checkChoice(offered, {bad}));
    }
    // 3DES is no answer to an offer without it.
    bad = selection->answer;
    bad.transforms.front() = {TransformType::Encryption, static_cast<std::uint16_t>(EncryptionId::TripleDesCbc), 0};
    QCOMPARE(checkChoice(offered, {bad}).error().code, std::string("tern.ike.proposal.unoffered"));
}

void TestMessage::selectionFindsTheCommonSuite() {
    const auto ours = espProposals(0x1001, Pfs::Preferred);
    // Without PFS the peer gets a child without PFS, with it one of its groups.
    const auto plain = select(ours, espProposals(0x2002, Pfs::Without), std::nullopt);
    QVERIFY(plain.has_value());
    QCOMPARE(plain->suite.group, GroupId::None);
    QCOMPARE(base::toHex(plain->peerSpi), std::string("00002002"));
    const auto pfs = select(ours, espProposals(0x2002, Pfs::Preferred), GroupId::Ecp384);
    QVERIFY(pfs.has_value());
    QCOMPARE(pfs->suite.group, GroupId::Ecp384);

    Proposal weak{1, ProtocolId::Esp, {0, 0, 32, 2}, {{TransformType::Encryption, 3, 0}, {TransformType::Esn, 0, 0}}};
    QVERIFY(!select(ours, {weak}, std::nullopt));
    Proposal unknownEsn{
        1, ProtocolId::Esp, {0, 0, 32, 2}, {{TransformType::Encryption, 20, 256}, {TransformType::Esn, 2, 0}}};
    QVERIFY(!select(ours, {unknownEsn}, std::nullopt));
    // A CBC cipher without integrity is not what ours covers.
    Proposal bare{
        1, ProtocolId::Esp, {0, 0, 32, 2}, {{TransformType::Encryption, 12, 256}, {TransformType::Esn, 0, 0}}};
    QVERIFY(!select(ours, {bare}, std::nullopt));
}

void TestMessage::selectorsNarrow() {
    const auto all = everything(true, true);
    QCOMPARE(all.size(), std::size_t{2});
    const Selectors subnet{range("10.20.0.0", "10.20.0.255")};
    QCOMPARE(narrow(subnet, all), subnet);
    QVERIFY(narrow(subnet, everything(false, true)).empty());
    QVERIFY(narrow({range("10.0.0.9", "10.0.0.1")}, all).empty());
    TrafficSelector tcp = all.front();
    tcp.protocol = 6;
    TrafficSelector udp = all.front();
    udp.protocol = 17;
    QVERIFY(!intersect(tcp, udp));
    QCOMPARE(intersect(tcp, all.front())->protocol, std::uint8_t{6});
    QCOMPARE(intersect(range("10.0.0.0", "10.0.0.9"), range("10.0.0.5", "10.0.0.20")).value(),
             range("10.0.0.5", "10.0.0.9"));
}

QTEST_APPLESS_MAIN(TestMessage)
#include "tst_message.moc"
