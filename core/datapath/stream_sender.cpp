#include "core/datapath/stream_sender.h"

#include "core/datapath/stream_frames.h"

#include <algorithm>
#include <cerrno>

namespace tern::datapath {

StreamSender::StreamSender(OuterPtr outer, base::ByteView unsent)
    : m_outer(std::move(outer))
    , m_arena(std::make_unique_for_overwrite<std::uint8_t[]>(capacity))
    , m_end(std::min(unsent.size(), capacity - reserve)) {
    copyOctets(unsent.first(m_end), {m_arena.get(), m_end});
}

bool StreamSender::makeRoom(std::size_t size, std::size_t limit) {
    if (m_end + size <= limit) {
        return true;
    }
    flush();
    if (m_end + size > limit && m_begin > 0) {
        std::memmove(m_arena.get(), m_arena.get() + m_begin, m_end - m_begin);
        m_end -= m_begin;
        m_begin = 0;
    }
    return m_end + size <= limit;
}

base::MutableByteView StreamSender::slot(std::size_t size) {
    if (m_outer->lost || !makeRoom(size + frameHeaderSize, capacity - reserve)) {
        ++m_refused;
        return {};
    }
    return {m_arena.get() + m_end + frameHeaderSize, size};
}

void StreamSender::commit(std::size_t length, Ecn /*ecn*/) {
    // TCP has congestion control of its own; the mark of one packet cannot be put on a stream (RFC 9329 §9.4).
    const std::size_t size = length + frameHeaderSize;
    storeU16({m_arena.get() + m_end, frameHeaderSize}, 0, static_cast<std::uint16_t>(size));
    m_end += size;
    if (m_end - m_begin >= flushAt) {
        flush();
    }
}

void StreamSender::addControl(base::ByteView message) {
    const std::size_t size = message.size() + frameHeaderSize;
    if (message.empty() || size > largestFrame || m_outer->lost || !makeRoom(size, capacity)) {
        return; // IKE sends its requests again on the next stream
    }
    storeU16({m_arena.get() + m_end, frameHeaderSize}, 0, static_cast<std::uint16_t>(size));
    copyOctets(message, {m_arena.get() + m_end + frameHeaderSize, message.size()});
    m_end += size;
}

void StreamSender::flush() {
    while (m_begin < m_end && !m_outer->lost) {
        const ssize_t sent =
            ::send(m_outer->socket.get(), m_arena.get() + m_begin, m_end - m_begin, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent >= 0) {
            m_begin += static_cast<std::size_t>(sent);
        } else if (errno == EAGAIN || errno == ENOBUFS) {
            return;
        } else if (errno != EINTR) {
            m_outer->lost = true;
        }
    }
    m_begin = m_end = 0;
}

} // namespace tern::datapath
