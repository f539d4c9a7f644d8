// What a connection lets IKE propose: the origin's own policy, by the names profile::IkePolicy has, and the opt-in for
// outdated algorithms.
#pragma once

#include "core/ike/algorithms.h"
#include "core/profile/profile.h"

namespace tern::connection {

// A policy with a part that Tern does not have (DES, MD5, groups 1 and 24) is left out, so that Tern's own proposals
// stand alone; whether its weak parts may be proposed, the opt-in decides. fastAes: crypto::hasAesInstructions().
[[nodiscard]] ike::Algorithms algorithmsFor(const profile::Ike& settings, bool fastAes);

} // namespace tern::connection
