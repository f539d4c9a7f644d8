// The request that turns an HTTPS connection into an SSTP one ([MS-SSTP] §2.2.2, §3.2.4.1).
#pragma once

#include "core/base/bytes.h"

#include <array>
#include <cstdint>
#include <string>

namespace tern::sstp {

struct HttpRequest {
    std::string host;                           // as dialled: a name or an address
    std::uint16_t port = 443;                   // said where it is another one
    std::string tenantId;                       // of a server with several tenants; any text, empty: none
    std::array<std::uint8_t, 16> correlation{}; // random: what the server's log knows this call by
};

// Head and blank line. There is no body: what follows is SSTP, in both directions.
[[nodiscard]] base::Bytes writeRequest(const HttpRequest& request);
// "{XXXXXXXX-XXXX-4XXX-XXXX-XXXXXXXXXXXX}", capitals: a version 4 UUID (RFC 9562) out of sixteen random octets.
[[nodiscard]] std::string guidText(const std::array<std::uint8_t, 16>& octets);

} // namespace tern::sstp
