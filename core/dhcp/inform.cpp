#include "core/dhcp/inform.h"

#include <algorithm>

namespace tern::dhcp {

namespace {

constexpr base::Duration firstPause = std::chrono::milliseconds(500);

} // namespace

Inform::Inform(std::uint32_t transaction, const base::IpAddress& client, const std::vector<base::IpAddress>& servers,
               bool toEverybody)
    : m_transaction(transaction)
    , m_client(client) {
    for (const auto& server : servers) {
        if (!server.isV6() && m_targets.size() < 2) {
            m_targets.push_back(server);
        }
    }
    if (toEverybody) {
        const base::Bytes everybody(4, 0xFF);
        m_targets.push_back(base::IpAddress::fromBytes(everybody).value_or(base::IpAddress()));
    }
}

base::Bytes Inform::next() {
    const auto& to = m_targets.at(m_sent++ % m_targets.size());
    return wrapUdp(m_client, clientPort, to, serverPort, encodeInform(m_transaction, m_client));
}

base::Duration Inform::pause() const {
    return firstPause * (1U << std::min(m_sent, 4U)) / 2;
}

std::optional<Reply> Inform::take(base::ByteView packet) const {
    const auto payload = unwrapUdp(packet, serverPort, clientPort);
    return payload.empty() ? std::nullopt : parseAck(payload, m_transaction, m_client);
}

} // namespace tern::dhcp
