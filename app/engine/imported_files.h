// The files that belong to imported profiles: our certificate with its key that an import held becomes a file that only
// the user can read, and authorities that it names by their path are read once, into the profile.
#pragma once

#include "core/formats/import.h"

#include <filesystem>
#include <span>

namespace tern::engine {

// The system's authorities, for who signed a file; without them, and for a file that is not signed, nobody is known.
[[nodiscard]] formats::ImportTrust trustForSignature(base::ByteView file);

// Writes result.keyFiles to `directory` (0700) as ID.p12 (0600) and names them in their profiles; adds what
// result.authorityFiles hold to the profiles' authorities. What cannot be done is a note, and the profile stays.
[[nodiscard]] std::vector<formats::ImportProblem> keepImportedFiles(formats::ImportResult& result,
                                                                    std::span<profile::Profile> profiles,
                                                                    const std::filesystem::path& directory);

// What keepImportedFiles() wrote for this profile; not being there is no failure.
void removeImportedFiles(std::string_view id, const std::filesystem::path& directory);

} // namespace tern::engine
