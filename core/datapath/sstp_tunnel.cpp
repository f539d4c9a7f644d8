#include "core/datapath/sstp_tunnel.h"

#include "core/datapath/clock.h"
#include "core/datapath/control_queue.h"
#include "core/datapath/counter.h"
#include "core/datapath/mailbox.h"
#include "core/datapath/merger.h"
#include "core/datapath/receive_batch.h"
#include "core/datapath/segmenter.h"
#include "core/datapath/thread.h"
#include "core/datapath/tls_pump.h"
#include "core/datapath/tun_device.h"
#include "core/ppp/frame.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <mutex>
#include <sys/epoll.h>
#include <sys/eventfd.h>

namespace tern::datapath {

namespace {

constexpr unsigned leastMtu = 576;
// An SSTP packet less its header and PPP's.
constexpr unsigned mostMtu = sstp::largestFrame - sstp::headerSize - ppp::headerSize;
constexpr std::size_t inputSize = 65'536;
// Before the other direction has its turn.
constexpr unsigned mostReads = 64;
constexpr unsigned mostReceives = 8;

class Tunnel final : public SstpTunnel, private FrameSink, private PacketSink {
public:
    Tunnel(SstpTunnelConfig config, TunDevice tun, MergeOptions merge)
        : m_tunFd(std::move(config.tun))
        , m_socket(std::move(config.socket))
        , m_stop(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
        , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
        , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
        , m_tun(tun)
        , m_pump(m_socket.get(), std::move(config.tls), config.unread)
        , m_merger(*this, merge)
        , m_input(std::make_unique_for_overwrite<std::uint8_t[]>(inputSize))
        , m_mtu(std::clamp(config.mtu, leastMtu, mostMtu))
        , m_ipv6(config.ipv6) {}
    Tunnel(const Tunnel&) = delete;
    Tunnel& operator=(const Tunnel&) = delete;
    ~Tunnel() override {
        static_cast<void>(::eventfd_write(m_stop.get(), 1));
        if (m_thread.joinable()) {
            m_thread.join();
        }
    }
    [[nodiscard]] bool begin() {
        const bool valid = m_control.valid() && m_controlOut.valid() && m_diverted.valid() && watch(m_stop.get()) &&
                           watch(m_wake.get()) && watch(m_tunFd.get()) && watch(m_socket.get());
        if (valid) {
            m_thread = runQuietly(*this, "tern-sstp");
        }
        return valid;
    }
    void run();

    void setMtu(unsigned mtu) override { m_mtu.store(std::clamp(mtu, leastMtu, mostMtu), std::memory_order_relaxed); }
    void setIpv6(bool ipv6) override { m_ipv6.store(ipv6, std::memory_order_relaxed); }
    void inject(base::ByteView packet) override {
        m_injected.put(std::make_unique<base::Bytes>(packet.begin(), packet.end()));
        wake();
    }
    void divert(std::uint16_t port) override { m_divertedPort.store(port, std::memory_order_relaxed); }
    [[nodiscard]] int divertedFd() const override { return m_diverted.fd(); }
    base::Bytes receiveDiverted() override { return m_diverted.pop(); }
    [[nodiscard]] int controlFd() const override { return m_control.fd(); }
    base::Bytes receiveControl() override { return m_control.pop(); }
    void sendControl(base::ByteView octets) override {
        m_controlOut.push(octets);
        wake();
    }
    [[nodiscard]] std::optional<base::Error> failure() const override {
        const std::lock_guard guard(m_lock);
        return m_failure;
    }
    [[nodiscard]] TunnelStatistics statistics() const override;

private:
    [[nodiscard]] bool watch(int fd) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = fd;
        return ::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, fd, &event) == 0;
    }
    void listen(int fd, std::uint32_t events) const {
        epoll_event event{};
        event.events = events;
        event.data.fd = fd;
        static_cast<void>(::epoll_ctl(m_epoll.get(), EPOLL_CTL_MOD, fd, &event));
    }
    void wake() const { static_cast<void>(::eventfd_write(m_wake.get(), 1)); }

    [[nodiscard]] base::Result<void> work();
    [[nodiscard]] base::Result<void> takeNews();
    [[nodiscard]] base::Result<void> receive();
    [[nodiscard]] base::Result<void> drainTun();
    [[nodiscard]] base::Result<void> takePacket(const VnetHeader& header, base::MutableByteView packet);
    void adjust();
    void fail(base::Error error);

    void takeFrame(bool control, base::MutableByteView whole) override;
    void allRead() override { m_merger.flush(); }
    void takeInner(base::MutableByteView packet);
    [[nodiscard]] bool isDiverted(base::ByteView packet, const IpLayout& ip) const;
    void write(std::span<const iovec> pieces) override {
        if (!m_tun.write(pieces)) {
            m_dropped.add(1);
        }
    }

    base::UniqueFd m_tunFd;
    base::UniqueFd m_socket;
    base::UniqueFd m_stop;
    base::UniqueFd m_wake;
    base::UniqueFd m_epoll;
    TunDevice m_tun;
    TlsPump m_pump;
    Merger m_merger;
    std::unique_ptr<std::uint8_t[]> m_input; // not zeroed
    std::atomic<unsigned> m_mtu;
    std::atomic<bool> m_ipv6;
    std::atomic<std::uint16_t> m_divertedPort{0};
    ControlQueue m_control;
    ControlQueue m_controlOut;
    ControlQueue m_diverted;
    Mailbox<base::Bytes> m_injected;
    mutable std::mutex m_lock; // of the failure alone
    std::optional<base::Error> m_failure;
    bool m_over = false;
    bool m_heard = false; // anything, in this round
    bool m_tunBroken = false;
    bool m_tunPaused = false; // not read while the socket takes nothing
    bool m_wantsRoom = false; // told when the socket takes something
    Counter m_receivedBytes;
    Counter m_receivedPackets;
    Counter m_sentBytes;
    Counter m_sentPackets;
    Counter m_dropped;
    Counter m_lastReceived;
    std::thread m_thread;
};

void Tunnel::run() {
    if (auto waiting = m_pump.readWaiting(*this); !waiting) {
        fail(std::move(waiting.error()));
    }
    for (;;) {
        if (!m_over) {
            if (auto done = work(); !done) {
                fail(std::move(done.error()));
            }
            adjust();
        }
        std::array<epoll_event, 4> events{};
        const int ready = ::epoll_wait(m_epoll.get(), events.data(), static_cast<int>(events.size()), -1);
        if (ready < 0 && errno != EINTR) {
            return;
        }
        for (int i = 0; i < ready; ++i) {
            const int fd = events.at(static_cast<std::size_t>(i)).data.fd;
            if (fd == m_stop.get()) {
                return;
            }
            if (fd == m_wake.get()) {
                eventfd_t count = 0;
                static_cast<void>(::eventfd_read(fd, &count));
            }
        }
    }
}

// One round: each direction in its turn. Looking costs a system call each, which is little beside a round's packets.
base::Result<void> Tunnel::work() {
    if (auto done = receive(); !done) {
        return done;
    }
    if (auto done = takeNews(); !done) {
        return done;
    }
    if (!m_pump.isBlocked() && !m_tunBroken) {
        if (auto done = drainTun(); !done) {
            return done;
        }
    }
    return m_pump.flush();
}

base::Result<void> Tunnel::receive() {
    m_heard = false;
    for (unsigned i = 0; i < mostReceives; ++i) {
        const auto more = m_pump.receive(*this);
        if (!more) {
            return base::fail(more.error());
        }
        if (*more == TlsPump::Readable::No) {
            break;
        }
    }
    if (m_heard) {
        m_lastReceived.set(static_cast<std::uint64_t>(bootNow().time_since_epoch().count()));
    }
    return {};
}

base::Result<void> Tunnel::takeNews() {
    for (auto octets = m_controlOut.pop(); !octets.empty(); octets = m_controlOut.pop()) {
        if (auto added = m_pump.add(octets); !added) {
            return added;
        }
    }
    if (const auto packet = m_injected.take()) {
        return takePacket({}, *packet);
    }
    return {};
}

base::Result<void> Tunnel::drainTun() {
    for (unsigned i = 0; i < mostReads && !m_pump.isBlocked(); ++i) {
        VnetHeader header;
        std::size_t length = 0;
        const base::MutableByteView input(m_input.get(), inputSize);
        const auto state = m_tun.read(header, input, length);
        if (state == TunDevice::ReadState::Broken) {
            m_tunBroken = true; // it is being taken away
            return {};
        }
        if (state == TunDevice::ReadState::Empty) {
            return {};
        }
        if (auto taken = takePacket(header, input.first(length)); !taken) {
            return taken;
        }
    }
    return {};
}

base::Result<void> Tunnel::takePacket(const VnetHeader& header, base::MutableByteView packet) {
    Segmenter packets(header, packet, m_mtu.load(std::memory_order_relaxed));
    if (!packets.valid() || packets.longest() > mostMtu ||
        (packets.isV6() && !m_ipv6.load(std::memory_order_relaxed))) {
        m_dropped.add(1);
        return {};
    }
    const auto protocol = static_cast<std::uint16_t>(packets.isV6() ? ppp::Protocol::Ipv6 : ppp::Protocol::Ipv4);
    const auto room = packets.longest();
    std::uint64_t octets = 0;
    std::uint64_t count = 0;
    for (;;) {
        auto body = m_pump.body(ppp::headerSize + room);
        if (!body) {
            return base::fail(std::move(body.error()));
        }
        const auto size = packets.next(body->subspan(ppp::headerSize));
        if (size == 0) {
            break;
        }
        storeU16(*body, 0, 0xFF03);
        storeU16(*body, 2, protocol);
        m_pump.commit(ppp::headerSize + size);
        octets += size;
        ++count;
    }
    m_sentBytes.add(octets);
    m_sentPackets.add(count);
    return {};
}

// Asks to be woken for what can be done something about.
void Tunnel::adjust() {
    if (m_over) {
        return;
    }
    if (const bool room = m_pump.hasOutput(); room != m_wantsRoom) {
        m_wantsRoom = room;
        listen(m_socket.get(), room ? EPOLLIN | EPOLLOUT : EPOLLIN);
    }
    if (const bool paused = m_pump.isBlocked() || m_tunBroken; paused != m_tunPaused) {
        m_tunPaused = paused;
        if (paused) {
            static_cast<void>(::epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, m_tunFd.get(), nullptr));
        } else {
            static_cast<void>(watch(m_tunFd.get()));
        }
    }
}

void Tunnel::fail(base::Error error) {
    static_cast<void>(m_pump.flush()); // an alert, if it still goes
    m_over = true;
    for (const int fd : {m_tunFd.get(), m_socket.get()}) {
        static_cast<void>(::epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, fd, nullptr));
    }
    {
        const std::lock_guard guard(m_lock);
        m_failure = std::move(error);
    }
    m_control.poke();
}

void Tunnel::takeFrame(bool control, base::MutableByteView whole) {
    m_heard = true;
    if (control) {
        m_control.push(whole);
        return;
    }
    const auto body = whole.subspan(sstp::headerSize);
    const auto classified = ppp::classify(body);
    switch (classified.kind) {
    case ppp::FrameKind::Control:
        m_control.push(whole);
        break;
    case ppp::FrameKind::Packet:
        takeInner(body.last(classified.payload.size())); // it is the end of the frame
        break;
    case ppp::FrameKind::Malformed:
        m_dropped.add(1);
        break;
    }
}

bool Tunnel::isDiverted(base::ByteView packet, const IpLayout& ip) const {
    const auto port = m_divertedPort.load(std::memory_order_relaxed);
    return port != 0 && !ip.v6 && !ip.fragment && ip.protocol == protocolUdp && ip.headerSize + 8 <= ip.totalSize &&
           loadU16(packet, ip.headerSize + 2) == port;
}

void Tunnel::takeInner(base::MutableByteView packet) {
    const auto ip = parseIp(packet);
    if (!ip) {
        m_dropped.add(1);
        return;
    }
    const auto exact = packet.first(ip->totalSize);
    if (isDiverted(exact, *ip)) {
        m_diverted.push(exact);
        return;
    }
    clampMss(exact, *ip, m_mtu.load(std::memory_order_relaxed), true);
    m_receivedBytes.add(exact.size());
    m_receivedPackets.add(1);
    m_merger.add(exact, *ip);
}

TunnelStatistics Tunnel::statistics() const {
    TunnelStatistics result;
    result.receivedBytes = m_receivedBytes.get();
    result.sentBytes = m_sentBytes.get();
    result.receivedPackets = m_receivedPackets.get();
    result.sentPackets = m_sentPackets.get();
    result.dropped = m_dropped.get();
    result.lastReceived = m_lastReceived.get();
    return result;
}

} // namespace

base::Result<std::unique_ptr<SstpTunnel>> SstpTunnel::start(SstpTunnelConfig config) {
    const auto tun = TunDevice::open(config.tun.get());
    if (!tun) {
        return base::fail(tun.error());
    }
    if (auto prepared = prepareStream(config.socket.get()); !prepared) {
        return base::fail(prepared.error());
    }
    if (!config.tls || !config.tls->isEstablished()) {
        return base::fail("tern.datapath.internal", {}, "no TLS");
    }
    const MergeOptions merge = tun->setOffloads(config.offloads.tunTcp, config.offloads.tunUdp);
    auto tunnel = std::make_unique<Tunnel>(std::move(config), *tun, merge);
    if (!tunnel->begin()) {
        return base::fail("tern.datapath.internal", {}, "epoll or eventfd");
    }
    return tunnel;
}

} // namespace tern::datapath
