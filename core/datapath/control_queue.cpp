#include "core/datapath/control_queue.h"

#include <sys/eventfd.h>

namespace tern::datapath {

ControlQueue::ControlQueue()
    : m_event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void ControlQueue::push(base::ByteView datagram) {
    const std::lock_guard guard(m_lock);
    if (datagram.empty() || m_waiting.size() == mostDatagrams || m_octets + datagram.size() > mostOctets) {
        return;
    }
    m_waiting.emplace_back(datagram.begin(), datagram.end());
    m_octets += datagram.size();
    if (m_waiting.size() == 1) {
        static_cast<void>(::eventfd_write(m_event.get(), 1));
    }
}

void ControlQueue::poke() {
    static_cast<void>(::eventfd_write(m_event.get(), 1));
}

base::Bytes ControlQueue::pop() {
    const std::lock_guard guard(m_lock);
    if (m_waiting.empty()) {
        eventfd_t count = 0;
        static_cast<void>(::eventfd_read(m_event.get(), &count));
        return {};
    }
    base::Bytes oldest = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_octets -= oldest.size();
    if (m_waiting.empty()) {
        eventfd_t count = 0;
        static_cast<void>(::eventfd_read(m_event.get(), &count));
    }
    return oldest;
}

} // namespace tern::datapath
