#include "core/sstp/http_request.h"

#include "core/base/ip.h"

#include <cctype>
#include <string_view>

namespace tern::sstp {

namespace {

constexpr std::uint16_t usualPort = 443;
constexpr std::string_view hexDigits = "0123456789ABCDEF";

// RFC 3986 §2: whatever is not unreserved is written as %XX, so no text can end the line or begin a header.
std::string percentEncoded(std::string_view text) {
    std::string encoded;
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet < 0x80 && (std::isalnum(octet) != 0 || std::string_view("-._~").find(c) != std::string_view::npos)) {
            encoded += c;
        } else {
            encoded += '%';
            encoded += hexDigits[octet >> 4U];
            encoded += hexDigits[octet & 0x0FU];
        }
    }
    return encoded;
}

std::string hostField(const HttpRequest& request) {
    std::string host;
    if (const auto address = base::IpAddress::fromText(request.host)) {
        host = address->isV6() ? "[" + address->text() + "]" : address->text();
    } else {
        for (const char c : request.host) {
            if (static_cast<unsigned char>(c) > ' ' && c != 0x7F) {
                host += c;
            }
        }
    }
    return request.port == usualPort ? host : host + ":" + std::to_string(request.port);
}

} // namespace

std::string guidText(const std::array<std::uint8_t, 16>& octets) {
    auto uuid = octets;
    uuid[6] = static_cast<std::uint8_t>((uuid[6] & 0x0FU) | 0x40U); // version 4
    uuid[8] = static_cast<std::uint8_t>((uuid[8] & 0x3FU) | 0x80U); // variant
    std::string text = "{";
    for (std::size_t i = 0; i < uuid.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            text += '-';
        }
        text += hexDigits[uuid[i] >> 4U];
        text += hexDigits[uuid[i] & 0x0FU];
    }
    return text + "}";
}

base::Bytes writeRequest(const HttpRequest& request) {
    std::string head = "SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/";
    if (!request.tenantId.empty()) {
        head += "?tenantid=" + percentEncoded(request.tenantId);
    }
    head += " HTTP/1.1\r\nHost: " + hostField(request) + "\r\n";
    head += "SSTPCORRELATIONID: " + guidText(request.correlation) + "\r\n";
    head += "Content-Length: 18446744073709551615\r\n\r\n";
    return base::toBytes(head);
}

} // namespace tern::sstp
