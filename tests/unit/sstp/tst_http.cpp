// The SSTP_DUPLEX_POST request, and answers of servers, portals and strangers to it.
#include "core/sstp/http_request.h"
#include "core/sstp/http_response.h"

#include <QTest>

using namespace tern;
using namespace tern::sstp;

namespace {

const std::string good = "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\nServer: Microsoft-HTTPAPI/2.0\r\n"
                         "Date: Thu, 09 Nov 2006 00:51:09 GMT\r\n\r\n";

struct Outcome {
    bool complete = false;
    std::size_t used = 0;
    base::Error error;
};

Outcome read(const std::string& text) {
    HttpResponse response;
    const auto taken = response.take(base::toBytes(text));
    return taken ? Outcome{response.isComplete(), *taken, {}} : Outcome{false, 0, taken.error()};
}

std::string requestText(HttpRequest request) {
    return base::toText(writeRequest(request));
}

} // namespace

class TestHttp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asksLikeWindows() {
        HttpRequest request;
        request.host = "vpn.contoso.com";
        for (std::size_t i = 0; i < 16; ++i) {
            request.correlation[i] = static_cast<std::uint8_t>(i * 17);
        }
        QCOMPARE(requestText(request), std::string("SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ "
                                                   "HTTP/1.1\r\nHost: vpn.contoso.com\r\n"
                                                   "SSTPCORRELATIONID: {00112233-4455-4677-8899-AABBCCDDEEFF}\r\n"
                                                   "Content-Length: 18446744073709551615\r\n\r\n"));
    }
    void namesPortAndTenant() {
        HttpRequest request;
        request.host = "2001:DB8::1";
        request.port = 8443;
        request.tenantId = "a b\r\nX: 1&c=%";
        const auto text = requestText(request);
        QVERIFY(text.find("Host: [2001:db8::1]:8443\r\n") != std::string::npos);
        QVERIFY(text.find("/?tenantid=a%20b%0D%0AX%3A%201%26c%3D%25 HTTP/1.1\r\n") != std::string::npos);
    }
    void aHostCannotAddHeaders() {
        HttpRequest request;
        request.host = "vpn\r\nEvil: yes";
        QVERIFY(requestText(request).find("\r\nEvil") == std::string::npos);
    }

    void whatFollowsIsSstp() {
        const auto outcome = read(good + "\x10\x01");
        QVERIFY(outcome.complete);
        QCOMPARE(outcome.used, good.size());
    }
    void splitAnywhere() {
        for (std::size_t cut = 0; cut <= good.size(); ++cut) {
            HttpResponse response;
            const auto first = response.take(base::toBytes(good.substr(0, cut)));
            QVERIFY(first);
            QCOMPARE(*first, cut);
            QCOMPARE(response.isComplete(), cut == good.size());
            const auto second = response.take(base::toBytes(good.substr(cut) + "rest"));
            QVERIFY(second);
            QCOMPARE(*second, good.size() - cut);
            QVERIFY(response.isComplete());
        }
    }
    void takesWhatServersSend_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("without a length") << QByteArray("HTTP/1.1 200 OK\r\nServer: x\r\n\r\n");
        QTest::newRow("without a reason") << QByteArray("HTTP/1.1 200\r\n\r\n");
        QTest::newRow("HTTP/1.0") << QByteArray("HTTP/1.0 200 OK\r\n\r\n");
        QTest::newRow("line feeds only") << QByteArray("HTTP/1.1 200 OK\ncontent-length:18446744073709551615\n\n");
        QTest::newRow("after an interim one") << QByteArray("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");
        QTest::newRow("with a type beside the length")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 18446744073709551615\r\n\r\n");
    }
    void takesWhatServersSend() {
        QFETCH(QByteArray, text);
        const auto outcome = read(text.toStdString());
        QCOMPARE(outcome.error.code, std::string());
        QVERIFY(outcome.complete);
        QCOMPARE(outcome.used, static_cast<std::size_t>(text.size()));
    }

    void refusesInItsOwnWords_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char* name, const QByteArray& text, const char* code) {
            QTest::newRow(name) << text << QByteArray("tern.sstp.http.").append(code);
        };
        row("portal", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html>", "web-page");
        row("page of a size", "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n", "web-page");
        row("one less than endless", "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551614\r\n\r\n", "web-page");
        row("chunked page", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "web-page");
        row("redirect", "HTTP/1.1 302 Found\r\nLocation: http://portal.example/login\r\n\r\n", "redirect");
        row("redirect to nowhere", "HTTP/1.1 307 T\r\n\r\n", "redirect");
        row("proxy", "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "proxy-login");
        row("401", "HTTP/1.1 401 Unauthorized\r\n\r\n", "refused");
        row("403", "HTTP/1.1 403 Forbidden\r\n\r\n", "refused");
        row("400", "HTTP/1.1 400 Bad Request\r\n\r\n", "not-sstp");
        row("404", "HTTP/1.1 404 Not Found\r\n\r\n", "not-sstp");
        row("405", "HTTP/1.1 405 Method Not Allowed\r\n\r\n", "not-sstp");
        row("501", "HTTP/1.1 501 Not Implemented\r\n\r\n", "not-sstp");
        row("503", "HTTP/1.1 503 Busy\r\n\r\n", "unavailable");
        row("429", "HTTP/1.1 429 Slow\r\n\r\n", "unavailable");
        row("204", "HTTP/1.1 204 No Content\r\n\r\n", "status");
        row("101", "HTTP/1.1 101 Switching\r\n\r\n", "status");
        row("418", "HTTP/1.1 418 Teapot\r\n\r\n", "status");
        row("another protocol", "SSH-2.0-OpenSSH_9.2\r\n", "malformed");
        row("HTTP/2", "HTTP/2 200\r\n\r\n", "malformed");
        row("no code", "HTTP/1.1 OK\r\n\r\n", "malformed");
        row("four digits", "HTTP/1.1 2000 OK\r\n\r\n", "malformed");
        row("a folded line", "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", "malformed");
        row("a space before the colon", "HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\n", "malformed");
        row("a line without a colon", "HTTP/1.1 200 OK\r\nhello\r\n\r\n", "malformed");
        row("a NUL", QByteArray("HTTP/1.1 200 OK\r\nA: \0\r\n\r\n", 25), "malformed");
        row("a length beyond 64 bits", "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551616\r\n\r\n", "malformed");
        row("a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "malformed");
        row("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "malformed");
        row("no end", "HTTP/1.1 200 OK\r\nA: " + QByteArray(20000, 'x'), "too-long");
        row("too many fields", "HTTP/1.1 200 OK\r\n" + QByteArray("A: b\r\n").repeated(101) + "\r\n", "too-long");
        row("interim for ever", QByteArray("HTTP/1.1 100 C\r\n\r\n").repeated(2000), "too-long");
    }
    void refusesInItsOwnWords() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, code);
        QCOMPARE(QByteArray::fromStdString(read(text.toStdString()).error.code), code);
    }
    void saysWhereARedirectLeads() {
        const auto outcome = read("HTTP/1.1 302 Found\r\nlocation:  http://portal/ \r\n\r\n");
        QCOMPARE(outcome.error.args, std::vector<std::string>{"http://portal/"});
    }
    void strangersAreKnownByTheirFirstOctets() {
        QCOMPARE(read("220 ").error.code, std::string("tern.sstp.http.malformed"));
    }
};

QTEST_APPLESS_MAIN(TestHttp)
#include "tst_http.moc"
