#include "core/formats/notes.h"

namespace tern::formats {

Notes::Notes(std::string entry, unsigned line, std::vector<ImportProblem>& into)
    : m_entry(std::move(entry))
    , m_line(line)
    , m_into(into) {}

void Notes::add(std::string_view code, std::initializer_list<std::string> args, unsigned line) {
    base::Error error{std::string(code), {m_entry}, {}};
    error.args.insert(error.args.end(), args.begin(), args.end());
    m_into.push_back({std::move(error), ImportProblem::Severity::Note, line == 0 ? m_line : line, m_entry});
}

} // namespace tern::formats
