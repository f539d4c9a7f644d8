// EAP packets (RFC 3748 §4).
#pragma once

#include "core/base/bytes.h"

#include <optional>

namespace tern::eap {

enum class Code : std::uint8_t { Request = 1, Response = 2, Success = 3, Failure = 4 };

// IANA "EAP Method Types" that are no methods.
namespace type {
inline constexpr std::uint8_t identity = 1;
inline constexpr std::uint8_t notification = 2;
inline constexpr std::uint8_t nak = 3;
} // namespace type

// A parsed packet; the view borrows from what was parsed.
struct Packet {
    Code code = Code::Request;
    std::uint8_t identifier = 0;
    std::uint8_t type = 0;   // 0 with Success and Failure
    base::ByteView typeData; // what follows the type
};

// Nothing for a packet that is too short, of an unknown code, a Request without a type, or a Success or Failure with
// data. Octets behind the Length are padding (§4.1).
[[nodiscard]] std::optional<Packet> parsePacket(base::ByteView octets);

// A Response. typeData: at most 65,000 octets.
[[nodiscard]] base::Bytes buildResponse(std::uint8_t identifier, std::uint8_t type, base::ByteView typeData);

} // namespace tern::eap
