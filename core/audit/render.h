// A report as a file. Sentences are in the language of the program; names of columns, keys and codes are the same in
// all. Names out of the files are data in every one of the formats: they cannot become a formula, a tag or a line.
#pragma once

#include "core/audit/report.h"
#include "core/base/time.h"

#include <functional>
#include <string>
#include <string_view>

namespace tern::audit {

// Gets the file piece by piece, UTF-8.
using Write = std::function<void(std::string_view)>;

struct RenderContext {
    std::string version;            // of Tern
    base::UnixSeconds time{};       // of the audit
    std::vector<std::string> paths; // as they were asked for
    std::size_t mostRows = 2000;    // connections listed by writeHtml(); the worst ones
};

// JSON, one object a line: first {"type":"summary"}, then the connections, worst first, then the servers
// where they were asked, then the remarks.
// summary: connections, grades {broken, retired, can-fall-back, weak, not-judged, good}, files, files-read, folders,
// unread,
//   remarks-left-out, servers-asked, servers-unasked (it was ended before their turn), complete (false: something could
//   not be read), version, time (ISO 8601).
// connection: name, protocol, server, port (0: the usual one), auth, grade, file, line, owner,
//   findings [{code, severity, sentence, remedy, source}].
// server: server, connections, worst (grade), offer (the advice of Probe, app/dbus/org.ternvpn.Engine1.xml; "": it
//   could not be asked), offers {ikev2, sstp, pptp, l2tp} (verdicts of Probe), sentence, remedy.
// remark: kind ("unread" "foreign" "skipped" "note"), file, line, entry, code, sentence, remedy, detail.
void writeJsonLines(const Report& report, const RenderContext& context, const Write& write);

// RFC 4180: a heading, then a row a connection, worst first.
void writeCsv(const Report& report, const Write& write);

// SARIF 2.1.0: a rule a finding met, a result a finding of a connection; what could not be read is a notification.
void writeSarif(const Report& report, const RenderContext& context, const Write& write);

// One page that needs nothing else: light or dark as the reader has it, and fit for paper.
void writeHtml(const Report& report, const RenderContext& context, const Write& write);

} // namespace tern::audit
