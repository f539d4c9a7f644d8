// Which protocol to go to: what the server was found to offer, against what was asked for.
#pragma once

#include "core/migrate/plan.h"

namespace tern::migrate {

struct Choice {
    // Nothing: there is none, and `reason` says why.
    std::optional<profile::Protocol> protocol;
    base::Error reason;
    bool weak = false;       // only by algorithms that have to be allowed
    bool needsTrust = false; // the server's certificate is signed by nobody this computer knows
    bool silent = false;     // nothing answered
};

// old: needed for a proxy, through which only SSTP goes. allowTrust: the certificate's authority is known meanwhile.
[[nodiscard]] Choice choose(const profile::Profile& old, const probe::Result* probed, Target target);

} // namespace tern::migrate
