#include "core/connection/sstp_driver.h"

#include "core/sstp/tls_error.h"

#include <array>
#include <utility>

namespace tern::connection {

namespace {

// With traffic going out only, the server is asked after this long, and not more often.
constexpr base::Duration longestOneWay = std::chrono::seconds(5);
constexpr std::size_t readSize = 16384;

} // namespace

SstpDriver::SstpDriver(Reactor& reactor, Parts& parts, Setup setup, Sink sink, Settled settled)
    : m_reactor(reactor)
    , m_parts(parts)
    , m_setup(std::move(setup))
    , m_sink(std::move(sink))
    , m_settled(std::move(settled)) {}

base::Result<void> SstpDriver::start() {
    m_setup.tls.check = [this](const std::vector<base::Bytes>& chain) { return checkServer(chain); };
    auto tls = m_parts.createTls(m_setup.tls);
    if (!tls) {
        return base::fail(sstp::outerTlsError(std::move(tls.error())));
    }
    m_tls = std::move(*tls);
    m_limit = m_reactor.now() + m_setup.connectLimit;
    m_sink(sstp::Progress{sstp::Stage::Calling});
    m_watch = m_reactor.whenReadable(m_setup.stream->fd(), [this] {
        readStream();
        settle();
    });
    watchRoom();
    armTimer();
    return {};
}

// ---- the server's certificate ----

base::Result<void> SstpDriver::checkServer(const std::vector<base::Bytes>& chain) {
    m_certificates.sent = chain;
    m_certificates.expectedName = m_setup.expectation.name;
    auto verified = m_setup.trust->verifiedChain(chain, m_setup.expectation);
    if (!verified) {
        m_certificates.refusal = verified.error();
        m_sink(m_certificates);
        return base::fail(std::move(verified.error()));
    }
    m_certificates.chain = std::move(*verified);
    return {};
}

void SstpDriver::handshakeDone() {
    m_cipherText = m_tls->cipherText();
    if (auto stapled = m_tls->stapledOcsp(); !stapled.empty()) {
        m_certificates.ocspResponses.push_back(std::move(stapled));
    }
    m_certificates.awaitsCheck = m_setup.awaitCheck;
    m_phase = Phase::Checking;
    m_limit.reset();
    m_sink(m_certificates);
    if (!m_setup.awaitCheck) {
        beginCall();
    }
}

void SstpDriver::certificatesChecked(std::optional<base::Error> refusal) {
    if (m_phase != Phase::Checking) {
        return;
    }
    if (refusal) {
        fail(std::move(*refusal));
    } else {
        beginCall();
    }
}

void SstpDriver::beginCall() {
    m_phase = Phase::Calling;
    const auto& chain = m_tls->serverChain();
    m_setup.session->start(m_reactor.now(), chain.empty() ? base::ByteView() : base::ByteView(chain.front()));
    pump();
    readTls(); // what TLS brought along while the certificates were being checked
}

// ---- the stream ----

void SstpDriver::readStream() {
    if (m_phase == Phase::Connecting) {
        writeStream();
    }
    std::array<std::uint8_t, readSize> buffer{};
    while (m_phase != Phase::Connecting && m_phase != Phase::Over && m_phase != Phase::Tunnel) {
        const auto got = m_setup.stream->receive(buffer);
        if (!got) {
            readTls(); // what came before is still good
            ended(got.error());
            return;
        }
        if (*got == 0) {
            return;
        }
        if (auto fed = m_tls->feed(base::ByteView(buffer).first(*got)); !fed) {
            writeStream(); // an alert
            ended(sstp::outerTlsError(std::move(fed.error())));
            return;
        }
        if (m_phase == Phase::Handshake && m_tls->isEstablished()) {
            handshakeDone();
        }
        readTls();
        writeStream();
    }
}

void SstpDriver::readTls() {
    std::array<std::uint8_t, readSize> buffer{};
    while (m_phase == Phase::Calling) {
        const auto got = m_tls->read(buffer);
        if (!got) {
            ended(sstp::outerTlsError(got.error()));
            return;
        }
        if (*got == 0) {
            return;
        }
        m_setup.session->receive(m_reactor.now(), base::ByteView(buffer).first(*got));
        base::wipe(buffer);
        pump();
    }
}

void SstpDriver::writeStream() {
    if (m_phase == Phase::Connecting) {
        const auto stands = m_setup.stream->isConnected();
        if (!stands) {
            auto why = stands.error();
            if (why.code.starts_with("tern.sstp.connect.")) { // by the name that the person knows
                why.args = {m_setup.host, std::to_string(m_setup.port)};
            }
            fail(std::move(why));
            return;
        }
        if (!*stands) {
            return;
        }
        m_phase = Phase::Handshake;
        m_localAddress = m_setup.stream->localAddress();
        m_limit = m_reactor.now() + m_setup.connectLimit;
        if (auto begun = m_tls->feed({}); !begun) {
            fail(sstp::outerTlsError(std::move(begun.error())));
            return;
        }
        armTimer();
    }
    while (m_tls && m_setup.stream && !m_tls->output().empty()) {
        const auto sent = m_setup.stream->send(m_tls->output());
        if (!sent) {
            ended(sent.error());
            return;
        }
        if (*sent == 0) {
            break;
        }
        m_tls->sent(*sent);
    }
    watchRoom();
}

void SstpDriver::watchRoom() {
    const bool wants =
        m_setup.stream && m_tls && m_phase != Phase::Over && (m_phase == Phase::Connecting || !m_tls->output().empty());
    if (!wants) {
        m_room.reset();
    } else if (!m_room) {
        m_room = m_reactor.whenWritable(m_setup.stream->fd(), [this] {
            writeStream();
            settle();
        });
    }
}

// ---- the tunnel ----

datapath::SstpTunnelConfig SstpDriver::releaseForTunnel() {
    m_watch.reset();
    m_room.reset();
    datapath::SstpTunnelConfig config;
    config.unread = m_setup.session->takeUnread();
    config.tls = std::move(m_tls);
    config.socket = m_setup.stream->release();
    m_setup.stream.reset();
    m_phase = Phase::Tunnel;
    return config;
}

void SstpDriver::useTunnel(datapath::SstpTunnel& tunnel) {
    m_tunnel = &tunnel;
    m_watch = m_reactor.whenReadable(tunnel.controlFd(), [this] {
        readTunnel();
        settle();
    });
    readTunnel();
}

void SstpDriver::readTunnel() {
    while (m_tunnel != nullptr && m_phase == Phase::Tunnel) {
        const auto packet = m_tunnel->receiveControl();
        if (packet.empty()) {
            if (auto failure = m_tunnel->failure()) {
                ended(sstp::outerTlsError(std::move(*failure)));
            }
            return;
        }
        m_setup.session->receive(m_reactor.now(), packet);
        pump();
    }
}

// Packets prove that the server lives; the data path only leaves the moment of the last one.
void SstpDriver::noteTraffic() {
    if (m_tunnel == nullptr) {
        return;
    }
    const auto last = m_tunnel->statistics().lastReceived;
    if (last > m_seenTraffic) {
        m_seenTraffic = last;
        m_setup.session->sawTraffic(base::Instant(base::Duration(static_cast<base::Duration::rep>(last))));
    }
}

void SstpDriver::doubtSilence() {
    if (m_tunnel == nullptr || m_phase != Phase::Tunnel) {
        return;
    }
    noteTraffic();
    const auto statistics = m_tunnel->statistics();
    const auto now = m_reactor.now();
    const auto heard = base::Instant(base::Duration(static_cast<base::Duration::rep>(statistics.lastReceived)));
    const bool sends = std::exchange(m_seenSent, statistics.sentPackets) != statistics.sentPackets;
    if (sends && now - heard >= longestOneWay && now - m_doubtedAt >= longestOneWay * 2) {
        // Not the first time that anything is sent after a quiet while: it may be answered yet.
        if (std::exchange(m_oneWay, true)) {
            m_doubtedAt = now;
            probe();
            return;
        }
    } else if (now - heard < longestOneWay) {
        m_oneWay = false;
    }
    pump();
}

// ---- the session ----

void SstpDriver::answer(Credentials credentials) {
    m_setup.session->answer(m_reactor.now(), std::move(credentials.username), std::move(credentials.secret));
    pump();
}

void SstpDriver::probe() {
    m_setup.session->probe(m_reactor.now());
    pump();
}

void SstpDriver::close() {
    if (m_phase == Phase::Over) {
        return;
    }
    if (m_phase == Phase::Calling || m_phase == Phase::Tunnel) {
        m_setup.session->close(m_reactor.now());
        pump();
        return;
    }
    m_sink(sstp::Closed{});
    finish();
}

void SstpDriver::hangUp() {
    close();
    if (m_phase != Phase::Over && m_phase != Phase::Tunnel && m_tls) {
        m_tls->shutdown();
        writeStream();
    }
}

void SstpDriver::pump() {
    for (auto& output : m_setup.session->takeOutputs()) {
        if (m_phase == Phase::Over) {
            return;
        }
        if (const auto* bytes = std::get_if<sstp::SendBytes>(&output)) {
            if (m_tunnel != nullptr) {
                m_tunnel->sendControl(bytes->bytes);
            } else if (m_tls) {
                if (auto sealed = m_tls->send(bytes->bytes); !sealed) {
                    ended(sstp::outerTlsError(std::move(sealed.error())));
                    return;
                }
            }
        } else if (auto* closed = std::get_if<sstp::Closed>(&output)) {
            auto end = std::move(*closed);
            if (m_tls) {
                m_tls->shutdown();
                writeStream();
            }
            if (m_phase != Phase::Over) {
                m_sink(std::move(end));
                finish();
            }
            return;
        } else {
            std::visit(
                [this](auto& said) {
                    using T = std::decay_t<decltype(said)>;
                    if constexpr (!std::is_same_v<T, sstp::SendBytes>) {
                        m_sink(SstpOutput(std::move(said)));
                    }
                },
                output);
        }
    }
    if (m_phase == Phase::Calling) {
        writeStream();
    }
    armTimer();
}

// ---- time ----

void SstpDriver::armTimer() {
    auto due = m_limit;
    if (m_phase == Phase::Calling || m_phase == Phase::Tunnel) {
        due = m_setup.session->deadline();
    }
    if (m_phase == Phase::Over) {
        due.reset();
    }
    if (due == m_armedFor) {
        return;
    }
    m_armedFor = due;
    m_timer.reset();
    if (due) {
        m_timer = m_reactor.at(*due, [this] {
            timeout();
            settle();
        });
    }
}

void SstpDriver::timeout() {
    m_armedFor.reset();
    const auto now = m_reactor.now();
    if (m_phase == Phase::Calling || m_phase == Phase::Tunnel) {
        noteTraffic();
        const auto due = m_setup.session->deadline();
        if (due && *due <= now) {
            m_setup.session->timeout(now);
        }
        pump();
    } else if (m_limit && *m_limit <= now) {
        const bool connecting = m_phase == Phase::Connecting;
        fail(connecting ? base::Error{"tern.sstp.connect.silent", {m_setup.host, std::to_string(m_setup.port)}, {}}
                        : base::Error{"tern.sstp.tls.timeout", {}, {}});
    } else {
        armTimer();
    }
}

// ---- the end ----

void SstpDriver::ended(base::Error error) {
    if (m_phase == Phase::Calling || m_phase == Phase::Tunnel) {
        m_setup.session->streamEnded(m_reactor.now(), std::move(error));
        pump();
    } else if (m_phase != Phase::Over) {
        fail(m_phase == Phase::Checking ? lastWord(std::move(error)) : std::move(error));
    }
}

// With TLS 1.3 a server refuses our certificate when the handshake is over at our end; nobody reads until the server's
// own has been looked up.
base::Error SstpDriver::lastWord(base::Error plain) {
    std::array<std::uint8_t, readSize> buffer{};
    auto got = m_tls->read(buffer);
    while (got && *got != 0) { // of no use any more
        got = m_tls->read(buffer);
    }
    return got ? std::move(plain) : sstp::outerTlsError(std::move(got.error()));
}

void SstpDriver::fail(base::Error error) {
    if (m_phase != Phase::Over) {
        m_sink(sstp::Closed{std::move(error)});
        finish();
    }
}

void SstpDriver::finish() {
    m_phase = Phase::Over;
    m_tunnel = nullptr;
    m_limit.reset();
    m_armedFor.reset();
    // The callbacks of these may be running: what they watch goes with the driver.
}

void SstpDriver::settle() const {
    // The call may destroy the driver, and with it the function that is being called.
    const auto settled = m_settled;
    settled();
}

} // namespace tern::connection
