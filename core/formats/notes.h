// What the user should know of one connection that was read, collected while it is read.
#pragma once

#include "core/formats/import.h"

#include <initializer_list>

namespace tern::formats {

class Notes {
public:
    Notes(std::string entry, unsigned line, std::vector<ImportProblem>& into);
    // `args` follow the entry's name, which is always the first. line 0: the entry's own.
    void add(std::string_view code, std::initializer_list<std::string> args = {}, unsigned line = 0);

private:
    std::string m_entry;
    unsigned m_line;
    std::vector<ImportProblem>& m_into;
};

} // namespace tern::formats
