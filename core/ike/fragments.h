// Putting IKE fragments together (RFC 7383 §2.6), bounded in count, octets and age: server certificate chains come
// in many pieces, and anyone who holds the keys could otherwise make us keep them for ever.
#pragma once

#include "core/base/time.h"
#include "core/ike/protection.h"

#include <map>

namespace tern::ike {

constexpr std::size_t maximumFragments = 128;
constexpr base::Duration maximumFragmentAge = std::chrono::seconds(60);

// For one direction of one message id at a time.
class Reassembler {
public:
    // Takes an authenticated fragment. Answers the whole plain text when it was the last one missing. A fragment of
    // another message id, or of a smaller cut of the same message, starts over.
    [[nodiscard]] std::optional<Opened> add(base::Instant now, std::uint32_t messageId, Opened fragment);
    void clear();

private:
    std::uint32_t m_messageId = 0;
    std::uint16_t m_total = 0;
    std::size_t m_octets = 0;
    base::Instant m_started{};
    std::map<std::uint16_t, Opened> m_parts;
};

} // namespace tern::ike
