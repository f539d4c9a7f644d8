// Where randomness comes from is decided outside the protocol machines: the programs pass one that draws from
// OpenSSL (core/crypto/random.h), the simulator one that repeats from a seed.
#pragma once

#include "core/base/bytes.h"

namespace tern::base {

class RandomSource {
public:
    RandomSource() = default;
    RandomSource(const RandomSource&) = delete;
    RandomSource& operator=(const RandomSource&) = delete;
    virtual ~RandomSource() = default;
    // Fills the whole span. Never fails: a source that cannot deliver must end the program.
    virtual void fill(MutableByteView out) = 0;
};

} // namespace tern::base
