#include "app/helper/monitor.h"

#include "app/helper/tags.h"

#include <QDebug>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/errno.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>

namespace tern::helper {

namespace {

constexpr int pauseMs = 100;

bool isOurRoute(nlmsghdr* header) {
    const auto* const table = nlmsg_find_attr(header, sizeof(rtmsg), RTA_TABLE);
    return table != nullptr && nla_len(table) >= 4 && nla_get_u32(table) == tunnelTable;
}

} // namespace

void Monitor::Closer::operator()(nl_sock* socket) const {
    nl_socket_free(socket);
}

Monitor::Monitor() {
    for (auto* const pause : {&m_routingPause, &m_firewallPause}) {
        pause->setSingleShot(true);
        pause->setInterval(pauseMs);
    }
    connect(&m_routingPause, &QTimer::timeout, this, &Monitor::routingLost);
    connect(&m_firewallPause, &QTimer::timeout, this, &Monitor::firewallLost);
    listen(m_routing, NETLINK_ROUTE,
           {RTNLGRP_LINK, RTNLGRP_IPV4_RULE, RTNLGRP_IPV6_RULE, RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE});
    listen(m_firewall, NETLINK_NETFILTER, {NFNLGRP_NFTABLES});
}

Monitor::~Monitor() = default;

void Monitor::listen(Ear& ear, int protocol, std::initializer_list<int> groups) {
    ear.socket.reset(nl_socket_alloc());
    auto* const socket = ear.socket.get();
    if (socket == nullptr) {
        return;
    }
    nl_socket_disable_seq_check(socket);
    int error = nl_connect(socket, protocol);
    for (const int group : groups) {
        error = error < 0 ? error : nl_socket_add_memberships(socket, group, 0);
    }
    error = error < 0 ? error : nl_socket_set_nonblocking(socket);
    if (error < 0) {
        qWarning("changes by other programs will not be noticed: %s", nl_geterror(error));
        return;
    }
    struct Context {
        Monitor* monitor;
        int protocol;
    };
    ear.notifier = std::make_unique<QSocketNotifier>(nl_socket_get_fd(socket), QSocketNotifier::Read);
    connect(ear.notifier.get(), &QSocketNotifier::activated, this, [this, socket, protocol] {
        Context context{this, protocol};
        const auto onMessage = [](nl_msg* message, void* data) -> int {
            const auto* const found = static_cast<const Context*>(data);
            found->monitor->take(found->protocol, message);
            return NL_OK;
        };
        nl_socket_modify_cb(socket, NL_CB_VALID, NL_CB_CUSTOM, onMessage, &context);
        const int received = nl_recvmsgs_default(socket);
        nl_socket_modify_cb(socket, NL_CB_VALID, NL_CB_DEFAULT, nullptr, nullptr);
        if (received < 0 && received != -NLE_AGAIN) {
            // More was said than could be heard (ENOBUFS): look everywhere.
            m_links = true;
            m_routingPause.start();
            m_firewallPause.start();
        }
        if (std::exchange(m_links, false)) {
            Q_EMIT linksChanged();
        }
    });
}

void Monitor::take(int protocol, nl_msg* message) {
    auto* const header = nlmsg_hdr(message);
    if (protocol == NETLINK_NETFILTER) {
        constexpr int deletedTable = (NFNL_SUBSYS_NFTABLES << 8) | NFT_MSG_DELTABLE;
        if (header->nlmsg_type == deletedTable && !m_firewallPause.isActive()) {
            m_firewallPause.start();
        }
        return;
    }
    switch (header->nlmsg_type) {
    case RTM_NEWLINK:
    case RTM_DELLINK:
        m_links = true;
        break;
    case RTM_DELROUTE:
        if (!isOurRoute(header)) {
            break;
        }
        [[fallthrough]];
    case RTM_DELRULE:
        if (!m_routingPause.isActive()) {
            m_routingPause.start();
        }
        break;
    default:
        break;
    }
}

} // namespace tern::helper
