// An IKEv2 initiator without I/O (RFC 7296): datagrams, answers and the time go in; outputs come out.
//
// Usage: create(), start(), then feed receive(), timeout() when deadline() has passed, and answer() to prompts;
// after every call take the outputs, in order. After Closed nothing more happens. No socket, clock, thread or random
// source inside; one Session is used from one thread.
#pragma once

#include "core/base/error.h"
#include "core/base/ip.h"
#include "core/base/random.h"
#include "core/base/secure_bytes.h"
#include "core/base/time.h"
#include "core/base/traffic_selector.h"
#include "core/crypto/credential.h"
#include "core/crypto/sa_keys.h"
#include "core/crypto/signature.h"
#include "core/crypto/trust.h"
#include "core/eap/settings.h"
#include "core/ike/algorithms.h"

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tern::ike {

// ID payload types, RFC 7296 §3.5.
enum class IdType : std::uint8_t { Ipv4 = 1, Fqdn = 2, Rfc822 = 3, Ipv6 = 5, DerAsn1Dn = 9, KeyId = 11 };

struct Identity {
    IdType type = IdType::Fqdn;
    base::Bytes data;
    // An address, user@host, or else a host name.
    [[nodiscard]] static Identity fromText(std::string_view text);
    [[nodiscard]] std::string text() const;
    friend bool operator==(const Identity&, const Identity&) = default;
};

// Pre-shared key, both sides (RFC 7296 §2.15). Without a key, a prompt of kind Psk is raised.
struct PskAuthentication {
    std::optional<base::SecureBytes> key;
};
// EAP for us, a certificate for the server, which is verified before the first EAP answer that depends on a password
// (RFC 7296 §2.16). Without a password, a prompt of kind Password is raised after the server is verified.
struct EapAuthentication {
    std::string username; // as typed, DOMAIN\user included
    std::optional<base::SecureBytes> password;
    eap::Settings settings = {}; // the methods; its outer identity, if any, is what the server reads first
};
// A certificate of ours, and one for the server (RFC 7296 §2.15). With `then`, EAP follows (RFC 4739): a server that
// does not announce multiple authentication is told nothing.
struct CertificateAuthentication {
    std::vector<crypto::Credential> credentials; // at least one; the server's CERTREQ chooses among several
    crypto::RsaSignature rsa = crypto::RsaSignature::Pkcs1;
    std::optional<EapAuthentication> then;
};
using Authentication = std::variant<PskAuthentication, EapAuthentication, CertificateAuthentication>;

// UDP, or a TCP stream (RFC 9329) that somebody else opens, begins with "IKETCP" and cuts into frames.
enum class Transport { Udp, Tcp };
// A post-quantum pre-shared key beside the authentication (PPK, RFC 8784). Without a secret, a prompt of kind Ppk is
// raised.
struct Ppk {
    std::string id; // what both ends call it
    std::optional<base::SecureBytes> secret;
    bool required = false; // no connection with a server that does without
};

struct Timers {
    base::Duration retransmitFirst = std::chrono::milliseconds(500);
    double retransmitFactor = 1.8;
    unsigned retransmitTries = 7;                           // sends of one request, the first included
    base::Duration connectLimit = std::chrono::seconds(30); // silence while connecting; a waiting prompt does not count
    base::Duration secondFactorWait = std::chrono::seconds(120);
    base::Duration deadPeerIdle = std::chrono::seconds(30); // silence before a liveness check
    base::Duration childLifetime = std::chrono::hours(3);   // then we replace a CHILD_SA, if the server has not
    base::Duration ikeLifetime = std::chrono::hours(4);    // then we replace the IKE SA; before the eight hours of many
    base::Duration inboundGrace = std::chrono::seconds(5); // keys of a closed child are kept for what is on its way
    // Where an answer is awaited urgently: after a change of addresses and after a sleep.
    base::Duration urgentFirst = std::chrono::milliseconds(200);
    base::Duration urgentLimit = std::chrono::seconds(5);
    base::Duration natKeepAlive = std::chrono::seconds(20); // emitted as SendDatagram of one 0xFF octet
    bool stream = false; // nothing is repeated, cut or kept alive: TCP sees to that; set by Transport::Tcp
    base::Duration certificateCheckLimit = std::chrono::seconds(15); // until certificatesChecked(); then it is refused
};

// What an earlier session with the same server has learnt. It saves a round trip and a search for the right one among
// many authorities; nothing depends on its being right.
struct ServerHint {
    std::uint16_t group = 0; // of the key exchange that the server took (Transform Type 4); 0: not known
    base::Bytes authority;   // crypto::authorityHash() of what its certificate hung on; empty: not known
    [[nodiscard]] bool isEmpty() const { return group == 0 && authority.empty(); }
    friend bool operator==(const ServerHint&, const ServerHint&) = default;
};

// Keeps what RFC 5723 needs to resume a session; see ike_resume.h. In memory only.
struct ResumptionTicket;

struct SessionConfig {
    base::IpAddress localAddress; // of the outer socket, for NAT detection
    std::uint16_t localPort = 0;
    base::IpAddress serverAddress;
    std::string serverName;                 // what the user dialled: a name or an address; the certificate must match
    std::optional<Identity> localIdentity;  // default: EAP user name, certificate's subject, address with PSK
    std::optional<Identity> remoteIdentity; // sent as IDr and required when set
    Authentication authentication = EapAuthentication{};
    std::shared_ptr<const crypto::TrustStore> trust; // required unless PSK
    base::UnixSeconds wallClock{};                   // for certificate dates
    Transport transport = Transport::Udp;
    // Networks behind the server as the profile has them: asked for in CHILD_SAs of their own where the server does not
    // take everything in one.
    std::vector<base::IpPrefix> remoteSubnets;
    std::string certificateName;   // the name the certificate must hold; empty: of remoteIdentity, else serverName
    std::vector<base::Bytes> pins; // as crypto::TrustStore::Expectation has them
    // With Awaited nothing follows on the server's certificates until certificatesChecked() was called.
    enum class CertificateCheck { None, Awaited };
    CertificateCheck certificateCheck = CertificateCheck::None;
    bool requestIpv4 = true;
    bool requestIpv6 = true;
    // Only after an SA with this server was lost without a goodbye: it may forget that one (RFC 7296 §2.4).
    bool initialContact = false;
    // Everything goes to port 4500, IKE_SA_INIT too: for a session on the socket of another one.
    bool natTraversalPortOnly = false;
    std::vector<base::IpAddress> previousAddresses; // inside; asked for again, the server decides
    // RFC 6023: no CHILD_SA in IKE_AUTH where the server allows that; the first one follows, with PFS.
    bool childless = false;
    Algorithms algorithms;
    std::optional<Ppk> ppk;
    bool mobility = true;                           // MOBIKE, RFC 4555
    std::optional<base::IpAddress> redirectedFrom;  // by this server (RFC 5685)
    bool requestTicket = true;                      // RFC 5723
    std::shared_ptr<const ResumptionTicket> ticket; // tried first; without one, and if refused, the whole exchange
    ServerHint hint;
    Timers timers;
};

// ---- what comes out ----

struct SendDatagram {
    bool natTraversalPort = false; // to port 4500, the non-ESP marker already in front (RFC 3948 §2.2); else to 500
    base::Bytes payload;
    bool whole = false; // not to be fragmented on the way: it is to find out what passes
};
// Confirming: the server has been silent for a while behind an answer of ours: it probably waits for a second factor on
// another device.
enum class Stage { Contacting, Verifying, Authenticating, Confirming, Configuring };
struct Progress {
    Stage stage;
};
struct Prompt {
    // PassPhrase and Pin, of our own key, are never raised by a session: whoever opens the key asks with them. Most of
    // the others are as eap::Prompt has them.
    enum class Kind { Password, Credentials, Psk, Code, NewPassword, PassPhrase, Pin, Message, Ppk };
    Kind kind;
    std::string text; // from the server, untrusted; the id of a PPK
    bool retry = false;
};
using base::TrafficSelector; // RFC 7296 §3.13.1
// What the server handed out in its configuration payload (RFC 7296 §3.15).
struct ServerConfiguration {
    std::vector<base::IpPrefix> addresses;
    std::vector<base::IpAddress> dns;
    std::vector<base::IpAddress> nbns;
    std::vector<std::string> domains; // RFC 8598 INTERNAL_DNS_DOMAIN and the comma-separated form
    std::vector<base::IpPrefix> subnets;
    std::vector<base::IpAddress> servers; // INTERNAL_IP4_SERVER, INTERNAL_IP6_SERVER of Windows (MS-IKEE)
    std::string banner;
};
// What the server has proven itself with, or tried to: once for each proof, before anything that follows from it. All
// of it comes from the server. When `refusal` is set, Closed follows with the same error.
struct ServerCertificates {
    std::vector<base::Bytes> sent;          // DER, leaf first, then in the server's order
    std::vector<base::Bytes> chain;         // as verified: leaf first, the trusted certificate last; empty when refused
    std::string expectedName;               // that the leaf must hold
    std::vector<base::Bytes> ocspResponses; // DER, RFC 4806
    std::vector<base::Bytes> crls;          // DER
    std::optional<base::Error> refusal;
    bool awaitsCheck = false; // certificatesChecked() is waited for
};
// What the IKE SA and the CHILD_SA made last are protected by, for people.
struct AgreedSuites {
    std::string ikeSuite; // "AES-256-GCM / PRF-HMAC-SHA2-256 / ECP-256"
    std::string espSuite;
    std::string weakAlgorithms; // those of both that are for the legacy opt-in only, "3DES, SHA-1"; empty without
    std::string postQuantum;    // see postQuantumText(): "ML-KEM-768 + PPK"; empty without
    friend bool operator==(const AgreedSuites&, const AgreedSuites&) = default;
};
struct Established : AgreedSuites {
    ServerConfiguration configuration;
    Identity peer;
    std::vector<base::Bytes> peerChain; // DER, leaf first; empty with PSK
    ServerHint learnt;                  // for the next session; empty of one that was resumed
};
// Replacing an SA has led to others than before.
struct SuitesChanged : AgreedSuites {};
// New keys: open with inbound at once, and send with outbound, at once too unless sending waits for a ChildSend: the
// server has not shown yet that it has the keys (RFC 7296 §2.8). replaces: our SPI of the child this one replaces, or
// 0.
struct ChildUp {
    crypto::SaPair keys;
    std::vector<TrafficSelector> local;
    std::vector<TrafficSelector> remote;
    std::uint32_t replaces = 0;
    bool sendNow = true;
};
// Send with the outbound keys of this child (our SPI) from now on.
struct ChildSend {
    std::uint32_t inboundSpi = 0;
};
// The server does not carry these networks; everything else works.
struct ChildRefused {
    std::vector<TrafficSelector> remote;
    base::Error error;
};
// The answer to probePath(): whether a datagram of that size arrives whole.
struct PathProbed {
    std::size_t size = 0;
    bool passed = false;
};
// Stop opening packets of this SPI (ours).
struct ChildDown {
    std::uint32_t inboundSpi = 0;
};
// This session ends at `until`, or earlier, and only a new one can follow: the server limits the time since the login
// (RFC 4478), or will not replace the IKE SA. Once for each such limit.
struct ReauthenticationDue {
    base::Instant until;
};
// The server has answered since the last addressChanged() or resumed(), and knows where we are now.
struct PathConfirmed {};
// The server has been silent for some time, though it may still answer: another address of it is worth a try.
struct PathDead {};
// The server does not want our SAs at the addresses of the last addressChanged(); it still has them at the former ones.
struct PathRefused {};
// Go to another server (RFC 5685). Unless authenticated, anyone who sees our packets may have said so; then, and in
// IKE_AUTH, Closed with tern.ike.redirected follows. Later the session stays until it is closed.
struct RedirectTarget {
    std::optional<base::IpAddress> address;
    std::string name; // without an address: a host name, by its characters
    [[nodiscard]] std::string text() const;
    friend bool operator==(const RedirectTarget&, const RedirectTarget&) = default;
};
struct Redirected {
    RedirectTarget target;
    bool authenticated = false;
};
// For SessionConfig::ticket of a later session with the same server. A later one replaces it.
struct TicketIssued {
    std::shared_ptr<const ResumptionTicket> ticket;
};
// The end; error is empty after a close() of ours.
struct Closed {
    std::optional<base::Error> error;
};
using Output = std::variant<SendDatagram, Progress, Prompt, ServerCertificates, Established, SuitesChanged, ChildUp,
                            ChildSend, ChildDown, ChildRefused, PathProbed, PathConfirmed, PathDead, PathRefused,
                            Redirected, TicketIssued, ReauthenticationDue, Closed>;

class Session {
public:
    // Fails for a configuration that cannot work (no trust store with EAP, say). `random` must outlive the session.
    [[nodiscard]] static base::Result<std::unique_ptr<Session>> create(SessionConfig config,
                                                                       base::RandomSource& random);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    virtual ~Session() = default;

    virtual void start(base::Instant now) = 0;
    // One UDP payload from the server, without the non-ESP marker. Anything not of this session is ignored.
    virtual void receive(base::Instant now, base::ByteView datagram) = 0;
    // An ESP packet was opened: the peer is alive (RFC 7296 §2.4).
    virtual void sawTraffic(base::Instant now) = 0;
    virtual void timeout(base::Instant now) = 0;
    virtual void answer(base::Instant now, std::string username, base::SecureBytes secret) = 0;
    // The answer to ServerCertificates that await it: nothing is wrong with them, or what is.
    virtual void certificatesChecked(base::Instant now, std::optional<base::Error> refusal) = 0;
    // Replaces the keys soon: the data path is running out of sequence numbers (RFC 4303 §3.3.3), or somebody wants it.
    enum class Keys { Children, IkeSa };
    virtual void replaceKeys(base::Instant now, Keys which = Keys::Children) = 0;
    // Tries whether a UDP payload of this size arrives whole, by an exchange that goes on empty when it does not.
    // PathProbed follows, or nothing where fragments are not agreed on or the session is not up.
    virtual void probePath(base::Instant now, std::size_t size) = 0;
    // Over TCP: a new stream is there. What was not answered is sent again, or else a sign of life, by which the server
    // knows the stream (RFC 9329 §6).
    virtual void streamReopened(base::Instant now) = 0;
    // Our address, or the server's, or only the way between them is another now, and datagrams go there already. With
    // MOBIKE the SAs move (RFC 4555); without it, the server is asked whether it is still there. Answered by
    // PathConfirmed, PathRefused, or Closed.
    struct Path {
        base::IpAddress local;
        std::uint16_t localPort = 0;
        base::IpAddress server;
    };
    virtual void addressChanged(base::Instant now, const Path& path) = 0;
    // The machine has slept, or something else makes it doubtful that the server is still there: it is asked at once.
    // PathConfirmed, or Closed after Timers::urgentLimit at most.
    virtual void resumed(base::Instant now) = 0;
    // Once established: both ends have MOBIKE.
    [[nodiscard]] virtual bool canMove() const = 0;
    // Where else the server says it is reached; at most eight, unverified until one has answered.
    [[nodiscard]] virtual std::vector<base::IpAddress> furtherServerAddresses() const = 0;
    // Sends DELETE and closes when it is acknowledged, or after at most two seconds.
    virtual void close(base::Instant now) = 0;

    [[nodiscard]] virtual std::optional<base::Instant> deadline() const = 0;
    [[nodiscard]] virtual std::vector<Output> takeOutputs() = 0;

protected:
    Session() = default;
};

} // namespace tern::ike
