// Runs one command line.
#pragma once

#include "app/ctl/exit_code.h"

#include <QStringList>

namespace tern::ctl {

// arguments: without the program's name. Needs a QCoreApplication.
[[nodiscard]] ExitCode run(const QStringList& arguments);

} // namespace tern::ctl
