// Collects sealed datagrams and sends them with as few system calls as the kernel allows: runs of equal size as one
// UDP_SEGMENT message, all messages by sendmmsg. Belongs to one thread; allocates nothing after it was made.
#pragma once

#include "core/datapath/outer.h"
#include "core/datapath/waiter.h"

#include <array>
#include <sys/uio.h>

namespace tern::datapath {

class SendBatch final : public PacketSender {
public:
    // waiter is borrowed. useSegmentation: whether to try UDP_SEGMENT at all.
    SendBatch(OuterPtr outer, Waiter& waiter, bool useSegmentation);

    // Sends what waits if there is no room, so that there always is.
    [[nodiscard]] base::MutableByteView slot(std::size_t size) override;
    void commit(std::size_t length, Ecn ecn) override;
    void flush() override;
    void retrySegmentation() override { m_widestSegment = largestDatagram; }
    [[nodiscard]] std::uint64_t takeRefused() override { return std::exchange(m_refused, 0); }
    [[nodiscard]] int socket() const override { return m_outer->socket.get(); }

private:
    static constexpr std::size_t capacity = 256 * 1024;
    static constexpr std::size_t flushAt = 128 * 1024;
    static constexpr std::size_t messages = 64;
    static constexpr unsigned segments = 64; // UDP_MAX_SEGMENTS

    // Datagrams of segmentSize octets, only the last may be shorter.
    struct Group {
        std::size_t offset = 0;
        std::size_t length = 0;
        std::size_t segmentSize = 0;
        unsigned count = 0;
        Ecn ecn = Ecn::NotCapable;
        bool open = false;
    };
    struct alignas(std::max_align_t) Control {
        std::array<char, 64> bytes{};
    };

    [[nodiscard]] bool joins(const Group& group, std::size_t length, Ecn ecn) const;
    void describe(std::size_t index, const Group& group);
    void sendGroups();
    // One group that was refused as a whole; false when it is time to stop.
    [[nodiscard]] bool sendOneByOne(const Group& group);
    [[nodiscard]] bool waitForRoom() const;

    OuterPtr m_outer;
    Waiter& m_waiter;
    bool m_segmentation;
    std::size_t m_widestSegment = largestDatagram;
    std::uint64_t m_refused = 0;
    std::unique_ptr<std::uint8_t[]> m_arena; // not zeroed
    std::size_t m_used = 0;
    std::size_t m_groups = 0;
    std::array<Group, messages> m_group{};
    std::array<mmsghdr, messages> m_headers{};
    std::array<iovec, messages> m_pieces{};
    std::array<Control, messages> m_control{};
};

} // namespace tern::datapath
