#include "core/ike/selectors.h"

#include "core/ike/payloads.h"

#include <algorithm>

namespace tern::ike {

namespace {

TrafficSelector whole(std::size_t octets) {
    const base::Bytes lowest(octets, 0);
    const base::Bytes highest(octets, 0xFF);
    TrafficSelector selector;
    selector.first = base::IpAddress::fromBytes(lowest).value_or(base::IpAddress());
    selector.last = base::IpAddress::fromBytes(highest).value_or(base::IpAddress());
    return selector;
}

base::IpAddress neighbour(const base::IpAddress& address, bool up) {
    base::Bytes octets(address.bytes().begin(), address.bytes().end());
    for (auto octet = octets.rbegin(); octet != octets.rend(); ++octet) {
        *octet = static_cast<std::uint8_t>(up ? *octet + 1 : *octet - 1);
        if (*octet != (up ? 0 : 0xFF)) {
            break; // nothing is carried on
        }
    }
    return base::IpAddress::fromBytes(octets).value_or(address);
}

bool isOfAllTraffic(const TrafficSelector& selector) {
    return selector.protocol == 0 && selector.firstPort == 0 && selector.lastPort == 65535;
}

// What is left of one range: nothing, one or two.
Selectors without(const TrafficSelector& range, const TrafficSelector& hole) {
    if (range.first.isV6() != hole.first.isV6() || !isOfAllTraffic(hole) || hole.last < range.first ||
        range.last < hole.first) {
        return {range};
    }
    Selectors left;
    if (range.first < hole.first) {
        left.push_back(range);
        left.back().last = neighbour(hole.first, false);
    }
    if (hole.last < range.last) {
        left.push_back(range);
        left.back().first = neighbour(hole.last, true);
    }
    return left;
}

} // namespace

TrafficSelector selectorOf(const base::IpPrefix& prefix) {
    const auto network = prefix.masked();
    base::Bytes last(network.address.bytes().begin(), network.address.bytes().end());
    for (unsigned bit = prefix.length; bit < network.address.bits(); ++bit) {
        last[bit / 8] = static_cast<std::uint8_t>(last[bit / 8] | (0x80U >> (bit % 8)));
    }
    TrafficSelector selector;
    selector.first = network.address;
    selector.last = base::IpAddress::fromBytes(last).value_or(network.address);
    return selector;
}

Selectors subtract(const Selectors& from, const Selectors& what) {
    Selectors left = from;
    for (const auto& hole : what) {
        Selectors next;
        for (const auto& range : left) {
            for (const auto& piece : without(range, hole)) {
                if (next.size() < maximumSelectors) {
                    next.push_back(piece);
                }
            }
        }
        left = std::move(next);
    }
    return left;
}

Selectors everything(bool ipv4, bool ipv6) {
    Selectors selectors;
    if (ipv4) {
        selectors.push_back(whole(4));
    }
    if (ipv6) {
        selectors.push_back(whole(16));
    }
    return selectors;
}

std::optional<TrafficSelector> intersect(const TrafficSelector& a, const TrafficSelector& b) {
    if (a.first.isV6() != b.first.isV6() || (a.protocol != 0 && b.protocol != 0 && a.protocol != b.protocol)) {
        return std::nullopt;
    }
    TrafficSelector common;
    common.protocol = a.protocol != 0 ? a.protocol : b.protocol;
    common.first = std::max(a.first, b.first);
    common.last = std::min(a.last, b.last);
    common.firstPort = std::max(a.firstPort, b.firstPort);
    common.lastPort = std::min(a.lastPort, b.lastPort);
    if (common.first > common.last || common.firstPort > common.lastPort) {
        return std::nullopt;
    }
    return common;
}

Selectors narrow(const Selectors& proposed, const Selectors& allowed) {
    Selectors result;
    for (const auto& a : proposed) {
        for (const auto& b : allowed) {
            const auto common = intersect(a, b);
            if (common && result.size() < maximumSelectors &&
                std::find(result.begin(), result.end(), *common) == result.end()) {
                result.push_back(*common);
            }
        }
    }
    return result;
}

} // namespace tern::ike
