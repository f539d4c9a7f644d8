#include "core/ike/fragments.h"

namespace tern::ike {

void Reassembler::clear() {
    m_parts.clear();
    m_octets = 0;
    m_total = 0;
}

std::optional<Opened> Reassembler::add(base::Instant now, std::uint32_t messageId, Opened fragment) {
    if (!fragment.fragment) {
        return std::nullopt;
    }
    const auto place = *fragment.fragment;
    if (place.number == 0 || place.number > place.total || place.total > maximumFragments) {
        return std::nullopt;
    }
    const bool other = messageId != m_messageId || m_parts.empty() || now - m_started > maximumFragmentAge;
    if (!other && place.total < m_total) {
        return std::nullopt; // a late piece of an earlier, coarser cut
    }
    if (other || place.total > m_total) {
        clear();
        m_messageId = messageId;
        m_total = place.total;
        m_started = now;
    }
    if (m_octets + fragment.plain.size() > maximumMessageSize) {
        clear();
        return std::nullopt;
    }
    const auto size = fragment.plain.size();
    if (m_parts.emplace(place.number, std::move(fragment)).second) {
        m_octets += size;
    }
    if (m_parts.size() != m_total) {
        return std::nullopt;
    }
    Opened whole;
    whole.firstPayload = m_parts.begin()->second.firstPayload;
    whole.reserved = m_parts.begin()->second.reserved;
    for (const auto& [number, part] : m_parts) {
        base::append(whole.plain, part.plain);
    }
    clear();
    return whole;
}

} // namespace tern::ike
