#include "core/datapath/checksum.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace tern::datapath {

namespace {

constexpr std::size_t blockSize = 32;
constexpr std::size_t mostBlocks = 16'384; // before a 32-bit lane could overflow

// Adds up whole blocks: each 32-bit lane takes both its 16-bit halves. Written with the compiler's vectors, so that it
// becomes whatever the function it is inlined into may use.
[[gnu::always_inline]] inline std::uint64_t sumBlocks(const std::uint8_t* at, std::size_t blocks) {
    using Lanes [[gnu::vector_size(blockSize)]] = std::uint32_t;
    Lanes low{};
    Lanes high{};
    for (std::size_t i = 0; i < blocks; ++i) {
        Lanes words{};
        std::memcpy(&words, at + i * blockSize, blockSize);
        low += words & 0xFFFFU;
        high += words >> 16U;
    }
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < blockSize / sizeof(std::uint32_t); ++i) {
        sum += std::uint64_t{low[i]} + high[i];
    }
    return sum;
}

std::uint64_t sumBlocksPlain(const std::uint8_t* at, std::size_t blocks) {
    return sumBlocks(at, blocks);
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] std::uint64_t sumBlocksWide(const std::uint8_t* at, std::size_t blocks) {
    return sumBlocks(at, blocks);
}
const auto sumBlocksHere = __builtin_cpu_supports("avx2") != 0 ? sumBlocksWide : sumBlocksPlain;
#else
const auto sumBlocksHere = sumBlocksPlain;
#endif

std::uint16_t toNetworkOrder(std::uint16_t value) {
    if constexpr (std::endian::native == std::endian::little) {
        return static_cast<std::uint16_t>((value << 8U) | (value >> 8U));
    }
    return value;
}

} // namespace

// The sum is kept in the byte order of the machine and turned once at the end: one's complement addition does not
// mind, nor whether it is done by words of 16 or of 32 bits (RFC 1071 §2). Most calls are for a header's few octets.
std::uint64_t sumOf(base::ByteView bytes) {
    std::uint64_t sum = 0;
    while (bytes.size() >= 2 * blockSize) {
        const std::size_t blocks = std::min(bytes.size() / blockSize, mostBlocks);
        sum += sumBlocksHere(bytes.data(), blocks);
        bytes = bytes.subspan(blocks * blockSize);
    }
    while (bytes.size() >= sizeof(std::uint32_t)) {
        std::uint32_t word = 0;
        std::memcpy(&word, bytes.data(), sizeof word);
        sum += word;
        bytes = bytes.subspan(sizeof word);
    }
    std::array<std::uint16_t, 2> rest{};
    for (std::size_t i = 0; i < bytes.size(); ++i) { // three octets at most
        reinterpret_cast<std::uint8_t*>(rest.data())[i] = bytes[i];
    }
    return sum + rest[0] + rest[1];
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
