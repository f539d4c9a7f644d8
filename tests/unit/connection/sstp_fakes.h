// The parts of an SSTP call that a test holds in its hands: a stream, TLS that encrypts nothing, a session that says
// what it is told to.
#pragma once

#include "core/connection/environment.h"

#include <optional>
#include <string>
#include <vector>

namespace tern::connection::test {

struct SstpRecord {
    bool connected = false;
    std::optional<base::Error> connectError;
    std::vector<base::Bytes> incoming;
    std::vector<sstp::Output> outputs;
    sstp::SessionConfig config;
    std::string answeredName;
    std::string answeredSecret;
    int calls = 0;
    int answers = 0;
    int shutdowns = 0; // of TLS
    int alive = 0;     // sessions
    int tunnels = 0;   // alive
    bool started = false;
    bool closing = false;
};

class FakeBytes final : public ByteStream {
public:
    FakeBytes(base::UniqueFd socket, SstpRecord& record)
        : m_socket(std::move(socket))
        , m_record(record) {}
    static constexpr int descriptor = 810;
    [[nodiscard]] int fd() const override { return descriptor; }
    [[nodiscard]] base::IpAddress localAddress() const override { return *base::IpAddress::fromText("192.0.2.7"); }
    [[nodiscard]] base::Result<bool> isConnected() override {
        if (m_record.connectError) {
            return base::fail(*m_record.connectError);
        }
        return m_record.connected;
    }
    [[nodiscard]] base::Result<std::size_t> receive(base::MutableByteView out) override {
        if (m_record.incoming.empty()) {
            return std::size_t{0};
        }
        const auto octets = m_record.incoming.front();
        m_record.incoming.erase(m_record.incoming.begin());
        std::copy(octets.begin(), octets.end(), out.begin());
        return octets.size();
    }
    [[nodiscard]] base::Result<std::size_t> send(base::ByteView octets) override { return octets.size(); }
    [[nodiscard]] base::UniqueFd release() override { return std::move(m_socket); }

private:
    base::UniqueFd m_socket;
    SstpRecord& m_record;
};

class FakeTls final : public crypto::TlsClient {
public:
    explicit FakeTls(SstpRecord& record)
        : m_record(record) {}
    [[nodiscard]] base::Result<void> receive(base::ByteView octets) override { return feed(octets); }
    [[nodiscard]] base::Bytes takeOutput() override { return std::exchange(m_output, {}); }
    [[nodiscard]] bool isEstablished() const override { return m_established; }
    [[nodiscard]] crypto::TlsVersion version() const override { return crypto::TlsVersion::Tls13; }
    [[nodiscard]] base::SecureBytes takeData() override { return {}; }
    [[nodiscard]] base::Result<void> send(base::ByteView data) override {
        m_output.insert(m_output.end(), data.begin(), data.end());
        return {};
    }
    [[nodiscard]] base::Result<void> feed(base::ByteView octets) override {
        if (m_established) {
            m_data.insert(m_data.end(), octets.begin(), octets.end());
        }
        m_established = m_established || !octets.empty();
        return {};
    }
    [[nodiscard]] base::Result<std::size_t> read(base::MutableByteView out) override {
        const auto octets = std::exchange(m_data, {});
        std::copy(octets.begin(), octets.end(), out.begin());
        return octets.size();
    }
    [[nodiscard]] base::ByteView output() const override { return m_output; }
    void sent(std::size_t count) override {
        m_output.erase(m_output.begin(), m_output.begin() + static_cast<std::ptrdiff_t>(count));
    }
    void shutdown() override { ++m_record.shutdowns; }
    [[nodiscard]] const std::vector<base::Bytes>& serverChain() const override { return m_chain; }
    [[nodiscard]] base::Bytes stapledOcsp() const override { return {}; }
    [[nodiscard]] std::string cipherText() const override { return "TLS suite"; }
    [[nodiscard]] base::Result<base::SecureBytes> exportKey(std::string_view /*label*/,
                                                            std::optional<base::ByteView> /*context*/,
                                                            std::size_t /*size*/) const override {
        return base::SecureBytes();
    }

private:
    SstpRecord& m_record;
    bool m_established = false;
    base::Bytes m_data;
    base::Bytes m_output;
    std::vector<base::Bytes> m_chain;
};

class FakeSstp final : public sstp::Session {
public:
    explicit FakeSstp(SstpRecord& record)
        : m_record(record) {
        ++m_record.alive;
        m_record.started = false;
        m_record.closing = false;
        m_record.outputs.clear();
    }
    ~FakeSstp() override { --m_record.alive; }
    void start(base::Instant /*now*/, base::ByteView /*serverCertificate*/) override { m_record.started = true; }
    void receive(base::Instant /*now*/, base::ByteView /*octets*/) override {}
    [[nodiscard]] base::Bytes takeUnread() override { return {}; }
    void sawTraffic(base::Instant /*when*/) override {}
    void timeout(base::Instant /*now*/) override {}
    void answer(base::Instant /*now*/, std::string username, base::SecureBytes secret) override {
        ++m_record.answers;
        m_record.answeredName = username;
        m_record.answeredSecret = base::toText(secret.view());
    }
    void probe(base::Instant /*now*/) override {}
    void streamEnded(base::Instant /*now*/, std::optional<base::Error> cause) override {
        m_record.outputs.emplace_back(sstp::Closed{std::move(cause)});
    }
    void close(base::Instant /*now*/) override { m_record.closing = true; }
    [[nodiscard]] std::optional<base::Instant> deadline() const override { return std::nullopt; }
    [[nodiscard]] std::vector<sstp::Output> takeOutputs() override { return std::exchange(m_record.outputs, {}); }

private:
    SstpRecord& m_record;
};

class FakeSstpTunnel final : public datapath::SstpTunnel {
public:
    FakeSstpTunnel(SstpRecord& record, datapath::SstpTunnelConfig config)
        : m_record(record)
        , m_config(std::move(config)) {
        ++m_record.tunnels;
    }
    ~FakeSstpTunnel() override { --m_record.tunnels; }
    static constexpr int controlDescriptor = 910;
    void setMtu(unsigned /*mtu*/) override {}
    void inject(base::ByteView /*packet*/) override {}
    void divert(std::uint16_t /*port*/) override {}
    [[nodiscard]] int divertedFd() const override { return controlDescriptor + 1; }
    [[nodiscard]] base::Bytes receiveDiverted() override { return {}; }
    [[nodiscard]] datapath::TunnelStatistics statistics() const override { return {}; }
    void setIpv6(bool /*ipv6*/) override {}
    [[nodiscard]] int controlFd() const override { return controlDescriptor; }
    [[nodiscard]] base::Bytes receiveControl() override {
        if (m_record.incoming.empty()) {
            return {};
        }
        auto first = std::move(m_record.incoming.front());
        m_record.incoming.erase(m_record.incoming.begin());
        return first;
    }
    void sendControl(base::ByteView /*octets*/) override {}
    [[nodiscard]] std::optional<base::Error> failure() const override { return std::nullopt; }

private:
    SstpRecord& m_record;
    datapath::SstpTunnelConfig m_config;
};

} // namespace tern::connection::test
