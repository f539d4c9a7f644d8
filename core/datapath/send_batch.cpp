#include "core/datapath/send_batch.h"

#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/udp.h>

namespace tern::datapath {

namespace {

constexpr int optionUdpSegment = 103; // UDP_SEGMENT, Linux 4.18
constexpr std::chrono::milliseconds longestWait{100};

template<typename T>
std::size_t putControl(std::span<char> control, std::size_t used, int level, int type, T value) {
    cmsghdr header{};
    header.cmsg_level = level;
    header.cmsg_type = type;
    header.cmsg_len = CMSG_LEN(sizeof value);
    std::memcpy(control.data() + used, &header, sizeof header);
    std::memcpy(control.data() + used + CMSG_LEN(0), &value, sizeof value);
    return used + CMSG_SPACE(sizeof value);
}

} // namespace

SendBatch::SendBatch(OuterPtr outer, Waiter& waiter, bool useSegmentation)
    : m_outer(std::move(outer))
    , m_waiter(waiter)
    , m_segmentation(useSegmentation)
    , m_arena(std::make_unique_for_overwrite<std::uint8_t[]>(capacity)) {}

base::MutableByteView SendBatch::slot(std::size_t size) {
    if (m_used + size > capacity) {
        flush();
    }
    return {m_arena.get() + m_used, size};
}

bool SendBatch::joins(const Group& group, std::size_t length, Ecn ecn) const {
    return m_segmentation && group.open && group.ecn == ecn && length <= group.segmentSize &&
           group.segmentSize <= m_widestSegment && group.count < segments && group.length + length <= largestDatagram;
}

void SendBatch::commit(std::size_t length, Ecn ecn) {
    if (m_groups > 0 && joins(m_group[m_groups - 1], length, ecn)) {
        Group& group = m_group[m_groups - 1];
        group.length += length;
        ++group.count;
        group.open = length == group.segmentSize;
    } else {
        if (m_groups == m_group.size()) {
            // The datagram lies at m_used, behind what is sent now: move it to the front afterwards.
            const std::size_t at = m_used;
            flush();
            std::memmove(m_arena.get(), m_arena.get() + at, length);
        }
        m_group[m_groups++] = {m_used, length, length, 1, ecn, true};
    }
    m_used += length;
    if (m_used >= flushAt) {
        flush();
    }
}

void SendBatch::describe(std::size_t index, const Group& group) {
    m_pieces[index] = {m_arena.get() + group.offset, group.length};
    msghdr& message = m_headers[index].msg_hdr;
    message = {};
    message.msg_name = m_outer->address.raw();
    message.msg_namelen = m_outer->address.length;
    message.msg_iov = &m_pieces[index];
    message.msg_iovlen = 1;
    std::size_t used = 0;
    const std::span<char> control(m_control[index].bytes);
    if (group.count > 1) {
        used = putControl(control, used, SOL_UDP, optionUdpSegment, static_cast<std::uint16_t>(group.segmentSize));
    }
    if (group.ecn != Ecn::NotCapable) {
        const bool v6 = m_outer->peer.address.isV6();
        used = putControl(control, used, v6 ? IPPROTO_IPV6 : IPPROTO_IP, v6 ? IPV6_TCLASS : IP_TOS,
                          static_cast<int>(group.ecn));
    }
    if (used > 0) {
        message.msg_control = control.data();
        message.msg_controllen = used;
    }
}

void SendBatch::flush() {
    if (m_groups > 0) {
        for (std::size_t i = 0; i < m_groups; ++i) {
            describe(i, m_group[i]);
        }
        sendGroups();
    }
    m_groups = 0;
    m_used = 0;
}

bool SendBatch::waitForRoom() const {
    return m_waiter.waitWritable(socket(), longestWait);
}

void SendBatch::sendGroups() {
    std::size_t done = 0;
    while (done < m_groups) {
        const int sent =
            ::sendmmsg(socket(), &m_headers[done], static_cast<unsigned>(m_groups - done), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent > 0) {
            done += static_cast<std::size_t>(sent);
            continue;
        }
        const Group& group = m_group[done];
        switch (errno) {
        case EINTR:
            break;
        case EAGAIN:
            if (!waitForRoom()) {
                return;
            }
            break;
        case EIO: // the device cannot compute checksums, so the kernel cannot cut for it
        case EINVAL:
        case EMSGSIZE:
            if (group.count > 1) {
                if (errno == EIO) {
                    m_segmentation = false;
                } else { // wider than the path: one by one, the kernel sends fragments
                    m_widestSegment = group.segmentSize - 1;
                }
                if (!sendOneByOne(group)) {
                    return;
                }
                ++done;
                break;
            }
            [[fallthrough]];
        default:
            m_refused += group.count;
            ++done;
        }
    }
}

bool SendBatch::sendOneByOne(const Group& group) {
    Group single = group;
    single.count = 1;
    mmsghdr& header = m_headers[static_cast<std::size_t>(&group - m_group.data())];
    for (unsigned i = 0; i < group.count;) {
        single.offset = group.offset + i * group.segmentSize;
        single.length = std::min(group.segmentSize, group.length - i * group.segmentSize);
        describe(static_cast<std::size_t>(&group - m_group.data()), single);
        if (::sendmsg(socket(), &header.msg_hdr, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0) {
            ++i;
        } else if (errno == EAGAIN) {
            if (!waitForRoom()) {
                return false;
            }
        } else if (errno != EINTR) {
            ++m_refused;
            ++i;
        }
    }
    return true;
}

} // namespace tern::datapath
