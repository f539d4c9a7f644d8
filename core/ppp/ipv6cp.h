// IPV6CP (RFC 5072): the interface identifiers of both ends, which give link-local addresses and no more.
#pragma once

#include "core/base/random.h"
#include "core/ppp/automaton.h"

#include <array>

namespace tern::ppp {

using InterfaceId = std::array<std::uint8_t, 8>;

class Ipv6cp final : public ControlProtocol {
public:
    // Both must outlive this.
    Ipv6cp(const SessionConfig& config, base::RandomSource& random);

    [[nodiscard]] Automaton& automaton() { return m_automaton; }
    [[nodiscard]] const Automaton& automaton() const { return m_automaton; }
    // Once opened; all zeros where the server refuses to name us.
    [[nodiscard]] const InterfaceId& interfaceId() const { return m_mine; }

    [[nodiscard]] Options request() override;
    [[nodiscard]] Verdict judge(const Options& theirs) override;
    void agreed(const Options& /*theirs*/) override {}
    void acknowledged(const Options& /*ours*/) override {}
    void naked(const Options& theirs) override;
    void rejected(const Options& ours) override;

private:
    [[nodiscard]] InterfaceId freshId();

    base::RandomSource& m_random;
    Automaton m_automaton;
    InterfaceId m_mine;
};

} // namespace tern::ppp
