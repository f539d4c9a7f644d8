#include "core/policy/decide.h"

#include "core/base/time.h"
#include "core/legacy/assess.h"

#include <algorithm>
#include <array>

namespace tern::policy {

namespace {

using base::Finding;

// What the permission to use L2TP is about; everything else about the connection still has to be good enough.
bool isAboutL2tp(const Finding& finding) {
    constexpr std::array codes{"tern.legacy.l2tp", "tern.legacy.l2tp-shared-key"};
    return std::ranges::find(codes, finding.code) != codes.end();
}

Decision refused(base::Error error) {
    return {Verdict::Refused, std::move(error), std::nullopt, 0};
}

std::optional<base::Error> belowMinimum(std::span<const Finding> findings, const Policy& policy) {
    const auto grade = legacy::gradeOf(findings);
    if (!policy.minimumGrade || grade >= *policy.minimumGrade) {
        return std::nullopt;
    }
    return base::Error{"tern.policy.grade",
                       {},
                       "graded " + std::string(legacy::gradeName(grade)) + ", wanted " +
                           std::string(legacy::gradeName(*policy.minimumGrade))};
}

} // namespace

Decision decide(const profile::Profile& profile, std::span<const Finding> findings, const Policy& policy, Day today) {
    const bool l2tp = profile.protocol == profile::Protocol::L2tp;
    if (auto own = legacy::refusal(profile); own && (!l2tp || (policy.isSound() && !policy.l2tpUntil))) {
        return refused(std::move(*own));
    }
    if (!policy.isSound()) {
        const auto& first = policy.problems.front();
        return refused({"tern.policy.unusable", {first.args.front()}, first.code});
    }
    if (!l2tp) {
        auto error = belowMinimum(findings, policy);
        return error ? refused(std::move(*error)) : Decision{};
    }
    if (today > *policy.l2tpUntil) {
        return refused({"tern.policy.l2tp-over", {base::dateText(*policy.l2tpUntil)}, {}});
    }
    std::vector<Finding> others;
    std::ranges::remove_copy_if(findings, std::back_inserter(others), isAboutL2tp);
    if (auto error = belowMinimum(others, policy)) {
        return refused(std::move(*error));
    }
    return {Verdict::NeedsAcknowledgement, std::nullopt, policy.l2tpUntil,
            static_cast<int>((*policy.l2tpUntil - today).count())};
}

} // namespace tern::policy
