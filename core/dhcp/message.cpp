#include "core/dhcp/message.h"

#include "core/base/byte_io.h"

#include <algorithm>
#include <array>
#include <map>

namespace tern::dhcp {

namespace {

constexpr std::size_t mostRoutes = 1024;
constexpr std::size_t mostServers = 16;
constexpr std::size_t mostDomains = 64;
constexpr std::size_t longestName = 253;
constexpr std::size_t leastMessage = 300;
constexpr std::size_t hardwareAndNames = 16 + 64 + 128; // chaddr, sname, file
constexpr std::uint32_t cookie = 0x63825363;
constexpr std::size_t ipHeader = 20;
constexpr std::size_t udpHeader = 8;
constexpr std::uint8_t udpProtocol = 17;

enum Option : std::uint8_t {
    Pad = 0,
    DnsServers = 6,
    DomainName = 15,
    NbnsServers = 44,
    Overload = 52,
    MessageType = 53,
    ParameterList = 55,
    ClientId = 61,
    SearchList = 119,
    Routes = 121,
    MicrosoftRoutes = 249,
    End = 255,
};
constexpr std::uint8_t bootRequest = 1;
constexpr std::uint8_t bootReply = 2;
constexpr std::uint8_t inform = 8;
constexpr std::uint8_t ack = 5;

using Options = std::map<std::uint8_t, base::Bytes>;

// Several of one kind are pieces of one (RFC 3396). False when a length points outside.
bool readOptions(base::ByteView octets, Options& options) {
    base::ByteReader reader(octets);
    while (!reader.failed() && !reader.atEnd()) {
        const auto code = reader.u8();
        if (code == Pad) {
            continue;
        }
        if (code == End) {
            return true;
        }
        const auto value = reader.take(reader.u8());
        if (!reader.failed()) {
            base::append(options[code], value);
        }
    }
    return !reader.failed();
}

base::ByteView valueOf(const Options& options, std::uint8_t code) {
    const auto found = options.find(code);
    return found == options.end() ? base::ByteView() : base::ByteView(found->second);
}

// RFC 3442: the prefix length, as many octets of the network as it needs, and the router.
std::vector<base::IpPrefix> readRoutes(base::ByteView octets) {
    std::vector<base::IpPrefix> routes;
    base::ByteReader reader(octets);
    while (!reader.failed() && !reader.atEnd() && routes.size() < mostRoutes) {
        const auto length = reader.u8();
        if (length > 32) {
            return {};
        }
        const auto given = reader.take((length + 7U) / 8U);
        reader.skip(4);
        base::Bytes network(4, 0);
        std::copy(given.begin(), given.end(), network.begin());
        const auto address = base::IpAddress::fromBytes(network);
        if (reader.failed() || !address) {
            return {};
        }
        routes.push_back(base::IpPrefix{*address, length}.masked());
    }
    return routes;
}

std::vector<base::IpAddress> readAddresses(base::ByteView octets) {
    std::vector<base::IpAddress> addresses;
    if (octets.size() % 4 != 0) {
        return {};
    }
    for (; !octets.empty() && addresses.size() < mostServers; octets = octets.subspan(4)) {
        if (const auto address = base::IpAddress::fromBytes(octets.first(4))) {
            addresses.push_back(*address);
        }
    }
    return addresses;
}

char lower(std::uint8_t octet) {
    return static_cast<char>(octet >= 'A' && octet <= 'Z' ? octet - 'A' + 'a' : octet);
}

bool isNameOctet(std::uint8_t octet) {
    const char c = lower(octet);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

void addName(std::vector<std::string>& names, std::string name) {
    if (!name.empty() && name.size() <= longestName && names.size() < mostDomains &&
        std::find(names.begin(), names.end(), name) == names.end()) {
        names.push_back(std::move(name));
    }
}

// RFC 2132 §3.17: one name as text; some servers end it with a zero octet.
void readDomain(base::ByteView octets, std::vector<std::string>& names) {
    std::string name;
    for (const auto octet : octets) {
        if (octet == 0) {
            break;
        }
        if (octet != '.' && !isNameOctet(octet)) {
            return;
        }
        name.push_back(lower(octet));
    }
    while (name.ends_with('.')) {
        name.pop_back();
    }
    if (!name.starts_with('.') && name.find("..") == std::string::npos) {
        addName(names, std::move(name));
    }
}

// RFC 3397: names as DNS writes them, with pointers into the option. A pointer has to point back, so it ends.
std::optional<std::string> readName(base::ByteView octets, std::size_t& at) {
    std::string name;
    std::size_t place = at;
    std::size_t limit = at; // pointers lead before this
    bool jumped = false;
    while (place < octets.size()) {
        const std::size_t length = octets[place];
        if (length == 0) {
            at = jumped ? at : place + 1;
            return name;
        }
        if (length >= 0xC0) {
            if (place + 1 >= octets.size()) {
                return std::nullopt;
            }
            const std::size_t target = ((length & 0x3FU) << 8U) | octets[place + 1];
            if (target >= limit) {
                return std::nullopt;
            }
            at = jumped ? at : place + 2;
            jumped = true;
            limit = place = target;
            continue;
        }
        if (length > 63 || place + 1 + length > octets.size() || name.size() + length + 1 > longestName + 1) {
            return std::nullopt;
        }
        if (!name.empty()) {
            name.push_back('.');
        }
        for (const auto octet : octets.subspan(place + 1, length)) {
            if (!isNameOctet(octet)) {
                return std::nullopt;
            }
            name.push_back(lower(octet));
        }
        place += 1 + length;
    }
    return std::nullopt;
}

void readSearchList(base::ByteView octets, std::vector<std::string>& names) {
    for (std::size_t at = 0; at < octets.size();) {
        auto name = readName(octets, at);
        if (!name) {
            return;
        }
        addName(names, std::move(*name));
    }
}

// The sum of RFC 1071, complemented.
std::uint16_t checksum(std::initializer_list<base::ByteView> pieces) {
    std::uint32_t sum = 0;
    for (const auto piece : pieces) {
        for (std::size_t i = 0; i < piece.size(); ++i) {
            sum += i % 2 == 0 ? std::uint32_t{piece[i]} << 8U : piece[i];
        }
    }
    while (sum > 0xFFFF) {
        sum = (sum & 0xFFFFU) + (sum >> 16U);
    }
    return static_cast<std::uint16_t>(~sum);
}

base::Bytes pseudoHeader(base::ByteView from, base::ByteView to, std::size_t length) {
    base::ByteWriter writer;
    writer.bytes(from);
    writer.bytes(to);
    writer.u16(udpProtocol);
    writer.u16(static_cast<std::uint16_t>(length));
    return writer.take();
}

} // namespace

base::Bytes encodeInform(std::uint32_t transaction, const base::IpAddress& client) {
    base::ByteWriter writer;
    writer.u8(bootRequest);
    writer.u8(8); // a hardware address that is none, as Windows sends it over PPP
    writer.u8(6);
    writer.u8(0);
    writer.u32(transaction);
    writer.u32(0); // seconds and flags
    writer.bytes(client.bytes());
    writer.zeros(12); // yiaddr, siaddr, giaddr
    // Servers tell clients apart by this; the address is as unique as there is need for.
    writer.bytes(client.bytes());
    writer.zeros(hardwareAndNames - 4);
    writer.u32(cookie);
    constexpr std::array<std::uint8_t, 6> wanted{DnsServers, DomainName, NbnsServers,
                                                 SearchList, Routes,     MicrosoftRoutes};
    writer.u8(MessageType);
    writer.u8(1);
    writer.u8(inform);
    writer.u8(ClientId);
    writer.u8(7);
    writer.u8(8);
    writer.bytes(client.bytes());
    writer.u16(0);
    writer.u8(ParameterList);
    writer.u8(wanted.size());
    writer.bytes(wanted);
    writer.u8(End);
    writer.zeros(writer.size() < leastMessage ? leastMessage - writer.size() : 0);
    return writer.take();
}

std::optional<Reply> parseAck(base::ByteView message, std::uint32_t transaction, const base::IpAddress& client) {
    base::ByteReader reader(message);
    const auto operation = reader.u8();
    reader.skip(3);
    const auto identifier = reader.u32();
    reader.skip(4);
    const auto address = base::IpAddress::fromBytes(reader.take(4));
    reader.skip(12 + 16);
    const auto serverName = reader.take(64);
    const auto file = reader.take(128);
    const auto magic = reader.u32();
    const auto rest = reader.rest();
    // Some servers leave ciaddr out of the answer.
    const bool ours = address && (*address == client || address->isUnspecified());
    if (reader.failed() || operation != bootReply || identifier != transaction || magic != cookie || !ours) {
        return std::nullopt;
    }
    Options options;
    if (!readOptions(rest, options)) {
        return std::nullopt;
    }
    // RFC 2132 §9.3: 1, more options in `file`; 2, in `sname`; 3, in both.
    const auto overload = valueOf(options, Overload);
    const unsigned more = overload.size() == 1 ? overload.front() : 0U;
    if (((more & 1U) != 0 && !readOptions(file, options)) || ((more & 2U) != 0 && !readOptions(serverName, options))) {
        return std::nullopt;
    }
    const auto type = valueOf(options, MessageType);
    if (type.size() != 1 || type.front() != ack) {
        return std::nullopt;
    }
    Reply reply;
    const auto standard = valueOf(options, Routes);
    reply.routes = readRoutes(standard.empty() ? valueOf(options, MicrosoftRoutes) : standard);
    reply.dns = readAddresses(valueOf(options, DnsServers));
    reply.nbns = readAddresses(valueOf(options, NbnsServers));
    readDomain(valueOf(options, DomainName), reply.domains);
    readSearchList(valueOf(options, SearchList), reply.domains);
    return reply;
}

base::Bytes wrapUdp(const base::IpAddress& from, std::uint16_t fromPort, const base::IpAddress& to,
                    std::uint16_t toPort, base::ByteView payload) {
    const auto length = static_cast<std::uint16_t>(udpHeader + payload.size());
    base::ByteWriter ip;
    ip.u16(0x4500);
    ip.u16(static_cast<std::uint16_t>(ipHeader + length));
    ip.u32(0); // identification, no fragment
    ip.u8(64);
    ip.u8(udpProtocol);
    ip.u16(0);
    ip.bytes(from.bytes());
    ip.bytes(to.bytes());
    ip.patchU16(10, checksum({ip.view()}));
    base::ByteWriter udp;
    udp.u16(fromPort);
    udp.u16(toPort);
    udp.u16(length);
    udp.u16(0);
    udp.bytes(payload);
    const auto sum = checksum({pseudoHeader(from.bytes(), to.bytes(), length), udp.view()});
    udp.patchU16(6, sum == 0 ? std::uint16_t{0xFFFF} : sum);
    auto packet = ip.take();
    base::append(packet, udp.view());
    return packet;
}

base::ByteView unwrapUdp(base::ByteView packet, std::uint16_t fromPort, std::uint16_t toPort) {
    if (packet.size() < ipHeader || packet[0] >> 4U != 4) {
        return {};
    }
    const std::size_t header = (packet[0] & 0x0FU) * std::size_t{4};
    base::ByteReader ip(packet);
    ip.skip(2);
    const std::size_t total = ip.u16();
    ip.skip(2);
    const auto fragment = ip.u16() & 0x3FFFU;
    ip.skip(1);
    const auto protocol = ip.u8();
    if (header < ipHeader || total < header + udpHeader || total > packet.size() || fragment != 0 ||
        protocol != udpProtocol) {
        return {};
    }
    const auto datagram = packet.first(total).subspan(header);
    base::ByteReader udp(datagram);
    const auto source = udp.u16();
    const auto target = udp.u16();
    const std::size_t length = udp.u16();
    const auto sum = udp.u16();
    if (source != fromPort || target != toPort || length < udpHeader || length > datagram.size()) {
        return {};
    }
    if (sum != 0 &&
        checksum({pseudoHeader(packet.subspan(12, 4), packet.subspan(16, 4), length), datagram.first(length)}) != 0) {
        return {};
    }
    return datagram.first(length).subspan(udpHeader);
}

} // namespace tern::dhcp
