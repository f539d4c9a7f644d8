#include "core/ike/message.h"

#include "core/base/byte_io.h"

#include <algorithm>
#include <array>
#include <string>

namespace tern::ike {

namespace {

struct PayloadRow {
    PayloadType type;
    std::string_view name;
    std::size_t minimumBody; // the fixed part behind the generic header
};

// RFC 7296 §3.3 to §3.16, RFC 7383 §2.5.
constexpr std::array payloadTable{
    PayloadRow{PayloadType::SecurityAssociation, "SA", 8},
    PayloadRow{PayloadType::KeyExchange, "KE", 4},
    PayloadRow{PayloadType::IdInitiator, "IDi", 4},
    PayloadRow{PayloadType::IdResponder, "IDr", 4},
    PayloadRow{PayloadType::Certificate, "CERT", 1},
    PayloadRow{PayloadType::CertificateRequest, "CERTREQ", 1},
    PayloadRow{PayloadType::Auth, "AUTH", 4},
    PayloadRow{PayloadType::Nonce, "Nonce", 16},
    PayloadRow{PayloadType::Notify, "N", 4},
    PayloadRow{PayloadType::Delete, "D", 4},
    PayloadRow{PayloadType::VendorId, "V", 0},
    PayloadRow{PayloadType::TrafficSelectorInitiator, "TSi", 4},
    PayloadRow{PayloadType::TrafficSelectorResponder, "TSr", 4},
    PayloadRow{PayloadType::Encrypted, "SK", 0},
    PayloadRow{PayloadType::Configuration, "CP", 4},
    PayloadRow{PayloadType::Eap, "EAP", 4},
    PayloadRow{PayloadType::EncryptedFragment, "SKF", 4},
};

const PayloadRow* rowOf(PayloadType type) {
    const auto* row =
        std::find_if(payloadTable.begin(), payloadTable.end(), [type](const PayloadRow& r) { return r.type == type; });
    return row == payloadTable.end() ? nullptr : row;
}

constexpr std::size_t genericHeaderSize = 4;
constexpr std::uint8_t criticalBit = 0x80;

} // namespace

base::Result<Header> parseHeader(base::ByteView datagram) {
    base::ByteReader reader(datagram);
    Header header;
    header.initiatorSpi = reader.u64();
    header.responderSpi = reader.u64();
    header.firstPayload = static_cast<PayloadType>(reader.u8());
    header.version = reader.u8();
    header.exchange = static_cast<ExchangeType>(reader.u8());
    header.flags = reader.u8();
    header.messageId = reader.u32();
    const auto length = reader.u32();
    if (reader.failed() || length != datagram.size()) {
        return base::fail("tern.ike.malformed", {}, "header of a datagram of " + std::to_string(datagram.size()));
    }
    return header;
}

base::Bytes encodeHeader(const Header& header, std::size_t bodySize) {
    base::ByteWriter writer;
    writer.u64(header.initiatorSpi);
    writer.u64(header.responderSpi);
    writer.u8(static_cast<std::uint8_t>(header.firstPayload));
    writer.u8(header.version);
    writer.u8(static_cast<std::uint8_t>(header.exchange));
    writer.u8(header.flags);
    writer.u32(header.messageId);
    writer.u32(static_cast<std::uint32_t>(headerSize + bodySize));
    return writer.take();
}

base::Result<Payloads> parsePayloads(PayloadType first, base::ByteView chain) {
    Payloads payloads;
    base::ByteReader reader(chain);
    auto type = first;
    while (type != PayloadType::None) {
        const auto next = static_cast<PayloadType>(reader.u8());
        const auto flags = reader.u8();
        const std::size_t length = reader.u16();
        const auto* row = rowOf(type);
        const auto minimum = genericHeaderSize + (row != nullptr ? row->minimumBody : 0);
        if (reader.failed() || length < minimum || payloads.size() == maximumPayloads) {
            return base::fail("tern.ike.malformed", {}, "payload " + std::string(payloadName(type)));
        }
        const auto body = reader.take(length - genericHeaderSize);
        if (reader.failed()) {
            return base::fail("tern.ike.malformed", {}, "payload " + std::string(payloadName(type)) + " is cut off");
        }
        payloads.push_back({type, {body.begin(), body.end()}, (flags & criticalBit) != 0});
        // The next-payload field of SK and SKF names the first payload inside; nothing may follow them.
        type = type == PayloadType::Encrypted || type == PayloadType::EncryptedFragment ? PayloadType::None : next;
    }
    if (!reader.atEnd()) {
        return base::fail("tern.ike.malformed", {}, "octets behind the last payload");
    }
    return payloads;
}

base::Bytes encodePayloads(const Payloads& payloads) {
    base::ByteWriter writer;
    for (std::size_t i = 0; i < payloads.size(); ++i) {
        const bool last = i + 1 == payloads.size();
        writer.u8(last ? 0 : static_cast<std::uint8_t>(payloads[i + 1].type));
        writer.u8(payloads[i].critical ? criticalBit : 0);
        writer.u16(static_cast<std::uint16_t>(genericHeaderSize + payloads[i].body.size()));
        writer.bytes(payloads[i].body);
    }
    return writer.take();
}

PayloadType firstType(const Payloads& payloads) {
    return payloads.empty() ? PayloadType::None : payloads.front().type;
}

const Payload* find(const Payloads& payloads, PayloadType type) {
    const auto found =
        std::find_if(payloads.begin(), payloads.end(), [type](const Payload& payload) { return payload.type == type; });
    return found == payloads.end() ? nullptr : &*found;
}

std::optional<std::uint8_t> unknownCritical(const Payloads& payloads) {
    for (const auto& payload : payloads) {
        if (payload.critical && rowOf(payload.type) == nullptr) {
            return static_cast<std::uint8_t>(payload.type);
        }
    }
    return std::nullopt;
}

std::string_view payloadName(PayloadType type) {
    const auto* row = rowOf(type);
    return row != nullptr ? row->name : "of an unknown type";
}

} // namespace tern::ike
