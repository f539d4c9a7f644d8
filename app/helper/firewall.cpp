#include "app/helper/firewall.h"

#include "app/helper/plan.h"
#include "app/helper/tags.h"

#include <nftables/libnftables.h>

namespace tern::helper {

namespace {

// What goes into every batch: adding before deleting makes deleting a table that is not there no error.
std::string removal() {
    return std::string("add table inet ") + firewallTable + "\ndelete table inet " + firewallTable + "\n";
}

std::string mark() {
    return std::to_string(outerMark);
}

template<typename List, typename Text>
std::string joined(const List& list, Text text) {
    std::string all;
    for (const auto& entry : list) {
        all += (all.empty() ? "" : ", ") + text(entry);
    }
    return all;
}

const char* destination(bool v6) {
    return v6 ? "ip6 daddr " : "ip daddr ";
}

std::vector<base::IpAddress> ofFamily(const std::vector<base::IpAddress>& addresses, bool v6) {
    std::vector<base::IpAddress> found;
    for (const auto& address : addresses) {
        if (address.isV6() == v6) {
            found.push_back(address);
        }
    }
    return found;
}

std::string chain(const std::string& name, const std::string& rules) {
    return " chain " + name + " {\n" + rules + " }\n";
}

// A reset ends a TCP connect at once; anything else gets the ICMP error.
std::string refuseChain() {
    return chain("refuse", "  meta l4proto tcp reject with tcp reset\n  reject with icmpx admin-prohibited\n");
}

std::string ports(const SocketRequest& server) {
    return "{ " + joined(server.ports, [](std::uint16_t port) { return std::to_string(port); }) + " }";
}

std::string protocol(const SocketRequest& server) {
    return server.transport == Transport::Udp ? "udp" : "tcp";
}

// Where marked packets may go. Whoever holds a marked socket cannot reach anything but the server with it.
std::string markedChain(const FirewallPlan& plan) {
    std::string rules;
    for (const auto& server : plan.servers) {
        rules += std::string("  ") + destination(server.server.isV6()) + server.server.text() + " " + protocol(server) +
                 " dport " + ports(server) + " accept\n";
    }
    return chain("marked", rules + "  goto refuse\n");
}

// Packets of a family that is to be blocked and that do not go into the tunnel. What keeps the network itself alive
// passes: neighbour discovery, link-local traffic (DHCPv6, routers), DHCP.
std::string blockedChain(const FirewallTunnel& tunnel, bool v6) {
    std::string rules = v6 ? "  ip6 daddr { fe80::/10, ff02::/16 } accept\n"
                             "  icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit, "
                             "nd-router-advert } accept\n"
                           : "  udp sport 68 udp dport 67 accept\n";
    std::vector<base::IpPrefix> passed;
    for (const auto& network : withoutCovered(tunnel.excluded)) {
        if (network.address.isV6() == v6) {
            passed.push_back(network);
        }
    }
    if (!passed.empty()) {
        rules += std::string("  ") + destination(v6) + "{ " +
                 joined(passed, [](const base::IpPrefix& network) { return network.text(); }) + " } accept\n";
    }
    return chain(v6 ? "blocked6" : "blocked4", rules + "  goto refuse\n");
}

// What goes neither into the tunnel nor to the server. DNS comes first, so that no exclusion lets it out; the VPN's
// own servers are exempt, because after a redirection the packet still names the interface it was routed to before.
std::string outsideChain(const FirewallTunnel& tunnel) {
    std::string rules;
    if (tunnel.fullTunnel) {
        for (const bool v6 : {false, true}) {
            if (const auto dns = ofFamily(tunnel.dns, v6); !dns.empty()) {
                rules += std::string("  ") + destination(v6) + "{ " +
                         joined(dns, [](const base::IpAddress& server) { return server.text(); }) +
                         " } meta l4proto { tcp, udp } th dport { 53, 853 } accept\n";
            }
        }
        rules += "  meta l4proto { tcp, udp } th dport { 53, 853 } goto refuse\n";
    }
    rules += tunnel.blockV4 ? "  meta nfproto ipv4 goto blocked4\n" : "";
    rules += tunnel.blockV6 ? "  meta nfproto ipv6 goto blocked6\n" : "";
    return chain("outside", rules);
}

std::string filterChains(const FirewallPlan& plan) {
    std::string output =
        "  type filter hook output priority filter; policy accept;\n  meta mark " + mark() + " goto marked\n";
    std::string text;
    if (plan.tunnel) {
        const std::string inside = "  oifname { \"lo\", \"" + plan.tunnel->interface + "\" } accept\n  goto outside\n";
        output += inside;
        text += (plan.tunnel->blockV4 ? blockedChain(*plan.tunnel, false) : std::string()) +
                (plan.tunnel->blockV6 ? blockedChain(*plan.tunnel, true) : std::string()) + outsideChain(*plan.tunnel) +
                chain("forward", "  type filter hook forward priority filter; policy accept;\n" + inside);
    }
    return text + chain("output", output);
}

// With reverse path filtering, what comes from the server is only taken as valid when an answer to it would go out
// where it came in, which needs the mark (and the sysctl src_valid_mark). The same goes for ICMP errors about it from
// routers on the way. This is done by addresses, not by a mark kept in the connection, so that the tunnel's packets
// need no connection tracking; and not by ports, which later fragments of a datagram do not show.
std::string pathChain(const FirewallPlan& plan) {
    std::string rules = "  type filter hook prerouting priority mangle; policy accept;\n";
    if (plan.tunnel) {
        rules += "  iifname \"" + plan.tunnel->interface + "\" return\n";
    }
    const std::string set = " meta mark set " + mark() + "\n";
    for (const auto& server : plan.servers) {
        rules += std::string(server.server.isV6() ? "  ip6 saddr " : "  ip saddr ") + server.server.text() + set;
    }
    rules += "  icmp type { destination-unreachable, time-exceeded, parameter-problem }" + set;
    rules += "  icmpv6 type { destination-unreachable, packet-too-big, time-exceeded, parameter-problem }" + set;
    return chain("reverse_path", rules);
}

// CVE-2019-14899: a neighbour must not find the tunnel's address by sending to it from outside the tunnel.
std::string spoofChain(const FirewallTunnel& tunnel) {
    std::string rules = "  type filter hook prerouting priority raw; policy accept;\n";
    for (const bool v6 : {false, true}) {
        if (const auto own = ofFamily(tunnel.addresses, v6); !own.empty()) {
            rules += "  iifname != \"" + tunnel.interface + "\" " + destination(v6) + "{ " +
                     joined(own, [](const base::IpAddress& address) { return address.text(); }) +
                     " } fib saddr type != local drop\n";
        }
    }
    return chain("spoof", rules);
}

// Without systemd-resolved, queries are turned towards the VPN's server on their way out: a non-root helper cannot
// write /etc/resolv.conf, and a file nobody touched needs no restoring, also not after a crash. Queries to a resolver
// on this host (loopback) are left alone; the ones it sends on are turned. The source address was chosen for the
// former destination, hence the masquerade.
std::string redirectChains(const FirewallTunnel& tunnel) {
    std::string out = "  type nat hook output priority -100; policy accept;\n  meta mark " + mark() +
                      " return\n  oifname \"lo\" return\n";
    for (const bool v6 : {false, true}) {
        const auto servers = ofFamily(tunnel.dns, v6);
        if (servers.empty()) {
            continue;
        }
        // A query that names one of the VPN's servers keeps it; the rest goes to the first.
        const std::string list = joined(servers, [](const base::IpAddress& server) { return server.text(); });
        for (const char* const transport : {"udp", "tcp"}) {
            out += std::string("  ").append(destination(v6)).append("!= { ").append(list).append(" } ");
            out += std::string(transport).append(" dport 53 dnat ").append(v6 ? "ip6" : "ip").append(" to ");
            out += servers.front().text().append("\n");
        }
    }
    return chain("redirect_dns", out) +
           chain("masquerade_dns", "  type nat hook postrouting priority srcnat; policy accept;\n  oifname \"" +
                                       tunnel.interface +
                                       "\" meta l4proto { tcp, udp } th dport 53 ct status dnat masquerade\n");
}

} // namespace

std::string firewallText(const FirewallPlan& plan) {
    std::string text = removal() + "table inet " + firewallTable + " {\n";
    if (plan.sysctlChanged) {
        text += chain(firewallSysctlChain, "");
    }
    text += refuseChain() + markedChain(plan) + filterChains(plan) + pathChain(plan);
    if (plan.tunnel) {
        text += spoofChain(*plan.tunnel);
        if (plan.tunnel->redirectDns) {
            text += redirectChains(*plan.tunnel);
        }
    }
    return text + "}\n";
}

void Firewall::Freer::operator()(nft_ctx* context) const {
    nft_ctx_free(context);
}

Firewall::Firewall()
    : m_context(nft_ctx_new(NFT_CTX_DEFAULT)) {
    if (m_context) {
        nft_ctx_buffer_output(m_context.get());
        nft_ctx_buffer_error(m_context.get());
    }
}

base::Result<void> Firewall::load(const std::string& batch) {
    if (!m_context) {
        return base::fail("tern.helper.firewall", {}, "libnftables did not start");
    }
    if (nft_run_cmd_from_buffer(m_context.get(), batch.c_str()) == 0) {
        return {};
    }
    const char* error = nft_ctx_get_error_buffer(m_context.get());
    return base::fail("tern.helper.firewall", {}, error != nullptr ? error : "nftables refused the rules");
}

base::Result<void> Firewall::remove() {
    return load(removal());
}

bool Firewall::hasChain(const char* name) {
    return load(std::string("list chain inet ") + firewallTable + " " + name).has_value();
}

bool Firewall::isLoaded() {
    return hasChain("output");
}

bool Firewall::remembersSysctl() {
    return hasChain(firewallSysctlChain);
}

} // namespace tern::helper
