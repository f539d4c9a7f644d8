// From a link-local address to IPv6 that leads somewhere: routers are solicited and heard (RFC 4861), addresses made of
// their prefixes (RFC 4862), and DHCPv6 asked where they say so, or where no router answers. Whole IPv6 packets in and
// out.
#pragma once

#include "core/ppp/dhcp6_client.h"
#include "core/ppp/ipv6cp.h"
#include "core/ppp/neighbour_discovery.h"

namespace tern::ppp {

class Autoconf {
public:
    // random must outlive this.
    Autoconf(const InterfaceId& interfaceId, base::Bytes duid, base::RandomSource& random);

    void start(base::Instant now);
    // What classify() finds to be for a session.
    void receive(base::Instant now, base::ByteView packet);
    void timeout(base::Instant now);
    void release(base::Instant now);

    // Something that may still give us an address has been asked for.
    [[nodiscard]] bool isPending() const;
    [[nodiscard]] const base::IpAddress& linkLocal() const { return m_linkLocal; }
    struct Result {
        std::vector<base::IpPrefix> addresses;
        std::vector<base::IpAddress> dns;
        std::vector<std::string> domains;
        std::vector<base::IpPrefix> routes;
        bool isDefault = false;
        unsigned mtu = 0; // zero: not said
    };
    [[nodiscard]] Result result() const;
    [[nodiscard]] std::optional<base::Instant> deadline() const;
    [[nodiscard]] std::vector<base::Bytes> takePackets();

private:
    template<typename Value>
    struct Held {
        Value value;
        base::Instant until;
    };
    template<typename Value>
    using List = std::vector<Held<Value>>;
    template<typename Value>
    static void hold(List<Value>& list, const Value& value, base::Instant now, base::Instant until);

    void solicit(base::Instant now);
    void hear(base::Instant now, const RouterAdvertisement& advertisement);
    void answer(const NeighbourSolicitation& asked);
    void forget(base::Instant now);
    [[nodiscard]] base::Instant firstEnd() const;

    InterfaceId m_interfaceId;
    base::IpAddress m_linkLocal;
    Dhcp6Client m_dhcp;
    unsigned m_solicitations = 0; // since a router was last heard
    std::optional<base::Instant> m_solicitAt;
    bool m_hasRouter = false; // one was ever heard
    base::Instant m_defaultUntil = base::Instant::min();
    List<base::IpPrefix> m_addresses;
    List<base::IpPrefix> m_routes;
    List<base::IpAddress> m_dns;
    List<std::string> m_domains;
    unsigned m_mtu = 0;
    std::vector<base::Bytes> m_packets;
};

} // namespace tern::ppp
