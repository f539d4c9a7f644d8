#include "core/legacy/grade.h"

#include <algorithm>
#include <array>

namespace tern::legacy {

namespace {

using base::Finding;
using base::Severity;

constexpr std::array<std::string_view, 6> names{"broken", "retired", "can-fall-back", "weak", "not-judged", "good"};

Grade gradeBy(Severity severity) {
    switch (severity) {
    case Severity::Broken:
        return Grade::Broken;
    case Severity::Retired:
        return Grade::Retired;
    case Severity::CanFallBack:
        return Grade::CanFallBack;
    case Severity::Weak:
        return Grade::Weak;
    case Severity::NotJudged:
        return Grade::NotJudged;
    case Severity::Note:
        break;
    }
    return Grade::Good;
}

} // namespace

std::string_view gradeName(Grade grade) {
    return names.at(static_cast<std::size_t>(grade));
}

std::optional<Grade> gradeFromName(std::string_view name) {
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? std::nullopt : std::optional(static_cast<Grade>(found - names.begin()));
}

Grade gradeOf(std::span<const Finding> findings) {
    const auto worst = std::ranges::min_element(findings, {}, &Finding::severity);
    return worst == findings.end() ? Grade::Good : gradeBy(worst->severity);
}

std::string_view grade(std::span<const Finding> findings) {
    return gradeName(gradeOf(findings));
}

GradeExplained explain(std::span<const Finding> findings) {
    GradeExplained explained;
    explained.grade = gradeOf(findings);
    if (explained.grade == Grade::Good) {
        return explained;
    }
    for (const auto& finding : findings) {
        const auto its = gradeBy(finding.severity);
        if (its != explained.grade) {
            explained.next = std::min(explained.next, its);
            continue;
        }
        if (std::ranges::find(explained.because, finding.code) == explained.because.end()) {
            explained.because.push_back(finding.code);
        }
    }
    return explained;
}

} // namespace tern::legacy
