#include "core/datapath/tcp_port.h"

#include "core/datapath/receive_batch.h"
#include "core/datapath/socket_address.h"

#include <cerrno>
#include <cstring>
#include <sys/socket.h>

namespace tern::datapath {

namespace {

tl::unexpected<base::Error> connectFailure(const base::Endpoint& peer, int error) {
    const auto* const code = error == ECONNREFUSED ? "tern.sstp.connect.refused" : "tern.sstp.connect.silent";
    return base::fail(code, {peer.address.text(), std::to_string(peer.port)}, std::strerror(error));
}

bool hasPeer(int socket) {
    SocketAddress name;
    return ::getpeername(socket, name.raw(), &name.length) == 0;
}

} // namespace

base::Result<TcpPort> TcpPort::open(base::UniqueFd socket, const base::Endpoint& peer) {
    if (auto prepared = prepareStream(socket.get()); !prepared) {
        return base::fail(prepared.error());
    }
    TcpPort port(std::move(socket), peer);
    if (hasPeer(port.fd())) {
        port.m_connected = true;
        return port;
    }
    const auto address = toSocketAddress(peer, socketFamily(port.fd()));
    if (!address) {
        return base::fail("tern.datapath.socket", {}, "an IPv4 socket cannot reach an IPv6 server");
    }
    const int started = ::connect(port.fd(), address->raw(), address->length);
    if (started != 0 && errno != EINPROGRESS) {
        return connectFailure(peer, errno);
    }
    port.m_connected = started == 0;
    return port;
}

base::IpAddress TcpPort::localAddress() const {
    SocketAddress name;
    const bool known = ::getsockname(fd(), name.raw(), &name.length) == 0;
    const auto endpoint = known ? toEndpoint(name) : std::nullopt;
    return endpoint ? endpoint->address : base::IpAddress();
}

base::Result<bool> TcpPort::isConnected() {
    if (!m_connected) {
        int error = 0;
        socklen_t length = sizeof error;
        if (::getsockopt(fd(), SOL_SOCKET, SO_ERROR, &error, &length) != 0) {
            error = errno;
        }
        if (error != 0) {
            return connectFailure(m_peer, error);
        }
        m_connected = hasPeer(fd());
    }
    return m_connected;
}

base::Result<std::size_t> TcpPort::receive(base::MutableByteView out) const {
    const ssize_t got = ::recv(fd(), out.data(), out.size(), MSG_DONTWAIT);
    if (got > 0) {
        return static_cast<std::size_t>(got);
    }
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
        return std::size_t{0};
    }
    return base::fail("tern.sstp.cut", {}, got == 0 ? "ended by the server" : std::strerror(errno));
}

base::Result<std::size_t> TcpPort::send(base::ByteView octets) const {
    const ssize_t sent = ::send(fd(), octets.data(), octets.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent >= 0) {
        return static_cast<std::size_t>(sent);
    }
    if (errno == EAGAIN || errno == EINTR || errno == ENOBUFS) {
        return std::size_t{0};
    }
    return base::fail("tern.sstp.cut", {}, std::strerror(errno));
}

} // namespace tern::datapath
