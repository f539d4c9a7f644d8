// Legacy and weakness findings: data like errors, with a severity. The badge in the list, the profile page, ternctl
// and the audit all show the same ones; their sentence and remedy come from describe({code, args}).
#pragma once

#include "core/base/error.h"

#include <string>
#include <vector>

namespace tern::base {

// Worst first. Broken: can be read or impersonated today. Retired: refused by current servers.
// CanFallBack: safe now, but Windows may silently use a retired protocol. Weak: works, ought to be hardened.
// NotJudged: nothing is known for or against it.
enum class Severity { Broken, Retired, CanFallBack, Weak, NotJudged, Note };

struct Finding {
    std::string code;
    Severity severity = Severity::Note;
    std::vector<std::string> args;

    friend bool operator==(const Finding&, const Finding&) = default;
};

// "broken", "retired", "can-fall-back", "weak", "not-judged", "note": the names used on D-Bus and in JSON.
[[nodiscard]] std::string_view severityName(Severity severity);

} // namespace tern::base
