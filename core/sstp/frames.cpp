#include "core/sstp/frames.h"

#include "core/base/byte_io.h"

#include <algorithm>

namespace tern::sstp {

namespace {

constexpr std::uint16_t lengthMask = 0x0FFF; // the four bits above are reserved, and ignored
constexpr std::size_t attributeHeader = 4;
constexpr std::size_t requestLength = 40;
constexpr std::size_t bindingLength = 104;
constexpr std::size_t nonceSize = 32;
constexpr std::size_t statusInfoLeast = 12; // header, reserved, attribute, status
constexpr std::uint16_t mostAttributes = 16;

std::string nameOf(AttributeId id) {
    return "attribute " + std::to_string(static_cast<unsigned>(id));
}

tl::unexpected<BadMessage> bad(AttributeId attribute, Status status, std::string detail) {
    return tl::make_unexpected(BadMessage{{attribute, status}, std::move(detail)});
}

bool belongs(AttributeId attribute, MessageType message) {
    switch (attribute) {
    case AttributeId::EncapsulatedProtocolId:
        return message == MessageType::CallConnectRequest;
    case AttributeId::CryptoBindingRequest:
        return message == MessageType::CallConnectAck;
    case AttributeId::CryptoBinding:
        return message == MessageType::CallConnected;
    case AttributeId::StatusInfo:
        return message == MessageType::CallConnectNak || message == MessageType::CallAbort ||
               message == MessageType::CallDisconnect;
    case AttributeId::None:
        break;
    }
    return false;
}

using Parsed = tl::expected<void, BadMessage>;

Parsed parseAttribute(AttributeId id, base::ByteView value, ControlMessage& message) {
    const auto length = value.size() + attributeHeader;
    const auto wrongLength = [&] {
        return bad(id, Status::InvalidAttributeLength, nameOf(id) + " of " + std::to_string(length) + " octets");
    };
    const auto twice = [id] { return bad(id, Status::DuplicateAttribute, nameOf(id) + " twice"); };
    base::ByteReader reader(value);
    switch (id) {
    case AttributeId::EncapsulatedProtocolId:
        if (value.size() != 2) {
            return wrongLength();
        }
        if (message.protocol) {
            return twice();
        }
        message.protocol = reader.u16();
        return {};
    case AttributeId::CryptoBindingRequest: {
        if (length != requestLength) {
            return wrongLength();
        }
        if (message.binding) {
            return twice();
        }
        reader.skip(3);
        CryptoBindingRequest request;
        request.hashes = reader.u8();
        const auto nonce = reader.take(nonceSize);
        request.nonce.assign(nonce.begin(), nonce.end());
        message.binding = std::move(request);
        return {};
    }
    case AttributeId::CryptoBinding:
        if (length != bindingLength) {
            return wrongLength();
        }
        if (!message.cryptoBinding.empty()) {
            return twice();
        }
        message.cryptoBinding.assign(value.begin(), value.end());
        return {};
    case AttributeId::StatusInfo: {
        if (length < statusInfoLeast) {
            return wrongLength();
        }
        reader.skip(3);
        StatusInfo info;
        info.attribute = static_cast<AttributeId>(reader.u8());
        info.status = static_cast<Status>(reader.u32());
        message.statuses.push_back(info);
        return {};
    }
    case AttributeId::None:
        break;
    }
    return bad(id, Status::UnrecognizedAttribute, nameOf(id));
}

base::Bytes control(MessageType type, std::uint16_t attributes, base::ByteView rest) {
    base::ByteWriter writer;
    writer.zeros(headerSize);
    writer.u16(static_cast<std::uint16_t>(type));
    writer.u16(attributes);
    writer.bytes(rest);
    auto bytes = writer.take();
    writeHeader(bytes, true, bytes.size() - headerSize);
    return bytes;
}

} // namespace

base::Result<FoundFrame> findFrame(base::ByteView stream) {
    if (!stream.empty() && stream[0] != version) {
        return base::fail("tern.sstp.frame", {}, "version " + std::to_string(unsigned{stream[0]}));
    }
    if (stream.size() < headerSize) {
        return FoundFrame{};
    }
    const std::size_t size = ((std::size_t{stream[2]} << 8U) | stream[3]) & lengthMask;
    if (size < headerSize) {
        return base::fail("tern.sstp.frame", {}, "length " + std::to_string(size));
    }
    if (stream.size() < size) {
        return FoundFrame{};
    }
    return FoundFrame{size, {(stream[1] & 1U) != 0, stream.subspan(headerSize, size - headerSize)}};
}

void FrameReader::add(base::ByteView more) {
    m_bytes.erase(m_bytes.begin(), m_bytes.begin() + static_cast<std::ptrdiff_t>(m_begin));
    m_begin = 0;
    base::append(m_bytes, more);
}

base::Result<std::optional<Frame>> FrameReader::next() {
    auto found = findFrame(base::ByteView(m_bytes).subspan(m_begin));
    if (!found) {
        return base::fail(std::move(found.error()));
    }
    if (found->size == 0) {
        return std::optional<Frame>();
    }
    m_begin += found->size;
    return std::optional<Frame>(found->frame);
}

base::Bytes FrameReader::takeRest() {
    m_bytes.erase(m_bytes.begin(), m_bytes.begin() + static_cast<std::ptrdiff_t>(m_begin));
    m_begin = 0;
    return std::exchange(m_bytes, {});
}

void writeHeader(base::MutableByteView header, bool control, std::size_t bodySize) {
    const auto size = bodySize + headerSize;
    header[0] = version;
    header[1] = control ? 1 : 0;
    header[2] = static_cast<std::uint8_t>(size >> 8U);
    header[3] = static_cast<std::uint8_t>(size);
}

base::Bytes writeData(base::ByteView pppFrame) {
    base::Bytes bytes(headerSize);
    writeHeader(bytes, false, pppFrame.size());
    base::append(bytes, pppFrame);
    return bytes;
}

tl::expected<ControlMessage, BadMessage> parseControl(base::ByteView body) {
    base::ByteReader reader(body);
    ControlMessage message;
    message.type = static_cast<MessageType>(reader.u16());
    const auto count = reader.u16();
    const auto known = message.type >= MessageType::CallConnectRequest && message.type <= MessageType::EchoResponse;
    if (reader.failed() || !known || count > mostAttributes) {
        return bad(AttributeId::None, Status::InvalidFrame, "no control message");
    }
    for (unsigned i = 0; i < count; ++i) {
        reader.skip(1); // reserved
        const auto id = static_cast<AttributeId>(reader.u8());
        const std::size_t length = reader.u16() & lengthMask;
        if (reader.failed() || length < attributeHeader || length - attributeHeader > reader.remaining()) {
            return bad(AttributeId::None, Status::InvalidFrame, "attribute longer than its message");
        }
        const auto value = reader.take(length - attributeHeader);
        if (id == AttributeId::None || id > AttributeId::CryptoBindingRequest) {
            return bad(id, Status::UnrecognizedAttribute, nameOf(id));
        }
        if (!belongs(id, message.type)) {
            return bad(id, Status::AttributeNotSupportedInMessage, nameOf(id));
        }
        if (auto parsed = parseAttribute(id, value, message); !parsed) {
            return tl::make_unexpected(std::move(parsed.error()));
        }
    }
    if (!reader.atEnd()) {
        return bad(AttributeId::None, Status::InvalidFrame, "more than the attributes");
    }
    const auto missing =
        message.type == MessageType::CallConnectAck && !message.binding        ? AttributeId::CryptoBindingRequest
        : message.type == MessageType::CallConnectRequest && !message.protocol ? AttributeId::EncapsulatedProtocolId
        : message.type == MessageType::CallConnected && message.cryptoBinding.empty() ? AttributeId::CryptoBinding
                                                                                      : AttributeId::None;
    if (missing != AttributeId::None) {
        return bad(missing, Status::RequiredAttributeMissing, nameOf(missing) + " is missing");
    }
    return message;
}

base::Bytes writeCallConnectRequest() {
    base::ByteWriter attribute;
    attribute.u8(0);
    attribute.u8(static_cast<std::uint8_t>(AttributeId::EncapsulatedProtocolId));
    attribute.u16(attributeHeader + 2);
    attribute.u16(encapsulatedPpp);
    return control(MessageType::CallConnectRequest, 1, attribute.view());
}

base::Bytes writeEnd(MessageType type, const std::optional<StatusInfo>& reason) {
    base::ByteWriter attribute;
    if (reason) {
        attribute.u8(0);
        attribute.u8(static_cast<std::uint8_t>(AttributeId::StatusInfo));
        attribute.u16(statusInfoLeast);
        attribute.zeros(3);
        attribute.u8(static_cast<std::uint8_t>(reason->attribute));
        attribute.u32(static_cast<std::uint32_t>(reason->status));
    }
    return control(type, reason ? 1 : 0, attribute.view());
}

base::Bytes writePlain(MessageType type) {
    return control(type, 0, {});
}

} // namespace tern::sstp
