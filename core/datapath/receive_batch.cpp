#include "core/datapath/receive_batch.h"

#include "core/datapath/udp_port.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>

namespace tern::datapath {

namespace {

constexpr int optionUdpGro = 104; // UDP_GRO, Linux 5.0

bool isTrafficClass(const cmsghdr& header) {
    return (header.cmsg_level == IPPROTO_IP && header.cmsg_type == IP_TOS) ||
           (header.cmsg_level == IPPROTO_IPV6 && header.cmsg_type == IPV6_TCLASS);
}

void setOption(int socket, int level, int name, int value) {
    // Each is refused by a kernel or socket that does not know it, and can be done without.
    static_cast<void>(::setsockopt(socket, level, name, &value, sizeof value));
}

} // namespace

void setFragmentation(int socket, bool allowed) {
    setOption(socket, IPPROTO_IP, IP_MTU_DISCOVER, allowed ? IP_PMTUDISC_DONT : IP_PMTUDISC_PROBE);
    if (socketFamily(socket) == AF_INET6) {
        setOption(socket, IPPROTO_IPV6, IPV6_MTU_DISCOVER, allowed ? IPV6_PMTUDISC_DONT : IPV6_PMTUDISC_PROBE);
    }
}

base::Result<void> prepareSocket(int socket, bool gather) {
    const int family = socketFamily(socket);
    const int mode = ::fcntl(socket, F_GETFL);
    if ((family != AF_INET && family != AF_INET6) || mode < 0 || ::fcntl(socket, F_SETFL, mode | O_NONBLOCK) != 0) {
        return base::fail("tern.datapath.socket", {}, "not an IPv4 or IPv6 socket");
    }
    setFragmentation(socket, true);
    setOption(socket, IPPROTO_IP, IP_RECVTOS, 1);
    if (family == AF_INET6) {
        setOption(socket, IPPROTO_IPV6, IPV6_RECVTCLASS, 1);
    }
    setOption(socket, SOL_UDP, optionUdpGro, gather ? 1 : 0);
    enlargeBuffers(socket);
    return {};
}

base::Result<void> prepareStream(int socket) {
    const int family = socketFamily(socket);
    int type = 0;
    socklen_t length = sizeof type;
    const int mode = ::fcntl(socket, F_GETFL);
    if ((family != AF_INET && family != AF_INET6) || ::getsockopt(socket, SOL_SOCKET, SO_TYPE, &type, &length) != 0 ||
        type != SOCK_STREAM || mode < 0 || ::fcntl(socket, F_SETFL, mode | O_NONBLOCK) != 0) {
        return base::fail("tern.datapath.socket", {}, "not an IPv4 or IPv6 TCP socket");
    }
    constexpr int unsent = 128 * 1024;
    constexpr int patience = 10'000; // milliseconds
    setOption(socket, IPPROTO_TCP, TCP_NODELAY, 1);
    setOption(socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, unsent);
    setOption(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, patience);
    setOption(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
    setOption(socket, IPPROTO_TCP, TCP_KEEPIDLE, 20);
    setOption(socket, IPPROTO_TCP, TCP_KEEPINTVL, 5);
    setOption(socket, IPPROTO_TCP, TCP_KEEPCNT, 3);
    return {};
}

ReceiveBatch::ReceiveBatch(OuterPtr outer)
    : m_outer(std::move(outer))
    , m_buffers(std::make_unique_for_overwrite<std::uint8_t[]>(messages * bufferSize)) {
    for (std::size_t i = 0; i < messages; ++i) {
        m_pieces[i] = {m_buffers.get() + i * bufferSize, bufferSize};
    }
}

std::size_t ReceiveBatch::receive() {
    for (std::size_t i = 0; i < m_wanted; ++i) {
        msghdr& header = m_headers[i].msg_hdr;
        header.msg_name = m_from[i].raw();
        header.msg_namelen = sizeof m_from[i].storage;
        header.msg_iov = &m_pieces[i];
        header.msg_iovlen = 1;
        header.msg_control = m_control[i].bytes.data();
        header.msg_controllen = m_control[i].bytes.size();
        header.msg_flags = 0;
    }
    for (;;) {
        const int got = ::recvmmsg(socket(), m_headers.data(), static_cast<unsigned>(m_wanted), MSG_DONTWAIT, nullptr);
        if (got >= 0) {
            const auto count = static_cast<std::size_t>(got);
            m_full = count == m_wanted;
            m_wanted = count > 0 && m_headers[0].msg_len > large ? largeMessages : messages;
            return count;
        }
        if (errno != EINTR && errno != ECONNREFUSED) { // a late ICMP error clears itself
            return 0;
        }
    }
}

void ReceiveBatch::readControl(msghdr& header, Message& message) const {
    for (cmsghdr* control = CMSG_FIRSTHDR(&header); control != nullptr; control = CMSG_NXTHDR(&header, control)) {
        const std::size_t size = control->cmsg_len - CMSG_LEN(0);
        if (control->cmsg_level == SOL_UDP && control->cmsg_type == optionUdpGro && size >= sizeof(int)) {
            int segment = 0;
            std::memcpy(&segment, CMSG_DATA(control), sizeof segment);
            if (segment > 0) {
                message.segmentSize = static_cast<std::size_t>(segment);
            }
        } else if (isTrafficClass(*control) && size >= 1) {
            // IP_TOS comes as one octet, IPV6_TCLASS as an int.
            int value = *CMSG_DATA(control);
            if (control->cmsg_level == IPPROTO_IPV6 && size >= sizeof value) {
                std::memcpy(&value, CMSG_DATA(control), sizeof value);
            }
            message.ecn = static_cast<Ecn>(static_cast<unsigned>(value) & 3U);
        }
    }
}

PacketReceiver::Message ReceiveBatch::message(std::size_t index) {
    m_from[index].length = m_headers[index].msg_hdr.msg_namelen;
    const auto from = toEndpoint(m_from[index]);
    if (!from || *from != m_outer->peer) {
        return {};
    }
    Message message;
    message.bytes = {m_buffers.get() + index * bufferSize, m_headers[index].msg_len};
    message.segmentSize = message.bytes.size();
    readControl(m_headers[index].msg_hdr, message);
    return message;
}

} // namespace tern::datapath
