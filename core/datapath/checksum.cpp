#include "core/datapath/checksum.h"

#include <bit>
#include <cstring>

namespace tern::datapath {

namespace {

std::uint64_t load64(const std::uint8_t* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

std::uint64_t addWithCarry(std::uint64_t sum, std::uint64_t word) {
    std::uint64_t result = 0;
    const bool carry = __builtin_add_overflow(sum, word, &result);
    return result + (carry ? 1U : 0U);
}

std::uint16_t toNetworkOrder(std::uint16_t value) {
    if constexpr (std::endian::native == std::endian::little) {
        return static_cast<std::uint16_t>((value << 8U) | (value >> 8U));
    }
    return value;
}

} // namespace

// The sum is kept in the byte order of the machine and turned once at the end: one's complement addition does not
// mind. Two 64-bit sums with end-around carry keep the adder busy.
std::uint64_t sumOf(base::ByteView bytes) {
    const std::uint8_t* at = bytes.data();
    std::size_t left = bytes.size();
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    while (left >= 32) {
        first = addWithCarry(addWithCarry(first, load64(at)), load64(at + 16));
        second = addWithCarry(addWithCarry(second, load64(at + 8)), load64(at + 24));
        at += 32;
        left -= 32;
    }
    while (left >= 8) {
        first = addWithCarry(first, load64(at));
        at += 8;
        left -= 8;
    }
    if (left > 0) {
        std::uint64_t rest = 0;
        std::memcpy(&rest, at, left);
        second = addWithCarry(second, rest);
    }
    const std::uint64_t both = addWithCarry(first, second);
    return (both & 0xFFFFFFFFU) + (both >> 32U); // at most 33 bits, so that callers may add up without care
}

std::uint16_t foldSum(std::uint64_t sum) {
    sum = (sum & 0xFFFFFFFFU) + (sum >> 32U);
    sum = (sum & 0xFFFFFFFFU) + (sum >> 32U);
    sum = (sum & 0xFFFFU) + (sum >> 16U);
    sum = (sum & 0xFFFFU) + (sum >> 16U);
    return toNetworkOrder(static_cast<std::uint16_t>(sum));
}

std::uint64_t wordSum(std::uint16_t value) {
    return toNetworkOrder(value);
}

std::uint64_t pseudoHeaderSum(base::ByteView ip, std::uint8_t protocol, std::size_t length) {
    const bool v6 = (ip[0] >> 4U) == 6;
    const base::ByteView addresses = v6 ? ip.subspan(8, 32) : ip.subspan(12, 8);
    return sumOf(addresses) + wordSum(protocol) + wordSum(static_cast<std::uint16_t>(length)) +
           wordSum(static_cast<std::uint16_t>(length >> 16U));
}

std::uint16_t adjustedChecksum(std::uint16_t checksum, std::uint16_t before, std::uint16_t after) {
    std::uint32_t sum = static_cast<std::uint16_t>(~checksum);
    sum += static_cast<std::uint16_t>(~before);
    sum += after;
    sum = (sum & 0xFFFFU) + (sum >> 16U);
    sum = (sum & 0xFFFFU) + (sum >> 16U);
    return static_cast<std::uint16_t>(~sum);
}

} // namespace tern::datapath
