#include "core/datapath/stream_receiver.h"

#include "core/datapath/stream_frames.h"

#include <algorithm>
#include <cerrno>

namespace tern::datapath {

StreamReceiver::StreamReceiver(OuterPtr outer, base::ByteView received)
    : m_outer(std::move(outer))
    , m_buffer(std::make_unique_for_overwrite<std::uint8_t[]>(capacity))
    , m_end(std::min(received.size(), capacity)) {
    copyOctets(received.first(m_end), {m_buffer.get(), m_end});
}

// Frames that are whole, in order.
std::size_t StreamReceiver::cut() {
    std::size_t count = 0;
    while (count < messages) {
        const auto frame = nextFrame({m_buffer.get() + m_begin, m_end - m_begin});
        if (frame.state == Frame::State::Invalid) {
            m_outer->lost = true; // where the next frame begins, nobody knows any more (RFC 9329 §3)
        }
        if (frame.state != Frame::State::Whole) {
            break;
        }
        m_frames[count++] = {m_buffer.get() + m_begin + frameHeaderSize, frame.size - frameHeaderSize};
        m_begin += frame.size;
    }
    m_more = count == messages;
    return count;
}

std::size_t StreamReceiver::receive() {
    if (m_more) {
        if (const auto count = cut(); count > 0) {
            return count;
        }
    }
    if (m_begin > 0) {
        std::memmove(m_buffer.get(), m_buffer.get() + m_begin, m_end - m_begin);
        m_end -= m_begin;
        m_begin = 0;
    }
    while (!m_outer->lost) {
        const ssize_t got = ::recv(m_outer->socket.get(), m_buffer.get() + m_end, capacity - m_end, MSG_DONTWAIT);
        if (got > 0) {
            m_end += static_cast<std::size_t>(got);
            break;
        }
        if (got < 0 && errno == EINTR) {
            continue;
        }
        m_outer->lost = got == 0 || errno != EAGAIN;
        break;
    }
    // What came before the end still counts.
    const auto count = cut();
    if (count == 0) {
        m_more = false;
    }
    return count;
}

PacketReceiver::Message StreamReceiver::message(std::size_t index) {
    return {m_frames[index], m_frames[index].size(), Ecn::NotCapable};
}

} // namespace tern::datapath
