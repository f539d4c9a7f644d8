// One concern of an exchange that we initiate, with a build and a process side. Several tasks share an exchange: each
// adds its payloads to the request and takes what is its own from the answer.
#pragma once

#include "core/ike/context.h"
#include "core/ike/payloads.h"

namespace tern::ike {

enum class Outcome {
    Ignore,      // not the answer: go on waiting for it
    Done,        // this task is through
    Continue,    // the exchange goes on with another request
    Restart,     // the first message must be sent again, changed
    WaitForUser, // a prompt is out; answer() makes the task ready again
    Redirected,  // Context::redirectedTo says where to; the answer holds nothing else
};

class Task {
public:
    Task() = default;
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;
    virtual ~Task() = default;

    [[nodiscard]] virtual base::Result<void> build(Context& context, Payloads& request) = 0;
    [[nodiscard]] virtual base::Result<Outcome> process(Context& context, const Incoming& response) = 0;
    // A person's answer to a prompt of this task.
    [[nodiscard]] virtual base::Result<Outcome> answer(Context& /*context*/, const std::string& /*username*/,
                                                       base::SecureBytes /*secret*/) {
        return Outcome::Continue;
    }
    // The exchange its next request belongs to, when it is not the one it began with.
    [[nodiscard]] virtual std::optional<ExchangeType> exchange() const { return std::nullopt; }
    // What the task was for has vanished while it waited for its turn.
    [[nodiscard]] virtual bool isObsolete(const Context& /*context*/) const { return false; }
    // Its request is to arrive in one piece, if it can.
    [[nodiscard]] virtual bool isProbe() const { return false; }
    // Nothing is lost when its request is given up while it is under way.
    [[nodiscard]] virtual bool mayBeForgotten() const { return false; }
    // Why the server will refuse us, when it has said so and then falls silent.
    [[nodiscard]] virtual std::optional<base::Error> refusal() const { return std::nullopt; }
    // How long the server may take for the request just built; 0 for the configured limit.
    [[nodiscard]] virtual base::Duration patience() const { return {}; }
};

} // namespace tern::ike
