// Randomness that is known: 1, 2, 3 … for tests that compare octets.
#pragma once

#include "core/base/random.h"

namespace tern::test {

class CountingRandom final : public base::RandomSource {
public:
    void fill(base::MutableByteView out) override {
        for (auto& octet : out) {
            octet = m_next++;
        }
    }

private:
    std::uint8_t m_next = 1;
};

} // namespace tern::test
