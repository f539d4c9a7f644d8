#include "core/legacy/audit.h"

#include "core/legacy/assess.h"

#include <algorithm>
#include <array>

namespace tern::legacy {

namespace {

constexpr std::array<std::string_view, 5> gradeNames{"broken", "retired", "can-fall-back", "weak", "good"};

std::size_t rank(std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(gradeNames, name) - gradeNames.begin());
}

} // namespace

std::string_view Audit::worstGrade() const {
    return connections.empty() ? gradeNames.back() : std::string_view(connections.front().grade);
}

base::Result<Audit> auditFile(base::ByteView bytes, std::string_view name) {
    auto imported = formats::importFile(bytes, name);
    if (!imported) {
        return base::fail(std::move(imported.error()));
    }
    Audit audit;
    audit.file = name;
    audit.problems = std::move(imported->problems);
    for (const auto each : gradeNames) {
        audit.grades[std::string(each)] = 0;
    }
    for (auto& profile : imported->profiles) {
        auto findings = assess(profile);
        std::string grade(legacy::grade(findings));
        ++audit.grades[grade];
        audit.connections.push_back({std::move(profile), std::move(findings), std::move(grade)});
    }
    std::ranges::stable_sort(audit.connections, {}, [](const AuditedConnection& each) { return rank(each.grade); });
    return audit;
}

} // namespace tern::legacy
