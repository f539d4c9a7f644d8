// What is inside each payload (RFC 7296 §3.4 to §3.16): one struct a payload, one encoder, one bounded parser.
// Parsers fail with tern.ike.malformed.
#pragma once

#include "core/ike/message.h"
#include "core/ike/session.h"

#include <optional>
#include <string>
#include <vector>

namespace tern::ike {

struct KeyExchangeData {
    std::uint16_t group = 0;
    base::Bytes value;
};
[[nodiscard]] Payload encodeKeyExchange(const KeyExchangeData& keyExchange);
[[nodiscard]] base::Result<KeyExchangeData> parseKeyExchange(const Payload& payload);

// The body is also what the AUTH octets cover (RFC 7296 §2.15, RestOfInitIDPayload).
[[nodiscard]] Payload encodeIdentity(PayloadType type, const Identity& identity);
[[nodiscard]] base::Result<Identity> parseIdentity(const Payload& payload);

struct CertificateData {
    std::uint8_t encoding = certificateX509;
    base::Bytes data;
};
[[nodiscard]] Payload encodeCertificate(const CertificateData& certificate);
[[nodiscard]] base::Result<CertificateData> parseCertificate(const Payload& payload);
[[nodiscard]] Payload encodeCertificateRequest(base::ByteView authorities, std::uint8_t encoding = certificateX509);

struct AuthData {
    std::uint8_t method = 0;
    base::Bytes data;
};
[[nodiscard]] Payload encodeAuth(const AuthData& auth);
[[nodiscard]] base::Result<AuthData> parseAuth(const Payload& payload);

constexpr std::size_t minimumNonce = 16;
constexpr std::size_t maximumNonce = 256;
[[nodiscard]] Payload encodeNonce(base::ByteView nonce);
// The one Nonce payload of an exchange, 16 to 256 octets (RFC 7296 §3.9).
[[nodiscard]] base::Result<base::Bytes> parseNonce(const Payloads& payloads);

struct Notification {
    ProtocolId protocol = ProtocolId::None;
    base::Bytes spi;
    NotifyType type = NotifyType::InitialContact;
    base::Bytes data;

    [[nodiscard]] bool isError() const { return static_cast<std::uint16_t>(type) < firstStatusNotify; }
};
[[nodiscard]] Payload encodeNotify(const Notification& notification);
[[nodiscard]] Payload encodeNotify(NotifyType type, base::ByteView data = {});
[[nodiscard]] base::Result<Notification> parseNotify(const Payload& payload);
// Every well-formed notification of a message; malformed ones are left out.
[[nodiscard]] std::vector<Notification> notifications(const Payloads& payloads);
[[nodiscard]] std::optional<Notification> findNotify(const Payloads& payloads, NotifyType type);
// The first notification that reports an error.
[[nodiscard]] std::optional<Notification> findError(const Payloads& payloads);

struct DeleteData {
    ProtocolId protocol = ProtocolId::Ike;
    std::vector<std::uint32_t> spis; // of ESP; empty for the IKE SA itself
};
[[nodiscard]] Payload encodeDelete(const DeleteData& data);
[[nodiscard]] base::Result<DeleteData> parseDelete(const Payload& payload);

constexpr std::size_t maximumSelectors = 255;
[[nodiscard]] Payload encodeSelectors(PayloadType type, const std::vector<TrafficSelector>& selectors);
// Selectors of unknown types are left out.
[[nodiscard]] base::Result<std::vector<TrafficSelector>> parseSelectors(const Payload& payload);

struct Attribute {
    AttributeType type = AttributeType::InternalIp4Address;
    base::Bytes value;
    friend bool operator==(const Attribute&, const Attribute&) = default;
};
struct ConfigurationData {
    ConfigurationType type = ConfigurationType::Request;
    std::vector<Attribute> attributes;
};
[[nodiscard]] Payload encodeConfiguration(const ConfigurationData& configuration);
[[nodiscard]] base::Result<ConfigurationData> parseConfiguration(const Payload& payload);

} // namespace tern::ike
