// What must hold of whatever an import brought: findings have an answer, a profile survives its own file, what was a
// secret belongs to one of the profiles, and every entry is accounted for.
#pragma once

#include "core/formats/import.h"
#include "core/legacy/assess.h"
#include "core/profile/toml.h"

#include <algorithm>
#include <cstdlib>

namespace tern::test {

inline void checkImported(const base::Result<formats::ImportResult>& result) {
    const auto demand = [](bool holds) {
        if (!holds) {
            std::abort();
        }
    };
    if (!result) {
        demand(!result.error().code.empty() && !result.error().args.empty());
        return;
    }
    demand(result->profiles.size() + result->skipped() == result->entries);
    demand(std::ranges::all_of(result->problems, [](const auto& each) { return each.line > 0; }));
    const auto isOurs = [&](const auto& each) {
        return std::ranges::any_of(result->profiles, [&](const auto& profile) { return profile.id == each.profile; });
    };
    demand(std::ranges::all_of(result->secrets, isOurs));
    demand(std::ranges::all_of(result->keyFiles, isOurs));
    demand(std::ranges::all_of(result->authorityFiles, isOurs));
    std::size_t checked = 0;
    for (const auto& profile : result->profiles) {
        demand(!profile.name.empty() && (!profile.servers.empty() || !profile.plugin.empty()));
        static_cast<void>(legacy::grade(legacy::assess(profile)));
        const auto back = profile::fromToml(profile::toToml(profile), "fuzz.toml");
        demand(back && *back == profile);
        if (++checked == 4) {
            return;
        }
    }
}

} // namespace tern::test
