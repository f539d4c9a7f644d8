#include "core/formats/import.h"

#include "core/formats/key_sections.h"
#include "core/formats/phonebook.h"
#include "core/formats/readers.h"
#include "core/formats/sniff.h"

#include <algorithm>

namespace tern::formats {

namespace {

using Reader = base::Result<ImportResult> (*)(const DecodedText&, std::string_view);

constexpr std::size_t searched = 65536;

// A line of its own.
bool hasLine(std::string_view text, std::string_view wanted) {
    for (std::size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1)) {
        const bool starts = at == 0 || text[at - 1] == '\n';
        const auto end = at + wanted.size();
        if (starts && (end == text.size() || text[end] == '\n' || text[end] == '\r' || text[end] == ' ')) {
            return true;
        }
    }
    return false;
}

bool isNetworkManager(std::string_view head) {
    return hasLine(head, "[connection]") &&
           (hasLine(head, "type=vpn") || hasLine(head, "[vpn]") || head.find("\nuuid=") != std::string_view::npos);
}

// What reads this text; nullptr: no format but perhaps the phonebook's.
Reader readerFor(std::string_view text) {
    const auto head = text.substr(0, searched);
    if (isNetworkManager(head)) {
        return readNetworkManager;
    }
    return nullptr;
}

} // namespace

std::size_t ImportResult::skipped() const {
    return static_cast<std::size_t>(
        std::ranges::count(problems, ImportProblem::Severity::Skipped, [](const auto& each) { return each.severity; }));
}

base::Result<ImportResult> importFile(base::ByteView bytes, std::string_view name) {
    if (auto error = refuseUnread(bytes, name)) {
        return base::fail(std::move(*error));
    }
    const auto decoded = decodeText(bytes);
    if (const auto reader = readerFor(decoded.text)) {
        return reader(decoded, name);
    }
    return parsePhonebook(decoded, name);
}

} // namespace tern::formats
