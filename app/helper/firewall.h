// The nftables table "inet tern". Its whole text is made anew for every change and loaded as one atomic batch, so it
// is always either the former or the new one. What its chains are for is said in firewall.cpp.
#pragma once

#include "app/helper/request.h"
#include "core/base/error.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

struct nft_ctx;

namespace tern::helper {

struct FirewallTunnel {
    std::string interface;
    std::vector<base::IpAddress> addresses;
    std::vector<base::IpAddress> dns;
    std::vector<base::IpPrefix> excluded; // sorted
    bool fullTunnel = false;              // no DNS outside the tunnel
    bool redirectDns = false;             // send everybody's DNS queries to `dns`
    bool blockV4 = false;
    bool blockV6 = false;
};

struct FirewallPlan {
    std::vector<SocketRequest> servers;   // where marked sockets may send; nowhere else
    std::optional<FirewallTunnel> tunnel; // once there is one
    bool sysctlChanged = false;           // remember in the table that src_valid_mark was 0
};

// The batch that replaces the table.
[[nodiscard]] std::string firewallText(const FirewallPlan& plan);

class Firewall {
public:
    Firewall();

    // Errors: tern.helper.firewall.
    [[nodiscard]] base::Result<void> load(const std::string& batch);
    [[nodiscard]] base::Result<void> remove();
    [[nodiscard]] bool isLoaded();
    // Whether the table there is remembers that src_valid_mark was 0.
    [[nodiscard]] bool remembersSysctl();

private:
    [[nodiscard]] bool hasChain(const char* name);

    struct Freer {
        void operator()(nft_ctx* context) const;
    };
    std::unique_ptr<nft_ctx, Freer> m_context;
};

} // namespace tern::helper
