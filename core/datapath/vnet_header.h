// The header in front of each packet of a TUN with IFF_VNET_HDR (virtio 1.1 §5.1.6, legacy layout, native byte order).
// Written out here because the kernel's own header is no C++ and, on older systems, lacks what newer kernels do.
#pragma once

#include <cstdint>

namespace tern::datapath {

struct VnetHeader {
    std::uint8_t flags = 0;
    std::uint8_t gsoType = 0;
    std::uint16_t headerLength = 0; // of everything before the payload; a hint
    std::uint16_t gsoSize = 0;      // payload octets a packet
    std::uint16_t checksumStart = 0;
    std::uint16_t checksumOffset = 0; // from checksumStart
};
static_assert(sizeof(VnetHeader) == 10);

constexpr std::uint8_t vnetNeedsChecksum = 1;
constexpr std::uint8_t vnetGsoNone = 0;
constexpr std::uint8_t vnetGsoTcp4 = 1;
constexpr std::uint8_t vnetGsoTcp6 = 4;
constexpr std::uint8_t vnetGsoUdp = 5;
constexpr std::uint8_t vnetGsoEcn = 0x80; // or-ed in: the first packet carries CWR

} // namespace tern::datapath
