// Runs one IKE session: carries its datagrams over the outer port and, once there is a tunnel, through that; keeps its
// timer; hands everything else it puts out to the machine.
#pragma once

#include "core/connection/environment.h"

#include <functional>
#include <memory>
#include <set>

namespace tern::connection {

class IkeDriver {
public:
    // sink keeps what the session puts out. settled is called when the driver was woken by the reactor and is done:
    // only from there may the driver be destroyed.
    using Sink = std::function<void(ike::Output)>;
    using Settled = std::function<void()>;
    IkeDriver(Reactor& reactor, std::unique_ptr<OuterPort> port, std::unique_ptr<ike::Session> session, Sink sink,
              Settled settled, std::function<void()> streamLost = {});
    // On the socket of a running tunnel, beside the session that has it: the other driver hands on what arrives.
    IkeDriver(Reactor& reactor, datapath::EspTunnel& tunnel, std::unique_ptr<ike::Session> session, Sink sink,
              Settled settled);
    IkeDriver(const IkeDriver&) = delete;
    IkeDriver& operator=(const IkeDriver&) = delete;
    ~IkeDriver() = default;

    void start();
    void answer(Credentials credentials);
    void certificatesChecked(std::optional<base::Error> refusal);
    void close();
    // Asks for new keys, once, when the tunnel's are nearly used up. Called now and then.
    void renewKeysInTime();

    // ---- once connected ----
    void probePath(std::size_t size);
    // The tunnel has a new stream.
    void streamReopened();

    [[nodiscard]] base::IpAddress localAddress() const { return m_localAddress; }
    [[nodiscard]] unsigned pathMtu() const { return m_pathMtu; }
    // Datagrams go another way now; the data path has been told.
    void moved(const base::Endpoint& local, const base::IpAddress& server);
    // Is the server still there?
    void resumed();
    // There is no network: time does not count until moved().
    void pause();
    [[nodiscard]] bool canMove() const { return m_session->canMove(); }
    [[nodiscard]] std::vector<base::IpAddress> furtherServerAddresses() const {
        return m_session->furtherServerAddresses();
    }
    // Packets go out, none have come for a while: asks the server, now and then. Called now and then.
    void doubtSilence();

    // The port's socket for the tunnel; until useTunnel() nothing is sent or received.
    [[nodiscard]] datapath::OuterSocket releaseSocket();
    // Borrowed until the driver is destroyed or useTunnel(nullptr).
    void useTunnel(datapath::EspTunnel* tunnel);

    // Another driver on the same socket, which is given a copy of what arrives and told where the socket leads;
    // nullptr: none any more.
    void setCompanion(IkeDriver* companion) { m_companion = companion; }
    void setSink(Sink sink) { m_sink = std::move(sink); }
    void onStreamLost(std::function<void()> lost) { m_streamLost = std::move(lost); }
    // Somebody else reads the tunnel from now on.
    void stopReading() { m_watch.reset(); }
    // Our SPIs of the children there are.
    [[nodiscard]] const std::set<std::uint32_t>& inboundSpis() const { return m_inboundSpis; }

private:
    void hear(base::ByteView datagram);
    void send(const ike::SendDatagram& datagram);
    void readPort();
    void watchRoom();
    void noteFailure();
    void readTunnel();
    void noteTraffic();
    void timeout();
    void pump();
    void settle() const;

    Reactor& m_reactor;
    std::unique_ptr<OuterPort> m_port;
    datapath::EspTunnel* m_tunnel = nullptr;
    std::unique_ptr<ike::Session> m_session;
    Sink m_sink;
    Settled m_settled;
    IkeDriver* m_companion = nullptr;
    std::set<std::uint32_t> m_inboundSpis;
    std::function<void()> m_streamLost;
    bool m_toldLoss = false;
    base::IpAddress m_localAddress;
    unsigned m_pathMtu = 0;
    bool m_failed = false;
    std::uint64_t m_seenTraffic = 0;
    std::uint64_t m_seenSent = 0;
    base::Instant m_doubtedAt{};
    bool m_oneWay = false;
    bool m_paused = false;
    bool m_renewing = false;
    std::optional<base::Instant> m_armedFor;
    PendingPtr m_watch;
    PendingPtr m_room; // of a stream, while something waits for it
    PendingPtr m_timer;
};

} // namespace tern::connection
