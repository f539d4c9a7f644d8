#include "core/datapath/segmenter.h"

#include "core/datapath/checksum.h"

#include <algorithm>

namespace tern::datapath {

namespace {

constexpr std::uint8_t tcpFin = 0x01;
constexpr std::uint8_t tcpPsh = 0x08;
constexpr std::uint8_t tcpCwr = 0x80;

} // namespace

Segmenter::Segmenter(const VnetHeader& header, base::MutableByteView packet, unsigned mtu)
    : m_packet(packet) {
    const auto ip = parseIp(packet);
    if (!ip) {
        return;
    }
    m_ip = *ip;
    m_packet = packet.first(ip->totalSize);
    m_needsChecksum = (header.flags & vnetNeedsChecksum) != 0;
    if (m_needsChecksum) {
        m_checksumStart = header.checksumStart;
        m_checksumOffset = header.checksumOffset;
        if (m_checksumStart < m_ip.headerSize || m_checksumStart + m_checksumOffset + 2 > m_packet.size()) {
            return;
        }
    }
    if (header.gsoType == vnetGsoNone) {
        clampMss(m_packet, m_ip, mtu, !m_needsChecksum);
        m_valid = true;
    } else {
        m_valid = prepareGso(header);
    }
}

bool Segmenter::prepareGso(const VnetHeader& header) {
    const unsigned type = header.gsoType & ~unsigned{vnetGsoEcn};
    m_udp = type == vnetGsoUdp;
    const bool tcp = type == (m_ip.v6 ? vnetGsoTcp6 : vnetGsoTcp4);
    if (!m_needsChecksum || (!tcp && !m_udp) || header.gsoSize == 0 || m_ip.fragment) {
        return false;
    }
    std::size_t transport = 8;
    if (tcp) {
        if (m_checksumStart + 20 > m_packet.size()) {
            return false;
        }
        transport = (m_packet[m_checksumStart + 12] >> 4U) * std::size_t{4};
    }
    m_headers = m_checksumStart + transport;
    m_segmentSize = header.gsoSize;
    return m_checksumOffset == (tcp ? 16U : 6U) && transport >= (tcp ? 20U : 8U) && m_headers < m_packet.size();
}

std::size_t Segmenter::longest() const {
    return m_segmentSize == 0 ? m_packet.size() : std::min(m_headers + m_segmentSize, m_packet.size());
}

std::size_t Segmenter::whole(base::MutableByteView out) {
    if (m_count++ > 0) {
        return 0;
    }
    copyOctets(m_packet, out);
    if (m_needsChecksum) {
        // The field holds the pseudo header's sum already.
        const base::MutableByteView covered = out.subspan(m_checksumStart, m_packet.size() - m_checksumStart);
        auto checksum = static_cast<std::uint16_t>(~foldSum(sumOf(covered)));
        if (checksum == 0 && m_checksumOffset == 6) {
            checksum = 0xFFFF; // UDP: zero means none
        }
        storeU16(covered, m_checksumOffset, checksum);
    }
    return m_packet.size();
}

void Segmenter::finishIp(base::MutableByteView out) const {
    if (m_ip.v6) {
        storeU16(out, 4, static_cast<std::uint16_t>(out.size() - 40));
        return;
    }
    storeU16(out, 2, static_cast<std::uint16_t>(out.size()));
    storeU16(out, 4, static_cast<std::uint16_t>(loadU16(m_packet, 4) + m_count));
    storeU16(out, 10, 0);
    storeU16(out, 10, static_cast<std::uint16_t>(~foldSum(sumOf(out.first(m_ip.headerSize)))));
}

void Segmenter::finishTcp(base::MutableByteView tcp, bool last) const {
    storeU32(tcp, 4, loadU32(m_packet, m_checksumStart + 4) + static_cast<std::uint32_t>(m_offset));
    unsigned flags = tcp[13];
    if (!last) {
        flags &= ~unsigned{tcpFin | tcpPsh};
    }
    if (m_count > 0) {
        flags &= ~unsigned{tcpCwr}; // says once that the window was reduced (RFC 3168 §6.1.2)
    }
    tcp[13] = static_cast<std::uint8_t>(flags);
}

std::size_t Segmenter::next(base::MutableByteView out) {
    if (m_segmentSize == 0) {
        return whole(out);
    }
    const base::ByteView payload = m_packet.subspan(m_headers);
    if (m_offset >= payload.size()) {
        return 0;
    }
    const std::size_t size = std::min(m_segmentSize, payload.size() - m_offset);
    const base::MutableByteView packet = out.first(m_headers + size);
    copyOctets(m_packet.first(m_headers), packet);
    copyOctets(payload.subspan(m_offset, size), packet.subspan(m_headers));
    finishIp(packet);
    const base::MutableByteView transport = packet.subspan(m_checksumStart);
    if (m_udp) {
        storeU16(transport, 4, static_cast<std::uint16_t>(transport.size()));
    } else {
        finishTcp(transport, m_offset + size == payload.size());
    }
    storeU16(transport, m_checksumOffset, 0);
    const std::uint64_t sum =
        pseudoHeaderSum(packet, m_udp ? protocolUdp : protocolTcp, transport.size()) + sumOf(transport);
    auto checksum = static_cast<std::uint16_t>(~foldSum(sum));
    storeU16(transport, m_checksumOffset, m_udp && checksum == 0 ? std::uint16_t{0xFFFF} : checksum);
    m_offset += size;
    ++m_count;
    return packet.size();
}

} // namespace tern::datapath
