// The sentences behind error and finding codes. Each area keeps its rows in core/base/catalogue/AREA.cpp, in plain
// English; describe() translates them (context "Catalogue") with the translator the program has installed.
#pragma once

#include "core/base/error.h"

#include <QString>
#include <span>

namespace tern::base {

// A row of the catalogue. sentence: what happened, for a person; remedy: what to do next. %1, %2 … take Error::args.
// source: of a finding, where one can read that it is so ("RFC 8996"); a citation, the same in every language.
struct CatalogueRow {
    const char* code;
    const char* sentence;
    const char* remedy;
    const char* source = "";
};

struct ErrorText {
    QString sentence;
    QString remedy;
    QString source;
};

// The text for a code in the user's language. An unknown code gives a general sentence that names the code.
[[nodiscard]] ErrorText describe(const Error& error);

// Every area's rows, for tests and for the documentation of codes.
[[nodiscard]] std::span<const std::span<const CatalogueRow>> catalogue();

} // namespace tern::base
