#include "core/formats/import.h"

#include "core/formats/phonebook.h"

#include <algorithm>

namespace tern::formats {

std::size_t ImportResult::skipped() const {
    return static_cast<std::size_t>(
        std::ranges::count(problems, ImportProblem::Severity::Skipped, [](const auto& each) { return each.severity; }));
}

base::Result<ImportResult> importFile(base::ByteView bytes, std::string_view name) {
    // The phonebook is the one format there is; its own sniffing names what else the file may be.
    return parsePhonebook(bytes, name);
}

} // namespace tern::formats
