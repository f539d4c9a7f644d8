// The session behind session.h: runs exchanges of tasks one after another, answers the server's requests, and keeps
// the timers. What an exchange means is the tasks'.
#pragma once

#include "core/ike/child_rekey.h"
#include "core/ike/ike_rekey.h"
#include "core/ike/task.h"

#include <deque>
#include <functional>

namespace tern::ike {

class Machine final : public Session {
public:
    Machine(SessionConfig config, base::RandomSource& random)
        : m_context(std::move(config), random) {}

    void start(base::Instant now) override;
    void receive(base::Instant now, base::ByteView datagram) override;
    void sawTraffic(base::Instant now) override;
    void timeout(base::Instant now) override;
    void answer(base::Instant now, std::string username, base::SecureBytes secret) override;
    void certificatesChecked(base::Instant now, std::optional<base::Error> refusal) override;
    void replaceKeys(base::Instant now, Keys which) override;
    void probePath(base::Instant now, std::size_t size) override;
    void streamReopened(base::Instant now) override;
    void close(base::Instant now) override;
    void addressChanged(base::Instant now, const Path& path) override;
    void resumed(base::Instant now) override;
    [[nodiscard]] bool canMove() const override;
    [[nodiscard]] std::vector<base::IpAddress> furtherServerAddresses() const override;
    [[nodiscard]] std::optional<base::Instant> deadline() const override;
    [[nodiscard]] std::vector<Output> takeOutputs() override;
    // For tests that look for what is left behind.
    [[nodiscard]] const Context& context() const { return m_context; }

private:
    // Idle: before start(). NeedsKey: asked for a pre-shared key, nothing sent yet. Connecting: up to the last
    // IKE_AUTH. Up: children carry traffic. Closing: close() was called, DELETE is out or waits for its turn.
    enum class State { Idle, NeedsKey, Connecting, Up, Closing, Closed };
    struct Exchange {
        ExchangeType type;
        std::vector<std::unique_ptr<Task>> tasks;
    };

    struct Held {
        Outcome outcome;
        std::vector<Output> outputs;
        base::Instant until;
    };

    void enqueue(ExchangeType type, std::unique_ptr<Task> task);
    // Asks for a key that is missing, or connects.
    void begin();
    void connect();
    void runQueue();
    void sendActive();
    void takeResponse(const Incoming& response);
    // Lets the tasks look at the response; their outcomes together.
    [[nodiscard]] base::Result<Outcome> processActive(const Incoming& response);
    void proceed(Outcome outcome);
    // Keeps back what followed from certificates that await their check.
    void holdForCheck(Outcome outcome);
    void completed(ExchangeType type);

    void takeRequest(IkeSa& sa, const Incoming& request);
    void answerInformational(IkeSa& sa, const Incoming& request);
    void answerCreateChild(IkeSa& sa, const Incoming& request);
    void answerIkeReplacement(IkeSa& sa, const Incoming& request);
    void answerFollowupKe(IkeSa& sa, const Incoming& request);
    // The server has made a new IKE SA: puts it into use, unless one of ours is under way.
    void takeTheirIkeSa(IkeSa& old);
    // Closes the children the request names; our SPIs of those that the answer names in turn.
    [[nodiscard]] DeleteData closeNamedChildren(const Payloads& request);
    void serverDeletesIke(IkeSa& sa, bool failed);
    // A child in use has gone: another takes its place, unless the server has just closed that one too.
    void takeLoss(const ChildSa& closed);
    void takeUnprotected(const Header& header, base::ByteView datagram);
    void respond(IkeSa& sa, const Incoming& request, const Payloads& payloads);
    void closeIfChildless();
    [[nodiscard]] bool isMakingChild() const;

    // IKE SAs that replace each other.
    enum class Deletes { We, Server };
    void adopt(std::unique_ptr<IkeSa> next, Deletes old);
    void leave(std::unique_ptr<IkeSa> sa, Deletes by);
    // After an exchange: puts a new IKE SA, or the one of two that stays, into use.
    void settleIkeRekey();
    [[nodiscard]] IkeSa* saFor(const Header& header);
    [[nodiscard]] std::vector<IkeSa*> allSas();
    [[nodiscard]] bool isLeaving(const IkeSa& sa) const;
    void runLeaving();

    // The way to the server.
    void hurry();
    void checkPath();
    void pathAnswered();
    void doubtPath();

    // Resuming an earlier session; when that fails, connect() as if it had not been tried.
    [[nodiscard]] bool beginResumption();
    void limitResumption();
    void abandonResumption();

    void startLeaving();
    void fail(base::Error error);
    void finish(std::optional<base::Error> error);
    void givenUp();
    [[nodiscard]] std::optional<base::Error> refusal() const;
    [[nodiscard]] bool keepsNatAlive() const;
    void queueDueWork();
    void queueWanted();
    void queueDueChildWork();
    void considerWork(const std::function<void(base::Instant)>& consider) const;
    [[nodiscard]] bool isDue(base::Instant when) const { return m_context.now >= when; }
    // The task under way, if it is of that kind.
    template<typename T>
    [[nodiscard]] T* active() const {
        return m_active && !m_active->tasks.empty() ? dynamic_cast<T*>(m_active->tasks.front().get()) : nullptr;
    }
    // Hands the datagrams of the SAs to the outputs.
    void flush();

    Context m_context;
    State m_state = State::Idle;
    std::optional<Exchange> m_active;
    std::deque<Exchange> m_queue;
    bool m_waitsForUser = false;
    base::Instant m_askedAt{};
    base::Duration m_answerTook{};               // of the last prompt
    std::optional<base::Instant> m_patientSince; // a request the server may take long for is out, and nobody was told
    bool m_toldConfirming = false;
    std::optional<Held> m_held; // until the certificates are checked
    base::Instant m_lastHeard{};
    base::Instant m_lastSent{};
    base::Instant m_closeBy{};
    std::optional<base::Instant> m_doubted;   // when somebody last said, unprotected, that the server has lost us
    std::optional<base::Instant> m_recreated; // when a child that the server had closed was last made anew
};

} // namespace tern::ike
