// One phonebook entry as a profile: what the keys mean (MS-RRASM §2.2.2 and files in the wild).
#pragma once

#include "core/formats/import.h"
#include "core/formats/phonebook_document.h"

namespace tern::formats {

struct EntryResult {
    // Nothing when the entry is skipped; then the last problem says why.
    std::optional<profile::Profile> profile;
    std::vector<ImportProblem> problems;
};

// True for a section that has at least something of a phonebook entry, also of one that was cut off.
[[nodiscard]] bool looksLikeEntry(const EntryKeys& keys);

// `last`: nothing follows in the file, so an incomplete entry was cut off. Origin is left to the caller, but for the
// version and the text.
[[nodiscard]] EntryResult readEntry(const Section& section, const EntryKeys& keys, bool last);

} // namespace tern::formats
