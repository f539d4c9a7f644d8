#include "core/ppp/frame.h"

#include "core/base/byte_io.h"

namespace tern::ppp {

base::Bytes buildFrame(Protocol protocol, base::ByteView payload) {
    base::ByteWriter writer;
    writer.u16(0xFF03);
    writer.u16(static_cast<std::uint16_t>(protocol));
    writer.bytes(payload);
    return writer.take();
}

bool isForSession(base::ByteView packet) {
    constexpr std::size_t header = 40;
    constexpr std::uint8_t udp = 17;
    constexpr std::uint8_t icmpV6 = 58;
    constexpr std::uint16_t dhcpClient = 546;
    constexpr std::uint8_t neighbourSolicitation = 135;
    constexpr std::uint8_t routerAdvertisement = 134;
    if (packet.size() < header + 4) {
        return false;
    }
    if (packet[6] == udp) {
        return ((packet[header + 2] << 8U) | packet[header + 3]) == dhcpClient;
    }
    return packet[6] == icmpV6 && (packet[header] == routerAdvertisement || packet[header] == neighbourSolicitation);
}

} // namespace tern::ppp
