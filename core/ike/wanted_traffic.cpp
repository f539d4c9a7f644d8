#include "core/ike/wanted_traffic.h"

namespace tern::ike {

void WantedTraffic::add(const Selectors& remote) {
    for (const auto& selector : remote) {
        for (const auto& piece : subtract({selector}, m_pieces)) {
            if (m_pieces.size() < mostPieces) {
                m_pieces.push_back(piece);
            }
        }
    }
}

void WantedTraffic::remove(const Selectors& carried) {
    m_pieces = subtract(m_pieces, carried);
    if (m_pieces.size() > mostPieces) {
        m_pieces.resize(mostPieces);
    }
}

Selectors WantedTraffic::next() const {
    if (isEmpty()) {
        return {};
    }
    return m_singly ? Selectors{m_pieces.front()} : m_pieces;
}

} // namespace tern::ike
