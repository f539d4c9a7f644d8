#include "tests/sim/ppp_router.h"

#include "core/base/byte_io.h"

#include <algorithm>

namespace tern::sim {

namespace {

base::IpAddress ip(const std::string& text) {
    return base::IpAddress::fromText(text).value_or(base::IpAddress());
}

base::Bytes dnsName(const std::string& name) {
    base::Bytes octets;
    for (std::size_t at = 0; at < name.size();) {
        const auto end = std::min(name.find('.', at), name.size());
        octets.push_back(static_cast<std::uint8_t>(end - at));
        base::append(octets, base::toBytes(name.substr(at, end - at)));
        at = end + 1;
    }
    octets.push_back(0);
    return octets;
}

// A neighbour discovery option, filled up to eight octets.
void ndOption(base::ByteWriter& writer, std::uint8_t type, base::Bytes value) {
    while ((value.size() + 2) % 8 != 0) {
        value.push_back(0);
    }
    writer.u8(type);
    writer.u8(static_cast<std::uint8_t>((value.size() + 2) / 8));
    writer.bytes(value);
}

void dhcpOption(base::ByteWriter& writer, std::uint16_t code, const base::Bytes& value) {
    writer.u16(code);
    writer.u16(static_cast<std::uint16_t>(value.size()));
    writer.bytes(value);
}

std::uint32_t sum16(base::ByteView octets) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < octets.size(); i += 2) {
        sum += static_cast<std::uint32_t>(octets[i]) * 256U + (i + 1 < octets.size() ? octets[i + 1] : 0U);
    }
    return sum;
}

} // namespace

PppRouter::PppRouter(PppRouterConfig from, const std::string& linkLocal)
    : config(std::move(from))
    , m_address(ip(linkLocal))
    , m_client(ip("ff02::1")) {}

base::Bytes PppRouter::wrap(std::uint8_t protocol, std::uint8_t hopLimit, base::Bytes payload, std::size_t checksumAt,
                            const std::string& to) const {
    const auto target = to.empty() ? m_client : ip(to);
    std::uint32_t sum = sum16(m_address.bytes()) + sum16(target.bytes()) + protocol +
                        static_cast<std::uint32_t>(payload.size()) + sum16(payload);
    while (sum >> 16U != 0) {
        sum = (sum & 0xFFFFU) + (sum >> 16U);
    }
    payload.at(checksumAt) = static_cast<std::uint8_t>(~sum >> 8U);
    payload.at(checksumAt + 1) = static_cast<std::uint8_t>(~sum);
    base::ByteWriter writer;
    writer.u32(0x60000000);
    writer.u16(static_cast<std::uint16_t>(payload.size()));
    writer.u8(protocol);
    writer.u8(hopLimit);
    writer.bytes(m_address.bytes());
    writer.bytes(target.bytes());
    writer.bytes(payload);
    return writer.take();
}

base::Bytes PppRouter::advertisement() const {
    base::ByteWriter writer;
    writer.u32(0x86000000);
    writer.u8(64);
    writer.u8(static_cast<std::uint8_t>((config.managed ? 0x80 : 0) | (config.other ? 0x40 : 0)));
    writer.u16(config.lifetime);
    writer.zeros(8);
    for (const auto& one : config.prefixes) {
        const auto prefix = base::IpPrefix::fromText(one.prefix).value_or(base::IpPrefix());
        base::ByteWriter value;
        value.u8(prefix.length);
        value.u8(one.flags);
        value.u32(one.valid);
        value.u32(one.preferred);
        value.u32(0);
        value.bytes(prefix.address.bytes());
        ndOption(writer, 3, value.take());
    }
    if (config.mtu != 0) {
        base::ByteWriter value;
        value.u16(0);
        value.u32(config.mtu);
        ndOption(writer, 5, value.take());
    }
    if (!config.route.empty()) {
        const auto prefix = base::IpPrefix::fromText(config.route).value_or(base::IpPrefix());
        base::ByteWriter value;
        value.u8(prefix.length);
        value.u8(0);
        value.u32(1800);
        value.bytes(prefix.address.bytes().first(8));
        ndOption(writer, 24, value.take());
    }
    if (!config.dns.empty()) {
        base::ByteWriter value;
        value.u16(0);
        value.u32(1800);
        value.bytes(ip(config.dns).bytes());
        ndOption(writer, 25, value.take());
    }
    if (!config.domain.empty()) {
        base::ByteWriter value;
        value.u16(0);
        value.u32(1800);
        value.bytes(dnsName(config.domain));
        ndOption(writer, 31, value.take());
    }
    return wrap(58, 255, writer.take(), 2, "ff02::1");
}

base::Bytes PppRouter::neighbourSolicitation(const std::string& target) const {
    base::ByteWriter writer;
    writer.u32(0x87000000);
    writer.u32(0);
    writer.bytes(ip(target).bytes());
    return wrap(58, 255, writer.take(), 2, target);
}

std::vector<base::Bytes> PppRouter::receive(base::ByteView packet) {
    base::ByteReader reader(packet);
    reader.skip(6);
    const auto protocol = reader.u8();
    reader.skip(1);
    const auto from = base::IpAddress::fromBytes(reader.take(16));
    reader.skip(16);
    const auto payload = reader.rest();
    if (reader.failed() || payload.size() < 8) {
        return {};
    }
    m_client = *from;
    if (protocol == 58 && payload[0] == 133) {
        ++solicitations;
        return config.answersSolicitations ? std::vector<base::Bytes>{advertisement()} : std::vector<base::Bytes>{};
    }
    if (protocol == 58 && payload[0] == 136 && payload.size() >= 24) {
        neighbourAnswers.push_back(base::IpAddress::fromBytes(payload.subspan(8, 16))->text());
    }
    if (protocol == 17 && config.dhcp && payload[2] == 0x02 && payload[3] == 0x23) { // port 547
        if (auto answer = answerDhcp(payload.subspan(8))) {
            base::ByteWriter udp;
            udp.u16(547);
            udp.u16(546);
            udp.u16(static_cast<std::uint16_t>(8 + answer->size()));
            udp.u16(0);
            udp.bytes(*answer);
            return {wrap(17, 64, udp.take(), 6, {})};
        }
    }
    return {};
}

std::optional<base::Bytes> PppRouter::answerDhcp(base::ByteView message) {
    base::ByteReader reader(message);
    const auto type = reader.u8();
    const auto transaction = reader.u24();
    dhcpTypes.push_back(type);
    base::Bytes client;
    base::Bytes association;
    bool asksRapid = false;
    while (!reader.failed() && !reader.atEnd()) {
        const auto code = reader.u16();
        const auto value = reader.take(reader.u16());
        if (code == 1) {
            client.assign(value.begin(), value.end());
        } else if (code == 3) {
            association.assign(value.begin(), value.end());
        } else if (code == 14) {
            asksRapid = true;
        }
    }
    const bool rapid = type == 1 && asksRapid && config.rapidCommit;
    base::ByteWriter writer;
    writer.u8(type == 1 && !rapid ? 2 : 7);
    writer.u24(transaction);
    dhcpOption(writer, 1, client);
    dhcpOption(writer, 2, {0, 3, 0, 1, 9, 9, 9, 9, 9, 9});
    if (rapid) {
        dhcpOption(writer, 14, {});
    }
    if (association.size() >= 12 && type != 8) {
        base::ByteWriter value;
        value.bytes(base::ByteView(association).first(4));
        value.u32(0);
        value.u32(0);
        const bool forgotten = type == 5 && std::exchange(config.forgets, false);
        if (config.noAddresses || forgotten) {
            dhcpOption(value, 13, {0, static_cast<std::uint8_t>(forgotten ? 3 : 2)});
        } else {
            base::ByteWriter entry;
            entry.bytes(ip(config.address).bytes());
            entry.u32(config.leasePreferred);
            entry.u32(config.leaseValid);
            dhcpOption(value, 5, entry.take());
        }
        dhcpOption(writer, 3, value.take());
    }
    if (!config.dhcpDns.empty()) {
        const auto octets = ip(config.dhcpDns);
        dhcpOption(writer, 23, {octets.bytes().begin(), octets.bytes().end()});
    }
    if (!config.dhcpDomain.empty()) {
        dhcpOption(writer, 24, dnsName(config.dhcpDomain));
    }
    return writer.take();
}

} // namespace tern::sim
