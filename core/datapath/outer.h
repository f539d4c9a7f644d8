// The way to the server as the two threads and IKE share it, and the two ends of it that move packets: datagrams (UDP)
// or frames in a stream (TCP, RFC 9329).
#pragma once

#include "core/base/unique_fd.h"
#include "core/datapath/ip_packet.h"
#include "core/datapath/socket_address.h"

#include <atomic>
#include <memory>

namespace tern::datapath {

// Closed with the last that lets go of it.
struct Outer {
    base::UniqueFd socket;
    base::Endpoint peer;
    SocketAddress address; // of the peer, in the socket's family
    bool stream = false;
    std::atomic<bool> lost{false}; // of a stream: it has ended, or what came makes no sense
};
using OuterPtr = std::shared_ptr<Outer>;

// Takes sealed packets. Belongs to one thread; allocates nothing after it was made.
class PacketSender {
public:
    PacketSender() = default;
    PacketSender(const PacketSender&) = delete;
    PacketSender& operator=(const PacketSender&) = delete;
    virtual ~PacketSender() = default;

    // Room for a packet of up to `size` octets (at most largestDatagram); empty when there is none now.
    [[nodiscard]] virtual base::MutableByteView slot(std::size_t size) = 0;
    // The first `length` octets of the last slot are a packet, to be sent with this mark.
    virtual void commit(std::size_t length, Ecn ecn) = 0;
    // What waits is to leave; what the system does not take now is kept by a stream and waits for room by datagrams.
    virtual void flush() = 0;
    // Whether there is so much waiting that the caller should wait for the socket before it brings more.
    [[nodiscard]] virtual bool isBlocked() const { return false; }
    // An IKE message or keep-alive for a stream, marker included; a datagram socket is written to directly.
    virtual void addControl(base::ByteView /*message*/) {}
    // The kernel may know a wider path by now.
    virtual void retrySegmentation() {}
    // Packets the kernel refused since the last call.
    [[nodiscard]] virtual std::uint64_t takeRefused() = 0;
    [[nodiscard]] virtual int socket() const = 0;

    static constexpr std::size_t largestDatagram = 65'000;
};

// Brings what the server sent. Belongs to one thread; allocates nothing after it was made.
class PacketReceiver {
public:
    PacketReceiver() = default;
    PacketReceiver(const PacketReceiver&) = delete;
    PacketReceiver& operator=(const PacketReceiver&) = delete;
    virtual ~PacketReceiver() = default;

    struct Message {
        base::MutableByteView bytes; // empty when it is not from the peer
        std::size_t segmentSize = 0; // bytes holds datagrams of this size, the last may be shorter
        Ecn ecn = Ecn::NotCapable;
    };

    // Takes what is there without waiting: how many messages, 0 when there are none.
    [[nodiscard]] virtual std::size_t receive() = 0;
    // Valid until the next receive().
    [[nodiscard]] virtual Message message(std::size_t index) = 0;
    // Whether the last receive() took as much as it could, so that there may be more.
    [[nodiscard]] virtual bool wasFull() const = 0;
    // Nothing will come any more: a stream has ended.
    [[nodiscard]] virtual bool isOver() const { return false; }
    [[nodiscard]] virtual int socket() const = 0;
};

} // namespace tern::datapath
