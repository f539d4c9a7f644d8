#include "core/eap/packet.h"

#include "core/base/byte_io.h"

namespace tern::eap {

namespace {
constexpr std::size_t headerSize = 4;
}

std::optional<Packet> parsePacket(base::ByteView octets) {
    base::ByteReader header(octets);
    const std::uint8_t code = header.u8();
    Packet packet;
    packet.identifier = header.u8();
    const std::size_t length = header.u16();
    if (header.failed() || length < headerSize || length > octets.size()) {
        return {};
    }
    base::ByteReader body(octets.subspan(headerSize, length - headerSize));
    if (code < static_cast<std::uint8_t>(Code::Request) || code > static_cast<std::uint8_t>(Code::Failure)) {
        return {};
    }
    packet.code = static_cast<Code>(code);
    if (packet.code == Code::Success || packet.code == Code::Failure) {
        return body.atEnd() ? std::optional(packet) : std::nullopt;
    }
    packet.type = body.u8();
    packet.typeData = body.rest();
    return body.failed() ? std::nullopt : std::optional(packet);
}

base::Bytes buildResponse(std::uint8_t identifier, std::uint8_t type, base::ByteView typeData) {
    base::ByteWriter writer;
    writer.u8(static_cast<std::uint8_t>(Code::Response));
    writer.u8(identifier);
    writer.u16(static_cast<std::uint16_t>(headerSize + 1 + typeData.size()));
    writer.u8(type);
    writer.bytes(typeData);
    return writer.take();
}

} // namespace tern::eap
