// Takes the frames of a TCP stream apart (RFC 9329 §3): each is handed on like a datagram, in place.
#pragma once

#include "core/datapath/outer.h"

#include <array>

namespace tern::datapath {

class StreamReceiver final : public PacketReceiver {
public:
    // received: octets that came before, at a frame's border.
    StreamReceiver(OuterPtr outer, base::ByteView received);

    [[nodiscard]] std::size_t receive() override;
    [[nodiscard]] Message message(std::size_t index) override;
    [[nodiscard]] bool wasFull() const override { return m_more; }
    [[nodiscard]] bool isOver() const override { return m_outer->lost; }
    [[nodiscard]] int socket() const override { return m_outer->socket.get(); }

private:
    static constexpr std::size_t capacity = 512 * 1024;
    static constexpr std::size_t messages = 512;

    [[nodiscard]] std::size_t cut();

    OuterPtr m_outer;
    std::unique_ptr<std::uint8_t[]> m_buffer; // not zeroed
    std::size_t m_begin = 0;                  // of the first frame not handed on
    std::size_t m_end = 0;
    bool m_more = false;
    std::array<base::MutableByteView, messages> m_frames{};
};

} // namespace tern::datapath
