// Receives many datagrams by one system call, where the kernel offers it in runs of equal size (UDP_GRO). Belongs to
// one thread; allocates nothing after it was made.
#pragma once

#include "core/base/error.h"
#include "core/datapath/outer.h"

#include <array>
#include <sys/uio.h>

namespace tern::datapath {

class ReceiveBatch final : public PacketReceiver {
public:
    // The socket has been prepared by prepareSocket().
    explicit ReceiveBatch(OuterPtr outer);

    [[nodiscard]] std::size_t receive() override;
    [[nodiscard]] bool wasFull() const override { return m_full; }
    [[nodiscard]] Message message(std::size_t index) override;
    [[nodiscard]] int socket() const override { return m_outer->socket.get(); }

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

    OuterPtr m_outer;
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
// Whether what is larger than the path leaves in fragments (as prepareSocket() has it) or not at all.
void setFragmentation(int socket, bool allowed);
// A connected TCP socket: short queues, so that IKE is not stuck behind packets, and an end of its own when the server
// takes nothing for ten seconds. tern.datapath.socket when this is no TCP socket.
[[nodiscard]] base::Result<void> prepareStream(int socket);

} // namespace tern::datapath
