#include "core/datapath/harden.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace tern::datapath {

void hardenProcess() {
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
}

} // namespace tern::datapath
