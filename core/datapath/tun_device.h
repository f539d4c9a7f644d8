// The TUN the helper made: packets with a VnetHeader in front. Borrows the descriptor. read() and write() may run in
// two threads at once.
#pragma once

#include "core/base/error.h"
#include "core/datapath/merger.h"
#include "core/datapath/vnet_header.h"

#include <optional>

namespace tern::datapath {

class TunDevice {
public:
    // Checks that fd is a TUN with IFF_NO_PI and IFF_VNET_HDR and makes it non-blocking; tern.datapath.tun otherwise.
    [[nodiscard]] static base::Result<TunDevice> open(int fd);

    // Asks the kernel to hand over whole bursts. What it does not know is left out.
    // Answers what holds now; the same goes for what may be written.
    [[nodiscard]] MergeOptions setOffloads(bool tcp, bool udp) const;

    // Its MTU now; nothing when the system does not tell. socket: any socket in the same network namespace.
    [[nodiscard]] std::optional<unsigned> mtu(int socket) const;

    enum class ReadState { Packet, Empty, Broken };
    // One packet into buffer; length is set to its size.
    [[nodiscard]] ReadState read(VnetHeader& header, base::MutableByteView buffer, std::size_t& length) const;
    // False when the kernel refused the packet.
    [[nodiscard]] bool write(std::span<const iovec> pieces) const;

    [[nodiscard]] int fd() const { return m_fd; }

private:
    explicit TunDevice(int fd)
        : m_fd(fd) {}
    int m_fd;
};

} // namespace tern::datapath
