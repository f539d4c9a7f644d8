// IP addresses, prefixes and endpoints as values, in network order.
#pragma once

#include "core/base/bytes.h"

#include <array>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace tern::base {

class IpAddress {
public:
    // The unspecified IPv4 address.
    IpAddress() = default;
    // 4 or 16 octets; nothing for another length.
    [[nodiscard]] static std::optional<IpAddress> fromBytes(ByteView octets);
    // Dotted IPv4 or RFC 4291 IPv6 text without brackets or zone; nothing for anything else.
    [[nodiscard]] static std::optional<IpAddress> fromText(std::string_view text);

    [[nodiscard]] bool isV6() const { return m_v6; }
    [[nodiscard]] ByteView bytes() const { return ByteView(m_octets).first(m_v6 ? 16U : 4U); }
    // 32 or 128.
    [[nodiscard]] unsigned bits() const { return m_v6 ? 128U : 32U; }
    [[nodiscard]] bool isUnspecified() const;
    [[nodiscard]] bool isLoopback() const;
    [[nodiscard]] bool isMulticast() const;
    [[nodiscard]] bool isLinkLocal() const;
    [[nodiscard]] std::string text() const;

    // clang-tidy 14 takes the 0 in the generated comparison for a pointer.
    // NOLINTNEXTLINE(modernize-use-nullptr)
    friend auto operator<=>(const IpAddress&, const IpAddress&) = default;

private:
    bool m_v6 = false;
    std::array<std::uint8_t, 16> m_octets{};
};

struct IpPrefix {
    IpAddress address;
    std::uint8_t length = 0;

    // "10.0.0.0/8"; an address alone is a host prefix. Host bits are kept: see masked().
    [[nodiscard]] static std::optional<IpPrefix> fromText(std::string_view text);
    [[nodiscard]] IpPrefix masked() const;
    [[nodiscard]] bool contains(const IpAddress& other) const;
    [[nodiscard]] std::string text() const;

    // clang-tidy 14 takes the 0 in the generated comparison for a pointer.
    // NOLINTNEXTLINE(modernize-use-nullptr)
    friend auto operator<=>(const IpPrefix&, const IpPrefix&) = default;
};

struct Endpoint {
    IpAddress address;
    std::uint16_t port = 0;

    // "192.0.2.1:500" or "[2001:db8::1]:500".
    [[nodiscard]] std::string text() const;
    // clang-tidy 14 takes the 0 in the generated comparison for a pointer.
    // NOLINTNEXTLINE(modernize-use-nullptr)
    friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

} // namespace tern::base
