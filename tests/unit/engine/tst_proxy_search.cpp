// The desktop's proxy is asked for in a thread: while the answer takes its time the event loop goes on.
#include "app/engine/proxies.h"
#include "app/engine/qt_reactor.h"

#include <QElapsedTimer>
#include <QTest>
#include <QThread>
#include <QTimer>
#include <condition_variable>
#include <mutex>
#include <vector>

using namespace tern;
using namespace tern::engine;
using namespace std::chrono_literals;

namespace {

// A system that says nothing until it is let go.
class SlowSystem {
public:
    [[nodiscard]] ProxySearch::LookUp lookUp() {
        return [this](const std::string& server, std::uint16_t port) -> std::optional<Proxy> {
            std::unique_lock guard(m_lock);
            m_asked.push_back(server + ':' + std::to_string(port));
            m_inMainThread = m_inMainThread || QThread::currentThread() == m_mainThread;
            m_tooMany = m_tooMany || ++m_inside > 1;
            m_changed.wait(guard, [this] { return m_open; });
            --m_inside;
            Proxy proxy;
            proxy.host = "proxy.of." + server;
            proxy.port = 3128;
            return proxy;
        };
    }
    void letGo() {
        {
            const std::lock_guard guard(m_lock);
            m_open = true;
        }
        m_changed.notify_all();
    }
    [[nodiscard]] std::vector<std::string> asked() {
        const std::lock_guard guard(m_lock);
        return m_asked;
    }
    [[nodiscard]] bool keptItsThread() {
        const std::lock_guard guard(m_lock);
        return !m_inMainThread && !m_tooMany;
    }

private:
    std::mutex m_lock;
    std::condition_variable m_changed;
    std::vector<std::string> m_asked;
    QThread* m_mainThread = QThread::currentThread();
    int m_inside = 0;
    bool m_open = false;
    bool m_inMainThread = false;
    bool m_tooMany = false;
};

using Way = base::Result<std::optional<connection::ProxyWay>>;

profile::Profile withProxy(const char* setting) {
    profile::Profile profile;
    profile.sstp.proxy = setting;
    return profile;
}

} // namespace

class TestProxySearch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theEventLoopGoesOn();
    void aLimitOfTheCallersIsKept();
    void whatNobodyWaitsForIsNotTold();
    void oneAtATime();
    void nobodyAsksTheSystemForWhatTheProfileSays();
    void anAnswerComesAfterTheCall();
    void endsWhileSomebodyWaits();
};

void TestProxySearch::theEventLoopGoesOn() {
    SlowSystem system;
    SystemProxies proxies(system.lookUp());
    int ticks = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&ticks] { ++ticks; });
    timer.start(10ms);
    std::optional<Way> told;
    const auto pending =
        proxies.find(withProxy("system"), "vpn.example.test", 443, [&told](Way way) { told.emplace(std::move(way)); });
    QTRY_VERIFY(ticks >= 20);
    QVERIFY(!told);
    QCOMPARE(system.asked(), std::vector<std::string>{"vpn.example.test:443"});
    system.letGo();
    QTRY_VERIFY(told.has_value());
    QVERIFY(*told && **told);
    QCOMPARE((**told)->text, std::string("http://proxy.of.vpn.example.test:3128"));
    QVERIFY(system.keptItsThread());
}

void TestProxySearch::aLimitOfTheCallersIsKept() {
    SlowSystem system;
    SystemProxies proxies(system.lookUp());
    QtReactor reactor;
    bool told = false;
    bool over = false;
    QElapsedTimer clock;
    clock.start();
    auto pending = proxies.find(withProxy(""), "vpn.example.test", 443, [&told](const Way&) { told = true; });
    const auto limit = reactor.at(reactor.now() + 100ms, [&] {
        pending.reset();
        over = true;
    });
    QTRY_VERIFY(over);
    QVERIFY(clock.elapsed() < 5000);
    system.letGo();
    QTest::qWait(50);
    QVERIFY(!told);
}

void TestProxySearch::whatNobodyWaitsForIsNotTold() {
    SlowSystem system;
    SystemProxies proxies(system.lookUp());
    bool told = false;
    auto first = proxies.find(withProxy(""), "one.test", 443, [&told](const Way&) { told = true; });
    QTRY_COMPARE(system.asked().size(), std::size_t{1});
    auto second = proxies.find(withProxy(""), "two.test", 443, [&told](const Way&) { told = true; });
    first.reset();
    second.reset(); // nor is the system asked for it any more
    std::optional<Way> last;
    const auto third =
        proxies.find(withProxy(""), "three.test", 8443, [&last](Way way) { last.emplace(std::move(way)); });
    system.letGo();
    QTRY_VERIFY(last.has_value());
    QCOMPARE(system.asked(), (std::vector<std::string>{"one.test:443", "three.test:8443"}));
    QVERIFY(!told);
}

void TestProxySearch::oneAtATime() {
    SlowSystem system;
    SystemProxies proxies(system.lookUp());
    std::vector<connection::PendingPtr> pending;
    std::vector<std::string> told;
    for (int i = 0; i < 5; ++i) {
        pending.push_back(proxies.find(withProxy(""), "n" + std::to_string(i), 443, [&told, &pending, i](Way way) {
            told.push_back((*way)->host);
            pending.at(static_cast<std::size_t>(i)).reset(); // from inside its own callback
        }));
    }
    system.letGo();
    QTRY_COMPARE(told.size(), std::size_t{5});
    QCOMPARE(told.front(), std::string("proxy.of.n0"));
    QCOMPARE(told.back(), std::string("proxy.of.n4"));
    QVERIFY(system.keptItsThread());
}

void TestProxySearch::nobodyAsksTheSystemForWhatTheProfileSays() {
    SlowSystem system;
    SystemProxies proxies(system.lookUp());
    std::optional<Way> told;
    const auto tell = [&told](Way way) { told.emplace(std::move(way)); };
    auto pending = proxies.find(withProxy("none"), "vpn.example.test", 443, tell);
    QTRY_VERIFY(told.has_value());
    QVERIFY(*told && !**told);
    told.reset();
    pending = proxies.find(withProxy("socks5://anna:secret@10.1.1.1:99"), "vpn.example.test", 443, tell);
    QTRY_VERIFY(told.has_value());
    QVERIFY(*told && **told);
    QCOMPARE((**told)->text, std::string("socks5://10.1.1.1:99"));
    QVERIFY((**told)->login);
    QCOMPARE((**told)->login->username, std::string("anna"));
    told.reset();
    pending = proxies.find(withProxy("ftp://x"), "vpn.example.test", 443, tell);
    QTRY_VERIFY(told.has_value());
    QVERIFY(!*told);
    QCOMPARE(told->error().code, std::string("tern.proxy.address"));
    QVERIFY(system.asked().empty());
}

void TestProxySearch::anAnswerComesAfterTheCall() {
    SystemProxies proxies([](const auto&, auto) { return std::optional<Proxy>(); });
    for (const char* setting : {"system", "none"}) {
        bool told = false;
        auto pending = proxies.find(withProxy(setting), "vpn.example.test", 443, [&told](const Way&) { told = true; });
        QVERIFY(!told);
        QTRY_VERIFY(told);
        told = false;
        pending = proxies.find(withProxy(setting), "vpn.example.test", 443, [&told](const Way&) { told = true; });
        pending.reset();
        QTest::qWait(20);
        QVERIFY(!told);
    }
}

void TestProxySearch::endsWhileSomebodyWaits() {
    SlowSystem system;
    bool told = false;
    connection::PendingPtr pending;
    {
        SystemProxies proxies(system.lookUp());
        pending = proxies.find(withProxy(""), "vpn.example.test", 443, [&told](const Way&) { told = true; });
        QTRY_COMPARE(system.asked().size(), std::size_t{1});
        system.letGo();
    }
    QTest::qWait(20);
    QVERIFY(!told);
    pending.reset();
}

QTEST_GUILESS_MAIN(TestProxySearch)
#include "tst_proxy_search.moc"
