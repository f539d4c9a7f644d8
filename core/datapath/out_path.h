// The way out: packets from the TUN are cut, sealed and sent. One thread runs it; put() may be called from any.
#pragma once

#include "core/datapath/counter.h"
#include "core/datapath/mailbox.h"
#include "core/datapath/segmenter.h"
#include "core/datapath/send_batch.h"
#include "core/datapath/tun_device.h"
#include "core/datapath/waiter.h"
#include "core/esp/security_association.h"

namespace tern::datapath {

class OutPath {
public:
    struct Setup {
        TunDevice tun;
        int socket;
        SocketAddress peer;
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
    [[nodiscard]] bool valid() const { return m_waiter.valid(); }

    // Packets read from now on are sealed with this one.
    void put(std::unique_ptr<esp::OutboundSa> sa) {
        // Shown at once, though the thread picks the SA up with the next packet; it corrects the number then.
        m_counters.sequencesLeft.set(sa->sequencesLeft());
        m_mailbox.put(std::move(sa));
    }
    [[nodiscard]] const Counters& counters() const { return m_counters; }

    // Until stop.
    void run();

private:
    static constexpr std::size_t inputSize = 65'536;

    [[nodiscard]] TunDevice::ReadState drain();
    void pickUp();
    void send(Segmenter& packets);

    TunDevice m_tun;
    unsigned m_mtu;
    Waiter m_waiter;
    SendBatch m_batch;
    std::unique_ptr<std::uint8_t[]> m_input; // not zeroed
    std::unique_ptr<esp::OutboundSa> m_sa;
    Mailbox<esp::OutboundSa> m_mailbox;
    alignas(64) Counters m_counters;
};

} // namespace tern::datapath
