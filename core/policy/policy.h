// What the administrator of this computer wants: /etc/tern/policy.d/*.toml, documented in
// packaging/policy/example.toml. A policy can only forbid more than Tern does by itself, with one exception: L2TP until
// a date. So whatever is wrong with a file leaves the stricter half standing: see Policy::isSound().
#pragma once

#include "core/base/error.h"
#include "core/legacy/grade.h"
#include "core/profile/profile.h"

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tern::policy {

// A day of the calendar where the user is.
using Day = std::chrono::sys_days;

// Where a connection to an old server is to go instead.
struct Replacement {
    std::string host;
    profile::Protocol protocol = profile::Protocol::Automatic; // or Ikev2, Sstp
    friend bool operator==(const Replacement&, const Replacement&) = default;
};

struct Policy {
    std::string organisation; // plain text, as the next
    std::string contact;
    std::string help;                 // "https://…" or "mailto:…"
    std::string caPem;                // its authority, trusted beside the others for servers in `domains`
    std::vector<std::string> domains; // lower case: names, or the end of names, or addresses
    std::optional<Day> l2tpUntil;     // L2TP is flagged instead of refused; this is the last day
    std::optional<legacy::Grade> minimumGrade;
    std::map<std::string, Replacement, std::less<>> replacements; // by the old server, lower case

    // Files read, in their order, and what is wrong: tern.policy.*, each naming file and line. With any, isSound() is
    // false, l2tpUntil, caPem and replacements are empty, and nothing may be connected, for nobody knows what the
    // files were to forbid.
    std::vector<std::string> files;
    std::string caFile; // from which the authority was read, if from one
    std::vector<base::Error> problems;

    [[nodiscard]] bool isSound() const { return problems.empty(); }
    [[nodiscard]] bool isEmpty() const { return files.empty() && problems.empty(); }
    // Where this server is to be replaced; null when it is not.
    [[nodiscard]] const Replacement* replacementFor(std::string_view server) const;
    // Whether it is one of the organisation's: in its domains, or what an old server is replaced by.
    [[nodiscard]] bool isOurs(std::string_view server) const;
    friend bool operator==(const Policy&, const Policy&) = default;
};

// Reads every *.toml of the folder in the order of their names; what a later one says counts. No folder: no policy.
// owner: who alone may be able to write the folder and its files, beside root.
[[nodiscard]] Policy load(const std::filesystem::path& folder, unsigned owner = 0);

// "/etc/tern/policy.d"; TERN_POLICY_DIR names another one.
[[nodiscard]] std::filesystem::path defaultFolder();

} // namespace tern::policy
