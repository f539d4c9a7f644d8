#include "core/ike/payloads.h"

#include "core/base/byte_io.h"

#include <algorithm>

namespace tern::ike {

namespace {

tl::unexpected<base::Error> malformed(const Payload& payload) {
    return base::fail("tern.ike.malformed", {}, "contents of payload " + std::string(payloadName(payload.type)));
}

// A first octet, some reserved ones, then data: ID, AUTH, CERT and CP begin like this.
Payload typed(PayloadType type, std::uint8_t first, std::size_t reserved, base::ByteView data) {
    base::ByteWriter writer;
    writer.u8(first);
    writer.zeros(reserved);
    writer.bytes(data);
    return {type, writer.take(), false};
}

base::Bytes restOf(base::ByteReader& reader) {
    const auto rest = reader.rest();
    return {rest.begin(), rest.end()};
}

} // namespace

Payload encodeKeyExchange(const KeyExchangeData& keyExchange) {
    base::ByteWriter writer;
    writer.u16(keyExchange.group);
    writer.zeros(2);
    writer.bytes(keyExchange.value);
    return {PayloadType::KeyExchange, writer.take(), false};
}

base::Result<KeyExchangeData> parseKeyExchange(const Payload& payload) {
    base::ByteReader reader(payload.body);
    KeyExchangeData data;
    data.group = reader.u16();
    reader.skip(2);
    data.value = restOf(reader);
    if (reader.failed() || data.value.empty()) {
        return malformed(payload);
    }
    return data;
}

Payload encodeIdentity(PayloadType type, const Identity& identity) {
    return typed(type, static_cast<std::uint8_t>(identity.type), 3, identity.data);
}

base::Result<Identity> parseIdentity(const Payload& payload) {
    base::ByteReader reader(payload.body);
    Identity identity;
    identity.type = static_cast<IdType>(reader.u8());
    reader.skip(3);
    identity.data = restOf(reader);
    if (reader.failed()) {
        return malformed(payload);
    }
    return identity;
}

Payload encodeCertificate(const CertificateData& certificate) {
    return typed(PayloadType::Certificate, certificate.encoding, 0, certificate.data);
}

base::Result<CertificateData> parseCertificate(const Payload& payload) {
    base::ByteReader reader(payload.body);
    CertificateData certificate;
    certificate.encoding = reader.u8();
    certificate.data = restOf(reader);
    if (reader.failed()) {
        return malformed(payload);
    }
    return certificate;
}

Payload encodeCertificateRequest(base::ByteView authorities, std::uint8_t encoding) {
    return typed(PayloadType::CertificateRequest, encoding, 0, authorities);
}

Payload encodeAuth(const AuthData& auth) {
    return typed(PayloadType::Auth, auth.method, 3, auth.data);
}

base::Result<AuthData> parseAuth(const Payload& payload) {
    base::ByteReader reader(payload.body);
    AuthData auth;
    auth.method = reader.u8();
    reader.skip(3);
    auth.data = restOf(reader);
    if (reader.failed() || auth.data.empty()) {
        return malformed(payload);
    }
    return auth;
}

Payload encodeNonce(base::ByteView nonce) {
    return {PayloadType::Nonce, {nonce.begin(), nonce.end()}, false};
}

base::Result<base::Bytes> parseNonce(const Payloads& payloads) {
    const auto* payload = find(payloads, PayloadType::Nonce);
    if (payload == nullptr || payload->body.size() < minimumNonce || payload->body.size() > maximumNonce) {
        return base::fail("tern.ike.malformed", {}, "no nonce of 16 to 256 octets");
    }
    return payload->body;
}

Payload encodeNotify(const Notification& notification) {
    base::ByteWriter writer;
    writer.u8(static_cast<std::uint8_t>(notification.protocol));
    writer.u8(static_cast<std::uint8_t>(notification.spi.size()));
    writer.u16(static_cast<std::uint16_t>(notification.type));
    writer.bytes(notification.spi);
    writer.bytes(notification.data);
    return {PayloadType::Notify, writer.take(), false};
}

Payload encodeNotify(NotifyType type, base::ByteView data) {
    return encodeNotify(Notification{ProtocolId::None, {}, type, {data.begin(), data.end()}});
}

base::Result<Notification> parseNotify(const Payload& payload) {
    base::ByteReader reader(payload.body);
    Notification notification;
    notification.protocol = static_cast<ProtocolId>(reader.u8());
    const std::size_t spiSize = reader.u8();
    notification.type = static_cast<NotifyType>(reader.u16());
    const auto spi = reader.take(spiSize);
    notification.spi.assign(spi.begin(), spi.end());
    notification.data = restOf(reader);
    if (reader.failed()) {
        return malformed(payload);
    }
    return notification;
}

std::vector<Notification> notifications(const Payloads& payloads) {
    std::vector<Notification> found;
    for (const auto& payload : payloads) {
        if (payload.type != PayloadType::Notify) {
            continue;
        }
        if (auto notification = parseNotify(payload)) {
            found.push_back(std::move(*notification));
        }
    }
    return found;
}

std::optional<Notification> findNotify(const Payloads& payloads, NotifyType type) {
    for (auto& notification : notifications(payloads)) {
        if (notification.type == type) {
            return std::move(notification);
        }
    }
    return std::nullopt;
}

std::optional<Notification> findError(const Payloads& payloads) {
    for (auto& notification : notifications(payloads)) {
        if (notification.isError()) {
            return std::move(notification);
        }
    }
    return std::nullopt;
}

Payload encodeDelete(const DeleteData& data) {
    base::ByteWriter writer;
    writer.u8(static_cast<std::uint8_t>(data.protocol));
    writer.u8(data.protocol == ProtocolId::Ike ? 0 : 4);
    writer.u16(static_cast<std::uint16_t>(data.spis.size()));
    for (const auto spi : data.spis) {
        writer.u32(spi);
    }
    return {PayloadType::Delete, writer.take(), false};
}

base::Result<DeleteData> parseDelete(const Payload& payload) {
    base::ByteReader reader(payload.body);
    DeleteData data;
    data.protocol = static_cast<ProtocolId>(reader.u8());
    const std::size_t spiSize = reader.u8();
    const std::size_t count = reader.u16();
    const bool sizeFits = data.protocol == ProtocolId::Ike ? count == 0 : spiSize == 4;
    if (reader.failed() || !sizeFits || reader.remaining() != count * spiSize) {
        return malformed(payload);
    }
    for (std::size_t i = 0; i < count; ++i) {
        data.spis.push_back(reader.u32());
    }
    return data;
}

namespace {

constexpr std::uint8_t selectorIpv4 = 7;
constexpr std::uint8_t selectorIpv6 = 8;

base::Result<std::optional<TrafficSelector>> parseSelector(const Payload& payload, base::ByteReader& reader) {
    const auto type = reader.u8();
    TrafficSelector selector;
    selector.protocol = reader.u8();
    const std::size_t length = reader.u16();
    if (reader.failed() || length < 8) {
        return malformed(payload);
    }
    base::ByteReader inner(reader.take(length - 4));
    if (reader.failed()) {
        return malformed(payload);
    }
    if (type != selectorIpv4 && type != selectorIpv6) {
        return std::optional<TrafficSelector>();
    }
    const std::size_t size = type == selectorIpv4 ? 4 : 16;
    selector.firstPort = inner.u16();
    selector.lastPort = inner.u16();
    const auto first = base::IpAddress::fromBytes(inner.take(size));
    const auto last = base::IpAddress::fromBytes(inner.take(size));
    if (inner.failed() || !inner.atEnd() || !first || !last) {
        return malformed(payload);
    }
    selector.first = *first;
    selector.last = *last;
    return std::optional(selector);
}

} // namespace

Payload encodeSelectors(PayloadType type, const std::vector<TrafficSelector>& selectors) {
    base::ByteWriter writer;
    writer.u8(static_cast<std::uint8_t>(selectors.size()));
    writer.zeros(3);
    for (const auto& selector : selectors) {
        writer.u8(selector.first.isV6() ? selectorIpv6 : selectorIpv4);
        writer.u8(selector.protocol);
        writer.u16(static_cast<std::uint16_t>(8 + 2 * selector.first.bytes().size()));
        writer.u16(selector.firstPort);
        writer.u16(selector.lastPort);
        writer.bytes(selector.first.bytes());
        writer.bytes(selector.last.bytes());
    }
    return {type, writer.take(), false};
}

base::Result<std::vector<TrafficSelector>> parseSelectors(const Payload& payload) {
    base::ByteReader reader(payload.body);
    const std::size_t count = reader.u8();
    reader.skip(3);
    std::vector<TrafficSelector> selectors;
    for (std::size_t i = 0; i < count; ++i) {
        auto selector = parseSelector(payload, reader);
        if (!selector) {
            return base::fail(std::move(selector.error()));
        }
        if (*selector) {
            selectors.push_back(**selector);
        }
    }
    if (reader.failed() || !reader.atEnd()) {
        return malformed(payload);
    }
    return selectors;
}

Payload encodeConfiguration(const ConfigurationData& configuration) {
    base::ByteWriter writer;
    for (const auto& attribute : configuration.attributes) {
        writer.u16(static_cast<std::uint16_t>(attribute.type));
        writer.u16(static_cast<std::uint16_t>(attribute.value.size()));
        writer.bytes(attribute.value);
    }
    return typed(PayloadType::Configuration, static_cast<std::uint8_t>(configuration.type), 3, writer.view());
}

base::Result<ConfigurationData> parseConfiguration(const Payload& payload) {
    base::ByteReader reader(payload.body);
    ConfigurationData configuration;
    configuration.type = static_cast<ConfigurationType>(reader.u8());
    reader.skip(3);
    while (!reader.failed() && !reader.atEnd()) {
        const auto type = static_cast<AttributeType>(reader.u16() & 0x7FFFU);
        const auto value = reader.take(reader.u16());
        if (reader.failed()) {
            return malformed(payload);
        }
        configuration.attributes.push_back({type, {value.begin(), value.end()}});
    }
    return configuration;
}

} // namespace tern::ike
