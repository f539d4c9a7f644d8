// The grade of a connection: its worst finding, and what would make it better.
#pragma once

#include "core/base/finding.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tern::legacy {

// Worst first, as base::Severity; a Note alone is Good. NotJudged: of a program that Tern knows nothing of; no better
// and no worse than Good, but whoever wants Good has not got it.
enum class Grade { Broken, Retired, CanFallBack, Weak, NotJudged, Good };

// "broken" "retired" "can-fall-back" "weak" "not-judged" "good".
[[nodiscard]] std::string_view gradeName(Grade grade);
[[nodiscard]] std::optional<Grade> gradeFromName(std::string_view name);

[[nodiscard]] Grade gradeOf(std::span<const base::Finding> findings);
// Its name.
[[nodiscard]] std::string_view grade(std::span<const base::Finding> findings);

struct GradeExplained {
    Grade grade = Grade::Good;
    std::vector<std::string> because; // codes of the findings that make it so, in their order; none with Good
    Grade next = Grade::Good;         // what it would be once those are dealt with; as grade with Good
};
[[nodiscard]] GradeExplained explain(std::span<const base::Finding> findings);

} // namespace tern::legacy
