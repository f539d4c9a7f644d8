// Builds the packets the tests send, with checksums computed the plain way: octet pair by octet pair.
#pragma once

#include "core/base/bytes.h"

#include <cstddef>
#include <cstdint>

namespace tern::testing {

struct PacketSpec {
    bool v6 = false;
    bool udp = false;
    std::uint8_t stream = 1; // told apart by the source port
    std::uint32_t sequence = 1000;
    std::uint8_t flags = 0x10; // TCP
    std::uint16_t window = 500;
    std::size_t options = 0; // octets of TCP options, a multiple of 4
    std::uint8_t ecn = 0;
    std::uint8_t hopLimit = 64;
    std::uint16_t identification = 7;
    std::uint16_t fragment = 0x4000; // flags and offset of IPv4: do not fragment
    std::size_t payload = 100;
    std::uint8_t fill = 0;
};

inline void put16(base::Bytes& bytes, std::size_t at, std::size_t value) {
    bytes[at] = static_cast<std::uint8_t>(value >> 8U);
    bytes[at + 1] = static_cast<std::uint8_t>(value);
}
inline void put32(base::Bytes& bytes, std::size_t at, std::uint32_t value) {
    put16(bytes, at, value >> 16U);
    put16(bytes, at + 2, value & 0xFFFFU);
}

inline std::uint32_t plainSum(base::ByteView bytes, std::uint32_t sum = 0) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        sum += i % 2 == 0 ? std::uint32_t{bytes[i]} << 8U : bytes[i];
        sum = (sum & 0xFFFFU) + (sum >> 16U);
    }
    return sum;
}

inline std::size_t ipSize(const PacketSpec& spec) {
    return spec.v6 ? 40 : 20;
}
inline std::size_t headersOf(const PacketSpec& spec) {
    return ipSize(spec) + (spec.udp ? 8U : 20U + spec.options);
}

// The sum over the transport part and its pseudo header: 0xFFFF when the checksum inside is right.
inline std::uint32_t transportSum(base::ByteView packet, bool v6) {
    const base::ByteView transport = packet.subspan(v6 ? 40 : 20);
    const std::uint32_t pseudo = plainSum(v6 ? packet.subspan(8, 32) : packet.subspan(12, 8));
    const std::uint8_t protocol = v6 ? packet[6] : packet[9];
    return plainSum(transport, pseudo + protocol + static_cast<std::uint32_t>(transport.size()));
}

// A whole packet. partialChecksum: leave the sum of the pseudo header in the checksum field, as the kernel does when
// it asks for the rest to be done.
inline base::Bytes buildPacket(const PacketSpec& spec, bool partialChecksum = false) {
    const std::size_t ip = ipSize(spec);
    base::Bytes packet(headersOf(spec) + spec.payload);
    const std::uint8_t protocol = spec.udp ? 17 : 6;
    if (spec.v6) {
        packet[0] = 0x60;
        packet[1] = static_cast<std::uint8_t>(spec.ecn << 4U);
        put16(packet, 4, packet.size() - ip);
        packet[6] = protocol;
        packet[7] = spec.hopLimit;
        packet[8] = packet[24] = 0xFD;
        packet[23] = 1;
        packet[39] = 2;
    } else {
        packet[0] = 0x45;
        packet[1] = spec.ecn;
        put16(packet, 2, packet.size());
        put16(packet, 4, spec.identification);
        put16(packet, 6, spec.fragment);
        packet[8] = spec.hopLimit;
        packet[9] = protocol;
        put32(packet, 12, 0x0A090001);
        put32(packet, 16, 0x0A090002);
        put16(packet, 10, ~plainSum(base::ByteView(packet).first(20)));
    }
    put16(packet, ip, 4000U + spec.stream);
    put16(packet, ip + 2, 7777);
    const std::size_t checksum = ip + (spec.udp ? 6U : 16U);
    if (spec.udp) {
        put16(packet, ip + 4, packet.size() - ip);
    } else {
        put32(packet, ip + 4, spec.sequence);
        put32(packet, ip + 8, 0x12345678);
        packet[ip + 12] = static_cast<std::uint8_t>((20 + spec.options) / 4 << 4U);
        packet[ip + 13] = spec.flags;
        put16(packet, ip + 14, spec.window);
        for (std::size_t i = 0; i < spec.options; ++i) {
            packet[ip + 20 + i] = 1;
        }
    }
    for (std::size_t i = headersOf(spec); i < packet.size(); ++i) {
        packet[i] = static_cast<std::uint8_t>(spec.fill + i * 11);
    }
    if (partialChecksum) {
        const std::uint32_t pseudo =
            plainSum(spec.v6 ? base::ByteView(packet).subspan(8, 32) : base::ByteView(packet).subspan(12, 8)) +
            protocol + static_cast<std::uint32_t>(packet.size() - ip);
        put16(packet, checksum, (pseudo & 0xFFFFU) + (pseudo >> 16U));
    } else {
        const std::uint32_t sum = ~transportSum(packet, spec.v6) & 0xFFFFU;
        put16(packet, checksum, spec.udp && sum == 0 ? 0xFFFFU : sum);
    }
    return packet;
}

} // namespace tern::testing
