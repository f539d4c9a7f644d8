// Looking into and mending the packets that go through the tunnel: no copies, every length checked once by parseIp.
#pragma once

#include "core/base/bytes.h"

#include <cstring>
#include <optional>

namespace tern::datapath {

constexpr std::uint8_t protocolTcp = 6;
constexpr std::uint8_t protocolUdp = 17;

[[nodiscard]] inline std::uint16_t loadU16(base::ByteView bytes, std::size_t at) {
    return static_cast<std::uint16_t>((bytes[at] << 8U) | bytes[at + 1]);
}
[[nodiscard]] inline std::uint32_t loadU32(base::ByteView bytes, std::size_t at) {
    return (std::uint32_t{loadU16(bytes, at)} << 16U) | loadU16(bytes, at + 2);
}
inline void storeU16(base::MutableByteView bytes, std::size_t at, std::uint16_t value) {
    bytes[at] = static_cast<std::uint8_t>(value >> 8U);
    bytes[at + 1] = static_cast<std::uint8_t>(value);
}
inline void storeU32(base::MutableByteView bytes, std::size_t at, std::uint32_t value) {
    storeU16(bytes, at, static_cast<std::uint16_t>(value >> 16U));
    storeU16(bytes, at + 2, static_cast<std::uint16_t>(value));
}

// As std::ranges::copy and std::ranges::equal, which GCC 12 makes loops over single octets of. to must have room.
inline void copyOctets(base::ByteView from, base::MutableByteView to) {
    if (!from.empty()) {
        std::memcpy(to.data(), from.data(), from.size());
    }
}
[[nodiscard]] inline bool equalOctets(base::ByteView a, base::ByteView b) {
    return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0);
}

struct IpLayout {
    bool v6 = false;
    bool fragment = false;      // of an IPv4 packet; IPv6 fragments have another protocol
    std::uint8_t protocol = 0;  // of what follows the header; extension headers are not walked through
    std::size_t headerSize = 0; // with IPv4 options
    std::size_t totalSize = 0;  // as the header says: at least headerSize, at most what was looked at
};

// Nothing when this is no whole IPv4 or IPv6 packet, by its own lengths. Octets behind totalSize are not its own.
[[nodiscard]] std::optional<IpLayout> parseIp(base::ByteView packet);

// The ECN field (RFC 3168).
enum class Ecn : std::uint8_t { NotCapable = 0, Capable1 = 1, Capable0 = 2, Experienced = 3 };
[[nodiscard]] Ecn ecnOf(base::ByteView packet, const IpLayout& ip);
// Joins the outer header's mark with the inner one (RFC 6040 §4.2), changing the packet. False: it must be dropped.
[[nodiscard]] bool decapsulateEcn(base::MutableByteView packet, const IpLayout& ip, Ecn outer);

// Lowers the MSS option of a TCP SYN to what fits in the tunnel's MTU. checksumComplete: whether the checksum field
// holds a whole checksum, to be mended, or one that will be computed later.
void clampMss(base::MutableByteView packet, const IpLayout& ip, unsigned mtu, bool checksumComplete);

} // namespace tern::datapath
