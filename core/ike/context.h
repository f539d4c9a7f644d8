// What the tasks of one session share: the configuration, what was agreed, and the outputs they add to.
#pragma once

#include "core/ike/exchange.h"
#include "core/ike/int_auth.h"
#include "core/ike/keymat.h"
#include "core/ike/proposal.h"
#include "core/ike/session.h"
#include "core/ike/wanted_traffic.h"

#include <map>
#include <memory>

namespace tern::ike {

struct ChildSa {
    std::uint32_t inboundSpi = 0;
    std::uint32_t outboundSpi = 0;
    ChosenSuite suite;
    std::vector<TrafficSelector> local;
    std::vector<TrafficSelector> remote;
    base::Instant rekeyAt{}; // by us
    bool leaving = false;    // replaced or being deleted: not to be rekeyed again
};

// One IKE SA: its exchanges and its keys. A session has one, and for a moment two while one replaces the other.
struct IkeSa {
    IkeSa(const Timers& timers, base::RandomSource& random)
        : exchanges(timers, random) {}
    ExchangeManager exchanges;
    IkeKeys keys;
    ChosenSuite suite;
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
    std::unique_ptr<IkeSa> retired; // replaced, waiting for the server's DELETE
    base::Instant retiredUntil{};

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

    // From IKE_AUTH.
    std::size_t ownCredential = 0; // which of CertificateAuthentication's is used
    Identity localIdentity;
    Identity peerIdentity;
    std::vector<base::Bytes> peerChain;
    bool authenticated = false; // both ends
    ServerConfiguration serverConfiguration;
    std::map<std::uint32_t, ChildSa> children;   // by our SPI
    WantedTraffic wanted;                        // and not carried by any child yet
    std::optional<base::Error> childError;       // why there is no child, or one less than there should be
    bool announced = false;                      // Established
    std::vector<std::uint32_t> childrenToDelete; // by us, in the next free exchange
    bool serverWithoutPfs = false;               // it made a child without a key exchange where it could have had one
    bool peerHasClosed = false;                  // it reported a fatal error: nothing more needs to be said to it

    std::vector<Output> outputs;

    [[nodiscard]] base::Bytes randomBytes(std::size_t count) const;
    // An SPI for a CHILD_SA, above the reserved range (RFC 4303 §2.1) and not in use.
    [[nodiscard]] std::uint32_t newChildSpi() const;
    [[nodiscard]] Spi newIkeSpi() const;
    void emit(Output output) { outputs.push_back(std::move(output)); }
    // With the first child, once.
    void announceEstablished(const ChosenSuite& childSuite);
    // Remembers a child and announces its keys.
    void addChild(ChildSa child, crypto::SaPair keys, std::uint32_t replaces);
    void removeChild(std::uint32_t inboundSpi);
};

constexpr std::size_t ourNonceSize = 32;

// What a proposal's SPI field holds for ESP; nothing unless it is four octets and not reserved.
[[nodiscard]] std::optional<std::uint32_t> espSpi(base::ByteView field);

} // namespace tern::ike
