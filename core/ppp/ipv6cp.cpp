#include "core/ppp/ipv6cp.h"

#include <algorithm>

namespace tern::ppp {

namespace {
constexpr std::uint8_t identifierOption = 1;

std::optional<InterfaceId> identifierOf(const Option& option) {
    InterfaceId identifier{};
    if (option.type != identifierOption || option.data.size() != identifier.size()) {
        return std::nullopt;
    }
    std::copy(option.data.begin(), option.data.end(), identifier.begin());
    return identifier;
}

Option optionOf(const InterfaceId& identifier) {
    return {identifierOption, {identifier.begin(), identifier.end()}};
}
} // namespace

Ipv6cp::Ipv6cp(const SessionConfig& config, base::RandomSource& random)
    : m_random(random)
    , m_automaton(*this, config.timers)
    , m_mine(config.interfaceId ? *config.interfaceId : freshId()) {}

// RFC 5072 §4.1: by chance, the "u" bit zero, and never zero altogether.
InterfaceId Ipv6cp::freshId() {
    constexpr std::uint8_t universal = 0x02;
    InterfaceId identifier{};
    m_random.fill(identifier);
    identifier.front() = static_cast<std::uint8_t>(identifier.front() & ~universal);
    identifier.back() |= 1U;
    return identifier;
}

Options Ipv6cp::request() {
    return m_mine == InterfaceId{} ? Options{} : Options{optionOf(m_mine)};
}

void Ipv6cp::naked(const Options& theirs) {
    for (const auto& option : theirs) {
        if (const auto hint = identifierOf(option)) {
            m_mine = *hint == InterfaceId{} ? freshId() : *hint;
        }
    }
}

void Ipv6cp::rejected(const Options& /*ours*/) {
    m_mine = {};
}

ControlProtocol::Verdict Ipv6cp::judge(const Options& theirs) {
    Verdict verdict;
    for (const auto& option : theirs) {
        const auto identifier = identifierOf(option);
        if (!identifier) {
            verdict.rejected.push_back(option);
        } else if (*identifier == InterfaceId{} || *identifier == m_mine) {
            verdict.naked.push_back(optionOf(freshId()));
        }
    }
    return verdict;
}

} // namespace tern::ppp
