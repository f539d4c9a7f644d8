// Endpoints as the kernel takes them. An IPv4 endpoint on an AF_INET6 socket goes as ::ffff:a.b.c.d and comes back
// as IPv4, so that the rest of the program never sees a mapped address.
#pragma once

#include "core/base/ip.h"

#include <optional>
#include <sys/socket.h>

namespace tern::datapath {

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t length = sizeof(sockaddr_storage);

    [[nodiscard]] sockaddr* raw() { return reinterpret_cast<sockaddr*>(&storage); }
    [[nodiscard]] const sockaddr* raw() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

// family: AF_INET or AF_INET6, that of the socket. Nothing for an IPv6 endpoint on an AF_INET socket.
[[nodiscard]] std::optional<SocketAddress> toSocketAddress(const base::Endpoint& endpoint, int family);
// Nothing for another family or a short address.
[[nodiscard]] std::optional<base::Endpoint> toEndpoint(const SocketAddress& address);
// AF_INET, AF_INET6 …; -1 when the descriptor is no socket.
[[nodiscard]] int socketFamily(int fd);

} // namespace tern::datapath
