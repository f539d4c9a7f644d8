#include "core/legacy/audit.h"

#include "core/formats/foreign.h"
#include "core/legacy/assess.h"
#include "core/legacy/facts.h"
#include "core/legacy/grade.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace tern::legacy {

namespace {

constexpr std::array allGrades{Grade::Broken, Grade::Retired,   Grade::CanFallBack,
                               Grade::Weak,   Grade::NotJudged, Grade::Good};

// A connection that is listed and not judged, but for what its kind by itself says.
formats::ImportResult asImported(formats::ForeignVpn foreign, std::string_view file) {
    profile::Profile profile;
    profile.id = profile::newId();
    profile.name = std::filesystem::path(file).stem().native();
    profile.protocol = profile::Protocol::Unsupported;
    profile.plugin = std::move(foreign.kind);
    if (!foreign.server.empty()) {
        profile.servers.push_back(std::move(foreign.server));
    }
    profile.origin.format = foreign.format;
    profile.origin.file = file;
    formats::ImportResult result;
    result.format = std::move(foreign.format);
    result.profiles.push_back(std::move(profile));
    result.entries = 1;
    return result;
}

} // namespace

std::string_view Audit::worstGrade() const {
    return connections.empty() ? gradeName(Grade::Good) : std::string_view(connections.front().grade);
}

base::Result<Audit> auditFile(base::ByteView bytes, std::string_view name, base::UnixSeconds now) {
    auto imported = formats::importFile(bytes, name);
    if (!imported || imported->profiles.empty()) {
        if (auto foreign = formats::foreignVpn(bytes)) {
            imported = asImported(std::move(*foreign), name);
        }
    }
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
