#include "core/datapath/merger.h"

#include "core/datapath/checksum.h"

#include <algorithm>

namespace tern::datapath {

namespace {

constexpr unsigned tcpPsh = 0x08;
constexpr unsigned tcpAck = 0x10;
constexpr unsigned tcpEce = 0x40;
constexpr std::uint16_t dontFragment = 0x4000;

bool same(base::ByteView a, base::ByteView b, std::size_t from, std::size_t count) {
    return equalOctets(a.subspan(from, count), b.subspan(from, count));
}

bool checksumsHold(base::ByteView packet, const IpLayout& ip) {
    if (!ip.v6 && foldSum(sumOf(packet.first(ip.headerSize))) != 0xFFFF) {
        return false;
    }
    const base::ByteView transport = packet.subspan(ip.headerSize);
    return foldSum(pseudoHeaderSum(packet, ip.protocol, transport.size()) + sumOf(transport)) == 0xFFFF;
}

// IPv4 identification: consecutive, or of no meaning because the packet must not be fragmented (RFC 6864 §4.1).
bool identifies(base::ByteView head, base::ByteView packet, std::size_t count) {
    return (loadU16(packet, 6) & dontFragment) != 0 ||
           loadU16(packet, 4) == static_cast<std::uint16_t>(loadU16(head, 4) + count);
}

bool sameIpHeader(base::ByteView head, base::ByteView packet, bool v6, std::size_t count) {
    if (v6) { // version, class, flow label; next header, hop limit; the addresses are the stream's
        return same(head, packet, 0, 4) && same(head, packet, 6, 2);
    }
    return same(head, packet, 0, 2) && same(head, packet, 6, 3) && identifies(head, packet, count);
}

} // namespace

Merger::Candidate Merger::classify(base::ByteView packet, const IpLayout& ip) const {
    Candidate candidate;
    const std::size_t least = ip.protocol == protocolTcp ? 20 : 8;
    if ((ip.protocol != protocolTcp && ip.protocol != protocolUdp) || ip.fragment ||
        ip.headerSize != (ip.v6 ? 40U : 20U) || packet.size() < ip.headerSize + least) {
        return candidate;
    }
    candidate.stream = true;
    const base::ByteView transport = packet.subspan(ip.headerSize);
    if (ip.protocol == protocolTcp) {
        const std::size_t header = (transport[12] >> 4U) * std::size_t{4};
        candidate.headers = ip.headerSize + header;
        candidate.mergeable = m_options.tcp && header >= least && candidate.headers < packet.size() &&
                              (transport[13] & ~(tcpPsh | tcpEce)) == tcpAck && (transport[12] & 0x0FU) == 0;
    } else {
        candidate.headers = ip.headerSize + least;
        candidate.mergeable = m_options.udp && loadU16(transport, 4) == transport.size() &&
                              loadU16(transport, 6) != 0 && candidate.headers < packet.size();
    }
    candidate.mergeable = candidate.mergeable && checksumsHold(packet, ip);
    return candidate;
}

bool Merger::sameStream(const Flow& flow, base::ByteView packet, const IpLayout& ip) {
    if (flow.ip.v6 != ip.v6 || flow.ip.protocol != ip.protocol) {
        return false;
    }
    const std::size_t addresses = ip.v6 ? 8 : 12;
    // Without options and extension headers the ports follow the addresses.
    return same(flow.head, packet, addresses, (ip.v6 ? 32U : 8U) + 4U);
}

bool Merger::continues(const Flow& flow, base::ByteView packet, const Candidate& candidate) {
    const std::size_t payload = packet.size() - candidate.headers;
    if (!flow.open || !candidate.mergeable || candidate.headers != flow.headers || payload > flow.segmentSize ||
        flow.headers + flow.payload + payload > largest || flow.count == segments - 1 ||
        !sameIpHeader(flow.head, packet, flow.ip.v6, flow.count)) {
        return false;
    }
    if (flow.ip.protocol == protocolUdp) {
        return true;
    }
    const base::ByteView head = flow.head.subspan(flow.ip.headerSize);
    const base::ByteView tcp = packet.subspan(flow.ip.headerSize);
    const std::size_t options = flow.headers - flow.ip.headerSize - 20;
    return loadU32(tcp, 4) == flow.nextSequence && same(head, tcp, 8, 5) && // acknowledgement, offset
           ((head[13] ^ tcp[13]) & ~tcpPsh) == 0 && same(head, tcp, 14, 2) && same(head, tcp, 18, 2 + options);
}

void Merger::join(Flow& flow, base::MutableByteView packet, const Candidate& candidate) {
    const base::MutableByteView payload = packet.subspan(candidate.headers);
    ++flow.count;
    flow.pieces[flow.count] = {payload.data(), payload.size()};
    flow.payload += payload.size();
    flow.nextSequence += static_cast<std::uint32_t>(payload.size());
    flow.open = payload.size() == flow.segmentSize;
    if (flow.ip.protocol == protocolTcp && (packet[flow.ip.headerSize + 13] & tcpPsh) != 0) {
        flow.head[flow.ip.headerSize + 13] |= tcpPsh;
        flow.open = false;
    }
}

void Merger::start(Flow& flow, base::MutableByteView packet, const IpLayout& ip, const Candidate& candidate) {
    flow.head = packet;
    flow.ip = ip;
    flow.headers = candidate.headers;
    flow.segmentSize = packet.size() - std::min(packet.size(), candidate.headers);
    flow.payload = flow.segmentSize;
    flow.count = 1;
    flow.pieces[1] = {packet.data(), packet.size()};
    flow.open = candidate.mergeable;
    if (ip.protocol == protocolTcp) {
        flow.nextSequence = loadU32(packet, ip.headerSize + 4) + static_cast<std::uint32_t>(flow.payload);
        flow.open = flow.open && (packet[ip.headerSize + 13] & tcpPsh) == 0;
    }
}

void Merger::add(base::MutableByteView packet, const IpLayout& ip) {
    const Candidate candidate = classify(packet, ip);
    if (!candidate.stream) {
        flush();
        writeSingle(packet);
        return;
    }
    for (std::size_t i = 0; i < m_used; ++i) {
        Flow& flow = m_flows[i];
        if (!sameStream(flow, packet, ip)) {
            continue;
        }
        if (continues(flow, packet, candidate)) {
            join(flow, packet, candidate);
        } else {
            write(flow);
            start(flow, packet, ip, candidate);
        }
        return;
    }
    if (m_used == m_flows.size()) {
        flush();
    }
    start(m_flows[m_used++], packet, ip, candidate);
}

void Merger::flush() {
    for (std::size_t i = 0; i < m_used; ++i) {
        write(m_flows[i]);
    }
    m_used = 0;
}

void Merger::write(Flow& flow) {
    VnetHeader header;
    if (flow.count > 1) {
        const std::size_t transport = flow.headers - flow.ip.headerSize + flow.payload;
        const std::size_t total = flow.ip.headerSize + transport;
        if (flow.ip.v6) {
            storeU16(flow.head, 4, static_cast<std::uint16_t>(transport));
        } else {
            storeU16(flow.head, 2, static_cast<std::uint16_t>(total));
            storeU16(flow.head, 10, 0);
            const std::uint16_t sum = foldSum(sumOf(flow.head.first(flow.ip.headerSize)));
            storeU16(flow.head, 10, static_cast<std::uint16_t>(~sum));
        }
        const bool udp = flow.ip.protocol == protocolUdp;
        if (udp) {
            storeU16(flow.head, flow.ip.headerSize + 4, static_cast<std::uint16_t>(transport));
        }
        header.flags = vnetNeedsChecksum;
        header.gsoType = udp ? vnetGsoUdp : (flow.ip.v6 ? vnetGsoTcp6 : vnetGsoTcp4);
        header.headerLength = static_cast<std::uint16_t>(flow.headers);
        header.gsoSize = static_cast<std::uint16_t>(flow.segmentSize);
        header.checksumStart = static_cast<std::uint16_t>(flow.ip.headerSize);
        header.checksumOffset = udp ? 6 : 16;
        storeU16(flow.head, flow.ip.headerSize + header.checksumOffset,
                 foldSum(pseudoHeaderSum(flow.head, flow.ip.protocol, transport)));
    }
    flow.pieces[0] = {&header, sizeof header};
    m_sink.write(std::span(flow.pieces).first(flow.count + 1));
}

void Merger::writeSingle(base::MutableByteView packet) {
    VnetHeader header;
    const std::array<iovec, 2> pieces{iovec{&header, sizeof header}, iovec{packet.data(), packet.size()}};
    m_sink.write(pieces);
}

} // namespace tern::datapath
