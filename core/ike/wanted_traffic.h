// What the tunnel should carry beside what its CHILD_SAs do, and how to ask for it: several subnets over one CHILD_SA
// where the server does that, one pair of subnets each where it does not (RFC 7296 §2.9, SINGLE_PAIR_REQUIRED).
// Bounded, whatever the server answers.
#pragma once

#include "core/base/time.h"
#include "core/ike/selectors.h"

#include <optional>

namespace tern::ike {

class WantedTraffic {
public:
    static constexpr std::size_t mostPieces = 32; // asked for one by one, so also of further CHILD_SAs
    static constexpr unsigned mostRequests = 256; // in a session

    void add(const Selectors& remote);
    // A CHILD_SA carries this now.
    void remove(const Selectors& carried);
    void clear() { m_pieces.clear(); }

    [[nodiscard]] bool isEmpty() const { return m_pieces.empty() || m_requests >= mostRequests; }
    // What to put into the next request: all of it, or the first piece.
    [[nodiscard]] Selectors next() const;
    void countRequest() { ++m_requests; }
    // From now on one piece a request.
    void takeSingly() { m_singly = true; }
    [[nodiscard]] bool isTakenSingly() const { return m_singly; }

    // Not before; for a server that was busy, or that has just deleted a CHILD_SA.
    base::Instant notBefore{};

private:
    Selectors m_pieces;
    bool m_singly = false;
    unsigned m_requests = 0;
};

} // namespace tern::ike
