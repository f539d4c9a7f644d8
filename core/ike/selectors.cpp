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

} // namespace

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
