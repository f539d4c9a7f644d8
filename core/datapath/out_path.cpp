#include "core/datapath/out_path.h"

#include "core/datapath/clock.h"
#include "core/datapath/send_batch.h"
#include "core/datapath/stream_sender.h"

#include <algorithm>
#include <thread>

namespace tern::datapath {

namespace {

constexpr std::chrono::milliseconds longestBlock{100};

std::uint64_t leastLeft(const OutboundTable& table) {
    auto least = table.empty() ? 0 : table.front().sa->sequencesLeft();
    for (const auto& entry : table) {
        least = std::min(least, entry.sa->sequencesLeft());
    }
    return least;
}

} // namespace

OutPath::OutPath(const Setup& setup)
    : m_tun(setup.tun)
    , m_mtu(setup.mtu)
    , m_segmentation(setup.segmentation)
    , m_waiter(setup.tun.fd(), setup.stop)
    , m_sender(senderFor(setup.outer, setup.unsent))
    , m_input(std::make_unique_for_overwrite<std::uint8_t[]>(inputSize))
    , m_table(std::make_unique<const OutboundTable>()) {}

std::unique_ptr<PacketSender> OutPath::senderFor(const OuterPtr& outer, base::ByteView unsent) {
    if (outer->stream) {
        return std::make_unique<StreamSender>(outer, unsent);
    }
    return std::make_unique<SendBatch>(outer, m_waiter, m_segmentation);
}

void OutPath::put(std::unique_ptr<const OutboundTable> table, std::optional<std::uint64_t> sequencesLeft) {
    // Shown at once, though the thread picks the SAs up with the next packet; it corrects the number then. SAs it
    // knows already are not looked at from here.
    if (sequencesLeft) {
        m_counters.sequencesLeft.set(*sequencesLeft);
    }
    m_mailbox.put(std::move(table));
}

void OutPath::use(const OuterPtr& outer, base::ByteView unsent) {
    m_senders.put(senderFor(outer, unsent));
    m_waiter.wake();
}

void OutPath::inject(base::ByteView packet) {
    m_injected.put(std::make_unique<base::Bytes>(packet.begin(), packet.end()));
    m_waiter.wake();
}

void OutPath::sendControl(base::ByteView message) {
    m_controlOut.push(message);
    m_waiter.wake();
}

bool OutPath::waitForWork() {
    return m_sender->isBlocked() ? m_waiter.waitWritable(m_sender->socket(), longestBlock) : m_waiter.wait();
}

void OutPath::run() {
    while (waitForWork()) {
        if (m_waiter.takeWoken()) {
            takeNews();
        }
        Round round;
        if (drain(round) == TunDevice::ReadState::Broken && !m_waiter.pause()) {
            return;
        }
        if (m_moderation.wantsPause(round, bootNow())) {
            std::this_thread::sleep_for(m_moderation.pause());
        }
    }
}

void OutPath::takeNews() {
    if (auto next = m_senders.take()) {
        m_sender = std::move(next);
    }
    for (auto message = m_controlOut.pop(); !message.empty(); message = m_controlOut.pop()) {
        m_sender->addControl(message);
    }
    if (const auto packet = m_injected.take()) {
        pickUp();
        take({}, *packet);
    }
    m_sender->flush();
}

void OutPath::pickUp() {
    if (auto next = m_mailbox.take()) {
        m_table = std::move(next);
        countSequences();
        m_sender->retrySegmentation();
    }
}

void OutPath::countSequences() {
    m_counters.sequencesLeft.set(leastLeft(*m_table));
}

TunDevice::ReadState OutPath::drain(Round& round) {
    // A stream that never pauses must not keep the thread from hearing that it is time to stop.
    constexpr unsigned mostReads = 256;
    auto state = TunDevice::ReadState::Empty;
    if (m_sender->isBlocked()) {
        m_sender->flush();
    }
    for (unsigned i = 0; i < mostReads && !m_sender->isBlocked(); ++i) {
        VnetHeader header;
        std::size_t length = 0;
        const base::MutableByteView input(m_input.get(), inputSize);
        state = m_tun.read(header, input, length);
        if (state != TunDevice::ReadState::Packet) {
            break;
        }
        ++round.messages;
        round.octets += length;
        pickUp();
        take(header, input.first(length));
    }
    m_sender->flush();
    m_counters.dropped.add(m_sender->takeRefused());
    if (!m_table->empty()) {
        countSequences();
    }
    return state;
}

void OutPath::take(const VnetHeader& header, base::MutableByteView packet) {
    Segmenter packets(header, packet, m_mtu.load(std::memory_order_relaxed));
    // All that are cut from one packet belong to one stream, so they take one SA.
    esp::OutboundSa* const sa = packets.valid() ? choose(packet) : nullptr;
    if (sa != nullptr) {
        send(packets, *sa);
    } else {
        m_counters.dropped.add(1);
    }
}

esp::OutboundSa* OutPath::choose(base::ByteView packet) const {
    const auto ip = parseIp(packet);
    if (!ip) {
        return nullptr;
    }
    const auto flow = flowOf(packet, *ip, Direction::Out);
    const auto found = std::find_if(m_table->begin(), m_table->end(),
                                    [&flow](const OutboundEntry& entry) { return entry.selectors->covers(flow); });
    return found == m_table->end() ? nullptr : found->sa.get();
}

void OutPath::send(Segmenter& packets, esp::OutboundSa& sa) {
    const std::size_t longest = sa.sealedSize(packets.longest());
    if (longest > PacketSender::largestDatagram) {
        m_counters.dropped.add(1);
        return;
    }
    const std::uint8_t next = packets.isV6() ? esp::nextIpv6 : esp::nextIpv4;
    const Ecn ecn = packets.ecn();
    std::uint64_t octets = 0;
    std::uint64_t count = 0;
    for (;;) {
        const base::MutableByteView slot = m_sender->slot(longest);
        if (slot.empty()) {
            break; // a stream that does not move; the sender counts it
        }
        const std::size_t inner = packets.next(slot.subspan(sa.headroom()));
        if (inner == 0) {
            break;
        }
        const std::size_t length = sa.seal(slot, inner, next);
        if (length == 0) {
            m_counters.dropped.add(1);
            continue;
        }
        m_sender->commit(length, ecn);
        octets += inner;
        ++count;
    }
    m_counters.octets.add(octets);
    m_counters.packets.add(count);
}

} // namespace tern::datapath
