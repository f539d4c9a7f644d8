// What every running tunnel can be asked for, whatever it is made of. Any thread may call.
#pragma once

#include "core/base/bytes.h"

#include <cstdint>

namespace tern::datapath {

struct TunnelStatistics {
    std::uint64_t receivedBytes = 0; // inner octets
    std::uint64_t sentBytes = 0;
    std::uint64_t receivedPackets = 0;
    std::uint64_t sentPackets = 0;
    std::uint64_t replayed = 0; // dropped by the replay window
    std::uint64_t authFailures = 0;
    std::uint64_t unknownSpi = 0;
    std::uint64_t outsideSelectors = 0; // opened, but not what the SA was made for
    std::uint64_t dropped = 0;          // either way: malformed, without an SA, or refused by the system
    std::uint64_t sequencesLeft = 0; // packets the outbound SA can still send; rekey long before 0. 0 before install()
    std::uint64_t lastReceived = 0;  // CLOCK_BOOTTIME nanoseconds of the last opened packet; 0 = none
};

class InnerPackets {
public:
    InnerPackets(const InnerPackets&) = delete;
    InnerPackets& operator=(const InnerPackets&) = delete;
    virtual ~InnerPackets() = default;

    // The TUN's MTU: no TCP segment is larger, from the next packet on.
    virtual void setMtu(unsigned mtu) = 0;
    // Sends one whole IP packet as if it had come from the TUN.
    virtual void inject(base::ByteView packet) = 0;
    // IPv4 UDP packets for this port do not go to the TUN but are queued, whole, for receiveDiverted() (bounded);
    // 0 ends it. divertedFd() is readable while there are some.
    virtual void divert(std::uint16_t port) = 0;
    [[nodiscard]] virtual int divertedFd() const = 0;
    [[nodiscard]] virtual base::Bytes receiveDiverted() = 0;
    [[nodiscard]] virtual TunnelStatistics statistics() const = 0;

protected:
    InnerPackets() = default;
};

} // namespace tern::datapath
