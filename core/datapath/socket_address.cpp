#include "core/datapath/socket_address.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <netinet/in.h>

namespace tern::datapath {

namespace {

constexpr std::array<std::uint8_t, 12> mappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

std::optional<base::Endpoint> fromV6(const sockaddr_in6& in6) {
    std::array<std::uint8_t, 16> octets{};
    std::memcpy(octets.data(), &in6.sin6_addr, octets.size());
    const bool mapped = std::equal(mappedPrefix.begin(), mappedPrefix.end(), octets.begin());
    const base::ByteView all(octets);
    const auto address = base::IpAddress::fromBytes(mapped ? all.subspan(mappedPrefix.size()) : all);
    if (!address) {
        return std::nullopt;
    }
    return base::Endpoint{*address, ntohs(in6.sin6_port)};
}

} // namespace

std::optional<SocketAddress> toSocketAddress(const base::Endpoint& endpoint, int family) {
    SocketAddress result;
    const base::ByteView octets = endpoint.address.bytes();
    if (family == AF_INET && !endpoint.address.isV6()) {
        sockaddr_in in4{};
        in4.sin_family = AF_INET;
        in4.sin_port = htons(endpoint.port);
        std::memcpy(&in4.sin_addr, octets.data(), octets.size());
        std::memcpy(&result.storage, &in4, sizeof in4);
        result.length = sizeof in4;
        return result;
    }
    if (family != AF_INET6) {
        return std::nullopt;
    }
    sockaddr_in6 in6{};
    in6.sin6_family = AF_INET6;
    in6.sin6_port = htons(endpoint.port);
    auto* const bytes = reinterpret_cast<std::uint8_t*>(&in6.sin6_addr);
    if (endpoint.address.isV6()) {
        std::copy(octets.begin(), octets.end(), bytes);
    } else {
        std::copy(mappedPrefix.begin(), mappedPrefix.end(), bytes);
        std::copy(octets.begin(), octets.end(), bytes + mappedPrefix.size());
    }
    std::memcpy(&result.storage, &in6, sizeof in6);
    result.length = sizeof in6;
    return result;
}

std::optional<base::Endpoint> toEndpoint(const SocketAddress& address) {
    if (address.storage.ss_family == AF_INET && address.length >= sizeof(sockaddr_in)) {
        sockaddr_in in4{};
        std::memcpy(&in4, &address.storage, sizeof in4);
        std::array<std::uint8_t, 4> octets{};
        std::memcpy(octets.data(), &in4.sin_addr, octets.size());
        const auto ip = base::IpAddress::fromBytes(octets);
        return ip ? std::optional(base::Endpoint{*ip, ntohs(in4.sin_port)}) : std::nullopt;
    }
    if (address.storage.ss_family == AF_INET6 && address.length >= sizeof(sockaddr_in6)) {
        sockaddr_in6 in6{};
        std::memcpy(&in6, &address.storage, sizeof in6);
        return fromV6(in6);
    }
    return std::nullopt;
}

int socketFamily(int fd) {
    int family = -1;
    socklen_t length = sizeof family;
    return ::getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &length) == 0 ? family : -1;
}

} // namespace tern::datapath
