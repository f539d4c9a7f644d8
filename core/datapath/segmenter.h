// Cuts what the kernel handed over in one piece (TSO, USO) into the packets that go on the wire, and completes
// checksums it left open (virtio 1.1 §5.1.6.2). Works on a borrowed packet; allocates nothing.
#pragma once

#include "core/datapath/ip_packet.h"
#include "core/datapath/vnet_header.h"

namespace tern::datapath {

class Segmenter {
public:
    // packet: as read behind the virtio header. A header that does not fit the packet gives one that is invalid.
    Segmenter(const VnetHeader& header, base::MutableByteView packet, unsigned mtu);

    [[nodiscard]] bool valid() const { return m_valid; }
    // No packet that next() writes is longer.
    [[nodiscard]] std::size_t longest() const;
    [[nodiscard]] bool isV6() const { return m_ip.v6; }
    [[nodiscard]] Ecn ecn() const { return ecnOf(m_packet, m_ip); }

    // Writes the next packet, whole and with right checksums, to the front of out, which has longest() octets.
    // Answers its length; 0 after the last.
    [[nodiscard]] std::size_t next(base::MutableByteView out);

private:
    [[nodiscard]] bool prepareGso(const VnetHeader& header);
    [[nodiscard]] std::size_t whole(base::MutableByteView out);
    void finishIp(base::MutableByteView out) const;
    void finishTcp(base::MutableByteView tcp, bool last) const;

    base::MutableByteView m_packet;
    IpLayout m_ip;
    bool m_valid = false;
    bool m_needsChecksum = false;
    bool m_udp = false;
    std::size_t m_checksumStart = 0; // of the transport header, when cut or when the checksum is open
    std::size_t m_checksumOffset = 0;
    std::size_t m_headers = 0;     // IP and transport header
    std::size_t m_segmentSize = 0; // payload octets of each packet; 0: not cut
    std::size_t m_offset = 0;      // in the payload
    unsigned m_count = 0;
};

} // namespace tern::datapath
