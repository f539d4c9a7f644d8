// The session behind session.h: runs exchanges of tasks one after another, answers the server's requests, and keeps
// the timers. What an exchange means is the tasks'.
#pragma once

#include "core/ike/child_rekey.h"
#include "core/ike/task.h"

#include <deque>

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
    void replaceKeys(base::Instant now) override;
    void probePath(base::Instant now, std::size_t size) override;
    void streamReopened(base::Instant now) override;
    void close(base::Instant now) override;
    [[nodiscard]] std::optional<base::Instant> deadline() const override;
    [[nodiscard]] std::vector<Output> takeOutputs() override;

private:
    // Idle: before start(). NeedsKey: asked for a pre-shared key, nothing sent yet. Connecting: up to the last
    // IKE_AUTH. Up: children carry traffic. Closing: close() was called, DELETE is out or waits for its turn.
    enum class State { Idle, NeedsKey, Connecting, Up, Closing, Closed };
    struct Exchange {
        ExchangeType type;
        std::vector<std::unique_ptr<Task>> tasks;
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
    void completed(ExchangeType type);

    void takeRequest(IkeSa& sa, const Incoming& request);
    void answerInformational(IkeSa& sa, const Incoming& request);
    void answerCreateChild(IkeSa& sa, const Incoming& request);
    void respond(IkeSa& sa, const Incoming& request, const Payloads& payloads);
    void closeIfChildless();
    void takeLoss(const ChildSa& child);

    void startLeaving();
    void fail(base::Error error);
    void finish(std::optional<base::Error> error);
    void givenUp();
    void queueDueWork();
    void queueWanted();
    [[nodiscard]] ChildRekey* rekeying() const;
    // Hands the datagrams of the SAs to the outputs.
    void flush();

    Context m_context;
    State m_state = State::Idle;
    std::optional<Exchange> m_active;
    std::deque<Exchange> m_queue;
    bool m_waitsForUser = false;
    base::Instant m_lastHeard{};
    base::Instant m_lastSent{};
    base::Instant m_closeBy{};
};

} // namespace tern::ike
