// Asks by DHCP inside a running tunnel for what its own protocol does not hand out: routes, domains (DHCPINFORM).
#pragma once

#include "core/connection/environment.h"
#include "core/dhcp/inform.h"

#include <functional>

namespace tern::connection {

class DhcpQuestion {
public:
    // Asks at once. own: our address in the tunnel. done: at most once, when there is an answer; the question may be
    // destroyed from inside. All borrowed ones outlive it.
    DhcpQuestion(Environment& environment, datapath::InnerPackets& packets, const base::IpAddress& own,
                 const std::vector<base::IpAddress>& servers, bool toEverybody, std::function<void(dhcp::Reply)> done);
    DhcpQuestion(const DhcpQuestion&) = delete;
    DhcpQuestion& operator=(const DhcpQuestion&) = delete;
    ~DhcpQuestion();

private:
    void send();
    void read();

    Environment& m_environment;
    datapath::InnerPackets& m_packets;
    dhcp::Inform m_inform;
    std::function<void(dhcp::Reply)> m_done;
    bool m_diverting = false;
    PendingPtr m_timer;
    PendingPtr m_watch;
};

} // namespace tern::connection
