// The way out: packets from the TUN are cut, sealed and sent. One thread runs it; put(), use(), inject() and
// sendControl() may be called from any.
#pragma once

#include "core/datapath/control_queue.h"
#include "core/datapath/counter.h"
#include "core/datapath/mailbox.h"
#include "core/datapath/moderation.h"
#include "core/datapath/outer.h"
#include "core/datapath/segmenter.h"
#include "core/datapath/selectors.h"
#include "core/datapath/tun_device.h"
#include "core/datapath/waiter.h"
#include "core/esp/security_association.h"

#include <vector>

namespace tern::datapath {

// The SAs to send with, the preferred first: a packet takes the first whose selectors cover it. The list never changes,
// the SAs belong to the sending thread.
struct OutboundEntry {
    std::shared_ptr<esp::OutboundSa> sa;
    std::shared_ptr<const SelectorSet> selectors;
    std::uint32_t inboundSpi = 0; // of the same CHILD_SA
};
using OutboundTable = std::vector<OutboundEntry>;

class OutPath {
public:
    struct Setup {
        TunDevice tun;
        OuterPtr outer;
        base::ByteView unsent; // of a stream
        unsigned mtu;
        int stop; // an eventfd
        bool segmentation;
    };
    struct Counters {
        Counter octets;
        Counter packets;
        Counter dropped; // no SA, no numbers left, or refused by the system
        Counter sequencesLeft;
    };

    explicit OutPath(const Setup& setup);
    [[nodiscard]] bool valid() const { return m_waiter.valid() && m_controlOut.valid(); }

    // Packets read from now on are sealed with these. sequencesLeft: of one that is new; nothing when none is.
    void put(std::unique_ptr<const OutboundTable> table, std::optional<std::uint64_t> sequencesLeft);
    // Packets read from now on go there. unsent: of a stream.
    void use(const OuterPtr& outer, base::ByteView unsent);
    // One whole IP packet, as if it had come from the TUN. One not yet sent is replaced.
    void inject(base::ByteView packet);
    // For a stream.
    void sendControl(base::ByteView message);
    void setMtu(unsigned mtu) { m_mtu.store(mtu, std::memory_order_relaxed); }
    [[nodiscard]] const Counters& counters() const { return m_counters; }

    // Until stop.
    void run();

private:
    static constexpr std::size_t inputSize = 65'536;

    [[nodiscard]] std::unique_ptr<PacketSender> senderFor(const OuterPtr& outer, base::ByteView unsent);
    [[nodiscard]] bool waitForWork();
    // round: what was read.
    [[nodiscard]] TunDevice::ReadState drain(Round& round);
    void takeNews();
    void pickUp();
    void countSequences();
    void take(const VnetHeader& header, base::MutableByteView packet);
    [[nodiscard]] esp::OutboundSa* choose(base::ByteView packet) const;
    void send(Segmenter& packets, esp::OutboundSa& sa);

    TunDevice m_tun;
    std::atomic<unsigned> m_mtu;
    bool m_segmentation;
    Waiter m_waiter;
    Moderation m_moderation{Moderation::out};
    std::unique_ptr<PacketSender> m_sender;
    Mailbox<PacketSender> m_senders;
    std::unique_ptr<std::uint8_t[]> m_input; // not zeroed
    std::unique_ptr<const OutboundTable> m_table;
    Mailbox<const OutboundTable> m_mailbox;
    Mailbox<base::Bytes> m_injected;
    ControlQueue m_controlOut;
    alignas(64) Counters m_counters;
};

} // namespace tern::datapath
