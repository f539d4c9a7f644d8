// Offering additional key exchanges (RFC 9370): a classical exchange as ever, then one or more others, ML-KEM above
// all, whose secrets are mixed into the keys.
//
// Proposals with them stand beside the same ones without, before them. A server that does not know RFC 9370 passes
// over a proposal with a transform type it does not know (RFC 7296 §3.3.6) and finds its own behind.
#pragma once

#include "core/ike/algorithms.h"
#include "core/ike/proposal.h"

namespace tern::ike {

// The groups to offer for each additional exchange; empty when there is nothing to offer or it is off.
[[nodiscard]] std::vector<std::vector<GroupId>> additionalGroups(const Algorithms& algorithms);

// The same without: a child beside the first is as safe as the IKE SA its keys come from.
[[nodiscard]] Algorithms withoutAdditional(Algorithms algorithms);

// Puts copies that ask for the additional exchanges in front of proposals with groups. Proposals for an IKE SA
// without them go where the algorithms require post-quantum; those for a CHILD_SA stay, whose keys come from that
// IKE SA's in any case.
void putHybridFirst(Proposals& proposals, const Algorithms& algorithms);

} // namespace tern::ike
