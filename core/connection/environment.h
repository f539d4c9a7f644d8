// What a connection needs of the world around it. The program gives real ones (D-Bus, sockets, the clock); tests give
// their own. Everything is used from one thread, and no callback comes before the call that takes it has returned.
#pragma once

#include "core/base/error.h"
#include "core/base/ip.h"
#include "core/base/random.h"
#include "core/base/secure_bytes.h"
#include "core/base/time.h"
#include "core/base/unique_fd.h"
#include "core/connection/revocation.h"
#include "core/connection/tunnel_plan.h"
#include "core/crypto/tls_client.h"
#include "core/crypto/trust.h"
#include "core/datapath/esp_tunnel.h"
#include "core/datapath/network_watch.h"
#include "core/datapath/sstp_tunnel.h"
#include "core/ike/session.h"
#include "core/profile/profile.h"
#include "core/sstp/session.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tern::connection {

// Something under way. Destroying it cancels it: its callback will not come any more. It may be destroyed from inside
// its own callback.
class Pending {
public:
    Pending() = default;
    Pending(const Pending&) = delete;
    Pending& operator=(const Pending&) = delete;
    virtual ~Pending() = default;
};
using PendingPtr = std::unique_ptr<Pending>;

// Time and readiness.
class Reactor {
public:
    Reactor() = default;
    Reactor(const Reactor&) = delete;
    Reactor& operator=(const Reactor&) = delete;
    virtual ~Reactor() = default;

    [[nodiscard]] virtual base::Instant now() const = 0;
    [[nodiscard]] virtual base::UnixSeconds wallClock() const = 0;
    // Once, at that moment or as soon as possible after it.
    [[nodiscard]] virtual PendingPtr at(base::Instant when, std::function<void()> due) = 0;
    // Each time the descriptor has something to read.
    [[nodiscard]] virtual PendingPtr whenReadable(int fd, std::function<void()> readable) = 0;
    // Each time it takes output; level-triggered, so only while there is some.
    [[nodiscard]] virtual PendingPtr whenWritable(int fd, std::function<void()> writable) = 0;
};

class Resolver {
public:
    Resolver() = default;
    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;
    virtual ~Resolver() = default;

    using Done = std::function<void(base::Result<std::vector<base::IpAddress>>)>;
    // At least one address, or tern.engine.{name-not-found,resolver-failed}.
    [[nodiscard]] virtual PendingPtr resolve(const std::string& name, Done done) = 0;
};

struct ConfiguredTunnel {
    base::UniqueFd tun;
    std::string interface;
};

// What the helper holds for us: routes, DNS, firewall, the TUN. Destroying it takes all of that back without waiting.
class HostSession {
public:
    HostSession() = default;
    HostSession(const HostSession&) = delete;
    HostSession& operator=(const HostSession&) = delete;
    virtual ~HostSession() = default;

    // A UDP socket that alone may talk to `server`, ports 500 and 4500, outside the tunnel.
    virtual void openSocket(const base::IpAddress& server, std::function<void(base::Result<base::UniqueFd>)> done) = 0;
    // A TCP socket, not connected, that alone may talk to that port of the server outside the tunnel.
    virtual void openStream(const base::IpAddress& server, std::uint16_t port,
                            std::function<void(base::Result<base::UniqueFd>)> done) = 0;
    // All of it or nothing; a second call replaces the first and answers the same device.
    virtual void configure(const TunnelPlan& plan, std::function<void(base::Result<ConfiguredTunnel>)> done) = 0;
    // done: the host's network is as it was, or the helper did not answer in time.
    virtual void close(std::function<void()> done) = 0;
    // The helper ended the session by itself.
    virtual void onLost(std::function<void(base::Error)> lost) = 0;
};

class HostAccess {
public:
    HostAccess() = default;
    HostAccess(const HostAccess&) = delete;
    HostAccess& operator=(const HostAccess&) = delete;
    virtual ~HostAccess() = default;

    using Opened = std::function<void(base::Result<std::unique_ptr<HostSession>>)>;
    // Cannot be cancelled: a session that nobody wants any more is destroyed by the callback.
    virtual void openSession(Opened opened) = 0;
};

struct Credentials {
    std::string username; // empty: as it was
    base::SecureBytes secret;
};

struct Question {
    ike::Prompt::Kind kind = ike::Prompt::Kind::Password;
    std::string server;
    std::string username;
    std::string text; // from the server, untrusted; of a PIN the token's name, of a pass phrase the file
    bool retry = false;
    bool ofProxy = false;        // Credentials for the proxy that `server` names
    bool lastTry = false;        // of a PIN: another mistake locks the token
    bool besidePassword = false; // of a Psk: the connection has a password too (L2TP)
};

// The keyring, or the person.
class CredentialSource {
public:
    CredentialSource() = default;
    CredentialSource(const CredentialSource&) = delete;
    CredentialSource& operator=(const CredentialSource&) = delete;
    virtual ~CredentialSource() = default;

    // Error: nobody can be asked (tern.engine.password-needed). Nothing: the person said no.
    using Answered = std::function<void(base::Result<std::optional<Credentials>>)>;
    [[nodiscard]] virtual PendingPtr ask(const Question& question, Answered answered) = 0;
};

// The outer socket, UDP or a TCP stream, while no tunnel owns it.
class OuterPort {
public:
    OuterPort() = default;
    OuterPort(const OuterPort&) = delete;
    OuterPort& operator=(const OuterPort&) = delete;
    virtual ~OuterPort() = default;

    [[nodiscard]] virtual base::IpAddress localAddress() const = 0;
    [[nodiscard]] virtual std::uint16_t localPort() const = 0;
    [[nodiscard]] virtual int fd() const = 0;
    [[nodiscard]] virtual base::Result<void> send(const ike::SendDatagram& datagram) = 0;
    // The next IKE message from the server, without the non-ESP marker; empty when there is none waiting.
    [[nodiscard]] virtual base::Bytes receive() = 0;
    // What the system knows of the largest packet that gets to the server; 0: nothing.
    [[nodiscard]] virtual unsigned pathMtu() const { return 0; }
    // Of a stream: flush() is to be called when fd() takes output.
    [[nodiscard]] virtual bool wantsWrite() const { return false; }
    virtual void flush() {}
    // Of a stream: why it is over.
    [[nodiscard]] virtual std::optional<base::Error> failure() const { return std::nullopt; }
    // For the tunnel; the port is of no use afterwards.
    [[nodiscard]] virtual datapath::OuterSocket release() = 0;
};

// A TCP connection to the server, being made or made already, by whatever way: SSTP's, while no tunnel owns it.
class ByteStream {
public:
    ByteStream() = default;
    ByteStream(const ByteStream&) = delete;
    ByteStream& operator=(const ByteStream&) = delete;
    virtual ~ByteStream() = default;

    [[nodiscard]] virtual int fd() const = 0;
    [[nodiscard]] virtual base::IpAddress localAddress() const = 0;
    // Whether it stands; looks again each time, when fd() takes output. Fails with tern.sstp.connect.*.
    [[nodiscard]] virtual base::Result<bool> isConnected() = 0;
    // Octets received or taken; 0: none for now. Fail with tern.sstp.cut when it is over.
    [[nodiscard]] virtual base::Result<std::size_t> receive(base::MutableByteView out) = 0;
    [[nodiscard]] virtual base::Result<std::size_t> send(base::ByteView octets) = 0;
    // For the tunnel; the stream is of no use afterwards.
    [[nodiscard]] virtual base::UniqueFd release() = 0;
};

// Makes the parts of a connection.
class Parts {
public:
    Parts() = default;
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;
    virtual ~Parts() = default;

    [[nodiscard]] virtual base::Result<std::unique_ptr<OuterPort>> openPort(base::UniqueFd socket,
                                                                            const base::IpAddress& server) = 0;
    // The same over TCP (RFC 9329); the connection is being made when this returns.
    [[nodiscard]] virtual base::Result<std::unique_ptr<OuterPort>> openStream(base::UniqueFd socket,
                                                                              const base::Endpoint& server) = 0;
    // From where UDP led nowhere the last time and TCP did: then TCP need not wait for UDP's silence.
    [[nodiscard]] virtual bool prefersStream(const base::IpAddress& local, const base::IpAddress& server) const = 0;
    virtual void noteStream(const base::IpAddress& local, const base::IpAddress& server, bool preferred) = 0;
    // The same of SSTP, where the profile leaves the choice.
    [[nodiscard]] virtual bool prefersSstp(const base::IpAddress& local, const base::IpAddress& server) const = 0;
    virtual void noteSstp(const base::IpAddress& local, const base::IpAddress& server, bool preferred) = 0;
    // What sessions with this server have learnt; after one that failed it is forgotten.
    [[nodiscard]] virtual ike::ServerHint hintFor(const base::IpAddress& server) const = 0;
    virtual void noteHint(const base::IpAddress& server, const ike::ServerHint& hint) = 0;
    [[nodiscard]] virtual base::Result<std::unique_ptr<ike::Session>> createSession(ike::SessionConfig config) = 0;
    [[nodiscard]] virtual base::Result<std::unique_ptr<datapath::EspTunnel>>
    startTunnel(datapath::EspTunnelConfig config) = 0;
    // SSTP's: over a socket that is not connected yet, or that somebody has connected by a way of their own.
    [[nodiscard]] virtual base::Result<std::unique_ptr<ByteStream>> openBytes(base::UniqueFd socket,
                                                                              const base::Endpoint& server) = 0;
    [[nodiscard]] virtual base::Result<std::unique_ptr<crypto::TlsClient>>
    createTls(crypto::TlsClientConfig config) = 0;
    [[nodiscard]] virtual base::Result<std::unique_ptr<sstp::Session>> createSstp(sstp::SessionConfig config) = 0;
    [[nodiscard]] virtual base::Result<std::unique_ptr<datapath::SstpTunnel>>
    startSstpTunnel(datapath::SstpTunnelConfig config) = 0;
    // Whom to trust for this profile: its own authorities when it names any, else the system's.
    [[nodiscard]] virtual base::Result<std::shared_ptr<const crypto::TrustStore>>
    trustFor(const profile::Profile& profile) = 0;
    // Our certificate and key, at least one of each: see connection::openOwnCertificate().
    [[nodiscard]] virtual base::Result<std::vector<crypto::Credential>>
    openOwnCertificate(const profile::Profile& profile, const std::optional<base::SecureBytes>& secret) = 0;
};

// Is told what happens around.
class SurroundingsWatcher {
public:
    SurroundingsWatcher() = default;
    SurroundingsWatcher(const SurroundingsWatcher&) = delete;
    SurroundingsWatcher& operator=(const SurroundingsWatcher&) = delete;
    virtual ~SurroundingsWatcher() = default;
    // Links, addresses or routes: routeTo() may answer something else now.
    virtual void networkChanged() = 0;
    // The machine has slept.
    virtual void wokenUp() = 0;
};

// Networks come and go, the machine sleeps.
class Surroundings {
public:
    Surroundings() = default;
    Surroundings(const Surroundings&) = delete;
    Surroundings& operator=(const Surroundings&) = delete;
    virtual ~Surroundings() = default;

    // From now on routeTo() answers for packets marked like this socket's.
    virtual void useMarkOf(int socket) = 0;
    // The way outside the tunnel; nothing when there is no network that leads there.
    [[nodiscard]] virtual std::optional<datapath::OuterRoute> routeTo(const base::IpAddress& server) = 0;
    // Until the answer is destroyed. The watcher is borrowed.
    [[nodiscard]] virtual PendingPtr watch(SurroundingsWatcher& watcher) = 0;
};

// A proxy between us and the server.
struct ProxyWay {
    std::string text; // as a person writes it
    std::string host; // a name or an address
    std::uint16_t port = 0;
    bool socks = false;               // SOCKS5, else HTTP CONNECT
    std::optional<Credentials> login; // that was written into its address
};

// SSTP's way through proxies.
class Proxies {
public:
    Proxies() = default;
    Proxies(const Proxies&) = delete;
    Proxies& operator=(const Proxies&) = delete;
    virtual ~Proxies() = default;

    // Gives an unconnected TCP socket that may talk to the proxy.
    using Socket = std::function<void(std::function<void(base::Result<base::UniqueFd>)>)>;
    using Found = std::function<void(base::Result<std::optional<ProxyWay>>)>;
    // The proxy that leads to the server by the profile's setting or the system's, or nothing; or tern.proxy.address.
    // What the system says may take as long as name servers do: who asks sets a limit.
    [[nodiscard]] virtual PendingPtr find(const profile::Profile& profile, const std::string& server,
                                          std::uint16_t port, Found found) = 0;
    // Through the proxy, by this address of it, to the server. Answers the connected socket, or tern.proxy.*.
    [[nodiscard]] virtual PendingPtr dial(const ProxyWay& proxy, const base::IpAddress& address,
                                          const std::string& server, std::uint16_t port, Socket socket,
                                          std::function<void(base::Result<base::UniqueFd>)> done) = 0;
};

// All borrowed; they outlive the connection.
struct Environment {
    Reactor& reactor;
    Resolver& resolver;
    HostAccess& host;
    CredentialSource& credentials;
    Parts& parts;
    base::RandomSource& random; // for the jitter between attempts
    Surroundings& surroundings;
    RevocationChecker* revocation = nullptr; // without one nothing can be looked up
    Proxies* proxies = nullptr;              // without one every server is called directly
};

} // namespace tern::connection
