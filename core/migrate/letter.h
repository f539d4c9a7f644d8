// A letter to the administrator of a server that offers nothing to migrate to: what was found, and the exact steps on
// Windows Server. In the language of the installed translator.
#pragma once

#include "core/base/finding.h"
#include "core/migrate/document.h"
#include "core/probe/result.h"
#include "core/profile/profile.h"

#include <vector>

namespace tern::migrate {

struct LetterFacts {
    const profile::Profile& old;
    std::string server; // that should offer more; empty: the profile's
    std::vector<base::Finding> findings;
    const probe::Result* probed = nullptr; // null: the server was not asked
    std::string organisation;              // may be empty
};

[[nodiscard]] Document letter(const LetterFacts& facts);

// "mailto:" with subject and body. to: an address, or empty; what is no address is left out.
[[nodiscard]] QString mailTo(const QString& to, const Document& letter);

} // namespace tern::migrate
