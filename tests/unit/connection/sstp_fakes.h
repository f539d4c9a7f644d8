// The parts of an SSTP call that a test holds in its hands: a stream, TLS that encrypts nothing, a session and a data
// path that do what they are told.
#pragma once

#include "tests/unit/connection/fakes.h"

namespace tern::connection::test {

constexpr int sstpStreamDescriptor = 910;
constexpr int sstpControlDescriptor = 911;
constexpr int sstpDivertedDescriptor = 912;

struct SstpRecord {
    // The stream: what the server has sent, and how it stands.
    bool connected = true;
    std::optional<base::Error> refused;
    std::vector<base::Bytes> incoming;
    bool ended = false;
    std::optional<base::Error> tlsError; // the next octets from the server mean this to TLS
    std::optional<base::Error> alert;    // what TLS finds behind everything else
    // The session.
    std::vector<sstp::Output> outputs;
    std::optional<sstp::SessionConfig> config;
    std::optional<crypto::TlsClientConfig> tls;
    bool started = false;
    bool closing = false;
    int probes = 0;
    int answers = 0;
    int calls = 0;
    int shutdowns = 0; // of TLS
    int sessions = 0;  // alive
    std::optional<base::Error> streamEnd;
    std::string answered;
    // The tunnel.
    int tunnels = 0; // alive
    std::vector<base::Bytes> control;
    std::vector<base::Bytes> sent;
    std::vector<base::Bytes> injected;
    std::vector<base::Bytes> diverted;
    std::optional<base::Error> failure;
    unsigned mtu = 0;
};

class FakeBytes final : public ByteStream {
public:
    explicit FakeBytes(SstpRecord& record)
        : m(record) {}
    [[nodiscard]] int fd() const override { return sstpStreamDescriptor; }
    [[nodiscard]] base::IpAddress localAddress() const override { return *base::IpAddress::fromText("192.0.2.7"); }
    [[nodiscard]] base::Result<bool> isConnected() override {
        return m.refused ? base::Result<bool>(base::fail(*m.refused)) : base::Result<bool>(m.connected);
    }
    [[nodiscard]] base::Result<std::size_t> receive(base::MutableByteView out) override {
        if (m.incoming.empty()) {
            return m.ended ? base::Result<std::size_t>(base::fail("tern.sstp.cut"))
                           : base::Result<std::size_t>(std::size_t{0});
        }
        const auto bytes = m.incoming.front();
        m.incoming.erase(m.incoming.begin());
        std::copy(bytes.begin(), bytes.end(), out.begin());
        return bytes.size();
    }
    [[nodiscard]] base::Result<std::size_t> send(base::ByteView octets) override { return octets.size(); }
    [[nodiscard]] base::UniqueFd release() override { return {}; }

private:
    SstpRecord& m;
};

// Established by the first octet from the server; hides nothing.
class FakeTls final : public crypto::TlsClient {
public:
    explicit FakeTls(SstpRecord& record)
        : m(record) {}
    base::Result<void> feed(base::ByteView octets) override {
        if (m.tlsError && !octets.empty()) {
            return base::fail(*m.tlsError);
        }
        m_established = m_established || !octets.empty();
        base::append(m_plain, octets);
        return {};
    }
    base::Result<std::size_t> read(base::MutableByteView out) override {
        if (m_plain.empty() && m.alert) {
            return base::fail(*m.alert);
        }
        const auto size = std::min(out.size(), m_plain.size());
        std::copy_n(m_plain.begin(), size, out.begin());
        m_plain.erase(m_plain.begin(), m_plain.begin() + static_cast<std::ptrdiff_t>(size));
        return size;
    }
    base::Result<void> send(base::ByteView data) override {
        base::append(m_output, data);
        return {};
    }
    [[nodiscard]] base::ByteView output() const override { return m_output; }
    void sent(std::size_t count) override {
        m_output.erase(m_output.begin(), m_output.begin() + static_cast<std::ptrdiff_t>(count));
    }
    void shutdown() override { ++m.shutdowns; }
    [[nodiscard]] bool isEstablished() const override { return m_established; }
    [[nodiscard]] const std::vector<base::Bytes>& serverChain() const override { return m_chain; }
    [[nodiscard]] base::Bytes stapledOcsp() const override { return {}; }
    [[nodiscard]] std::string cipherText() const override { return "TLS test"; }
    base::Result<void> receive(base::ByteView octets) override { return feed(octets); }
    base::Bytes takeOutput() override { return std::exchange(m_output, {}); }
    [[nodiscard]] crypto::TlsVersion version() const override { return crypto::TlsVersion::Tls13; }
    base::SecureBytes takeData() override { return {}; }
    [[nodiscard]] base::Result<base::SecureBytes>
    exportKey(std::string_view /*label*/, std::optional<base::ByteView> /*context*/, std::size_t size) const override {
        return base::SecureBytes(size);
    }

private:
    SstpRecord& m;
    bool m_established = false;
    base::Bytes m_plain;
    base::Bytes m_output;
    std::vector<base::Bytes> m_chain{base::toBytes("leaf")};
};

class FakeSstp final : public sstp::Session {
public:
    explicit FakeSstp(SstpRecord& record)
        : m(record) {
        ++m.sessions;
    }
    ~FakeSstp() override { --m.sessions; }
    void start(base::Instant /*now*/, base::ByteView certificate) override {
        m.started = base::toText(certificate) == "leaf";
        m.outputs.emplace_back(sstp::SendBytes{{1}});
    }
    void receive(base::Instant /*now*/, base::ByteView /*octets*/) override {}
    [[nodiscard]] base::Bytes takeUnread() override { return {}; }
    void sawTraffic(base::Instant /*when*/) override {}
    void timeout(base::Instant /*now*/) override {}
    void answer(base::Instant /*now*/, std::string username, base::SecureBytes secret) override {
        ++m.answers;
        m.answered = username + ":" + base::toText(secret.view());
    }
    void probe(base::Instant /*now*/) override { ++m.probes; }
    void streamEnded(base::Instant /*now*/, std::optional<base::Error> cause) override {
        m.streamEnd = cause;
        m.outputs.emplace_back(sstp::Closed{cause});
    }
    void close(base::Instant /*now*/) override { m.closing = true; }
    [[nodiscard]] std::optional<base::Instant> deadline() const override { return std::nullopt; }
    [[nodiscard]] std::vector<sstp::Output> takeOutputs() override { return std::exchange(m.outputs, {}); }

private:
    SstpRecord& m;
};

class FakeSstpTunnel final : public datapath::SstpTunnel {
public:
    explicit FakeSstpTunnel(SstpRecord& record)
        : m(record) {
        ++m.tunnels;
    }
    ~FakeSstpTunnel() override { --m.tunnels; }
    void setMtu(unsigned mtu) override { m.mtu = mtu; }
    void setIpv6(bool /*ipv6*/) override {}
    void inject(base::ByteView packet) override { m.injected.emplace_back(packet.begin(), packet.end()); }
    void divert(std::uint16_t /*port*/) override {}
    [[nodiscard]] int divertedFd() const override { return sstpDivertedDescriptor; }
    base::Bytes receiveDiverted() override { return pop(m.diverted); }
    [[nodiscard]] int controlFd() const override { return sstpControlDescriptor; }
    base::Bytes receiveControl() override { return pop(m.control); }
    void sendControl(base::ByteView octets) override { m.sent.emplace_back(octets.begin(), octets.end()); }
    [[nodiscard]] std::optional<base::Error> failure() const override { return m.failure; }
    [[nodiscard]] datapath::TunnelStatistics statistics() const override { return {}; }

private:
    static base::Bytes pop(std::vector<base::Bytes>& queue) {
        if (queue.empty()) {
            return {};
        }
        auto first = queue.front();
        queue.erase(queue.begin());
        return first;
    }
    SstpRecord& m;
};

class SstpParts final : public FakeParts {
public:
    [[nodiscard]] base::Result<std::unique_ptr<ByteStream>> openBytes(base::UniqueFd /*socket*/,
                                                                      const base::Endpoint& /*server*/) override {
        return std::make_unique<FakeBytes>(record);
    }
    [[nodiscard]] base::Result<std::unique_ptr<crypto::TlsClient>> createTls(crypto::TlsClientConfig config) override {
        record.tls = std::move(config);
        return std::make_unique<FakeTls>(record);
    }
    [[nodiscard]] base::Result<std::unique_ptr<sstp::Session>> createSstp(sstp::SessionConfig config) override {
        record.config = std::move(config);
        record.started = false;
        record.closing = false;
        record.incoming.clear();
        ++record.calls;
        return std::make_unique<FakeSstp>(record);
    }
    [[nodiscard]] base::Result<std::unique_ptr<datapath::SstpTunnel>>
    startSstpTunnel(datapath::SstpTunnelConfig /*config*/) override {
        return std::make_unique<FakeSstpTunnel>(record);
    }
    SstpRecord record;
};

// A proxy on the way, and whoever dials through it.
class FakeProxies final : public Proxies {
public:
    [[nodiscard]] PendingPtr find(const profile::Profile& /*profile*/, const std::string& server, std::uint16_t port,
                                  Found found) override {
        soughtFor.push_back(server + ":" + std::to_string(port));
        m_found = std::move(found);
        return std::make_unique<FakePending>([this] { m_found = nullptr; });
    }
    [[nodiscard]] bool isAsked() const { return static_cast<bool>(m_found); }
    // What the profile or the system says.
    void tell() {
        const auto found = m_found;
        if (unusable) {
            found(base::fail(*unusable));
        } else {
            found(std::optional(ProxyWay{"http://" + name + ":3128", name, 3128, false, std::nullopt}));
        }
    }
    [[nodiscard]] PendingPtr dial(const ProxyWay& proxy, const base::IpAddress& address, const std::string& server,
                                  std::uint16_t port, Socket /*socket*/,
                                  std::function<void(base::Result<base::UniqueFd>)> done) override {
        dialled.push_back(address.text() + " " + server + ":" + std::to_string(port) +
                          (proxy.login ? " as " + proxy.login->username : std::string()));
        m_done = std::move(done);
        return std::make_unique<FakePending>([this] { m_done = nullptr; });
    }
    [[nodiscard]] bool isDialling() const { return static_cast<bool>(m_done); }
    void connect() { give(base::UniqueFd(::dup(0))); }
    void refuse(const char* code) { give(base::fail(code, {name})); }

    std::string name = "proxy.example.org";
    std::optional<base::Error> unusable;
    std::vector<std::string> soughtFor;
    std::vector<std::string> dialled;

private:
    void give(base::Result<base::UniqueFd> socket) {
        const auto done = m_done;
        done(std::move(socket));
    }
    Found m_found;
    std::function<void(base::Result<base::UniqueFd>)> m_done;
};

struct SstpWorld : World {
    SstpWorld()
        : World(sstp) {
        profile.protocol = profile::Protocol::Sstp;
        profile.authentication.method = profile::Method::Mschapv2;
    }
    ~SstpWorld() { connection.reset(); } // before the parts
    SstpWorld(const SstpWorld&) = delete;
    SstpWorld& operator=(const SstpWorld&) = delete;
    SstpRecord& r() { return sstp.record; }
    void giveStream() { std::exchange(host.record.streamDone, nullptr)(base::UniqueFd(::dup(0))); }
    void reachCall() {
        start();
        host.grant();
        resolver.answer({"203.0.113.5"});
        giveStream();
        call();
    }
    void call() {
        reactor.makeWritable(sstpStreamDescriptor); // TCP stands
        hear();                                     // TLS too
    }
    void hear() {
        r().incoming.push_back({9});
        reactor.makeReadable(sstpStreamDescriptor);
    }
    template<typename... Outputs>
    void says(Outputs&&... outputs) {
        (r().outputs.emplace_back(std::forward<Outputs>(outputs)), ...);
        if (r().tunnels > 0 && reactor.isWatched(sstpControlDescriptor)) {
            r().control.push_back({9});
            reactor.makeReadable(sstpControlDescriptor);
        } else {
            hear();
        }
    }
    static sstp::Up up() {
        sstp::Up up;
        up.addresses = {*base::IpPrefix::fromText("10.9.0.2/32")};
        up.dns = {*base::IpAddress::fromText("10.9.0.1")};
        up.mtu = 1380;
        return up;
    }
    void reachConnected() {
        reachCall();
        says(up());
        configure();
    }

    SstpParts sstp;
};

} // namespace tern::connection::test
