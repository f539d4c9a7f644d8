#include "app/helper/netlink.h"

#include "app/helper/tags.h"

#include <array>
#include <cstring>
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/errno.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>

namespace tern::helper {

namespace {

// RTPROT_KERNEL, because systemd-networkd removes rules and routes of other origins that it does not know
// (ManageForeignRoutingPolicyRules=, ManageForeignRoutes=) and leaves these alone.
constexpr std::uint8_t protocol = RTPROT_KERNEL;

std::uint8_t family(bool v6) {
    return v6 ? AF_INET6 : AF_INET;
}

void put(nl_msg* message, int type, base::ByteView bytes) {
    nla_put(message, type, static_cast<int>(bytes.size()), bytes.data());
}

std::uint8_t routeType(Route::Kind kind) {
    switch (kind) {
    case Route::Kind::Tunnel:
        break;
    case Route::Kind::Throw:
        return RTN_THROW;
    case Route::Kind::Unreachable:
        return RTN_UNREACHABLE;
    }
    return RTN_UNICAST;
}

// Attributes of a received message behind a header of type Header; ones that are too short are left out.
template<typename Header>
class Attributes {
public:
    explicit Attributes(nlmsghdr* header)
        : m_header(header) {}
    [[nodiscard]] std::uint32_t u32(int type) const {
        const auto* found = find(type);
        return found != nullptr && nla_len(found) >= 4 ? nla_get_u32(found) : 0;
    }
    [[nodiscard]] std::uint8_t u8(int type) const {
        const auto* found = find(type);
        return found != nullptr && nla_len(found) >= 1 ? nla_get_u8(found) : std::uint8_t{0};
    }
    [[nodiscard]] std::string text(int type) const {
        const auto* found = find(type);
        if (found == nullptr) {
            return {};
        }
        const auto* first = static_cast<const char*>(nla_data(found));
        return {first, strnlen(first, static_cast<std::size_t>(nla_len(found)))};
    }
    [[nodiscard]] std::optional<base::IpAddress> address(int type) const {
        const auto* found = find(type);
        if (found == nullptr) {
            return std::nullopt;
        }
        return base::IpAddress::fromBytes(
            {static_cast<const std::uint8_t*>(nla_data(found)), static_cast<std::size_t>(nla_len(found))});
    }

private:
    [[nodiscard]] const nlattr* find(int type) const { return nlmsg_find_attr(m_header, sizeof(Header), type); }
    nlmsghdr* m_header;
};

} // namespace

void Netlink::Closer::operator()(nl_sock* socket) const {
    nl_socket_free(socket);
}

void Netlink::Freer::operator()(nl_msg* message) const {
    nlmsg_free(message);
}

Netlink::Netlink(nl_sock* socket)
    : m_socket(socket) {}

base::Result<std::unique_ptr<Netlink>> Netlink::open() {
    nl_sock* const socket = nl_socket_alloc();
    if (socket == nullptr) {
        return base::fail("tern.helper.internal", {}, "no memory for a netlink socket");
    }
    // The constructor is private, so make_unique cannot be used.
    std::unique_ptr<Netlink> netlink(new Netlink(socket)); // NOLINT(cppcoreguidelines-owning-memory)
    if (const int error = nl_connect(socket, NETLINK_ROUTE); error < 0) {
        return base::fail("tern.helper.internal", {}, std::string("opening rtnetlink: ") + nl_geterror(error));
    }
    return netlink;
}

Netlink::Message Netlink::message(int type, int flags) {
    return Message(nlmsg_alloc_simple(type, flags));
}

base::Result<void> Netlink::send(Message message, const char* code, const std::string& what) {
    if (!message) {
        return base::fail("tern.helper.internal", {}, "no memory for a netlink message");
    }
    const auto type = nlmsg_hdr(message.get())->nlmsg_type;
    const bool removes = type == RTM_DELLINK || type == RTM_DELADDR || type == RTM_DELROUTE || type == RTM_DELRULE;
    const int error = nl_send_sync(m_socket.get(), message.release()); // frees the message
    if (error >= 0) {
        return {};
    }
    const bool gone = error == -NLE_OBJ_NOTFOUND || error == -NLE_NODEV || error == -NLE_NOADDR;
    if (removes && gone) {
        return {};
    }
    return base::fail(code, {}, what + ": " + nl_geterror(error));
}

base::Result<void> Netlink::prepareLink(unsigned index, unsigned mtu) {
    ifinfomsg header{};
    header.ifi_family = AF_UNSPEC;
    header.ifi_index = static_cast<int>(index);

    // A link-local address would send router solicitations and multicast reports into the tunnel. On a host without
    // IPv6 this is refused, and not needed.
    auto quiet = message(RTM_NEWLINK, 0);
    nlmsg_append(quiet.get(), &header, sizeof(header), NLMSG_ALIGNTO);
    auto* const specific = nla_nest_start(quiet.get(), IFLA_AF_SPEC);
    auto* const inet6 = nla_nest_start(quiet.get(), AF_INET6);
    nla_put_u8(quiet.get(), IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE);
    nla_nest_end(quiet.get(), inet6);
    nla_nest_end(quiet.get(), specific);
    static_cast<void>(send(std::move(quiet), "tern.helper.tun", "turning link-local addresses off"));

    auto change = message(RTM_NEWLINK, 0);
    header.ifi_flags = IFF_UP;
    header.ifi_change = IFF_UP;
    nlmsg_append(change.get(), &header, sizeof(header), NLMSG_ALIGNTO);
    nla_put_string(change.get(), IFLA_IFALIAS, linkAlias);
    nla_put_u32(change.get(), IFLA_MTU, mtu);
    return send(std::move(change), "tern.helper.tun", "bringing the link up");
}

base::Result<void> Netlink::setMtu(unsigned index, unsigned mtu) {
    auto change = message(RTM_NEWLINK, 0);
    ifinfomsg header{};
    header.ifi_family = AF_UNSPEC;
    header.ifi_index = static_cast<int>(index);
    nlmsg_append(change.get(), &header, sizeof(header), NLMSG_ALIGNTO);
    nla_put_u32(change.get(), IFLA_MTU, mtu);
    return send(std::move(change), "tern.helper.tun", "setting the MTU");
}

base::Result<void> Netlink::deleteLink(unsigned index) {
    auto change = message(RTM_DELLINK, 0);
    ifinfomsg header{};
    header.ifi_family = AF_UNSPEC;
    header.ifi_index = static_cast<int>(index);
    nlmsg_append(change.get(), &header, sizeof(header), NLMSG_ALIGNTO);
    return send(std::move(change), "tern.helper.tun", "deleting the link");
}

base::Result<void> Netlink::changeAddress(int type, int flags, unsigned index, const base::IpAddress& address) {
    auto change = message(type, flags);
    ifaddrmsg header{};
    header.ifa_family = family(address.isV6());
    header.ifa_prefixlen = static_cast<std::uint8_t>(address.bits());
    header.ifa_index = index;
    nlmsg_append(change.get(), &header, sizeof(header), NLMSG_ALIGNTO);
    put(change.get(), IFA_LOCAL, address.bytes());
    put(change.get(), IFA_ADDRESS, address.bytes());
    // Usable at once: there is nobody on a tunnel to detect a duplicate.
    nla_put_u32(change.get(), IFA_FLAGS, IFA_F_NOPREFIXROUTE | (address.isV6() ? IFA_F_NODAD : 0U));
    return send(std::move(change), "tern.helper.addresses", "address " + address.text());
}

base::Result<void> Netlink::addAddress(unsigned index, const base::IpAddress& address) {
    return changeAddress(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, index, address);
}

base::Result<void> Netlink::deleteAddress(unsigned index, const base::IpAddress& address) {
    return changeAddress(RTM_DELADDR, 0, index, address);
}

base::Result<void> Netlink::changeRoute(int type, int flags, unsigned index, const Route& route) {
    auto change = message(type, flags);
    const bool onLink = route.kind == Route::Kind::Tunnel;
    rtmsg header{};
    header.rtm_family = family(route.destination.address.isV6());
    header.rtm_dst_len = route.destination.length;
    header.rtm_table = RT_TABLE_UNSPEC;
    header.rtm_protocol = protocol;
    header.rtm_scope = onLink && !route.destination.address.isV6() ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
    header.rtm_type = routeType(route.kind);
    nlmsg_append(change.get(), &header, sizeof(header), NLMSG_ALIGNTO);
    nla_put_u32(change.get(), RTA_TABLE, tunnelTable);
    if (route.destination.length > 0) {
        put(change.get(), RTA_DST, route.destination.address.bytes());
    }
    if (route.metric != 0) {
        nla_put_u32(change.get(), RTA_PRIORITY, route.metric);
    }
    if (onLink) {
        nla_put_u32(change.get(), RTA_OIF, index);
    }
    return send(std::move(change), "tern.helper.routes", text(route));
}

base::Result<void> Netlink::addRoute(unsigned index, const Route& route) {
    return changeRoute(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, index, route);
}

base::Result<void> Netlink::putRoute(unsigned index, const Route& route) {
    return changeRoute(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, index, route);
}

base::Result<void> Netlink::deleteRoute(unsigned index, const Route& route) {
    return changeRoute(RTM_DELROUTE, 0, index, route);
}

base::Result<void> Netlink::changeRule(int type, int flags, const Rule& rule) {
    auto change = message(type, flags);
    fib_rule_hdr header{};
    header.family = family(rule.v6);
    header.action = rule.table != 0 ? FR_ACT_TO_TBL : FR_ACT_UNREACHABLE;
    nlmsg_append(change.get(), &header, sizeof(header), NLMSG_ALIGNTO);
    nla_put_u32(change.get(), FRA_PRIORITY, rule.priority);
    nla_put_u8(change.get(), FRA_PROTOCOL, protocol);
    if (rule.table != 0) {
        nla_put_u32(change.get(), FRA_TABLE, rule.table);
    }
    if (rule.marked) {
        nla_put_u32(change.get(), FRA_FWMARK, outerMark);
    }
    return send(std::move(change), "tern.helper.rules", text(rule));
}

base::Result<void> Netlink::addRule(const Rule& rule) {
    return changeRule(RTM_NEWRULE, NLM_F_CREATE | NLM_F_EXCL, rule);
}

base::Result<void> Netlink::deleteRule(const Rule& rule) {
    return changeRule(RTM_DELRULE, 0, rule);
}

template<typename Header, typename Handler>
base::Result<void> Netlink::dump(int type, Header header, Handler handler) {
    const auto request = message(type, NLM_F_DUMP);
    nlmsg_append(request.get(), &header, sizeof(header), NLMSG_ALIGNTO);
    const auto onMessage = [](nl_msg* answer, void* context) -> int {
        auto* const found = nlmsg_hdr(answer);
        if (nlmsg_valid_hdr(found, sizeof(Header)) != 0) {
            (*static_cast<Handler*>(context))(*static_cast<const Header*>(nlmsg_data(found)),
                                              Attributes<Header>(found));
        }
        return NL_OK;
    };
    nl_socket_modify_cb(m_socket.get(), NL_CB_VALID, NL_CB_CUSTOM, onMessage, &handler);
    int error = nl_send_auto(m_socket.get(), request.get());
    if (error >= 0) {
        error = nl_recvmsgs_default(m_socket.get());
    }
    nl_socket_modify_cb(m_socket.get(), NL_CB_VALID, NL_CB_DEFAULT, nullptr, nullptr);
    if (error < 0) {
        return base::fail("tern.helper.internal", {}, std::string("reading the routing state: ") + nl_geterror(error));
    }
    return {};
}

base::Result<std::vector<unsigned>> Netlink::ourLinks() {
    std::vector<unsigned> links;
    auto done =
        dump(RTM_GETLINK, ifinfomsg{}, [&links](const ifinfomsg& link, const Attributes<ifinfomsg>& attributes) {
            if (attributes.text(IFLA_IFALIAS) == linkAlias) {
                links.push_back(static_cast<unsigned>(link.ifi_index));
            }
        });
    if (!done) {
        return base::fail(done.error());
    }
    return links;
}

base::Result<std::vector<Rule>> Netlink::ourRules() {
    std::vector<Rule> rules;
    const auto take = [&rules](const fib_rule_hdr& rule, const Attributes<fib_rule_hdr>& attributes) {
        const bool marked = attributes.u32(FRA_FWMARK) == outerMark;
        const std::uint32_t table = rule.action == FR_ACT_TO_TBL ? attributes.u32(FRA_TABLE) : 0;
        if (attributes.u8(FRA_PROTOCOL) == protocol && (marked || table == tunnelTable)) {
            rules.push_back({rule.family == AF_INET6, attributes.u32(FRA_PRIORITY), marked, table});
        }
    };
    for (const bool v6 : {false, true}) {
        fib_rule_hdr header{};
        header.family = family(v6);
        if (auto done = dump(RTM_GETRULE, header, take); !done) {
            return base::fail(done.error());
        }
    }
    return rules;
}

base::Result<void> Netlink::flushTable() {
    struct Found {
        rtmsg header;
        std::optional<base::IpAddress> destination;
        std::uint32_t metric;
        std::uint32_t link;
    };
    std::vector<Found> routes;
    const auto take = [&routes](const rtmsg& route, const Attributes<rtmsg>& attributes) {
        if (attributes.u32(RTA_TABLE) == tunnelTable) {
            routes.push_back(
                {route, attributes.address(RTA_DST), attributes.u32(RTA_PRIORITY), attributes.u32(RTA_OIF)});
        }
    };
    for (const bool v6 : {false, true}) {
        rtmsg header{};
        header.rtm_family = family(v6);
        if (auto done = dump(RTM_GETROUTE, header, take); !done) {
            return base::fail(done.error());
        }
    }
    for (const auto& route : routes) {
        const auto none = base::IpPrefix::fromText(route.header.rtm_family == AF_INET6 ? "::" : "0.0.0.0")->address;
        const auto kind = route.header.rtm_type == RTN_UNICAST ? Route::Kind::Tunnel
                          : route.header.rtm_type == RTN_THROW ? Route::Kind::Throw
                                                               : Route::Kind::Unreachable;
        const Route ours{{route.destination.value_or(none), route.header.rtm_dst_len}, kind, route.metric};
        if (auto done = deleteRoute(route.link, ours); !done) {
            return done;
        }
    }
    return {};
}

bool Netlink::isRemote(const base::IpAddress& address) {
    const auto request = message(RTM_GETROUTE, 0);
    rtmsg header{};
    header.rtm_family = family(address.isV6());
    header.rtm_dst_len = static_cast<std::uint8_t>(address.bits());
    nlmsg_append(request.get(), &header, sizeof(header), NLMSG_ALIGNTO);
    put(request.get(), RTA_DST, address.bytes());
    std::uint8_t type = RTN_UNSPEC;
    const auto onMessage = [](nl_msg* answer, void* context) -> int {
        const auto* const found = nlmsg_hdr(answer);
        if (nlmsg_valid_hdr(found, sizeof(rtmsg)) != 0) {
            *static_cast<std::uint8_t*>(context) = static_cast<const rtmsg*>(nlmsg_data(found))->rtm_type;
        }
        return NL_OK;
    };
    nl_socket_modify_cb(m_socket.get(), NL_CB_VALID, NL_CB_CUSTOM, onMessage, &type);
    if (nl_send_auto(m_socket.get(), request.get()) >= 0) {
        // The answer, then the acknowledgement; an error ("unreachable") leaves the type unspecified.
        if (nl_recvmsgs_default(m_socket.get()) >= 0) {
            nl_wait_for_ack(m_socket.get());
        }
    }
    nl_socket_modify_cb(m_socket.get(), NL_CB_VALID, NL_CB_DEFAULT, nullptr, nullptr);
    return type == RTN_UNICAST || type == RTN_UNSPEC || type == RTN_UNREACHABLE;
}

} // namespace tern::helper
