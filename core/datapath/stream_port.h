// IKE's TCP stream to the server before a tunnel owns it (RFC 9329): made on a socket that the helper has opened and
// marked, begun with "IKETCP", cut into frames. Belongs to one thread and never waits.
#pragma once

#include "core/base/error.h"
#include "core/datapath/esp_tunnel.h"

#include <optional>

namespace tern::datapath {

class StreamPort {
public:
    // Starts to connect. tern.datapath.socket when this is no unconnected TCP socket, tern.datapath.stream when the
    // system refuses at once.
    [[nodiscard]] static base::Result<StreamPort> connect(base::UniqueFd socket, const base::Endpoint& peer);

    [[nodiscard]] int fd() const { return m_outer.socket.get(); }
    [[nodiscard]] base::Result<base::Endpoint> localEndpoint() const;
    // Whether the connection stands.
    [[nodiscard]] bool isConnected() const { return m_connected; }

    // content: with the non-ESP marker already in front. Queued, bounded; what is too much is dropped.
    void send(base::ByteView content);
    // Call flush() when fd() takes output.
    [[nodiscard]] bool wantsWrite() const { return !m_failure && (!m_connected || !m_outer.unsent.empty()); }
    void flush();
    // The next frame's content, marker included; empty when there is none. Call when fd() is readable.
    [[nodiscard]] base::Bytes receive();
    // tern.datapath.stream: refused, ended by the server, or not what RFC 9329 says.
    [[nodiscard]] const std::optional<base::Error>& failure() const { return m_failure; }
    // For the tunnel. The port is of no use afterwards.
    [[nodiscard]] OuterSocket release() { return std::move(m_outer); }

private:
    explicit StreamPort(OuterSocket outer)
        : m_outer(std::move(outer)) {}
    void fail(std::string detail);

    OuterSocket m_outer;
    bool m_connected = false;
    std::optional<base::Error> m_failure;
};

} // namespace tern::datapath
