#include "core/datapath/esp_tunnel.h"

#include "core/datapath/in_path.h"
#include "core/datapath/out_path.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <mutex>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <thread>

namespace tern::datapath {

namespace {

constexpr unsigned usualMtu = 1400;
constexpr unsigned leastMtu = 576;
constexpr unsigned mostMtu = 64'000;

// A thread that takes no signals: those are for the program.
template<typename Path>
std::thread runQuietly(Path& path, const char* name) {
    sigset_t all{};
    sigset_t before{};
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    std::thread thread([&path] { path.run(); });
    pthread_setname_np(thread.native_handle(), name);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return thread;
}

class Tunnel final : public EspTunnel {
public:
    struct Parts {
        EspTunnelConfig config;
        SocketAddress peer;
        TunDevice tun;
        MergeOptions merge;
        base::UniqueFd stop;
    };

    explicit Tunnel(Parts parts)
        : m_tun(std::move(parts.config.tun))
        , m_socket(std::move(parts.config.socket))
        , m_stop(std::move(parts.stop))
        , m_peer(parts.peer)
        , m_backend(parts.config.offloads.ipsecMb ? esp::Backend::Fastest : esp::Backend::OpenSsl)
        , m_out(
              {parts.tun, m_socket.get(), parts.peer, parts.config.mtu, m_stop.get(), parts.config.offloads.udpSegment})
        , m_in({parts.tun, m_socket.get(), parts.config.peer, parts.config.mtu, m_stop.get(), parts.merge, m_control}) {
    }
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

    [[nodiscard]] bool valid() const { return m_out.valid() && m_in.valid() && m_control.valid(); }
    void run() {
        m_outThread = runQuietly(m_out, "tern-out");
        m_inThread = runQuietly(m_in, "tern-in");
    }

    base::Result<void> install(crypto::SaPair keys) override;
    void removeInbound(std::uint32_t spi) override;
    [[nodiscard]] int controlFd() const override { return m_control.fd(); }
    base::Bytes receiveControl() override { return m_control.pop(); }
    void sendControl(base::ByteView datagram) override;
    void sendKeepAlive() override {
        const std::uint8_t octet = 0xFF;
        sendControl(base::ByteView(&octet, 1));
    }
    [[nodiscard]] TunnelStatistics statistics() const override;

private:
    void publishInbound();

    base::UniqueFd m_tun;
    base::UniqueFd m_socket;
    base::UniqueFd m_stop;
    SocketAddress m_peer;
    esp::Backend m_backend;
    ControlQueue m_control;
    OutPath m_out;
    InPath m_in;
    std::mutex m_lock; // install() against removeInbound(); packets never meet it
    InboundTable m_inbound;
    std::thread m_outThread;
    std::thread m_inThread;
};

base::Result<void> Tunnel::install(crypto::SaPair keys) {
    auto in = esp::InboundSa::create(keys.inbound, 0, m_backend);
    auto out = esp::OutboundSa::create(keys.outbound, 0, m_backend);
    if (!in || !out) {
        return base::fail(in ? out.error() : in.error());
    }
    const std::lock_guard guard(m_lock);
    // Receiving first: the peer may answer the first packet sent with the new keys at once.
    std::erase_if(m_inbound, [&](const auto& sa) { return sa->spi() == keys.inbound.spi; });
    m_inbound.insert(m_inbound.begin(), std::make_shared<esp::InboundSa>(std::move(*in)));
    publishInbound();
    m_out.put(std::make_unique<esp::OutboundSa>(std::move(*out)));
    return {};
}

void Tunnel::removeInbound(std::uint32_t spi) {
    const std::lock_guard guard(m_lock);
    std::erase_if(m_inbound, [spi](const auto& sa) { return sa->spi() == spi; });
    publishInbound();
}

void Tunnel::sendControl(base::ByteView datagram) {
    // Packets may have filled the socket's buffer. IKE repeats what is lost, but not for ever, so it waits its turn.
    constexpr int mostAttempts = 10;
    constexpr int patience = 10; // milliseconds
    for (int i = 0; i < mostAttempts; ++i) {
        if (::sendto(m_socket.get(), datagram.data(), datagram.size(), MSG_DONTWAIT | MSG_NOSIGNAL, m_peer.raw(),
                     m_peer.length) >= 0 ||
            (errno != EAGAIN && errno != EINTR)) {
            return;
        }
        pollfd room{m_socket.get(), POLLOUT, 0};
        static_cast<void>(::poll(&room, 1, patience));
    }
}

void Tunnel::publishInbound() {
    m_in.put(std::make_unique<const InboundTable>(m_inbound));
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
    result.dropped = in.dropped.get() + out.dropped.get();
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
    if (auto prepared = prepareSocket(config.socket.get(), config.offloads.udpGather); !prepared) {
        return base::fail(prepared.error());
    }
    const auto peer = toSocketAddress(config.peer, socketFamily(config.socket.get()));
    if (!peer) {
        return base::fail("tern.datapath.socket", {}, "an IPv4 socket cannot reach an IPv6 server");
    }
    if (config.mtu == 0) {
        config.mtu = tun->mtu(config.socket.get()).value_or(usualMtu);
    }
    config.mtu = std::clamp(config.mtu, leastMtu, mostMtu);
    const MergeOptions merge = tun->setOffloads(config.offloads.tunTcp, config.offloads.tunUdp);
    base::UniqueFd stop(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    auto tunnel = std::make_unique<Tunnel>(Tunnel::Parts{std::move(config), *peer, *tun, merge, std::move(stop)});
    if (!tunnel->valid()) {
        return base::fail("tern.datapath.internal", {}, "epoll or eventfd");
    }
    tunnel->run();
    return tunnel;
}

} // namespace tern::datapath
