// What is around a connection, in the test's hands: time, names, the helper, the person, the network.
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
        m_open[name] = std::move(done);
        return std::make_unique<FakePending>([this, name] { m_open.erase(name); });
    }
    [[nodiscard]] bool isAsked() const { return !m_open.empty(); }
    // The one asked last.
    void answer(std::initializer_list<const char*> addresses) { answerFor(asked.back(), addresses); }
    void answerFor(const std::string& name, std::initializer_list<const char*> addresses) {
        std::vector<base::IpAddress> list;
        for (const auto* address : addresses) {
            list.push_back(*base::IpAddress::fromText(address));
        }
        const auto done = m_open.at(name);
        done(std::move(list));
    }
    void fail() { failFor(asked.back()); }
    void failFor(const std::string& name) {
        const auto done = m_open.at(name);
        done(base::fail("tern.engine.name-not-found", {name}));
    }
    std::vector<std::string> asked;

private:
    std::map<std::string, Done> m_open;
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
    void nameInTlsRefused(bool refused) override { namesRefused.push_back(refused); }
    std::vector<bool> namesRefused;
    std::vector<Status> seen;
    std::vector<std::string> notes;
};

} // namespace tern::connection::test
