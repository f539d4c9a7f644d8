// A non-blocking UDP socket the helper has opened and marked, for IKE before the tunnel runs (port 500, then 4500).
// Belongs to one thread. When the child SA is up, release() hands the descriptor on to EspTunnelConfig::socket.
#pragma once

#include "core/base/error.h"
#include "core/base/ip.h"
#include "core/base/unique_fd.h"

#include <optional>

namespace tern::datapath {

struct Datagram {
    base::Endpoint from;
    base::Bytes bytes;
};

class UdpPort {
public:
    // Takes an unconnected UDP socket of either family: makes it non-blocking, gives it a port when it has none and
    // asks for large buffers. tern.datapath.socket when the descriptor is no such socket.
    [[nodiscard]] static base::Result<UdpPort> adopt(base::UniqueFd socket);

    // One datagram, whole. tern.datapath.send with the system's reason in detail, such as no route; a full buffer or
    // a late ICMP error is no failure, since a lost datagram is what the caller repeats anyway.
    [[nodiscard]] base::Result<void> sendTo(const base::Endpoint& to, base::ByteView datagram) const;
    // The next waiting datagram, nothing when there is none: call until then after fd() became readable.
    [[nodiscard]] std::optional<Datagram> receiveFrom() const;

    [[nodiscard]] std::uint16_t localPort() const { return m_localPort; }
    [[nodiscard]] int fd() const { return m_socket.get(); }
    // The descriptor, for the tunnel. The port is of no use afterwards.
    [[nodiscard]] base::UniqueFd release() { return std::move(m_socket); }

private:
    UdpPort(base::UniqueFd socket, int family, std::uint16_t localPort)
        : m_socket(std::move(socket))
        , m_family(family)
        , m_localPort(localPort) {}

    base::UniqueFd m_socket;
    int m_family;
    std::uint16_t m_localPort;
};

// The local address the kernel will send from towards peer, by the routing that this socket's mark gets: the socket
// is connected for a moment and let go again. Its port stays the same. tern.datapath.no-route when there is none.
// pathMtu: if asked for, what the kernel knows of the largest packet that gets there (IP_MTU), else left alone.
[[nodiscard]] base::Result<base::IpAddress> localAddressFor(int socket, const base::Endpoint& peer,
                                                            unsigned* pathMtu = nullptr);

// Asks for send and receive buffers large enough for a burst at the tunnel's speed; what the system permits is taken.
void enlargeBuffers(int socket);

} // namespace tern::datapath
