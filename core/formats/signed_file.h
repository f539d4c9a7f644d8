// A signed configuration profile: what is inside, and what is known of who signed it.
#pragma once

#include "core/formats/import.h"

#include <optional>

namespace tern::formats {

struct SignedFile {
    base::Bytes content;
    // Who it was and whether that can be believed; the file's name is the first argument.
    std::vector<ImportProblem> notes;
};

// Nothing for a file that is not signed (CMS, DER or PEM). Fails with tern.formats.forged, .broken.
[[nodiscard]] std::optional<base::Result<SignedFile>> openSignedFile(base::ByteView bytes, std::string_view file,
                                                                     const ImportTrust& trust);

} // namespace tern::formats
