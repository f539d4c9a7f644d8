// A connection by SSTP from the click to the end, with a server, TLS and a data path that do what the test says.
#include "core/connection/sstp_config.h"
#include "tests/unit/connection/fakes.h"

#include <QTest>

using namespace tern;
using namespace tern::connection;
using namespace tern::connection::test;
using namespace std::chrono_literals;

namespace {

constexpr int streamDescriptor = 900;
constexpr int controlDescriptor = 901;
constexpr int divertedDescriptor = 902;

struct Record {
    // The stream: what the server has sent, and how it stands.
    bool connected = true;
    std::optional<base::Error> refused;
    std::vector<base::Bytes> incoming;
    bool ended = false;
    // The session.
    std::vector<sstp::Output> outputs;
    std::optional<sstp::SessionConfig> config;
    std::optional<crypto::TlsClientConfig> tls;
    bool started = false;
    bool closing = false;
    int probes = 0;
    int sessions = 0;
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
    explicit FakeBytes(Record& record)
        : m(record) {}
    [[nodiscard]] int fd() const override { return streamDescriptor; }
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
    Record& m;
};

// Established by the first octet from the server; hides nothing.
class FakeTls final : public crypto::TlsClient {
public:
    base::Result<void> feed(base::ByteView octets) override {
        m_established = m_established || !octets.empty();
        base::append(m_plain, octets);
        return {};
    }
    base::Result<std::size_t> read(base::MutableByteView out) override {
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
    void shutdown() override {}
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
    bool m_established = false;
    base::Bytes m_plain;
    base::Bytes m_output;
    std::vector<base::Bytes> m_chain{base::toBytes("leaf")};
};

class FakeSstp final : public sstp::Session {
public:
    explicit FakeSstp(Record& record)
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
    Record& m;
};

class FakeSstpTunnel final : public datapath::SstpTunnel {
public:
    explicit FakeSstpTunnel(Record& record)
        : m(record) {
        ++m.tunnels;
    }
    ~FakeSstpTunnel() override { --m.tunnels; }
    void setMtu(unsigned mtu) override { m.mtu = mtu; }
    void setIpv6(bool /*ipv6*/) override {}
    void inject(base::ByteView packet) override { m.injected.emplace_back(packet.begin(), packet.end()); }
    void divert(std::uint16_t /*port*/) override {}
    [[nodiscard]] int divertedFd() const override { return divertedDescriptor; }
    base::Bytes receiveDiverted() override { return pop(m.diverted); }
    [[nodiscard]] int controlFd() const override { return controlDescriptor; }
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
    Record& m;
};

class SstpParts final : public FakeParts {
public:
    [[nodiscard]] base::Result<std::unique_ptr<ByteStream>> openBytes(base::UniqueFd /*socket*/,
                                                                      const base::Endpoint& /*server*/) override {
        return std::make_unique<FakeBytes>(record);
    }
    [[nodiscard]] base::Result<std::unique_ptr<crypto::TlsClient>> createTls(crypto::TlsClientConfig config) override {
        record.tls = std::move(config);
        return std::make_unique<FakeTls>();
    }
    [[nodiscard]] base::Result<std::unique_ptr<sstp::Session>> createSstp(sstp::SessionConfig config) override {
        record.config = std::move(config);
        record.started = false;
        return std::make_unique<FakeSstp>(record);
    }
    [[nodiscard]] base::Result<std::unique_ptr<datapath::SstpTunnel>>
    startSstpTunnel(datapath::SstpTunnelConfig /*config*/) override {
        return std::make_unique<FakeSstpTunnel>(record);
    }
    Record record;
};

struct SstpWorld : World {
    SstpWorld() {
        profile.protocol = profile::Protocol::Sstp;
        profile.authentication.method = profile::Method::Mschapv2;
    }
    ~SstpWorld() { connection.reset(); } // before the parts
    SstpWorld(const SstpWorld&) = delete;
    SstpWorld& operator=(const SstpWorld&) = delete;
    Record& r() { return sstp.record; }
    void start() {
        connection = std::make_unique<Connection>(
            Request{profile, {}, std::nullopt},
            Environment{reactor, resolver, host, credentials, sstp, random, surroundings}, listener);
        connection->start();
    }
    void giveStream() { std::exchange(host.record.streamDone, nullptr)(base::UniqueFd(::dup(0))); }
    void reachCall() {
        start();
        host.grant();
        resolver.answer({"203.0.113.5"});
        giveStream();
        call();
    }
    void call() {
        reactor.makeWritable(streamDescriptor); // TCP stands
        hear();                                 // TLS too
    }
    void hear() {
        r().incoming.push_back({9});
        reactor.makeReadable(streamDescriptor);
    }
    template<typename... Outputs>
    void says(Outputs&&... outputs) {
        (r().outputs.emplace_back(std::forward<Outputs>(outputs)), ...);
        if (r().tunnels > 0 && reactor.isWatched(controlDescriptor)) {
            r().control.push_back({9});
            reactor.makeReadable(controlDescriptor);
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

} // namespace

class TestSstp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goesFromStartToConnectedAndBack() {
        SstpWorld world;
        world.profile.port = 8443;
        world.start();
        world.host.grant();
        world.resolver.answer({"203.0.113.5"});
        QCOMPARE(world.state(), StateName::Negotiating);
        QCOMPARE(world.host.record.streams, std::vector<std::uint16_t>{8443});
        world.giveStream();
        QVERIFY(!world.r().started); // nothing before TLS
        world.call();
        QVERIFY(world.r().started);
        QCOMPARE(world.r().config->port, 8443);
        QCOMPARE(world.r().config->ppp.username, std::string("anna"));
        QVERIFY(world.r().config->ppp.serverVerified);
        world.says(sstp::Progress{sstp::Stage::Authenticating});
        QCOMPARE(world.connection->status().stage, Stage::Authenticating);
        world.says(SstpWorld::up());
        QCOMPARE(world.state(), StateName::Configuring);
        QCOMPARE(world.host.record.plans.back().mtu, 1380U);
        world.configure();
        QCOMPARE(world.state(), StateName::Connected);
        QCOMPARE(world.connection->status().cipher, std::string("TLS test"));
        QCOMPARE(world.connection->status().streamPort, 8443);
        world.connection->disconnect();
        QVERIFY(world.r().closing);
        QCOMPARE(world.host.record.closed, 0); // the goodbye goes first, through the tunnel
        world.says(sstp::Closed{});
        std::exchange(world.host.record.closeDone, nullptr)();
        QCOMPARE(world.state(), StateName::Disconnected);
        QCOMPARE(world.r().tunnels, 0);
        QCOMPARE(world.r().sessions, 0);
        QVERIFY(world.isClean());
    }
    void namesInTls_data() {
        QTest::addColumn<QByteArray>("server");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("sni");
        QTest::addColumn<bool>("without");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("as dialled") << QByteArray("vpn.example.org") << QByteArray() << QByteArray() << false
                                    << QByteArray("vpn.example.org");
        QTest::newRow("an address") << QByteArray("203.0.113.5") << QByteArray() << QByteArray() << false
                                    << QByteArray();
        QTest::newRow("host apart") << QByteArray("203.0.113.5") << QByteArray("vpn.corp") << QByteArray() << false
                                    << QByteArray("vpn.corp");
        QTest::newRow("custom") << QByteArray("vpn.example.org") << QByteArray() << QByteArray("front.example") << false
                                << QByteArray("front.example");
        QTest::newRow("off") << QByteArray("vpn.example.org") << QByteArray() << QByteArray() << true << QByteArray();
    }
    void namesInTls() {
        QFETCH(QByteArray, server);
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, sni);
        QFETCH(bool, without);
        QFETCH(QByteArray, expected);
        SstpWorld world;
        world.profile.servers = {server.toStdString()};
        world.profile.sstp.host = host.toStdString();
        world.profile.sstp.serverNameIndication = sni.toStdString();
        world.profile.sstp.withoutServerName = without;
        world.start();
        world.host.grant();
        if (world.resolver.isAsked()) {
            world.resolver.answer({"203.0.113.5"});
        }
        world.giveStream();
        QCOMPARE(QByteArray::fromStdString(world.r().tls->serverName), expected);
        QCOMPARE(world.r().config->host, host.isEmpty() ? server.toStdString() : host.toStdString());
        QVERIFY(world.r().tls->forwardSecrecyOnly);
    }
    void asksForThePassword() {
        SstpWorld world;
        world.reachCall();
        world.says(sstp::Prompt{sstp::Prompt::Kind::Password, {}, false});
        QVERIFY(world.credentials.isAsked());
        world.credentials.answer("", "secret");
        QCOMPARE(world.r().answered, std::string("anna:secret"));
        world.says(sstp::Prompt{sstp::Prompt::Kind::Code, "PIN?", false});
        QCOMPARE(world.credentials.questions.back().kind, ike::Prompt::Kind::Code);
        world.credentials.cancel();
        std::exchange(world.host.record.closeDone, nullptr)();
        QCOMPARE(world.state(), StateName::Disconnected);
    }
    void nextAddressAfterADeadEnd() {
        SstpWorld world;
        world.start();
        world.host.grant();
        world.resolver.answer({"203.0.113.5", "203.0.113.6"});
        world.r().refused = base::Error{"tern.sstp.connect.refused", {}, {}};
        world.giveStream();
        world.reactor.makeWritable(streamDescriptor);
        QCOMPARE(world.connection->status().server->text(), std::string("203.0.113.6"));
        world.r().refused.reset();
        world.r().connected = false;
        world.giveStream();
        world.reactor.advance(21s); // the last one has the full patience
        std::exchange(world.host.record.closeDone, nullptr)();
        QCOMPARE(world.state(), StateName::Failed);
        QCOMPARE(world.connection->status().error->code, std::string("tern.sstp.connect.silent"));
    }
    void silentTlsEnds() {
        SstpWorld world;
        world.start();
        world.host.grant();
        world.resolver.answer({"203.0.113.5"});
        world.giveStream();
        world.reactor.makeWritable(streamDescriptor);
        world.reactor.advance(21s);
        std::exchange(world.host.record.closeDone, nullptr)();
        QCOMPARE(world.connection->status().error->code, std::string("tern.sstp.tls.timeout"));
    }
    void anAnswerIsFinal() {
        SstpWorld world;
        world.reachCall();
        world.says(sstp::Closed{base::Error{"tern.sstp.certificate-changed", {}, {}}});
        std::exchange(world.host.record.closeDone, nullptr)();
        QCOMPARE(world.state(), StateName::Failed);
        QCOMPARE(world.connection->status().error->code, std::string("tern.sstp.certificate-changed"));
    }
    void reconnectsKeepingTheRoutes() {
        SstpWorld world;
        world.reachConnected();
        world.r().failure = base::Error{"tern.sstp.cut", {}, {}};
        world.reactor.makeReadable(controlDescriptor);
        QVERIFY(world.r().streamEnd.has_value());
        QCOMPARE(world.state(), StateName::Reconnecting);
        QCOMPARE(world.host.record.closed, 0);
        world.r().failure.reset();
        world.reactor.advance(1s);
        QCOMPARE(world.state(), StateName::Negotiating);
        world.giveStream();
        QCOMPARE(world.r().config->ppp.previousIpv4->text(), std::string("10.9.0.2"));
        world.call();
        world.says(SstpWorld::up());
        world.configure();
        QCOMPARE(world.state(), StateName::Connected);
        QCOMPARE(world.r().tunnels, 1);
    }
    void unavailableServerIsCalledAgain() {
        SstpWorld world;
        world.reachConnected();
        world.says(sstp::Closed{base::Error{"tern.sstp.disconnected", {}, {}}});
        world.reactor.advance(1s);
        world.giveStream();
        world.call();
        world.says(sstp::Closed{base::Error{"tern.sstp.http.unavailable", {"503"}, {}}});
        QCOMPARE(world.state(), StateName::Reconnecting);
        world.reactor.advance(3s);
        world.giveStream();
        world.call();
        world.says(sstp::Closed{base::Error{"tern.eap.password", {}, {}}});
        std::exchange(world.host.record.closeDone, nullptr)();
        QCOMPARE(world.state(), StateName::Failed);
    }
    void anotherNetworkIsCalledFrom() {
        SstpWorld world;
        world.reachConnected();
        world.surroundings.changeTo(FakeSurroundings::route("198.51.100.9"));
        QCOMPARE(world.state(), StateName::Negotiating);
        QVERIFY(world.connection->status().reconnecting);
        QCOMPARE(world.host.record.closed, 0);
    }
    void noNetworkIsWaitedOut() {
        SstpWorld world;
        world.reachConnected();
        world.surroundings.changeTo(std::nullopt);
        QCOMPARE(world.state(), StateName::Connected); // for a moment
        world.reactor.advance(500ms);
        QCOMPARE(world.state(), StateName::Reconnecting);
        QCOMPARE(world.connection->status().stage, Stage::Waiting);
        world.surroundings.changeTo(FakeSurroundings::route("192.0.2.7"));
        QCOMPARE(world.state(), StateName::Negotiating);
    }
    void asksAfterASleep() {
        SstpWorld world;
        world.reachConnected();
        world.surroundings.wake();
        QCOMPARE(world.state(), StateName::Moving);
        QCOMPARE(world.r().probes, 1);
        world.says(sstp::Alive{});
        QCOMPARE(world.state(), StateName::Connected);
        world.surroundings.wake();
        world.says(sstp::Closed{base::Error{"tern.sstp.silent", {}, {}}});
        QCOMPARE(world.state(), StateName::Reconnecting);
    }
    void learnsMoreLater() {
        SstpWorld world;
        world.reachConnected();
        auto more = SstpWorld::up();
        more.addresses.push_back(*base::IpPrefix::fromText("2001:db8::7/64"));
        world.says(more);
        QCOMPARE(world.host.record.plans.size(), std::size_t{2});
        QCOMPARE(world.host.record.plans.back().addresses.size(), std::size_t{2});
        world.configure();
        QCOMPARE(world.r().mtu, 1380U);
    }
    void asksByDhcpInASplitTunnelOnly() {
        SstpWorld full;
        full.reachConnected();
        QVERIFY(full.r().injected.empty());
        SstpWorld split;
        split.profile.routing.fullTunnelIpv4 = false;
        split.reachConnected();
        QVERIFY(!split.r().injected.empty());
    }
    void signsInAsTheProfileAllows() {
        using profile::Method;
        const auto methods = [](Method method, std::vector<Method> allowed) {
            profile::Authentication authentication;
            authentication.method = method;
            authentication.allowed = std::move(allowed);
            return pppMethods(authentication);
        };
        using Methods = std::vector<ppp::Method>;
        QCOMPARE(methods(Method::Unknown, {}), (Methods{ppp::Method::Eap, ppp::Method::MsChapV2}));
        QCOMPARE(methods(Method::Mschapv2, {Method::Chap, Method::Pap}),
                 (Methods{ppp::Method::MsChapV2, ppp::Method::ChapMd5}));
        QCOMPARE(methods(Method::Pap, {}), (Methods{ppp::Method::Pap}));
        QCOMPARE(methods(Method::EapTls, {Method::Peap}), (Methods{ppp::Method::Eap}));
    }
};

QTEST_APPLESS_MAIN(TestSstp)
#include "tst_sstp.moc"
