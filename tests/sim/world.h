// A client session and a responder with a simulated network and clock between them. Everything that happens follows
// from the seed.
#pragma once

#include "core/ike/session.h"
#include "tests/sim/responder.h"
#include "tests/sim/traffic.h"
#include "tests/unit/ike/seeded_random.h"

#include <map>
#include <queue>
#include <random>

namespace tern::sim {

// What the network does to a datagram.
struct Conditions {
    double loss = 0;
    double duplicate = 0;
    double corrupt = 0; // one bit, of datagrams to and from port 4500 (a checksum guards nothing in the simulation)
    bool corruptInit = false;                      // of IKE_SA_INIT as well
    std::vector<base::IpAddress> deadServers = {}; // nothing reaches these, or comes from them
    std::size_t largest = 65535;                   // octets of a datagram; larger ones vanish
    base::Duration shortest = std::chrono::milliseconds(5);
    base::Duration longest = std::chrono::milliseconds(30); // datagrams overtake each other within these
};

class World {
public:
    World(std::uint64_t seed, ike::SessionConfig client, ResponderConfig responder, Conditions conditions = {});

    void start();
    // Lets time pass until the condition holds; false when `limit` has passed or nothing will happen any more.
    bool runUntil(const std::function<bool()>& condition, base::Duration limit = std::chrono::seconds(60));
    void runFor(base::Duration duration);

    [[nodiscard]] base::Instant now() const { return m_now; }
    [[nodiscard]] ike::Session& session() { return *m_session; }
    [[nodiscard]] Responder& responder() { return m_responder; }
    void setConditions(Conditions conditions) { m_conditions = conditions; }
    // The client is at another address, or calls another one of the server's; `seen`: as the server sees it.
    void moveClient(const ike::Session::Path& path, const base::Endpoint& seen);
    // The address translation on the way changes, and nobody is told.
    void rebind(const base::Endpoint& seen) { m_seenAs = seen; }
    // A later session with the same server, once the present one is over or given up.
    void replaceSession(ike::SessionConfig config);
    // Whether what the server sends of itself gets to the client, ESP too.
    [[nodiscard]] bool serverReachesClient() const { return m_responder.client() == m_seenAs; }
    // Takes outputs and datagrams after a call on the session or the responder from outside.
    void settle();

    // ---- what the client reported ----
    [[nodiscard]] bool isEstablished() const { return m_established.has_value(); }
    [[nodiscard]] const std::optional<ike::Established>& established() const { return m_established; }
    // As they are now, and how often they have become others since.
    [[nodiscard]] const ike::AgreedSuites& suites() const { return m_suites; }
    [[nodiscard]] unsigned suiteChanges() const { return m_suiteChanges; }
    [[nodiscard]] bool isClosed() const { return m_closed.has_value(); }
    [[nodiscard]] std::string errorCode() const;
    [[nodiscard]] unsigned pathsConfirmed() const { return m_pathsConfirmed; }
    [[nodiscard]] unsigned pathsRefused() const { return m_pathsRefused; }
    [[nodiscard]] unsigned pathsDead() const { return m_pathsDead; }
    [[nodiscard]] const std::vector<ike::Redirected>& redirects() const { return m_redirects; }
    [[nodiscard]] const std::shared_ptr<const ike::ResumptionTicket>& ticket() const { return m_ticket; }
    [[nodiscard]] const std::vector<ike::Prompt>& prompts() const { return m_prompts; }
    [[nodiscard]] const std::vector<ike::Stage>& stages() const { return m_stages; }
    [[nodiscard]] const std::vector<ike::ServerCertificates>& certificates() const { return m_certificates; }
    [[nodiscard]] const std::map<std::uint32_t, crypto::SaPair>& children() const { return m_children; }
    [[nodiscard]] std::uint32_t sendingWith() const { return m_current; }
    [[nodiscard]] const std::vector<ike::SendDatagram>& sent() const { return m_sent; }
    struct Up { // each child there ever was
        std::uint32_t spi = 0;
        ike::Selectors local;
        ike::Selectors remote;
        std::uint32_t replaces = 0;
    };
    [[nodiscard]] const std::vector<Up>& ups() const { return m_ups; }
    [[nodiscard]] const std::vector<ike::ChildRefused>& refused() const { return m_refused; }
    [[nodiscard]] const std::vector<ike::PathProbed>& probed() const { return m_probed; }
    [[nodiscard]] const ike::ChildUp* lastChild() const { return m_lastChild ? &*m_lastChild : nullptr; }

    [[nodiscard]] const std::optional<ike::ReauthenticationDue>& newSessionDue() const { return m_newSessionDue; }
    // ---- traffic ----
    // One packet from each end that has keys to send with.
    void sendTraffic();
    // The first packet that arrived undamaged and did not open; empty when there was none.
    [[nodiscard]] const std::string& trafficProblem() const { return m_trafficProblem; }
    [[nodiscard]] std::uint64_t packetsOpened() const { return m_clientEnd.opened() + m_serverEnd.opened(); }
    // The server deletes a child of its own accord: what is still sent on it is lost, and rightly so.
    void deleteServerChild(std::uint32_t spi);
    // What the network did.
    [[nodiscard]] const Tally& tally() const { return m_tally; }

    // Whether both ends hold the same one child with the same keys. The reason otherwise.
    [[nodiscard]] std::string disagreement() const;

private:
    struct Flight {
        base::Instant at;
        std::uint64_t order;
        bool toServer;
        bool natPort;
        base::Bytes payload;
        bool esp = false;
        bool damaged = false;
        base::Endpoint client = {}; // as the server sees it
        base::IpAddress server = {};
        friend bool operator>(const Flight& a, const Flight& b) {
            return a.at != b.at ? a.at > b.at : a.order > b.order;
        }
    };

    void launch(bool toServer, bool natPort, base::Bytes payload, bool esp = false);
    void launch(Flight flight);
    void deliverPacket(const Flight& flight);
    void followServerChildren();
    void deliver(const Flight& flight);
    [[nodiscard]] std::optional<base::Instant> next() const;
    void step(base::Instant until);
    [[nodiscard]] bool chance(double probability);
    void take(ike::Output output);

    std::mt19937_64 m_dice;
    test::SeededRandom m_clientRandom;
    test::SeededRandom m_serverRandom;
    base::Endpoint m_seenAs;
    base::IpAddress m_server; // which of its addresses the client calls
    std::unique_ptr<ike::Session> m_session;
    Responder m_responder;
    Conditions m_conditions;
    base::Instant m_now{std::chrono::hours(1)};
    std::priority_queue<Flight, std::vector<Flight>, std::greater<>> m_flights;
    std::uint64_t m_order = 0;

    unsigned m_pathsConfirmed = 0;
    unsigned m_pathsRefused = 0;
    unsigned m_pathsDead = 0;
    std::vector<ike::Redirected> m_redirects;
    std::shared_ptr<const ike::ResumptionTicket> m_ticket;

    std::optional<ike::Established> m_established;
    ike::AgreedSuites m_suites;
    unsigned m_suiteChanges = 0;
    std::optional<ike::Closed> m_closed;
    std::vector<ike::Prompt> m_prompts;
    std::vector<ike::Stage> m_stages;
    std::vector<ike::ServerCertificates> m_certificates;
    std::map<std::uint32_t, crypto::SaPair> m_children;
    std::uint32_t m_current = 0;
    std::optional<ike::ChildUp> m_lastChild;
    std::vector<Up> m_ups;
    std::vector<ike::ChildRefused> m_refused;
    std::vector<ike::PathProbed> m_probed;
    std::vector<ike::SendDatagram> m_sent;

    std::optional<ike::ReauthenticationDue> m_newSessionDue;

    TrafficEnd m_clientEnd;
    TrafficEnd m_serverEnd;
    std::map<std::uint32_t, base::Instant>
        m_serverGone; // the server's SPIs of closed children, and until when they open
    std::set<std::uint32_t> m_forgiven;
    std::string m_trafficProblem;
    Tally m_tally;
};

// Configurations that fit each other.
[[nodiscard]] ike::SessionConfig pskClient(const std::string& key);
[[nodiscard]] ike::SessionConfig eapClient(const Credentials& server, const std::string& password);

} // namespace tern::sim
