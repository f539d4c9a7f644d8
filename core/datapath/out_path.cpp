#include "core/datapath/out_path.h"

namespace tern::datapath {

OutPath::OutPath(const Setup& setup)
    : m_tun(setup.tun)
    , m_mtu(setup.mtu)
    , m_waiter(setup.tun.fd(), setup.stop)
    , m_batch(setup.socket, setup.peer, m_waiter, setup.segmentation)
    , m_input(std::make_unique_for_overwrite<std::uint8_t[]>(inputSize)) {}

void OutPath::run() {
    while (m_waiter.wait()) {
        if (drain() == TunDevice::ReadState::Broken && !m_waiter.pause()) {
            return;
        }
    }
}

void OutPath::pickUp() {
    if (auto next = m_mailbox.take()) {
        m_sa = std::move(next);
        m_counters.sequencesLeft.set(m_sa->sequencesLeft());
        m_batch.retrySegmentation();
    }
}

TunDevice::ReadState OutPath::drain() {
    // A stream that never pauses must not keep the thread from hearing that it is time to stop.
    constexpr unsigned mostReads = 256;
    auto state = TunDevice::ReadState::Packet;
    for (unsigned i = 0; i < mostReads; ++i) {
        VnetHeader header;
        std::size_t length = 0;
        const base::MutableByteView input(m_input.get(), inputSize);
        state = m_tun.read(header, input, length);
        if (state != TunDevice::ReadState::Packet) {
            break;
        }
        pickUp();
        Segmenter packets(header, input.first(length), m_mtu);
        if (m_sa && packets.valid()) {
            send(packets);
        } else {
            m_counters.dropped.add(1);
        }
    }
    m_batch.flush();
    m_counters.dropped.add(m_batch.takeRefused());
    if (m_sa) {
        m_counters.sequencesLeft.set(m_sa->sequencesLeft());
    }
    return state;
}

void OutPath::send(Segmenter& packets) {
    const std::size_t longest = m_sa->sealedSize(packets.longest());
    if (longest > SendBatch::largestDatagram) {
        m_counters.dropped.add(1);
        return;
    }
    const std::uint8_t next = packets.isV6() ? esp::nextIpv6 : esp::nextIpv4;
    const Ecn ecn = packets.ecn();
    std::uint64_t octets = 0;
    std::uint64_t count = 0;
    for (;;) {
        const base::MutableByteView slot = m_batch.slot(longest);
        const std::size_t inner = packets.next(slot.subspan(m_sa->headroom()));
        if (inner == 0) {
            break;
        }
        const std::size_t length = m_sa->seal(slot, inner, next);
        if (length == 0) {
            m_counters.dropped.add(1);
            continue;
        }
        m_batch.commit(length, ecn);
        octets += inner;
        ++count;
    }
    m_counters.octets.add(octets);
    m_counters.packets.add(count);
}

} // namespace tern::datapath
