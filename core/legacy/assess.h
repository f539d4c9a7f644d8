// What is wrong with a connection, told without contacting anybody: retired protocols, fall-backs to them, weak
// methods. The badge in the list, the profile page, ternctl and the audit show the same findings.
#pragma once

#include "core/base/finding.h"
#include "core/profile/profile.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tern::legacy {

// Worst first; empty for a connection with nothing to say about.
[[nodiscard]] std::vector<base::Finding> assess(const profile::Profile& profile);

// What is weak about what a connection in use has agreed on; names: its outdated algorithms, "3DES, SHA-1".
// Nothing when there are none.
[[nodiscard]] std::optional<base::Finding> assessAgreed(const std::string& names);

// "broken", "retired", "can-fall-back", "weak" by the worst finding, or "good"; a Note alone is "good".
[[nodiscard]] std::string_view grade(std::span<const base::Finding> findings);

// Why Tern does not connect this profile (PPTP, L2TP, plug-in connections); nothing when it may.
[[nodiscard]] std::optional<base::Error> refusal(const profile::Profile& profile);

} // namespace tern::legacy
