// What the measuring programs share: an address on the command line, a TUN, a TCP connection, and the wait for the end.
#pragma once

#include "core/base/ip.h"
#include "core/base/unique_fd.h"
#include "core/datapath/socket_address.h"

#include <QByteArray>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
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

inline base::UniqueFd boundSocket(const base::Endpoint& local, int type) {
    const int family = local.address.isV6() ? AF_INET6 : AF_INET;
    base::UniqueFd fd(::socket(family, type | SOCK_CLOEXEC, 0));
    const int yes = 1;
    static_cast<void>(::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes));
    const auto name = datapath::toSocketAddress(local, family);
    return name && ::bind(fd.get(), name->raw(), name->length) == 0 ? std::move(fd) : base::UniqueFd();
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
    const int family = peer.address.isV6() ? AF_INET6 : AF_INET;
    const auto name = datapath::toSocketAddress(peer, family);
    for (int attempt = 0; name && attempt < 100; ++attempt) {
        base::UniqueFd fd(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (::connect(fd.get(), name->raw(), name->length) == 0) {
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
