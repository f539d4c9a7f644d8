// What the tasks of one session share: the configuration, what was agreed, and the outputs they add to.
#pragma once

#include "core/ike/exchange.h"
#include "core/ike/int_auth.h"
#include "core/ike/keymat.h"
#include "core/ike/mobility.h"
#include "core/ike/proposal.h"
#include "core/ike/session.h"
#include "core/ike/wanted_traffic.h"

#include <functional>
#include <map>
#include <memory>

namespace tern::ike {

struct ChildSa {
    std::uint32_t inboundSpi = 0;
    std::uint32_t outboundSpi = 0;
    ChosenSuite suite;
    std::vector<TrafficSelector> local;
    std::vector<TrafficSelector> remote;
    base::Instant rekeyAt{};                // by us
    base::Instant expiresAt{};              // not used any longer than this
    std::optional<base::Instant> sendBy;    // we made it at the server's wish and still send with the one it replaces
    std::optional<base::Instant> deletedBy; // replaced: if the server has not deleted it by then, we do
    std::uint32_t replaces = 0;             // our SPI of that one
    unsigned refusals = 0;                  // of replacing it, in a row
    bool leaving = false;                   // replaced or being deleted: not to be rekeyed again
    bool weDelete = false;                  // our DELETE is out
};

// One IKE SA: its exchanges and its keys. A session has one, and for a moment others while one replaces another.
struct IkeSa {
    IkeSa(const Timers& timers, base::RandomSource& random)
        : exchanges(timers, random) {}
    ExchangeManager exchanges;
    IkeKeys keys;
    ChosenSuite suite;
    PostQuantumSecrets postQuantum; // what the keys come from
    base::Instant rekeyAt{};        // by us
    base::Instant expiresAt{};      // not used any longer than this
    unsigned refusals = 0;          // of replacing it, in a row
};

// An IKE SA beside the one in use: replaced, or made in a collision and not wanted. It answers, and ends with a DELETE
// of either side or when its time is over.
struct LeavingIkeSa {
    std::unique_ptr<IkeSa> sa;
    base::Instant until;
};

// A new IKE SA, and what decides between two that were made at the same time (RFC 7296 §2.8.2).
struct NewIkeSa {
    std::unique_ptr<IkeSa> sa;
    base::Bytes lowestNonce;
};

// Additional key exchanges that the server's CREATE_CHILD_SA waits for, see follow_up.h.
struct TheirFollowUp {
    base::Bytes link;
    std::vector<GroupId> groups;
    std::size_t round = 0;
    base::SecureBytes secrets;
    base::Instant until{};
    bool forIkeSa = false;
    std::function<bool(base::ByteView secrets)> finish;
};

struct Context {
    Context(SessionConfig sessionConfig, base::RandomSource& source)
        : config(std::move(sessionConfig))
        , random(source)
        , sa(std::make_unique<IkeSa>(config.timers, source)) {}

    SessionConfig config;
    base::RandomSource& random;
    base::Instant now{};
    std::unique_ptr<IkeSa> sa;
    std::vector<LeavingIkeSa> leaving;
    NewIkeSa ourNext;   // of the exchange that has just ended
    NewIkeSa theirNext; // made while ours is under way; which of the two stays is decided when ours has ended

    // From IKE_SA_INIT, for the AUTH octets.
    base::Bytes initRequest;
    base::Bytes initResponse;
    base::Bytes initiatorNonce;
    base::Bytes responderNonce;
    bool behindNat = false; // our end
    std::vector<std::uint16_t>
        peerHashes;                      // the server's SIGNATURE_HASH_ALGORITHMS (RFC 7427 §4); empty: none announced
    base::Bytes certificateRequest;      // the authorities of the server's CERTREQ payloads, 20 octets each
    bool multipleAuthentication = false; // the server announced RFC 4739
    IntAuth intAuth;                     // the IKE_INTERMEDIATE exchanges, for the AUTH octets

    // The post-quantum pre-shared key (RFC 8784), see proof.h.
    bool ppkAgreed = false;         // both ends can, said IKE_SA_INIT
    std::optional<PpkKeys> ppkKeys; // while IKE_AUTH goes on
    bool ppkAccepted = false;       // the server has used it
    Mobility mobility;
    std::shared_ptr<const ResumptionTicket> resuming; // while a session is being resumed with it
    bool serverGivesTickets = false;
    Spi ticketAskedFor = 0; // our SPI of the IKE SA a ticket was last asked for

    // From IKE_AUTH.
    std::size_t ownCredential = 0; // which of CertificateAuthentication's is used
    Identity localIdentity;
    Identity peerIdentity;
    std::vector<base::Bytes> peerChain;
    ServerHint learnt;
    std::optional<RedirectTarget> redirectedTo; // by a server that has proven itself, in IKE_AUTH
    bool certificatesAwaitCheck = false;        // just put out: what follows is held back
    bool authenticated = false;                 // both ends
    ServerConfiguration serverConfiguration;
    std::optional<TheirFollowUp> theirFollowUp;
    std::map<std::uint32_t, ChildSa> children;   // by our SPI
    WantedTraffic wanted;                        // and not carried by any child yet
    std::optional<base::Error> childError;       // why there is no child, or one less than there should be
    std::optional<AgreedSuites> announced;       // with Established, or since
    ChosenSuite childSuite;                      // of the CHILD_SA made last
    std::vector<std::uint32_t> childrenToDelete; // by us, in the next free exchange
    bool serverWithoutPfs = false;               // it made a child without a key exchange where it could have had one
    std::map<std::uint32_t, base::Instant> closedChildren; // our SPI; when its keys go
    bool childlessAllowed = false;                         // by the server (RFC 6023)
    std::optional<base::Instant> loginEnds;                // by the server's AUTH_LIFETIME (RFC 4478)
    std::optional<base::Instant> replaceLoginAt;           // when to ask for a new session because of it
    bool newSessionAsked = false;
    bool peerHasClosed = false; // it reported a fatal error: nothing more needs to be said to it

    std::vector<Output> outputs;

    [[nodiscard]] base::Bytes randomBytes(std::size_t count) const;
    // An SPI for a CHILD_SA, above the reserved range (RFC 4303 §2.1) and not in use.
    [[nodiscard]] std::uint32_t newChildSpi() const;
    [[nodiscard]] Spi newIkeSpi() const;
    void emit(Output output) { outputs.push_back(std::move(output)); }
    // With the first child, once.
    void announceEstablished(const ChosenSuite& ofChild);
    // After an SA was replaced: says so when the suites are others now.
    void announceSuites();
    // Remembers a child and announces its keys. sendNow as in ChildUp.
    void addChild(ChildSa child, crypto::SaPair keys, std::uint32_t replaces, bool sendNow = true);
    // Closes it; its inbound keys go a little later.
    void removeChild(std::uint32_t inboundSpi);
    // From now on packets go out with this child.
    void sendWith(ChildSa& child);
    // Says so, once.
    void needNewSession(base::Instant until);
    // When the SA is to be replaced by us, and when it is over.
    void startLifetime(IkeSa& started);
    // Up to a tenth earlier, so that many clients of one server do not come at once (RFC 7296 §2.8).
    [[nodiscard]] base::Duration jittered(base::Duration lifetime) const;
    // Pauses after the server's refusals, longer each time.
    [[nodiscard]] base::Duration backOff(unsigned refusals) const;

private:
    [[nodiscard]] AgreedSuites agreedSuites() const;
};

constexpr std::size_t ourNonceSize = 32;
// What the server should delete and does not, we delete.
constexpr base::Duration longestWaitForDelete = std::chrono::seconds(60);

// What a proposal's SPI field holds for ESP; nothing unless it is four octets and not reserved.
[[nodiscard]] std::optional<std::uint32_t> espSpi(base::ByteView field);

} // namespace tern::ike
