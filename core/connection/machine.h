// What the states of a connection share, and the queue that feeds them. A state takes an event and may answer the next
// state; it never calls another state.
#pragma once

#include "core/connection/agreed.h"
#include "core/connection/certificate_check.h"
#include "core/connection/connection.h"
#include "core/connection/events.h"
#include "core/connection/ike_driver.h"
#include "core/connection/name_in_tls.h"
#include "core/connection/redirect_trail.h"
#include "core/connection/sstp_driver.h"

#include <deque>
#include <memory>

namespace tern::connection {

class State;
using StatePtr = std::unique_ptr<State>;

// What IKE has agreed, for the data path.
[[nodiscard]] datapath::ChildKeys childKeys(ike::ChildUp child);

class Machine : public std::enable_shared_from_this<Machine>, private SurroundingsWatcher {
public:
    Machine(Request wanted, Environment around, Listener& told, ReconnectPolicy reconnect);
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;
    ~Machine() override;

    // Delivers the event, and whatever it leads to, unless that is under way: then it waits its turn.
    void post(Event event);
    // Keeps it for the next drain().
    void enqueue(Event event);
    void drain();
    // A callback for an asynchronous call: posts what `make` makes of the result, unless the connection is gone by
    // then or `generation` is over (results of an earlier server must not reach a later attempt).
    template<typename T, typename Make>
    std::function<void(T)> callback(Make make) {
        return [weak = weak_from_this(), asked = generation, make](T result) {
            if (const auto machine = weak.lock(); machine && machine->generation == asked && !machine->m_stopped) {
                machine->post(make(std::move(result)));
            }
        };
    }
    // From now on the state is told of networks and sleep.
    void watchSurroundings();
    // A second timer, for a short time; as setAlarm().
    void setGrace(base::Duration after);
    void clearGrace() { m_grace.reset(); }
    // The state's own timer; a new alarm replaces the last, and entering a state clears it.
    void setAlarm(base::Duration after);

    void note(const std::string& text) { listener.note(text); }
    void noteRefused(const ike::ChildRefused& refused);
    // Tells the listener what `status` says now.
    void announce();

    // Puts a fresh IKE session onto the socket. The old one, if any, is dropped without a word to its server.
    [[nodiscard]] base::Result<void> beginIke(base::UniqueFd socket);
    // A session beside the one in use, for the same server and the same socket.
    [[nodiscard]] base::Result<std::unique_ptr<ike::Session>> createSuccessor();
    // The same over a TCP stream, beside the session there is: whichever has an answer first stays.
    [[nodiscard]] base::Result<void> beginRival(base::UniqueFd socket, std::uint16_t port);
    // The rival takes the place of the session there was.
    void promoteRival();
    void dropRival() { rival.reset(); }
    // Asks the helper; StreamOpened follows.
    void openStream(std::uint16_t port);
    // Has the helper carry out a plan; Configured follows, with the number that is in `configuring` until then.
    void configure(const TunnelPlan& wanted);
    // Another session is the one in use. What it has said until now is the session's word from here on, `earlier`
    // first; of the one before only keys that are gone still matter.
    void changeOver(std::vector<ike::Output> earlier);
    // The status says what the plan says.
    void showPlan();
    // Likewise of what was agreed at the start, or when an SA was replaced.
    void showSuites(const ike::AgreedSuites& suites);
    // Starts the data path on the device with the keys negotiated last, in place of an earlier one.
    [[nodiscard]] base::Result<void> beginTunnel(ConfiguredTunnel configured);
    // A way that leads to one of the server's addresses that are not in `without`, the best of them. Nothing when there
    // is no such network.
    struct Way {
        base::IpAddress server;
        datapath::OuterRoute route;
        friend bool operator==(const Way&, const Way&) = default;
    };
    [[nodiscard]] std::optional<Way> findWay(const std::vector<base::IpAddress>& without = {});
    [[nodiscard]] std::vector<base::IpAddress> knownServerAddresses() const;
    // Datagrams go that way now, on the same socket: IKE is told.
    void tellMove(const Way& where);
    // The tunnel and IKE go by this socket from now on.
    [[nodiscard]] base::Result<void> moveTo(base::UniqueFd socket, const Way& where);
    // Which way it goes to the address in use.
    void noteWay();
    // The server, or the network, is away since now, unless it was so already.
    void noteLoss();
    // How much longer it may be.
    [[nodiscard]] base::Duration outageLeft() const;
    // Whether a proxy is on SSTP's way to this server: ProxyFound follows, for takeProxy(). Nothing where there is no
    // need to ask.
    [[nodiscard]] PendingPtr findProxy(const std::string& server);
    [[nodiscard]] base::Result<void> takeProxy(base::Result<std::optional<ProxyWay>> found);
    // A TCP connection for SSTP, through the proxy where there is one. StreamOpened follows, or SstpStreamOpened beside
    // IKE, unless the answer is destroyed; there is none where the helper alone is asked.
    enum class SstpCall { Alone, BesideIke };
    [[nodiscard]] PendingPtr openSstpStream(SstpCall kind);
    // SSTP beside IKE has won, or nothing but the proxy knows the server: the proxy's addresses are what is called, and
    // the server's own are kept in `direct`.
    void settleOnProxy();
    // Back from there, for the next race.
    void leaveProxy();
    // SSTP did not get through TLS: whether it is to call again, with or without the server's name. The call that
    // failed is still there.
    [[nodiscard]] bool turnNameInTls(const base::Error& error);
    // The server has taken the call.
    void rememberNameInTls();
    void noteSignedIn(const sstp::SignedIn& done);
    // Calls by SSTP over this socket, which is not connected yet, or connected already. An earlier call is dropped.
    [[nodiscard]] base::Result<void> beginSstp(base::UniqueFd socket);
    // Starts SSTP's data path on the device, in place of an earlier one.
    [[nodiscard]] base::Result<void> beginSstpTunnel(ConfiguredTunnel configured);
    // The call ends without a word; nothing of it is heard of any more.
    void leaveSstp();
    // The same, but the server is told, without waiting for its answer.
    void hangUpSstp();
    // Says goodbye to the server without waiting for the answer; nothing of that session is heard of any more.
    void leaveIke();
    // The same, but the session lives on unheard until the server knows: a login in the middle of an exchange can say
    // goodbye only when that is answered.
    void letIkeLeave();
    // Everything of ours but the helper's session goes, at once.
    void dropIkeAndTunnel();
    void readStatistics();

    // What this session has learnt of the server; nothing where it was resumed.
    void noteLearnt(const ike::ServerHint& hint);
    [[nodiscard]] bool usesPsk() const;
    [[nodiscard]] StateName stateName() const;
    // From now on nothing is delivered any more.
    void stop() { m_stopped = true; }
    [[nodiscard]] bool isStopped() const { return m_stopped; }

    Request request;
    Environment environment;
    Listener& listener;
    ReconnectPolicy policy;
    Status status;

    // ---- what has been had so far ----
    std::string username;                       // as it goes to the server
    std::optional<base::SecureBytes> secret;    // kept for reconnecting; wiped with the connection
    std::optional<base::SecureBytes> ppk;       // likewise: the post-quantum pre-shared key
    std::optional<base::SecureBytes> keySecret; // for opening our key, once
    std::vector<crypto::Credential> own;        // our certificates and keys, once they are open
    std::size_t serverIndex = 0;                // into profile.servers
    std::vector<base::IpAddress> serverAddresses;
    std::size_t addressIndex = 0;
    // On SSTP's way to the server. Where SSTP alone is called, serverAddresses are the proxy's; beside IKE these are
    // its own, and serverAddresses the server's.
    std::optional<ProxyWay> proxy;
    std::vector<base::IpAddress> proxyAddresses;
    std::size_t proxyIndex = 0;
    std::optional<base::Error> proxyLost; // there is one, and no way to it
    std::optional<std::vector<base::IpAddress>> direct;
    NameInTls nameInTls;
    CertificateCheck certificates{*this};
    CertificateCheck sstpCertificates{*this};
    std::vector<base::IpAddress> homeAddresses; // of the profile's server, while sent to another one
    std::unique_ptr<HostSession> host;
    std::unique_ptr<IkeDriver> ike;
    std::unique_ptr<datapath::EspTunnel> tunnel;
    std::unique_ptr<datapath::SstpTunnel> sstpTunnel;
    std::unique_ptr<SstpDriver> sstp; // uses the tunnel, so it goes first
    std::optional<sstp::SignedIn> signedIn;
    std::optional<sstp::Up> up; // what PPP handed out last
    std::optional<ike::Established> established;
    std::optional<ike::ChildUp> child;
    std::vector<ike::ChildUp> furtherChildren; // until the tunnel runs
    std::vector<std::uint32_t> goneChildren;
    Agreed agreed;
    std::optional<TunnelPlan> plan;            // that the helper has carried out
    std::optional<std::uint64_t> configuring;  // it is carrying another one out
    base::Endpoint ourEnd;                     // of the outer socket
    std::optional<base::Instant> newSessionBy; // the one in use ends then
    std::unique_ptr<IkeDriver> rival;
    std::unique_ptr<IkeDriver> leaving;
    PendingPtr leavingEnds;
    std::uint16_t rivalPort = 0;
    std::uint16_t streamPort = 0;                        // of the server, while IKE goes over TCP
    unsigned reconnects = 0;                             // attempts since the server was lost
    std::optional<base::Instant> lostAt;                 // since when it is away
    std::optional<Way> way;                              // that IKE knows of
    std::shared_ptr<const ike::ResumptionTicket> ticket; // for the next session
    RedirectTrail redirects;
    std::uint64_t generation = 0;

private:
    [[nodiscard]] base::Result<ike::SessionConfig> sessionConfig(const base::IpAddress& server);
    // Where SSTP's TCP connection goes.
    [[nodiscard]] const base::IpAddress& sstpAddress() const;
    [[nodiscard]] base::Result<std::unique_ptr<IkeDriver>> makeIke(std::unique_ptr<OuterPort> port,
                                                                   ike::Transport transport);
    void networkChanged() override { post(NetworkChanged{}); }
    void wokenUp() override { post(WokenUp{}); }
    void deliver(Event event);
    // What is the same in every state; false: the state is to be told.
    [[nodiscard]] bool takeCertificates(Event& event);
    void enter(StatePtr next);

    StatePtr m_state;
    std::deque<Event> m_queue;
    std::optional<ProxyWay> m_proxyBefore; // the last one, until the next is found
    PendingPtr m_alarm;
    std::uint64_t m_configurations = 0;
    std::shared_ptr<bool> m_isRival; // of the driver made last
    base::Endpoint m_rivalEnd;
    PendingPtr m_grace;
    PendingPtr m_watch;
    bool m_delivering = false;
    bool m_stopped = false;
};

class State {
public:
    explicit State(Machine& machine)
        : m(machine) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    virtual ~State() = default;

    [[nodiscard]] virtual StateName name() const = 0;
    // Both answer the state that comes next, or nothing to stay. What a state does not know it ignores.
    [[nodiscard]] virtual StatePtr enter() { return nullptr; }
    [[nodiscard]] virtual StatePtr handle(Event& event) = 0;

protected:
    Machine& m; // outlives every state
};

} // namespace tern::connection
