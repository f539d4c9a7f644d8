// The Windows phonebook, rasphone.pbk (MS-RRASM §2.2.2), of every Windows from XP on and as scripts rewrite it.
#pragma once

#include "core/formats/import.h"

#include <optional>

namespace tern::formats {

// Fails for a file that is empty, too large, or holds no section that looks like a phonebook entry; then the error
// says what the file is instead, or the first line that does not fit. An entry that cannot be used is skipped with
// its reason. The original lines of every profile are kept, so that phonebookText() loses nothing.
[[nodiscard]] base::Result<ImportResult> parsePhonebook(base::ByteView bytes, std::string_view name);

} // namespace tern::formats
