#include "core/ppp/neighbour_discovery.h"

#include "core/base/byte_io.h"

#include <algorithm>

namespace tern::ppp {

namespace {

enum Type : std::uint8_t { Solicitation = 133, Advertisement = 134, NeighbourAsked = 135, NeighbourAnswer = 136 };
enum OptionType : std::uint8_t {
    PrefixInformation = 3,
    Mtu = 5,
    RouteInformation = 24,
    DnsServers = 25,
    DnsSearch = 31
};

constexpr std::uint8_t wholeHopLimit = 255; // so it comes from the link itself
constexpr std::size_t checksumAt = 2;
constexpr std::size_t mostEntries = 32;
constexpr std::uint8_t longestPrefix = 128;

base::IpAddress address(const char* text) {
    return base::IpAddress::fromText(text).value_or(base::IpAddress());
}

bool isPlain(const base::IpAddress& prefix) {
    return !prefix.isMulticast() && !prefix.isLinkLocal() && !prefix.isLoopback();
}

// §4.6.2.
void readPrefix(base::ByteReader& option, RouterAdvertisement& advertisement) {
    constexpr std::uint8_t onLink = 0x80;
    constexpr std::uint8_t autonomous = 0x40;
    RouterAdvertisement::Prefix prefix;
    const auto length = option.u8();
    const auto flags = option.u8();
    prefix.valid = option.u32();
    prefix.preferred = option.u32();
    option.skip(4);
    const auto network = base::IpAddress::fromBytes(option.take(16));
    if (option.failed() || !network || length > longestPrefix || !isPlain(*network) ||
        prefix.preferred > prefix.valid) {
        return;
    }
    prefix.prefix = base::IpPrefix{*network, length}.masked();
    prefix.onLink = (flags & onLink) != 0;
    prefix.autonomous = (flags & autonomous) != 0;
    advertisement.prefixes.push_back(prefix);
}

// RFC 4191 §2.3: as many octets of the prefix as its sender liked. One that prefers others (reserved: 10) is ignored.
void readRoute(base::ByteReader& option, RouterAdvertisement& advertisement) {
    constexpr std::uint8_t preference = 0x18;
    constexpr std::uint8_t reserved = 0x10;
    const auto length = option.u8();
    const auto flags = option.u8();
    const auto lifetime = option.u32();
    base::Bytes octets(16, 0);
    const auto given = option.rest();
    if (option.failed() || length > longestPrefix || (flags & preference) == reserved || given.size() > octets.size() ||
        given.size() * 8 < length) {
        return;
    }
    std::copy(given.begin(), given.end(), octets.begin());
    const auto network = base::IpAddress::fromBytes(octets);
    if (network && isPlain(*network)) {
        advertisement.routes.push_back({base::IpPrefix{*network, length}.masked(), lifetime});
    }
}

void readDns(base::ByteReader& option, bool isServers, RouterAdvertisement& advertisement) {
    option.skip(2);
    RouterAdvertisement::Dns dns;
    dns.lifetime = option.u32();
    const auto value = option.rest();
    if (option.failed()) {
        return;
    }
    if (isServers) {
        dns.servers = readIpv6Addresses(value);
    } else {
        dns.names = readNames(value);
    }
    advertisement.dns.push_back(std::move(dns));
}

void readOption(std::uint8_t type, base::ByteView value, RouterAdvertisement& advertisement) {
    base::ByteReader option(value);
    if (type == PrefixInformation && advertisement.prefixes.size() < mostEntries) {
        readPrefix(option, advertisement);
    } else if (type == RouteInformation && advertisement.routes.size() < mostEntries) {
        readRoute(option, advertisement);
    } else if ((type == DnsServers || type == DnsSearch) && advertisement.dns.size() < mostEntries) {
        readDns(option, type == DnsServers, advertisement);
    } else if (type == Mtu) {
        option.skip(2);
        advertisement.mtu = option.u32();
    }
}

// Options of eight-octet units behind the fixed part; false when one is malformed (§6.1.2, §7.1.1).
template<typename Use>
bool readOptions(base::ByteReader& reader, Use use) {
    constexpr std::size_t unit = 8;
    while (!reader.atEnd()) {
        const auto type = reader.u8();
        const std::size_t length = reader.u8() * unit;
        const auto value = reader.take(length == 0 ? reader.remaining() + 1 : length - 2);
        if (reader.failed()) {
            return false;
        }
        use(type, value);
    }
    return true;
}

bool isMessage(const Ipv6Packet& packet, Type type) {
    return packet.protocol == protocolIcmpV6 && packet.hopLimit == wholeHopLimit && packet.payload.size() >= 4 &&
           packet.payload[0] == type && packet.payload[1] == 0;
}

} // namespace

base::Bytes buildRouterSolicitation(const base::IpAddress& from) {
    base::ByteWriter writer;
    writer.u8(Solicitation);
    writer.zeros(7);
    return buildIpv6({from, address("ff02::2"), protocolIcmpV6, wholeHopLimit, writer.view()}, checksumAt);
}

std::optional<RouterAdvertisement> parseRouterAdvertisement(const Ipv6Packet& packet) {
    constexpr std::uint8_t managed = 0x80;
    constexpr std::uint8_t other = 0x40;
    if (!isMessage(packet, Advertisement) || !packet.from.isLinkLocal()) {
        return std::nullopt;
    }
    base::ByteReader reader(packet.payload);
    reader.skip(5);
    RouterAdvertisement advertisement;
    advertisement.router = packet.from;
    const auto flags = reader.u8();
    advertisement.managed = (flags & managed) != 0;
    advertisement.other = (flags & other) != 0;
    advertisement.lifetime = std::chrono::seconds(reader.u16());
    reader.skip(8);
    const bool isWhole = !reader.failed() && readOptions(reader, [&](std::uint8_t type, base::ByteView value) {
        readOption(type, value, advertisement);
    });
    return isWhole ? std::optional(std::move(advertisement)) : std::nullopt;
}

std::optional<NeighbourSolicitation> parseNeighbourSolicitation(const Ipv6Packet& packet) {
    if (!isMessage(packet, NeighbourAsked)) {
        return std::nullopt;
    }
    base::ByteReader reader(packet.payload);
    reader.skip(8);
    const auto target = base::IpAddress::fromBytes(reader.take(16));
    const bool isWhole = !reader.failed() && readOptions(reader, [](std::uint8_t, base::ByteView) {});
    if (!isWhole || !target || target->isMulticast()) {
        return std::nullopt;
    }
    return NeighbourSolicitation{*target, packet.from};
}

base::Bytes buildNeighbourAdvertisement(const NeighbourSolicitation& asked) {
    constexpr std::uint32_t solicitedAndOverride = 0x60000000;
    base::ByteWriter writer;
    writer.u8(NeighbourAnswer);
    writer.zeros(3);
    writer.u32(solicitedAndOverride);
    writer.bytes(asked.target.bytes());
    return buildIpv6({asked.target, asked.from, protocolIcmpV6, wholeHopLimit, writer.view()}, checksumAt);
}

} // namespace tern::ppp
