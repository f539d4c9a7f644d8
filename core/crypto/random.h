// The random source of the programs: OpenSSL's generator, which the kernel seeds.
#pragma once

#include "core/base/random.h"

namespace tern::crypto {

// Safe to use from several threads. Ends the program when OpenSSL cannot deliver: there is no safe way to go on.
class SystemRandom final : public base::RandomSource {
public:
    void fill(base::MutableByteView out) override;
};

} // namespace tern::crypto
