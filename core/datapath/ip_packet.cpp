#include "core/datapath/ip_packet.h"

#include "core/datapath/checksum.h"

#include <algorithm>

namespace tern::datapath {

namespace {

constexpr std::size_t tcpHeaderSize = 20;
constexpr std::uint8_t tcpSyn = 0x02;
constexpr std::uint8_t optionEnd = 0;
constexpr std::uint8_t optionNop = 1;
constexpr std::uint8_t optionMss = 2;

std::optional<IpLayout> parseV4(base::ByteView packet) {
    IpLayout ip;
    ip.headerSize = (packet[0] & 0x0FU) * 4U;
    ip.totalSize = loadU16(packet, 2);
    ip.protocol = packet[9];
    ip.fragment = (loadU16(packet, 6) & 0x3FFFU) != 0; // more fragments, or an offset
    if (ip.headerSize < 20 || ip.totalSize < ip.headerSize || ip.totalSize > packet.size()) {
        return std::nullopt;
    }
    return ip;
}

std::optional<IpLayout> parseV6(base::ByteView packet) {
    IpLayout ip;
    ip.v6 = true;
    ip.headerSize = 40;
    if (packet.size() < ip.headerSize) {
        return std::nullopt;
    }
    ip.totalSize = ip.headerSize + loadU16(packet, 4);
    ip.protocol = packet[6];
    if (ip.totalSize > packet.size()) {
        return std::nullopt;
    }
    return ip;
}

void setEcn(base::MutableByteView packet, const IpLayout& ip, Ecn ecn) {
    const std::uint16_t before = loadU16(packet, 0);
    const auto value = static_cast<std::uint16_t>(ecn);
    if (ip.v6) {
        storeU16(packet, 0, static_cast<std::uint16_t>((before & ~0x30U) | (unsigned{value} << 4U)));
        return;
    }
    const auto after = static_cast<std::uint16_t>((before & ~0x03U) | value);
    storeU16(packet, 0, after);
    storeU16(packet, 10, adjustedChecksum(loadU16(packet, 10), before, after));
}

// Where the two octets of the MSS value are, seen from the start of the TCP header.
std::optional<std::size_t> findMss(base::ByteView tcp, std::size_t headerSize) {
    std::size_t at = tcpHeaderSize;
    while (at < headerSize && tcp[at] != optionEnd) {
        if (tcp[at] == optionNop) {
            ++at;
            continue;
        }
        if (at + 1 >= headerSize) {
            break;
        }
        const std::size_t length = tcp[at + 1];
        if (length < 2 || at + length > headerSize) {
            break;
        }
        if (tcp[at] == optionMss && length == 4) {
            return at + 2;
        }
        at += length;
    }
    return std::nullopt;
}

} // namespace

std::optional<IpLayout> parseIp(base::ByteView packet) {
    if (packet.size() < 20) {
        return std::nullopt;
    }
    switch (packet[0] >> 4U) {
    case 4:
        return parseV4(packet);
    case 6:
        return parseV6(packet);
    default:
        return std::nullopt;
    }
}

Ecn ecnOf(base::ByteView packet, const IpLayout& ip) {
    return static_cast<Ecn>(ip.v6 ? (packet[1] >> 4U) & 3U : packet[1] & 3U);
}

bool decapsulateEcn(base::MutableByteView packet, const IpLayout& ip, Ecn outer) {
    const Ecn inner = ecnOf(packet, ip);
    if (outer == Ecn::Experienced) {
        if (inner == Ecn::NotCapable) {
            return false;
        }
        if (inner != Ecn::Experienced) {
            setEcn(packet, ip, Ecn::Experienced);
        }
    } else if (outer == Ecn::Capable1 && inner == Ecn::Capable0) {
        setEcn(packet, ip, Ecn::Capable1);
    }
    return true;
}

void clampMss(base::MutableByteView packet, const IpLayout& ip, unsigned mtu, bool checksumComplete) {
    const base::MutableByteView tcp = packet.first(ip.totalSize).subspan(ip.headerSize);
    if (ip.protocol != protocolTcp || ip.fragment || tcp.size() < tcpHeaderSize || (tcp[13] & tcpSyn) == 0) {
        return;
    }
    const std::size_t headerSize = (tcp[12] >> 4U) * std::size_t{4};
    const std::size_t most = mtu - std::min<std::size_t>(mtu, (ip.v6 ? 40U : 20U) + tcpHeaderSize);
    if (headerSize > tcp.size()) {
        return;
    }
    const auto at = findMss(tcp, headerSize);
    if (!at || loadU16(tcp, *at) <= most) {
        return;
    }
    const std::uint16_t before = loadU16(tcp, *at);
    const auto after = static_cast<std::uint16_t>(most);
    storeU16(tcp, *at, after);
    if (!checksumComplete) {
        return;
    }
    // At an odd place the two octets lie in different words of the sum, where their shares are swapped.
    const auto swapped = [odd = *at % 2 != 0](std::uint16_t value) {
        return odd ? static_cast<std::uint16_t>((value << 8U) | (value >> 8U)) : value;
    };
    storeU16(tcp, 16, adjustedChecksum(loadU16(tcp, 16), swapped(before), swapped(after)));
}

} // namespace tern::datapath
