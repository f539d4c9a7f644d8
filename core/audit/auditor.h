// Judges every connection in the files below some paths, on as many threads as there are processors. Nothing is
// imported, nothing is sent, and one broken file never stops the rest.
#pragma once

#include "core/audit/report.h"
#include "core/base/time.h"

#include <span>
#include <string>

namespace tern::audit {

// paths: files and folders; a file is read whatever its name. now: for the dates of certificates, as auditFile().
// threads: 0 means one a processor, at most eight.
[[nodiscard]] Report run(std::span<const std::string> paths, base::UnixSeconds now, unsigned threads = 0);

} // namespace tern::audit
