// The parts of a connection by IKE that do what the test tells them: a session, the sockets, a data path.
#pragma once

#include "core/connection/environment.h"

#include <algorithm>
#include <map>
#include <memory>

namespace tern::connection::test {

struct IkeRecord {
    ike::SessionConfig config;
    std::vector<ike::Output> outputs;
    std::vector<ike::Output> later; // put out when the datagram after the next is there
    std::optional<base::Instant> deadline;
    std::vector<base::Bytes> received;
    std::vector<base::Instant> traffic;
    std::vector<std::string> checked; // codes; "" for nothing wrong
    std::string answeredName;
    std::string answeredSecret;
    std::vector<std::size_t> probes;
    int reopened = 0;
    int timeouts = 0;
    std::vector<ike::Session::Path> paths;
    std::vector<base::IpAddress> further;
    bool mobile = true;
    int resumptions = 0;
    int replacements = 0;
    bool started = false;
    bool closing = false;
    bool alive = true;
};

class FakeIke final : public ike::Session {
public:
    explicit FakeIke(IkeRecord& record)
        : m_record(record) {}
    ~FakeIke() override { m_record.alive = false; }
    void start(base::Instant /*now*/) override {
        m_record.started = true;
        m_record.outputs.emplace_back(ike::SendDatagram{false, {1, 2, 3}});
    }
    void receive(base::Instant /*now*/, base::ByteView datagram) override {
        m_record.received.emplace_back(datagram.begin(), datagram.end());
        if (!m_record.later.empty() && m_waited++ > 0) {
            m_record.outputs = std::exchange(m_record.later, {});
        }
    }
    void sawTraffic(base::Instant now) override { m_record.traffic.push_back(now); }
    void timeout(base::Instant /*now*/) override {
        ++m_record.timeouts;
        m_record.deadline.reset();
    }
    void answer(base::Instant /*now*/, std::string username, base::SecureBytes secret) override {
        m_record.answeredName = username;
        m_record.answeredSecret = base::toText(secret.view());
    }
    void certificatesChecked(base::Instant /*now*/, std::optional<base::Error> refusal) override {
        m_record.checked.push_back(refusal ? refusal->code : std::string());
    }
    void replaceKeys(base::Instant /*now*/, Keys /*which*/) override { ++m_record.replacements; }
    void probePath(base::Instant /*now*/, std::size_t size) override { m_record.probes.push_back(size); }
    void streamReopened(base::Instant /*now*/) override { ++m_record.reopened; }
    void addressChanged(base::Instant /*now*/, const Path& path) override { m_record.paths.push_back(path); }
    void resumed(base::Instant /*now*/) override { ++m_record.resumptions; }
    [[nodiscard]] bool canMove() const override { return m_record.mobile; }
    [[nodiscard]] std::vector<base::IpAddress> furtherServerAddresses() const override { return m_record.further; }
    void close(base::Instant /*now*/) override { m_record.closing = true; }
    [[nodiscard]] std::optional<base::Instant> deadline() const override { return m_record.deadline; }
    [[nodiscard]] std::vector<ike::Output> takeOutputs() override { return std::exchange(m_record.outputs, {}); }

private:
    IkeRecord& m_record;
    int m_waited = 0;
};

struct TunnelRecord {
    std::vector<std::uint32_t> installed; // inbound SPIs
    std::vector<datapath::ChildKeys> children;
    std::vector<std::uint32_t> removed;
    std::vector<std::uint32_t> sendingWith;
    std::vector<base::Endpoint> outers; // moved to
    std::vector<base::Bytes> injected;
    std::vector<base::Bytes> diverted;
    std::vector<base::Bytes> sent;
    std::vector<base::Bytes> incoming;
    datapath::TunnelStatistics statistics;
    unsigned mtu = 0;
    std::vector<std::size_t> probes; // sizes
    std::uint16_t divertedPort = 0;
    bool streamLost = false;
    bool stream = false;
    int keepAlives = 0;
    int started = 0;
    int alive = 0;
};

class FakeTunnel final : public datapath::EspTunnel {
public:
    FakeTunnel(TunnelRecord& record, datapath::EspTunnelConfig config)
        : m_record(record)
        , m_config(std::move(config)) {
        ++m_record.started;
        ++m_record.alive;
        m_record.mtu = m_config.mtu;
        m_record.stream = m_config.outer.stream;
    }
    ~FakeTunnel() override { --m_record.alive; }
    [[nodiscard]] base::Result<void> install(datapath::ChildKeys child) override {
        m_record.installed.push_back(child.keys.inbound.spi);
        m_record.children.push_back(std::move(child));
        return {};
    }
    void sendWith(std::uint32_t inboundSpi) override { m_record.sendingWith.push_back(inboundSpi); }
    void removeInbound(std::uint32_t spi) override { m_record.removed.push_back(spi); }
    [[nodiscard]] base::Result<void> moveTo(datapath::OuterSocket outer) override {
        m_record.outers.push_back(outer.peer);
        m_record.streamLost = false;
        m_config.outer = std::move(outer);
        return {};
    }
    [[nodiscard]] bool isStreamLost() const override { return m_record.streamLost; }
    void setMtu(unsigned mtu) override { m_record.mtu = mtu; }
    void inject(base::ByteView packet) override { m_record.injected.emplace_back(packet.begin(), packet.end()); }
    void divert(std::uint16_t port) override { m_record.divertedPort = port; }
    [[nodiscard]] int divertedFd() const override { return divertedDescriptor; }
    [[nodiscard]] base::Bytes receiveDiverted() override {
        if (m_record.diverted.empty()) {
            return {};
        }
        auto first = std::move(m_record.diverted.front());
        m_record.diverted.erase(m_record.diverted.begin());
        return first;
    }
    [[nodiscard]] int controlFd() const override { return controlDescriptor; }
    [[nodiscard]] base::Bytes receiveControl() override {
        if (m_record.incoming.empty()) {
            return {};
        }
        auto first = std::move(m_record.incoming.front());
        m_record.incoming.erase(m_record.incoming.begin());
        return first;
    }
    void sendControl(base::ByteView datagram) override { m_record.sent.emplace_back(datagram.begin(), datagram.end()); }
    void sendProbe(base::ByteView datagram) override { m_record.probes.push_back(datagram.size()); }
    void sendKeepAlive() override { ++m_record.keepAlives; }
    [[nodiscard]] datapath::TunnelStatistics statistics() const override { return m_record.statistics; }
    static constexpr int controlDescriptor = 900;
    static constexpr int divertedDescriptor = 901;

private:
    TunnelRecord& m_record;
    datapath::EspTunnelConfig m_config;
};

class FakePort final : public OuterPort {
public:
    FakePort(base::UniqueFd socket, const base::IpAddress& server, std::vector<base::Bytes>& sent,
             std::vector<base::Bytes>& incoming)
        : m_socket(std::move(socket))
        , m_server(server)
        , m_sent(sent)
        , m_incoming(incoming) {}
    [[nodiscard]] base::IpAddress localAddress() const override { return *base::IpAddress::fromText("192.0.2.7"); }
    [[nodiscard]] std::uint16_t localPort() const override { return 40000; }
    [[nodiscard]] int fd() const override { return descriptor; }
    [[nodiscard]] base::Result<void> send(const ike::SendDatagram& datagram) override {
        m_sent.push_back(datagram.payload);
        return {};
    }
    [[nodiscard]] base::Bytes receive() override {
        if (m_incoming.empty()) {
            return {};
        }
        auto first = std::move(m_incoming.front());
        m_incoming.erase(m_incoming.begin());
        return first;
    }
    [[nodiscard]] unsigned pathMtu() const override { return 1500; }
    [[nodiscard]] datapath::OuterSocket release() override {
        datapath::OuterSocket outer;
        outer.socket = std::move(m_socket);
        outer.peer = {m_server, 4500};
        return outer;
    }
    static constexpr int descriptor = 800;

private:
    base::UniqueFd m_socket;
    base::IpAddress m_server;
    std::vector<base::Bytes>& m_sent;
    std::vector<base::Bytes>& m_incoming;
};

// A TCP stream: what the test says of it.
struct StreamRecord {
    std::vector<base::Bytes> sent;
    std::vector<base::Bytes> incoming;
    base::Endpoint peer;
    std::optional<base::Error> failure;
    bool connected = false;
    int opened = 0;
};

class FakeStream final : public OuterPort {
public:
    FakeStream(base::UniqueFd socket, StreamRecord& record)
        : m_socket(std::move(socket))
        , m_record(record) {}
    [[nodiscard]] base::IpAddress localAddress() const override { return *base::IpAddress::fromText("192.0.2.7"); }
    [[nodiscard]] std::uint16_t localPort() const override { return 40001; }
    [[nodiscard]] int fd() const override { return descriptor; }
    [[nodiscard]] base::Result<void> send(const ike::SendDatagram& datagram) override {
        m_record.sent.push_back(datagram.payload);
        return {};
    }
    [[nodiscard]] base::Bytes receive() override {
        if (m_record.incoming.empty()) {
            return {};
        }
        auto first = std::move(m_record.incoming.front());
        m_record.incoming.erase(m_record.incoming.begin());
        return first;
    }
    [[nodiscard]] bool wantsWrite() const override { return !m_record.connected && !m_record.failure; }
    [[nodiscard]] std::optional<base::Error> failure() const override { return m_record.failure; }
    [[nodiscard]] datapath::OuterSocket release() override {
        datapath::OuterSocket outer;
        outer.socket = std::move(m_socket);
        outer.peer = m_record.peer;
        outer.stream = true;
        return outer;
    }
    static constexpr int descriptor = 801;

private:
    base::UniqueFd m_socket;
    StreamRecord& m_record;
};

class FakeParts : public Parts {
public:
    [[nodiscard]] base::Result<std::unique_ptr<OuterPort>> openStream(base::UniqueFd socket,
                                                                      const base::Endpoint& server) override {
        stream.failure.reset();
        stream.connected = false;
        stream.peer = server;
        ++stream.opened;
        return std::make_unique<FakeStream>(std::move(socket), stream);
    }
    [[nodiscard]] bool prefersStream(const base::IpAddress& /*local*/,
                                     const base::IpAddress& /*server*/) const override {
        return preferred;
    }
    void noteStream(const base::IpAddress& /*local*/, const base::IpAddress& /*server*/, bool wanted) override {
        preferred = wanted;
    }
    [[nodiscard]] base::Result<std::unique_ptr<OuterPort>> openPort(base::UniqueFd socket,
                                                                    const base::IpAddress& server) override {
        if (portFails) {
            return base::fail("tern.datapath.no-route", {"server"});
        }
        return std::make_unique<FakePort>(std::move(socket), server, sent, incoming);
    }
    [[nodiscard]] ike::ServerHint hintFor(const base::IpAddress& server) const override {
        const auto known = hints.find(server.text());
        return known == hints.end() ? ike::ServerHint() : known->second;
    }
    void noteHint(const base::IpAddress& server, const ike::ServerHint& hint) override { hints[server.text()] = hint; }
    [[nodiscard]] base::Result<std::unique_ptr<ike::Session>> createSession(ike::SessionConfig config) override {
        sessions.push_back(std::make_unique<IkeRecord>());
        sessions.back()->config = std::move(config);
        return std::make_unique<FakeIke>(*sessions.back());
    }
    [[nodiscard]] base::Result<std::unique_ptr<datapath::EspTunnel>>
    startTunnel(datapath::EspTunnelConfig config) override {
        if (tunnelFails) {
            return base::fail("tern.datapath.tun", {}, "test");
        }
        return std::make_unique<FakeTunnel>(tunnel, std::move(config));
    }
    [[nodiscard]] base::Result<std::unique_ptr<ByteStream>> openBytes(base::UniqueFd /*socket*/,
                                                                      const base::Endpoint& /*server*/) override {
        return base::fail("tern.sstp.connect.silent", {}, "test");
    }
    [[nodiscard]] base::Result<std::unique_ptr<crypto::TlsClient>>
    createTls(crypto::TlsClientConfig /*config*/) override {
        return base::fail("tern.crypto.internal", {}, "test");
    }
    [[nodiscard]] base::Result<std::unique_ptr<sstp::Session>> createSstp(sstp::SessionConfig /*config*/) override {
        return base::fail("tern.crypto.internal", {}, "test");
    }
    [[nodiscard]] base::Result<std::unique_ptr<datapath::SstpTunnel>>
    startSstpTunnel(datapath::SstpTunnelConfig /*config*/) override {
        return base::fail("tern.datapath.tun", {}, "test");
    }
    [[nodiscard]] bool prefersSstp(const base::IpAddress& /*local*/, const base::IpAddress& /*server*/) const override {
        return prefersTls;
    }
    void noteSstp(const base::IpAddress& /*local*/, const base::IpAddress& /*server*/, bool wanted) override {
        prefersTls = wanted;
    }
    [[nodiscard]] base::Result<std::shared_ptr<const crypto::TrustStore>>
    trustFor(const profile::Profile& /*profile*/) override {
        return trust;
    }
    [[nodiscard]] base::Result<std::vector<crypto::Credential>>
    openOwnCertificate(const profile::Profile& /*profile*/, const std::optional<base::SecureBytes>& secret) override {
        secretsTried.push_back(secret ? base::toText(secret->view()) : "(none)");
        if (keyErrors.empty()) {
            return own;
        }
        auto error = keyErrors.front();
        keyErrors.erase(keyErrors.begin());
        return base::fail(std::move(error));
    }
    std::shared_ptr<const crypto::TrustStore> trust;
    std::vector<std::string> secretsTried;
    std::vector<base::Error> keyErrors; // of the first tries
    std::vector<crypto::Credential> own;
    std::vector<base::Bytes> sent;
    std::vector<base::Bytes> incoming;
    std::vector<std::unique_ptr<IkeRecord>> sessions;
    TunnelRecord tunnel;
    StreamRecord stream;
    bool preferred = false;
    std::map<std::string, ike::ServerHint> hints; // by the server's address
    bool prefersTls = false;
    bool portFails = false;
    bool tunnelFails = false;
};

} // namespace tern::connection::test
