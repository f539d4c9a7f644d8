// A world for a connection that the test holds in its hands: nothing happens until the test says so, time included.
#pragma once

#include "core/connection/connection.h"

#include <algorithm>
#include <map>
#include <unistd.h>

namespace tern::connection::test {

class FakePending final : public Pending {
public:
    explicit FakePending(std::function<void()> cancelled)
        : m_cancelled(std::move(cancelled)) {}
    ~FakePending() override { m_cancelled(); }

private:
    std::function<void()> m_cancelled;
};

class FakeReactor final : public Reactor {
public:
    [[nodiscard]] base::Instant now() const override { return m_now; }
    [[nodiscard]] base::UnixSeconds wallClock() const override { return base::UnixSeconds(1'800'000'000); }
    [[nodiscard]] PendingPtr at(base::Instant when, std::function<void()> due) override {
        const auto key = ++m_last;
        m_timers[key] = {when, std::move(due)};
        return std::make_unique<FakePending>([this, key] { m_timers.erase(key); });
    }
    [[nodiscard]] PendingPtr whenReadable(int fd, std::function<void()> readable) override {
        m_watches[fd] = std::move(readable);
        return std::make_unique<FakePending>([this, fd] { m_watches.erase(fd); });
    }

    [[nodiscard]] PendingPtr whenWritable(int fd, std::function<void()> writable) override {
        m_rooms[fd] = std::move(writable);
        return std::make_unique<FakePending>([this, fd] { m_rooms.erase(fd); });
    }

    // Lets time pass; timers come in their order.
    void advance(base::Duration by) {
        const auto end = m_now + by;
        for (;;) {
            auto next = std::min_element(m_timers.begin(), m_timers.end(),
                                         [](const auto& a, const auto& b) { return a.second.when < b.second.when; });
            if (next == m_timers.end() || next->second.when > end) {
                break;
            }
            m_now = std::max(m_now, next->second.when);
            const auto due = std::move(next->second.due);
            m_timers.erase(next);
            due();
        }
        m_now = end;
    }
    // Time passes and nobody notices: what came due rings afterwards, late.
    void sleep(base::Duration by) {
        m_now += by;
        advance(base::Duration::zero());
    }
    void makeReadable(int fd) {
        if (const auto found = m_watches.find(fd); found != m_watches.end()) {
            const auto call = found->second;
            call();
        }
    }
    void makeWritable(int fd) {
        if (const auto found = m_rooms.find(fd); found != m_rooms.end()) {
            const auto call = found->second;
            call();
        }
    }
    [[nodiscard]] bool isWatched(int fd) const { return m_watches.contains(fd); }
    [[nodiscard]] std::size_t timers() const { return m_timers.size(); }
    [[nodiscard]] std::size_t watches() const { return m_watches.size() + m_rooms.size(); }

private:
    struct Timer {
        base::Instant when;
        std::function<void()> due;
    };
    base::Instant m_now = base::Instant(std::chrono::hours(1));
    std::map<unsigned, Timer> m_timers;
    std::map<int, std::function<void()>> m_watches;
    std::map<int, std::function<void()>> m_rooms;
    unsigned m_last = 0;
};

class FakeResolver final : public Resolver {
public:
    [[nodiscard]] PendingPtr resolve(const std::string& name, Done done) override {
        asked.push_back(name);
        m_done = std::move(done);
        return std::make_unique<FakePending>([this] { m_done = nullptr; });
    }
    [[nodiscard]] bool isAsked() const { return static_cast<bool>(m_done); }
    void answer(std::initializer_list<const char*> addresses) {
        std::vector<base::IpAddress> list;
        for (const auto* address : addresses) {
            list.push_back(*base::IpAddress::fromText(address));
        }
        const auto done = m_done;
        done(std::move(list));
    }
    void fail() {
        const auto done = m_done;
        done(base::fail("tern.engine.name-not-found", {asked.back()}));
    }
    std::vector<std::string> asked;

private:
    Done m_done;
};

// What the fake helper was told, and the answers it still owes.
struct HostRecord {
    std::function<void(base::Result<base::UniqueFd>)> socketDone;
    std::function<void(base::Result<ConfiguredTunnel>)> configureDone;
    std::function<void()> closeDone;
    std::function<void(base::Error)> lost;
    std::vector<base::IpAddress> sockets;
    std::function<void(base::Result<base::UniqueFd>)> streamDone;
    std::vector<std::uint16_t> streams;                                                     // ports asked for
    std::map<std::uint16_t, std::function<void(base::Result<base::UniqueFd>)>> streamsDone; // by port, the last
    std::vector<TunnelPlan> plans;
    int open = 0; // sessions that were neither closed nor destroyed
    int closed = 0;
};

class FakeHostSession final : public HostSession {
public:
    explicit FakeHostSession(HostRecord& record)
        : m_record(record) {
        ++m_record.open;
    }
    ~FakeHostSession() override {
        if (m_open) {
            --m_record.open;
        }
    }
    void openSocket(const base::IpAddress& server, std::function<void(base::Result<base::UniqueFd>)> done) override {
        m_record.sockets.push_back(server);
        m_record.socketDone = std::move(done);
    }
    void openStream(const base::IpAddress& /*server*/, std::uint16_t port,
                    std::function<void(base::Result<base::UniqueFd>)> done) override {
        m_record.streams.push_back(port);
        m_record.streamsDone[port] = done;
        m_record.streamDone = std::move(done);
    }
    void configure(const TunnelPlan& plan, std::function<void(base::Result<ConfiguredTunnel>)> done) override {
        m_record.plans.push_back(plan);
        m_record.configureDone = std::move(done);
    }
    void close(std::function<void()> done) override {
        m_open = false;
        --m_record.open;
        ++m_record.closed;
        m_record.closeDone = std::move(done);
    }
    void onLost(std::function<void(base::Error)> lost) override { m_record.lost = std::move(lost); }

private:
    HostRecord& m_record;
    bool m_open = true;
};

class FakeHost final : public HostAccess {
public:
    void openSession(Opened opened) override { m_opened = std::move(opened); }
    [[nodiscard]] bool isAsked() const { return static_cast<bool>(m_opened); }
    void grant() { std::exchange(m_opened, nullptr)(std::make_unique<FakeHostSession>(record)); }
    void deny() { std::exchange(m_opened, nullptr)(base::fail("tern.helper.not-authorized")); }
    HostRecord record;

private:
    Opened m_opened;
};

class FakeCredentials final : public CredentialSource {
public:
    [[nodiscard]] PendingPtr ask(const Question& question, Answered answered) override {
        questions.push_back(question);
        m_answered = std::move(answered);
        return std::make_unique<FakePending>([this] { m_answered = nullptr; });
    }
    [[nodiscard]] bool isAsked() const { return static_cast<bool>(m_answered); }
    void answer(const char* username, const char* secret) {
        const auto answered = m_answered;
        answered(std::make_optional(Credentials{username, base::SecureBytes(std::string_view(secret))}));
    }
    void cancel() {
        const auto answered = m_answered;
        answered(std::nullopt);
    }
    void fail(const char* code) {
        const auto answered = m_answered;
        answered(base::fail(code));
    }
    std::vector<Question> questions;

private:
    Answered m_answered;
};

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
        return std::shared_ptr<const crypto::TrustStore>();
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
    std::vector<std::string> secretsTried;
    std::vector<base::Error> keyErrors; // of the first tries
    std::vector<crypto::Credential> own;
    std::vector<base::Bytes> sent;
    std::vector<base::Bytes> incoming;
    std::vector<std::unique_ptr<IkeRecord>> sessions;
    TunnelRecord tunnel;
    StreamRecord stream;
    bool preferred = false;
    bool prefersTls = false;
    bool portFails = false;
    bool tunnelFails = false;
};

// A network that leads everywhere, until the test says otherwise.
class FakeSurroundings final : public Surroundings {
public:
    void useMarkOf(int /*socket*/) override {}
    [[nodiscard]] std::optional<datapath::OuterRoute> routeTo(const base::IpAddress& server) override {
        return server.isV6() ? v6 : v4;
    }
    [[nodiscard]] PendingPtr watch(SurroundingsWatcher& watcher) override {
        m_watcher = &watcher;
        return std::make_unique<FakePending>([this] { m_watcher = nullptr; });
    }
    [[nodiscard]] bool isWatched() const { return m_watcher != nullptr; }
    static datapath::OuterRoute route(const char* source) { return {*base::IpAddress::fromText(source), 2, {}}; }
    void changeTo(std::optional<datapath::OuterRoute> newV4, std::optional<datapath::OuterRoute> newV6 = {}) {
        v4 = std::move(newV4);
        v6 = std::move(newV6);
        m_watcher->networkChanged();
    }
    void wake() { m_watcher->wokenUp(); }
    std::optional<datapath::OuterRoute> v4 = route("192.0.2.7");
    std::optional<datapath::OuterRoute> v6;

private:
    SurroundingsWatcher* m_watcher = nullptr;
};

class FakeRandom final : public base::RandomSource {
public:
    void fill(base::MutableByteView out) override { std::fill(out.begin(), out.end(), std::uint8_t{128}); }
};

class FakeListener final : public Listener {
public:
    void statusChanged(const Status& status) override { seen.push_back(status); }
    void note(const std::string& text) override { notes.push_back(text); }
    std::vector<Status> seen;
    std::vector<std::string> notes;
};

// Everything together, and the steps most tests share.
struct World {
    World()
        : World(ownParts) {}
    explicit World(FakeParts& used)
        : parts(used) {
        profile.id = "test";
        profile.name = "Office";
        profile.protocol = profile::Protocol::Ikev2;
        profile.servers = {"vpn.example.org"};
        profile.authentication.method = profile::Method::EapMschapv2;
        profile.authentication.username = "anna";
    }
    void start() {
        connection = std::make_unique<Connection>(
            Request{profile, {}, std::nullopt},
            Environment{reactor, resolver, host, credentials, parts, random, surroundings}, listener);
        connection->start();
    }
    void reachNegotiating() {
        start();
        host.grant();
        resolver.answer({"203.0.113.5"});
    }
    void giveSocket() { std::exchange(host.record.socketDone, nullptr)(base::UniqueFd(::dup(0))); }
    void reachIke() {
        reachNegotiating();
        giveSocket();
    }
    IkeRecord& ike() { return *parts.sessions.back(); }
    // The session puts these out as if a datagram had come.
    template<typename... Outputs>
    void ikePuts(Outputs&&... outputs) {
        (ike().outputs.emplace_back(std::forward<Outputs>(outputs)), ...);
        const bool throughTunnel = reactor.isWatched(FakeTunnel::controlDescriptor);
        (throughTunnel ? parts.tunnel.incoming : parts.incoming).push_back({9});
        reactor.makeReadable(throughTunnel ? FakeTunnel::controlDescriptor : FakePort::descriptor);
    }
    static ike::Established established() {
        ike::Established done;
        done.configuration.addresses = {*base::IpPrefix::fromText("10.9.0.2/32")};
        done.configuration.dns = {*base::IpAddress::fromText("10.9.0.1")};
        done.ikeSuite = "IKE suite";
        done.espSuite = "ESP suite";
        return done;
    }
    static ike::ChildUp child(std::uint32_t spi) {
        ike::ChildUp up;
        up.keys.inbound.spi = spi;
        up.remote = {{*base::IpAddress::fromText("0.0.0.0"), *base::IpAddress::fromText("255.255.255.255")}};
        return up;
    }
    void establish(std::uint32_t spi = 1) { ikePuts(established(), child(spi)); }
    void configure() {
        std::exchange(host.record.configureDone, nullptr)(ConfiguredTunnel{base::UniqueFd(::dup(0)), "tern0"});
    }
    void reachConnected() {
        reachIke();
        establish();
        configure();
    }
    void finishDisconnect() {
        ikePuts(ike::Closed{});
        std::exchange(host.record.closeDone, nullptr)();
    }
    [[nodiscard]] StateName state() const { return connection->status().state; }
    // Nothing of ours is left anywhere.
    [[nodiscard]] bool isClean() const {
        const bool noIke = std::all_of(parts.sessions.begin(), parts.sessions.end(),
                                       [](const auto& session) { return !session->alive; });
        return noIke && parts.tunnel.alive == 0 && host.record.open == 0 && reactor.timers() == 0 &&
               reactor.watches() == 0 && !resolver.isAsked() && !credentials.isAsked();
    }

    profile::Profile profile;
    FakeReactor reactor;
    FakeResolver resolver;
    FakeHost host;
    FakeCredentials credentials;
    FakeParts ownParts;
    FakeParts& parts;
    FakeRandom random;
    FakeSurroundings surroundings;
    FakeListener listener;
    std::unique_ptr<Connection> connection;
};

} // namespace tern::connection::test
