#include "core/datapath/in_path.h"

#include "core/datapath/clock.h"

#include <algorithm>

namespace tern::datapath {

InPath::InPath(const Setup& setup)
    : m_tun(setup.tun)
    , m_mtu(setup.mtu)
    , m_waiter(setup.socket, setup.stop)
    , m_batch(setup.socket, setup.peer)
    , m_merger(*this, setup.merge)
    , m_control(setup.control)
    , m_table(std::make_unique<const InboundTable>()) {}

void InPath::run() {
    while (m_waiter.wait()) {
        drain();
    }
}

void InPath::drain() {
    // A flood must not keep the thread from hearing that it is time to stop.
    constexpr unsigned mostBatches = 64;
    for (unsigned i = 0; i < mostBatches; ++i) {
        const std::size_t count = m_batch.receive();
        if (count == 0) {
            return;
        }
        if (auto table = m_mailbox.take()) {
            m_table = std::move(table);
        }
        m_opened = false;
        for (std::size_t j = 0; j < count; ++j) {
            takeMessage(m_batch.message(j));
        }
        m_merger.flush();
        if (m_opened) {
            m_counters.lastReceived.set(static_cast<std::uint64_t>(bootNow().time_since_epoch().count()));
        }
        if (!m_batch.wasFull()) {
            return; // whatever has come since makes the socket readable again
        }
    }
}

void InPath::takeMessage(const ReceiveBatch::Message& message) {
    base::MutableByteView rest = message.bytes;
    while (!rest.empty()) {
        const std::size_t size = std::min(message.segmentSize, rest.size());
        takeDatagram(rest.first(size), message.ecn);
        rest = rest.subspan(size);
    }
}

esp::InboundSa* InPath::find(std::uint32_t spi) {
    for (const auto& sa : *m_table) {
        if (sa->spi() == spi) {
            return sa.get();
        }
    }
    return nullptr;
}

void InPath::takeDatagram(base::MutableByteView datagram, Ecn ecn) {
    const auto spi = esp::spiOf(datagram);
    if (!spi) {
        return; // a keep-alive (RFC 3948 §2.3), or nothing at all
    }
    if (*spi == 0) {
        m_control.push(datagram.subspan(4));
        return;
    }
    esp::InboundSa* const sa = find(*spi);
    if (sa == nullptr) {
        m_counters.unknownSpi.add(1);
        return;
    }
    const esp::OpenResult opened = sa->open(datagram);
    switch (opened.verdict) {
    case esp::Verdict::Opened:
        m_opened = true;
        takePacket(opened, ecn);
        break;
    case esp::Verdict::Replayed:
        m_counters.replayed.add(1);
        break;
    case esp::Verdict::AuthFailed:
        m_counters.authFailures.add(1);
        break;
    case esp::Verdict::Malformed:
        m_counters.dropped.add(1);
        break;
    }
}

void InPath::takePacket(const esp::OpenResult& opened, Ecn ecn) {
    if (opened.nextHeader == esp::nextNone) {
        return; // sent only to hide how much is said
    }
    const auto ip = parseIp(opened.payload);
    const std::uint8_t expected = ip && ip->v6 ? esp::nextIpv6 : esp::nextIpv4;
    if (!ip || opened.nextHeader != expected) {
        m_counters.dropped.add(1);
        return;
    }
    // What follows the packet by its own length is padding that hides its size (RFC 4303 §2.7).
    const base::MutableByteView packet = opened.payload.first(ip->totalSize);
    if (!decapsulateEcn(packet, *ip, ecn)) {
        m_counters.dropped.add(1);
        return;
    }
    clampMss(packet, *ip, m_mtu, true);
    m_counters.octets.add(packet.size());
    m_counters.packets.add(1);
    m_merger.add(packet, *ip);
}

void InPath::write(std::span<const iovec> pieces) {
    if (!m_tun.write(pieces)) {
        m_counters.dropped.add(1);
    }
}

} // namespace tern::datapath
