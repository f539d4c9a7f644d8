#include "core/formats/collector.h"

#include "core/formats/server_names.h"

#include <QCryptographicHash>
#include <algorithm>
#include <chrono>

namespace tern::formats {

namespace {

constexpr std::size_t mostNamed = 24;

// The same for the same entry: tells an entry that was imported before.
std::string fingerprint(std::string_view original) {
    const auto hash = QCryptographicHash::hash(QByteArrayView(original.data(), static_cast<qsizetype>(original.size())),
                                               QCryptographicHash::Blake2b_160);
    return hash.toHex().toStdString();
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

std::optional<base::Error> withoutServer(const profile::Profile& profile) {
    if (profile.servers.empty() && profile.plugin.empty()) {
        return base::Error{"tern.formats.entry.no-server", {}, {}};
    }
    if (!std::ranges::all_of(profile.servers, isHost)) {
        return base::Error{"tern.formats.entry.bad-server", {}, {}};
    }
    return std::nullopt;
}

} // namespace

Collector::Collector(std::string format, std::string encoding, std::string_view file)
    : m_file(file) {
    m_result.format = std::move(format);
    m_result.encoding = std::move(encoding);
    m_now = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
}

void Collector::add(Draft draft, const Node& from) {
    auto& profile = draft.profile;
    if (auto error = withoutServer(profile)) {
        skip(draft.name.empty() ? cleanName(m_file) : draft.name, std::move(*error), draft.line);
        return;
    }
    if (draft.name.empty()) {
        draft.name = cleanName(profile.server());
    }
    profile.name = draft.name.empty() ? std::string(m_file) : draft.name;
    auto names = from.unused(mostNamed);
    std::ranges::move(draft.unused, std::back_inserter(names));
    if (!names.empty()) {
        draft.note("tern.formats.note.unused", {joined(names)});
    }
    if (!draft.secrets.empty()) {
        draft.note("tern.formats.note.secret-in-file", {std::string(m_file)});
    }
    if (from.holdsUntakenSecret()) {
        draft.note("tern.formats.note.secret-left-out");
    }
    using Kind = ImportedSecret::Kind;
    profile.authentication.rememberPassword =
        profile.authentication.rememberPassword || std::ranges::any_of(draft.secrets, [](const auto& secret) {
            return secret.kind == Kind::Password || secret.kind == Kind::PreSharedKey;
        });
    profile.origin.line = draft.line;
    profile.origin.original = from.listing();
    addEntry(std::move(profile), std::move(draft.problems));
    const auto& id = m_result.profiles.back().id;
    for (auto& secret : draft.secrets) {
        secret.profile = id;
        m_result.secrets.push_back(std::move(secret));
    }
    for (auto& file : draft.keyFiles) {
        file.profile = id;
        m_result.keyFiles.push_back(std::move(file));
    }
    for (auto& path : draft.authorityFiles) {
        m_result.authorityFiles.push_back({id, std::move(path)});
    }
}

void Collector::skip(const std::string& entry, base::Error error, unsigned line) {
    error.args.insert(error.args.begin(), entry);
    std::vector<ImportProblem> problems;
    problems.push_back({std::move(error), ImportProblem::Severity::Skipped, std::max(1U, line), entry});
    addEntry(std::nullopt, std::move(problems));
}

void Collector::addEntry(std::optional<profile::Profile> profile, std::vector<ImportProblem> problems) {
    if (profile) {
        auto& origin = profile->origin;
        origin.format = m_result.format;
        origin.file = m_file;
        origin.entry = static_cast<std::uint32_t>(m_result.entries);
        origin.encoding = m_result.encoding;
        origin.imported = m_now;
        origin.fingerprint = fingerprint(origin.original);
        profile->id = profile::newId();
        m_result.profiles.push_back(std::move(*profile));
    }
    ++m_result.entries;
    for (auto& problem : problems) {
        addProblem(std::move(problem));
    }
}

void Collector::addProblem(ImportProblem problem) {
    if (m_result.problems.size() < maximumProblems) {
        m_result.problems.push_back(std::move(problem));
    } else if (m_result.problems.size() == maximumProblems) {
        noteFile("tern.formats.note.too-many", {std::to_string(maximumProblems)}, problem.line);
    }
}

void Collector::noteFile(std::string_view code, std::vector<std::string> args, unsigned line) {
    args.insert(args.begin(), std::string(m_file));
    m_result.problems.push_back({{std::string(code), std::move(args), {}}, ImportProblem::Severity::Note, line, {}});
}

void Collector::noteText(const DecodedText& decoded) {
    if (decoded.guessed) {
        noteFile("tern.formats.note.encoding-guessed", {decoded.encoding});
    }
    if (decoded.damaged) {
        noteFile("tern.formats.note.damaged-text", {});
    }
}

base::Result<ImportResult> Collector::finish(std::string_view kind) {
    if (m_result.entries == 0) {
        return base::fail("tern.formats.no-vpn", {std::string(m_file), std::string(kind)});
    }
    return std::move(m_result);
}

} // namespace tern::formats
