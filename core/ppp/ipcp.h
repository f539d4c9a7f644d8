// IPCP (RFC 1332): our IPv4 address, and the DNS and NBNS servers (RFC 1877). What the server rejects is dropped and
// the rest asked for again.
#pragma once

#include "core/ppp/automaton.h"

namespace tern::ppp {

class Ipcp final : public ControlProtocol {
public:
    // config must outlive this.
    explicit Ipcp(const SessionConfig& config);

    [[nodiscard]] Automaton& automaton() { return m_automaton; }
    [[nodiscard]] const Automaton& automaton() const { return m_automaton; }
    // Once opened. Without an address there is nothing to send from.
    [[nodiscard]] std::optional<base::IpAddress> address() const { return valueOf(addressOption); }
    [[nodiscard]] std::optional<base::IpAddress> peer() const { return m_peer; }
    // DNS and NBNS, the first of each first.
    [[nodiscard]] std::vector<base::IpAddress> dns() const;
    [[nodiscard]] std::vector<base::IpAddress> nbns() const;

    [[nodiscard]] Options request() override;
    [[nodiscard]] Verdict judge(const Options& theirs) override;
    void agreed(const Options& theirs) override;
    void acknowledged(const Options& /*ours*/) override {}
    void naked(const Options& theirs) override;
    void rejected(const Options& ours) override;

private:
    static constexpr std::uint8_t addressOption = 3;
    // Nothing when it is not asked for any more, or the server left it at zero.
    [[nodiscard]] std::optional<base::IpAddress> valueOf(std::uint8_t type) const;
    [[nodiscard]] std::vector<base::IpAddress> both(std::uint8_t first, std::uint8_t second) const;

    Automaton m_automaton;
    Options m_wanted; // with what we know of their values so far
    std::optional<base::IpAddress> m_peer;
};

} // namespace tern::ppp
