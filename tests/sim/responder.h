// An IKEv2 responder for tests: shares payload codec and ciphers with core/ike, decides for itself. It keeps to the
// RFCs unless its configuration tells it to misbehave, and remembers what it saw.
#pragma once

#include "core/base/time.h"
#include "core/crypto/diffie_hellman.h"
#include "core/ike/context.h"
#include "core/ike/fragments.h"
#include "core/ike/payloads.h"
#include "core/ike/selectors.h"
#include "tests/sim/credentials.h"
#include "tests/sim/eap_server.h"

#include <deque>
#include <functional>
#include <map>

namespace tern::sim {

// How clients prove themselves by certificate.
struct CertificateClients {
    std::string authorityPem;                         // their certificates lead to one of these
    std::vector<std::uint16_t> hashes = {2, 3, 4, 5}; // announced (RFC 7427); empty: none
    base::Bytes request;                              // CERTREQ in IKE_SA_INIT; none when empty
    bool multiple = true;                             // announces RFC 4739
    bool thenEap = false;                             // EAP has to follow
    const Credentials* second = nullptr;              // the server proves itself once more, as these
    bool secondNever = false;                         // or announces that and does not
};

struct ResponderPpk {
    std::string id;
    std::string secret;
    bool required = false;
};

struct ResponderConfig {
    std::optional<std::string> psk;            // else EAP
    std::optional<CertificateClients> clients; // else EAP
    std::string user = "alice";
    std::string password = "Correct-horse-9";
    const Credentials* credentials = nullptr;
    std::function<std::unique_ptr<EapResponder>(base::RandomSource&)> eapServer; // else EAP-MSCHAPv2
    std::string name = "vpn.example.test";
    std::optional<ike::Identity> identity; // IDr; nothing: the name
    bool cookie = false;
    std::optional<ike::GroupId> onlyGroup;   // asked for by INVALID_KE_PAYLOAD
    bool pfs = false;                        // for children it rekeys
    ike::Algorithms algorithms;              // what it takes beside the defaults
    std::optional<ike::WantedSuite> onlyIke; // and nothing else
    std::optional<ike::WantedSuite> onlyEsp;
    std::optional<bool> extendedNumbers; // only with them, only without; nothing: as the client prefers
    std::optional<ResponderPpk> ppk;
    bool fragments = true;
    std::size_t fragmentSize = 700;
    ike::Selectors narrowTo; // of ours; everything when empty
    // Behind this server, a CHILD_SA for each of them: the first with IKE_AUTH, unless it refuses that one
    // (childError).
    ike::Selectors subnets;
    bool announcesMore = false; // ADDITIONAL_TS_POSSIBLE
    bool singlePair = false;    // SINGLE_PAIR_REQUIRED to anything but one selector each
    std::vector<ike::Attribute> configuration = {{ike::AttributeType::InternalIp4Address, {10, 9, 0, 1}},
                                                 {ike::AttributeType::InternalIp4Dns, {10, 9, 0, 53}}};

    // ---- moving about ----
    base::IpAddress address;                        // where it is first called
    bool mobike = true;                             // RFC 4555
    std::vector<base::IpAddress> furtherAddresses;  // announced
    std::optional<ike::NotifyType> refuseAddresses; // in answer to UPDATE_SA_ADDRESSES
    bool wrongCookie2 = false;
    std::uint32_t ticketLife = 3600; // seconds, RFC 5723; 0: gives none
    bool refuseTickets = false;
    bool answersResume = true; // else it does not know IKE_SESSION_RESUME
    bool wrongResumedAuth = false;
    std::optional<ike::RedirectTarget> redirectInAuth; // RFC 5685, when all is proven
    bool redirectBeforeEap = false;                    // in the first IKE_AUTH answer already

    // ---- misbehaviour ----
    std::optional<ike::Notification> initError;  // instead of the IKE_SA_INIT answer
    std::optional<ike::Notification> authError;  // instead of the first IKE_AUTH answer
    std::optional<ike::Notification> finalError; // instead of the last one, after EAP
    std::optional<ike::Notification> childError; // instead of the CHILD_SA, beside AUTH
    std::optional<ike::Notification> keError;    // to a rekeyed CHILD_SA with a KE
    bool uncalledForKe = false;                  // a KE beside proposals without groups
    bool natDetection = true;
    bool overStream = false;          // everything with a marker, as RFC 9329 has it
    bool withoutIntermediate = false; // additional key exchanges, but no word of IKE_INTERMEDIATE
    bool forgetsFollowUp = false;     // STATE_NOT_FOUND to every IKE_FOLLOWUP_KE
    bool wrongIntAuth = false;        // as if somebody had changed an IKE_INTERMEDIATE message
    bool eapWithoutAuth = false;      // EAP before the server has proved anything
    bool wrongAuth = false;           // in the first answer
    bool wrongFinalAuth = false;      // after EAP
    bool pskBeforeEap = false;
    std::uint8_t certificateEncoding = ike::certificateX509;
    std::optional<ike::Payload> extraInAuth;
    unsigned silentAfter = 1000;                            // answers given
    std::function<void(ike::Payloads&)> changeInit;         // the last word on the IKE_SA_INIT answer
    std::function<void(ike::Payloads&)> changeAuth;         // on each IKE_AUTH answer
    std::function<void(ike::Payloads&)> changeIntermediate; // on each IKE_INTERMEDIATE answer
    // On each message under keys, with whether it is an answer; also of those that IKE_AUTH has.
    std::function<void(ike::Payloads&, bool response)> changeSealed;

    std::optional<ike::Notification> createError; // instead of each CREATE_CHILD_SA answer

    // ---- patience ----
    unsigned mostSends = 12; // of one request of its own
    bool childless = false;  // says that it makes no CHILD_SA in IKE_AUTH where none is asked for (RFC 6023)
    std::optional<std::uint32_t> loginSeconds; // AUTH_LIFETIME (RFC 4478)
};

// What happened, by name, for a simulation that wants to have seen everything.
using Tally = std::map<std::string, std::uint64_t>;

struct Datagram {
    bool natPort = false;
    base::Bytes payload;         // without the marker
    base::Endpoint client = {};  // where to
    base::IpAddress server = {}; // where from
};

// The body of a REDIRECT notification.
[[nodiscard]] base::Bytes redirectData(const ike::RedirectTarget& target, base::ByteView nonce);

class Responder {
public:
    Responder(ResponderConfig config, base::RandomSource& random);

    // from: the client as this end sees it; at: which of its own addresses was called.
    void receive(base::Instant now, base::ByteView datagram, bool natPort, const base::Endpoint& from = {},
                 const base::IpAddress& at = {});
    void timeout(base::Instant now);
    [[nodiscard]] std::optional<base::Instant> deadline() const;
    [[nodiscard]] std::vector<Datagram> takeDatagrams() { return std::exchange(m_datagrams, {}); }

    // ---- what it does of itself, when no other request of its own is under way ----
    [[nodiscard]] bool isIdle() const;
    void checkAlive(base::Instant now);
    // Goes into the requests by which it replaces children.
    void addToRekey(ike::Payload payload) { m_rekeyExtra = std::move(payload); }
    void rekeyChild(base::Instant now);
    void rekeyIke(base::Instant now);
    void deleteIke(base::Instant now);
    void deleteChild(base::Instant now);
    void deleteChild(base::Instant now, std::uint32_t spi);
    // As after a crash that only the data path had.
    void loseChildren() {
        m_children.clear();
        m_sendWith = 0;
    }
    // From now on it has these, as after a change of its settings.
    void use(ike::Algorithms algorithms) { m_config.algorithms = std::move(algorithms); }
    // The next request of its own is one too far.
    void skipOneRequestId() { ++m_sa.nextOwn; }
    // Whether the window has room for a request of its own.
    [[nodiscard]] bool mayRequest() const;
    void proveAddress(base::Instant now);
    void redirect(base::Instant now, const ike::RedirectTarget& target);
    // As if it had been started anew, but for the tickets it gave.
    void loseEverything();
    void sendRequest(base::Instant now, ike::ExchangeType type, const ike::Payloads& payloads);

    struct Child {
        ike::ChildSa sa;
        crypto::SaPair keys;
    };
    // ---- traffic ----
    // The child (its own SPI) it should send with; 0 when there is none.
    [[nodiscard]] std::uint32_t sendingWith() const { return m_sendWith; }
    // The child (its own SPI) that its DELETE is out for, or 0.
    [[nodiscard]] std::uint32_t deleting() const { return m_closing != 0 ? m_closingOwn : 0; }
    // A packet has come on this child (its own SPI): the client has the keys (RFC 7296 §2.8).
    void sawPacket(std::uint32_t spi);
    // ---- what it saw ----
    [[nodiscard]] const Tally& tally() const { return m_tally; }
    struct IkeSpis {
        ike::Spi initiator = 0;
        ike::Spi responder = 0;
        friend bool operator==(const IkeSpis&, const IkeSpis&) = default;
    };
    [[nodiscard]] IkeSpis ikeSpis() const { return {m_sa.initiatorSpi, m_sa.responderSpi}; }
    [[nodiscard]] std::size_t otherIkeSas() const { return m_others.size() + (m_theirNext ? 1 : 0); }
    [[nodiscard]] bool isUp() const { return m_up; }
    [[nodiscard]] bool isClosed() const { return m_closed; }
    [[nodiscard]] bool gaveUp() const { return m_gaveUp; }
    [[nodiscard]] const std::map<std::uint32_t, Child>& children() const { return m_children; }
    // Where it sends of itself, ESP too.
    [[nodiscard]] const base::Endpoint& client() const { return m_client; }
    // Of the client's first CERTREQ, 20 octets each.
    [[nodiscard]] const base::Bytes& authoritiesWanted() const { return m_authoritiesWanted; }
    [[nodiscard]] unsigned updates() const { return m_updates; }
    [[nodiscard]] bool destinationMatched() const { return m_destinationMatched; }
    [[nodiscard]] bool addressProven() const; // its last check
    [[nodiscard]] unsigned resumptions() const { return m_resumptions; }
    [[nodiscard]] unsigned resumeRequests() const { return m_resumeRequests; }
    [[nodiscard]] unsigned initRequests() const { return m_initRequests; }
    [[nodiscard]] unsigned eapPacketsSeen() const { return m_eapPackets; }
    [[nodiscard]] const std::vector<ike::Payloads>& requestsSeen() const { return m_requests; }
    [[nodiscard]] const std::vector<ike::Payloads>& responsesSeen() const { return m_responses; }

private:
    struct Request {
        ike::ExchangeType type;
        std::uint32_t id;
        std::vector<base::Bytes> datagrams;
        base::Instant nextSend;
        unsigned sends;
    };
    struct Sa {
        ike::Spi initiatorSpi = 0;
        ike::Spi responderSpi = 0;
        bool weInitiated = false;
        std::optional<ike::Protection> protection;
        std::optional<ike::Protection> previous; // before the latest additional key exchange
        ike::IkeKeys keys;
        ike::ChosenSuite suite;
        std::uint32_t nextIncoming = 0;
        std::vector<base::Bytes> lastAnswer;
        std::uint32_t nextOwn = 0;
        std::optional<Request> own;
        ike::Reassembler requestParts;
        ike::Reassembler responseParts;
        base::Instant until{}; // once it is replaced
    };
    struct NewSa {
        std::unique_ptr<Sa> sa;
        base::Bytes lowestNonce;
    };
    struct FollowUp { // additional key exchanges of a CREATE_CHILD_SA, of either side
        std::vector<ike::GroupId> groups;
        std::size_t round = 0;
        base::Bytes link;
        base::SecureBytes secrets;
        std::unique_ptr<crypto::KeyExchange> key; // in ours
        std::function<void(base::ByteView)> finish;
    };
    struct Rekey { // of ours, under way
        std::uint32_t oldSpi = 0;
        std::uint32_t newSpi = 0;
        ike::Proposals offered;
        base::Bytes nonce;
        base::Bytes theirLowestNonce; // set when the client rekeys the same child meanwhile
        std::uint32_t theirChild = 0;
        std::unique_ptr<crypto::KeyExchange> key; // for the IKE SA
        ike::Spi newIkeSpi = 0;
    };

    // Transport.
    void send(const std::vector<base::Bytes>& datagrams, bool natPort);
    std::vector<base::Bytes> encode(Sa& sa, ike::ExchangeType type, std::uint32_t id, bool response,
                                    const ike::Payloads& payloads);
    void answer(Sa& sa, const ike::Header& request, const ike::Payloads& payloads);
    void request(base::Instant now, Sa& sa, ike::ExchangeType type, const ike::Payloads& payloads);
    Sa* saFor(const ike::Header& header);
    void receiveSealed(base::Instant now, Sa& sa, const ike::Header& header, base::ByteView datagram);
    void takeRequest(Sa& sa, const ike::Header& header, const ike::Payloads& payloads, const ike::Opened& opened);
    void takeResponse(base::Instant now, Sa& sa, ike::ExchangeType type, const ike::Payloads& payloads);

    // Addresses, redirects and tickets.
    struct Ticket {
        base::SecureBytes derive;
        ike::ChosenSuite suite;
        base::Bytes clientIdentity;
    };
    void emit(Datagram datagram);
    void noteWishes(const ike::Payloads& request);
    void addMobility(ike::Payloads& answer);
    void addTicket(ike::Payloads& answer);
    void mobilityAnswer(const Sa& sa, const ike::Payloads& request, ike::Payloads& answer);
    void takeResume(const ike::Header& header, base::ByteView datagram);
    [[nodiscard]] ike::Payloads resumedAnswer(const ike::Payloads& payloads);

    // IKE_SA_INIT.
    void takeInit(const ike::Header& header, base::ByteView datagram);
    [[nodiscard]] ike::Payloads initAnswer(const ike::Header& header, const ike::Payloads& payloads,
                                           ike::Header& answerHeader);

    // IKE_INTERMEDIATE and PPK.
    void answerIntermediate(Sa& sa, const ike::Header& header, const ike::Payloads& payloads,
                            const ike::Opened& opened);
    void beginFollowUp(const ike::ChosenSuite& suite, ike::Payloads& answer,
                       std::function<void(base::ByteView)> finish);
    [[nodiscard]] ike::Payloads followUpAnswer(const ike::Payloads& payloads);
    // Ours: goes on with the answer to CREATE_CHILD_SA or IKE_FOLLOWUP_KE.
    void beginOwnFollowUp(base::Instant now, const ike::ChosenSuite& suite, const ike::Payloads& answer,
                          std::function<void(base::ByteView)> finish);
    void continueFollowUp(base::Instant now, const ike::Payloads& answer);
    void sendFollowUp(base::Instant now);
    // The client's proof to be verified, with m_mixed set if it is one with a PPK. Nothing when the client must be
    // refused.
    [[nodiscard]] std::optional<base::Bytes> clientProof(const ike::Payloads& payloads);

    // IKE_AUTH.
    [[nodiscard]] ike::Payloads authAnswer(const ike::Payloads& payloads);
    [[nodiscard]] ike::Payloads firstAuth(const ike::Payloads& payloads);
    void addCertificateHints(ike::Payloads& initAnswer) const;
    [[nodiscard]] ike::Payloads certificateAnswer(ike::Payloads answer, const ike::Payloads& payloads);
    [[nodiscard]] ike::Payloads secondRound(const ike::Payloads& payloads);
    void addProof(ike::Payloads& answer, const Credentials& credentials);
    [[nodiscard]] ike::Payloads pskAnswer(const ike::Payloads& payloads);
    [[nodiscard]] ike::Payloads finishAuth(ike::Payloads answer);
    [[nodiscard]] base::Bytes serverOctets() const;
    [[nodiscard]] base::ByteView eapSecret(const base::SecureBytes& proofKey) const;
    [[nodiscard]] base::Bytes clientOctets() const;

    // CHILD_SAs and rekeying.
    [[nodiscard]] ike::Payloads createChildAnswer(Sa& sa, const ike::Payloads& payloads);
    // A refusal by the rules for collisions (RFC 7296 §2.25), if there is one.
    [[nodiscard]] std::optional<ike::Payloads> collision(Sa& sa, const ike::Payloads& payloads);
    [[nodiscard]] ike::Payloads childAnswer(const ike::Payloads& payloads);
    void ikeDeleted(Sa& sa);
    void forgetChild(std::uint32_t spi, bool byTheClient);
    [[nodiscard]] ike::Payloads ikeRekeyAnswer(const ike::Payloads& payloads);
    [[nodiscard]] std::unique_ptr<Sa> newSa(const ike::ChosenSuite& suite, base::ByteView sharedSecret,
                                            const ike::KeySeed& seed, bool weInitiated) const;
    void settle(base::Instant now, std::unique_ptr<NewSa> ours);
    void leave(base::Instant now, std::unique_ptr<Sa> sa, bool weDelete);
    [[nodiscard]] std::vector<Sa*> allSas();
    // What a further child may carry, or why there is none.
    [[nodiscard]] tl::expected<ike::Selectors, ike::NotifyType> furtherSelectors(const ike::Payloads& payloads) const;
    [[nodiscard]] ike::Payloads informationalAnswer(Sa& sa, const ike::Payloads& payloads);
    void childRekeyed(base::Instant now, const ike::Payloads& payloads);
    void childMade(Child child, const base::Bytes& theirNonce);
    void ikeRekeyed(base::Instant now, const ike::Payloads& payloads);
    [[nodiscard]] ike::Proposals ikeOffer() const;
    [[nodiscard]] ike::Proposals espOffer(std::uint32_t spi, ike::Pfs pfs) const;
    void queueDelete(std::uint32_t spi);
    void runQueue(base::Instant now);
    [[nodiscard]] std::uint32_t newSpi();
    [[nodiscard]] base::Bytes randomBytes(std::size_t count);

    ResponderConfig m_config;
    base::RandomSource& m_random;
    Sa m_sa;
    std::vector<std::unique_ptr<Sa>> m_others; // replaced, or not wanted
    std::unique_ptr<NewSa> m_theirNext;        // made by the client while ours is under way
    base::Bytes m_initRequest;
    base::Bytes m_initResponse;
    base::Bytes m_nonceI;
    base::Bytes m_nonceR;
    base::Bytes m_cookie;
    ike::IntAuth m_intAuth;
    std::size_t m_round = 0; // of the additional key exchanges
    bool m_ppkAgreed = false;
    std::optional<ike::PpkKeys> m_mixed; // once the client has proved itself with the PPK
    std::unique_ptr<EapResponder> m_eap;
    base::Bytes m_clientIdentity;
    base::Bytes m_authoritiesWanted;
    bool m_secondRound = false; // of RFC 4739, to come
    base::Bytes m_serverIdentity;
    ike::Payloads m_childRequest; // SA, TSi and TSr of the first IKE_AUTH
    std::map<std::uint32_t, Child> m_children;
    std::optional<Rekey> m_rekey;
    std::optional<FollowUp> m_clientFollowUp;
    std::optional<FollowUp> m_ownFollowUp;
    std::unique_ptr<crypto::KeyExchange> m_childKey;
    std::optional<ike::Payload> m_rekeyExtra;
    std::deque<std::uint32_t> m_toDelete;
    std::uint32_t m_closing = 0;    // the client's SPI of the child that our DELETE is out for
    std::uint32_t m_closingOwn = 0; // and the server's
    std::uint32_t m_sendWith = 0;
    std::uint32_t m_sendNext = 0; // when the client has shown that it has the keys
    bool m_deletingIke = false;
    bool m_settleDeleted = false; // the client deleted the IKE SA we rekey, once it had rekeyed it itself
    base::Instant m_now{};
    Tally m_tally;
    base::Endpoint m_from;   // of the datagram being taken
    base::Endpoint m_client; // of the SA
    base::IpAddress m_at;
    base::Bytes m_cookie2;
    std::map<base::Bytes, Ticket> m_tickets;
    std::optional<Ticket> m_resumed;
    bool m_clientMobile = false;
    bool m_ticketWanted = false;
    bool m_mobile = false;
    bool m_answering = false;
    bool m_destinationMatched = false;
    unsigned m_updates = 0;
    unsigned m_resumptions = 0;
    unsigned m_resumeRequests = 0;
    unsigned m_initRequests = 0;
    bool m_natPort = false;
    bool m_up = false;
    bool m_closed = false;
    bool m_gaveUp = false;
    unsigned m_answers = 0;
    unsigned m_eapPackets = 0;
    std::vector<ike::Payloads> m_requests;
    std::vector<ike::Payloads> m_responses;
    std::vector<Datagram> m_datagrams;
};

} // namespace tern::sim
