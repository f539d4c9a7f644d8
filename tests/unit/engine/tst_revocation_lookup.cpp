// Looking up revocation over real sockets: answers good and bad, servers that are slow, talkative or gone, and the
// cache.
#include "app/engine/revocation_lookup.h"
#include "core/crypto/random.h"
#include "tests/unit/crypto/revocations.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <map>

using namespace tern;
using namespace tern::engine;
using connection::RevocationAnswer;
using connection::RevocationQuestion;
using crypto::RevocationState;
using namespace std::chrono_literals;

namespace {

// HTTP/1.1, one answer a connection.
class Web : public QTcpServer {
public:
    struct Page {
        QByteArray status = "200 OK";
        QByteArray headers;
        base::Bytes body;
        bool silent = false;
        bool endless = false;
    };

    Web() {
        listen(QHostAddress::LocalHost);
        QObject::connect(this, &QTcpServer::newConnection, this, [this] { serve(nextPendingConnection()); });
    }
    [[nodiscard]] std::string url(const char* path) const {
        return "http://127.0.0.1:" + std::to_string(serverPort()) + path;
    }
    std::map<QByteArray, Page> pages;
    QList<QByteArray> requests; // first lines

private:
    void serve(QTcpSocket* socket) {
        const auto heard = std::make_shared<QByteArray>();
        QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, heard] {
            *heard += socket->readAll();
            const auto end = heard->indexOf("\r\n\r\n");
            if (end < 0) {
                return;
            }
            const auto marker = QByteArray("content-length: ");
            const auto place = heard->toLower().indexOf(marker);
            const auto body = place < 0 ? 0 : heard->mid(place + marker.size()).split('\r').first().toInt();
            if (heard->size() < end + 4 + body) {
                return;
            }
            answer(socket, heard->left(heard->indexOf("\r\n")));
        });
    }
    void answer(QTcpSocket* socket, const QByteArray& line) {
        requests += line;
        const auto found = pages.find(line.split(' ').value(1));
        if (found == pages.end()) {
            socket->write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            socket->disconnectFromHost();
            return;
        }
        const auto& page = found->second;
        if (page.silent) {
            return;
        }
        const QByteArray bytes(reinterpret_cast<const char*>(page.body.data()),
                               static_cast<qsizetype>(page.body.size()));
        socket->write("HTTP/1.1 " + page.status + "\r\n" + page.headers + "Connection: close\r\n");
        if (page.endless) {
            socket->write("\r\n");
            QObject::connect(socket, &QTcpSocket::bytesWritten, socket, [socket] {
                if (socket->bytesToWrite() < 100000) {
                    socket->write(QByteArray(100000, 'x'));
                }
            });
            socket->write(QByteArray(100000, 'x'));
            return;
        }
        socket->write("Content-Length: " + QByteArray::number(bytes.size()) + "\r\n\r\n" + bytes);
        socket->disconnectFromHost();
    }
};

} // namespace

class TestRevocationLookup : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void ocspGoodThenCached();
    void ocspRevoked();
    void fallsBackToCrl();
    void crlRevoked();
    void nothingNamed();
    void unreachable();
    void slow();
    void tooLarge();
    void redirections();
    void cacheOnly();
    void sentAlong();
    void cacheRunsOut();
    void cacheIsBounded();
    void responderRevoked();
    void wholeChain();
    void cancelled();

private:
    struct Made {
        test::Issued root, leaf;
        std::vector<base::Bytes> chain;
    };
    [[nodiscard]] Made make(const std::string& access, const std::string& points) const;
    [[nodiscard]] std::vector<RevocationAnswer> ask(RevocationQuestion question,
                                                    RevocationLookup::Limits limits = {1000ms, 3000ms});
    [[nodiscard]] RevocationAnswer askOne(const Made& made) { return ask(question(made)).front(); }
    [[nodiscard]] static RevocationQuestion question(const Made& made) {
        RevocationQuestion wanted;
        wanted.chain = made.chain;
        wanted.time = base::UnixSeconds(test::now);
        return wanted;
    }
    [[nodiscard]] static test::OcspSpec ocsp(const Made& made, test::Standing standing) {
        test::OcspSpec spec;
        spec.certificate = &made.leaf;
        spec.issuer = &made.root;
        spec.standing = standing;
        return spec;
    }
    [[nodiscard]] Made makeBoth() const { return make("OCSP;URI:" + m_web->url("/ocsp"), "URI:" + m_web->url("/crl")); }

    crypto::SystemRandom m_random;
    std::unique_ptr<Web> m_web;
    std::unique_ptr<QTemporaryDir> m_cache;
};

void TestRevocationLookup::init() {
    m_web = std::make_unique<Web>();
    m_cache = std::make_unique<QTemporaryDir>();
}

TestRevocationLookup::Made TestRevocationLookup::make(const std::string& access, const std::string& points) const {
    Made made{test::issue(test::authoritySpec("Root")), {}, {}};
    test::CertificateSpec spec;
    spec.names = "DNS:vpn.example.com";
    spec.access = access;
    spec.crlPoints = points;
    made.leaf = test::issue(spec, &made.root);
    made.chain = {made.leaf.der(), made.root.der()};
    return made;
}

std::vector<RevocationAnswer> TestRevocationLookup::ask(RevocationQuestion question, RevocationLookup::Limits limits) {
    RevocationLookup lookup(m_cache->path().toStdString(), m_random, limits);
    std::vector<RevocationAnswer> answers;
    bool done = false;
    const auto pending = lookup.check(std::move(question), [&](std::vector<RevocationAnswer> all) {
        answers = std::move(all);
        done = true;
    });
    // Longer than any limit here, on a busy machine.
    static_cast<void>(QTest::qWaitFor([&done] { return done; }, 30000));
    return answers.empty() ? std::vector<RevocationAnswer>(1) : answers;
}

void TestRevocationLookup::ocspGoodThenCached() {
    const auto made = makeBoth();
    m_web->pages["/ocsp"].body = test::ocspResponse(ocsp(made, test::Standing::Good));
    auto answer = askOne(made);
    QCOMPARE(answer.verdict.state, RevocationState::Good);
    QCOMPARE(answer.source, std::string("ocsp"));
    QCOMPARE(m_web->requests, QList<QByteArray>{"POST /ocsp HTTP/1.1"});
    m_web->close();
    answer = askOne(made);
    QCOMPARE(answer.verdict.state, RevocationState::Good);
    QCOMPARE(m_web->requests.size(), 1);
}

void TestRevocationLookup::ocspRevoked() {
    const auto made = makeBoth();
    m_web->pages["/ocsp"].body = test::ocspResponse(ocsp(made, test::Standing::Revoked));
    const auto answer = askOne(made);
    QCOMPARE(answer.verdict.state, RevocationState::Revoked);
    const auto refusal = connection::revocationRefusal(made.chain, {answer}, profile::Revocation::Soft);
    QCOMPARE(refusal->code, std::string("tern.crypto.cert.revoked"));
    const std::vector<std::string> args{"CN=server", "2027-01-14", "keyCompromise"};
    QCOMPARE(refusal->args, args);
}

void TestRevocationLookup::fallsBackToCrl() {
    const auto made = makeBoth();
    test::CrlSpec list;
    list.issuer = &made.root;
    m_web->pages["/crl"].body = test::crlPem(list);
    // No OCSP at all, one that does not know it, and one signed by somebody else.
    auto answer = askOne(made);
    QCOMPARE(answer.source, std::string("crl"));
    for (const auto* signer : {&made.root, &made.leaf}) {
        init();
        const auto again = makeBoth();
        auto spec = ocsp(again, test::Standing::Unknown);
        spec.signer = signer == &made.leaf ? &again.leaf : nullptr;
        list.issuer = &again.root;
        m_web->pages["/ocsp"].body = test::ocspResponse(spec);
        m_web->pages["/crl"].body = test::crlDer(list);
        answer = askOne(again);
        QCOMPARE(answer.verdict.state, RevocationState::Good);
        QCOMPARE(answer.source, std::string("crl"));
        QCOMPARE(m_web->requests.size(), 2);
    }
}

void TestRevocationLookup::crlRevoked() {
    const auto made = make({}, "URI:" + m_web->url("/crl"));
    test::CrlSpec list;
    list.issuer = &made.root;
    list.revoked = {&made.leaf};
    m_web->pages["/crl"].body = test::crlDer(list);
    QCOMPARE(askOne(made).verdict.state, RevocationState::Revoked);
}

void TestRevocationLookup::nothingNamed() {
    const auto made = make({}, {});
    const auto answer = askOne(made);
    QVERIFY(answer.nowhere);
    QVERIFY(!connection::revocationRefusal(made.chain, {answer}, profile::Revocation::Soft));
    QCOMPARE(connection::revocationRefusal(made.chain, {answer}, profile::Revocation::Strict)->code,
             std::string("tern.crypto.cert.uncheckable"));
}

void TestRevocationLookup::unreachable() {
    const auto made = makeBoth();
    m_web->close();
    const auto answer = askOne(made);
    QCOMPARE(answer.verdict.state, RevocationState::Unknown);
    QCOMPARE(answer.reason->code, std::string("tern.engine.fetch-failed"));
    QVERIFY(!connection::revocationRefusal(made.chain, {answer}, profile::Revocation::Soft));
    QCOMPARE(connection::revocationRefusal(made.chain, {answer}, profile::Revocation::Strict)->code,
             std::string("tern.crypto.cert.unchecked"));
}

void TestRevocationLookup::slow() {
    const auto made = makeBoth();
    m_web->pages["/ocsp"].silent = true;
    m_web->pages["/crl"].silent = true;
    QElapsedTimer clock;
    clock.start();
    auto answer = ask(question(made), {300ms, 20000ms}).front();
    QCOMPARE(answer.reason->code, std::string("tern.engine.fetch-slow"));
    QVERIFY(clock.elapsed() < 10000);
    // One that answers, and the limit for all of it.
    answer = ask(question(made), {20000ms, 300ms}).front();
    QCOMPARE(answer.reason->code, std::string("tern.engine.fetch-slow"));
    QCOMPARE(answer.verdict.state, RevocationState::Unknown);
    QVERIFY(clock.elapsed() < 15000);
}

void TestRevocationLookup::tooLarge() {
    auto made = make("OCSP;URI:" + m_web->url("/ocsp"), {});
    m_web->pages["/ocsp"].body = base::Bytes(crypto::mostOcspOctets + 1, 0x30);
    QCOMPARE(askOne(made).reason->code, std::string("tern.engine.fetch-too-large"));
    m_web->pages["/ocsp"].endless = true;
    QCOMPARE(ask(question(made), {20000ms, 25000ms}).front().reason->code, std::string("tern.engine.fetch-too-large"));
}

void TestRevocationLookup::redirections() {
    const auto made = makeBoth();
    const auto good = test::ocspResponse(ocsp(made, test::Standing::Good));
    const auto to = [this](const char* path) { return QByteArray("Location: ") + m_web->url(path).c_str() + "\r\n"; };
    m_web->pages["/ocsp"] = {"307 Temporary Redirect", to("/b"), {}, false, false};
    m_web->pages["/b"] = {"302 Found", "Location: /c\r\n", {}, false, false};
    m_web->pages["/c"] = {"301 Moved Permanently", to("/d"), {}, false, false};
    m_web->pages["/d"].body = good;
    QCOMPARE(askOne(made).verdict.state, RevocationState::Good);
    // One more is too much, a circle never ends, and another scheme is not followed.
    for (const auto& headers : {to("/d"), to("/ocsp"), QByteArray("Location: https://127.0.0.1/\r\n"),
                                QByteArray("Location: file:///etc/passwd\r\n")}) {
        init();
        const auto again = make("OCSP;URI:" + m_web->url("/ocsp"), {});
        m_web->pages["/ocsp"] = {"307 Temporary Redirect", "Location: /b\r\n", {}, false, false};
        m_web->pages["/b"] = {"302 Found", "Location: /c\r\n", {}, false, false};
        m_web->pages["/c"] = {"302 Found", "Location: /d\r\n", {}, false, false};
        m_web->pages["/d"] = {"302 Found", headers, {}, false, false};
        QCOMPARE(askOne(again).reason->code, std::string("tern.engine.fetch-failed"));
        QVERIFY(m_web->requests.size() <= 4);
    }
}

void TestRevocationLookup::cacheOnly() {
    const auto made = makeBoth();
    m_web->pages["/ocsp"].body = test::ocspResponse(ocsp(made, test::Standing::Good));
    auto wanted = question(made);
    wanted.fetching = RevocationQuestion::Fetching::CacheOnly;
    auto answer = ask(wanted).front();
    QCOMPARE(answer.reason->code, std::string("tern.engine.fetch-not-now"));
    QVERIFY(m_web->requests.isEmpty());
    static_cast<void>(askOne(made));
    answer = ask(wanted).front();
    QCOMPARE(answer.verdict.state, RevocationState::Good);
    QCOMPARE(m_web->requests.size(), 1);
}

void TestRevocationLookup::sentAlong() {
    const auto made = makeBoth();
    auto wanted = question(made);
    wanted.ocspResponses = {{1, 2, 3}, test::ocspResponse(ocsp(made, test::Standing::Good))};
    auto answer = ask(wanted).front();
    QCOMPARE(answer.source, std::string("server"));
    QCOMPARE(answer.verdict.state, RevocationState::Good);
    QVERIFY(m_web->requests.isEmpty());
    test::CrlSpec list;
    list.issuer = &made.root;
    list.revoked = {&made.leaf};
    wanted.crls = {test::crlDer(list)};
    // Bad news weighs more than good news.
    QCOMPARE(ask(wanted).front().verdict.state, RevocationState::Revoked);
}

void TestRevocationLookup::cacheRunsOut() {
    const auto made = makeBoth();
    m_web->pages["/ocsp"].body = test::ocspResponse(ocsp(made, test::Standing::Good));
    static_cast<void>(askOne(made));
    auto wanted = question(made);
    wanted.time += 7200s;
    auto spec = ocsp(made, test::Standing::Revoked);
    spec.thisUpdate = test::now + 7000;
    spec.nextUpdate = test::now + 9000;
    m_web->pages["/ocsp"].body = test::ocspResponse(spec);
    QCOMPARE(ask(wanted).front().verdict.state, RevocationState::Revoked);
    QCOMPARE(m_web->requests.size(), 2);
}

void TestRevocationLookup::cacheIsBounded() {
    const RevocationCache cache(m_cache->path().toStdString() + "/new");
    const auto key = [](std::size_t i) { return base::toBytes(std::to_string(i)); };
    for (std::size_t i = 0; i < RevocationCache::mostFiles + 20; ++i) {
        cache.keep(key(i), base::toBytes("x"));
    }
    QCOMPARE(QDir(m_cache->path() + QStringLiteral("/new")).entryList(QDir::Files).size(),
             static_cast<qsizetype>(RevocationCache::mostFiles));
    for (std::size_t i = 1000; i < 1005; ++i) {
        cache.keep(key(i), base::Bytes(crypto::mostCrlOctets));
    }
    std::uintmax_t total = 0;
    for (const auto& each : std::filesystem::directory_iterator(m_cache->path().toStdString() + "/new")) {
        total += each.file_size();
    }
    QVERIFY(total <= RevocationCache::mostOctets);
    QCOMPARE(cache.find(key(1004))->size(), crypto::mostCrlOctets);
    cache.drop(key(1004));
    QVERIFY(!cache.find(key(1004)));
}

void TestRevocationLookup::responderRevoked() {
    const auto made = make("OCSP;URI:" + m_web->url("/ocsp"), {});
    test::CertificateSpec responderSpec;
    responderSpec.commonName = "Responder";
    responderSpec.extendedUsage = "OCSPSigning";
    responderSpec.crlPoints = "URI:" + m_web->url("/responders");
    const auto responder = test::issue(responderSpec, &made.root);
    auto spec = ocsp(made, test::Standing::Good);
    spec.signer = &responder;
    m_web->pages["/ocsp"].body = test::ocspResponse(spec);
    test::CrlSpec list;
    list.issuer = &made.root;
    m_web->pages["/responders"].body = test::crlDer(list);
    QCOMPARE(askOne(made).verdict.state, RevocationState::Good);
    QCOMPARE(m_web->requests.size(), 2);
    m_cache = std::make_unique<QTemporaryDir>();
    list.revoked = {&responder};
    m_web->pages["/responders"].body = test::crlDer(list);
    const auto answer = askOne(made);
    QCOMPARE(answer.verdict.state, RevocationState::Unknown);
    QCOMPARE(answer.reason->code, std::string("tern.crypto.revocation.signer"));
}

void TestRevocationLookup::wholeChain() {
    const auto root = test::issue(test::authoritySpec("Root"));
    auto middleSpec = test::authoritySpec("Middle");
    middleSpec.crlPoints = "URI:" + m_web->url("/root.crl");
    const auto middle = test::issue(middleSpec, &root);
    test::CertificateSpec leafSpec;
    leafSpec.names = "DNS:vpn.example.com";
    leafSpec.crlPoints = "URI:" + m_web->url("/middle.crl");
    const auto leaf = test::issue(leafSpec, &middle);
    test::CrlSpec ofMiddle;
    ofMiddle.issuer = &middle;
    test::CrlSpec ofRoot;
    ofRoot.issuer = &root;
    ofRoot.revoked = {&middle};
    m_web->pages["/middle.crl"].body = test::crlDer(ofMiddle);
    m_web->pages["/root.crl"].body = test::crlDer(ofRoot);
    RevocationQuestion wanted;
    wanted.chain = {leaf.der(), middle.der(), root.der()};
    wanted.time = base::UnixSeconds(test::now);
    const auto answers = ask(wanted);
    QCOMPARE(answers.size(), std::size_t{2});
    QCOMPARE(answers.at(1).verdict.state, RevocationState::Revoked);
    const auto refusal = connection::revocationRefusal(wanted.chain, answers, profile::Revocation::Soft);
    QCOMPARE(refusal->args.front(), std::string("CN=Middle"));
}

void TestRevocationLookup::cancelled() {
    const auto made = makeBoth();
    m_web->pages["/ocsp"].body = test::ocspResponse(ocsp(made, test::Standing::Good));
    RevocationLookup lookup(m_cache->path().toStdString(), m_random);
    for (const int wait : {0, 1, 5, 20}) {
        auto pending = lookup.check(question(made), [](auto) { QFAIL("cancelled, and yet called"); });
        QTest::qWait(wait);
        pending.reset();
    }
    QTest::qWait(50);
}

QTEST_GUILESS_MAIN(TestRevocationLookup)
#include "tst_revocation_lookup.moc"
