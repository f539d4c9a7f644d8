// Whether a profile may be connected, after its findings and the policy. Pure: the day is passed in.
#pragma once

#include "core/base/finding.h"
#include "core/policy/policy.h"

#include <span>

namespace tern::policy {

enum class Verdict {
    Allowed,
    NeedsAcknowledgement, // L2TP for a while yet: by NetworkManager, after the person has said that they know
    Refused,
};

struct Decision {
    Verdict verdict = Verdict::Allowed;
    std::optional<base::Error> refusal; // when Refused: tern.legacy.*, tern.policy.{unusable,grade,l2tp-over}
    std::optional<Day> until;           // when NeedsAcknowledgement: the last day
    int daysLeft = 0;                   // after today; 0 on the last day
};

// findings: those of the profile, as assess() made them.
[[nodiscard]] Decision decide(const profile::Profile& profile, std::span<const base::Finding> findings,
                              const Policy& policy, Day today);

} // namespace tern::policy
