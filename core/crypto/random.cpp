#include "core/crypto/random.h"

#include <algorithm>
#include <cstdlib>
#include <openssl/rand.h>

namespace tern::crypto {

void SystemRandom::fill(base::MutableByteView out) {
    while (!out.empty()) {
        const std::size_t count = std::min<std::size_t>(out.size(), 1U << 20U);
        if (RAND_bytes(out.data(), static_cast<int>(count)) != 1) {
            std::abort();
        }
        out = out.subspan(count);
    }
}

} // namespace tern::crypto
