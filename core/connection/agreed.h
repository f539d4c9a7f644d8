// What is agreed with the server about the tunnel's traffic, and the plan for the host that follows from it: what IKE's
// configuration payload and CHILD_SAs say, what DHCP inside the tunnel adds, and how large packets may be.
#pragma once

#include "core/connection/tunnel_plan.h"
#include "core/crypto/sa_keys.h"
#include "core/dhcp/message.h"

#include <optional>

namespace tern::connection {

// What ESP adds to a packet, and UDP and IP around it.
class EspSizes {
public:
    // outerV6: the server is reached by IPv6. With keys no cipher takes, the most any suite adds: the tunnel will say
    // why.
    [[nodiscard]] static EspSizes of(const crypto::SaKeys& keys, bool outerV6);

    // The largest inner packet whose outer one has at most this many octets; 0 when there is none.
    [[nodiscard]] unsigned innerOf(unsigned outer) const;
    // The outer packet around an inner one.
    [[nodiscard]] unsigned outerOf(unsigned inner) const;
    // Outer IP and UDP header.
    [[nodiscard]] unsigned headers() const { return m_headers; }

private:
    unsigned m_headers = 28;
    unsigned m_fixed = 56; // ESP header, IV, ICV
    unsigned m_unit = 16;  // payload, padding and two octets fill a multiple of this
};

class Agreed {
public:
    // A new session: nothing of the former one holds.
    void reset() { *this = {}; }
    // A CHILD_SA is there. What it carries stays planned when it goes, so that its traffic never leaves beside the
    // tunnel.
    void carry(const std::vector<ike::TrafficSelector>& remote);
    // Learns what packets cost. pathMtu: what the system knows of the way to the server, 0 for nothing.
    void measure(const crypto::SaKeys& outbound, bool outerV6, bool stream, unsigned pathMtu);
    // Outer packets above this size do not arrive.
    void limitPath(unsigned outer) { m_path = outer; }

    [[nodiscard]] base::Result<TunnelPlan> plan(const profile::Profile& profile,
                                                const ike::ServerConfiguration& configuration,
                                                const base::IpAddress& server) const;
    [[nodiscard]] const EspSizes& sizes() const { return m_sizes; }
    [[nodiscard]] unsigned path() const { return m_path; }
    // Whether a packet from our address to this one fits a CHILD_SA.
    [[nodiscard]] bool carries(const base::IpAddress& address) const;

    std::optional<dhcp::Reply> dhcp;

private:
    [[nodiscard]] unsigned mtuFor(bool innerV6) const;

    std::vector<ike::TrafficSelector> m_remote; // sorted
    EspSizes m_sizes;
    unsigned m_path = 1500;
    bool m_stream = false;
};

// What DHCP said, as if IKE had. Kept out: default routes and those wider than a class A network, since a split tunnel
// stays one; the VPN server itself; what lies within the networks that the profile keeps outside.
[[nodiscard]] ike::ServerConfiguration withDhcp(ike::ServerConfiguration configuration, const dhcp::Reply& reply,
                                                const profile::Profile& profile, const base::IpAddress& server);

} // namespace tern::connection
