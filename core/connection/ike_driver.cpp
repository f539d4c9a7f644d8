#include "core/connection/ike_driver.h"

#include "core/esp/security_association.h"

#include <utility>

namespace tern::connection {

namespace {

// With traffic going out only, the server is asked after this long, and not more often.
constexpr base::Duration longestOneWay = std::chrono::seconds(5);

// RFC 3948 §2.3.
bool isKeepAlive(const base::Bytes& payload) {
    return payload.size() == 1 && payload.front() == 0xFF;
}

} // namespace

IkeDriver::IkeDriver(Reactor& reactor, std::unique_ptr<OuterPort> port, std::unique_ptr<ike::Session> session,
                     Sink sink, Settled settled, std::function<void()> streamLost)
    : m_reactor(reactor)
    , m_port(std::move(port))
    , m_session(std::move(session))
    , m_sink(std::move(sink))
    , m_settled(std::move(settled))
    , m_streamLost(std::move(streamLost))
    , m_localAddress(m_port->localAddress())
    , m_pathMtu(m_port->pathMtu()) {
    m_watch = m_reactor.whenReadable(m_port->fd(), [this] {
        readPort();
        settle();
    });
}

IkeDriver::IkeDriver(Reactor& reactor, datapath::EspTunnel& tunnel, std::unique_ptr<ike::Session> session, Sink sink,
                     Settled settled)
    : m_reactor(reactor)
    , m_tunnel(&tunnel)
    , m_session(std::move(session))
    , m_sink(std::move(sink))
    , m_settled(std::move(settled)) {}

void IkeDriver::hear(base::ByteView datagram) {
    m_session->receive(m_reactor.now(), datagram);
    pump();
}

void IkeDriver::start() {
    m_session->start(m_reactor.now());
    pump();
}

void IkeDriver::answer(Credentials credentials) {
    m_session->answer(m_reactor.now(), std::move(credentials.username), std::move(credentials.secret));
    pump();
}

void IkeDriver::certificatesChecked(std::optional<base::Error> refusal) {
    m_session->certificatesChecked(m_reactor.now(), std::move(refusal));
    pump();
}

void IkeDriver::close() {
    m_session->close(m_reactor.now());
    pump();
}

void IkeDriver::renewKeysInTime() {
    if (m_tunnel == nullptr) {
        return;
    }
    const bool nearlyUsedUp = m_tunnel->statistics().sequencesLeft < esp::renewalReserve;
    if (nearlyUsedUp && !m_renewing) {
        m_session->replaceKeys(m_reactor.now());
        pump();
    }
    m_renewing = nearlyUsedUp;
}

void IkeDriver::probePath(std::size_t size) {
    m_session->probePath(m_reactor.now(), size);
    pump();
}

void IkeDriver::streamReopened() {
    m_toldLoss = false;
    m_session->streamReopened(m_reactor.now());
    pump();
    if (m_companion != nullptr) {
        m_companion->streamReopened();
    }
}

void IkeDriver::moved(const base::Endpoint& local, const base::IpAddress& server) {
    m_paused = false;
    m_session->addressChanged(m_reactor.now(), {local.address, local.port, server});
    pump();
    if (m_companion != nullptr) {
        m_companion->moved(local, server);
    }
}

void IkeDriver::resumed() {
    m_paused = false;
    m_session->resumed(m_reactor.now());
    pump();
}

void IkeDriver::pause() {
    m_paused = true;
    m_timer.reset();
    m_armedFor.reset();
}

void IkeDriver::doubtSilence() {
    if (m_tunnel == nullptr || m_paused) {
        return;
    }
    const auto statistics = m_tunnel->statistics();
    const auto now = m_reactor.now();
    const auto heard = base::Instant(base::Duration(static_cast<base::Duration::rep>(statistics.lastReceived)));
    const bool sends = std::exchange(m_seenSent, statistics.sentPackets) != statistics.sentPackets;
    if (sends && now - heard >= longestOneWay && now - m_doubtedAt >= longestOneWay) {
        // Not the first time that anything is sent after a quiet while: it may be answered yet.
        if (std::exchange(m_oneWay, true)) {
            m_doubtedAt = now;
            m_session->resumed(now);
            pump();
        }
    } else if (now - heard < longestOneWay) {
        m_oneWay = false;
    }
}

datapath::OuterSocket IkeDriver::releaseSocket() {
    m_watch.reset();
    m_room.reset();
    auto socket = m_port->release();
    m_port.reset();
    return socket;
}

void IkeDriver::useTunnel(datapath::EspTunnel* tunnel) {
    m_watch.reset();
    m_tunnel = tunnel;
    if (m_tunnel != nullptr) {
        m_watch = m_reactor.whenReadable(m_tunnel->controlFd(), [this] {
            readTunnel();
            settle();
        });
        // What came while the tunnel was being started.
        readTunnel();
    }
}

void IkeDriver::send(const ike::SendDatagram& datagram) {
    if (m_tunnel != nullptr) {
        if (isKeepAlive(datagram.payload)) {
            m_tunnel->sendKeepAlive();
        } else if (datagram.whole) {
            m_tunnel->sendProbe(datagram.payload);
        } else {
            m_tunnel->sendControl(datagram.payload);
        }
    } else if (m_port) {
        // No way to the server now may be one in a second: the session repeats, and its limit decides.
        static_cast<void>(m_port->send(datagram));
        watchRoom();
    }
}

// A stream takes what it is given when it can: now, or when the connection stands.
void IkeDriver::watchRoom() {
    if (!m_port || !m_port->wantsWrite()) {
        m_room.reset();
    } else if (!m_room) {
        m_room = m_reactor.whenWritable(m_port->fd(), [this] {
            m_port->flush();
            watchRoom();
            noteFailure();
            settle();
        });
    }
}

// Before there is a tunnel, a session cannot outlive its stream.
void IkeDriver::noteFailure() {
    auto failure = m_port ? m_port->failure() : std::nullopt;
    if (failure && !std::exchange(m_failed, true)) {
        m_watch.reset();
        m_sink(ike::Closed{std::move(failure)});
    }
}

void IkeDriver::readPort() {
    while (m_port) {
        const auto datagram = m_port->receive();
        if (datagram.empty()) {
            noteFailure();
            return;
        }
        m_session->receive(m_reactor.now(), datagram);
        pump();
    }
}

void IkeDriver::readTunnel() {
    while (m_tunnel != nullptr) {
        const auto datagram = m_tunnel->receiveControl();
        if (datagram.empty()) {
            if (m_tunnel->isStreamLost() && m_streamLost && !std::exchange(m_toldLoss, true)) {
                m_streamLost();
            }
            return;
        }
        hear(datagram);
        if (m_companion != nullptr) {
            m_companion->hear(datagram); // each takes what is its own
        }
    }
}

// Opened packets prove that the server lives (RFC 7296 §2.4); the data path only leaves the moment of the last one.
void IkeDriver::noteTraffic() {
    if (m_tunnel == nullptr) {
        return;
    }
    const auto last = m_tunnel->statistics().lastReceived;
    if (last > m_seenTraffic) {
        m_seenTraffic = last;
        m_session->sawTraffic(base::Instant(base::Duration(static_cast<base::Duration::rep>(last))));
    }
}

void IkeDriver::timeout() {
    m_armedFor.reset();
    noteTraffic();
    const auto now = m_reactor.now();
    const auto deadline = m_session->deadline();
    if (deadline && *deadline <= now) {
        m_session->timeout(now);
    }
    pump();
}

void IkeDriver::settle() const {
    // The call may destroy the driver, and with it the function that is being called.
    const auto settled = m_settled;
    settled();
}

void IkeDriver::pump() {
    for (auto& output : m_session->takeOutputs()) {
        if (const auto* datagram = std::get_if<ike::SendDatagram>(&output)) {
            send(*datagram);
        } else {
            if (const auto* up = std::get_if<ike::ChildUp>(&output)) {
                m_inboundSpis.insert(up->keys.inbound.spi);
            } else if (const auto* down = std::get_if<ike::ChildDown>(&output)) {
                m_inboundSpis.erase(down->inboundSpi);
            }
            m_sink(std::move(output));
        }
    }
    const auto deadline = m_paused ? std::nullopt : m_session->deadline();
    if (deadline == m_armedFor) {
        return;
    }
    m_armedFor = deadline;
    m_timer.reset();
    if (deadline) {
        m_timer = m_reactor.at(*deadline, [this] {
            timeout();
            settle();
        });
    }
}

} // namespace tern::connection
