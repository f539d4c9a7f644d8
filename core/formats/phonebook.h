// The Windows phonebook, rasphone.pbk (MS-RRASM §2.2.2), of every Windows from XP on and as scripts rewrite it.
#pragma once

#include "core/formats/import.h"
#include "core/formats/text.h"

namespace tern::formats {

// Fails for a text that holds no section that looks like a phonebook entry; then the error
// says what the file is instead, or the first line that does not fit. An entry that cannot be used is skipped with
// its reason. The original lines of every profile are kept, so that phonebookText() loses nothing.
[[nodiscard]] base::Result<ImportResult> parsePhonebook(const DecodedText& decoded, std::string_view name);

} // namespace tern::formats
