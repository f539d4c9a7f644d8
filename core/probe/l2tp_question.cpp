#include "core/probe/l2tp_question.h"

#include "core/base/byte_io.h"
#include "core/probe/text.h"

#include <array>
#include <string_view>

namespace tern::probe {

namespace {

// RFC 2661 §3.1, §4.1, §4.4.
constexpr std::uint16_t controlHeader = 0xC802; // type, length and sequence bits, version 2
constexpr std::uint16_t headerMask = 0xCB0F;
constexpr std::size_t headerSize = 12;
constexpr std::uint16_t mandatory = 0x8000;
constexpr std::uint16_t hidden = 0x4000;
constexpr std::uint16_t lengthMask = 0x03FF;
constexpr std::size_t avpHeader = 6;
constexpr std::uint16_t avpMessageType = 0;
constexpr std::uint16_t avpResultCode = 1;
constexpr std::uint16_t avpProtocolVersion = 2;
constexpr std::uint16_t avpFraming = 3;
constexpr std::uint16_t avpHostName = 7;
constexpr std::uint16_t avpVendorName = 8;
constexpr std::uint16_t avpAssignedTunnel = 9;
constexpr std::uint16_t avpReceiveWindow = 10;
constexpr std::uint16_t startRequest = 1;
constexpr std::uint16_t startReply = 2;
constexpr std::uint16_t stopNotification = 4;
constexpr std::uint16_t version = 0x0100;
constexpr std::uint32_t bothFramings = 3;
constexpr std::uint16_t receiveWindow = 4;
constexpr std::uint16_t generalRequestToClear = 1;
constexpr std::string_view ourHost = "probe"; // the field may not be empty, and nobody is to be named

void avp(base::ByteWriter& writer, std::uint16_t type, base::ByteView value) {
    writer.u16(static_cast<std::uint16_t>(mandatory | (avpHeader + value.size())));
    writer.u16(0); // the IETF's
    writer.u16(type);
    writer.bytes(value);
}

void avp16(base::ByteWriter& writer, std::uint16_t type, std::uint16_t value) {
    base::ByteWriter number;
    number.u16(value);
    avp(writer, type, number.view());
}

base::Bytes message(std::uint16_t tunnel, std::uint16_t sent, std::uint16_t expected, base::ByteView avps) {
    base::ByteWriter writer;
    writer.u16(controlHeader);
    writer.u16(static_cast<std::uint16_t>(headerSize + avps.size()));
    writer.u16(tunnel);
    writer.u16(0); // no session
    writer.u16(sent);
    writer.u16(expected);
    writer.bytes(avps);
    return writer.take();
}

} // namespace

void L2tpQuestion::begin(base::Instant now) {
    std::array<std::uint8_t, sizeof m_tunnel> tunnel{};
    m_random.fill(tunnel);
    m_tunnel = base::ByteReader(tunnel).u16() | 1U; // never zero
    base::ByteWriter framing;
    framing.u32(bothFramings);
    base::ByteWriter avps;
    avp16(avps, avpMessageType, startRequest);
    avp16(avps, avpProtocolVersion, version);
    avp(avps, avpHostName, base::toBytes(ourHost));
    avp(avps, avpFraming, framing.view());
    avp16(avps, avpAssignedTunnel, m_tunnel);
    avp16(avps, avpReceiveWindow, receiveWindow);
    ask(now, message(0, 0, 0, avps.view()));
}

void L2tpQuestion::take(base::Instant now, base::ByteView octets) {
    const auto control = parse(octets);
    if (!control) {
        return;
    }
    if (control->type == stopNotification) {
        noteAnswer(now); // it speaks L2TP, and does not want us
        conclude(Verdict::Unusable);
        return;
    }
    if (control->type != startReply || control->tunnel == 0) {
        return;
    }
    noteAnswer(now);
    m_host = control->host;
    m_vendor = control->vendor;
    base::ByteWriter avps;
    avp16(avps, avpMessageType, stopNotification);
    avp16(avps, avpAssignedTunnel, m_tunnel);
    avp16(avps, avpResultCode, generalRequestToClear);
    send(message(control->tunnel, 1, static_cast<std::uint16_t>(control->sequence + 1), avps.view()));
    conclude(Verdict::Open);
}

std::optional<L2tpQuestion::Control> L2tpQuestion::parse(base::ByteView octets) const {
    base::ByteReader head(octets);
    const auto flags = head.u16();
    const auto size = head.u16();
    const auto tunnel = head.u16();
    const auto session = head.u16();
    Control control;
    control.sequence = head.u16();
    head.skip(2);
    if (head.failed() || (flags & headerMask) != controlHeader || size < headerSize || size > octets.size() ||
        tunnel != m_tunnel || session != 0) {
        return std::nullopt;
    }
    base::ByteReader avps(octets.subspan(headerSize, size - headerSize));
    for (bool first = true; !avps.atEnd(); first = false) {
        const auto about = avps.u16();
        const auto vendor = avps.u16();
        const auto type = avps.u16();
        const std::size_t length = about & lengthMask;
        if (avps.failed() || length < avpHeader) {
            return std::nullopt;
        }
        const auto value = avps.take(length - avpHeader);
        // The message type comes first (§4.4.1).
        if (avps.failed() || (first && (vendor != 0 || type != avpMessageType))) {
            return std::nullopt;
        }
        if (vendor != 0 || (about & hidden) != 0) {
            continue;
        }
        base::ByteReader reader(value);
        if (type == avpMessageType) {
            control.type = reader.u16();
        } else if (type == avpAssignedTunnel) {
            control.tunnel = reader.u16();
        } else if (type == avpHostName) {
            control.host = fieldText(reader.rest());
        } else if (type == avpVendorName) {
            control.vendor = fieldText(reader.rest());
        }
        if (reader.failed()) {
            return std::nullopt;
        }
    }
    return control;
}

} // namespace tern::probe
