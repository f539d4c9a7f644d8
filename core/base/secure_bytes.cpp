#include "core/base/secure_bytes.h"

#include <cstring>

namespace tern::base {

void wipe(MutableByteView memory) noexcept {
    if (!memory.empty()) {
        explicit_bzero(memory.data(), memory.size());
    }
}

} // namespace tern::base
