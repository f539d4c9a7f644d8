// Receives many datagrams by one system call, where the kernel offers it in runs of equal size (UDP_GRO). Belongs to
// one thread; allocates nothing after it was made.
#pragma once

#include "core/base/error.h"
#include "core/datapath/ip_packet.h"
#include "core/datapath/socket_address.h"

#include <array>
#include <memory>
#include <sys/uio.h>

namespace tern::datapath {

class ReceiveBatch {
public:
    // socket is borrowed and has been prepared by prepareSocket().
    ReceiveBatch(int socket, const base::Endpoint& peer);

    // Takes what is there without waiting: how many messages, 0 when there are none.
    [[nodiscard]] std::size_t receive();
    // Whether the last receive() took as much as it could, so that there may be more.
    [[nodiscard]] bool wasFull() const { return m_full; }

    struct Message {
        base::MutableByteView bytes; // empty when it is not from the peer
        std::size_t segmentSize = 0; // bytes holds datagrams of this size, the last may be shorter
        Ecn ecn = Ecn::NotCapable;
    };
    [[nodiscard]] Message message(std::size_t index);

private:
    static constexpr std::size_t messages = 32;
    // Messages of gathered datagrams are taken fewer at a time, so that they are still in the cache when looked at.
    static constexpr std::size_t largeMessages = 8;
    static constexpr std::size_t large = 8192;
    static constexpr std::size_t bufferSize = 65'536;
    struct alignas(std::max_align_t) Control {
        std::array<char, 128> bytes{};
    };

    void readControl(msghdr& header, Message& message) const;

    int m_socket;
    base::Endpoint m_peer;
    std::size_t m_wanted = messages;
    bool m_full = false;
    std::unique_ptr<std::uint8_t[]> m_buffers; // not zeroed: pages count only once they are used
    std::array<mmsghdr, messages> m_headers{};
    std::array<iovec, messages> m_pieces{};
    std::array<SocketAddress, messages> m_from{};
    std::array<Control, messages> m_control{};
};

// Lets the kernel fragment rather than refuse, tell the outer ECN mark and, when wanted, gather runs.
// tern.datapath.socket when this is no IP socket.
[[nodiscard]] base::Result<void> prepareSocket(int socket, bool gather);

} // namespace tern::datapath
