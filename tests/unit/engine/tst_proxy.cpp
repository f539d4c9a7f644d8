// Addresses of proxies as people and environments write them, and which of them is used for a server.
#include "app/engine/proxy.h"
#include "app/engine/proxy_dial.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <sys/socket.h>

using namespace tern;
using namespace tern::engine;
using namespace std::chrono_literals;

class TestProxy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void followsTheEnvironment();
    void followsTheProfile();
    void dials_data();
    void dials();
    void canBeCancelled();
};

namespace {

void openAny(const base::IpAddress& proxy, std::uint16_t /*port*/,
             const std::function<void(base::Result<base::UniqueFd>)>& done) {
    done(base::UniqueFd(::socket(proxy.isV6() ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
}

ProxyDialRequest requestFor(const QTcpServer& proxy) {
    ProxyDialRequest request;
    request.proxy.host = "127.0.0.1";
    request.proxy.port = proxy.serverPort();
    request.server = "vpn.example.test";
    request.port = 443;
    request.userAgent = "Tern";
    request.limit = 2s;
    return request;
}

QByteArray receive(int socket) {
    std::array<char, 8> octets{};
    const auto count = ::recv(socket, octets.data(), octets.size(), MSG_DONTWAIT);
    return {octets.data(), std::max<qsizetype>(count, 0)};
}

} // namespace

void TestProxy::init() {
    for (const char* name :
         {"http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"}) {
        qunsetenv(name);
    }
}

void TestProxy::parses_data() {
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<bool>("socks");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("login");
    const auto row = [](const char* written, bool socks, const char* text, const char* login = "/") {
        QTest::newRow(written) << QByteArray(written) << socks << QByteArray(text) << QByteArray(login);
    };
    row("http://proxy.example.com:8080", false, "http://proxy.example.com:8080");
    row("proxy.example.com:8080", false, "http://proxy.example.com:8080");
    row("proxy.example.com", false, "http://proxy.example.com:3128");
    row("http://proxy/", false, "http://proxy:3128");
    row("socks5://10.0.0.1", true, "socks5://10.0.0.1:1080");
    row("socks5h://[2001:db8::1]:9050", true, "socks5://[2001:db8::1]:9050");
    row("http://anna:p%40ss%3Aword@proxy:1", false, "http://proxy:1", "anna/p@ss:word");
}

void TestProxy::parses() {
    QFETCH(QByteArray, written);
    QFETCH(bool, socks);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, login);
    const auto proxy = parseProxy(written.toStdString());
    QVERIFY(proxy);
    QCOMPARE(proxy->kind == Proxy::Kind::Socks5, socks);
    QCOMPARE(proxy->text(), text.toStdString());
    QCOMPARE(proxy->username + '/' + base::toText(proxy->password.view()), login.toStdString());
}

void TestProxy::refuses_data() {
    QTest::addColumn<QByteArray>("written");
    for (const char* written :
         {"", "https://proxy:1", "ftp://proxy", "http://", "http://proxy:0", "http://proxy:65536", "http://proxy:x",
          "http://proxy/path", "http://proxy?x", "http://pro xy:1", "socks4://proxy"}) {
        QTest::newRow(written) << QByteArray(written);
    }
    QTest::newRow("long") << "http://" + QByteArray(600, 'a');
}

void TestProxy::refuses() {
    QFETCH(QByteArray, written);
    const auto proxy = parseProxy(written.toStdString());
    QVERIFY(!proxy);
    QCOMPARE(proxy.error().code, std::string("tern.proxy.address"));
}

void TestProxy::followsTheEnvironment() {
    QVERIFY(!systemProxy("vpn.example.test", 443));
    qputenv("https_proxy", "http://anna:secret@proxy.example.test:3129");
    qputenv("no_proxy", "intern.example.test");
    const auto found = systemProxy("vpn.example.test", 443);
    QVERIFY(found);
    QCOMPARE(found->text(), std::string("http://proxy.example.test:3129"));
    QCOMPARE(found->username, std::string("anna"));
    QVERIFY(!systemProxy("intern.example.test", 443));
}

void TestProxy::followsTheProfile() {
    QVERIFY(leavesProxyToSystem("") && leavesProxyToSystem("system"));
    for (const char* setting : {"none", "proxy:3128"}) {
        QVERIFY(!leavesProxyToSystem(setting));
    }
    auto none = proxyOfSetting("none");
    QVERIFY(none && !*none);
    auto own = proxyOfSetting("socks5://10.1.1.1:99");
    QVERIFY(own && *own);
    QCOMPARE((*own)->text(), std::string("socks5://10.1.1.1:99"));
    QVERIFY(!proxyOfSetting("nonsense://"));
}

void TestProxy::dials_data() {
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char* name, const char* answer, const char* code) {
        QTest::newRow(name) << QByteArray(answer) << QByteArray(code);
    };
    row("connected", "HTTP/1.1 200 Connection established\r\n\r\n", "");
    row("refused", "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "tern.proxy.refused");
    row("bad gateway", "HTTP/1.1 502 Bad\r\nConnection: close\r\n\r\n", "tern.proxy.refused");
    row("who are you", "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n",
        "tern.proxy.credentials-needed");
    row("silent", "", "tern.proxy.silent");
    row("no proxy at all", "SSH-2.0-x\r\n\r\n", "tern.proxy.failed");
}

void TestProxy::dials() {
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, code);
    QTcpServer proxy;
    QVERIFY(proxy.listen(QHostAddress::LocalHost));
    QByteArray heard;
    connect(&proxy, &QTcpServer::newConnection, this, [&] {
        auto* const socket = proxy.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [&heard, answer, socket] {
            heard += socket->readAll();
            if (heard.endsWith("\r\n\r\n")) {
                socket->write(answer);
            } else if (heard.endsWith("ping")) {
                socket->write("pong");
            }
        });
    });
    std::optional<base::Result<base::UniqueFd>> result;
    const auto dial = dialThroughProxy(requestFor(proxy), openAny, [&result](auto got) { result = std::move(got); });
    QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), 15000);
    if (!code.isEmpty()) {
        QVERIFY(!*result);
        QCOMPARE(result->error().code, code.toStdString());
        return;
    }
    QVERIFY(*result);
    QVERIFY(heard.startsWith("CONNECT vpn.example.test:443 HTTP/1.1\r\n"));
    QVERIFY(heard.contains("SSTPVERSION: 1.0\r\n"));
    QVERIFY(!heard.contains("Proxy-Authorization"));
    QCOMPARE(::send((*result)->get(), "ping", 4, MSG_NOSIGNAL), ssize_t{4});
    QByteArray got;
    QTRY_COMPARE((got += receive((*result)->get()), got), QByteArray("pong"));
}

void TestProxy::canBeCancelled() {
    QTcpServer proxy;
    QVERIFY(proxy.listen(QHostAddress::LocalHost));
    bool called = false;
    const auto never = [&called](auto) { called = true; };
    QElapsedTimer clock;
    clock.start();
    {
        const auto dial = dialThroughProxy(requestFor(proxy), openAny, never);
        QTest::qWait(200); // it waits for the proxy's answer
    }
    {
        // It waits for a socket that never comes.
        const auto dial = dialThroughProxy(
            requestFor(proxy), [](const auto&, auto, const auto&) {}, never);
        QTest::qWait(100);
    }
    QVERIFY(clock.elapsed() < 5000);
    QTest::qWait(50);
    QVERIFY(!called);
}

QTEST_GUILESS_MAIN(TestProxy)
#include "tst_proxy.moc"
