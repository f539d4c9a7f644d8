// Numbered ESP packets between the two ends, sealed and opened with the keys each end has at that moment: whatever
// arrives undamaged must open.
#pragma once

#include "core/base/time.h"
#include "core/crypto/sa_keys.h"
#include "core/esp/security_association.h"

#include <map>
#include <set>
#include <string>

namespace tern::sim {

// What one end seals and opens with.
class TrafficEnd {
public:
    void add(const crypto::SaPair& keys);
    // No more packets go out on it; those on their way still open until remove().
    void stopSending(std::uint32_t inboundSpi) { m_out.erase(inboundSpi); }
    void remove(std::uint32_t inboundSpi);
    void clear();

    // The next packet, sealed with that child; empty when there is none to send with.
    [[nodiscard]] base::Bytes seal(std::uint32_t inboundSpi);
    // The child it came on, or what was wrong with it.
    struct Opened {
        std::uint32_t inboundSpi = 0;
        std::string problem;
    };
    [[nodiscard]] Opened open(base::Bytes packet);

    [[nodiscard]] bool has(std::uint32_t inboundSpi) const { return m_in.contains(inboundSpi); }
    [[nodiscard]] std::size_t size() const { return m_in.size(); }
    [[nodiscard]] std::uint64_t opened() const { return m_opened; }

private:
    std::map<std::uint32_t, esp::InboundSa> m_in;
    std::map<std::uint32_t, esp::OutboundSa> m_out; // by our own SPI too
    std::uint64_t m_sent = 0;
    std::uint64_t m_opened = 0;
    std::set<std::uint64_t> m_seen;
};

} // namespace tern::sim
