// Traffic selectors: what we propose and what becomes of it (RFC 7296 §2.9).
#pragma once

#include "core/ike/session.h"

#include <optional>
#include <vector>

namespace tern::ike {

using Selectors = std::vector<TrafficSelector>;

// 0.0.0.0/0 and ::/0, as far as the profile wants them.
[[nodiscard]] Selectors everything(bool ipv4, bool ipv6);
// What two selectors have in common.
[[nodiscard]] std::optional<TrafficSelector> intersect(const TrafficSelector& a, const TrafficSelector& b);
// A network as a selector of all its traffic.
[[nodiscard]] TrafficSelector selectorOf(const base::IpPrefix& prefix);
// What of `from` no selector of `what` covers, for any protocol and port; one for particular protocols or ports covers
// nothing, and only whole addresses are cut away. At most 255.
[[nodiscard]] Selectors subtract(const Selectors& from, const Selectors& what);
// Every pair's common part, without repetitions; at most 255.
[[nodiscard]] Selectors narrow(const Selectors& proposed, const Selectors& allowed);

} // namespace tern::ike
