#include "core/formats/phonebook.h"

#include "core/formats/collector.h"
#include "core/formats/phonebook_entry.h"
#include "core/formats/sniff.h"

namespace tern::formats {

base::Result<ImportResult> parsePhonebook(const DecodedText& decoded, std::string_view name) {
    Collector collector("pbk", decoded.encoding, name);
    const auto sections = splitSections(decoded.text, maximumEntries + 1);
    std::size_t alike = 0;
    for (std::size_t i = 0; i < sections.size() && !collector.full(); ++i) {
        const auto keys = readKeys(sections[i]);
        alike += looksLikeEntry(keys) ? 1U : 0U;
        auto entry = readEntry(sections[i], keys, i + 1 == sections.size());
        collector.addEntry(std::move(entry.profile), std::move(entry.problems));
    }
    if (alike == 0) {
        return base::fail(refuseText(decoded.text, name, sections.empty() ? 0 : sections.front().line));
    }
    collector.noteText(decoded);
    if (sections.size() > maximumEntries) {
        collector.noteFile("tern.formats.note.too-many-entries", {std::to_string(maximumEntries)},
                           sections.back().line);
    }
    return collector.finish(".pbk");
}

} // namespace tern::formats
