// PPTP, L2TP and IKEv1, by octets: what is asked, which answers count, and which are another protocol's.
#include "core/crypto/md5.h"
#include "core/probe/ikev1_question.h"
#include "core/probe/l2tp_question.h"
#include "core/probe/pptp_question.h"
#include "core/probe/vendor_ids.h"
#include "tests/unit/probe/talk.h"

#include <array>

using namespace tern;
using namespace tern::probe;
using namespace tern::test;

namespace {

base::Bytes hex(std::string_view text) {
    return base::fromHex(text);
}

base::Bytes field(std::string_view text, std::size_t size = 64) {
    auto octets = base::toBytes(text);
    octets.resize(size);
    return octets;
}

// Start-Control-Connection-Reply of RFC 2637 §2.2.
base::Bytes pptpReply(std::uint8_t result) {
    auto reply = hex("009c00011a2b3c4d00020000");
    base::append(reply, hex("0100"));
    reply.push_back(result);
    base::append(reply, hex("00000000030000000300010cea"));
    base::append(reply, field("rras01"));
    base::append(reply, field("Microsoft"));
    return reply;
}

base::Bytes ikev1Header(base::ByteView cookie, std::string_view rest, std::size_t size) {
    base::Bytes message(cookie.begin(), cookie.end());
    base::append(message, hex(rest));
    for (const auto shift : {24U, 16U, 8U, 0U}) {
        message.push_back(static_cast<std::uint8_t>(size >> shift));
    }
    return message;
}

} // namespace

class TestRetired : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pptpAnswers();
    void pptpRefuses();
    void pptpIsAnotherProtocol();
    void pptpClosedAndSilent();
    void l2tpAnswers();
    void l2tpIgnoresWhatIsNotOurs();
    void ikev1Accepts();
    void ikev1Speaks();
    void ikev1Unknown();
    void threeDatagramsAtMost();
    void vendorsHaveNames();
};

void TestRetired::pptpAnswers() {
    PptpQuestion question(door(Transport::Tcp, 1723));
    question.start(begin);
    QVERIFY(question.takeOutput().empty()); // the stream does not stand yet
    question.connected(begin + std::chrono::milliseconds(20));
    const auto request = only(question);
    QCOMPARE(request.size(), std::size_t{156});
    QCOMPARE(base::toHex(base::ByteView(request).first(16)), std::string("009c00011a2b3c4d0001000001000000"));
    // Nobody is named.
    QVERIFY(std::all_of(request.begin() + 28, request.end(), [](auto octet) { return octet == 0; }));

    const auto reply = pptpReply(1);
    question.receive(begin + std::chrono::milliseconds(40), base::ByteView(reply).first(70)); // in two pieces
    QVERIFY(question.takeOutput().empty());
    question.receive(begin + std::chrono::milliseconds(50), base::ByteView(reply).subspan(70));
    QCOMPARE(base::toHex(only(question)), std::string("001000011a2b3c4d0003000001000000")); // Stop-Control-Connection
    QVERIFY(!question.isOver());
    QCOMPARE(question.door().verdict, Verdict::Open);
    QCOMPARE(question.door().answered->count(), 50);
    QCOMPARE(question.facts().host, std::string("rras01"));
    QCOMPARE(question.facts().vendor, std::string("Microsoft"));
    QCOMPARE(question.facts().firmware, std::uint16_t{0x0cea});
    question.receive(begin + std::chrono::milliseconds(60), hex("001000011a2b3c4d0004000001000000"));
    QVERIFY(question.isOver());
    QCOMPARE(question.door().verdict, Verdict::Open);
}

void TestRetired::pptpRefuses() {
    PptpQuestion question(door(Transport::Tcp, 1723));
    question.start(begin);
    question.connected(begin);
    static_cast<void>(question.takeOutput());
    question.receive(begin, pptpReply(4)); // not authorized
    QVERIFY(question.isOver());
    QCOMPARE(question.door().verdict, Verdict::Unusable);
    QVERIFY(question.takeOutput().empty()); // there is nothing to stop
}

void TestRetired::pptpIsAnotherProtocol() {
    for (const auto& said : {base::toBytes("SSH-2.0-OpenSSH_9.2\r\n"), hex("009c00011a2b3c4d00030000"),
                             hex("009d00011a2b3c4d00020000"), hex("009c00011a2b3c4e00020000")}) {
        PptpQuestion question(door(Transport::Tcp, 1723));
        question.start(begin);
        question.connected(begin);
        question.receive(begin, said);
        QVERIFY(question.isOver());
        QCOMPARE(question.door().verdict, Verdict::Closed);
        QVERIFY(!question.door().answered);
    }
}

void TestRetired::pptpClosedAndSilent() {
    PptpQuestion refused(door(Transport::Tcp, 1723));
    refused.start(begin);
    refused.refused(begin);
    QVERIFY(refused.isOver());
    QCOMPARE(refused.door().verdict, Verdict::Closed);

    PptpQuestion silent(door(Transport::Tcp, 1723));
    silent.start(begin);
    QCOMPARE(waitOut(silent), std::size_t{0});
    QVERIFY(silent.isOver());
    QCOMPARE(silent.door().verdict, Verdict::Silent);

    PptpQuestion mute(door(Transport::Tcp, 1723)); // takes the connection, and that is all
    mute.start(begin);
    mute.connected(begin);
    QCOMPARE(mute.takeOutput().size(), std::size_t{1});
    QCOMPARE(waitOut(mute), std::size_t{0});
    QCOMPARE(mute.door().verdict, Verdict::Closed);
}

void TestRetired::l2tpAnswers() {
    SeededRandom random(7);
    L2tpQuestion question(door(Transport::Udp, 1701), random);
    question.start(begin);
    const auto request = only(question);
    QCOMPARE(base::toHex(base::ByteView(request).first(2)), std::string("c802"));
    QCOMPARE(std::size_t{request[2]} * 256 + request[3], request.size());
    QCOMPARE(base::toHex(base::ByteView(request).subspan(4, 8)), std::string("0000000000000000"));
    QCOMPARE(base::toHex(base::ByteView(request).subspan(12, 8)), std::string("8008000000000001")); // SCCRQ
    // Assigned Tunnel ID is the one AVP of the type 9.
    const auto text = base::toHex(request);
    const auto tunnel = text.substr(text.find("800800000009") + 12, 4);
    QVERIFY(tunnel != "0000");

    // SCCRP: message type, protocol version, host name, assigned tunnel id 0x1234.
    const std::string avps = "8008000000000002"
                             "8008000000020100"
                             "800a000000076c6e7331"
                             "8008000000091234";
    const auto size = 12 + avps.size() / 2;
    const auto reply = hex("c80200" + base::toHex(base::Bytes{static_cast<std::uint8_t>(size)}) + tunnel +
                           "0000"
                           "0000"
                           "0001" +
                           avps);
    question.receive(begin + std::chrono::milliseconds(3), reply);
    QVERIFY(question.isOver());
    QCOMPARE(question.door().verdict, Verdict::Open);
    QCOMPARE(question.host(), std::string("lns1"));
    const auto goodbye = base::toHex(only(question));
    QVERIFY(goodbye.starts_with("c802"));
    QCOMPARE(goodbye.substr(8, 16), std::string("1234000000010001")); // theirs; ours was 0, theirs 0
    QVERIFY(goodbye.find("8008000000000004") != std::string::npos);   // StopCCN
    QVERIFY(goodbye.find("800800000001"
                         "0001") != std::string::npos);
}

void TestRetired::l2tpIgnoresWhatIsNotOurs() {
    SeededRandom random(7);
    L2tpQuestion question(door(Transport::Udp, 1701), random);
    question.start(begin);
    const auto text = base::toHex(only(question));
    const auto tunnel = text.substr(text.find("800800000009") + 12, 4);
    for (const auto& said :
         {std::string("c802001c") + "7777" + "000000000001" + "8008000000000002" + "8008000000091234", // another tunnel
          "c802001c" + tunnel + "000000000001" + "8005000000000002" + "8008000000091234", // AVP below its header
          "c802001c" + tunnel + "000000000001" + "8008000000091234" + "8008000000000002", // the type is not first
          "c802001c" + tunnel + "000000000001" + "8008000000000002" + "80ff000000091234", // an AVP beyond the end
          "c803001c" + tunnel + "000000000001" + "8008000000000002" + "8008000000091234", // version 3
          "c8020fff" + tunnel + "000000000001" + "8008000000000002" + "8008000000091234", // longer than it is
          std::string("c802"), std::string()}) {
        question.receive(begin, hex(said));
        QVERIFY2(!question.isOver(), said.c_str());
    }
    // It speaks L2TP, and says no.
    question.receive(begin, hex("c802001c" + tunnel + "000000000001" + "8008000000000004" + "8008000000010002"));
    QVERIFY(question.isOver());
    QCOMPARE(question.door().verdict, Verdict::Unusable);
}

void TestRetired::ikev1Accepts() {
    SeededRandom random(9);
    Ikev1Question question(door(Transport::Udp, 500), random);
    question.start(begin);
    const auto request = only(question);
    const auto cookie = base::ByteView(request).first(8);
    QCOMPARE(base::toHex(base::ByteView(request).subspan(8, 12)), std::string("0000000000000000"
                                                                              "01100200"));
    // DOI IPsec, identity only; one proposal of ISAKMP with ten transforms, no SPI.
    QCOMPARE(base::toHex(base::ByteView(request).subspan(32, 8)), std::string("0000000100000001"));
    QCOMPARE(base::toHex(base::ByteView(request).subspan(44, 4)), std::string("0101000a"));

    // SA with one transform (3DES, SHA-1, group 2, shared key, 28800 s), then "MS NT5 ISAKMPOAKLEY" 9.
    const auto transform = hex("00000024"
                               "05010000"
                               "80010005"
                               "80020002"
                               "80040002"
                               "80030001"
                               "800b0001"
                               "000c000400007080");
    const auto proposal = hex("0000002c"
                              "01010001");
    const auto sa = hex("0d000038"
                        "00000001"
                        "00000001");
    const auto vendor = hex("00000018"
                            "1e2b516905991c7d7c96fcbfb587e46100000009");
    base::Bytes body = sa;
    base::append(body, proposal);
    base::append(body, transform);
    base::append(body, vendor);
    auto answer = ikev1Header(cookie,
                              "1122334455667788"
                              "01100200"
                              "00000000",
                              28 + body.size());
    base::append(answer, body);
    question.receive(begin, answer);
    QVERIFY(question.isOver());
    QCOMPARE(question.ikev1(), Ikev1::Accepts);
    QCOMPARE(question.door().verdict, Verdict::Open);
    QCOMPARE(question.suite(), std::string("3DES / SHA-1 / MODP-1024"));
    QCOMPARE(question.vendors(), std::vector<std::string>{"Windows"});
}

void TestRetired::ikev1Speaks() {
    SeededRandom random(9);
    Ikev1Question question(door(Transport::Udp, 500), random);
    question.start(begin);
    const auto request = only(question);
    // Informational with NO-PROPOSAL-CHOSEN (14), as RFC 2408 §5.4 has it.
    const auto body = hex("0000000c"
                          "00000001"
                          "0100"
                          "000e");
    auto answer = ikev1Header(base::ByteView(request).first(8),
                              "1122334455667788"
                              "0b100500"
                              "01020304",
                              28 + body.size());
    base::append(answer, body);
    auto foreign = answer;
    foreign[0] ^= 1U;
    question.receive(begin, foreign); // another's
    QVERIFY(!question.isOver());
    question.receive(begin, answer);
    QVERIFY(question.isOver());
    QCOMPARE(question.ikev1(), Ikev1::Speaks);
    QCOMPARE(question.door().verdict, Verdict::Unusable);
}

void TestRetired::ikev1Unknown() {
    SeededRandom random(9);
    Ikev1Question question(door(Transport::Udp, 500), random);
    question.start(begin);
    const auto request = only(question);
    // IKEv2's INVALID_MAJOR_VERSION.
    const auto body = hex("00000008"
                          "00000005");
    auto answer = ikev1Header(base::ByteView(request).first(8),
                              "0000000000000000"
                              "29202220"
                              "00000000",
                              28 + body.size());
    base::append(answer, body);
    question.receive(begin, answer);
    QVERIFY(question.isOver());
    QCOMPARE(question.ikev1(), Ikev1::None);
    QCOMPARE(question.door().verdict, Verdict::Closed);
}

void TestRetired::threeDatagramsAtMost() {
    SeededRandom random(9);
    Ikev1Question ikev1(door(Transport::Udp, 500), random);
    L2tpQuestion l2tp(door(Transport::Udp, 1701), random);
    for (Question* question : {static_cast<Question*>(&ikev1), static_cast<Question*>(&l2tp)}) {
        question->start(begin);
        QCOMPARE(question->takeOutput().size() + waitOut(*question), std::size_t{3});
        QVERIFY(question->isOver());
        QCOMPARE(question->door().verdict, Verdict::Silent);
    }
}

void TestRetired::vendorsHaveNames() {
    // RFC 2408 §3.16: by custom the digest of a text.
    for (const std::string text :
         {"MS-Negotiation Discovery Capable", "Vid-Initial-Contact", "IKE CGA version 1", "MS-MamieExists",
          "FRAGMENTATION", "strongSwan", "draft-ietf-ipsec-nat-t-ike-02", "draft-ietf-ipsec-nat-t-ike-03"}) {
        QCOMPARE(vendorName(*crypto::md5({base::toBytes(text)})), text);
    }
    QCOMPARE(vendorName(*crypto::md5({base::toBytes("RFC 3947")})), std::string("RFC 3947 NAT-Traversal"));
    QCOMPARE(vendorName(base::toBytes("CISCO-DELETE-REASON")), std::string("CISCO-DELETE-REASON"));
    QCOMPARE(vendorName(hex("ff00")), std::string("ff00"));
    QCOMPARE(vendorName(base::Bytes(200, 0xFF)).size(), std::size_t{64});
}

QTEST_APPLESS_MAIN(TestRetired)
#include "tst_retired.moc"
