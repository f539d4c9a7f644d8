// What a state is told.
#pragma once

#include "core/connection/environment.h"
#include "core/connection/sstp_output.h"
#include "core/dhcp/message.h"

#include <variant>

namespace tern::connection {

struct StartRequested {};
struct DisconnectRequested {};
struct Resolved {
    base::Result<std::vector<base::IpAddress>> addresses;
    bool ofProxy = false; // of the proxy on SSTP's way, while the server is looked up for IKE
};
// Which proxy is on SSTP's way, if any.
struct ProxyFound {
    base::Result<std::optional<ProxyWay>> proxy;
};
struct SessionOpened {
    base::Result<std::unique_ptr<HostSession>> session;
};
struct SocketOpened {
    base::Result<base::UniqueFd> socket;
};
struct Configured {
    base::Result<ConfiguredTunnel> tunnel;
    std::uint64_t number = 0; // of the request, see Machine::configuring
};
struct SessionClosed {};
struct HostLost {
    base::Error error;
};
struct Answered {
    base::Result<std::optional<Credentials>> credentials;
};
// Who we are for the proxy.
struct ProxyAnswered {
    base::Result<std::optional<Credentials>> credentials;
};
struct IkeOutput {
    ike::Output output; // never a SendDatagram
    // Of the session over TCP that runs beside one over UDP, until either has an answer: true until it is chosen, which
    // may be while this waits.
    std::shared_ptr<const bool> rival;
    [[nodiscard]] bool isRival() const { return rival && *rival; }
};
// Of a session that is to take over from the one in use.
struct SuccessorOutput {
    ike::Output output; // never a SendDatagram
};
// Of SSTP, whole: TLS's certificates and the session's word.
struct SstpSaid {
    SstpOutput output;
};
// DHCP inside the tunnel has answered.
struct DhcpAnswered {
    dhcp::Reply reply;
};
struct SuccessorAlarm {};
// A TCP socket is there, not connected yet.
struct StreamOpened {
    base::Result<base::UniqueFd> socket;
    std::uint16_t port = 0;
};
// The same for SSTP beside IKE, whose own are StreamOpened.
struct SstpStreamOpened {
    base::Result<base::UniqueFd> socket;
};
// The tunnel's stream to the server has ended.
struct StreamLost {};
struct SuccessorChecked {
    std::optional<base::Error> refusal; // of its server's certificates
};
struct RevocationLookedUp {
    std::vector<RevocationAnswer> answers;
    bool sstp = false; // of SSTP's server, which may be asked beside IKE's
};
// A pause or a limit of the state has passed.
struct AlarmRang {};

struct NetworkChanged {};
struct WokenUp {};
// What was expected within a moment has not come.
struct GraceOver {};

using Event = std::variant<StartRequested, DisconnectRequested, Resolved, ProxyFound, SessionOpened, SocketOpened,
                           Configured, SessionClosed, HostLost, Answered, ProxyAnswered, IkeOutput, SstpSaid,
                           DhcpAnswered, RevocationLookedUp, SuccessorOutput, SuccessorChecked, SuccessorAlarm,
                           StreamOpened, SstpStreamOpened, StreamLost, AlarmRang, NetworkChanged, WokenUp, GraceOver>;

} // namespace tern::connection
