// Messages of DHCPv6 (RFC 8415) as a client sends and reads them.
#pragma once

#include "core/base/ip.h"

#include <optional>

namespace tern::ppp {

// §7.3.
enum class Dhcp6Type : std::uint8_t {
    Solicit = 1,
    Advertise = 2,
    Request = 3,
    Renew = 5,
    Rebind = 6,
    Reply = 7,
    Release = 8,
    InformationRequest = 11,
};

struct Dhcp6Address {
    base::IpAddress address;
    std::uint32_t preferred = 0; // seconds; all ones: for ever
    std::uint32_t valid = 0;
};
// An IA_NA (§21.4).
struct Dhcp6Association {
    std::uint32_t renewAfter = 0; // T1, seconds; zero: as we like
    std::uint32_t rebindAfter = 0;
    std::uint16_t status = 0; // of the association, §21.13
    std::vector<Dhcp6Address> addresses;
};

struct Dhcp6Question {
    Dhcp6Type type = Dhcp6Type::Solicit;
    std::uint32_t transaction = 0; // 24 bits
    base::ByteView client;         // DUID
    base::ByteView server;         // DUID; empty: any
    std::uint16_t elapsed = 0;     // hundredths of a second
    bool withAssociation = true;
    std::vector<base::IpAddress> addresses; // inside it
};
[[nodiscard]] base::Bytes buildDhcp6(const Dhcp6Question& question);

struct Dhcp6Answer {
    Dhcp6Type type = Dhcp6Type::Reply;
    base::Bytes server; // DUID
    std::uint16_t status = 0;
    bool rapidCommit = false;
    std::optional<Dhcp6Association> association; // ours
    std::vector<base::IpAddress> dns;            // RFC 3646
    std::vector<std::string> domains;
    std::optional<std::uint32_t> refreshAfter; // RFC 8415 §21.23, seconds
};
// An Advertise or Reply for this transaction and client, from a server with a name. Nothing when it is anything else,
// or malformed anywhere.
[[nodiscard]] std::optional<Dhcp6Answer> parseDhcp6(base::ByteView message, std::uint32_t transaction,
                                                    base::ByteView client);

} // namespace tern::ppp
