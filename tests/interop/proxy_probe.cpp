// A connection through a proxy, as ternd makes it, to somebody who says one line.
//
// proxy_probe PROXY SERVER PORT [SECONDS]     PROXY: http://[USER:PASSWORD@]HOST:PORT, socks5://… or system
// Prints that line and exits 0, or "CODE DETAIL" or "no proxy" and exits 1.
#include "app/engine/proxy_dial.h"

#include <QCoreApplication>
#include <cstdio>
#include <poll.h>
#include <sys/socket.h>

using namespace tern;
using namespace tern::engine;

namespace {

void openSocket(const base::IpAddress& proxy, std::uint16_t /*port*/,
                const std::function<void(base::Result<base::UniqueFd>)>& done) {
    done(base::UniqueFd(::socket(proxy.isV6() ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
}

int greet(int socket) {
    std::string line;
    pollfd readable{socket, POLLIN, 0};
    for (char octet = 0; ::poll(&readable, 1, 5000) == 1 && ::recv(socket, &octet, 1, 0) == 1 && octet != '\n';) {
        line += octet;
    }
    std::puts(line.c_str());
    return 0;
}

int failed(const base::Error& error) {
    std::printf("%s %s\n", error.code.c_str(), error.detail.c_str());
    return 1;
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    if (argc < 4) {
        std::fputs("usage: proxy_probe PROXY SERVER PORT [SECONDS]\n", stderr);
        return 2;
    }
    ProxyDialRequest request;
    request.server = argv[2];
    request.port = static_cast<std::uint16_t>(std::stoi(argv[3]));
    auto proxy = leavesProxyToSystem(argv[1])
                     ? base::Result<std::optional<Proxy>>(systemProxy(request.server, request.port))
                     : proxyOfSetting(argv[1]);
    if (!proxy) {
        return failed(proxy.error());
    }
    if (!*proxy) {
        std::puts("no proxy");
        return 1;
    }
    request.proxy = std::move(**proxy);
    request.userAgent = "Tern";
    request.limit = std::chrono::seconds(argc > 4 ? std::stoi(argv[4]) : 20);
    int code = 0;
    const auto dial = dialThroughProxy(std::move(request), openSocket, [&code](base::Result<base::UniqueFd> socket) {
        code = socket ? greet(socket->get()) : failed(socket.error());
        QCoreApplication::exit(code);
    });
    QCoreApplication::exec();
    return code;
}
