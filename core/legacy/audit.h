// A file of connections judged as a whole, nothing imported: what `ternctl audit` prints for each file.
#pragma once

#include "core/base/finding.h"
#include "core/base/time.h"
#include "core/formats/import.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tern::legacy {

struct AuditedConnection {
    profile::Profile profile;
    std::vector<base::Finding> findings; // worst first
    std::string grade;                   // as grade()
};

struct Audit {
    std::string file;
    std::vector<AuditedConnection> connections; // worst first, else as in the file
    std::vector<formats::ImportProblem> problems;
    std::map<std::string, std::size_t> grades; // how many of each; every grade is there

    // "good" for a file without connections.
    [[nodiscard]] std::string_view worstGrade() const;
};

// A file for another program whose kind of VPN Tern knows by sight (formats::foreignVpn) counts as one connection.
// now: for the dates of certificates in the file; 0: they are not judged. Fails as importFile() does.
[[nodiscard]] base::Result<Audit> auditFile(base::ByteView bytes, std::string_view name, base::UnixSeconds now = {});

} // namespace tern::legacy
