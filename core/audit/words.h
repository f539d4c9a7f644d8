// How the reports name things to people.
#pragma once

#include "core/audit/report.h"
#include "core/base/catalogue.h"

#include <QString>

namespace tern::audit {

// Octets of a path or a name as text: what is no UTF-8 becomes U+FFFD.
[[nodiscard]] QString shown(std::string_view text);

[[nodiscard]] QString gradeWords(Grade grade);
// What the grade means, one short sentence.
[[nodiscard]] QString gradeMeaning(Grade grade);
[[nodiscard]] QString protocolWords(profile::Protocol protocol);
// What an answer says of a protocol, as ServerAnswer::verdicts has it; "" where nothing is known.
[[nodiscard]] QString verdictWords(profile::Protocol protocol, std::string_view verdict);
[[nodiscard]] QString remarkWords(Remark::Kind kind);

[[nodiscard]] base::ErrorText describe(const base::Finding& finding);
// Of any connection that has it: what is said of a single one is left open, as "…".
[[nodiscard]] base::ErrorText describeAny(const std::string& code);

// The report in one sentence.
[[nodiscard]] QString headline(const Report& report);

// How many servers were not asked any more; "" when all were.
[[nodiscard]] QString unaskedWords(const Report& report);

// Whether every file was judged.
[[nodiscard]] bool isComplete(const Report& report);

} // namespace tern::audit
