// A whole new session beside the one in use, because that one may not go on for ever: another login, another IKE SA,
// new keys, over the same socket and into the same tunnel, which changes over without losing a packet (make before
// break, RFC 7296 §2.8.3). The old session ends with a DELETE once nothing is sent with it any more.
//
// It lives in the state Connected. When it does not succeed the old session stays for as long as its server lets it.
#pragma once

#include "core/connection/events.h"
#include "core/connection/ike_driver.h"

#include <set>

namespace tern::connection {

class Machine;

class Successor {
public:
    explicit Successor(Machine& machine)
        : m(machine) {}
    Successor(const Successor&) = delete;
    Successor& operator=(const Successor&) = delete;
    ~Successor();

    // The session in use ends then: begins at once, unless it has begun.
    [[nodiscard]] base::Result<void> wanted(base::Instant until);
    // What the new session puts out, a person's answer to it, the helper's answer, the end of a pause. Answers an error
    // that the tunnel cannot go on with.
    [[nodiscard]] base::Result<void> take(ike::Output& output);
    [[nodiscard]] base::Result<void> answered(Answered& answer);
    [[nodiscard]] base::Result<void> configured(Configured& configured);
    // The helper is no longer busy.
    [[nodiscard]] base::Result<void> goOn();
    void checked(std::optional<base::Error> refusal);
    [[nodiscard]] base::Result<void> alarmRang();
    // The session in use is over before this one is up: whether this one is still on its way, and carries on alone.
    // When it fails then, take() answers why.
    [[nodiscard]] bool outlivesSession();
    // Waits for configured().
    [[nodiscard]] bool isConfiguring() const { return m_wanted.has_value(); }

private:
    [[nodiscard]] base::Result<void> begin();
    void ask(const ike::Prompt& prompt);
    [[nodiscard]] base::Result<void> failed(base::Error error);
    // Puts the new session in the old one's place.
    [[nodiscard]] base::Result<void> takeOver();
    void setAlarm(base::Duration after);
    void forgetOldKeys();

    Machine& m; // outlives it
    base::Instant m_until{};
    std::unique_ptr<IkeDriver> m_next;
    std::optional<ike::Established> m_established;
    std::vector<ike::ChildUp> m_children;
    std::vector<ike::Output> m_others;  // said before it is the session in use, and for then
    std::optional<TunnelPlan> m_wanted; // the helper is carrying it out
    ike::Prompt::Kind m_askedFor = ike::Prompt::Kind::Password;
    bool m_alone = false;
    PendingPtr m_asking;
    PendingPtr m_alarm;
    // The session before, saying goodbye, and its keys.
    std::unique_ptr<IkeDriver> m_leaving;
    std::set<std::uint32_t> m_leavingSpis;
};

} // namespace tern::connection
