#include "core/base/catalogue.h"
#include "core/eap/ms_chap_v2.h"

#include <QTest>

using namespace tern;
using namespace tern::eap;
using base::Bytes;
using base::toBytes;
using base::toHex;

class TestMsChapV2 : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rfc2759AndRfc3079();
    void domainIsNotHashed();
    void malformedPassword();
    void serverProof_data();
    void serverProof();
    void failures_data();
    void failures();
    void failureWithoutCode();
    void hostileFailures();
    void everyFailureHasWords();
};

namespace {

MsChapV2Challenge challenge(const char* hex) {
    const Bytes octets = base::fromHex(hex);
    MsChapV2Challenge out{};
    std::copy(octets.begin(), octets.end(), out.begin());
    return out;
}

// RFC 2759 §9.2.
const MsChapV2Challenge authenticator = challenge("5b5d7c7d7b3f2f3e3c2c602132262628");
const MsChapV2Challenge peer = challenge("21402324255e262a28295f2b3a337c7e");

} // namespace

void TestMsChapV2::rfc2759AndRfc3079() {
    const auto answer = answerMsChapV2(authenticator, peer, "User", toBytes("clientPass"));
    QVERIFY(answer.has_value());
    QCOMPARE(toHex(answer->ntResponse), "82309ecd8d708b5ea08faa3981cd83544233114a3d85d6df");
    QCOMPARE(toHex(answer->authenticatorResponse.view()), "407a5589115fd0d6209f510fe9c04566932cda56");
    // RFC 3079 §3.5.3, SendStartKey128; the example is the server's send key, so our receive key.
    QCOMPARE(toHex(answer->receiveKey.view()), "8b7cdc149b993a1ba118cb153f56dccb");
    // The RFC has no example of the other; computed from its definition (§3.4) with Python's hashlib.
    QCOMPARE(toHex(answer->sendKey.view()), "d5f0e9521e3ea9589645e86051c82226");
}

void TestMsChapV2::domainIsNotHashed() {
    const auto plain = answerMsChapV2(authenticator, peer, "User", toBytes("clientPass"));
    const auto domain = answerMsChapV2(authenticator, peer, "CORP\\User", toBytes("clientPass"));
    const auto mail = answerMsChapV2(authenticator, peer, "User@corp.example", toBytes("clientPass"));
    QCOMPARE(domain->ntResponse, plain->ntResponse);
    QVERIFY(mail->ntResponse != plain->ntResponse);
    QCOMPARE(withoutDomain("CORP\\User"), std::string_view("User"));
    QCOMPARE(withoutDomain("\\User"), std::string_view("User"));
    QCOMPARE(withoutDomain("User"), std::string_view("User"));
    QCOMPARE(withoutDomain("CORP\\"), std::string_view());
}

void TestMsChapV2::malformedPassword() {
    QCOMPARE(answerMsChapV2(authenticator, peer, "User", base::fromHex("ff")).error().code,
             "tern.crypto.password-text");
}

void TestMsChapV2::serverProof_data() {
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("alone") << QByteArray("S=407A5589115FD0D6209F510FE9C04566932CDA56") << true;
    QTest::newRow("message") << QByteArray("S=407A5589115FD0D6209F510FE9C04566932CDA56 M=Welcome") << true;
    QTest::newRow("lower case") << QByteArray("S=407a5589115fd0d6209f510fe9c04566932cda56") << true;
    QTest::newRow("one digit") << QByteArray("S=407A5589115FD0D6209F510FE9C04566932CDA57") << false;
    QTest::newRow("cut short") << QByteArray("S=407A5589115FD0D6209F510FE9C04566932CDA5") << false;
    QTest::newRow("longer") << QByteArray("S=407A5589115FD0D6209F510FE9C04566932CDA5600") << false;
    QTest::newRow("not hexadecimal") << QByteArray("S=407A5589115FD0D6209F510FE9C04566932CDAXX") << false;
    QTest::newRow("no S") << QByteArray("M=407A5589115FD0D6209F510FE9C04566932CDA56") << false;
    QTest::newRow("not in front") << QByteArray("M= S=407A5589115FD0D6209F510FE9C04566932CDA56") << false;
    QTest::newRow("empty") << QByteArray() << false;
}

void TestMsChapV2::serverProof() {
    QFETCH(QByteArray, message);
    QFETCH(bool, accepted);
    const Bytes expected = base::fromHex("407a5589115fd0d6209f510fe9c04566932cda56");
    QCOMPARE(provesServer(toBytes(message.toStdString()), expected), accepted);
    QVERIFY(!provesServer(toBytes(message.toStdString()), {}));
}

void TestMsChapV2::failures_data() {
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<unsigned>("code");
    QTest::addColumn<bool>("retry");
    QTest::addColumn<bool>("hasChallenge");
    QTest::addColumn<QByteArray>("text");
    const QByteArray hex("00112233445566778899aabbccddeeff");
    QTest::newRow("whole") << QByteArray("E=691 R=1 C=" + hex + " V=3 M=Wrong password") << 691U << true << true
                           << QByteArray("Wrong password");
    QTest::newRow("final") << QByteArray("E=648 R=0 C=" + hex + " V=3 M=") << 648U << false << true << QByteArray();
    QTest::newRow("leading zeros") << QByteArray("E=0000000691 R=0") << 691U << false << false << QByteArray();
    QTest::newRow("another order") << QByteArray("R=1 V=3 E=649") << 649U << true << false << QByteArray();
    QTest::newRow("unknown fields") << QByteArray("X=1  E=647 Q M=E=691 R=1") << 647U << false << false
                                    << QByteArray("E=691 R=1");
    QTest::newRow("short challenge") << QByteArray("E=691 R=1 C=0011 V=3") << 691U << true << false << QByteArray();
    QTest::newRow("odd challenge") << QByteArray("E=691 R=1 C=" + hex + "0 V=3") << 691U << true << false
                                   << QByteArray();
    QTest::newRow("long challenge") << QByteArray("E=691 R=1 C=" + hex.repeated(60) + " V=3") << 691U << true << false
                                    << QByteArray();
    QTest::newRow("control characters") << QByteArray("E=691 R=0 M=a\x01\x1b[31mb\xe2\x80\xae"
                                                      "c\xff")
                                        << 691U << false << false << QByteArray("a  [31mb c\xef\xbf\xbd");
}

void TestMsChapV2::failures() {
    QFETCH(QByteArray, message);
    QFETCH(unsigned, code);
    QFETCH(bool, retry);
    QFETCH(bool, hasChallenge);
    QFETCH(QByteArray, text);
    const auto failure = parseMsChapV2Failure(toBytes(message.toStdString()));
    QVERIFY(failure.has_value());
    QCOMPARE(failure->code, code);
    QCOMPARE(failure->retryAllowed, retry);
    QCOMPARE(failure->challenge.has_value(), hasChallenge);
    QCOMPARE(failure->text, text.toStdString());
}

void TestMsChapV2::failureWithoutCode() {
    for (const char* const message : {"", "R=1", "E=", "E=x", "E=99999999999999999999", "E=-1", "E=691x", "M=E=691"}) {
        QVERIFY2(!parseMsChapV2Failure(toBytes(message)), message);
    }
}

void TestMsChapV2::hostileFailures() {
    // CVE-2025-62291 and its kind: lengths that do not fit, in every direction.
    const std::string whole = "E=691 R=1 C=00112233445566778899aabbccddeeff V=3 M=text";
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        const auto failure = parseMsChapV2Failure(toBytes(whole.substr(0, size)));
        QVERIFY(!failure || failure->code <= 691);
    }
    const auto huge = parseMsChapV2Failure(toBytes("E=691 M=" + std::string(65000, 'A')));
    QVERIFY(huge.has_value());
    QCOMPARE(huge->text.size(), std::size_t{1000});
    QVERIFY(!parseMsChapV2Failure(toBytes(std::string(65000, ' '))));
    QVERIFY(!parseMsChapV2Failure(Bytes(65000)));
}

void TestMsChapV2::everyFailureHasWords() {
    for (const unsigned code : {646U, 647U, 648U, 649U, 691U, 709U, 12345U}) {
        MsChapV2Failure failure;
        failure.code = code;
        const base::Error error = msChapV2Error(failure);
        const auto words = base::describe(error);
        QVERIFY(!words.sentence.isEmpty() && !words.remedy.isEmpty());
        QVERIFY(!words.sentence.contains(QStringLiteral("tern.")));
        QCOMPARE(words.sentence.contains(QStringLiteral("12345")), code == 12345U);
    }
}

QTEST_APPLESS_MAIN(TestMsChapV2)
#include "tst_ms_chap_v2.moc"
