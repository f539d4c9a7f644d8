#include "core/base/finding.h"

namespace tern::base {

std::string_view severityName(Severity severity) {
    switch (severity) {
    case Severity::Broken:
        return "broken";
    case Severity::Retired:
        return "retired";
    case Severity::CanFallBack:
        return "can-fall-back";
    case Severity::Weak:
        return "weak";
    case Severity::NotJudged:
        return "not-judged";
    case Severity::Note:
        return "note";
    }
    return "note";
}

} // namespace tern::base
