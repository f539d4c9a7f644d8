// Packets as a peer may send them, merged and cut again: what comes out must be what went in, octet for octet and, for
// each stream, in order. The input is a list of packets: two octets of length, then the packet; some get their
// checksums mended so that the merger does not stop at them.
#include "core/base/byte_io.h"
#include "core/datapath/checksum.h"
#include "core/datapath/merger.h"
#include "core/datapath/segmenter.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

using namespace tern;
using base::Bytes;

namespace {

class Collector final : public datapath::PacketSink {
public:
    void write(std::span<const iovec> pieces) override {
        datapath::VnetHeader header;
        std::memcpy(&header, pieces[0].iov_base, sizeof header);
        Bytes packet;
        for (const iovec& piece : pieces.subspan(1)) {
            base::append(packet, {static_cast<const std::uint8_t*>(piece.iov_base), piece.iov_len});
        }
        if (header.gsoType == datapath::vnetGsoNone) {
            found.push_back(packet);
            return;
        }
        datapath::Segmenter segmenter(header, packet, 65'535);
        if (!segmenter.valid()) {
            std::abort();
        }
        for (;;) {
            Bytes out(segmenter.longest());
            const std::size_t size = segmenter.next(out);
            if (size == 0) {
                return;
            }
            out.resize(size);
            found.push_back(out);
        }
    }
    std::vector<Bytes> found;
};

void mendChecksums(Bytes& packet, const datapath::IpLayout& ip) {
    const base::MutableByteView all = base::MutableByteView(packet).first(ip.totalSize);
    if (!ip.v6) {
        datapath::storeU16(all, 10, 0);
        const std::uint16_t sum = datapath::foldSum(datapath::sumOf(all.first(ip.headerSize)));
        datapath::storeU16(all, 10, static_cast<std::uint16_t>(~sum));
    }
    const base::MutableByteView transport = all.subspan(ip.headerSize);
    const std::size_t at = ip.protocol == datapath::protocolTcp ? 16 : 6;
    if ((ip.protocol == datapath::protocolTcp || ip.protocol == datapath::protocolUdp) && transport.size() >= at + 2) {
        datapath::storeU16(transport, at, 0);
        const auto sum = datapath::foldSum(datapath::pseudoHeaderSum(all, ip.protocol, transport.size()) +
                                           datapath::sumOf(transport));
        const auto checksum = static_cast<std::uint16_t>(~sum);
        datapath::storeU16(transport, at,
                           checksum == 0 && ip.protocol == datapath::protocolUdp ? std::uint16_t{0xFFFF} : checksum);
    }
}

// A sum of zero may be written in two ways; cutting writes the usual one.
void usualZero(Bytes& packet, std::size_t at) {
    if (packet.size() >= at + 2 && packet[at] == 0xFF && packet[at + 1] == 0xFF) {
        packet[at] = packet[at + 1] = 0;
    }
}

// The identification of a packet that must not be fragmented has no meaning (RFC 6864) and may change.
Bytes comparable(Bytes packet) {
    const bool v6 = packet[0] >> 4U == 6;
    if (!v6 && (packet[6] & 0x40U) != 0) {
        packet[4] = packet[5] = packet[10] = packet[11] = 0;
    }
    if (!v6) {
        usualZero(packet, 10);
    }
    if (packet[v6 ? 6U : 9U] == datapath::protocolTcp) {
        usualZero(packet, v6 ? 56 : 36);
    }
    return packet;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    base::ByteReader reader({data, size});
    std::vector<Bytes> packets;
    while (!reader.atEnd() && packets.size() < 300) {
        const std::uint16_t word = reader.u16();
        const std::size_t length = std::min<std::size_t>(word & 0x7FFFU, reader.remaining());
        const auto view = reader.take(length);
        Bytes packet(view.begin(), view.end());
        if (const auto ip = datapath::parseIp(packet)) {
            if ((word & 0x8000U) != 0) {
                mendChecksums(packet, *ip);
            }
            packet.resize(ip->totalSize);
            packets.push_back(std::move(packet));
        }
    }
    std::vector<Bytes> expected = packets;
    Collector collector;
    datapath::Merger merger(collector, {});
    for (Bytes& packet : packets) {
        merger.add(packet, *datapath::parseIp(packet));
    }
    merger.flush();
    for (auto* list : {&expected, &collector.found}) {
        std::ranges::transform(*list, list->begin(), comparable);
        std::ranges::sort(*list);
    }
    if (expected != collector.found) {
        std::abort();
    }
    return 0;
}
