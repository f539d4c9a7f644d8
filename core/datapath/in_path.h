// The way in: datagrams from the peer are told apart (RFC 3948 §2), opened, checked, compared with what the SA may
// carry (RFC 4301 §5.2) and written to the TUN. One thread runs it; put(), use() and divert() may be called from any.
#pragma once

#include "core/datapath/control_queue.h"
#include "core/datapath/counter.h"
#include "core/datapath/mailbox.h"
#include "core/datapath/merger.h"
#include "core/datapath/moderation.h"
#include "core/datapath/outer.h"
#include "core/datapath/selectors.h"
#include "core/datapath/tun_device.h"
#include "core/datapath/waiter.h"
#include "core/esp/security_association.h"

#include <vector>

namespace tern::datapath {

// The SAs that are open for receiving. The list never changes, the SAs belong to the receiving thread.
struct InboundEntry {
    std::shared_ptr<esp::InboundSa> sa;
    std::shared_ptr<const SelectorSet> selectors;
};
using InboundTable = std::vector<InboundEntry>;

class InPath final : private PacketSink {
public:
    struct Setup {
        TunDevice tun;
        OuterPtr outer;
        base::ByteView received; // of a stream
        unsigned mtu;
        int stop; // an eventfd
        MergeOptions merge;
        ControlQueue& control;
        ControlQueue& diverted;
    };
    struct Counters {
        Counter octets;
        Counter packets;
        Counter replayed;
        Counter authFailures;
        Counter unknownSpi;
        Counter outsideSelectors;
        Counter dropped; // malformed, marked as congested without saying so, or refused by the system
        Counter lastReceived;
    };

    explicit InPath(const Setup& setup);
    [[nodiscard]] bool valid() const { return m_waiter.valid(); }

    void put(std::unique_ptr<const InboundTable> table) { m_mailbox.put(std::move(table)); }
    // From now on packets come from there. received: of a stream.
    void use(const OuterPtr& outer, base::ByteView received);
    // IPv4 UDP to this port is kept from the TUN and queued; 0 for none.
    void divert(std::uint16_t port) { m_divertedPort.store(port, std::memory_order_relaxed); }
    void setMtu(unsigned mtu) { m_mtu.store(mtu, std::memory_order_relaxed); }
    [[nodiscard]] const Counters& counters() const { return m_counters; }

    // Until stop.
    void run();

private:
    Round drain();
    void takeNews();
    void takeMessage(const PacketReceiver::Message& message);
    void takeDatagram(base::MutableByteView datagram, Ecn ecn);
    void takePacket(const esp::OpenResult& opened, const SelectorSet& selectors, Ecn ecn);
    [[nodiscard]] bool isDiverted(base::ByteView packet, const IpLayout& ip) const;
    [[nodiscard]] const InboundEntry* find(std::uint32_t spi) const;
    void write(std::span<const iovec> pieces) override;

    TunDevice m_tun;
    std::atomic<unsigned> m_mtu;
    std::atomic<std::uint16_t> m_divertedPort{0};
    std::unique_ptr<PacketReceiver> m_receiver;
    Mailbox<PacketReceiver> m_receivers;
    Waiter m_waiter;
    Moderation m_moderation{Moderation::in};
    Merger m_merger;
    ControlQueue& m_control;
    ControlQueue& m_diverted;
    std::unique_ptr<const InboundTable> m_table;
    Mailbox<const InboundTable> m_mailbox;
    bool m_opened = false; // any packet in this batch
    alignas(64) Counters m_counters;
};

} // namespace tern::datapath
