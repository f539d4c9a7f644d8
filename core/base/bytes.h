// Byte strings as everything in core/ passes them.
// Bytes owns; ByteView and MutableByteView borrow and must not outlive what they look at.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tern::base {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using MutableByteView = std::span<std::uint8_t>;

// The octets of a text, unchanged and without a terminator.
[[nodiscard]] inline Bytes toBytes(std::string_view text) {
    return {text.begin(), text.end()};
}
[[nodiscard]] inline std::string toText(ByteView bytes) {
    return {bytes.begin(), bytes.end()};
}

inline void append(Bytes& to, ByteView more) {
    to.insert(to.end(), more.begin(), more.end());
}

// Lower-case hexadecimal, two digits an octet; fromHex answers an empty string for anything malformed.
[[nodiscard]] std::string toHex(ByteView bytes);
[[nodiscard]] Bytes fromHex(std::string_view hex);

// Compares without leaving early, for authenticators and MACs. Different lengths are unequal.
[[nodiscard]] bool equalConstantTime(ByteView a, ByteView b);

} // namespace tern::base
