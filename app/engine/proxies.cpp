#include "app/engine/proxies.h"

#include <QMetaObject>
#include <QObject>

namespace tern::engine {

namespace {

// A callback for the event loop's next turn: nothing is called back before find() has returned.
class Soon final : public connection::Pending {
public:
    explicit Soon(std::function<void()> due) {
        QMetaObject::invokeMethod(&m_context, std::move(due), Qt::QueuedConnection);
    }

private:
    QObject m_context;
};

std::optional<connection::ProxyWay> wayBy(std::optional<Proxy> proxy) {
    if (!proxy) {
        return std::nullopt;
    }
    connection::ProxyWay way{proxy->text(), proxy->host, proxy->port, proxy->kind == Proxy::Kind::Socks5, {}};
    if (!proxy->username.empty()) {
        way.login = connection::Credentials{proxy->username, std::move(proxy->password)};
    }
    return way;
}

} // namespace

connection::PendingPtr SystemProxies::find(const profile::Profile& profile, const std::string& server,
                                           std::uint16_t port, Found found) {
    const auto& setting = profile.sstp.proxy;
    if (leavesProxyToSystem(setting)) {
        return m_search.find(server, port, [found = std::move(found)](auto proxy) { found(wayBy(std::move(proxy))); });
    }
    return std::make_unique<Soon>([setting, found = std::move(found)] {
        auto proxy = proxyOfSetting(setting);
        if (proxy) {
            found(wayBy(std::move(*proxy)));
        } else {
            found(base::fail(std::move(proxy.error())));
        }
    });
}

connection::PendingPtr SystemProxies::dial(const connection::ProxyWay& proxy, const base::IpAddress& address,
                                           const std::string& server, std::uint16_t port, Socket socket,
                                           std::function<void(base::Result<base::UniqueFd>)> done) {
    ProxyDialRequest request;
    request.proxy.kind = proxy.socks ? Proxy::Kind::Socks5 : Proxy::Kind::Http;
    request.proxy.host = proxy.host;
    request.proxy.port = proxy.port;
    request.address = address;
    if (proxy.login) {
        request.proxy.username = proxy.login->username;
        request.proxy.password = proxy.login->secret.clone();
    }
    request.server = server;
    request.port = port;
    request.userAgent = "Tern";
    return dialThroughProxy(
        std::move(request),
        [socket = std::move(socket)](const auto& /*address*/, auto /*port*/, auto given) { socket(std::move(given)); },
        std::move(done));
}

} // namespace tern::engine
