// Which packets an SA carries (RFC 4301 §4.4.1): its traffic selectors in a form that costs a few comparisons a packet.
// Immutable; shared by threads.
#pragma once

#include "core/base/traffic_selector.h"
#include "core/datapath/ip_packet.h"

#include <vector>

namespace tern::datapath {

// What of a packet selectors look at, seen from this end: `local` is the source of a packet that leaves.
struct Flow {
    struct Address {
        std::uint64_t high = 0;
        std::uint64_t low = 0;
        // NOLINTNEXTLINE(modernize-use-nullptr) clang-tidy 14 takes the 0 in the generated comparison for a pointer.
        friend auto operator<=>(const Address&, const Address&) = default;
    };
    Address local;
    Address remote;
    std::uint8_t protocol = 0;
    bool v6 = false;
    bool hasPorts = false; // later fragments and many protocols have none
    std::uint16_t localPort = 0;
    std::uint16_t remotePort = 0;
};

enum class Direction { In, Out };
[[nodiscard]] Flow flowOf(base::ByteView packet, const IpLayout& ip, Direction direction);

class SelectorSet {
public:
    // Both empty: everything.
    SelectorSet(const std::vector<base::TrafficSelector>& local, const std::vector<base::TrafficSelector>& remote);

    // A packet without ports is only carried by selectors of all ports.
    [[nodiscard]] bool covers(const Flow& flow) const;
    // A packet that arrived: covered, or an ICMP error about a packet of ours that is (RFC 4301 §6), since routers on
    // the way have addresses of their own.
    [[nodiscard]] bool admits(base::ByteView packet, const IpLayout& ip) const;

private:
    struct Range {
        Flow::Address first;
        Flow::Address last;
        std::uint8_t protocol;
        bool v6;
        bool allPorts;
        std::uint16_t firstPort;
        std::uint16_t lastPort;
        [[nodiscard]] bool holds(const Flow& flow, const Flow::Address& address, std::uint16_t port) const;
    };
    [[nodiscard]] static std::vector<Range> rangesOf(const std::vector<base::TrafficSelector>& selectors);

    std::vector<Range> m_local;
    std::vector<Range> m_remote;
};

} // namespace tern::datapath
