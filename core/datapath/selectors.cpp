#include "core/datapath/selectors.h"

#include <algorithm>

namespace tern::datapath {

namespace {

constexpr std::uint8_t protocolIcmp = 1;
constexpr std::uint8_t protocolDccp = 33;
constexpr std::uint8_t protocolIcmpV6 = 58;
constexpr std::uint8_t protocolSctp = 132;
constexpr std::uint8_t protocolUdpLite = 136;

Flow::Address addressAt(base::ByteView packet, std::size_t at, bool v6) {
    if (!v6) {
        return {0, loadU32(packet, at)};
    }
    return {(std::uint64_t{loadU32(packet, at)} << 32U) | loadU32(packet, at + 4),
            (std::uint64_t{loadU32(packet, at + 8)} << 32U) | loadU32(packet, at + 12)};
}

Flow::Address addressOf(const base::IpAddress& address) {
    return addressAt(address.bytes(), 0, address.isV6());
}

// The protocol behind IPv6 extension headers and where its header starts (RFC 8200 §4); a later fragment has none.
struct Upper {
    std::uint8_t protocol = 0;
    std::size_t at = 0;
    bool first = true; // not a later fragment
};
Upper upperOf(base::ByteView packet, const IpLayout& ip) {
    Upper upper{ip.protocol, ip.headerSize, true};
    if (!ip.v6) {
        upper.first = (loadU16(packet, 6) & 0x1FFFU) == 0;
        return upper;
    }
    constexpr unsigned mostHeaders = 8;
    for (unsigned i = 0; i < mostHeaders && upper.at + 8 <= ip.totalSize; ++i) {
        const bool options = upper.protocol == 0 || upper.protocol == 43 || upper.protocol == 60;
        const bool fragment = upper.protocol == 44;
        if (!options && !fragment) {
            break;
        }
        if (fragment && (loadU16(packet, upper.at + 2) & 0xFFF8U) != 0) {
            upper.first = false;
        }
        upper.protocol = packet[upper.at];
        upper.at += fragment ? 8 : (packet[upper.at + 1] + std::size_t{1}) * 8;
    }
    return upper;
}

bool hasPorts(std::uint8_t protocol) {
    return protocol == protocolTcp || protocol == protocolUdp || protocol == protocolSctp || protocol == protocolDccp ||
           protocol == protocolUdpLite;
}

// Of the ICMP header: destination unreachable, too big, time exceeded, parameter problem.
bool isError(std::uint8_t protocol, std::uint8_t type) {
    return protocol == protocolIcmp ? type == 3 || type == 11 || type == 12 : protocol == protocolIcmpV6 && type < 128;
}

// The packet an error is about is cut off: its own length does not hold.
std::optional<IpLayout> parseQuoted(base::ByteView quoted) {
    IpLayout ip;
    if (quoted.size() >= 28 && quoted[0] >> 4U == 4) {
        ip.headerSize = (quoted[0] & 0x0FU) * 4U;
        ip.protocol = quoted[9];
        ip.fragment = (loadU16(quoted, 6) & 0x3FFFU) != 0;
    } else if (quoted.size() >= 48 && quoted[0] >> 4U == 6) {
        ip.v6 = true;
        ip.headerSize = 40;
        ip.protocol = quoted[6];
    } else {
        return std::nullopt;
    }
    ip.totalSize = quoted.size();
    return ip.headerSize >= 20 && ip.headerSize + 8 <= ip.totalSize ? std::optional(ip) : std::nullopt;
}

} // namespace

Flow flowOf(base::ByteView packet, const IpLayout& ip, Direction direction) {
    Flow flow;
    flow.v6 = ip.v6;
    flow.local = addressAt(packet, ip.v6 ? 8 : 12, ip.v6);
    flow.remote = addressAt(packet, ip.v6 ? 24 : 16, ip.v6);
    const auto upper = upperOf(packet, ip);
    flow.protocol = upper.protocol;
    if (upper.first && upper.at + 4 <= ip.totalSize) {
        if (hasPorts(upper.protocol)) {
            flow.hasPorts = true;
            flow.localPort = loadU16(packet, upper.at);
            flow.remotePort = loadU16(packet, upper.at + 2);
        } else if (upper.protocol == protocolIcmp || upper.protocol == protocolIcmpV6) {
            // Type and code stand where ports do (RFC 7296 §3.13.1).
            flow.hasPorts = true;
            flow.localPort = flow.remotePort = loadU16(packet, upper.at);
        }
    }
    if (direction == Direction::In) {
        std::swap(flow.local, flow.remote);
        std::swap(flow.localPort, flow.remotePort);
    }
    return flow;
}

SelectorSet::SelectorSet(const std::vector<base::TrafficSelector>& local,
                         const std::vector<base::TrafficSelector>& remote)
    : m_local(rangesOf(local))
    , m_remote(rangesOf(remote)) {}

std::vector<SelectorSet::Range> SelectorSet::rangesOf(const std::vector<base::TrafficSelector>& selectors) {
    std::vector<Range> ranges;
    ranges.reserve(selectors.size());
    for (const auto& selector : selectors) {
        ranges.push_back({addressOf(selector.first), addressOf(selector.last), selector.protocol, selector.first.isV6(),
                          selector.firstPort == 0 && selector.lastPort == 65535, selector.firstPort,
                          selector.lastPort});
    }
    return ranges;
}

bool SelectorSet::Range::holds(const Flow& flow, const Flow::Address& address, std::uint16_t port) const {
    return v6 == flow.v6 && first <= address && address <= last && (protocol == 0 || protocol == flow.protocol) &&
           (allPorts || (flow.hasPorts && firstPort <= port && port <= lastPort));
}

bool SelectorSet::covers(const Flow& flow) const {
    if (m_local.empty() && m_remote.empty()) {
        return true;
    }
    const auto local = [&flow](const Range& range) { return range.holds(flow, flow.local, flow.localPort); };
    const auto remote = [&flow](const Range& range) { return range.holds(flow, flow.remote, flow.remotePort); };
    return std::any_of(m_remote.begin(), m_remote.end(), remote) && std::any_of(m_local.begin(), m_local.end(), local);
}

bool SelectorSet::admits(base::ByteView packet, const IpLayout& ip) const {
    const auto flow = flowOf(packet, ip, Direction::In);
    if (covers(flow)) {
        return true;
    }
    const auto upper = upperOf(packet, ip);
    constexpr std::size_t icmpHeader = 8;
    if (!upper.first || upper.at + icmpHeader > ip.totalSize || !isError(upper.protocol, packet[upper.at])) {
        return false;
    }
    const auto quoted = packet.first(ip.totalSize).subspan(upper.at + icmpHeader);
    const auto about = parseQuoted(quoted);
    return about && covers(flowOf(quoted, *about, Direction::Out));
}

} // namespace tern::datapath
