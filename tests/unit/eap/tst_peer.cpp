#include "core/base/byte_io.h"
#include "core/eap/ms_chap_v2.h"
#include "core/eap/packet.h"
#include "core/eap/peer.h"
#include "tests/unit/eap/counting_random.h"

#include <QTest>

using namespace tern;
using namespace tern::eap;
using base::Bytes;
using base::SecureBytes;
using base::toBytes;

namespace {

constexpr std::uint8_t msChapV2 = 26;

Bytes packet(Code code, std::uint8_t identifier, std::optional<std::uint8_t> type = {}, const Bytes& data = {}) {
    base::ByteWriter writer;
    writer.u8(static_cast<std::uint8_t>(code));
    writer.u8(identifier);
    writer.u16(static_cast<std::uint16_t>(4 + (type ? 1 : 0) + data.size()));
    if (type) {
        writer.u8(*type);
    }
    writer.bytes(data);
    return writer.take();
}

Bytes request(std::uint8_t identifier, std::uint8_t type, const Bytes& data = {}) {
    return packet(Code::Request, identifier, type, data);
}

// An MS-CHAPv2 packet as type data. lengthError is added to its MS-Length.
Bytes chap(std::uint8_t opCode, std::uint8_t identifier, const Bytes& data, int lengthError = 0) {
    base::ByteWriter writer;
    writer.u8(opCode);
    writer.u8(identifier);
    writer.u16(static_cast<std::uint16_t>(static_cast<int>(4 + data.size()) + lengthError));
    writer.bytes(data);
    return writer.take();
}

const MsChapV2Challenge serverChallenge{0xC0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

Bytes challengeData(const MsChapV2Challenge& value = serverChallenge, std::uint8_t size = 16) {
    Bytes data{size};
    base::append(data, value);
    base::append(data, toBytes("server"));
    return data;
}

// What the peer answered to a challenge, checked as a server does.
struct Response {
    std::uint8_t eapIdentifier = 0;
    std::uint8_t chapIdentifier = 0;
    MsChapV2Challenge peerChallenge{};
    Bytes ntResponse;
    std::string name;
};

std::optional<Response> parseResponse(const Bytes& octets) {
    base::ByteReader reader(octets);
    Response out;
    const bool isResponse = reader.u8() == 2;
    out.eapIdentifier = reader.u8();
    const bool wholeLength = reader.u16() == octets.size();
    const bool isChap = reader.u8() == msChapV2 && reader.u8() == 2;
    out.chapIdentifier = reader.u8();
    const bool chapLength = reader.u16() == octets.size() - 5;
    const bool valueSize = reader.u8() == 49;
    const auto challenge = reader.take(16);
    const auto reserved = reader.take(8);
    const auto nt = reader.take(24);
    const bool flags = reader.u8() == 0;
    if (reader.failed() || !isResponse || !wholeLength || !isChap || !chapLength || !valueSize || !flags ||
        std::any_of(reserved.begin(), reserved.end(), [](auto octet) { return octet != 0; })) {
        return {};
    }
    std::copy(challenge.begin(), challenge.end(), out.peerChallenge.begin());
    out.ntResponse.assign(nt.begin(), nt.end());
    out.name = base::toText(reader.rest());
    return out;
}

// "S=…" for a response, from a server that knows the password.
Bytes proof(const Response& response, const MsChapV2Challenge& challenge, const std::string& password) {
    const auto answer = answerMsChapV2(challenge, response.peerChallenge, response.name, toBytes(password));
    return toBytes("S=" + base::toHex(answer->authenticatorResponse.view()) + " M=ok");
}

Settings settingsFor(std::vector<MethodType> methods) {
    Settings settings;
    settings.methods = std::move(methods);
    return settings;
}

struct Rig {
    test::CountingRandom random;
    Peer peer;

    explicit Rig(std::string username = "CORP\\user", std::optional<std::string> password = "secret",
                 bool verified = true, std::vector<MethodType> methods = {MethodType::MsChapV2})
        : peer({std::move(username), password ? std::optional(SecureBytes(std::string_view(*password))) : std::nullopt,
                settingsFor(std::move(methods))},
               random) {
        if (verified) {
            peer.setServerVerified();
        }
    }

    std::vector<Output> give(const Bytes& octets) {
        peer.receive(octets);
        return peer.takeOutputs();
    }
    // The one packet sent; empty when there was something else.
    Bytes reply(const Bytes& octets) {
        const auto outputs = give(octets);
        const auto* const sent = outputs.size() == 1 ? std::get_if<SendPacket>(&outputs.front()) : nullptr;
        return sent != nullptr ? sent->packet : Bytes{};
    }
    // The code of the failure that is the only output; empty when there was something else.
    std::string failure(const Bytes& octets) {
        const auto outputs = give(octets);
        const auto* const end = outputs.size() == 1 ? std::get_if<Failure>(&outputs.front()) : nullptr;
        return end != nullptr && peer.isFinished() ? end->error.code : std::string();
    }
    Response challenged(std::uint8_t identifier = 7) {
        return parseResponse(reply(request(identifier, msChapV2, chap(1, identifier, challengeData())))).value();
    }
};

} // namespace

class TestPeer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wholeAuthentication();
    void keysAreThoseOfRfc3079();
    void withoutIdentity();
    void identityPrompt();
    void passwordPrompt();
    void nothingBeforeTheServerIsVerified();
    void wrongServerProof();
    void earlySuccess_data();
    void earlySuccess();
    void successPacketWithoutChallenge();
    void finalFailures_data();
    void finalFailures();
    void retryWithANewPassword();
    void retriesEnd();
    void retryWithoutChallengeIsFinal();
    void failureAfterProof();
    void malformedChap_data();
    void malformedChap();
    void otherMethodsAreRefused();
    void noCommonMethod();
    void methodMayNotChange();
    void notification();
    void repetitions();
    void requestWhileAsking();
    void endlessServer();
    void malformedPackets();
    void nothingAfterTheEnd();
};

void TestPeer::wholeAuthentication() {
    Rig rig;
    QCOMPARE(rig.reply(request(1, 1)), packet(Code::Response, 1, 1, toBytes("CORP\\user")));
    const auto response = parseResponse(rig.reply(request(2, msChapV2, chap(1, 9, challengeData()))));
    QVERIFY(response.has_value());
    QCOMPARE(response->eapIdentifier, std::uint8_t{2});
    QCOMPARE(response->chapIdentifier, std::uint8_t{9});
    QCOMPARE(response->name, "CORP\\user");
    const auto expected = answerMsChapV2(serverChallenge, response->peerChallenge, "user", toBytes("secret"));
    QCOMPARE(response->ntResponse, Bytes(expected->ntResponse.begin(), expected->ntResponse.end()));
    QCOMPARE(rig.reply(request(3, msChapV2, chap(3, 9, proof(*response, serverChallenge, "secret")))),
             packet(Code::Response, 3, msChapV2, {3}));
    QVERIFY(!rig.peer.isFinished());
    const auto outputs = rig.give(packet(Code::Success, 4));
    QCOMPARE(outputs.size(), std::size_t{1});
    const auto* const success = std::get_if<Success>(&outputs.front());
    QVERIFY(success != nullptr);
    QVERIFY(rig.peer.isFinished());
    // MSK: the server's receive key, its send key, zeros; that is our send key first.
    Bytes msk(expected->sendKey.view().begin(), expected->sendKey.view().end());
    base::append(msk, expected->receiveKey.view());
    QCOMPARE(base::toHex(success->hlak.view()), base::toHex(msk));
    msk.resize(64);
    QCOMPARE(base::toHex(success->msk.view()), base::toHex(msk));
}

void TestPeer::keysAreThoseOfRfc3079() {
    // RFC 2759 §9.2 through the whole method: the random source gives the peer challenge of the example.
    class Example final : public base::RandomSource {
    public:
        void fill(base::MutableByteView out) override {
            const Bytes octets = base::fromHex("21402324255e262a28295f2b3a337c7e");
            QCOMPARE(out.size(), octets.size());
            std::copy(octets.begin(), octets.end(), out.begin());
        }
    } random;
    Peer peer({"User", SecureBytes(std::string_view("clientPass")), {}}, random);
    peer.setServerVerified();
    MsChapV2Challenge challenge{};
    const Bytes octets = base::fromHex("5b5d7c7d7b3f2f3e3c2c602132262628");
    std::copy(octets.begin(), octets.end(), challenge.begin());
    peer.receive(request(1, msChapV2, chap(1, 1, challengeData(challenge))));
    peer.receive(request(2, msChapV2, chap(3, 1, toBytes("S=407A5589115FD0D6209F510FE9C04566932CDA56"))));
    peer.receive(packet(Code::Success, 2));
    const auto outputs = peer.takeOutputs();
    QCOMPARE(outputs.size(), std::size_t{3});
    const auto* const success = std::get_if<Success>(&outputs.back());
    QVERIFY(success != nullptr);
    QCOMPARE(success->msk.size(), std::size_t{64});
    QCOMPARE(base::toHex(success->msk.view().first(32)),
             "d5f0e9521e3ea9589645e86051c822268b7cdc149b993a1ba118cb153f56dccb");
}

void TestPeer::withoutIdentity() {
    Rig rig;
    const Response response = rig.challenged();
    QVERIFY(!rig.reply(request(8, msChapV2, chap(3, 7, proof(response, serverChallenge, "secret")))).empty());
    QVERIFY(std::holds_alternative<Success>(rig.give(packet(Code::Success, 8)).front()));
}

void TestPeer::identityPrompt() {
    Rig rig("", std::nullopt);
    const auto outputs = rig.give(request(1, 1));
    QCOMPARE(outputs.size(), std::size_t{1});
    QVERIFY(std::get<Prompt>(outputs.front()).kind == Prompt::Kind::Credentials);
    QVERIFY(rig.peer.isWaitingForUser());
    // Asked again under another identifier: one prompt is enough, and the newest request is answered.
    QVERIFY(rig.give(request(2, 1)).empty());
    rig.peer.answer("user", SecureBytes(std::string_view("secret")));
    const auto answered = rig.peer.takeOutputs();
    QCOMPARE(std::get<SendPacket>(answered.front()).packet, packet(Code::Response, 2, 1, toBytes("user")));
    QVERIFY(!rig.peer.isWaitingForUser());
    QCOMPARE(rig.challenged().name, "user");
}

void TestPeer::passwordPrompt() {
    Rig rig("user", std::nullopt);
    const Bytes challenge = request(7, msChapV2, chap(1, 7, challengeData()));
    const auto outputs = rig.give(challenge);
    const auto& prompt = std::get<Prompt>(outputs.front());
    QVERIFY(prompt.kind == Prompt::Kind::Password && !prompt.retry);
    QVERIFY(rig.give(challenge).empty()); // a repetition meanwhile
    QVERIFY(rig.peer.isWaitingForUser());
    rig.peer.answer("", SecureBytes(std::string_view("secret")));
    const auto answered = rig.peer.takeOutputs();
    const auto response = parseResponse(std::get<SendPacket>(answered.front()).packet);
    QVERIFY(response.has_value());
    QCOMPARE(response->name, "user");
    rig.peer.answer("", SecureBytes(std::string_view("again"))); // nobody asked
    QVERIFY(rig.peer.takeOutputs().empty());
}

void TestPeer::nothingBeforeTheServerIsVerified() {
    for (const bool known : {true, false}) {
        Rig rig("user", known ? std::optional<std::string>("secret") : std::nullopt, false);
        QVERIFY(!rig.reply(request(1, 1)).empty()); // the name does not depend on the password
        QCOMPARE(rig.failure(request(2, msChapV2, chap(1, 2, challengeData()))), "tern.eap.server-unverified");
        rig.peer.answer("user", SecureBytes(std::string_view("secret")));
        QVERIFY(rig.peer.takeOutputs().empty());
    }
}

void TestPeer::wrongServerProof() {
    Rig rig;
    const Response response = rig.challenged();
    QCOMPARE(rig.failure(request(8, msChapV2, chap(3, 7, proof(response, serverChallenge, "another")))),
             "tern.eap.server-proof");
    QVERIFY(rig.give(packet(Code::Success, 8)).empty());
}

void TestPeer::earlySuccess_data() {
    QTest::addColumn<int>("after");
    QTest::newRow("at once") << 0;
    QTest::newRow("after Identity") << 1;
    QTest::newRow("after our response") << 2;
    QTest::newRow("after a Nak") << 3;
    QTest::newRow("while asking") << 4;
}

void TestPeer::earlySuccess() {
    // CVE-2015-8023: a server that does not know the password must not get round proving that it does.
    QFETCH(int, after);
    Rig rig("user", after == 4 ? std::nullopt : std::optional<std::string>("secret"));
    if (after == 1) {
        rig.give(request(1, 1));
    } else if (after == 2) {
        rig.challenged();
    } else if (after == 3) {
        rig.give(request(1, 13));
    } else if (after == 4) {
        rig.give(request(7, msChapV2, chap(1, 7, challengeData())));
        QVERIFY(rig.peer.isWaitingForUser());
    }
    QCOMPARE(rig.failure(packet(Code::Success, 9)), "tern.eap.early-success");
}

void TestPeer::successPacketWithoutChallenge() {
    Rig rig;
    QCOMPARE(rig.failure(request(1, msChapV2, chap(3, 1, toBytes("S=" + std::string(40, '0'))))), "tern.eap.protocol");
    Rig second;
    QCOMPARE(second.failure(request(1, msChapV2, chap(4, 1, toBytes("E=691 R=0")))), "tern.eap.protocol");
}

void TestPeer::finalFailures_data() {
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("691") << QByteArray("E=691 R=0 C=00000000000000000000000000000000 V=3 M=no")
                         << QByteArray("tern.eap.password");
    QTest::newRow("646") << QByteArray("E=646 R=0 V=3") << QByteArray("tern.eap.logon-hours");
    QTest::newRow("647") << QByteArray("E=647 R=1 C=00112233445566778899aabbccddeeff V=3")
                         << QByteArray("tern.eap.account-disabled");
    QTest::newRow("648") << QByteArray("E=648 R=0 V=3") << QByteArray("tern.eap.password-expired");
    QTest::newRow("649") << QByteArray("E=649 R=0 V=3") << QByteArray("tern.eap.no-dial-in");
    QTest::newRow("709") << QByteArray("E=709 R=0 V=3") << QByteArray("tern.eap.password-change");
    QTest::newRow("other") << QByteArray("E=1234 R=0 V=3") << QByteArray("tern.eap.error-number");
    QTest::newRow("no code") << QByteArray("go away") << QByteArray("tern.eap.refused");
    QTest::newRow("empty") << QByteArray() << QByteArray("tern.eap.refused");
}

void TestPeer::finalFailures() {
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, code);
    Rig rig;
    rig.challenged();
    QVERIFY(!rig.peer.reason());
    QCOMPARE(rig.reply(request(8, msChapV2, chap(4, 7, toBytes(message.toStdString())))),
             packet(Code::Response, 8, msChapV2, {4}));
    QCOMPARE(rig.peer.reason()->code, code.toStdString());
    QCOMPARE(rig.failure(packet(Code::Failure, 8)), code.toStdString());
}

void TestPeer::retryWithANewPassword() {
    Rig rig("user", "wrong");
    rig.challenged();
    const MsChapV2Challenge fresh{0xAA, 0xBB};
    const auto outputs =
        rig.give(request(8, msChapV2, chap(4, 7, toBytes("E=691 R=1 C=" + base::toHex(fresh) + " V=3 M=Try again"))));
    const auto& prompt = std::get<Prompt>(outputs.front());
    QVERIFY(prompt.kind == Prompt::Kind::Password && prompt.retry);
    QCOMPARE(prompt.text, "Try again");
    QCOMPARE(rig.peer.reason()->code, "tern.eap.password");
    rig.peer.answer("user2", SecureBytes(std::string_view("secret")));
    const auto answered = rig.peer.takeOutputs();
    const auto response = parseResponse(std::get<SendPacket>(answered.front()).packet);
    QVERIFY(response.has_value());
    QCOMPARE(response->eapIdentifier, std::uint8_t{8});
    QCOMPARE(response->chapIdentifier, std::uint8_t{8});
    QCOMPARE(response->name, "user2");
    const auto expected = answerMsChapV2(fresh, response->peerChallenge, "user2", toBytes("secret"));
    QCOMPARE(response->ntResponse, Bytes(expected->ntResponse.begin(), expected->ntResponse.end()));
    QVERIFY(!rig.reply(request(9, msChapV2, chap(3, 8, proof(*response, fresh, "secret")))).empty());
    QVERIFY(!rig.peer.reason());
    QVERIFY(std::holds_alternative<Success>(rig.give(packet(Code::Success, 9)).front()));
}

void TestPeer::retriesEnd() {
    Rig rig("user", "wrong");
    rig.challenged(1);
    const Bytes message = toBytes("E=691 R=1 C=00112233445566778899aabbccddeeff V=3");
    unsigned prompts = 0;
    std::uint8_t identifier = 2;
    while (
        std::holds_alternative<Prompt>(rig.give(request(identifier, msChapV2, chap(4, identifier, message))).front())) {
        ++prompts;
        ++identifier;
        rig.peer.answer("", SecureBytes(std::string_view("wrong")));
        QCOMPARE(rig.peer.takeOutputs().size(), std::size_t{1});
        QVERIFY(prompts < 10);
    }
    QCOMPARE(prompts, 4U); // five attempts in all; then the failure is acknowledged
    QCOMPARE(rig.failure(packet(Code::Failure, identifier)), "tern.eap.password");
}

void TestPeer::retryWithoutChallengeIsFinal() {
    Rig rig;
    rig.challenged();
    QCOMPARE(rig.reply(request(8, msChapV2, chap(4, 7, toBytes("E=691 R=1 V=3")))),
             packet(Code::Response, 8, msChapV2, {4}));
}

void TestPeer::failureAfterProof() {
    Rig rig;
    const Response response = rig.challenged();
    QVERIFY(!rig.reply(request(8, msChapV2, chap(3, 7, proof(response, serverChallenge, "secret")))).empty());
    QCOMPARE(rig.failure(packet(Code::Failure, 8)), "tern.eap.refused");
}

void TestPeer::malformedChap_data() {
    QTest::addColumn<QByteArray>("hex");
    const auto row = [](const char* name, const Bytes& data) {
        QTest::newRow(name) << QByteArray::fromStdString(base::toHex(data));
    };
    row("empty", {});
    row("OpCode only", {1});
    row("cut header", {1, 1, 0});
    row("MS-Length too long", chap(1, 1, challengeData(), 1));
    row("MS-Length below the header", {1, 1, 0, 3});
    row("MS-Length cuts the challenge", chap(1, 1, challengeData(), -10));
    row("Value-Size 8", chap(1, 1, challengeData(serverChallenge, 8)));
    row("Value-Size 255", chap(1, 1, challengeData(serverChallenge, 255)));
    row("no value", chap(1, 1, {16}));
    row("a Response", chap(2, 1, Bytes(50)));
    row("Change-Password", chap(7, 1, Bytes(50)));
    row("OpCode 0", chap(0, 1, challengeData()));
}

void TestPeer::malformedChap() {
    QFETCH(QByteArray, hex);
    const Bytes data = base::fromHex(hex.toStdString());
    Rig rig;
    QCOMPARE(rig.failure(request(1, msChapV2, data)), "tern.eap.protocol");
    Rig later;
    later.challenged();
    QCOMPARE(later.failure(request(8, msChapV2, data)), "tern.eap.protocol");
}

void TestPeer::otherMethodsAreRefused() {
    Rig rig;
    for (const std::uint8_t type :
         {std::uint8_t{4}, std::uint8_t{6}, std::uint8_t{13}, std::uint8_t{25}, std::uint8_t{254}, std::uint8_t{255}}) {
        QCOMPARE(rig.reply(request(type, type, Bytes(16))), packet(Code::Response, type, 3, {msChapV2}));
    }
    QVERIFY(!rig.challenged().ntResponse.empty()); // the server takes the hint
    Rig none("user", "secret", true, {});
    QCOMPARE(none.reply(request(1, msChapV2, chap(1, 1, challengeData()))), packet(Code::Response, 1, 3, {0}));
}

void TestPeer::noCommonMethod() {
    Rig rig;
    rig.give(request(1, 13));
    QCOMPARE(rig.failure(packet(Code::Failure, 1)), "tern.eap.no-common-method");
    Rig other;
    other.give(request(1, 1));
    QCOMPARE(other.failure(packet(Code::Failure, 1)), "tern.eap.refused");
}

void TestPeer::methodMayNotChange() {
    Rig rig;
    rig.challenged();
    QCOMPARE(rig.failure(request(8, 4, Bytes(17, 16))), "tern.eap.protocol");
    Rig identity;
    identity.challenged();
    QCOMPARE(identity.failure(request(8, 1)), "tern.eap.protocol");
    Rig nak;
    QCOMPARE(nak.failure(request(1, 3, {26})), "tern.eap.protocol");
    Rig again; // a second challenge would be a second guess at the password's response
    again.challenged();
    QCOMPARE(again.failure(request(8, msChapV2, chap(1, 8, challengeData()))), "tern.eap.protocol");
}

void TestPeer::notification() {
    Rig rig;
    const auto outputs = rig.give(request(1, 2, toBytes("Maintenance\ntonight")));
    QCOMPARE(outputs.size(), std::size_t{2});
    QCOMPARE(std::get<SendPacket>(outputs[0]).packet, packet(Code::Response, 1, 2));
    QVERIFY(std::get<Prompt>(outputs[1]).kind == Prompt::Kind::Message);
    QCOMPARE(std::get<Prompt>(outputs[1]).text, "Maintenance tonight");
    QVERIFY(!rig.peer.isWaitingForUser());
    QCOMPARE(rig.give(request(2, 2)).size(), std::size_t{1});
}

void TestPeer::repetitions() {
    Rig rig;
    const Bytes challenge = request(7, msChapV2, chap(1, 7, challengeData()));
    const Bytes first = rig.reply(challenge);
    QVERIFY(!first.empty());
    QCOMPARE(rig.reply(challenge), first); // octet for octet: no second response to one challenge
}

void TestPeer::requestWhileAsking() {
    Rig rig("user", std::nullopt);
    rig.give(request(7, msChapV2, chap(1, 7, challengeData())));
    QCOMPARE(rig.failure(request(8, msChapV2, chap(1, 8, challengeData()))), "tern.eap.protocol");
    QVERIFY(!rig.peer.isWaitingForUser());
}

void TestPeer::endlessServer() {
    Rig rig;
    std::string code;
    int packets = 0;
    while (code.empty() && packets < 1000) {
        ++packets;
        code = rig.failure(request(static_cast<std::uint8_t>(packets), 1));
    }
    QCOMPARE(code, "tern.eap.too-long");
    QCOMPARE(packets, 501);
}

void TestPeer::malformedPackets() {
    Rig rig;
    for (const char* const hex : {"", "01", "0101", "010100", "01010004", "01010003", "0101000601", "05010004",
                                  "00010004", "0301000500", "02010006011a", "ffffffffff"}) {
        QVERIFY2(rig.give(base::fromHex(hex)).empty(), hex);
    }
    QVERIFY(!rig.peer.isFinished());
    // Octets behind the length are padding.
    Bytes padded = request(1, 1);
    padded.insert(padded.end(), 40, 0xEE);
    QCOMPARE(rig.reply(padded), packet(Code::Response, 1, 1, toBytes("CORP\\user")));
}

void TestPeer::nothingAfterTheEnd() {
    Rig rig;
    QCOMPARE(rig.failure(packet(Code::Failure, 1)), "tern.eap.refused");
    QVERIFY(rig.give(request(2, 1)).empty());
    QVERIFY(rig.give(packet(Code::Success, 2)).empty());
    rig.peer.answer("user", SecureBytes(std::string_view("secret")));
    QVERIFY(rig.peer.takeOutputs().empty());
}

QTEST_APPLESS_MAIN(TestPeer)
#include "tst_peer.moc"
