#include "core/datapath/esp_tunnel.h"

#include "core/datapath/in_path.h"
#include "core/datapath/out_path.h"
#include "core/datapath/receive_batch.h"
#include "core/datapath/thread.h"

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>

namespace tern::datapath {

namespace {

constexpr unsigned usualMtu = 1400;
constexpr unsigned leastMtu = 576;
constexpr unsigned mostMtu = 64'000;

class Tunnel final : public EspTunnel {
public:
    struct Parts {
        EspTunnelConfig config;
        OuterPtr outer;
        TunDevice tun;
        MergeOptions merge;
        base::UniqueFd stop;
    };

    explicit Tunnel(Parts parts)
        : m_tun(std::move(parts.config.tun))
        , m_stop(std::move(parts.stop))
        , m_offloads(parts.config.offloads)
        , m_outer(parts.outer)
        , m_out({parts.tun, parts.outer, parts.config.outer.unsent, parts.config.mtu, m_stop.get(),
                 parts.config.offloads.udpSegment})
        , m_in({parts.tun, parts.outer, parts.config.outer.received, parts.config.mtu, m_stop.get(), parts.merge,
                m_control, m_diverted}) {}
    Tunnel(const Tunnel&) = delete;
    Tunnel& operator=(const Tunnel&) = delete;
    ~Tunnel() override {
        static_cast<void>(::eventfd_write(m_stop.get(), 1));
        for (std::thread* thread : {&m_outThread, &m_inThread}) {
            if (thread->joinable()) {
                thread->join();
            }
        }
    }

    [[nodiscard]] bool valid() const {
        return m_out.valid() && m_in.valid() && m_control.valid() && m_diverted.valid();
    }
    void run() {
        m_outThread = runQuietly(m_out, "tern-out");
        m_inThread = runQuietly(m_in, "tern-in", Wakes::InItsTurn);
    }

    base::Result<void> install(ChildKeys child) override;
    void sendWith(std::uint32_t inboundSpi) override;
    void removeInbound(std::uint32_t spi) override;
    base::Result<void> moveTo(OuterSocket outer) override;
    [[nodiscard]] bool isStreamLost() const override {
        const std::lock_guard guard(m_lock);
        return m_outer->lost;
    }
    void setMtu(unsigned mtu) override {
        const unsigned within = std::clamp(mtu, leastMtu, mostMtu);
        m_out.setMtu(within);
        m_in.setMtu(within);
    }
    void inject(base::ByteView packet) override { m_out.inject(packet); }
    void divert(std::uint16_t port) override { m_in.divert(port); }
    [[nodiscard]] int divertedFd() const override { return m_diverted.fd(); }
    base::Bytes receiveDiverted() override { return m_diverted.pop(); }
    [[nodiscard]] int controlFd() const override { return m_control.fd(); }
    base::Bytes receiveControl() override { return m_control.pop(); }
    void sendControl(base::ByteView datagram) override;
    void sendProbe(base::ByteView datagram) override;
    void sendKeepAlive() override {
        const std::uint8_t octet = 0xFF;
        sendControl(base::ByteView(&octet, 1));
    }
    [[nodiscard]] TunnelStatistics statistics() const override;

private:
    // One that is not to send yet.
    struct Held {
        OutboundEntry entry;
        std::uint32_t replaces;
    };
    void startSending(Held child);
    void publish(std::optional<std::uint64_t> sequencesLeft = {});

    base::UniqueFd m_tun;
    base::UniqueFd m_stop;
    Offloads m_offloads;
    ControlQueue m_control;
    ControlQueue m_diverted;
    mutable std::mutex m_lock; // of the four that follow; packets never meet it
    OuterPtr m_outer;
    InboundTable m_inbound;
    OutboundTable m_outbound;
    std::vector<Held> m_held;
    OutPath m_out;
    InPath m_in;
    std::thread m_outThread;
    std::thread m_inThread;
};

base::Result<OuterPtr> makeOuter(OuterSocket& from, const Offloads& offloads) {
    const int socket = from.socket.get();
    auto prepared = from.stream ? prepareStream(socket) : prepareSocket(socket, offloads.udpGather);
    if (!prepared) {
        return base::fail(prepared.error());
    }
    const auto address = toSocketAddress(from.peer, socketFamily(socket));
    if (!address) {
        return base::fail("tern.datapath.socket", {}, "an IPv4 socket cannot reach an IPv6 server");
    }
    auto outer = std::make_shared<Outer>();
    outer->socket = std::move(from.socket);
    outer->peer = from.peer;
    outer->address = *address;
    outer->stream = from.stream;
    return outer;
}

base::Result<void> Tunnel::install(ChildKeys child) {
    const auto backend = m_offloads.ipsecMb ? esp::Backend::Fastest : esp::Backend::OpenSsl;
    const auto spi = child.keys.inbound.spi;
    auto in = esp::InboundSa::create(child.keys.inbound, 0, backend);
    auto out = esp::OutboundSa::create(child.keys.outbound, 0, backend);
    if (!in || !out) {
        return base::fail(in ? out.error() : in.error());
    }
    const auto selectors = std::make_shared<const SelectorSet>(child.local, child.remote);
    const auto sequencesLeft = out->sequencesLeft();
    const std::lock_guard guard(m_lock);
    std::erase_if(m_inbound, [spi](const auto& entry) { return entry.sa->spi() == spi; });
    m_inbound.insert(m_inbound.begin(), {std::make_shared<esp::InboundSa>(std::move(*in)), selectors});
    std::erase_if(m_held, [&](const auto& held) {
        return held.entry.inboundSpi == spi || held.entry.inboundSpi == child.replaces;
    });
    Held next{{std::make_shared<esp::OutboundSa>(std::move(*out)), selectors, spi}, child.replaces};
    if (child.sendNow) {
        startSending(std::move(next));
        publish(sequencesLeft);
    } else {
        m_held.push_back(std::move(next));
        publish();
    }
    return {};
}

void Tunnel::startSending(Held child) {
    const auto spi = child.entry.inboundSpi;
    std::erase_if(m_outbound, [&](const auto& entry) {
        return entry.inboundSpi == spi || (child.replaces != 0 && entry.inboundSpi == child.replaces);
    });
    m_outbound.insert(m_outbound.begin(), std::move(child.entry));
}

void Tunnel::sendWith(std::uint32_t inboundSpi) {
    const std::lock_guard guard(m_lock);
    const auto held = std::find_if(m_held.begin(), m_held.end(),
                                   [inboundSpi](const Held& child) { return child.entry.inboundSpi == inboundSpi; });
    if (held != m_held.end()) {
        const auto sequencesLeft = held->entry.sa->sequencesLeft();
        startSending(std::move(*held));
        m_held.erase(held);
        publish(sequencesLeft);
    }
}

void Tunnel::removeInbound(std::uint32_t spi) {
    const std::lock_guard guard(m_lock);
    std::erase_if(m_inbound, [spi](const auto& entry) { return entry.sa->spi() == spi; });
    std::erase_if(m_outbound, [spi](const auto& entry) { return entry.inboundSpi == spi; });
    std::erase_if(m_held, [spi](const auto& held) { return held.entry.inboundSpi == spi; });
    publish();
}

base::Result<void> Tunnel::moveTo(OuterSocket next) {
    auto outer = makeOuter(next, m_offloads);
    if (!outer) {
        return base::fail(outer.error());
    }
    const std::lock_guard guard(m_lock);
    m_outer = *outer;
    // Receiving first: the server may answer at once.
    m_in.use(*outer, next.received);
    m_out.use(*outer, next.unsent);
    return {};
}

void Tunnel::sendControl(base::ByteView datagram) {
    const std::lock_guard guard(m_lock);
    if (m_outer->stream) {
        m_out.sendControl(datagram);
        return;
    }
    // Packets may have filled the socket's buffer. IKE repeats what is lost, but not for ever, so it waits its turn.
    constexpr int mostAttempts = 10;
    constexpr int patience = 10; // milliseconds
    const int socket = m_outer->socket.get();
    for (int i = 0; i < mostAttempts; ++i) {
        if (::sendto(socket, datagram.data(), datagram.size(), MSG_DONTWAIT | MSG_NOSIGNAL, m_outer->address.raw(),
                     m_outer->address.length) >= 0 ||
            (errno != EAGAIN && errno != EINTR)) {
            return;
        }
        pollfd room{socket, POLLOUT, 0};
        static_cast<void>(::poll(&room, 1, patience));
    }
}

void Tunnel::sendProbe(base::ByteView datagram) {
    {
        const std::lock_guard guard(m_lock);
        setFragmentation(m_outer->socket.get(), false);
    }
    sendControl(datagram);
    const std::lock_guard guard(m_lock);
    setFragmentation(m_outer->socket.get(), true);
}

void Tunnel::publish(std::optional<std::uint64_t> sequencesLeft) {
    // Receiving first: the peer may answer the first packet sent with new keys at once.
    m_in.put(std::make_unique<const InboundTable>(m_inbound));
    m_out.put(std::make_unique<const OutboundTable>(m_outbound), sequencesLeft);
}

TunnelStatistics Tunnel::statistics() const {
    const auto& out = m_out.counters();
    const auto& in = m_in.counters();
    TunnelStatistics result;
    result.receivedBytes = in.octets.get();
    result.sentBytes = out.octets.get();
    result.receivedPackets = in.packets.get();
    result.sentPackets = out.packets.get();
    result.replayed = in.replayed.get();
    result.authFailures = in.authFailures.get();
    result.unknownSpi = in.unknownSpi.get();
    result.outsideSelectors = in.outsideSelectors.get();
    result.dropped = in.dropped.get() + in.outsideSelectors.get() + out.dropped.get();
    result.sequencesLeft = out.sequencesLeft.get();
    result.lastReceived = in.lastReceived.get();
    return result;
}

} // namespace

base::Result<std::unique_ptr<EspTunnel>> EspTunnel::start(EspTunnelConfig config) {
    const auto tun = TunDevice::open(config.tun.get());
    if (!tun) {
        return base::fail(tun.error());
    }
    auto outer = makeOuter(config.outer, config.offloads);
    if (!outer) {
        return base::fail(outer.error());
    }
    if (config.mtu == 0) {
        config.mtu = tun->mtu((*outer)->socket.get()).value_or(usualMtu);
    }
    config.mtu = std::clamp(config.mtu, leastMtu, mostMtu);
    const MergeOptions merge = tun->setOffloads(config.offloads.tunTcp, config.offloads.tunUdp);
    base::UniqueFd stop(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    auto tunnel = std::make_unique<Tunnel>(Tunnel::Parts{std::move(config), *outer, *tun, merge, std::move(stop)});
    if (!tunnel->valid()) {
        return base::fail("tern.datapath.internal", {}, "epoll or eventfd");
    }
    tunnel->run();
    return tunnel;
}

} // namespace tern::datapath
