// The Internet checksum (RFC 1071), for packets cut and merged in user space.
#pragma once

#include "core/base/bytes.h"

namespace tern::datapath {

// The sum of 16-bit words in network order; an odd last octet counts as if a zero followed. Sums may be added up as
// long as every piece but the last has an even length.
[[nodiscard]] std::uint64_t sumOf(base::ByteView bytes);
// Folds a sum to 16 bits, not complemented, as a big-endian number: 0xFFFF means that a checksum inside was right.
[[nodiscard]] std::uint16_t foldSum(std::uint64_t sum);
// A 16-bit word's share of a sum.
[[nodiscard]] std::uint64_t wordSum(std::uint16_t value);

// The pseudo header of TCP and UDP (RFC 9293 §3.1, RFC 8200 §8.1): addresses from a whole IPv4 or IPv6 header.
[[nodiscard]] std::uint64_t pseudoHeaderSum(base::ByteView ip, std::uint8_t protocol, std::size_t length);

// The checksum field after one word it covers has changed (RFC 1624).
[[nodiscard]] std::uint16_t adjustedChecksum(std::uint16_t checksum, std::uint16_t before, std::uint16_t after);

} // namespace tern::datapath
