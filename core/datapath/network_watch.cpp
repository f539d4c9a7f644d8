#include "core/datapath/network_watch.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <span>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace tern::datapath {

namespace {

constexpr std::size_t answerSize = 8192;
using Answer = std::array<char, answerSize>;

base::UniqueFd openNetlink(std::uint32_t groups) {
    base::UniqueFd socket(
        ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | (groups != 0 ? SOCK_NONBLOCK : 0), NETLINK_ROUTE));
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = groups;
    if (!socket || ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        return {};
    }
    // The kernel answers at once; should it ever not, nobody waits for long.
    const timeval patience{1, 0};
    static_cast<void>(::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience));
    return socket;
}

struct Request {
    nlmsghdr header{};
    rtmsg route{};
    std::array<char, 64> attributes{};

    void add(std::uint16_t type, base::ByteView value) {
        rtattr attribute{};
        attribute.rta_type = type;
        attribute.rta_len = static_cast<unsigned short>(RTA_LENGTH(value.size()));
        char* const at = attributes.data() + m_used;
        std::memcpy(at, &attribute, sizeof attribute);
        std::memcpy(at + RTA_LENGTH(0), value.data(), value.size());
        m_used += RTA_ALIGN(attribute.rta_len);
        header.nlmsg_len = static_cast<std::uint32_t>(NLMSG_LENGTH(sizeof route) + m_used);
    }

private:
    std::size_t m_used = 0;
};

bool isRunning(unsigned interface) {
    const base::UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request{};
    if (!socket || ::if_indextoname(interface, request.ifr_name) == nullptr ||
        ::ioctl(socket.get(), SIOCGIFFLAGS, &request) != 0) {
        return false;
    }
    return (request.ifr_flags & IFF_UP) != 0 && (request.ifr_flags & IFF_RUNNING) != 0;
}

std::optional<OuterRoute> readRoute(std::span<const char> message) {
    nlmsghdr header{};
    rtmsg route{};
    if (message.size() < NLMSG_LENGTH(sizeof route)) {
        return std::nullopt;
    }
    std::memcpy(&header, message.data(), sizeof header);
    std::memcpy(&route, message.data() + NLMSG_LENGTH(0), sizeof route);
    if (header.nlmsg_type != RTM_NEWROUTE || header.nlmsg_len > message.size() || route.rtm_type != RTN_UNICAST) {
        return std::nullopt; // NLMSG_ERROR, or unreachable, or ourselves
    }
    OuterRoute found;
    bool haveSource = false;
    auto rest = message.subspan(NLMSG_LENGTH(sizeof route), header.nlmsg_len - NLMSG_LENGTH(sizeof route));
    while (rest.size() >= sizeof(rtattr)) {
        rtattr attribute{};
        std::memcpy(&attribute, rest.data(), sizeof attribute);
        if (attribute.rta_len < RTA_LENGTH(0) || attribute.rta_len > rest.size()) {
            break;
        }
        const auto value = rest.subspan(RTA_LENGTH(0), attribute.rta_len - RTA_LENGTH(0));
        const auto address = base::IpAddress::fromBytes(
            base::ByteView(reinterpret_cast<const std::uint8_t*>(value.data()), value.size()));
        if (attribute.rta_type == RTA_PREFSRC && address) {
            found.source = *address;
            haveSource = true;
        } else if (attribute.rta_type == RTA_GATEWAY) {
            found.gateway = address;
        } else if (attribute.rta_type == RTA_OIF && value.size() == sizeof found.interface) {
            std::memcpy(&found.interface, value.data(), sizeof found.interface);
        }
        rest = rest.subspan(std::min<std::size_t>(RTA_ALIGN(attribute.rta_len), rest.size()));
    }
    return haveSource ? std::optional(found) : std::nullopt;
}

} // namespace

NetworkWatch::NetworkWatch()
    : m_events(openNetlink(RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE |
                           RTMGRP_IPV6_ROUTE | RTMGRP_IPV4_RULE))
    , m_queries(openNetlink(0)) {}

void NetworkWatch::drain() const {
    Answer ignored{};
    // What exactly is of no interest: afterwards the kernel is asked. An overrun (ENOBUFS) says the same.
    while (::recv(m_events.get(), ignored.data(), ignored.size(), MSG_DONTWAIT) > 0 || errno == ENOBUFS) {
    }
}

std::optional<OuterRoute> NetworkWatch::routeTo(const base::IpAddress& server, std::uint32_t mark) const {
    Request request;
    request.header.nlmsg_type = RTM_GETROUTE;
    request.header.nlmsg_flags = NLM_F_REQUEST;
    request.route.rtm_family = server.isV6() ? AF_INET6 : AF_INET;
    request.route.rtm_dst_len = static_cast<unsigned char>(server.bits());
    request.add(RTA_DST, server.bytes());
    std::array<std::uint8_t, sizeof mark> octets{};
    std::memcpy(octets.data(), &mark, sizeof mark);
    request.add(RTA_MARK, octets);
    if (!m_queries || ::send(m_queries.get(), &request, request.header.nlmsg_len, 0) < 0) {
        return std::nullopt;
    }
    Answer answer{};
    const auto got = ::recv(m_queries.get(), answer.data(), answer.size(), 0);
    if (got <= 0) {
        return std::nullopt;
    }
    auto route = readRoute(std::span<const char>(answer).first(static_cast<std::size_t>(got)));
    return route && isRunning(route->interface) ? route : std::nullopt;
}

std::uint32_t markOf(int socket) {
    std::uint32_t mark = 0;
    socklen_t length = sizeof mark;
    static_cast<void>(::getsockopt(socket, SOL_SOCKET, SO_MARK, &mark, &length));
    return mark;
}

} // namespace tern::datapath
