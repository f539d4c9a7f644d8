// Runs one SSTP call: TCP, TLS and the session inside, and, once there is a tunnel, the session beside that; keeps the
// timers; hands everything else to the machine.
#pragma once

#include "core/connection/environment.h"
#include "core/connection/sstp_output.h"

#include <functional>
#include <memory>

namespace tern::connection {

class SstpDriver {
public:
    struct Setup {
        std::unique_ptr<ByteStream> stream;
        crypto::TlsClientConfig tls; // without a check: that is made here
        std::shared_ptr<const crypto::TrustStore> trust;
        crypto::TrustStore::Expectation expectation;
        bool awaitCheck = true; // until certificatesChecked(), nothing is said to the server but TLS
        std::unique_ptr<sstp::Session> session;
        base::Duration connectLimit = std::chrono::seconds(20); // for TCP, and for TLS after it
        std::string host;                                       // for errors
        std::uint16_t port = 443;
    };
    // sink keeps what is put out. settled is called when the driver was woken by the reactor and is done: only from
    // there may the driver be destroyed.
    using Sink = std::function<void(SstpOutput)>;
    using Settled = std::function<void()>;
    SstpDriver(Reactor& reactor, Parts& parts, Setup setup, Sink sink, Settled settled);
    SstpDriver(const SstpDriver&) = delete;
    SstpDriver& operator=(const SstpDriver&) = delete;
    ~SstpDriver() = default;

    // Fails with tern.sstp.tls.credential and the like, before anything is sent.
    [[nodiscard]] base::Result<void> start();
    void answer(Credentials credentials);
    void certificatesChecked(std::optional<base::Error> refusal);
    // Is the server still there?
    void probe();
    void close();
    // The same without waiting: the session's goodbye and TLS's go out, as far as there is room for them. The driver is
    // of no use afterwards.
    void hangUp();
    // Packets go out, none have come for a while: asks the server. Called now and then.
    void doubtSilence();

    [[nodiscard]] base::IpAddress localAddress() const { return m_localAddress; }
    // "TLS 1.3, TLS_AES_256_GCM_SHA384"; empty before there is TLS.
    [[nodiscard]] std::string cipherText() const { return m_cipherText; }
    // TLS has not come so far yet that the server's certificate was accepted.
    [[nodiscard]] bool isInHandshake() const { return m_cipherText.empty(); }
    [[nodiscard]] bool isClosed() const { return m_phase == Phase::Over; }

    // The stream and TLS for the tunnel, without its device; until useTunnel() nothing is sent or received.
    [[nodiscard]] datapath::SstpTunnelConfig releaseForTunnel();
    // Borrowed until the driver is destroyed.
    void useTunnel(datapath::SstpTunnel& tunnel);

private:
    enum class Phase { Connecting, Handshake, Checking, Calling, Tunnel, Over };

    [[nodiscard]] base::Result<void> checkServer(const std::vector<base::Bytes>& chain);
    void readStream();
    void writeStream();
    void handshakeDone();
    void readTls();
    void readTunnel();
    void noteTraffic();
    void beginCall();
    void watchRoom();
    void pump();
    void armTimer();
    void timeout();
    void settle() const;
    void fail(base::Error error);
    // The stream is over; the session knows what that means.
    void ended(base::Error error);
    // Why TLS says it is over, or else `plain`.
    [[nodiscard]] base::Error lastWord(base::Error plain);
    void finish();

    Reactor& m_reactor;
    Parts& m_parts;
    Setup m_setup;
    Sink m_sink;
    Settled m_settled;
    Phase m_phase = Phase::Connecting;
    std::unique_ptr<crypto::TlsClient> m_tls;
    datapath::SstpTunnel* m_tunnel = nullptr;
    ike::ServerCertificates m_certificates;
    base::IpAddress m_localAddress;
    std::string m_cipherText;
    std::optional<base::Instant> m_limit; // of the phase
    std::optional<base::Instant> m_armedFor;
    std::uint64_t m_seenTraffic = 0;
    std::uint64_t m_seenSent = 0;
    base::Instant m_doubtedAt{};
    bool m_oneWay = false;
    PendingPtr m_watch;
    PendingPtr m_room;
    PendingPtr m_timer;
};

} // namespace tern::connection
