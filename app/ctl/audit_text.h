// An audit for people at a terminal.
#pragma once

#include "core/audit/report.h"

#include <QString>
#include <functional>

namespace tern::ctl {

// A summary first, then what was found, the worst first: what is wrong is said once, and below it stand the connections
// it is true of. Gets the text piece by piece.
void writeAuditText(const audit::Report& report, const std::function<void(const QString&)>& write);

} // namespace tern::ctl
