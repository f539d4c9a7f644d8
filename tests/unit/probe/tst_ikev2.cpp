// IKEv2's question against the simulator's responder: both rounds, other groups, cookies, errors, framings.
#include "core/base/byte_io.h"
#include "core/probe/ikev2_question.h"
#include "tests/sim/responder.h"
#include "tests/unit/probe/talk.h"

using namespace tern;
using namespace tern::probe;
using namespace tern::test;
using ike::NotifyType;

namespace {

const sim::Credentials& credentials() {
    static const auto made = sim::Credentials::forName("vpn.example.test");
    return made;
}

sim::ResponderConfig server() {
    sim::ResponderConfig config;
    config.credentials = &credentials();
    return config;
}

constexpr std::size_t marker = 4;

// A question and a responder, handing each other what they send until neither has anything left.
struct Talk {
    explicit Talk(sim::ResponderConfig config, Framing framing = Framing::Plain)
        : responder(withMarker(std::move(config), framing != Framing::Plain), serverRandom)
        , question(door(framing == Framing::Stream ? Transport::Tcp : Transport::Udp, 500), framing, random)
        , kind(framing) {
        question.start(begin);
        question.connected(begin);
        run();
    }
    static sim::ResponderConfig withMarker(sim::ResponderConfig config, bool marked) {
        config.overStream = marked;
        return config;
    }
    void run() {
        for (auto sent = question.takeOutput(); !sent.empty(); sent = question.takeOutput()) {
            for (auto octets : sent) {
                ++messages;
                toServer(std::move(octets));
            }
        }
    }
    void toServer(base::Bytes octets) {
        if (kind == Framing::Stream) {
            if (messages == 1) {
                QCOMPARE(base::toText(base::ByteView(octets).first(6)), std::string("IKETCP"));
                octets.erase(octets.begin(), octets.begin() + 6);
            }
            QCOMPARE(std::size_t{base::ByteReader(octets).u16()}, octets.size());
            octets.erase(octets.begin(), octets.begin() + 2);
        }
        if (kind != Framing::Plain) {
            QCOMPARE(base::toHex(base::ByteView(octets).first(marker)), std::string("00000000"));
            octets.erase(octets.begin(), octets.begin() + marker);
        }
        // What is sealed this responder takes on port 4500 only.
        const bool sealed = ike::parseHeader(octets)->exchange != ike::ExchangeType::SaInit;
        responder.receive(begin, octets, sealed || kind != Framing::Plain);
        for (const auto& datagram : responder.takeDatagrams()) {
            toQuestion(datagram.payload);
        }
    }
    void toQuestion(base::ByteView message) {
        base::ByteWriter writer;
        if (kind == Framing::Stream) {
            writer.u16(static_cast<std::uint16_t>(2 + marker + message.size()));
        }
        writer.zeros(kind != Framing::Plain ? marker : 0);
        writer.bytes(message);
        for (const auto octet : kind == Framing::Stream ? writer.view() : base::Bytes()) {
            question.receive(begin, {&octet, 1}); // an octet a read
        }
        if (kind != Framing::Stream) {
            question.receive(begin, writer.view());
        }
    }

    SeededRandom serverRandom{1};
    SeededRandom random{2};
    sim::Responder responder;
    Ikev2Question question;
    Framing kind;
    std::size_t messages = 0;
};

} // namespace

class TestIkev2 : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void today_data();
    void today();
    void goodbyeIsHeard();
    void outdatedOnly();
    void nothingInCommon();
    void anotherGroup();
    void groupWeLack();
    void cookie();
    void mlKem();
    void errors();
    void redirect();
    void olderVersion();
    void vendorsAndAbilities();
    void noiseIsIgnored();
    void lastTryWithoutMlKem();
    void streamOfAnotherProtocol();
};

void TestIkev2::today_data() {
    QTest::addColumn<int>("framing");
    QTest::newRow("port 500") << static_cast<int>(Framing::Plain);
    QTest::newRow("port 4500") << static_cast<int>(Framing::Marked);
    QTest::newRow("TCP") << static_cast<int>(Framing::Stream);
}

void TestIkev2::today() {
    QFETCH(int, framing);
    const Talk talk(server(), static_cast<Framing>(framing));
    QVERIFY(talk.question.isOver());
    QCOMPARE(talk.question.door().verdict, Verdict::Open);
    QVERIFY(talk.question.door().answered);
    QVERIFY2(talk.question.facts().suite.find("AES-256-GCM") == 0, talk.question.facts().suite.c_str());
    QVERIFY(talk.question.facts().fragmentation);
    QCOMPARE(talk.question.facts().weakSuite, std::string());
    QCOMPARE(talk.question.facts().refusal, std::string());
    QCOMPARE(talk.messages, std::size_t{2}); // the question and the goodbye
}

void TestIkev2::goodbyeIsHeard() {
    const Talk talk(server());
    QCOMPARE(talk.responder.initRequests(), 1U);
    const auto& heard = talk.responder.requestsSeen();
    QVERIFY(!heard.empty());
    QCOMPARE(heard.back().size(), std::size_t{1}); // no identity, no certificate, nothing
    QVERIFY(ike::findNotify(heard.back(), NotifyType::AuthenticationFailed));
}

void TestIkev2::outdatedOnly() {
    auto config = server();
    config.algorithms.legacy = true;
    config.onlyIke = ike::WantedSuite{ike::EncryptionId::TripleDesCbc, 0, ike::IntegrityId::HmacSha1_96,
                                      ike::PrfId::HmacSha1, ike::GroupId::Modp1024};
    const Talk talk(config);
    QCOMPARE(talk.question.door().verdict, Verdict::Weak);
    QCOMPARE(talk.question.weakParts(), std::string("3DES, SHA-1, MODP-1024"));
    QCOMPARE(talk.question.facts().suite, std::string());
    QCOMPARE(talk.question.facts().weakSuite, std::string("3DES-CBC / HMAC-SHA1 / PRF-HMAC-SHA1 / MODP-1024"));
    QCOMPARE(talk.question.facts().refusal, std::string()); // of the first round, and made up for
    QCOMPARE(talk.responder.initRequests(), 2U);
}

void TestIkev2::nothingInCommon() {
    auto config = server();
    config.initError = ike::Notification{ike::ProtocolId::None, {}, NotifyType::NoProposalChosen, {}};
    const Talk talk(config);
    QCOMPARE(talk.question.door().verdict, Verdict::Unusable);
    QCOMPARE(talk.question.facts().refusal, std::string("NO_PROPOSAL_CHOSEN"));
    QCOMPARE(talk.responder.initRequests(), 2U); // both rounds, and no third
}

void TestIkev2::anotherGroup() {
    auto config = server();
    config.onlyGroup = ike::GroupId::Modp2048;
    const Talk talk(config);
    QCOMPARE(talk.question.door().verdict, Verdict::Open);
    QCOMPARE(talk.question.facts().keyExchange, std::string("MODP-2048"));
    QVERIFY(talk.question.facts().suite.ends_with("MODP-2048"));
}

void TestIkev2::groupWeLack() {
    auto config = server();
    config.initError = ike::Notification{ike::ProtocolId::None, {}, NotifyType::InvalidKePayload, {0, 24}};
    const Talk talk(config);
    QVERIFY(talk.question.isOver());
    QCOMPARE(talk.question.door().verdict, Verdict::Unusable);
    QCOMPARE(talk.question.facts().refusal, std::string("INVALID_KE_PAYLOAD"));
    QCOMPARE(talk.question.facts().keyExchange, std::string("group 24"));
}

void TestIkev2::cookie() {
    auto config = server();
    config.cookie = true;
    const Talk talk(config);
    QCOMPARE(talk.question.door().verdict, Verdict::Open);
    QVERIFY(talk.question.facts().cookie);
}

void TestIkev2::mlKem() {
    // Also where this OpenSSL has no ML-KEM: the server's choice is all that is looked at.
    SeededRandom random(3);
    Ikev2Question question(door(Transport::Udp, 500), Framing::Plain, random);
    question.start(begin);
    const auto request = only(question);
    const auto header = ike::parseHeader(request);
    const auto payloads = ike::parsePayloads(header->firstPayload, base::ByteView(request).subspan(ike::headerSize));
    const auto offered = ike::parseProposals(ike::find(*payloads, ike::PayloadType::SecurityAssociation)->body);
    QVERIFY(offered);
    const auto keyExchange = ike::parseKeyExchange(*ike::find(*payloads, ike::PayloadType::KeyExchange));
    ike::Proposal chosen{1, ike::ProtocolId::Ike, {}, {}};
    for (const auto type : {ike::TransformType::Encryption, ike::TransformType::Prf, ike::TransformType::KeyExchange,
                            ike::TransformType::AdditionalKeyExchange1}) {
        for (const auto& transform : offered->front().transforms) {
            if (transform.type == type) {
                chosen.transforms.push_back(transform);
                break;
            }
        }
    }
    QCOMPARE(chosen.transforms.size(), std::size_t{4});
    auto pair = crypto::KeyExchange::create(keyExchange->group);
    const ike::Payloads answer{{ike::PayloadType::SecurityAssociation, ike::encodeProposals({chosen}), false},
                               ike::encodeKeyExchange({keyExchange->group, (*pair)->publicValue()}),
                               ike::encodeNonce(base::Bytes(32, 7)),
                               ike::encodeNotify(NotifyType::IntermediateExchangeSupported)};
    const auto body = ike::encodePayloads(answer);
    ike::Header reply;
    reply.initiatorSpi = header->initiatorSpi;
    reply.responderSpi = 99;
    reply.firstPayload = ike::firstType(answer);
    reply.flags = ike::flagResponse;
    auto octets = ike::encodeHeader(reply, body.size());
    base::append(octets, body);
    question.receive(begin, octets);
    QCOMPARE(question.door().verdict, Verdict::Open);
    QCOMPARE(question.facts().mlKem, std::string("ML-KEM-768"));
    QVERIFY(question.facts().intermediate);
}

void TestIkev2::errors() {
    auto config = server();
    config.initError = ike::Notification{ike::ProtocolId::None, {}, NotifyType::TemporaryFailure, {}};
    const Talk talk(config);
    QCOMPARE(talk.question.door().verdict, Verdict::Unusable);
    QCOMPARE(talk.question.facts().refusal, std::string("TEMPORARY_FAILURE"));
    QCOMPARE(notifyName(99), std::string("error 99"));
}

void TestIkev2::redirect() {
    auto config = server();
    config.initError = ike::Notification{ike::ProtocolId::None, {}, NotifyType::Redirect, {1, 4, 192, 0, 2, 9}};
    const Talk talk(config);
    QCOMPARE(talk.question.door().verdict, Verdict::Open);
    QVERIFY(talk.question.facts().redirect);
}

void TestIkev2::olderVersion() {
    SeededRandom random(3);
    Ikev2Question question(door(Transport::Udp, 500), Framing::Plain, random);
    question.start(begin);
    auto octets = only(question);
    octets.resize(ike::headerSize);
    octets[16] = 0;
    octets[17] = 0x10;
    octets[18] = 5;
    octets[19] = 0;
    octets[24] = octets[25] = octets[26] = 0;
    octets[27] = static_cast<std::uint8_t>(octets.size());
    question.receive(begin, octets);
    QVERIFY(question.isOver());
    QVERIFY(question.isOldVersion());
    QCOMPARE(question.door().verdict, Verdict::Closed);
}

void TestIkev2::vendorsAndAbilities() {
    auto config = server();
    config.changeInit = [](ike::Payloads& payloads) {
        payloads.push_back(
            {ike::PayloadType::VendorId, base::fromHex("1e2b516905991c7d7c96fcbfb587e46100000009"), false});
        payloads.push_back(ike::encodeNotify(NotifyType::ChildlessSupported));
        payloads.push_back(ike::encodeNotify(NotifyType::MobikeSupported));
    };
    const Talk talk(config);
    QCOMPARE(talk.question.facts().vendors, std::vector<std::string>{"Windows"});
    QVERIFY(talk.question.facts().childless);
    QCOMPARE(talk.question.facts().mobike, Known::Yes);
    QCOMPARE(Talk(server()).question.facts().mobike, Known::Unknown);
}

void TestIkev2::noiseIsIgnored() {
    SeededRandom random(3);
    Ikev2Question question(door(Transport::Udp, 4500), Framing::Marked, random);
    question.start(begin);
    const auto request = only(question);
    question.receive(begin, request);                                     // its own words come back
    question.receive(begin, base::Bytes(200, 0xFF));                      // ESP
    question.receive(begin, base::Bytes{0xFF});                           // a keepalive
    question.receive(begin, base::ByteView(request).subspan(marker, 50)); // without a marker, cut
    QVERIFY(!question.isOver());
    QVERIFY(!question.door().answered);
    QCOMPARE(waitOut(question), std::size_t{2});
    QCOMPARE(question.door().verdict, Verdict::Silent);
}

void TestIkev2::lastTryWithoutMlKem() {
    SeededRandom random(3);
    Ikev2Question question(door(Transport::Udp, 500), Framing::Plain, random);
    question.start(begin);
    const auto first = only(question);
    question.timeout(*question.deadline());
    QVERIFY(only(question) == first);
    question.timeout(*question.deadline());
    const auto last = only(question);
    QVERIFY(!last.empty() && last.size() < first.size());
    question.timeout(*question.deadline());
    QVERIFY(question.isOver());
}

void TestIkev2::streamOfAnotherProtocol() {
    SeededRandom random(3);
    Ikev2Question question(door(Transport::Tcp, 443), Framing::Stream, random);
    question.start(begin);
    question.connected(begin);
    question.receive(begin, base::toBytes("HTTP/1.1 400 Bad Request\r\n"));
    QVERIFY(question.isOver());
    QCOMPARE(question.door().verdict, Verdict::Closed);
}

QTEST_APPLESS_MAIN(TestIkev2)
#include "tst_ikev2.moc"
