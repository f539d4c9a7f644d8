#include "core/datapath/stream_port.h"

#include "core/datapath/receive_batch.h"
#include "core/datapath/socket_address.h"
#include "core/datapath/stream_frames.h"

#include <array>
#include <cerrno>
#include <cstring>

namespace tern::datapath {

namespace {

constexpr std::size_t mostUnsent = 256 * 1024;

} // namespace

base::Result<StreamPort> StreamPort::connect(base::UniqueFd socket, const base::Endpoint& peer) {
    if (auto prepared = prepareStream(socket.get()); !prepared) {
        return base::fail(prepared.error());
    }
    const auto address = toSocketAddress(peer, socketFamily(socket.get()));
    if (!address) {
        return base::fail("tern.datapath.socket", {}, "an IPv4 socket cannot reach an IPv6 server");
    }
    const int started = ::connect(socket.get(), address->raw(), address->length);
    if (started != 0 && errno != EINPROGRESS) {
        return base::fail("tern.datapath.stream", {peer.text()}, std::strerror(errno));
    }
    OuterSocket outer;
    outer.socket = std::move(socket);
    outer.peer = peer;
    outer.stream = true;
    outer.unsent.assign(streamPrefix.begin(), streamPrefix.end());
    StreamPort port(std::move(outer));
    port.m_connected = started == 0;
    return port;
}

base::Result<base::Endpoint> StreamPort::localEndpoint() const {
    SocketAddress name;
    const bool known = ::getsockname(fd(), name.raw(), &name.length) == 0;
    const auto endpoint = known ? toEndpoint(name) : std::nullopt;
    if (!endpoint) {
        return base::fail("tern.datapath.no-route", {m_outer.peer.address.text()}, "no local address");
    }
    return *endpoint;
}

void StreamPort::fail(std::string detail) {
    if (!m_failure) {
        m_failure = base::Error{"tern.datapath.stream", {m_outer.peer.text()}, std::move(detail)};
    }
}

void StreamPort::send(base::ByteView content) {
    if (!m_failure && m_outer.unsent.size() + content.size() < mostUnsent) {
        static_cast<void>(appendFrame(m_outer.unsent, content));
        flush();
    }
}

void StreamPort::flush() {
    if (!m_connected && !m_failure) {
        int error = 0;
        socklen_t length = sizeof error;
        if (::getsockopt(fd(), SOL_SOCKET, SO_ERROR, &error, &length) != 0 || error != 0) {
            fail(std::strerror(error != 0 ? error : errno));
            return;
        }
        SocketAddress name;
        if (::getpeername(fd(), name.raw(), &name.length) != 0) {
            return; // still on its way
        }
        m_connected = true;
    }
    auto& unsent = m_outer.unsent;
    while (!unsent.empty() && !m_failure) {
        const ssize_t sent = ::send(fd(), unsent.data(), unsent.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent >= 0) {
            unsent.erase(unsent.begin(), unsent.begin() + sent);
        } else if (errno == EAGAIN || errno == ENOBUFS) {
            return;
        } else if (errno != EINTR) {
            fail(std::strerror(errno));
        }
    }
}

base::Bytes StreamPort::receive() {
    auto& received = m_outer.received;
    for (;;) {
        const auto frame = nextFrame(received);
        if (frame.state == Frame::State::Invalid) {
            fail("a frame with a length below 2");
            return {};
        }
        if (frame.state == Frame::State::Whole) {
            base::Bytes content(received.begin() + frameHeaderSize,
                                received.begin() + static_cast<std::ptrdiff_t>(frame.size));
            received.erase(received.begin(), received.begin() + static_cast<std::ptrdiff_t>(frame.size));
            if (!content.empty()) {
                return content;
            }
            continue;
        }
        if (m_failure || (!m_connected && (flush(), !m_connected))) {
            return {};
        }
        std::array<std::uint8_t, 16384> buffer{};
        const ssize_t got = ::recv(fd(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (got > 0) {
            received.insert(received.end(), buffer.begin(), buffer.begin() + got);
        } else if (got == 0) {
            fail("ended by the server");
            return {};
        } else if (errno == EAGAIN) {
            return {};
        } else if (errno != EINTR) {
            fail(std::strerror(errno));
            return {};
        }
    }
}

} // namespace tern::datapath
