// One question and its answer: which packets to send, when to send the next, and what came back. No socket, no clock:
// whoever has the tunnel carries the packets, be it ESP's or PPP's.
#pragma once

#include "core/base/time.h"
#include "core/dhcp/message.h"

namespace tern::dhcp {

class Inform {
public:
    // servers: addresses to ask besides everybody (255.255.255.255); toEverybody: whether that is of use.
    Inform(std::uint32_t transaction, const base::IpAddress& client, const std::vector<base::IpAddress>& servers,
           bool toEverybody);

    // Nobody to ask, or asked often enough.
    [[nodiscard]] bool isExhausted() const { return m_targets.empty() || m_sent >= most; }
    // A whole IPv4 packet to send now, to each server in turn; then wait pause() before the next.
    [[nodiscard]] base::Bytes next();
    [[nodiscard]] base::Duration pause() const;
    // A packet that came for clientPort: the answer, if it is that.
    [[nodiscard]] std::optional<Reply> take(base::ByteView packet) const;

private:
    static constexpr unsigned most = 5;

    std::uint32_t m_transaction;
    base::IpAddress m_client;
    std::vector<base::IpAddress> m_targets;
    unsigned m_sent = 0;
};

} // namespace tern::dhcp
