// Keeps a process that holds keys out of core files and away from debuggers of the same user.
#pragma once

namespace tern::datapath {

// PR_SET_DUMPABLE 0 and a core size limit of 0. Call it first thing in main().
void hardenProcess();

} // namespace tern::datapath
