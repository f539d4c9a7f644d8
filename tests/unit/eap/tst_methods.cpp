// EAP-GTC, EAP-MD5 and the change of an expired password, against servers of the tests.
#include "core/base/byte_io.h"
#include "core/crypto/rc4.h"
#include "core/eap/method_gtc.h"
#include "core/eap/peer.h"
#include "tests/sim/eap_server.h"
#include "tests/unit/eap/counting_random.h"

#include <QTest>

using namespace tern;
using namespace tern::eap;
using base::Bytes;
using base::SecureBytes;

namespace {

PeerConfig config(MethodType method, std::optional<std::string> password = "Correct-horse-9") {
    PeerConfig made;
    made.username = "alice";
    if (password) {
        made.password = SecureBytes(std::string_view(*password));
    }
    made.settings.methods = {method};
    return made;
}

// Runs both ends; answers prompts in turn. Empty: success.
using Steps = std::vector<sim::GtcServer::Step>;

struct Rig {
    test::CountingRandom random;
    Peer peer;
    std::vector<std::string> answers;
    std::vector<Prompt> prompts;
    std::optional<Success> success;
    std::optional<base::Error> failure;

    explicit Rig(PeerConfig from, std::vector<std::string> typed = {})
        : peer(std::move(from), random)
        , answers(std::move(typed)) {
        peer.setServerVerified();
    }

    std::string run(sim::EapResponder& server) {
        peer.receive(server.begin());
        while (true) {
            Bytes packet;
            bool asked = false;
            for (auto& output : peer.takeOutputs()) {
                if (auto* const sent = std::get_if<SendPacket>(&output)) {
                    packet = std::move(sent->packet);
                } else if (auto* const prompt = std::get_if<Prompt>(&output)) {
                    prompts.push_back(*prompt);
                    asked = true;
                } else if (auto* const end = std::get_if<Success>(&output)) {
                    success = std::move(*end);
                    return {};
                } else if (auto* const refused = std::get_if<Failure>(&output)) {
                    failure = std::move(refused->error);
                    return failure->code;
                }
            }
            if (asked) {
                if (answers.empty()) {
                    return "asked";
                }
                peer.answer({}, SecureBytes(std::string_view(answers.front())));
                answers.erase(answers.begin());
                continue;
            }
            const auto next = packet.empty() ? std::nullopt : server.answer(packet);
            if (!next) {
                return "silence";
            }
            peer.receive(*next);
        }
    }
};

} // namespace

class TestMethods : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void gtcGivesThePassword();
    void gtcAsksForCodes();
    void whatAsksForAPassword_data();
    void whatAsksForAPassword();
    void md5();
    void cleartextNeedsAVerifiedServer_data();
    void cleartextNeedsAVerifiedServer();
    void nakChoosesAmongTheAllowed();
    void passwordChange();
    void passwordChangeRefusedThenTaken();
    void passwordChangeNeedsVersionThree();
    void rc4KnownAnswer();
};

void TestMethods::gtcGivesThePassword() {
    sim::GtcServer server(Steps{{"Password: ", "Correct-horse-9"}});
    Rig rig(config(MethodType::Gtc));
    QCOMPARE(rig.run(server), std::string());
    QVERIFY(rig.prompts.empty());
    QVERIFY(rig.success->msk.empty() && rig.success->hlak.empty());
    // Without a password it is asked for; a wrong one is told as such.
    sim::GtcServer second(Steps{{"Password: ", "Correct-horse-9"}});
    Rig asked(config(MethodType::Gtc, std::nullopt), {"Correct-horse-9"});
    QCOMPARE(asked.run(second), std::string());
    QVERIFY(asked.prompts.front().kind == Prompt::Kind::Password);
    sim::GtcServer third(Steps{{"Password: ", "else"}});
    Rig wrong(config(MethodType::Gtc));
    QCOMPARE(wrong.run(third), std::string("tern.eap.password"));
}

void TestMethods::gtcAsksForCodes() {
    sim::GtcServer server(
        Steps{{"Password", "Correct-horse-9"}, {"Enter your token code", "123456"}, {"And your PIN", "7"}});
    Rig rig(config(MethodType::Gtc), {"123456", "7"});
    QCOMPARE(rig.run(server), std::string());
    QCOMPARE(rig.prompts.size(), std::size_t{2});
    QVERIFY(rig.prompts.front().kind == Prompt::Kind::Code);
    QCOMPARE(rig.prompts.front().text, std::string("Enter your token code"));
    sim::GtcServer second(Steps{{"Enter your token code", "123456"}});
    Rig wrong(config(MethodType::Gtc), {"654321"});
    QCOMPARE(wrong.run(second), std::string("tern.eap.code"));
}

void TestMethods::whatAsksForAPassword_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("password");
    QTest::newRow("nothing") << QString() << true;
    QTest::newRow("FreeRADIUS") << QStringLiteral("Password: ") << true;
    QTest::newRow("hostapd") << QStringLiteral("Password") << true;
    QTest::newRow("German") << QStringLiteral("Passwort eingeben") << true;
    QTest::newRow("Chinese") << QStringLiteral("请输入密码") << true;
    QTest::newRow("one-time password") << QStringLiteral("Enter your one-time password") << false;
    QTest::newRow("passcode") << QStringLiteral("Enter PASSCODE:") << false;
    QTest::newRow("Chinese code") << QStringLiteral("请输入验证码") << false;
    QTest::newRow("new password") << QStringLiteral("Enter a new password") << false;
    QTest::newRow("anything") << QStringLiteral("Antwort?") << false;
}

void TestMethods::whatAsksForAPassword() {
    QFETCH(QString, text);
    QFETCH(bool, password);
    QCOMPARE(asksForPassword(text.toStdString()), password);
}

void TestMethods::md5() {
    sim::Md5Server server("Correct-horse-9");
    Rig rig(config(MethodType::Md5));
    QCOMPARE(rig.run(server), std::string());
    QVERIFY(rig.success->msk.empty());
    sim::Md5Server second("else");
    Rig wrong(config(MethodType::Md5));
    QCOMPARE(wrong.run(second), std::string("tern.eap.password"));
    // A challenge whose length lies.
    Rig damaged(config(MethodType::Md5));
    damaged.peer.receive(Bytes{1, 1, 0, 7, 4, 16, 1});
    QCOMPARE(std::get<Failure>(damaged.peer.takeOutputs().back()).error.code, std::string("tern.eap.protocol"));
}

void TestMethods::cleartextNeedsAVerifiedServer_data() {
    QTest::addColumn<int>("type");
    QTest::newRow("GTC") << int(MethodType::Gtc);
    QTest::newRow("MD5") << int(MethodType::Md5);
    QTest::newRow("MSCHAPv2") << int(MethodType::MsChapV2);
}

void TestMethods::cleartextNeedsAVerifiedServer() {
    QFETCH(int, type);
    test::CountingRandom random;
    Peer peer(config(MethodType(type)), random);
    peer.receive(Bytes{1,  1,  0,  23, static_cast<std::uint8_t>(type), 16, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
                       14, 15, 16, 17});
    const auto outputs = peer.takeOutputs();
    QCOMPARE(outputs.size(), std::size_t{1});
    QCOMPARE(std::get<Failure>(outputs.front()).error.code, std::string("tern.eap.server-unverified"));
}

void TestMethods::nakChoosesAmongTheAllowed() {
    test::CountingRandom random;
    auto made = config(MethodType::Peap);
    made.settings.methods = {MethodType::Peap, MethodType::MsChapV2};
    Peer peer(std::move(made), random);
    peer.setServerVerified();
    // The server begins with GTC, which the profile does not allow although it is known.
    peer.receive(Bytes{1, 9, 0, 6, 6, 'P'});
    QCOMPARE(base::toHex(std::get<SendPacket>(peer.takeOutputs().back()).packet), std::string("02090007"
                                                                                              "03"
                                                                                              "191a"));
}

void TestMethods::passwordChange() {
    test::CountingRandom random;
    sim::EapServer server("alice", "Correct-horse-9", random);
    server.expirePassword();
    Rig rig(config(MethodType::MsChapV2), {"Brand-new-1"});
    QCOMPARE(rig.run(server), std::string());
    QCOMPARE(rig.prompts.size(), std::size_t{1});
    QVERIFY(rig.prompts.front().kind == Prompt::Kind::NewPassword);
    QVERIFY(!rig.prompts.front().retry);
    QCOMPARE(rig.prompts.front().text, std::string("Time for a new one"));
    QCOMPARE(server.password(), std::string("Brand-new-1"));
    QCOMPARE(base::toHex(rig.success->msk.view()), base::toHex(server.msk()->view()));
    // One that the packet has no room for.
    sim::EapServer second("alice", "Correct-horse-9", random);
    second.expirePassword();
    Rig longer(config(MethodType::MsChapV2), {std::string(257, 'x')});
    QCOMPARE(longer.run(second), std::string("tern.eap.password-length"));
    // A wrong old password is no matter of expiry.
    sim::EapServer third("alice", "else", random);
    third.expirePassword();
    Rig wrong(config(MethodType::MsChapV2), {"Brand-new-1"});
    QCOMPARE(wrong.run(third), std::string("tern.eap.password"));
}

void TestMethods::passwordChangeRefusedThenTaken() {
    test::CountingRandom random;
    sim::EapServer server("alice", "Correct-horse-9", random);
    server.expirePassword();
    server.refuseNewPasswords(1);
    Rig rig(config(MethodType::MsChapV2), {"Too-old-1", "Brand-new-2"});
    QCOMPARE(rig.run(server), std::string());
    QCOMPARE(rig.prompts.size(), std::size_t{2});
    QVERIFY(rig.prompts.back().kind == Prompt::Kind::NewPassword && rig.prompts.back().retry);
    QCOMPARE(server.password(), std::string("Brand-new-2"));
}

void TestMethods::passwordChangeNeedsVersionThree() {
    const auto answerTo = [](const std::string& words) {
        test::CountingRandom random;
        Peer peer(config(MethodType::MsChapV2), random);
        peer.setServerVerified();
        Bytes challenge{1, 1, 0, 26, 26, 1, 1, 0, 21, 16};
        challenge.resize(26, 5);
        peer.receive(challenge);
        static_cast<void>(peer.takeOutputs());
        base::ByteWriter failure;
        failure.u8(1);
        failure.u8(2);
        failure.u16(static_cast<std::uint16_t>(9 + words.size()));
        failure.u8(26);
        failure.u8(4);
        failure.u8(1);
        failure.u16(static_cast<std::uint16_t>(4 + words.size()));
        failure.bytes(base::toBytes(words));
        peer.receive(failure.view());
        const auto outputs = peer.takeOutputs();
        return outputs.empty() ? false : std::holds_alternative<Prompt>(outputs.back());
    };
    const std::string challenge = "C=00112233445566778899AABBCCDDEEFF";
    QVERIFY(answerTo("E=648 R=0 " + challenge + " V=3 M=x"));
    QVERIFY(!answerTo("E=648 R=0 " + challenge + " V=2 M=x"));
    QVERIFY(!answerTo("E=648 R=0 V=3 M=x"));
    QVERIFY(!answerTo("E=647 R=0 " + challenge + " V=3 M=x"));
}

// RFC 6229, key 0102030405, offset 0; and the classic "Key"/"Plaintext".
void TestMethods::rc4KnownAnswer() {
    Bytes zeros(16, 0);
    crypto::rc4(base::fromHex("0102030405"), zeros);
    QCOMPARE(base::toHex(zeros), std::string("b2396305f03dc027ccc3524a0a1118a8"));
    auto text = base::toBytes("Plaintext");
    crypto::rc4(base::toBytes("Key"), text);
    QCOMPARE(base::toHex(text), std::string("bbf316e8d940af0ad3"));
}

QTEST_GUILESS_MAIN(TestMethods)
#include "tst_methods.moc"
