// IKEv2 messages and their payload chain (RFC 7296 §3.1, §3.2): headers, bounds, no meaning. What is inside a
// payload is taken apart by payloads.h.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/ike/constants.h"

#include <optional>
#include <string_view>
#include <vector>

namespace tern::ike {

struct Header {
    Spi initiatorSpi = 0;
    Spi responderSpi = 0;
    PayloadType firstPayload = PayloadType::None;
    std::uint8_t version = version2;
    ExchangeType exchange = ExchangeType::SaInit;
    std::uint8_t flags = 0;
    std::uint32_t messageId = 0;

    [[nodiscard]] bool isResponse() const { return (flags & flagResponse) != 0; }
    [[nodiscard]] bool fromInitiator() const { return (flags & flagInitiator) != 0; }
    friend bool operator==(const Header&, const Header&) = default;
};

// One payload without its generic header.
struct Payload {
    PayloadType type = PayloadType::None;
    base::Bytes body;
    bool critical = false;
    friend bool operator==(const Payload&, const Payload&) = default;
};
using Payloads = std::vector<Payload>;

// Bounds on what is accepted: a message, after reassembly, and the payloads in it.
constexpr std::size_t maximumMessageSize = 65535;
// A server with many addresses names each in a payload of its own (RFC 4555 §3.4).
constexpr std::size_t maximumPayloads = 256;

// The header of a datagram whose length field matches it. Fails with tern.ike.malformed.
[[nodiscard]] base::Result<Header> parseHeader(base::ByteView datagram);
// Appends the 28 octets; `bodySize` is what follows them.
[[nodiscard]] base::Bytes encodeHeader(const Header& header, std::size_t bodySize);

// A chain of payloads beginning with type `first`; must end exactly with `chain`. A payload of a known type that is
// shorter than its fixed part is refused. SK and SKF end the chain (their next-payload field names what is inside;
// protection.h reads it). Fails with tern.ike.malformed.
[[nodiscard]] base::Result<Payloads> parsePayloads(PayloadType first, base::ByteView chain);
[[nodiscard]] base::Bytes encodePayloads(const Payloads& payloads);
[[nodiscard]] PayloadType firstType(const Payloads& payloads);

// The first payload of a type, or nullptr.
[[nodiscard]] const Payload* find(const Payloads& payloads, PayloadType type);
// The type of the first critical payload that this program does not know (RFC 7296 §2.5).
[[nodiscard]] std::optional<std::uint8_t> unknownCritical(const Payloads& payloads);
// "SA", "KE" …, for logs.
[[nodiscard]] std::string_view payloadName(PayloadType type);

} // namespace tern::ike
