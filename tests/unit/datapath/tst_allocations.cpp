// The data path allocates nothing once packets flow: counted at malloc itself, so that libraries are counted too.
#include "core/datapath/esp_tunnel.h"
#include "core/datapath/sstp_tunnel.h"
#include "network.h"
#include "tls_pair.h"

#include <QTest>
#include <array>
#include <atomic>
#include <dlfcn.h>
#include <openssl/ssl.h>
#include <pthread.h>

#if defined(__has_feature) // clang
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define TERN_OWN_MALLOC 0
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define TERN_OWN_MALLOC 0
#endif
#ifndef TERN_OWN_MALLOC
#define TERN_OWN_MALLOC 1
#endif

namespace {

std::atomic<bool> counting{false};
std::atomic<std::uint64_t> allocations{0};
std::atomic<std::uint64_t> tlsAllocations{0}; // OpenSSL's own
std::atomic<std::uint64_t> tlsCalls{0};
pthread_t testThread{};

} // namespace

#if TERN_OWN_MALLOC
namespace {

thread_local bool inTls = false;

void count() {
    // The test's own thread may allocate as it likes.
    if (counting.load(std::memory_order_relaxed) && pthread_equal(pthread_self(), testThread) == 0) {
        (inTls ? tlsAllocations : allocations).fetch_add(1, std::memory_order_relaxed);
    }
}

template<typename Function>
Function libraryOf(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}
const auto realWrite = libraryOf<decltype(&SSL_write_ex)>("SSL_write_ex");
const auto realRead = libraryOf<decltype(&SSL_read_ex)>("SSL_read_ex");

template<typename Call>
int counted(const Call& call) {
    if (counting.load(std::memory_order_relaxed)) {
        tlsCalls.fetch_add(1, std::memory_order_relaxed);
    }
    inTls = true;
    const int result = call();
    inTls = false;
    return result;
}

} // namespace

extern "C" {
// OpenSSL makes and frees a few small things for a record, which are counted apart.
int SSL_write_ex(SSL* ssl, const void* data, std::size_t size, std::size_t* written) {
    return counted([&] { return realWrite(ssl, data, size, written); });
}
int SSL_read_ex(SSL* ssl, void* data, std::size_t size, std::size_t* read) {
    return counted([&] { return realRead(ssl, data, size, read); });
}
// glibc's allocator under its inner names, so that this program's own malloc can count and pass on.
void* __libc_malloc(std::size_t size);                // NOLINT(bugprone-reserved-identifier)
void* __libc_calloc(std::size_t n, std::size_t size); // NOLINT(bugprone-reserved-identifier)
void* __libc_realloc(void* old, std::size_t size);    // NOLINT(bugprone-reserved-identifier)

void* malloc(std::size_t size) {
    count();
    return __libc_malloc(size);
}
void* calloc(std::size_t n, std::size_t size) {
    count();
    return __libc_calloc(n, size);
}
void* realloc(void* old, std::size_t size) {
    count();
    return __libc_realloc(old, size);
}
}
#endif

using namespace tern;
using testing::Namespace;

class TestAllocations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void countsAtAll();
    void nonePerPacket_data();
    void nonePerPacket();
    void nonePerSstpPacket();
};

namespace {

struct Suite {
    crypto::EspCipher cipher = crypto::EspCipher::AesGcm16;
    std::size_t salt = 4;
    crypto::EspIntegrity integrity = crypto::EspIntegrity::None;
    std::size_t integrityKey = 0;
    bool ipsecMb = true;
};

crypto::SaKeys keysFor(const Suite& suite, std::uint32_t spi) {
    const auto fixed = [](std::size_t size) { return base::SecureBytes(base::ByteView(base::Bytes(size, 7))); };
    crypto::SaKeys keys;
    keys.spi = spi;
    keys.cipher = suite.cipher;
    keys.integrity = suite.integrity;
    keys.encryptionKey = fixed(32);
    keys.salt = fixed(suite.salt);
    keys.integrityKey = fixed(suite.integrityKey);
    return keys;
}

std::unique_ptr<datapath::EspTunnel> end(const Namespace& where, const char* name, const char* own, const char* peer,
                                         const Suite& suite, bool first) {
    datapath::EspTunnelConfig config;
    config.tun = where.tun(name);
    config.outer.socket = where.socket(SOCK_DGRAM, own, 4500);
    config.outer.peer = {base::IpAddress::fromText(peer).value(), 4500};
    config.offloads.ipsecMb = suite.ipsecMb;
    auto started = datapath::EspTunnel::start(std::move(config));
    const std::uint32_t in = first ? 0x501 : 0x502;
    const std::uint32_t out = first ? 0x502 : 0x501;
    if (!started || !(*started)->install({{keysFor(suite, in), keysFor(suite, out)}, {}, {}})) {
        return nullptr;
    }
    return std::move(*started);
}

// Datagrams in bursts from one end to the other; how many arrived.
int exchange(int sender, int receiver, const sockaddr_storage& to, int bursts) {
    std::array<std::uint8_t, 1200> buffer{};
    int arrived = 0;
    for (int burst = 0; burst < bursts; ++burst) {
        for (int i = 0; i < 20; ++i) {
            ::sendto(sender, buffer.data(), buffer.size(), 0, reinterpret_cast<const sockaddr*>(&to),
                     sizeof(sockaddr_in));
        }
        for (int i = 0; i < 20 && ::recv(receiver, buffer.data(), buffer.size(), 0) > 0; ++i) {
            ++arrived;
        }
    }
    return arrived;
}

} // namespace

Q_DECLARE_METATYPE(Suite)

void TestAllocations::initTestCase() {
#if !TERN_OWN_MALLOC
    QSKIP("a sanitizer has its own malloc");
#endif
    if (!testing::mayMakeNamespaces()) {
        QSKIP("needs root and /dev/net/tun to make network namespaces");
    }
    testThread = pthread_self();
}

void TestAllocations::countsAtAll() {
    allocations = 0;
    counting = true;
    pthread_t other{};
    pthread_create(
        &other, nullptr,
        [](void*) -> void* {
            void* volatile memory = std::malloc(100);
            std::free(memory);
            return nullptr;
        },
        nullptr);
    pthread_join(other, nullptr);
    counting = false;
    QVERIFY(allocations > 0);
}

void TestAllocations::nonePerPacket_data() {
    QTest::addColumn<Suite>("suite");
    QTest::newRow("AES-GCM, fastest") << Suite{};
    QTest::newRow("AES-GCM, OpenSSL") << Suite{crypto::EspCipher::AesGcm16, 4, crypto::EspIntegrity::None, 0, false};
    QTest::newRow("AES-CBC, AES-XCBC") << Suite{crypto::EspCipher::AesCbc, 0, crypto::EspIntegrity::AesXcbc96, 16};
    QTest::newRow("AES-CTR, AES-CMAC") << Suite{crypto::EspCipher::AesCtr, 4, crypto::EspIntegrity::AesCmac96, 16};
    QTest::newRow("ChaCha20-Poly1305") << Suite{crypto::EspCipher::ChaCha20Poly1305, 4};
    QTest::newRow("AES-CBC, HMAC-SHA256")
        << Suite{crypto::EspCipher::AesCbc, 0, crypto::EspIntegrity::HmacSha256_128, 32};
}

void TestAllocations::nonePerPacket() {
    QFETCH(Suite, suite);
    const Namespace a;
    const Namespace b;
    QVERIFY(a.silenceIpv6() && b.silenceIpv6());
    QVERIFY(a.ip(QStringLiteral("link add v0 type veth peer name v0 netns %1").arg(b.path())));
    QVERIFY(a.ip(QStringLiteral("addr add 192.0.2.1/24 dev v0")) &&
            b.ip(QStringLiteral("addr add 192.0.2.2/24 dev v0")));
    QVERIFY(a.ip(QStringLiteral("link set v0 up")) && b.ip(QStringLiteral("link set v0 up")));
    const auto tunnelA = end(a, "tun0", "192.0.2.1", "192.0.2.2", suite, true);
    const auto tunnelB = end(b, "tun0", "192.0.2.2", "192.0.2.1", suite, false);
    QVERIFY(tunnelA && tunnelB);
    QVERIFY(a.ip(QStringLiteral("addr add 10.9.0.1/24 dev tun0")) &&
            b.ip(QStringLiteral("addr add 10.9.0.2/24 dev tun0")));
    QVERIFY(a.ip(QStringLiteral("link set tun0 mtu 1400 up")) && b.ip(QStringLiteral("link set tun0 mtu 1400 up")));
    const auto sender = a.socket(SOCK_DGRAM, "10.9.0.1", 7000);
    const auto receiver = b.socket(SOCK_DGRAM, "10.9.0.2", 7001);
    const timeval most{5, 0};
    ::setsockopt(receiver.get(), SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    sockaddr_storage to{};
    Namespace::fill(to, "10.9.0.2", 7001);
    QCOMPARE(exchange(sender.get(), receiver.get(), to, 5), 100); // the first packets may
    allocations = 0;
    counting = true;
    const int arrived = exchange(sender.get(), receiver.get(), to, 500);
    counting = false;
    QCOMPARE(arrived, 10'000);
    QCOMPARE(allocations.load(), std::uint64_t{0});
}

// Nothing a packet here either: twenty of them go in a burst.
void TestAllocations::nonePerSstpPacket() {
    const Namespace a;
    const Namespace b;
    QVERIFY(a.silenceIpv6() && b.silenceIpv6());
    QVERIFY(a.ip(QStringLiteral("link add v0 type veth peer name v0 netns %1").arg(b.path())));
    QVERIFY(a.ip(QStringLiteral("addr add 192.0.2.1/24 dev v0")) &&
            b.ip(QStringLiteral("addr add 192.0.2.2/24 dev v0")));
    QVERIFY(a.ip(QStringLiteral("link set v0 up")) && b.ip(QStringLiteral("link set v0 up")));
    const auto listener = b.socket(SOCK_STREAM, "192.0.2.2", 443);
    ::listen(listener.get(), 1);
    datapath::SstpTunnelConfig client;
    client.socket = a.socket(SOCK_STREAM, "192.0.2.1", 0);
    sockaddr_storage name{};
    const auto length = Namespace::fill(name, "192.0.2.2", 443);
    QCOMPARE(::connect(client.socket.get(), reinterpret_cast<sockaddr*>(&name), length), 0);
    datapath::SstpTunnelConfig server;
    server.socket = base::UniqueFd(::accept(listener.get(), nullptr, nullptr));
    testing::TlsPair tls;
    client.tls = std::move(tls.client);
    server.tls = std::move(tls.server);
    client.tun = a.tun("tun0");
    server.tun = b.tun("tun0");
    const auto tunnelA = datapath::SstpTunnel::start(std::move(client));
    const auto tunnelB = datapath::SstpTunnel::start(std::move(server));
    QVERIFY(tunnelA && tunnelB);
    QVERIFY(a.ip(QStringLiteral("addr add 10.9.0.1/24 dev tun0")) &&
            b.ip(QStringLiteral("addr add 10.9.0.2/24 dev tun0")));
    QVERIFY(a.ip(QStringLiteral("link set tun0 mtu 1400 up")) && b.ip(QStringLiteral("link set tun0 mtu 1400 up")));
    const auto here = a.socket(SOCK_DGRAM, "10.9.0.1", 7000);
    const auto there = b.socket(SOCK_DGRAM, "10.9.0.2", 7001);
    const timeval most{5, 0};
    ::setsockopt(here.get(), SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    ::setsockopt(there.get(), SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    sockaddr_storage toThere{};
    sockaddr_storage toHere{};
    Namespace::fill(toThere, "10.9.0.2", 7001);
    Namespace::fill(toHere, "10.9.0.1", 7000);
    QCOMPARE(exchange(here.get(), there.get(), toThere, 50), 1000); // the first packets may
    QCOMPARE(exchange(there.get(), here.get(), toHere, 50), 1000);
    allocations = 0;
    counting = true;
    const int went = exchange(here.get(), there.get(), toThere, 250);
    const int came = exchange(there.get(), here.get(), toHere, 250);
    counting = false;
    QCOMPARE(went, 5'000);
    QCOMPARE(came, 5'000);
    // A buffer may grow once more when it is fuller than ever; of 10,000 packets that is no allocation for each.
    constexpr std::uint64_t mostGrowth = 20;
    QVERIFY2(allocations <= mostGrowth, qPrintable(QString::number(allocations.load())));
    // How many packets share a record depends on how fast the other end takes them; a record is one call at each end,
    // and another that finds nothing.
    constexpr std::uint64_t mostACall = 5;
    QVERIFY(tlsCalls >= 1000);
    QVERIFY2(tlsAllocations <= tlsCalls * mostACall,
             qPrintable(QStringLiteral("%1 in %2 calls").arg(tlsAllocations.load()).arg(tlsCalls.load())));
}

QTEST_GUILESS_MAIN(TestAllocations)
#include "tst_allocations.moc"
