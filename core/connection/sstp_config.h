// What a profile says about SSTP, as the session, PPP and TLS want it.
#pragma once

#include "core/connection/sstp_driver.h"
#include "core/dhcp/message.h"

namespace tern::connection {

class Machine;

// The call to the address at hand. Fails with tern.profile.bad-pin, tern.engine.roots-missing, tern.crypto.ca.* and
// tern.ppp.*, before anything is sent.
[[nodiscard]] base::Result<SstpDriver::Setup> sstpSetup(Machine& machine, std::unique_ptr<ByteStream> stream);

// Not where the profile asks for what only IKE has: a shared key, or secrecy from the computers to come.
[[nodiscard]] bool mayUseSstp(const profile::Profile& profile);
// What the server calls itself. server: into Profile::servers.
[[nodiscard]] std::string sstpHost(const profile::Profile& profile, std::size_t server);
[[nodiscard]] std::uint16_t sstpPort(const profile::Profile& profile);
// How the server may have us sign in; PAP only where the profile names it first.
[[nodiscard]] std::vector<ppp::Method> pppMethods(const profile::Authentication& authentication);
// What PPP handed out, as the plan for the host takes it from either protocol.
[[nodiscard]] ike::ServerConfiguration configurationOf(const ppp::Up& up);
// Of the plan: the profile's wishes, what PPP handed out, what DHCP added.
[[nodiscard]] base::Result<TunnelPlan> planSstp(const profile::Profile& profile, const ppp::Up& up,
                                                const std::optional<dhcp::Reply>& dhcp, const base::IpAddress& server);

} // namespace tern::connection
