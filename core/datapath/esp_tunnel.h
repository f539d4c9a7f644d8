// The running tunnel: a TUN device on one side, ESP in UDP (RFC 3948) or in TCP (RFC 9329) on the other. Owns its
// descriptors and its threads (one out, one in). Built from what the helper handed over; everything but start() may be
// called from any thread.
#pragma once

#include "core/base/error.h"
#include "core/base/ip.h"
#include "core/base/traffic_selector.h"
#include "core/base/unique_fd.h"
#include "core/crypto/sa_keys.h"

#include <memory>
#include <vector>

namespace tern::datapath {

// Which short cuts to use. What this computer lacks is done without, so there is no need to ask first.
struct Offloads {
    bool tunTcp = true;     // bursts of TCP cross the TUN in one piece
    bool tunUdp = true;     // bursts of UDP too (Linux 6.2)
    bool udpSegment = true; // many datagrams in one send (Linux 4.18)
    bool udpGather = true;  // many datagrams in one receive (Linux 5.0)
    bool ipsecMb = true;    // AES-GCM by Intel's library, where it is installed and the processor suits
};

// Where the server is reached.
struct OuterSocket {
    base::UniqueFd socket; // a UDP socket, not connected, or a connected TCP socket on which "IKETCP" is out
    base::Endpoint peer;
    bool stream = false;
    // Of a stream: what came behind the last whole frame, and what is left to send of a frame that was begun.
    base::Bytes received;
    base::Bytes unsent;
};

struct EspTunnelConfig {
    base::UniqueFd tun; // IFF_TUN|IFF_NO_PI|IFF_VNET_HDR
    OuterSocket outer;
    unsigned mtu = 0; // of the TUN, octets, 576 to 64,000: no TCP segment is to be larger. 0: ask the device
    Offloads offloads;
};

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

// A CHILD_SA for the data path.
struct ChildKeys {
    crypto::SaPair keys;
    // What it carries; both empty: everything.
    std::vector<base::TrafficSelector> local;
    std::vector<base::TrafficSelector> remote;
    std::uint32_t replaces = 0; // inbound SPI of the child it follows, whose keys send no more; 0 for none
    bool sendNow = true;        // else when sendWith() says so, and until then with what there is
};

class EspTunnel {
public:
    // Fails with tern.datapath.tun or tern.datapath.socket when a descriptor is not what it should be.
    [[nodiscard]] static base::Result<std::unique_ptr<EspTunnel>> start(EspTunnelConfig config);
    EspTunnel(const EspTunnel&) = delete;
    EspTunnel& operator=(const EspTunnel&) = delete;
    virtual ~EspTunnel() = default; // stops the threads and closes the descriptors

    // Sends with keys.outbound from the next packet on what its selectors cover; the child installed last goes first.
    // Opens keys.inbound beside the earlier ones. Fails with tern.datapath.cipher, and nothing has changed then.
    [[nodiscard]] virtual base::Result<void> install(ChildKeys child) = 0;
    // A child installed with sendNow false sends from the next packet on. Any other: nothing changes.
    virtual void sendWith(std::uint32_t inboundSpi) = 0;
    // The child is over: both its directions.
    virtual void removeInbound(std::uint32_t spi) = 0;

    // From now on packets go by this socket; the former one is closed. Fails with tern.datapath.socket, and nothing
    // has changed then.
    [[nodiscard]] virtual base::Result<void> moveTo(OuterSocket outer) = 0;
    // A stream has ended, or the server sent what is none: moveTo() another. controlFd() becomes readable with it.
    [[nodiscard]] virtual bool isStreamLost() const = 0;
    // As EspTunnelConfig::mtu, from the next packet on.
    virtual void setMtu(unsigned mtu) = 0;

    // Sends one whole IP packet as if it had come from the TUN.
    virtual void inject(base::ByteView packet) = 0;
    // IPv4 UDP packets for this port do not go to the TUN but are queued, whole, for receiveDiverted() (bounded);
    // 0 ends it. divertedFd() is readable while there are some.
    virtual void divert(std::uint16_t port) = 0;
    [[nodiscard]] virtual int divertedFd() const = 0;
    [[nodiscard]] virtual base::Bytes receiveDiverted() = 0;

    // IKE on the same socket: poll controlFd() for reading, then receiveControl() until it answers an empty view.
    // Datagrams come without the non-ESP marker; only those from the peer's address.
    [[nodiscard]] virtual int controlFd() const = 0;
    [[nodiscard]] virtual base::Bytes receiveControl() = 0;
    // datagram: with the non-ESP marker already in front.
    virtual void sendControl(base::ByteView datagram) = 0;
    // As sendControl(), and not to be fragmented on the way, so that it arrives only where it fits.
    virtual void sendProbe(base::ByteView datagram) = 0;
    // One octet 0xFF (RFC 3948 §2.3).
    virtual void sendKeepAlive() = 0;

    [[nodiscard]] virtual TunnelStatistics statistics() const = 0;

protected:
    EspTunnel() = default;
};

} // namespace tern::datapath
