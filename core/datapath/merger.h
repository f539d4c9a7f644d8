// Merges received packets of a stream back into large ones, which the kernel takes from the TUN in one write (the
// reverse of Segmenter, as the kernel's own GRO does it). Only what cutting would give back exactly is merged:
// TCP with equal headers, consecutive sequence numbers and plain ACK/PSH flags, and UDP datagrams of equal size; whole,
// without fragments, IP options or extension headers, and only after their checksums have been verified. Everything
// else passes unchanged. The order of packets of the same stream is kept, and every packet that is neither plain TCP
// nor UDP keeps its place among all. Copies no payload and allocates nothing a packet.
#pragma once

#include "core/datapath/ip_packet.h"
#include "core/datapath/vnet_header.h"

#include <array>
#include <cstddef>
#include <span>
#include <sys/uio.h>

namespace tern::datapath {

// Where the packets go: pieces[0] is the VnetHeader, the rest is one packet.
class PacketSink {
public:
    PacketSink() = default;
    PacketSink(const PacketSink&) = delete;
    PacketSink& operator=(const PacketSink&) = delete;
    virtual ~PacketSink() = default;
    virtual void write(std::span<const iovec> pieces) = 0;
};

struct MergeOptions {
    bool tcp = true;
    bool udp = true;
};

class Merger {
public:
    Merger(PacketSink& sink, MergeOptions options)
        : m_sink(sink)
        , m_options(options) {}

    // packet: exactly ip.totalSize octets. It is written to and must stay where it is until flush().
    void add(base::MutableByteView packet, const IpLayout& ip);
    // Writes what is still held back.
    void flush();

private:
    static constexpr std::size_t flows = 8;
    static constexpr std::size_t segments = 128;
    static constexpr std::size_t largest = 65'000;

    // One packet being put together; `head` is its first, whole.
    struct Flow {
        base::MutableByteView head;
        IpLayout ip;
        std::size_t headers = 0;     // IP and transport header
        std::size_t segmentSize = 0; // payload of each packet but the last
        std::size_t payload = 0;
        std::size_t count = 0;          // packets
        std::uint32_t nextSequence = 0; // TCP
        bool open = false;              // whether more may follow
        std::array<iovec, segments + 1> pieces{};
    };
    // What a packet is, as far as merging goes.
    struct Candidate {
        bool stream = false;    // plain TCP or UDP with ports
        bool mergeable = false; // and fit to be merged
        std::size_t headers = 0;
    };

    [[nodiscard]] Candidate classify(base::ByteView packet, const IpLayout& ip) const;
    [[nodiscard]] static bool sameStream(const Flow& flow, base::ByteView packet, const IpLayout& ip);
    [[nodiscard]] static bool continues(const Flow& flow, base::ByteView packet, const Candidate& candidate);
    static void join(Flow& flow, base::MutableByteView packet, const Candidate& candidate);
    void start(Flow& flow, base::MutableByteView packet, const IpLayout& ip, const Candidate& candidate);
    void write(Flow& flow);
    void writeSingle(base::MutableByteView packet);

    PacketSink& m_sink;
    MergeOptions m_options;
    std::size_t m_used = 0;
    std::array<Flow, flows> m_flows{};
};

} // namespace tern::datapath
