#include "core/ppp/packet.h"

#include "core/base/byte_io.h"

#include <algorithm>

namespace tern::ppp {

std::optional<Packet> parsePacket(base::ByteView octets) {
    constexpr std::size_t header = 4;
    base::ByteReader reader(octets);
    Packet packet;
    packet.code = reader.u8();
    packet.identifier = reader.u8();
    const std::size_t length = reader.u16();
    if (reader.failed() || length < header || length > octets.size()) {
        return std::nullopt;
    }
    packet.data = octets.subspan(header, length - header);
    return packet;
}

base::Bytes buildPacket(std::uint8_t code, std::uint8_t identifier, base::ByteView data) {
    base::ByteWriter writer;
    writer.u8(code);
    writer.u8(identifier);
    writer.u16(static_cast<std::uint16_t>(4 + data.size()));
    writer.bytes(data);
    return writer.take();
}

base::Bytes buildPacket(Code code, std::uint8_t identifier, base::ByteView data) {
    return buildPacket(static_cast<std::uint8_t>(code), identifier, data);
}

std::optional<Options> parseOptions(base::ByteView octets) {
    constexpr std::size_t most = 64;
    Options options;
    base::ByteReader reader(octets);
    while (!reader.atEnd()) {
        const auto type = reader.u8();
        const auto length = reader.u8();
        const auto data = reader.take(length < 2 ? reader.remaining() + 1 : length - 2U);
        if (reader.failed() || options.size() == most) {
            return std::nullopt;
        }
        options.push_back({type, {data.begin(), data.end()}});
    }
    return options;
}

base::Bytes buildOptions(const Options& options) {
    base::ByteWriter writer;
    for (const auto& option : options) {
        writer.u8(option.type);
        writer.u8(static_cast<std::uint8_t>(2 + option.data.size()));
        writer.bytes(option.data);
    }
    return writer.take();
}

const Option* findOption(const Options& options, std::uint8_t type) {
    const auto found =
        std::find_if(options.begin(), options.end(), [&](const Option& option) { return option.type == type; });
    return found == options.end() ? nullptr : &*found;
}

} // namespace tern::ppp
