#include "core/datapath/udp_port.h"

#include "core/datapath/socket_address.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>

namespace tern::datapath {

namespace {

constexpr int wantedBuffer = 8 * 1024 * 1024;

std::string systemReason(std::string_view what) {
    return std::string(what) + ": " + std::strerror(errno);
}

std::optional<SocketAddress> localName(int fd) {
    SocketAddress name;
    if (::getsockname(fd, name.raw(), &name.length) != 0) {
        return std::nullopt;
    }
    return name;
}

std::uint16_t portOf(int fd) {
    const auto name = localName(fd);
    const auto endpoint = name ? toEndpoint(*name) : std::nullopt;
    return endpoint ? endpoint->port : std::uint16_t{0};
}

bool bindPort(int fd, int family, std::uint16_t port) {
    const std::array<std::uint8_t, 16> zero{};
    const auto any = base::IpAddress::fromBytes(base::ByteView(zero).first(family == AF_INET6 ? 16U : 4U));
    const auto address = any ? toSocketAddress({*any, port}, family) : std::nullopt;
    return address && ::bind(fd, address->raw(), address->length) == 0;
}

} // namespace

void enlargeBuffers(int socket) {
    for (const auto& [forced, plain] : {std::pair{SO_SNDBUFFORCE, SO_SNDBUF}, std::pair{SO_RCVBUFFORCE, SO_RCVBUF}}) {
        int now = 0;
        socklen_t length = sizeof now;
        // A privileged program may have given more than we could: asking again would take it away.
        if (::getsockopt(socket, SOL_SOCKET, plain, &now, &length) == 0 && now >= wantedBuffer) {
            continue;
        }
        if (::setsockopt(socket, SOL_SOCKET, forced, &wantedBuffer, sizeof wantedBuffer) != 0) {
            // Without CAP_NET_ADMIN the kernel cuts the wish at net.core.[rw]mem_max.
            static_cast<void>(::setsockopt(socket, SOL_SOCKET, plain, &wantedBuffer, sizeof wantedBuffer));
        }
    }
}

base::Result<UdpPort> UdpPort::adopt(base::UniqueFd socket) {
    const int family = socketFamily(socket.get());
    int type = 0;
    socklen_t length = sizeof type;
    if ((family != AF_INET && family != AF_INET6) ||
        ::getsockopt(socket.get(), SOL_SOCKET, SO_TYPE, &type, &length) != 0 || type != SOCK_DGRAM) {
        return base::fail("tern.datapath.socket", {}, "not an IPv4 or IPv6 UDP socket");
    }
    const int flags = ::fcntl(socket.get(), F_GETFL);
    if (flags < 0 || ::fcntl(socket.get(), F_SETFL, flags | O_NONBLOCK) != 0) {
        return base::fail("tern.datapath.socket", {}, systemReason("fcntl"));
    }
    if (portOf(socket.get()) == 0 && !bindPort(socket.get(), family, 0)) {
        return base::fail("tern.datapath.socket", {}, systemReason("bind"));
    }
    enlargeBuffers(socket.get());
    const std::uint16_t port = portOf(socket.get());
    return UdpPort(std::move(socket), family, port);
}

base::Result<void> UdpPort::sendTo(const base::Endpoint& to, base::ByteView datagram) const {
    const auto address = toSocketAddress(to, m_family);
    if (!address) {
        return base::fail("tern.datapath.send", {to.text()}, "an IPv4 socket cannot reach an IPv6 address");
    }
    // A pending ICMP error is reported once and clears itself, so one repetition gets past it.
    for (int attempt = 0; attempt < 2; ++attempt) {
        if (::sendto(m_socket.get(), datagram.data(), datagram.size(), MSG_NOSIGNAL, address->raw(), address->length) >=
            0) {
            return {};
        }
        if (errno == EAGAIN || errno == ENOBUFS) {
            return {};
        }
        if (errno != ECONNREFUSED && errno != EINTR) {
            break;
        }
    }
    if (errno == ECONNREFUSED) {
        return {};
    }
    return base::fail("tern.datapath.send", {to.text()}, systemReason("sendto"));
}

std::optional<Datagram> UdpPort::receiveFrom() const {
    std::array<std::uint8_t, 65536> buffer{};
    for (;;) {
        SocketAddress from;
        const ssize_t got = ::recvfrom(m_socket.get(), buffer.data(), buffer.size(), 0, from.raw(), &from.length);
        if (got < 0) {
            if (errno == ECONNREFUSED || errno == EINTR) {
                continue;
            }
            return std::nullopt;
        }
        if (const auto endpoint = toEndpoint(from)) {
            const auto datagram = base::ByteView(buffer).first(static_cast<std::size_t>(got));
            return Datagram{*endpoint, {datagram.begin(), datagram.end()}};
        }
    }
}

base::Result<base::IpAddress> localAddressFor(int socket, const base::Endpoint& peer, unsigned* pathMtu) {
    const int family = socketFamily(socket);
    const auto to = toSocketAddress(peer, family);
    if (!to) {
        return base::fail("tern.datapath.no-route", {peer.address.text()}, "the socket has another address family");
    }
    const std::uint16_t port = portOf(socket);
    if (::connect(socket, to->raw(), to->length) != 0) {
        return base::fail("tern.datapath.no-route", {peer.address.text()}, systemReason("connect"));
    }
    const auto name = localName(socket);
    if (pathMtu != nullptr) {
        int mtu = 0;
        socklen_t length = sizeof mtu;
        const bool v6 = peer.address.isV6();
        if (::getsockopt(socket, v6 ? IPPROTO_IPV6 : IPPROTO_IP, v6 ? IPV6_MTU : IP_MTU, &mtu, &length) == 0 &&
            mtu > 0) {
            *pathMtu = static_cast<unsigned>(mtu);
        }
    }
    sockaddr nowhere{};
    nowhere.sa_family = AF_UNSPEC;
    static_cast<void>(::connect(socket, &nowhere, sizeof nowhere));
    // Linux forgets a port that it chose itself when a socket is disconnected: take the same one again.
    if (port != 0 && portOf(socket) != port && !bindPort(socket, family, port)) {
        return base::fail("tern.datapath.socket", {}, systemReason("bind"));
    }
    const auto local = name ? toEndpoint(*name) : std::nullopt;
    if (!local) {
        return base::fail("tern.datapath.no-route", {peer.address.text()}, "no local address");
    }
    return local->address;
}

} // namespace tern::datapath
