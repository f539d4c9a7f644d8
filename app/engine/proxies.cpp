#include "app/engine/proxies.h"

namespace tern::engine {

base::Result<std::optional<connection::ProxyWay>> SystemProxies::find(const profile::Profile& profile,
                                                                      const std::string& server, std::uint16_t port) {
    auto found = proxyFor(profile.sstp.proxy, server, port);
    if (!found) {
        return base::fail(std::move(found.error()));
    }
    if (!*found) {
        return std::optional<connection::ProxyWay>();
    }
    auto& proxy = **found;
    connection::ProxyWay way{proxy.text(), proxy.host, proxy.port, proxy.kind == Proxy::Kind::Socks5, {}};
    if (!proxy.username.empty()) {
        way.login = connection::Credentials{proxy.username, std::move(proxy.password)};
    }
    return std::optional(std::move(way));
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
