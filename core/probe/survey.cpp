#include "core/probe/survey.h"

#include <algorithm>
#include <array>

namespace tern::probe {

namespace {

constexpr std::uint16_t ikePort = 500;
constexpr std::uint16_t natTraversalPort = 4500;
constexpr std::uint16_t httpsPort = 443;
constexpr std::uint16_t pptpPort = 1723;
constexpr std::uint16_t l2tpPort = 1701;
constexpr std::array<std::uint16_t, 3> oldTlsVersions{0x0301, 0x0302, 0x0303};

std::vector<base::IpAddress> oneOfEachFamily(const std::vector<base::IpAddress>& all) {
    std::vector<base::IpAddress> chosen;
    for (const bool v6 : {false, true}) {
        const auto found =
            std::find_if(all.begin(), all.end(), [v6](const base::IpAddress& one) { return one.isV6() == v6; });
        if (found != all.end()) {
            chosen.push_back(*found);
        }
    }
    return chosen;
}

} // namespace

Survey::Survey(SurveyConfig config, base::RandomSource& random)
    : m_config(std::move(config))
    , m_random(random)
    , m_asked(oneOfEachFamily(m_config.addresses)) {}

// Addresses have no place in SNI (RFC 6066 §3).
std::string Survey::serverName() const {
    const auto& name = m_config.serverName.empty() ? httpHost() : m_config.serverName;
    return m_config.withoutServerName || base::IpAddress::fromText(name) ? std::string() : name;
}

const std::string& Survey::httpHost() const {
    return m_config.httpHost.empty() ? m_config.target.host : m_config.httpHost;
}

Question* Survey::askSstp(const base::IpAddress& address, std::string serverName) {
    return add(m_sstp, Transport::Tcp, {address, m_config.target.sstpPort},
               SstpQuestion::Setup{httpHost(), std::move(serverName), m_config.tenantId}, m_random);
}

std::vector<Question*> Survey::begin() {
    std::vector<Question*> questions;
    for (const auto& address : m_asked) {
        questions.push_back(add(m_ikev2, Transport::Udp, {address, ikePort}, Framing::Plain, m_random));
        questions.push_back(add(m_ikev2, Transport::Udp, {address, natTraversalPort}, Framing::Marked, m_random));
        questions.push_back(add(m_ikev2, Transport::Tcp, {address, natTraversalPort}, Framing::Stream, m_random));
        questions.push_back(askSstp(address, serverName()));
        questions.push_back(add(m_ikev1, Transport::Udp, {address, ikePort}, m_random));
        questions.push_back(add(m_l2tp, Transport::Udp, {address, l2tpPort}, m_random));
        questions.push_back(add(m_pptp, Transport::Tcp, {address, pptpPort}));
    }
    if (!m_asked.empty()) {
        // One machine is behind all its addresses: its versions of TLS are asked for at the first.
        for (const auto version : oldTlsVersions) {
            questions.push_back(add(m_tls, Transport::Tcp, {m_asked.front(), m_config.target.sstpPort}, version,
                                    serverName(), m_random));
        }
    }
    return questions;
}

std::vector<Question*> Survey::next(const Question& over) {
    const auto found = std::find_if(m_sstp.begin(), m_sstp.end(), [&](const auto& one) { return one.get() == &over; });
    if (found == m_sstp.end()) {
        return {};
    }
    const auto& sstp = **found;
    const auto& endpoint = sstp.door().endpoint;
    if (sstp.dislikesName()) {
        return {askSstp(endpoint.address, {})};
    }
    // RFC 9329 §3: where no TLS server is at home, IKE may be.
    if (sstp.facts().answer == SstpAnswer::NotTls && endpoint.port == httpsPort) {
        return {add(m_ikev2, Transport::Tcp, endpoint, Framing::Stream, m_random)};
    }
    return {};
}

} // namespace tern::probe
