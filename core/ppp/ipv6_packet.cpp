#include "core/ppp/ipv6_packet.h"

#include "core/base/byte_io.h"

#include <algorithm>

namespace tern::ppp {

namespace {

constexpr std::size_t headerSize6 = 40;
constexpr std::size_t addressSize = 16;
constexpr std::size_t udpHeader = 8;

std::uint64_t sumOf(base::ByteView octets) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < octets.size(); ++i) {
        sum += i % 2 == 0 ? std::uint64_t{octets[i]} << 8U : octets[i];
    }
    return sum;
}

// RFC 8200 §8.1; over a payload with a right checksum it gives zero.
std::uint16_t checksum(const Ipv6Packet& packet) {
    std::uint64_t sum = sumOf(packet.from.bytes()) + sumOf(packet.to.bytes()) + packet.payload.size() +
                        packet.protocol + sumOf(packet.payload);
    while (sum > 0xFFFF) {
        sum = (sum & 0xFFFFU) + (sum >> 16U);
    }
    return static_cast<std::uint16_t>(~sum);
}

std::optional<std::string> readName(base::ByteReader& reader) {
    constexpr std::size_t longestLabel = 63;
    constexpr std::size_t longestName = 253;
    std::string name;
    while (const std::size_t length = reader.u8()) {
        const auto label = reader.take(length);
        if (reader.failed() || length > longestLabel || name.size() + length + 1 > longestName) {
            return std::nullopt;
        }
        name += name.empty() ? "" : ".";
        for (const auto octet : label) {
            const char c = static_cast<char>(octet >= 'A' && octet <= 'Z' ? octet - 'A' + 'a' : octet);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_') {
                return std::nullopt;
            }
            name += c;
        }
    }
    return reader.failed() ? std::nullopt : std::optional(name);
}

} // namespace

std::optional<Ipv6Packet> parseIpv6(base::ByteView octets) {
    constexpr std::uint32_t version = 6;
    base::ByteReader reader(octets);
    const auto first = reader.u32();
    const std::size_t length = reader.u16();
    Ipv6Packet packet;
    packet.protocol = reader.u8();
    packet.hopLimit = reader.u8();
    const auto from = base::IpAddress::fromBytes(reader.take(addressSize));
    const auto to = base::IpAddress::fromBytes(reader.take(addressSize));
    packet.payload = reader.take(length);
    if (reader.failed() || first >> 28U != version ||
        (packet.protocol != protocolUdp && packet.protocol != protocolIcmpV6)) {
        return std::nullopt;
    }
    packet.from = *from;
    packet.to = *to;
    return checksum(packet) == 0 ? std::optional(packet) : std::nullopt;
}

base::Bytes buildIpv6(const Ipv6Packet& packet, std::size_t checksumAt) {
    base::ByteWriter writer;
    writer.u32(0x60000000);
    writer.u16(static_cast<std::uint16_t>(packet.payload.size()));
    writer.u8(packet.protocol);
    writer.u8(packet.hopLimit);
    writer.bytes(packet.from.bytes());
    writer.bytes(packet.to.bytes());
    writer.bytes(packet.payload);
    const auto sum = checksum(packet);
    writer.patchU16(headerSize6 + checksumAt, packet.protocol == protocolUdp && sum == 0 ? std::uint16_t{0xFFFF} : sum);
    return writer.take();
}

base::Bytes buildUdp(const base::IpAddress& from, std::uint16_t fromPort, const base::IpAddress& to,
                     std::uint16_t toPort, base::ByteView payload) {
    base::ByteWriter writer;
    writer.u16(fromPort);
    writer.u16(toPort);
    writer.u16(static_cast<std::uint16_t>(udpHeader + payload.size()));
    writer.u16(0);
    writer.bytes(payload);
    constexpr std::uint8_t hops = 64;
    constexpr std::size_t checksumAt = 6;
    return buildIpv6({from, to, protocolUdp, hops, writer.view()}, checksumAt);
}

base::ByteView udpPayload(const Ipv6Packet& packet, std::uint16_t fromPort, std::uint16_t toPort) {
    base::ByteReader reader(packet.payload);
    const auto source = reader.u16();
    const auto target = reader.u16();
    const std::size_t length = reader.u16();
    reader.skip(2);
    if (reader.failed() || packet.protocol != protocolUdp || source != fromPort || target != toPort ||
        length < udpHeader) {
        return {};
    }
    return reader.take(length - udpHeader);
}

base::IpAddress addressFrom(const base::IpAddress& prefix, base::ByteView interfaceId) {
    constexpr std::size_t half = 8;
    base::Bytes octets(addressSize, 0);
    const auto upper = prefix.bytes();
    std::copy_n(upper.begin(), std::min(half, upper.size()), octets.begin());
    std::copy_n(interfaceId.begin(), std::min(half, interfaceId.size()), octets.begin() + half);
    return base::IpAddress::fromBytes(octets).value_or(base::IpAddress());
}

base::IpAddress linkLocalFrom(base::ByteView interfaceId) {
    return addressFrom(base::IpAddress::fromText("fe80::").value_or(base::IpAddress()), interfaceId);
}

std::vector<std::string> readNames(base::ByteView octets) {
    constexpr std::size_t most = 64;
    std::vector<std::string> names;
    base::ByteReader reader(octets);
    while (!reader.atEnd() && names.size() < most) {
        auto name = readName(reader);
        if (!name) {
            return {};
        }
        if (!name->empty() && std::find(names.begin(), names.end(), *name) == names.end()) {
            names.push_back(std::move(*name));
        }
    }
    return names;
}

std::vector<base::IpAddress> readIpv6Addresses(base::ByteView octets) {
    constexpr std::size_t most = 16;
    std::vector<base::IpAddress> addresses;
    for (; octets.size() >= addressSize && addresses.size() < most; octets = octets.subspan(addressSize)) {
        const auto address = base::IpAddress::fromBytes(octets.first(addressSize));
        if (address && !address->isUnspecified() && !address->isMulticast() && !address->isLoopback()) {
            addresses.push_back(*address);
        }
    }
    return addresses;
}

} // namespace tern::ppp
