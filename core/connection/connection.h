// One connection from the click to the end: a state machine, a file per state, that drives the resolver, the helper,
// IKE and the tunnel. One object is one attempt; after Disconnected or Failed nothing more happens.
//
// A connected one whose network changes is Moving until the server has answered from there.
//
//   Disconnected ─ start() ─> Resolving ─> Negotiating ─> Configuring ─> Connected ─> Disconnecting ─> Disconnected
//                                 │            │  ^            │             │              │
//                                 │            │  └─ Reconnecting <──────────┘              │
//                                 └────────────┴─ Disconnecting (with an error) ────────────┴─> Failed
//
// disconnect() works in every state. Nothing here blocks; every wait has a limit.
#pragma once

#include "core/connection/environment.h"
#include "core/connection/status.h"

#include <memory>
#include <string>

namespace tern::connection {

struct Request {
    profile::Profile profile;
    std::string username;                                      // instead of the profile's, when not empty
    std::optional<base::SecureBytes> secret;                   // instead of asking
    std::optional<base::SecureBytes> keySecret = std::nullopt; // pass phrase or PIN of our key, instead of asking
};

class Listener {
public:
    Listener() = default;
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    virtual ~Listener() = default;

    // The connection must not be destroyed from inside these.
    virtual void statusChanged(const Status& status) = 0;
    // English, for the log; never a secret, and no user name.
    virtual void note(const std::string& text) = 0;
    // For profile::Sstp::nameRefused: it is this, other than the profile has it.
    virtual void nameInTlsRefused(bool /*refused*/) {}
};

struct ReconnectPolicy {
    // How long the server or the network may be away, unless the profile says (Ike::outage): as long as Windows waits.
    base::Duration outage = std::chrono::minutes(30);
    base::Duration firstPause = std::chrono::milliseconds(500);
    base::Duration longestPause = std::chrono::seconds(30);
};

class Machine;

class Connection {
public:
    Connection(Request request, Environment environment, Listener& listener, ReconnectPolicy policy = {});
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection(); // takes everything back without waiting for the server's goodbye

    void start();
    void disconnect();
    [[nodiscard]] const Status& status() const;
    // Disconnected after having been started, or Failed.
    [[nodiscard]] bool isOver() const;

private:
    std::shared_ptr<Machine> m_machine;
};

} // namespace tern::connection
