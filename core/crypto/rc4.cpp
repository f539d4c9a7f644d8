#include "core/crypto/rc4.h"

#include <array>
#include <numeric>
#include <utility>

namespace tern::crypto {

void rc4(base::ByteView key, base::MutableByteView data) {
    std::array<std::uint8_t, 256> state{};
    std::iota(state.begin(), state.end(), std::uint8_t{0});
    std::uint8_t j = 0;
    for (std::size_t i = 0; i < state.size(); ++i) {
        j = static_cast<std::uint8_t>(j + state.at(i) + key[i % key.size()]);
        std::swap(state.at(i), state.at(j));
    }
    std::uint8_t i = 0;
    j = 0;
    for (auto& octet : data) {
        i = static_cast<std::uint8_t>(i + 1);
        j = static_cast<std::uint8_t>(j + state.at(i));
        std::swap(state.at(i), state.at(j));
        octet ^= state.at(static_cast<std::uint8_t>(state.at(i) + state.at(j)));
    }
    base::wipe(state);
}

} // namespace tern::crypto
