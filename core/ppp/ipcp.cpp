#include "core/ppp/ipcp.h"

#include <algorithm>

namespace tern::ppp {

namespace {

// RFC 1877 §1.
enum OptionType : std::uint8_t { Dns1 = 129, Nbns1 = 130, Dns2 = 131, Nbns2 = 132 };
constexpr std::size_t addressSize = 4;

bool isUsable(const base::IpAddress& address) {
    constexpr std::uint8_t leastReserved = 240; // 240.0.0.0/4 and broadcast
    return !address.isUnspecified() && !address.isLoopback() && !address.isMulticast() &&
           address.bytes()[0] < leastReserved;
}

} // namespace

Ipcp::Ipcp(const SessionConfig& config)
    : m_automaton(*this, config.timers) {
    const base::Bytes unknown(addressSize, 0);
    base::Bytes previous = unknown;
    if (config.previousIpv4 && !config.previousIpv4->isV6()) {
        previous.assign(config.previousIpv4->bytes().begin(), config.previousIpv4->bytes().end());
    }
    m_wanted = {{addressOption, previous}, {Dns1, unknown}, {Nbns1, unknown}, {Dns2, unknown}, {Nbns2, unknown}};
}

Options Ipcp::request() {
    return m_wanted;
}

void Ipcp::naked(const Options& theirs) {
    for (const auto& option : theirs) {
        for (auto& mine : m_wanted) {
            if (mine.type == option.type && option.data.size() == addressSize) {
                mine.data = option.data;
            }
        }
    }
}

void Ipcp::rejected(const Options& ours) {
    std::erase_if(m_wanted, [&](const Option& mine) { return findOption(ours, mine.type) != nullptr; });
}

// Theirs: an address of any kind (1.0.0.1 has been seen), as nothing depends on it, but no compression.
ControlProtocol::Verdict Ipcp::judge(const Options& theirs) {
    Verdict verdict;
    for (const auto& option : theirs) {
        const auto address = base::IpAddress::fromBytes(option.data);
        if (option.type != addressOption || option.data.size() != addressSize || address->isUnspecified()) {
            verdict.rejected.push_back(option);
        }
    }
    return verdict;
}

void Ipcp::agreed(const Options& theirs) {
    const auto* const option = findOption(theirs, addressOption);
    m_peer = option != nullptr ? base::IpAddress::fromBytes(option->data) : std::nullopt;
}

std::optional<base::IpAddress> Ipcp::valueOf(std::uint8_t type) const {
    const auto* const option = findOption(m_wanted, type);
    const auto address = option != nullptr ? base::IpAddress::fromBytes(option->data) : std::nullopt;
    return address && isUsable(*address) ? address : std::nullopt;
}

std::vector<base::IpAddress> Ipcp::both(std::uint8_t first, std::uint8_t second) const {
    std::vector<base::IpAddress> servers;
    for (const auto type : {first, second}) {
        const auto server = valueOf(type);
        if (server && std::find(servers.begin(), servers.end(), *server) == servers.end()) {
            servers.push_back(*server);
        }
    }
    return servers;
}

std::vector<base::IpAddress> Ipcp::dns() const {
    return both(Dns1, Dns2);
}

std::vector<base::IpAddress> Ipcp::nbns() const {
    return both(Nbns1, Nbns2);
}

} // namespace tern::ppp
