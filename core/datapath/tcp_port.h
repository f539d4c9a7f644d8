// A TCP connection to the server before a tunnel owns it, on a socket that the helper has opened and marked, or that
// somebody has connected already (through a proxy). Belongs to one thread and never waits.
#pragma once

#include "core/base/error.h"
#include "core/base/ip.h"
#include "core/base/unique_fd.h"

namespace tern::datapath {

class TcpPort {
public:
    // Starts to connect, unless that is done. tern.datapath.socket when this is no TCP socket, tern.sstp.connect.* when
    // the system refuses at once.
    [[nodiscard]] static base::Result<TcpPort> open(base::UniqueFd socket, const base::Endpoint& peer);

    [[nodiscard]] int fd() const { return m_socket.get(); }
    // Ours; unspecified while it is not known.
    [[nodiscard]] base::IpAddress localAddress() const;
    // Whether it stands by now. Fails with tern.sstp.connect.{refused,silent}.
    [[nodiscard]] base::Result<bool> isConnected();
    // 0: nothing for now. Fail with tern.sstp.cut when the stream is over.
    [[nodiscard]] base::Result<std::size_t> receive(base::MutableByteView out) const;
    [[nodiscard]] base::Result<std::size_t> send(base::ByteView octets) const;
    [[nodiscard]] base::UniqueFd release() { return std::move(m_socket); }

private:
    TcpPort(base::UniqueFd socket, const base::Endpoint& peer)
        : m_socket(std::move(socket))
        , m_peer(peer) {}

    base::UniqueFd m_socket;
    base::Endpoint m_peer;
    bool m_connected = false;
};

} // namespace tern::datapath
