// IKE's datagrams on their way from the receiving thread to whoever polls: bounded, so that a flood costs datagrams and
// not memory. Safe to use from any thread; only IKE passes here, so a lock does not slow packets.
#pragma once

#include "core/base/bytes.h"
#include "core/base/unique_fd.h"

#include <deque>
#include <mutex>

namespace tern::datapath {

class ControlQueue {
public:
    ControlQueue();
    [[nodiscard]] bool valid() const { return static_cast<bool>(m_event); }

    // Drops the datagram when the queue is full.
    void push(base::ByteView datagram);
    // Makes fd() readable once, although there is nothing to pop: something else is worth a look.
    void poke();
    // The oldest; empty when there is none.
    [[nodiscard]] base::Bytes pop();
    // Readable while there is something to pop.
    [[nodiscard]] int fd() const { return m_event.get(); }

private:
    static constexpr std::size_t mostDatagrams = 64;
    static constexpr std::size_t mostOctets = 256 * 1024;

    base::UniqueFd m_event;
    std::mutex m_lock;
    std::deque<base::Bytes> m_waiting;
    std::size_t m_octets = 0;
};

} // namespace tern::datapath
