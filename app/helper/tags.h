// How the helper's own things in the kernel are told from everybody else's, also by a later instance of the helper.
// Nothing is kept on disk: what an earlier instance left behind is found by these values.
#pragma once

#include <cstdint>

namespace tern::helper {

// SO_MARK of the outer sockets, "tern" in ASCII. Nobody without CAP_NET_ADMIN can set or change a mark.
inline constexpr std::uint32_t outerMark = 0x7465726E;

// The routing table of the tunnel.
inline constexpr std::uint32_t tunnelTable = 7465;

// Priorities of the rules, in their order; all before main (32766).
inline constexpr std::uint32_t ruleMarkedMain = 7465;
inline constexpr std::uint32_t ruleMarkedDefault = 7466;
inline constexpr std::uint32_t ruleMarkedNowhere = 7467;
inline constexpr std::uint32_t ruleTunnel = 7468;

// The metric of last resort in the tunnel's table: with the TUN device gone, its routes are gone too, and this
// unreachable default answers instead of the physical network.
inline constexpr std::uint32_t fallbackMetric = 4278198272U;

// The kernel puts in the lowest free number. The alias is what leftovers are recognised by.
inline constexpr const char* linkNamePattern = "tern%d";
inline constexpr const char* linkAlias = "org.ternvpn.Helper1";

// The nftables table (family inet). An empty chain of the second name in it says that net.ipv4.conf.all.src_valid_mark
// was 0 before, and is to be set back.
inline constexpr const char* firewallTable = "tern";
inline constexpr const char* firewallSysctlChain = "src_valid_mark_was_0";

} // namespace tern::helper
