#include "app/engine/proxy.h"

#include <QNetworkProxyFactory>
#include <QNetworkProxyQuery>
#include <QUrl>

namespace tern::engine {

namespace {

constexpr int httpPort = 3128;
constexpr int socksPort = 1080;
constexpr std::size_t longestAddress = 512;

std::optional<Proxy> fromQt(const QNetworkProxy& found) {
    Proxy proxy;
    switch (found.type()) {
    case QNetworkProxy::Socks5Proxy:
        proxy.kind = Proxy::Kind::Socks5;
        break;
    case QNetworkProxy::HttpProxy:
    case QNetworkProxy::HttpCachingProxy:
        break;
    default:
        return std::nullopt;
    }
    if (found.hostName().isEmpty() || found.port() == 0) {
        return std::nullopt;
    }
    proxy.host = found.hostName().toStdString();
    proxy.port = found.port();
    proxy.username = found.user().toStdString();
    const auto password = found.password().toUtf8();
    proxy.password =
        base::SecureBytes(std::string_view(password.constData(), static_cast<std::size_t>(password.size())));
    return proxy;
}

} // namespace

Proxy Proxy::clone() const {
    return {kind, host, port, username, password.clone()};
}

std::string Proxy::text() const {
    const bool v6 = host.find(':') != std::string::npos;
    return (kind == Kind::Socks5 ? "socks5://" : "http://") + (v6 ? '[' + host + ']' : host) + ':' +
           std::to_string(port);
}

base::Result<Proxy> parseProxy(std::string_view text) {
    const auto refused = [text] {
        return base::fail("tern.proxy.address", {std::string(text.substr(0, longestAddress))});
    };
    if (text.empty() || text.size() > longestAddress) {
        return refused();
    }
    auto written = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    if (!written.contains(QStringLiteral("://"))) {
        written.prepend(QStringLiteral("http://"));
    }
    const QUrl url(written, QUrl::StrictMode);
    Proxy proxy;
    if (url.scheme() == QLatin1String("socks5") || url.scheme() == QLatin1String("socks5h")) {
        proxy.kind = Proxy::Kind::Socks5;
    } else if (url.scheme() != QLatin1String("http")) {
        return refused();
    }
    const auto path = url.path();
    if (!url.isValid() || url.host().isEmpty() || (!path.isEmpty() && path != QLatin1String("/")) || url.hasQuery() ||
        url.hasFragment()) {
        return refused();
    }
    const int port = url.port(proxy.kind == Proxy::Kind::Http ? httpPort : socksPort);
    if (port <= 0 || port > 65535) {
        return refused();
    }
    proxy.host = url.host(QUrl::FullyEncoded).toStdString();
    proxy.port = static_cast<std::uint16_t>(port);
    proxy.username = url.userName(QUrl::FullyDecoded).toStdString();
    const auto password = url.password(QUrl::FullyDecoded).toUtf8();
    proxy.password =
        base::SecureBytes(std::string_view(password.constData(), static_cast<std::size_t>(password.size())));
    return proxy;
}

bool leavesProxyToSystem(std::string_view setting) {
    return setting.empty() || setting == "system";
}

base::Result<std::optional<Proxy>> proxyOfSetting(std::string_view setting) {
    if (setting == "none") {
        return std::optional<Proxy>();
    }
    auto proxy = parseProxy(setting);
    if (!proxy) {
        return base::fail(std::move(proxy.error()));
    }
    return std::optional<Proxy>(std::move(*proxy));
}

// What the system says is a list of ways to try; the first that we can go.
std::optional<Proxy> systemProxy(const std::string& server, std::uint16_t port) {
    QUrl url;
    url.setScheme(QStringLiteral("https"));
    url.setHost(QString::fromStdString(server));
    url.setPort(port);
    const auto ways = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    for (const auto& way : ways) {
        if (way.type() == QNetworkProxy::NoProxy || way.type() == QNetworkProxy::DefaultProxy) {
            return std::nullopt;
        }
        if (auto proxy = fromQt(way)) {
            return proxy;
        }
    }
    return std::nullopt;
}

} // namespace tern::engine
