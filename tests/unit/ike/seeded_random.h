// Randomness that repeats: from a seed, for tests and for replaying a failure.
#pragma once

#include "core/base/random.h"

#include <random>

namespace tern::test {

class SeededRandom final : public base::RandomSource {
public:
    explicit SeededRandom(std::uint64_t seed)
        : m_engine(seed) {}
    void fill(base::MutableByteView out) override {
        for (auto& octet : out) {
            octet = static_cast<std::uint8_t>(m_engine());
        }
    }

private:
    std::mt19937_64 m_engine;
};

} // namespace tern::test
