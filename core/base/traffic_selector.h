// A range of addresses, ports and protocols (RFC 7296 §3.13.1): what a CHILD_SA carries, agreed by IKE and kept to by
// the data path.
#pragma once

#include "core/base/ip.h"

namespace tern::base {

struct TrafficSelector {
    IpAddress first;
    IpAddress last;
    std::uint8_t protocol = 0; // 0: any
    std::uint16_t firstPort = 0;
    std::uint16_t lastPort = 65535;
    friend bool operator==(const TrafficSelector&, const TrafficSelector&) = default;
};

} // namespace tern::base
