// One policy file's text. Keys land in a draft, so that a later file overrides them one by one; what only makes sense
// together is checked when all files are in.
#pragma once

#include "core/policy/policy.h"

#include <string_view>

namespace tern::policy {

struct Draft {
    Policy policy;
    // Where the keys stand that are judged at the end: file and line.
    struct Place {
        std::string file;
        unsigned line = 0;
    };
    std::string ca; // PEM, or the absolute path of a file
    Place caAt;
    bool flagL2tp = false;
    Place l2tpAt;
    std::optional<Day> until;
};

// As servers are compared: lower case, without the dot at the end.
[[nodiscard]] std::string lowerHost(std::string_view host);

// Adds what the file says; problems go to draft.policy.problems, each with file and line. Never throws.
void parse(std::string_view text, const std::string& file, Draft& draft);

} // namespace tern::policy
