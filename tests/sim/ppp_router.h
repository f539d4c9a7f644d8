// The router and the DHCPv6 server at the other end of a PPP link, for tests: written from RFC 4861, 4191, 8106 and
// 8415, without the client's codec.
#pragma once

#include "core/base/ip.h"

#include <optional>

namespace tern::sim {

struct PppRouterConfig {
    bool answersSolicitations = true;
    bool managed = false;
    bool other = false;
    std::uint16_t lifetime = 1800;
    struct Prefix {
        std::string prefix;        // "2001:db8:1::/64"
        std::uint8_t flags = 0xC0; // on link, autonomous
        std::uint32_t valid = 86400;
        std::uint32_t preferred = 14400;
    };
    std::vector<Prefix> prefixes;
    std::string dns;    // RDNSS
    std::string domain; // DNSSL, one name
    std::string route;  // RFC 4191
    std::uint32_t mtu = 0;

    bool dhcp = false;
    bool rapidCommit = false;
    std::string address = "2001:db8:2::77";
    std::string dhcpDns = "2001:db8::53";
    std::string dhcpDomain = "corp.example";
    std::uint32_t leaseValid = 7200;
    std::uint32_t leasePreferred = 3600;
    bool noAddresses = false; // status NoAddrsAvail in every answer
    bool forgets = false;     // NoBinding to the next Renew
};

class PppRouter {
public:
    PppRouter(PppRouterConfig config, const std::string& linkLocal);

    // IPv6 packets back.
    [[nodiscard]] std::vector<base::Bytes> receive(base::ByteView packet);
    [[nodiscard]] base::Bytes advertisement() const;
    [[nodiscard]] base::Bytes neighbourSolicitation(const std::string& target) const;
    // Any ICMPv6 or UDP payload as a packet of the router's; its checksum is put in at the offset.
    [[nodiscard]] base::Bytes wrap(std::uint8_t protocol, std::uint8_t hopLimit, base::Bytes payload,
                                   std::size_t checksumAt, const std::string& to) const;
    PppRouterConfig config;
    unsigned solicitations = 0;
    std::vector<std::uint8_t> dhcpTypes; // of the messages that came
    std::vector<std::string> neighbourAnswers;

private:
    [[nodiscard]] std::optional<base::Bytes> answerDhcp(base::ByteView message);

    base::IpAddress m_address;
    base::IpAddress m_client; // link-local, where from the last packet came
};

} // namespace tern::sim
