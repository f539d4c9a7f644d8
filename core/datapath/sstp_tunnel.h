// The running tunnel of SSTP: a TUN device on one side, PPP in SSTP in TLS on the other. Owns its descriptors, the TLS
// connection and its one thread, which alone touches that connection: TLS is one sequence of records each way, so a
// second thread would only wait for the first. Everything but start() may be called from any thread.
#pragma once

#include "core/base/error.h"
#include "core/base/unique_fd.h"
#include "core/crypto/tls_client.h"
#include "core/datapath/esp_tunnel.h"

#include <memory>
#include <optional>

namespace tern::datapath {

struct SstpTunnelConfig {
    base::UniqueFd tun;                     // IFF_TUN|IFF_NO_PI|IFF_VNET_HDR
    base::UniqueFd socket;                  // TCP, connected
    std::unique_ptr<crypto::TlsClient> tls; // established; what it has put out and not sent is sent first
    base::Bytes unread;                     // of the decrypted stream: what is no whole SSTP packet yet
    unsigned mtu = 1400;                    // 576 to 4,087: no TCP segment, and no packet, is to be larger
    bool ipv6 = true;                       // IPv6 packets may be sent: the server has agreed to IPV6CP
    Offloads offloads;
};

class SstpTunnel : public InnerPackets {
public:
    // Fails with tern.datapath.{tun,socket,internal} when a descriptor is not what it should be.
    [[nodiscard]] static base::Result<std::unique_ptr<SstpTunnel>> start(SstpTunnelConfig config);
    // The destructor stops the thread and closes the descriptors.

    virtual void setIpv6(bool ipv6) = 0;

    // SSTP packets that carry no IP packet, whole, for the session: poll controlFd() for reading, then
    // receiveControl() until it answers an empty view.
    [[nodiscard]] virtual int controlFd() const = 0;
    [[nodiscard]] virtual base::Bytes receiveControl() = 0;
    // Whole SSTP packets, to be sent in their turn.
    virtual void sendControl(base::ByteView octets) = 0;
    // Why the stream is over: tern.crypto.tls.*, tern.sstp.{cut,frame}; controlFd() becomes readable with it. Nothing
    // is sent or received any more then.
    [[nodiscard]] virtual std::optional<base::Error> failure() const = 0;

protected:
    SstpTunnel() = default;
};

} // namespace tern::datapath
