// Whether a server takes L2TP without IPsec around it (RFC 2661 §5.8, §6.1 to §6.4): asks for a tunnel, and stops it
// again.
#pragma once

#include "core/base/random.h"
#include "core/probe/question.h"

namespace tern::probe {

class L2tpQuestion final : public Question {
public:
    L2tpQuestion(Door door, base::RandomSource& random)
        : Question(door)
        , m_random(random) {}

    [[nodiscard]] const std::string& host() const { return m_host; }
    [[nodiscard]] const std::string& vendor() const { return m_vendor; }

private:
    struct Control {
        std::uint16_t sequence = 0;
        std::uint16_t type = 0;
        std::uint16_t tunnel = 0; // theirs
        std::string host;
        std::string vendor;
    };
    void begin(base::Instant now) override;
    void take(base::Instant now, base::ByteView octets) override;
    // A control message to our tunnel; nothing for anything else.
    [[nodiscard]] std::optional<Control> parse(base::ByteView octets) const;

    base::RandomSource& m_random;
    std::uint16_t m_tunnel = 0; // ours
    std::string m_host;
    std::string m_vendor;
};

} // namespace tern::probe
