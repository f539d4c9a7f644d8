// Sends packets as frames of a TCP stream (RFC 9329): many by one write, and never half a frame before another. When
// the stream does not move, packets are held back and then refused, never IKE's own messages, for which room is kept.
#pragma once

#include "core/datapath/outer.h"

namespace tern::datapath {

class StreamSender final : public PacketSender {
public:
    // unsent: octets of frames that were begun before.
    StreamSender(OuterPtr outer, base::ByteView unsent);

    [[nodiscard]] base::MutableByteView slot(std::size_t size) override;
    void commit(std::size_t length, Ecn ecn) override;
    void flush() override;
    [[nodiscard]] bool isBlocked() const override { return m_end - m_begin >= enough && !m_outer->lost; }
    void addControl(base::ByteView message) override;
    [[nodiscard]] std::uint64_t takeRefused() override { return std::exchange(m_refused, 0); }
    [[nodiscard]] int socket() const override { return m_outer->socket.get(); }

private:
    static constexpr std::size_t capacity = 384 * 1024;
    static constexpr std::size_t reserve = 128 * 1024; // for IKE
    static constexpr std::size_t flushAt = 64 * 1024;
    static constexpr std::size_t enough = 64 * 1024; // waiting: more is only taken when some of it has left

    [[nodiscard]] bool makeRoom(std::size_t size, std::size_t limit);

    OuterPtr m_outer;
    std::unique_ptr<std::uint8_t[]> m_arena; // not zeroed
    std::size_t m_begin = 0;                 // of what has not left
    std::size_t m_end = 0;                   // always between frames
    std::uint64_t m_refused = 0;
};

} // namespace tern::datapath
