// The running tunnel: a TUN device on one side, ESP in UDP (RFC 3948) or in TCP (RFC 9329) on the other. Owns its
// descriptors and its threads (one out, one in). Built from what the helper handed over; everything but start() may be
// called from any thread.
#pragma once

#include "core/base/error.h"
#include "core/base/ip.h"
#include "core/base/traffic_selector.h"
#include "core/base/unique_fd.h"
#include "core/crypto/sa_keys.h"
#include "core/datapath/inner_packets.h"

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

// A CHILD_SA for the data path.
struct ChildKeys {
    crypto::SaPair keys;
    // What it carries; both empty: everything.
    std::vector<base::TrafficSelector> local;
    std::vector<base::TrafficSelector> remote;
    std::uint32_t replaces = 0; // inbound SPI of the child it follows, whose keys send no more; 0 for none
    bool sendNow = true;        // else when sendWith() says so, and until then with what there is
};

class EspTunnel : public InnerPackets {
public:
    // Fails with tern.datapath.tun or tern.datapath.socket when a descriptor is not what it should be.
    [[nodiscard]] static base::Result<std::unique_ptr<EspTunnel>> start(EspTunnelConfig config);
    // The destructor stops the threads and closes the descriptors.

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

protected:
    EspTunnel() = default;
};

} // namespace tern::datapath
