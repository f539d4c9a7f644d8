// The way in: datagrams from the peer are told apart (RFC 3948 §2), opened, checked and written to the TUN. One thread
// runs it; put() may be called from any.
#pragma once

#include "core/datapath/control_queue.h"
#include "core/datapath/counter.h"
#include "core/datapath/mailbox.h"
#include "core/datapath/merger.h"
#include "core/datapath/receive_batch.h"
#include "core/datapath/tun_device.h"
#include "core/datapath/waiter.h"
#include "core/esp/security_association.h"

#include <vector>

namespace tern::datapath {

// The SAs that are open for receiving. The list never changes, the SAs belong to the receiving thread.
using InboundTable = std::vector<std::shared_ptr<esp::InboundSa>>;

class InPath final : private PacketSink {
public:
    struct Setup {
        TunDevice tun;
        int socket;
        base::Endpoint peer;
        unsigned mtu;
        int stop; // an eventfd
        MergeOptions merge;
        ControlQueue& control;
    };
    struct Counters {
        Counter octets;
        Counter packets;
        Counter replayed;
        Counter authFailures;
        Counter unknownSpi;
        Counter dropped; // malformed, marked as congested without saying so, or refused by the system
        Counter lastReceived;
    };

    explicit InPath(const Setup& setup);
    [[nodiscard]] bool valid() const { return m_waiter.valid(); }

    void put(std::unique_ptr<const InboundTable> table) { m_mailbox.put(std::move(table)); }
    [[nodiscard]] const Counters& counters() const { return m_counters; }

    // Until stop.
    void run();

private:
    void drain();
    void takeMessage(const ReceiveBatch::Message& message);
    void takeDatagram(base::MutableByteView datagram, Ecn ecn);
    void takePacket(const esp::OpenResult& opened, Ecn ecn);
    [[nodiscard]] esp::InboundSa* find(std::uint32_t spi);
    void write(std::span<const iovec> pieces) override;

    TunDevice m_tun;
    unsigned m_mtu;
    Waiter m_waiter;
    ReceiveBatch m_batch;
    Merger m_merger;
    ControlQueue& m_control;
    std::unique_ptr<const InboundTable> m_table;
    Mailbox<const InboundTable> m_mailbox;
    bool m_opened = false; // any packet in this batch
    alignas(64) Counters m_counters;
};

} // namespace tern::datapath
