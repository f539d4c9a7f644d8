// The result of an import while it is made: whatever the format, entries, problems and secrets are added here, and the
// bounds, the origin and the words about what was not carried over are the same for all.
#pragma once

#include "core/formats/draft.h"
#include "core/formats/text.h"

namespace tern::formats {

class Collector {
public:
    // format: the stable name for Origin::format. file: as the user calls it; borrowed.
    Collector(std::string format, std::string encoding, std::string_view file);

    // The connection that `from` describes. Skipped, with the reason, when there is no server to call. What of `from`
    // was not used is named in one note, and secrets are told of.
    void add(Draft draft, const Node& from);
    // Counts as an entry.
    void skip(const std::string& entry, base::Error error, unsigned line);
    // One that is whole already, but for its id and the place it came from; or nothing but problems.
    void addEntry(std::optional<profile::Profile> profile, std::vector<ImportProblem> problems);
    // Of the file as a whole; its name becomes the first argument.
    void noteFile(std::string_view code, std::vector<std::string> args, unsigned line = 1);
    // Guessed or damaged letters.
    void noteText(const DecodedText& decoded);

    [[nodiscard]] std::size_t entries() const { return m_result.entries; }
    [[nodiscard]] bool full() const { return m_result.entries >= maximumEntries; }
    // tern.formats.no-vpn, with `kind` as what the file is, when nothing was an entry.
    [[nodiscard]] base::Result<ImportResult> finish(std::string_view kind);

private:
    void addProblem(ImportProblem problem);

    std::string_view m_file;
    std::chrono::milliseconds m_now{0};
    ImportResult m_result;
};

} // namespace tern::formats
