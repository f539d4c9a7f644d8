#include "core/base/ip.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace tern::base {

std::optional<IpAddress> IpAddress::fromBytes(ByteView octets) {
    if (octets.size() != 4 && octets.size() != 16) {
        return std::nullopt;
    }
    IpAddress address;
    address.m_v6 = octets.size() == 16;
    std::copy(octets.begin(), octets.end(), address.m_octets.begin());
    return address;
}

std::optional<IpAddress> IpAddress::fromText(std::string_view text) {
    const std::string terminated(text);
    if (terminated.find('\0') != std::string::npos) {
        return std::nullopt;
    }
    IpAddress address;
    if (inet_pton(AF_INET, terminated.c_str(), address.m_octets.data()) == 1) {
        return address;
    }
    if (inet_pton(AF_INET6, terminated.c_str(), address.m_octets.data()) == 1) {
        address.m_v6 = true;
        return address;
    }
    return std::nullopt;
}

bool IpAddress::isUnspecified() const {
    return std::all_of(m_octets.begin(), m_octets.end(), [](std::uint8_t octet) { return octet == 0; });
}

bool IpAddress::isLoopback() const {
    if (!m_v6) {
        return m_octets[0] == 127;
    }
    return m_octets[15] == 1 &&
           std::all_of(m_octets.begin(), m_octets.end() - 1, [](std::uint8_t octet) { return octet == 0; });
}

bool IpAddress::isMulticast() const {
    return m_v6 ? m_octets[0] == 0xFF : (m_octets[0] & 0xF0U) == 0xE0U;
}

bool IpAddress::isLinkLocal() const {
    return m_v6 ? m_octets[0] == 0xFE && (m_octets[1] & 0xC0U) == 0x80U : m_octets[0] == 169 && m_octets[1] == 254;
}

std::string IpAddress::text() const {
    std::array<char, INET6_ADDRSTRLEN> buffer{};
    inet_ntop(m_v6 ? AF_INET6 : AF_INET, m_octets.data(), buffer.data(), buffer.size());
    return buffer.data();
}

std::optional<IpPrefix> IpPrefix::fromText(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = IpAddress::fromText(text.substr(0, slash));
    if (!address) {
        return std::nullopt;
    }
    unsigned length = address->bits();
    if (slash != std::string_view::npos) {
        const auto digits = text.substr(slash + 1);
        const auto* end = digits.data() + digits.size();
        const auto parsed = std::from_chars(digits.data(), end, length);
        if (parsed.ec != std::errc() || parsed.ptr != end || length > address->bits()) {
            return std::nullopt;
        }
    }
    return IpPrefix{*address, static_cast<std::uint8_t>(length)};
}

IpPrefix IpPrefix::masked() const {
    Bytes octets(address.bytes().begin(), address.bytes().end());
    for (std::size_t i = 0; i < octets.size(); ++i) {
        const int kept = std::clamp(static_cast<int>(length) - static_cast<int>(i) * 8, 0, 8);
        octets[i] &= static_cast<std::uint8_t>(0xFF00U >> static_cast<unsigned>(kept));
    }
    return {IpAddress::fromBytes(octets).value_or(address), length};
}

bool IpPrefix::contains(const IpAddress& other) const {
    return other.isV6() == address.isV6() && IpPrefix{other, length}.masked().address == masked().address;
}

std::string IpPrefix::text() const {
    return address.text() + "/" + std::to_string(length);
}

std::string Endpoint::text() const {
    return (address.isV6() ? "[" + address.text() + "]" : address.text()) + ":" + std::to_string(port);
}

} // namespace tern::base
