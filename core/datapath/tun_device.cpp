#include "core/datapath/tun_device.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sys/ioctl.h>

namespace tern::datapath {

namespace {

// Linux 6.2; missing in older headers.
constexpr unsigned offloadUso4 = 0x20;
constexpr unsigned offloadUso6 = 0x40;

} // namespace

base::Result<TunDevice> TunDevice::open(int fd) {
    ifreq request{};
    if (::ioctl(fd, TUNGETIFF, &request) != 0) {
        return base::fail("tern.datapath.tun", {}, "the descriptor is no TUN");
    }
    const auto flags = static_cast<unsigned short>(request.ifr_flags);
    constexpr unsigned wanted = IFF_TUN | IFF_NO_PI | IFF_VNET_HDR;
    if ((flags & wanted) != wanted) {
        return base::fail("tern.datapath.tun", {}, "the TUN lacks IFF_NO_PI or IFF_VNET_HDR");
    }
    int headerSize = sizeof(VnetHeader);
    const int mode = ::fcntl(fd, F_GETFL);
    if (::ioctl(fd, TUNSETVNETHDRSZ, &headerSize) != 0 || mode < 0 || ::fcntl(fd, F_SETFL, mode | O_NONBLOCK) != 0) {
        return base::fail("tern.datapath.tun", {}, "the TUN cannot be set up");
    }
    return TunDevice(fd);
}

MergeOptions TunDevice::setOffloads(bool tcp, bool udp) const {
    const unsigned tcpFlags = tcp ? TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 : 0U;
    const unsigned udpFlags = udp ? TUN_F_CSUM | offloadUso4 | offloadUso6 : 0U;
    if (::ioctl(m_fd, TUNSETOFFLOAD, static_cast<unsigned long>(tcpFlags | udpFlags)) == 0) {
        return {tcp, udp};
    }
    if (::ioctl(m_fd, TUNSETOFFLOAD, static_cast<unsigned long>(tcpFlags)) == 0) {
        return {tcp, false};
    }
    static_cast<void>(::ioctl(m_fd, TUNSETOFFLOAD, 0UL));
    return {false, false};
}

std::optional<unsigned> TunDevice::mtu(int socket) const {
    ifreq request{};
    if (::ioctl(m_fd, TUNGETIFF, &request) != 0 || ::ioctl(socket, SIOCGIFMTU, &request) != 0 || request.ifr_mtu <= 0) {
        return std::nullopt;
    }
    return static_cast<unsigned>(request.ifr_mtu);
}

TunDevice::ReadState TunDevice::read(VnetHeader& header, base::MutableByteView buffer, std::size_t& length) const {
    std::array<iovec, 2> pieces{iovec{&header, sizeof header}, iovec{buffer.data(), buffer.size()}};
    for (;;) {
        const ssize_t got = ::readv(m_fd, pieces.data(), static_cast<int>(pieces.size()));
        if (got >= 0) {
            const auto size = static_cast<std::size_t>(got);
            length = size > sizeof header ? size - sizeof header : 0;
            return ReadState::Packet;
        }
        if (errno != EINTR) {
            return errno == EAGAIN ? ReadState::Empty : ReadState::Broken;
        }
    }
}

bool TunDevice::write(std::span<const iovec> pieces) const {
    ssize_t put = 0;
    do {
        put = ::writev(m_fd, pieces.data(), static_cast<int>(pieces.size()));
    } while (put < 0 && errno == EINTR);
    return put >= 0;
}

} // namespace tern::datapath
