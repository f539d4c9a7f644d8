// Links, addresses, routes and rules, in this process by rtnetlink. Every change waits for the kernel's answer.
// Taking away what is not there any more is no error.
#pragma once

#include "app/helper/plan.h"
#include "core/base/error.h"

#include <memory>

struct nl_msg;
struct nl_sock;

namespace tern::helper {

class Netlink {
public:
    [[nodiscard]] static base::Result<std::unique_ptr<Netlink>> open();
    Netlink(const Netlink&) = delete;
    Netlink& operator=(const Netlink&) = delete;
    ~Netlink() = default;

    // Gives the link our alias and its MTU, brings it up, and keeps the kernel from adding a link-local address.
    [[nodiscard]] base::Result<void> prepareLink(unsigned index, unsigned mtu);
    [[nodiscard]] base::Result<void> setMtu(unsigned index, unsigned mtu);
    [[nodiscard]] base::Result<void> deleteLink(unsigned index);

    // Host addresses (/32, /128): what else is reached through the link is said by routes alone.
    [[nodiscard]] base::Result<void> addAddress(unsigned index, const base::IpAddress& address);
    [[nodiscard]] base::Result<void> deleteAddress(unsigned index, const base::IpAddress& address);

    // In the tunnel's table. index: the TUN link, for routes of that kind.
    [[nodiscard]] base::Result<void> addRoute(unsigned index, const Route& route);
    // As addRoute, and no error when it is there already.
    [[nodiscard]] base::Result<void> putRoute(unsigned index, const Route& route);
    [[nodiscard]] base::Result<void> deleteRoute(unsigned index, const Route& route);

    [[nodiscard]] base::Result<void> addRule(const Rule& rule);
    [[nodiscard]] base::Result<void> deleteRule(const Rule& rule);

    // Everything in the kernel that carries our tags, whoever of us put it there.
    [[nodiscard]] base::Result<std::vector<unsigned>> ourLinks();
    [[nodiscard]] base::Result<std::vector<Rule>> ourRules();
    [[nodiscard]] base::Result<void> flushTable();

    // Whether packets to the address would leave this host as unicast, or not be routed at all: no address of our
    // own, no broadcast or anycast.
    [[nodiscard]] bool isRemote(const base::IpAddress& address);

private:
    struct Closer {
        void operator()(nl_sock* socket) const;
    };
    struct Freer {
        void operator()(nl_msg* message) const;
    };
    using Message = std::unique_ptr<nl_msg, Freer>;

    explicit Netlink(nl_sock* socket);

    [[nodiscard]] static Message message(int type, int flags);
    [[nodiscard]] base::Result<void> send(Message message, const char* code, const std::string& what);
    [[nodiscard]] base::Result<void> changeAddress(int type, int flags, unsigned index, const base::IpAddress& address);
    [[nodiscard]] base::Result<void> changeRoute(int type, int flags, unsigned index, const Route& route);
    [[nodiscard]] base::Result<void> changeRule(int type, int flags, const Rule& rule);
    template<typename Header, typename Handler>
    [[nodiscard]] base::Result<void> dump(int type, Header header, Handler handler);

    std::unique_ptr<nl_sock, Closer> m_socket;
};

} // namespace tern::helper
