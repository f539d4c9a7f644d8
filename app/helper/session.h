// One tunnel: its outer sockets, device, addresses, routes, rules, firewall and DNS, from OpenSession to the end.
// A change is applied as a whole or not at all; the destructor takes everything back.
#pragma once

#include "app/helper/dns.h"
#include "app/helper/firewall.h"
#include "app/helper/netlink.h"
#include "app/helper/plan.h"
#include "app/helper/transaction.h"
#include "app/helper/tun.h"

#include <QString>
#include <optional>

namespace tern::helper {

// Takes away all that carries our tags (tags.h). Goes on after an error, and logs it.
void removeAllOfOurs(Netlink& netlink, Firewall& firewall);

class Session {
public:
    // The bus name is the owner's unique one. The three outlive the session.
    Session(quint64 id, QString owner, Netlink& netlink, Firewall& firewall, Resolved& resolved);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();

    [[nodiscard]] quint64 id() const { return m_id; }
    [[nodiscard]] const QString& owner() const { return m_owner; }
    // "resolved", "redirect" or "none".
    [[nodiscard]] const char* dnsBackend() const;

    [[nodiscard]] base::Result<base::UniqueFd> openSocket(const SocketRequest& request);
    // The device stays ours; its name and a duplicate of its descriptor go to the owner.
    [[nodiscard]] base::Result<const Tun*> configure(const TunnelRequest& request);

    // Puts back what another program has taken away.
    void repairRouting();
    void repairFirewall();
    // Nobody has deleted the device or set it down.
    [[nodiscard]] bool linkIsUp() const { return !m_tun || isUp(*m_tun); }

    // resolved has come or gone: the DNS settings move to it, or to the firewall.
    void dnsServiceChanged();

private:
    // What the kernel holds for this session.
    struct State {
        std::optional<TunnelRequest> tunnel;
        Plan plan;
        std::string firewall; // the batch loaded last; empty = no table
        bool redirectDns = false;
        bool sysctlChanged = false;
    };
    using Step = base::Result<void> (Session::*)(Transaction&, State&);

    [[nodiscard]] base::Result<void> bringUpLink(Transaction& transaction, State& next);
    [[nodiscard]] base::Result<void> loadFirewall(Transaction& transaction, State& next);
    [[nodiscard]] base::Result<void> setSysctl(Transaction& transaction, State& next);
    [[nodiscard]] base::Result<void> setRouting(Transaction& transaction, State& next);
    [[nodiscard]] base::Result<void> setDns(Transaction& transaction, State& next);

    quint64 m_id;
    QString m_owner;
    Netlink& m_netlink;
    Firewall& m_firewall;
    Resolved& m_resolved;
    std::vector<SocketRequest> m_servers; // the most recently used first
    std::optional<Tun> m_tun;
    State m_state;
};

} // namespace tern::helper
