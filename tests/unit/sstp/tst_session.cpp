// The SSTP client's states, timers and ends, against a server and a PPP session that do what the test says.
#include "core/sstp/crypto_binding.h"
#include "tests/unit/sstp/call.h"

#include <QTest>

using namespace tern;
using namespace tern::sstp;
using namespace tern::sstp::test;
using namespace std::chrono_literals;

class TestSession : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void connects() {
        Call call;
        call.start();
        QVERIFY(base::toText(call.seen.bytes).starts_with("SSTP_DUPLEX_POST "));
        call.hear(httpOk);
        QVERIFY(call.last() == MessageType::CallConnectRequest);
        QVERIFY(!call.ppp->started);
        call.hear(ack());
        QVERIFY(call.ppp->started);
        call.pppSays(ppp::SendFrame{{0xFF, 0x03, 0xC0, 0x21, 1, 1, 0, 4}});
        QCOMPARE(call.seen.data.size(), std::size_t{1});
        base::SecureBytes hlak(hlakSize);
        hlak.span()[3] = 9;
        const auto before = call.seen.bytes.size();
        call.pppSays(ppp::Authenticated{ppp::Method::MsChapV2, hlak.clone()});
        const auto hash = crypto::digest(crypto::Hash::Sha256, {certificate});
        QCOMPARE(base::Bytes(call.seen.bytes.begin() + static_cast<std::ptrdiff_t>(before), call.seen.bytes.end()),
                 writeCallConnected(crypto::Hash::Sha256, nonce, hash, hlak.view()));
        QVERIFY(call.seen.signedIn && call.seen.signedIn->binding == crypto::Hash::Sha256);
        call.pppSays(ppp::Up{});
        QCOMPARE(call.seen.up, 1);
        QVERIFY(!call.seen.closed);
    }
    void bindsWithSha1WhereTheServerHasNothingElse() {
        Call call;
        call.toRequest();
        call.hear(ack(1));
        call.pppSays(ppp::Authenticated{ppp::Method::Pap, base::SecureBytes(hlakSize)});
        QVERIFY(call.seen.signedIn && call.seen.signedIn->binding == crypto::Hash::Sha1);
    }
    void splitAtEveryOctet() {
        base::Bytes stream = base::toBytes(httpOk);
        base::append(stream, ack());
        base::append(stream, writeData(base::Bytes{1, 2, 3}));
        base::append(stream, writePlain(MessageType::EchoRequest));
        for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
            Call call;
            call.start();
            call.hear(base::ByteView(stream).first(cut));
            call.hear(base::ByteView(stream).subspan(cut));
            QVERIFY(call.ppp->started);
            QCOMPARE(call.ppp->received, (std::vector<base::Bytes>{{1, 2, 3}}));
            QVERIFY(call.last() == MessageType::EchoResponse);
        }
        Call call;
        call.start();
        for (const auto octet : stream) {
            call.hear(base::ByteView(&octet, 1));
        }
        QVERIFY(call.last() == MessageType::EchoResponse);
    }

    void silenceInsteadOfHttp() {
        Call call;
        call.start();
        call.pass(19s);
        QVERIFY(!call.seen.closed);
        call.pass(1s);
        QCOMPARE(call.error(), std::string("tern.sstp.http.timeout"));
    }
    void slowHttpIsWaitedForOneMinute() {
        Call call;
        call.start();
        for (const auto* line :
             {"HTTP/1.1 200 OK\r\n", "Content-Length: 18446744073709551615\r\n", "Server: slow\r\n"}) {
            call.pass(19s);
            call.hear(std::string(line));
        }
        call.pass(2s);
        QVERIFY(!call.seen.closed);
        call.pass(1s);
        QCOMPARE(call.error(), std::string("tern.sstp.http.timeout"));
    }
    void slowHttpThatComesToItsEnd() {
        Call call;
        call.start();
        for (const auto& part : {httpOk.substr(0, 17), httpOk.substr(17, 9), httpOk.substr(26)}) {
            call.pass(18s);
            call.hear(part);
        }
        QVERIFY(call.last() == MessageType::CallConnectRequest);
        call.pass(19s);
        call.hear(ack());
        QVERIFY(call.ppp->started);
    }
    void httpRefusals() {
        Call call;
        call.start();
        call.hear("HTTP/1.1 404 Not Found\r\n\r\n");
        QCOMPARE(call.error(), std::string("tern.sstp.http.not-sstp"));
    }
    void silenceInsteadOfAnAnswerToTheCall() {
        Call call;
        call.toRequest();
        call.pass(19s);
        QVERIFY(call.last() == MessageType::CallConnectRequest);
        call.pass(1s);
        QVERIFY(call.last() == MessageType::CallAbort);
        QVERIFY(!call.seen.closed);
        call.pass(3s);
        QCOMPARE(call.error(), std::string("tern.sstp.timeout"));
    }
    void aLivingServerHasOneMinuteToAnswerTheCall() {
        Call call;
        call.toRequest();
        for (int i = 0; i < 5; ++i) {
            call.pass(10s);
            call.hear(writePlain(MessageType::EchoRequest));
        }
        call.pass(9s);
        QVERIFY(call.last() == MessageType::EchoResponse);
        call.pass(1s);
        QVERIFY(call.last() == MessageType::CallAbort);
    }
    void pppIsWaitedForOneMinute() {
        Call call;
        call.toAck();
        call.pass(50s);
        call.hear(writeData(base::Bytes{1}));
        call.pass(50s);
        QVERIFY(call.last() != MessageType::CallAbort);
        call.pass(11s);
        QVERIFY(call.last() == MessageType::CallAbort);
    }
    void peopleMayTakeTheirTime() {
        Call call;
        call.toAck();
        call.pppSays(ppp::Prompt{ppp::Prompt::Kind::Password, {}, false});
        QCOMPARE(call.seen.prompts, 1);
        call.pass(10min);
        QVERIFY(call.last() != MessageType::CallAbort);
        call.session->answer(call.now, "jane", base::SecureBytes(std::string_view("secret")));
        QCOMPARE(call.ppp->answeredBy, std::string("jane"));
        call.pppSays(ppp::Progress{ppp::Stage::Confirming});
        call.pass(110s); // PPP has its own limit
        QVERIFY(call.last() != MessageType::CallAbort);
        call.pppSays(ppp::Progress{ppp::Stage::Authenticating});
        call.pass(61s);
        QVERIFY(call.last() == MessageType::CallAbort);
    }

    void asksAgainAfterANo() {
        Call call;
        call.toRequest();
        call.hear(nak(0, 4));
        call.hear(nak(0, 4));
        QCOMPARE(call.seen.messages, (std::vector{MessageType::CallConnectRequest, MessageType::CallConnectRequest,
                                                  MessageType::CallConnectRequest}));
        call.hear(nak(0, 4));
        QVERIFY(call.last() == MessageType::CallAbort);
        call.hear(writePlain(MessageType::CallAbort));
        call.pass(1s);
        QCOMPARE(call.error(), std::string("tern.sstp.refused"));
        QCOMPARE(call.seen.closed->error->args, std::vector<std::string>{"value not supported"});
    }
    void connectsAfterANo() {
        Call call;
        call.toRequest();
        call.hear(nak(0, 4));
        call.hear(ack());
        QVERIFY(call.ppp->started);
    }
    void aHashNobodyKnows() {
        Call call;
        call.toRequest();
        call.hear(ack(4));
        QVERIFY(call.last() == MessageType::CallAbort);
        call.pass(3s);
        QCOMPARE(call.error(), std::string("tern.sstp.binding"));
    }

    void wrongMessagesAreAborted_data() {
        QTest::addColumn<int>("moment"); // 0 request, 1 ack, 2 up
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, int moment, const base::Bytes& bytes) {
            QTest::newRow(name) << moment
                                << QByteArray(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()));
        };
        row("data before the ack", 0, writeData(base::Bytes{1}));
        row("a disconnect's answer to nothing", 0, writePlain(MessageType::CallDisconnectAck));
        row("a request", 0, writeCallConnectRequest());
        row("a second ack", 1, ack());
        row("a no after yes", 1, nak(0, 4));
        row("an unknown message", 1, {0x10, 1, 0, 8, 0, 10, 0, 0});
        row("a broken message", 1, {0x10, 1, 0, 6, 0, 8});
        row("an ack when up", 2, ack());
        row("CALL_CONNECTED from a server", 2, writeCallConnected(crypto::Hash::Sha256, nonce, nonce, nonce));
    }
    void wrongMessagesAreAborted() {
        QFETCH(int, moment);
        QFETCH(QByteArray, bytes);
        Call call;
        moment == 0 ? call.toRequest() : moment == 1 ? call.toAck() : call.toUp();
        call.hear(bytes.toStdString());
        QVERIFY(call.last() == MessageType::CallAbort);
        const auto messages = call.seen.messages.size();
        call.hear(writePlain(MessageType::EchoRequest)); // nothing is answered any more
        call.hear(ack());
        QCOMPARE(call.seen.messages.size(), messages);
        call.pass(2900ms);
        QVERIFY(!call.seen.closed);
        call.pass(200ms);
        QCOMPARE(call.error(), std::string("tern.sstp.message"));
    }
    void garbageEndsWithoutAWord() {
        Call call;
        call.toUp();
        const auto messages = call.seen.messages.size();
        call.hear("HTTP/1.1 500");
        QCOMPARE(call.error(), std::string("tern.sstp.frame"));
        QCOMPARE(call.seen.messages.size(), messages);
    }

    void silenceIsAskedAboutAndEnds() {
        Call call;
        call.toUp();
        call.pass(59s);
        QVERIFY(call.last() == MessageType::CallConnected);
        call.pass(2s);
        QVERIFY(call.last() == MessageType::EchoRequest);
        call.hear(writePlain(MessageType::EchoResponse));
        call.pass(59s);
        QCOMPARE(std::count(call.seen.messages.begin(), call.seen.messages.end(), MessageType::EchoRequest), 1);
        call.pass(2s);
        QCOMPARE(std::count(call.seen.messages.begin(), call.seen.messages.end(), MessageType::EchoRequest), 2);
        call.pass(58s);
        QVERIFY(!call.seen.closed);
        call.pass(2s);
        QCOMPARE(call.error(), std::string("tern.sstp.silent"));
    }
    void anyPacketIsASignOfLife() {
        Call call;
        call.toUp();
        for (int i = 0; i < 10; ++i) {
            call.pass(50s);
            if (i % 2 == 0) {
                call.hear(writeData(base::Bytes{0x21, 0x45}));
            } else {
                call.session->sawTraffic(call.now);
                call.take();
            }
        }
        QVERIFY(call.last() == MessageType::CallConnected);
        QVERIFY(!call.seen.closed);
    }
    void asksWhenInDoubt() {
        Call call;
        call.toUp();
        call.session->probe(call.now);
        call.take();
        QVERIFY(call.last() == MessageType::EchoRequest);
        call.pass(5s);
        QCOMPARE(call.seen.alive, 0);
        call.hear(writePlain(MessageType::EchoRequest)); // not the answer, but alive
        QCOMPARE(call.seen.alive, 1);
        call.pass(20s);
        QVERIFY(!call.seen.closed);
        call.session->probe(call.now);
        call.pass(8s);
        QCOMPARE(call.error(), std::string("tern.sstp.silent"));
    }

    void theServerAborts() {
        Call call;
        call.toUp();
        call.hear(writeEnd(MessageType::CallAbort, StatusInfo{AttributeId::None, Status::NegotiationTimeout}));
        QVERIFY(call.last() == MessageType::CallAbort);
        call.pass(1s);
        QCOMPARE(call.error(), std::string("tern.sstp.aborted"));
        QCOMPARE(call.seen.closed->error->args, std::vector<std::string>{"negotiation timeout"});
    }
    void theServerDisconnects() {
        Call call;
        call.toUp();
        call.hear(writeEnd(MessageType::CallDisconnect, std::nullopt));
        QVERIFY(call.last() == MessageType::CallDisconnectAck);
        QVERIFY(!call.seen.closed);
        call.session->streamEnded(call.now, std::nullopt);
        call.take();
        QCOMPARE(call.error(), std::string("tern.sstp.disconnected"));
    }
    void aServerThatEndsSaysWhatPppKnows() {
        for (const auto type : {MessageType::CallAbort, MessageType::CallDisconnect}) {
            Call call;
            call.toAck();
            call.ppp->why = base::Error{"tern.ppp.auth.no-common-method", {"PAP", "MS-CHAPv2"}, {}};
            call.hear(writeEnd(type, std::nullopt));
            call.pass(1s);
            QCOMPARE(call.error(), std::string("tern.ppp.auth.no-common-method"));
        }
        // A cut is a cut, whatever was being negotiated.
        Call cut;
        cut.toAck();
        cut.ppp->why = base::Error{"tern.ppp.auth.no-common-method", {"PAP", "MS-CHAPv2"}, {}};
        cut.session->streamEnded(cut.now, std::nullopt);
        cut.take();
        QCOMPARE(cut.error(), std::string("tern.sstp.cut"));
    }
    void weDisconnect() {
        Call call;
        call.toUp();
        const auto data = call.seen.data.size();
        call.session->close(call.now);
        call.take();
        QCOMPARE(call.seen.data.size(), data + 1); // PPP's goodbye goes first
        QVERIFY(call.last() == MessageType::CallDisconnect);
        QVERIFY(!call.seen.closed);
        call.hear(writePlain(MessageType::CallDisconnectAck));
        QVERIFY(call.seen.closed && !call.seen.closed->error);
    }
    void garbageAfterOurGoodbyeIsNoError() {
        Call call;
        call.toUp();
        call.session->close(call.now);
        call.hear("HTTP/1.1 500");
        QVERIFY(call.seen.closed && !call.seen.closed->error);
    }
    void weDisconnectFromTheDead() {
        Call call;
        call.toUp();
        call.session->close(call.now);
        call.pass(4900ms);
        QVERIFY(!call.seen.closed);
        call.pass(200ms);
        QVERIFY(call.seen.closed && !call.seen.closed->error);
    }
    void bothDisconnect() {
        Call call;
        call.toUp();
        call.session->close(call.now);
        call.hear(writeEnd(MessageType::CallDisconnect, std::nullopt));
        QVERIFY(call.last() == MessageType::CallDisconnectAck);
        QVERIFY(call.seen.closed && !call.seen.closed->error);
    }
    void weDisconnectBeforeTheCall() {
        Call early;
        early.start();
        early.session->close(early.now);
        early.take();
        QVERIFY(early.seen.closed && !early.seen.closed->error);
        Call asked;
        asked.toRequest();
        asked.session->close(asked.now);
        asked.take();
        QVERIFY(asked.last() == MessageType::CallDisconnect);
    }
    void pppFails() {
        Call call;
        call.toAck();
        call.pppSays(ppp::Closed{base::Error{"tern.ppp.test", {}, {}}});
        QVERIFY(call.last() == MessageType::CallDisconnect);
        call.hear(writePlain(MessageType::CallDisconnectAck));
        QCOMPARE(call.error(), std::string("tern.ppp.test"));
    }

    void aChangedCertificate_data() {
        QTest::addColumn<int>("how");
        QTest::newRow("cut") << 0;
        QTest::newRow("abort") << 1;
        QTest::newRow("disconnect") << 2;
    }
    void aChangedCertificate() {
        QFETCH(int, how);
        Call call;
        call.toConnected();
        call.pass(2s);
        if (how == 1) {
            call.hear(writeEnd(MessageType::CallAbort, std::nullopt));
        } else if (how == 2) {
            call.hear(writeEnd(MessageType::CallDisconnect, std::nullopt));
        }
        call.session->streamEnded(call.now, std::nullopt);
        call.take();
        QCOMPARE(call.error(), std::string("tern.sstp.certificate-changed"));
    }
    void notEveryEndIsAChangedCertificate() {
        Call up;
        up.toUp();
        up.session->streamEnded(up.now, std::nullopt);
        up.take();
        QCOMPARE(up.error(), std::string("tern.sstp.cut"));
        Call late;
        late.toConnected();
        late.pass(11s);
        late.session->streamEnded(late.now, base::Error{"tern.sstp.tls.closed", {}, {}});
        late.take();
        QCOMPARE(late.error(), std::string("tern.sstp.tls.closed"));
        Call early;
        early.toAck();
        early.session->streamEnded(early.now, std::nullopt);
        early.take();
        QCOMPARE(early.error(), std::string("tern.sstp.cut"));
        Call ppp; // no address, say
        ppp.toConnected();
        ppp.pppSays(ppp::Closed{base::Error{"tern.ppp.test", {}, {}}});
        ppp.session->streamEnded(ppp.now, std::nullopt);
        ppp.take();
        QCOMPARE(ppp.error(), std::string("tern.ppp.test"));
    }
    void handsOverWhatIsNotRead() {
        Call call;
        call.toUp();
        call.hear(base::Bytes{0x10, 0, 0, 9, 1});
        QCOMPARE(call.session->takeUnread(), (base::Bytes{0x10, 0, 0, 9, 1}));
    }
    void pppsClockIsItsOwn() {
        Call call;
        call.toAck();
        call.ppp->due = call.now + 3s;
        QVERIFY(call.session->deadline() == call.now + 3s);
        call.pass(4s);
        QVERIFY(!call.ppp->due);
    }
};

QTEST_APPLESS_MAIN(TestSession)
#include "tst_session.moc"
