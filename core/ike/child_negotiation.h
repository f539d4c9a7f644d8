// What making a CHILD_SA has in common, whoever begins and in whichever exchange (RFC 7296 §1.3.1, §2.9, §2.17).
#pragma once

#include "core/ike/context.h"
#include "core/ike/payloads.h"
#include "core/ike/selectors.h"

namespace tern::ike {

// What we offered as initiator.
struct ChildOffer {
    std::uint32_t spi = 0;
    Proposals proposals;
    Selectors local;
    Selectors remote;
};

// With groups first, unless the origin's own suite has none or the server has shown that it wants none: several
// servers answer an unexpected KE with an error.
[[nodiscard]] Pfs pfsFor(const Context& context);
// For replacing a child: with additional key exchanges where the IKE SA was made with some, so that the server knows
// them.
[[nodiscard]] Algorithms rekeyAlgorithms(const Context& context);
// The group of the KE payload: the IKE SA's, which the server is known to take, where it is offered.
[[nodiscard]] GroupId likelyGroup(const Context& context, const Proposals& proposals);

// Adds SA; the selectors follow with addSelectors(), because Nonce and KE stand between them.
void addOffer(const ChildOffer& offer, Payloads& request);
void addSelectors(const ChildOffer& offer, Payloads& request);

// The server's SA, TSi and TSr against our offer. Fails with tern.ike.proposal.unoffered, tern.ike.child.selectors
// or tern.ike.malformed.
[[nodiscard]] base::Result<ChildSa> readAnswer(const Context& context, const ChildOffer& offer,
                                               const Payloads& response);

} // namespace tern::ike
