// The new settings of a connection, from the old ones: what comes along and what does not, each with a line.
#pragma once

#include "core/migrate/plan.h"

namespace tern::migrate {

struct Carried {
    profile::Profile settings;
    std::vector<base::Error> kept;
    std::vector<base::Error> dropped;
};

[[nodiscard]] Carried carry(const profile::Profile& old, profile::Protocol protocol, const probe::Result* probed,
                            const Rules& rules, const Answers& answers);

} // namespace tern::migrate
