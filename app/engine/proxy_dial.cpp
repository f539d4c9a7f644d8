#include "app/engine/proxy_dial.h"

#include <QMetaObject>
#include <QObject>
#include <array>
#include <atomic>
#include <cstring>
#include <curl/curl.h>
#include <fcntl.h>
#include <future>
#include <mutex>
#include <netinet/in.h>
#include <optional>
#include <thread>

namespace tern::engine {

namespace {

using Done = std::function<void(base::Result<base::UniqueFd>)>;

struct CurlDelete {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using CurlPtr = std::unique_ptr<CURL, CurlDelete>;
struct ListDelete {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using ListPtr = std::unique_ptr<curl_slist, ListDelete>;

constexpr long authenticationNeeded = 407;
constexpr long loginRefused = 401; // what tinyproxy answers to a wrong password

bool initialise() {
    static const bool done = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return done;
}

std::optional<base::Endpoint> endpointOf(const curl_sockaddr& address) {
    // curl hands over a sockaddr that is larger than the struct's own field when it has to be.
    if (address.family == AF_INET && address.addrlen >= sizeof(sockaddr_in)) {
        sockaddr_in in{};
        std::memcpy(&in, &address.addr, sizeof in);
        std::array<std::uint8_t, 4> octets{};
        std::memcpy(octets.data(), &in.sin_addr, octets.size());
        return base::Endpoint{*base::IpAddress::fromBytes(octets), ntohs(in.sin_port)};
    }
    if (address.family == AF_INET6 && address.addrlen >= sizeof(sockaddr_in6)) {
        sockaddr_in6 in{};
        std::memcpy(&in, &address.addr, sizeof in);
        std::array<std::uint8_t, 16> octets{};
        std::memcpy(octets.data(), &in.sin6_addr, octets.size());
        return base::Endpoint{*base::IpAddress::fromBytes(octets), ntohs(in.sin6_port)};
    }
    return std::nullopt;
}

// libcurl waits, so it does it in a thread; what it needs of the event loop it asks for and waits.
class Dial final : public connection::Pending {
public:
    Dial(ProxyDialRequest request, ProxySocket socket, Done done)
        : m_request(std::move(request))
        , m_socket(std::move(socket))
        , m_done(std::move(done))
        , m_thread([this] { run(); }) {}
    Dial(const Dial&) = delete;
    Dial& operator=(const Dial&) = delete;
    ~Dial() override {
        m_cancelled = true;
        giveUp();
        m_thread.join();
    }

private:
    using Answer = base::Result<base::UniqueFd>;

    // In the thread.
    void run();
    [[nodiscard]] Answer dial();
    [[nodiscard]] ListPtr setUp(CURL* handle);
    [[nodiscard]] ListPtr resolved(CURL* handle) const;
    void setCredentials(CURL* handle);
    [[nodiscard]] Answer failed(CURL* handle, CURLcode code);
    [[nodiscard]] int openSocket(const curl_sockaddr& address);
    // In the event loop.
    void giveUp();
    void socketWanted(const base::Endpoint& proxy, const std::shared_ptr<std::promise<int>>& promise);

    static curl_socket_t onOpen(void* self, curlsocktype /*purpose*/, curl_sockaddr* address) {
        return static_cast<Dial*>(self)->openSocket(*address);
    }
    static int onClose(void* self, curl_socket_t socket);
    static int onProgress(void* self, curl_off_t /*dl*/, curl_off_t /*of*/, curl_off_t /*ul*/, curl_off_t /*of*/) {
        return static_cast<Dial*>(self)->m_cancelled ? 1 : 0;
    }

    ProxyDialRequest m_request;
    ProxySocket m_socket;
    Done m_done;
    QObject m_context; // of the event loop
    std::atomic<bool> m_cancelled = false;
    std::optional<base::Error> m_socketError; // of the thread
    std::mutex m_lock;                        // of the promise
    std::shared_ptr<std::promise<int>> m_promise;
    base::UniqueFd m_kept; // of the thread: the one that curl was done with last
    std::thread m_thread;  // last: it uses all the others
};

void Dial::run() {
    auto answer = std::make_shared<Answer>(dial());
    if (m_cancelled) {
        return;
    }
    QMetaObject::invokeMethod(
        &m_context,
        [this, answer] {
            const auto done = std::move(m_done); // it may destroy this
            done(std::move(*answer));
        },
        Qt::QueuedConnection);
}

// ---- sockets ----

int Dial::openSocket(const curl_sockaddr& address) {
    const auto proxy = endpointOf(address);
    if (!proxy) {
        return CURL_SOCKET_BAD;
    }
    auto promise = std::make_shared<std::promise<int>>();
    auto future = promise->get_future();
    {
        const std::lock_guard guard(m_lock);
        if (m_cancelled) {
            return CURL_SOCKET_BAD;
        }
        m_promise = promise;
    }
    QMetaObject::invokeMethod(
        &m_context, [this, promise, endpoint = *proxy] { socketWanted(endpoint, promise); }, Qt::QueuedConnection);
    const int socket = future.get();
    const std::lock_guard guard(m_lock);
    m_promise.reset();
    return socket;
}

void Dial::socketWanted(const base::Endpoint& proxy, const std::shared_ptr<std::promise<int>>& promise) {
    const auto wanted = std::weak_ptr(promise);
    m_socket(proxy.address, proxy.port, [this, wanted](base::Result<base::UniqueFd> opened) {
        const auto waiting = wanted.lock();
        if (!waiting) {
            return; // given up meanwhile, and this may be gone with it
        }
        const std::lock_guard guard(m_lock);
        if (m_promise != waiting) {
            return;
        }
        m_promise.reset();
        if (!opened) {
            m_socketError = opened.error();
        }
        waiting->set_value(opened ? opened->release() : CURL_SOCKET_BAD);
    });
}

void Dial::giveUp() {
    const std::lock_guard guard(m_lock);
    if (const auto waiting = std::exchange(m_promise, nullptr)) {
        waiting->set_value(CURL_SOCKET_BAD);
    }
}

// The connection that leads to the server is wanted when curl is through with it, so none is closed at once.
int Dial::onClose(void* self, curl_socket_t socket) {
    static_cast<Dial*>(self)->m_kept.reset(socket);
    return 0;
}

// ---- the conversation ----

Dial::Answer Dial::dial() {
    if (!initialise()) {
        return base::fail("tern.engine.internal", {}, "libcurl");
    }
    CurlPtr handle(curl_easy_init());
    if (!handle) {
        return base::fail("tern.engine.internal", {}, "libcurl");
    }
    const auto headers = setUp(handle.get());
    const auto names = resolved(handle.get());
    setCredentials(handle.get());
    const auto code = curl_easy_perform(handle.get());
    if (m_cancelled) {
        return base::fail("tern.engine.internal", {}, "cancelled");
    }
    if (code != CURLE_OK) {
        return failed(handle.get(), code);
    }
    curl_socket_t active = CURL_SOCKET_BAD;
    curl_easy_getinfo(handle.get(), CURLINFO_ACTIVESOCKET, &active);
    if (active == CURL_SOCKET_BAD) {
        return base::fail("tern.proxy.failed", {m_request.proxy.text()}, "closed");
    }
    m_kept.reset();
    handle.reset(); // hands its socket to onClose()
    if (m_kept.get() != active || ::fcntl(active, F_SETFL, ::fcntl(active, F_GETFL) | O_NONBLOCK) != 0) {
        return base::fail("tern.engine.internal", {}, "the proxy's socket");
    }
    return std::move(m_kept);
}

ListPtr Dial::setUp(CURL* handle) {
    const auto& request = m_request;
    const bool v6 = request.server.find(':') != std::string::npos;
    const auto url =
        "http://" + (v6 ? '[' + request.server + ']' : request.server) + ':' + std::to_string(request.port) + '/';
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_NOPROXY, ""); // the choice has been made
    curl_easy_setopt(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.limit.count()));
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.limit.count()));
    curl_easy_setopt(handle, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(handle, CURLOPT_PROXY, request.proxy.host.c_str());
    curl_easy_setopt(handle, CURLOPT_PROXYPORT, static_cast<long>(request.proxy.port));
    curl_easy_setopt(handle, CURLOPT_USERAGENT, request.userAgent.c_str());
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, &Dial::onOpen);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(handle, CURLOPT_CLOSESOCKETFUNCTION, &Dial::onClose);
    curl_easy_setopt(handle, CURLOPT_CLOSESOCKETDATA, this);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &Dial::onProgress);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, this);
    ListPtr headers;
    if (request.proxy.kind == Proxy::Kind::Http) {
        curl_easy_setopt(handle, CURLOPT_PROXYTYPE, static_cast<long>(CURLPROXY_HTTP));
        curl_easy_setopt(handle, CURLOPT_HTTPPROXYTUNNEL, 1L);
        headers.reset(curl_slist_append(nullptr, "SSTPVERSION: 1.0"));
        curl_easy_setopt(handle, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));
        curl_easy_setopt(handle, CURLOPT_PROXYHEADER, headers.get());
    } else {
        curl_easy_setopt(handle, CURLOPT_PROXYTYPE, static_cast<long>(CURLPROXY_SOCKS5_HOSTNAME));
        curl_easy_setopt(handle, CURLOPT_SOCKS5_AUTH, static_cast<long>(CURLAUTH_BASIC | CURLAUTH_GSSAPI));
    }
    return headers;
}

// Kerberos asks for the proxy by its name, so the name stays and only its address is given.
ListPtr Dial::resolved(CURL* handle) const {
    const auto& proxy = m_request.proxy;
    if (!m_request.address || base::IpAddress::fromText(proxy.host)) {
        return nullptr;
    }
    const auto row = proxy.host + ':' + std::to_string(proxy.port) + ':' + m_request.address->text();
    ListPtr names(curl_slist_append(nullptr, row.c_str()));
    curl_easy_setopt(handle, CURLOPT_RESOLVE, names.get());
    return names;
}

void Dial::setCredentials(CURL* handle) {
    auto& proxy = m_request.proxy;
    if (proxy.username.empty()) {
        // Nobody need be asked where a Kerberos ticket is there.
        if (proxy.kind == Proxy::Kind::Http) {
            curl_easy_setopt(handle, CURLOPT_PROXYAUTH, static_cast<long>(CURLAUTH_NEGOTIATE));
            curl_easy_setopt(handle, CURLOPT_PROXYUSERPWD, ":");
        }
        return;
    }
    base::SecureBytes terminated = proxy.password.clone();
    const std::uint8_t zero = 0;
    terminated.append(base::ByteView(&zero, 1));
    curl_easy_setopt(handle, CURLOPT_PROXYAUTH, static_cast<long>(CURLAUTH_ANY));
    curl_easy_setopt(handle, CURLOPT_PROXYUSERNAME, proxy.username.c_str());
    curl_easy_setopt(handle, CURLOPT_PROXYPASSWORD, reinterpret_cast<const char*>(terminated.data()));
}

Dial::Answer Dial::failed(CURL* handle, CURLcode code) {
    const auto& proxy = m_request.proxy;
    const std::string detail = curl_easy_strerror(code);
    if (m_socketError) {
        return base::fail(*m_socketError);
    }
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_HTTP_CONNECTCODE, &status);
    long socks = CURLPX_OK;
    curl_easy_getinfo(handle, CURLINFO_PROXY_ERROR, &socks);
    const bool unauthorised = status == authenticationNeeded || status == loginRefused || socks == CURLPX_NO_AUTH ||
                              socks == CURLPX_USER_REJECTED;
    if (unauthorised) {
        return base::fail(proxy.username.empty() ? "tern.proxy.credentials-needed" : "tern.proxy.credentials-wrong",
                          {proxy.text()}, detail);
    }
    if (status >= 300) {
        return base::fail("tern.proxy.refused", {proxy.text(), "HTTP " + std::to_string(status)}, detail);
    }
    switch (code) {
    case CURLE_COULDNT_RESOLVE_PROXY:
        return base::fail("tern.proxy.unknown-host", {proxy.text()}, detail);
    case CURLE_COULDNT_CONNECT:
        return base::fail("tern.proxy.unreachable", {proxy.text()}, detail);
    case CURLE_OPERATION_TIMEDOUT:
        return base::fail("tern.proxy.silent", {proxy.text()}, detail);
    default:
        return socks == CURLPX_OK
                   ? base::fail("tern.proxy.failed", {proxy.text()}, detail)
                   : base::fail("tern.proxy.refused", {proxy.text(), "SOCKS " + std::to_string(socks)}, detail);
    }
}

} // namespace

connection::PendingPtr dialThroughProxy(ProxyDialRequest request, ProxySocket socket, Done done) {
    return std::make_unique<Dial>(std::move(request), std::move(socket), std::move(done));
}

} // namespace tern::engine
