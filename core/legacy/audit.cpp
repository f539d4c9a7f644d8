#include "core/legacy/audit.h"

#include "core/legacy/assess.h"
#include "core/legacy/facts.h"
#include "core/legacy/grade.h"

#include <algorithm>
#include <array>

namespace tern::legacy {

namespace {

constexpr std::array allGrades{Grade::Broken, Grade::Retired, Grade::CanFallBack, Grade::Weak, Grade::NotJudged, Grade::Good};

} // namespace

std::string_view Audit::worstGrade() const {
    return connections.empty() ? gradeName(Grade::Good) : std::string_view(connections.front().grade);
}

base::Result<Audit> auditFile(base::ByteView bytes, std::string_view name, base::UnixSeconds now) {
    auto imported = formats::importFile(bytes, name);
    if (!imported) {
        return base::fail(std::move(imported.error()));
    }
    Audit audit;
    audit.file = name;
    audit.problems = std::move(imported->problems);
    for (const auto each : allGrades) {
        audit.grades[std::string(gradeName(each))] = 0;
    }
    for (auto& profile : imported->profiles) {
        auto findings =
            assess(profile, {now, certificateFacts(profile), formats::sharedKeySize(imported->secrets, profile.id)});
        std::string grade(legacy::grade(findings));
        ++audit.grades[grade];
        audit.connections.push_back({std::move(profile), std::move(findings), std::move(grade)});
    }
    std::ranges::stable_sort(audit.connections, {},
                             [](const AuditedConnection& each) { return gradeFromName(each.grade); });
    return audit;
}

} // namespace tern::legacy
