#include "core/formats/phonebook.h"

#include "core/formats/phonebook_entry.h"
#include "core/formats/sniff.h"
#include "core/formats/text.h"

#include <QCryptographicHash>
#include <algorithm>
#include <chrono>

namespace tern::formats {

namespace {

// The same for the same entry: tells an entry that was imported before.
std::string fingerprint(std::string_view original) {
    const auto hash = QCryptographicHash::hash(QByteArrayView(original.data(), static_cast<qsizetype>(original.size())),
                                               QCryptographicHash::Blake2b_160);
    return hash.toHex().toStdString();
}

class Reader {
public:
    Reader(const DecodedText& decoded, std::string_view name)
        : m_decoded(decoded)
        , m_name(name) {
        m_result.format = "pbk";
        m_result.encoding = decoded.encoding;
        m_now =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
    }

    base::Result<ImportResult> read() {
        const auto sections = splitSections(m_decoded.text, maximumEntries + 1);
        std::size_t alike = 0;
        for (std::size_t i = 0; i < sections.size() && i < maximumEntries; ++i) {
            const auto keys = readKeys(sections[i]);
            alike += looksLikeEntry(keys) ? 1U : 0U;
            add(sections[i], readEntry(sections[i], keys, i + 1 == sections.size()));
        }
        if (alike == 0) {
            return base::fail(refuseText(m_decoded.text, m_name, sections.empty() ? 0 : sections.front().line));
        }
        noteFile(sections);
        return std::move(m_result);
    }

private:
    void add(const Section& section, EntryResult entry) {
        if (entry.profile) {
            auto& origin = entry.profile->origin;
            origin.format = "pbk";
            origin.file = m_name;
            origin.entry = static_cast<std::uint32_t>(m_result.entries);
            origin.line = section.line;
            origin.encoding = m_decoded.encoding;
            origin.imported = m_now;
            origin.fingerprint = fingerprint(origin.original);
            entry.profile->id = profile::newId();
            m_result.profiles.push_back(std::move(*entry.profile));
        }
        ++m_result.entries;
        for (auto& problem : entry.problems) {
            addProblem(std::move(problem));
        }
    }

    void addProblem(ImportProblem problem) {
        if (m_result.problems.size() < maximumProblems) {
            m_result.problems.push_back(std::move(problem));
        } else if (m_result.problems.size() == maximumProblems) {
            addFileNote("tern.formats.note.too-many", {std::to_string(maximumProblems)}, problem.line);
        }
    }

    void addFileNote(std::string_view code, std::vector<std::string> args, unsigned line) {
        args.insert(args.begin(), std::string(m_name));
        m_result.problems.push_back(
            {{std::string(code), std::move(args), {}}, ImportProblem::Severity::Note, line, {}});
    }

    void noteFile(const std::vector<Section>& sections) {
        if (m_decoded.guessed) {
            addFileNote("tern.formats.note.encoding-guessed", {m_decoded.encoding}, 1);
        }
        if (m_decoded.damaged) {
            addFileNote("tern.formats.note.damaged-text", {}, 1);
        }
        if (sections.size() > maximumEntries) {
            addFileNote("tern.formats.note.too-many-entries", {std::to_string(maximumEntries)}, sections.back().line);
        }
    }

    const DecodedText& m_decoded;
    std::string_view m_name;
    std::chrono::milliseconds m_now{0};
    ImportResult m_result;
};

} // namespace

base::Result<ImportResult> parsePhonebook(base::ByteView bytes, std::string_view name) {
    if (auto error = refuseUnread(bytes, name)) {
        return base::fail(std::move(*error));
    }
    const auto decoded = decodeText(bytes);
    return Reader(decoded, name).read();
}

} // namespace tern::formats
