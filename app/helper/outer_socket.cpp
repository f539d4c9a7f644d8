#include "app/helper/outer_socket.h"

#include "app/helper/tags.h"

#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace tern::helper {

namespace {

// Octets. Only CAP_NET_ADMIN may go beyond net.core.rmem_max, whose default (208 KiB) holds not even four of the
// 64 KiB bursts the data path moves at a time.
constexpr int udpBuffer = 4 * 1024 * 1024;

auto failed(const char* what) {
    return base::fail("tern.helper.socket", {}, std::string(what) + ": " + std::strerror(errno));
}

bool set(int socket, int level, int option, int value) {
    return ::setsockopt(socket, level, option, &value, sizeof(value)) == 0;
}

bool bindAny(int socket, bool v6) {
    sockaddr_storage any{};
    any.ss_family = v6 ? AF_INET6 : AF_INET;
    const socklen_t length = v6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
    return ::bind(socket, reinterpret_cast<const sockaddr*>(&any), length) == 0;
}

} // namespace

base::Result<base::UniqueFd> openOuterSocket(const SocketRequest& request) {
    const bool v6 = request.server.isV6();
    const bool udp = request.transport == Transport::Udp;
    base::UniqueFd socket(
        ::socket(v6 ? AF_INET6 : AF_INET, (udp ? SOCK_DGRAM : SOCK_STREAM) | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket) {
        return failed("opening a socket");
    }
    if (!set(socket.get(), SOL_SOCKET, SO_MARK, static_cast<int>(outerMark))) {
        return failed("marking the socket");
    }
    if (v6 && !set(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, 1)) {
        return failed("limiting the socket to IPv6");
    }
    if (udp) {
        // Smaller buffers only cost speed.
        static_cast<void>(set(socket.get(), SOL_SOCKET, SO_RCVBUFFORCE, udpBuffer));
        static_cast<void>(set(socket.get(), SOL_SOCKET, SO_SNDBUFFORCE, udpBuffer));
        if (!bindAny(socket.get(), v6)) {
            return failed("binding the socket");
        }
    }
    return socket;
}

} // namespace tern::helper
