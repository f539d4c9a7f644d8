// The attribute-value pairs inside EAP-TTLS (RFC 5281 §10.1, Diameter's format).
#pragma once

#include "core/base/bytes.h"
#include "core/base/secure_bytes.h"

#include <optional>
#include <vector>

namespace tern::eap {

namespace avp {
inline constexpr std::uint32_t userName = 1;
inline constexpr std::uint32_t userPassword = 2;
inline constexpr std::uint32_t replyMessage = 18;
inline constexpr std::uint32_t eapMessage = 79;
inline constexpr std::uint32_t microsoft = 311; // vendor (RFC 2548), with these codes:
inline constexpr std::uint32_t msChapError = 2;
inline constexpr std::uint32_t msChapChallenge = 11;
inline constexpr std::uint32_t msChap2Response = 25;
inline constexpr std::uint32_t msChap2Success = 26;
} // namespace avp

struct Avp {
    std::uint32_t code = 0;
    std::uint32_t vendor = 0; // 0: none
    bool mandatory = false;
    base::ByteView data; // borrows
};

// Nothing for a malformed sequence or one of more than 64.
[[nodiscard]] std::optional<std::vector<Avp>> parseAvps(base::ByteView octets);
// Appends one, mandatory and padded to four octets.
void appendAvp(base::SecureBytes& to, std::uint32_t code, std::uint32_t vendor, base::ByteView data);
// The data of every one of these, joined.
[[nodiscard]] base::Bytes joinAvps(const std::vector<Avp>& avps, std::uint32_t code, std::uint32_t vendor = 0);
[[nodiscard]] bool hasAvp(const std::vector<Avp>& avps, std::uint32_t code, std::uint32_t vendor = 0);

} // namespace tern::eap
