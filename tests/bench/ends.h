// What the measuring programs share: an address on the command line, a TUN, a TCP connection, and the wait for the end.
#pragma once

#include "core/base/ip.h"
#include "core/base/unique_fd.h"

#include <QByteArray>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tern::bench {

// "192.0.2.1:4500"
inline bool parseEndpoint(std::string_view text, base::Endpoint& endpoint) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return false;
    }
    const auto address = base::IpAddress::fromText(text.substr(0, colon));
    bool ok = false;
    const auto port =
        QByteArray(text.data() + colon + 1, static_cast<qsizetype>(text.size() - colon - 1)).toUShort(&ok);
    if (address && ok) {
        endpoint = {*address, port};
    }
    return address && ok;
}

// An invalid descriptor when there is none to be had.
inline base::UniqueFd openTun(const std::string& name) {
    base::UniqueFd fd(::open("/dev/net/tun", O_RDWR | O_CLOEXEC));
    ifreq request{};
    std::strncpy(request.ifr_name, name.c_str(), IFNAMSIZ - 1);
    request.ifr_flags = IFF_TUN | IFF_NO_PI | IFF_VNET_HDR;
    return ::ioctl(fd.get(), TUNSETIFF, &request) == 0 ? std::move(fd) : base::UniqueFd();
}

struct SocketName {
    sockaddr_storage storage{};
    socklen_t length = 0;

    explicit SocketName(const base::Endpoint& endpoint) {
        const base::ByteView octets = endpoint.address.bytes();
        if (endpoint.address.isV6()) {
            auto& name = reinterpret_cast<sockaddr_in6&>(storage);
            name.sin6_family = AF_INET6;
            name.sin6_port = htons(endpoint.port);
            std::memcpy(&name.sin6_addr, octets.data(), octets.size());
            length = sizeof name;
        } else {
            auto& name = reinterpret_cast<sockaddr_in&>(storage);
            name.sin_family = AF_INET;
            name.sin_port = htons(endpoint.port);
            std::memcpy(&name.sin_addr, octets.data(), octets.size());
            length = sizeof name;
        }
    }
    [[nodiscard]] const sockaddr* raw() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

inline base::UniqueFd boundSocket(const base::Endpoint& local, int type) {
    base::UniqueFd fd(::socket(local.address.isV6() ? AF_INET6 : AF_INET, type | SOCK_CLOEXEC, 0));
    const int yes = 1;
    static_cast<void>(::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes));
    const SocketName name(local);
    return ::bind(fd.get(), name.raw(), name.length) == 0 ? std::move(fd) : base::UniqueFd();
}

// The first that connects to `local`.
inline base::UniqueFd acceptOne(const base::Endpoint& local) {
    const auto listener = boundSocket(local, SOCK_STREAM);
    return listener && ::listen(listener.get(), 1) == 0
               ? base::UniqueFd(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC))
               : base::UniqueFd();
}

// Tries for five seconds: the other end may not listen yet.
inline base::UniqueFd connectTo(const base::Endpoint& peer) {
    const SocketName name(peer);
    for (int attempt = 0; attempt < 100; ++attempt) {
        base::UniqueFd fd(::socket(peer.address.isV6() ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (::connect(fd.get(), name.raw(), name.length) == 0) {
            return fd;
        }
        ::usleep(50'000);
    }
    return {};
}

// To be made before any thread is: they inherit what is blocked.
class EndSignal {
public:
    EndSignal() {
        sigemptyset(&m_set);
        sigaddset(&m_set, SIGINT);
        sigaddset(&m_set, SIGTERM);
        sigprocmask(SIG_BLOCK, &m_set, nullptr);
    }
    void wait() const {
        int signal = 0;
        sigwait(&m_set, &signal);
    }

private:
    sigset_t m_set{};
};

} // namespace tern::bench
