#include "core/datapath/in_path.h"

#include "core/datapath/clock.h"
#include "core/datapath/receive_batch.h"
#include "core/datapath/stream_receiver.h"

#include <algorithm>
#include <thread>

namespace tern::datapath {

namespace {

std::unique_ptr<PacketReceiver> receiverFor(const OuterPtr& outer, base::ByteView received) {
    if (outer->stream) {
        return std::make_unique<StreamReceiver>(outer, received);
    }
    return std::make_unique<ReceiveBatch>(outer);
}

} // namespace

InPath::InPath(const Setup& setup)
    : m_tun(setup.tun)
    , m_mtu(setup.mtu)
    , m_receiver(receiverFor(setup.outer, setup.received))
    , m_waiter(setup.outer->socket.get(), setup.stop)
    , m_merger(*this, setup.merge)
    , m_control(setup.control)
    , m_diverted(setup.diverted)
    , m_table(std::make_unique<const InboundTable>()) {}

void InPath::run() {
    auto round = drain(); // of a stream, something may have come before
    do {
        if (m_moderation.wantsPause(round, bootNow())) {
            std::this_thread::sleep_for(m_moderation.pause());
        }
        if (!m_waiter.wait()) {
            return;
        }
        if (m_waiter.takeWoken()) {
            takeNews();
        }
        round = drain();
    } while (true);
}

void InPath::use(const OuterPtr& outer, base::ByteView received) {
    m_receivers.put(receiverFor(outer, received));
    m_waiter.wake();
}

void InPath::takeNews() {
    if (auto next = m_receivers.take()) {
        m_waiter.watch(next->socket());
        m_receiver = std::move(next);
    }
}

Round InPath::drain() {
    // A flood must not keep the thread from hearing that it is time to stop.
    constexpr unsigned mostBatches = 64;
    Round round;
    for (unsigned i = 0; i < mostBatches; ++i) {
        const std::size_t count = m_receiver->receive();
        if (count == 0) {
            if (m_receiver->isOver()) {
                m_waiter.watch(-1); // else its end would wake us for ever
                m_control.poke();
            }
            break;
        }
        round.messages += count;
        if (auto table = m_mailbox.take()) {
            m_table = std::move(table);
        }
        m_opened = false;
        for (std::size_t j = 0; j < count; ++j) {
            const auto message = m_receiver->message(j);
            round.octets += message.bytes.size();
            takeMessage(message);
        }
        m_merger.flush();
        if (m_opened) {
            m_counters.lastReceived.set(static_cast<std::uint64_t>(bootNow().time_since_epoch().count()));
        }
        if (!m_receiver->wasFull() && !m_receiver->isOver()) {
            break; // whatever has come since makes the socket readable again
        }
    }
    return round;
}

void InPath::takeMessage(const PacketReceiver::Message& message) {
    base::MutableByteView rest = message.bytes;
    while (!rest.empty()) {
        const std::size_t size = std::min(message.segmentSize, rest.size());
        takeDatagram(rest.first(size), message.ecn);
        rest = rest.subspan(size);
    }
}

const InboundEntry* InPath::find(std::uint32_t spi) const {
    for (const auto& entry : *m_table) {
        if (entry.sa->spi() == spi) {
            return &entry;
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
    const InboundEntry* const entry = find(*spi);
    if (entry == nullptr) {
        m_counters.unknownSpi.add(1);
        return;
    }
    const esp::OpenResult opened = entry->sa->open(datagram);
    switch (opened.verdict) {
    case esp::Verdict::Opened:
        m_opened = true;
        takePacket(opened, *entry->selectors, ecn);
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

bool InPath::isDiverted(base::ByteView packet, const IpLayout& ip) const {
    const auto port = m_divertedPort.load(std::memory_order_relaxed);
    return port != 0 && !ip.v6 && !ip.fragment && ip.protocol == protocolUdp && ip.headerSize + 8 <= ip.totalSize &&
           loadU16(packet, ip.headerSize + 2) == port;
}

void InPath::takePacket(const esp::OpenResult& opened, const SelectorSet& selectors, Ecn ecn) {
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
    if (!selectors.admits(packet, *ip)) {
        m_counters.outsideSelectors.add(1);
        return;
    }
    if (isDiverted(packet, *ip)) {
        m_diverted.push(packet);
        return;
    }
    if (!decapsulateEcn(packet, *ip, ecn)) {
        m_counters.dropped.add(1);
        return;
    }
    clampMss(packet, *ip, m_mtu.load(std::memory_order_relaxed), true);
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
