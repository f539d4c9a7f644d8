#include "core/connection/real_parts.h"

#include "core/connection/own_certificate.h"
#include "core/datapath/stream_port.h"
#include "core/datapath/tcp_port.h"
#include "core/datapath/udp_port.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace tern::connection {

namespace {

constexpr std::uint16_t ikePort = 500;
constexpr std::uint16_t natTraversalPort = 4500;
// RFC 3948 §2.2: four zero octets before an IKE message on port 4500; ESP has its SPI there, which is never zero.
constexpr std::size_t markerSize = 4;

bool startsWithMarker(const base::Bytes& bytes) {
    return bytes.size() > markerSize &&
           std::all_of(bytes.begin(), bytes.begin() + markerSize, [](auto octet) { return octet == 0; });
}

class UdpOuterPort final : public OuterPort {
public:
    UdpOuterPort(datapath::UdpPort port, const base::IpAddress& local, const base::IpAddress& server, unsigned pathMtu)
        : m_port(std::move(port))
        , m_local(local)
        , m_server(server)
        , m_pathMtu(pathMtu) {}

    [[nodiscard]] base::IpAddress localAddress() const override { return m_local; }
    [[nodiscard]] std::uint16_t localPort() const override { return m_port.localPort(); }
    [[nodiscard]] int fd() const override { return m_port.fd(); }
    [[nodiscard]] base::Result<void> send(const ike::SendDatagram& datagram) override {
        return m_port.sendTo({m_server, datagram.natTraversalPort ? natTraversalPort : ikePort}, datagram.payload);
    }
    [[nodiscard]] base::Bytes receive() override {
        while (auto datagram = m_port.receiveFrom()) {
            if (datagram->from.address != m_server) {
                continue;
            }
            if (datagram->from.port == ikePort) {
                return std::move(datagram->bytes);
            }
            auto& bytes = datagram->bytes;
            if (datagram->from.port == natTraversalPort && startsWithMarker(bytes)) {
                bytes.erase(bytes.begin(), bytes.begin() + markerSize);
                return std::move(bytes);
            }
        }
        return {};
    }
    [[nodiscard]] unsigned pathMtu() const override { return m_pathMtu; }
    [[nodiscard]] datapath::OuterSocket release() override {
        datapath::OuterSocket outer;
        outer.socket = m_port.release();
        outer.peer = {m_server, natTraversalPort};
        return outer;
    }

private:
    datapath::UdpPort m_port;
    base::IpAddress m_local;
    base::IpAddress m_server;
    unsigned m_pathMtu;
};

class StreamOuterPort final : public OuterPort {
public:
    StreamOuterPort(datapath::StreamPort port, const base::Endpoint& local)
        : m_port(std::move(port))
        , m_local(local) {}

    [[nodiscard]] base::IpAddress localAddress() const override { return m_local.address; }
    [[nodiscard]] std::uint16_t localPort() const override { return m_local.port; }
    [[nodiscard]] int fd() const override { return m_port.fd(); }
    [[nodiscard]] base::Result<void> send(const ike::SendDatagram& datagram) override {
        m_port.send(datagram.payload);
        return {};
    }
    [[nodiscard]] base::Bytes receive() override {
        for (auto frame = m_port.receive(); !frame.empty(); frame = m_port.receive()) {
            if (startsWithMarker(frame)) {
                frame.erase(frame.begin(), frame.begin() + markerSize);
                return frame;
            }
        }
        return {};
    }
    [[nodiscard]] bool wantsWrite() const override { return m_port.wantsWrite(); }
    void flush() override { m_port.flush(); }
    [[nodiscard]] std::optional<base::Error> failure() const override { return m_port.failure(); }
    [[nodiscard]] datapath::OuterSocket release() override { return m_port.release(); }

private:
    datapath::StreamPort m_port;
    base::Endpoint m_local;
};

class TcpByteStream final : public ByteStream {
public:
    explicit TcpByteStream(datapath::TcpPort port)
        : m_port(std::move(port)) {}
    [[nodiscard]] int fd() const override { return m_port.fd(); }
    [[nodiscard]] base::IpAddress localAddress() const override { return m_port.localAddress(); }
    [[nodiscard]] base::Result<bool> isConnected() override { return m_port.isConnected(); }
    [[nodiscard]] base::Result<std::size_t> receive(base::MutableByteView out) override { return m_port.receive(out); }
    [[nodiscard]] base::Result<std::size_t> send(base::ByteView octets) override { return m_port.send(octets); }
    [[nodiscard]] base::UniqueFd release() override { return m_port.release(); }

private:
    datapath::TcpPort m_port;
};

// The latest first, and no more than that.
template<typename Entry>
void remember(std::deque<Entry>& entries, Entry entry) {
    constexpr std::size_t most = 64;
    entries.push_front(std::move(entry));
    if (entries.size() > most) {
        entries.pop_back();
    }
}

} // namespace

RealParts::RealParts(base::RandomSource& random, std::string bundlePath)
    : m_random(random)
    , m_bundlePath(std::move(bundlePath))
    , m_bundle(std::async(std::launch::async, [path = m_bundlePath] { return readBundle(path); }).share()) {}

base::Result<std::unique_ptr<OuterPort>> RealParts::openPort(base::UniqueFd socket, const base::IpAddress& server) {
    auto port = datapath::UdpPort::adopt(std::move(socket));
    if (!port) {
        return base::fail(std::move(port.error()));
    }
    unsigned pathMtu = 0;
    const auto local = datapath::localAddressFor(port->fd(), {server, natTraversalPort}, &pathMtu);
    if (!local) {
        return base::fail(local.error());
    }
    return std::make_unique<UdpOuterPort>(std::move(*port), *local, server, pathMtu);
}

base::Result<std::unique_ptr<OuterPort>> RealParts::openStream(base::UniqueFd socket, const base::Endpoint& server) {
    auto port = datapath::StreamPort::connect(std::move(socket), server);
    if (!port) {
        return base::fail(std::move(port.error()));
    }
    const auto local = port->localEndpoint();
    if (!local) {
        return base::fail(local.error());
    }
    return std::make_unique<StreamOuterPort>(std::move(*port), *local);
}

bool RealParts::prefersStream(const base::IpAddress& local, const base::IpAddress& server) const {
    return std::find(m_overStream.begin(), m_overStream.end(), Place{local, server}) != m_overStream.end();
}

void RealParts::noteStream(const base::IpAddress& local, const base::IpAddress& server, bool preferred) {
    note(m_overStream, {local, server}, preferred);
}

bool RealParts::prefersSstp(const base::IpAddress& local, const base::IpAddress& server) const {
    return std::find(m_overSstp.begin(), m_overSstp.end(), Place{local, server}) != m_overSstp.end();
}

void RealParts::noteSstp(const base::IpAddress& local, const base::IpAddress& server, bool preferred) {
    note(m_overSstp, {local, server}, preferred);
}

void RealParts::note(Places& places, const Place& place, bool preferred) {
    std::erase(places, place);
    if (preferred) {
        remember(places, place);
    }
}

ike::ServerHint RealParts::hintFor(const base::IpAddress& server) const {
    const auto known = std::ranges::find(m_hints, server, [](const auto& each) { return each.first; });
    return known == m_hints.end() ? ike::ServerHint() : known->second;
}

void RealParts::noteHint(const base::IpAddress& server, const ike::ServerHint& hint) {
    std::erase_if(m_hints, [&server](const auto& each) { return each.first == server; });
    if (!hint.isEmpty()) {
        remember(m_hints, {server, hint});
    }
}

base::Result<std::unique_ptr<ike::Session>> RealParts::createSession(ike::SessionConfig config) {
    return ike::Session::create(std::move(config), m_random);
}

base::Result<std::unique_ptr<datapath::EspTunnel>> RealParts::startTunnel(datapath::EspTunnelConfig config) {
    return datapath::EspTunnel::start(std::move(config));
}

base::Result<std::unique_ptr<ByteStream>> RealParts::openBytes(base::UniqueFd socket, const base::Endpoint& server) {
    auto port = datapath::TcpPort::open(std::move(socket), server);
    if (!port) {
        return base::fail(std::move(port.error()));
    }
    return std::make_unique<TcpByteStream>(std::move(*port));
}

base::Result<std::unique_ptr<crypto::TlsClient>> RealParts::createTls(crypto::TlsClientConfig config) {
    return crypto::TlsClient::create(std::move(config));
}

base::Result<std::unique_ptr<sstp::Session>> RealParts::createSstp(sstp::SessionConfig config) {
    return sstp::Session::create(std::move(config), m_random);
}

base::Result<std::unique_ptr<datapath::SstpTunnel>> RealParts::startSstpTunnel(datapath::SstpTunnelConfig config) {
    return datapath::SstpTunnel::start(std::move(config));
}

RealParts::Trust RealParts::trustFor(const profile::Profile& profile) {
    const auto more = m_more ? m_more(profile) : std::string();
    if (!profile.trust.caPem.empty()) {
        return crypto::TrustStore::fromPem(profile.trust.caPem + '\n' + more);
    }
    if (!more.empty()) {
        return readBundle(m_bundlePath, more);
    }
    const auto& trust = m_bundle.get();
    if (!trust) {
        // The package may have been installed since: the next connection looks again.
        m_bundle = std::async(std::launch::async, [path = m_bundlePath] { return readBundle(path); }).share();
    }
    return m_bundle.get();
}

base::Result<std::vector<crypto::Credential>>
RealParts::openOwnCertificate(const profile::Profile& profile, const std::optional<base::SecureBytes>& secret) {
    return connection::openOwnCertificate(profile, secret);
}

RealParts::Trust RealParts::readBundle(const std::string& path, const std::string& more) {
    const std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if ((!file || text.view().empty()) && more.empty()) {
        return base::fail("tern.engine.roots-missing", {}, path + ": " + std::strerror(errno));
    }
    text.clear(); // an empty file counts as a failure to write
    text << '\n' << more;
    return crypto::TrustStore::fromPem(text.view());
}

} // namespace tern::connection
