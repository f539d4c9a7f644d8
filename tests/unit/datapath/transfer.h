// Octets through a tunnel between two namespaces, and what comes out of its control queue.
#pragma once

#include "core/base/bytes.h"
#include "network.h"

#include <algorithm>
#include <array>
#include <poll.h>
#include <sys/socket.h>
#include <thread>

namespace tern::testing {

// By a TCP connection from one to the other's address (IPv4); answers what arrived.
inline base::Bytes transfer(const Namespace& from, const Namespace& to, const char* address, const base::Bytes& bytes) {
    const timeval most{60, 0};
    const auto listener = to.socket(SOCK_STREAM, address, 7000);
    ::listen(listener.get(), 1);
    const auto client = from.socket(SOCK_STREAM, "0.0.0.0", 0);
    ::setsockopt(listener.get(), SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    ::setsockopt(client.get(), SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most);
    base::Bytes received;
    std::thread reader([&] {
        const base::UniqueFd server(::accept(listener.get(), nullptr, nullptr));
        ::setsockopt(server.get(), SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
        std::array<std::uint8_t, 65536> buffer{};
        for (ssize_t got = 1; got > 0;) {
            got = ::recv(server.get(), buffer.data(), buffer.size(), 0);
            received.insert(received.end(), buffer.begin(), buffer.begin() + std::max<ssize_t>(got, 0));
        }
    });
    sockaddr_storage name{};
    const auto length = Namespace::fill(name, address, 7000);
    if (::connect(client.get(), reinterpret_cast<sockaddr*>(&name), length) == 0) {
        for (std::size_t sent = 0; sent < bytes.size();) {
            const auto now = ::send(client.get(), bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
            if (now <= 0) {
                break;
            }
            sent += static_cast<std::size_t>(now);
        }
    }
    ::shutdown(client.get(), SHUT_WR);
    reader.join();
    return received;
}

// What the tunnel hands over next; nothing after ten seconds.
template<typename Tunnel>
base::Bytes awaitControl(Tunnel& tunnel) {
    pollfd ready{tunnel.controlFd(), POLLIN, 0};
    for (int i = 0; i < 50; ++i) {
        static_cast<void>(::poll(&ready, 1, 200));
        if (auto bytes = tunnel.receiveControl(); !bytes.empty()) {
            return bytes;
        }
    }
    return {};
}

} // namespace tern::testing
