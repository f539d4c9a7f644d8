// The server's end of PPP for tests, simple and apart from the client's automaton; with the manners of servers in the
// field. Frames in, frames out, no time.
#pragma once

#include "core/base/random.h"
#include "core/eap/ms_chap_v2.h"
#include "core/ppp/packet.h"
#include "core/ppp/session.h"
#include "tests/sim/eap_server.h"
#include "tests/sim/ppp_router.h"

#include <functional>
#include <map>

namespace tern::sim {

struct PppServerConfig {
    // How it would have us sign in, in the order in which it asks.
    std::vector<ppp::Method> offers = {ppp::Method::MsChapV2};
    bool ignoresHints = false;     // of a Nak: the next of its own list comes (SoftEther)
    bool leavesEap = false;        // after a Nak inside EAP: rejects it, and asks for the next (SoftEther)
    bool omitsEapSuccess = false;  // goes on to IPCP instead (pppd after MSCHAPv2)
    bool startsLate = false;       // says nothing before the client has (SoftEther)
    bool echoesBeforeOpen = false; // with a Magic-Number of zero (SoftEther)
    bool rejectsMagic = false;     // (SoftEther)
    bool offersCcp = false;        // before the sign-in is over (pppd with MPPE)
    std::uint16_t mru = 0;         // asked for; zero: not
    ppp::Options moreLcp;          // what else it asks for, until it is rejected
    bool shortPapAck = false;      // MikroTik: the packet's length excludes the message

    std::string user = "alice";
    std::string password = "Correct-horse-9";
    std::string failure;           // instead of an answer to the first response: "E=647 R=0 …"
    bool retries = false;          // a wrong password may be typed again (R=1)
    bool isExpired = false;        // error 648, then a change
    bool repeatsChallenge = false; // each time repeat() is called
    // Makes the EAP server for each connection.
    std::function<std::unique_ptr<EapResponder>()> eap;

    bool ipv4 = true;
    bool silentNetwork = false; // what it does not have it ignores instead of rejecting it
    std::string address = "10.20.0.7";
    std::string gateway = "10.20.0.1";
    std::string dns = "10.20.0.53";
    std::string dns2 = "10.20.0.54"; // empty: rejected
    std::string nbns = "10.20.0.60"; // empty: rejected, as is the second always
    bool ipv6 = false;               // otherwise Protocol-Reject
    std::optional<PppRouterConfig> router;

    [[nodiscard]] static PppServerConfig rras();
    [[nodiscard]] static PppServerConfig softEther();
    [[nodiscard]] static PppServerConfig mikroTik();
    [[nodiscard]] static PppServerConfig accelPpp();
};

class PppServer {
public:
    PppServer(PppServerConfig config, base::RandomSource& random);

    // What it says without being asked; nothing when it starts late.
    [[nodiscard]] std::vector<base::Bytes> start();
    [[nodiscard]] std::vector<base::Bytes> receive(base::ByteView frame);
    // The last challenge once more, as it comes by the second.
    [[nodiscard]] base::Bytes repeat() const { return m_lastChallenge; }
    // CHAP asked in the middle of everything.
    [[nodiscard]] base::Bytes challengeAgain();
    [[nodiscard]] base::Bytes terminate(base::ByteView data);
    [[nodiscard]] base::Bytes echo();
    // Its own Configure-Request once more: negotiation begins anew.
    [[nodiscard]] std::vector<base::Bytes> renegotiate();

    PppServerConfig config;
    // ---- seen ----
    std::optional<base::SecureBytes> hlak; // once the client is accepted
    bool networkBeforeSignIn = false;      // the client was too early
    std::vector<std::uint16_t> rejectedProtocols;
    ppp::Options rejectedLcp;
    ppp::Options lcpOfClient; // acknowledged
    std::string name;         // as signed in with
    unsigned echoReplies = 0;
    unsigned papRequests = 0;
    bool isTerminated = false;
    bool ignoresAll = false;                   // a server that has gone away
    std::map<std::string, unsigned> seenCodes; // "lcp 1"
    [[nodiscard]] PppRouter& router() { return *m_router; }
    [[nodiscard]] const std::string& clientAddress() const { return m_clientAddress; }

private:
    struct Layer {
        ppp::Options ours;
        bool oursAcked = false;
        bool theirsAcked = false;
        std::uint8_t identifier = 0;
    };

    void emit(ppp::Protocol protocol, base::Bytes payload);
    void configure(ppp::Protocol protocol, Layer& layer);
    void receiveLcp(const ppp::Packet& packet);
    void receiveIpcp(const ppp::Packet& packet);
    void receiveIpv6cp(const ppp::Packet& packet);
    void followLcp();
    void receiveEap(base::ByteView payload);
    bool answerCommon(ppp::Protocol protocol, Layer& layer, const ppp::Packet& packet);
    void nextOffer(const ppp::Options& naked);
    void setOffer();
    void beginSignIn();
    void accept(base::SecureBytes key);
    void receivePap(base::ByteView payload);
    void receiveChap(const ppp::Packet& packet);
    void checkMd5(const ppp::Packet& packet);
    void checkMsChapV2(const ppp::Packet& packet);
    void changePassword(const ppp::Packet& packet);
    void succeedMsChapV2(std::uint8_t identifier, const eap::MsChapV2Challenge& peer);
    void failChap(std::uint8_t identifier, const std::string& words);
    void sendChallenge();

    base::RandomSource& m_random;
    std::vector<base::Bytes> m_frames;
    std::map<ppp::Protocol, Layer> m_layers;
    std::size_t m_offer = 0;
    bool m_hasStarted = false;
    bool m_isSigningIn = false;
    bool m_isAccepted = false;
    std::uint8_t m_chapIdentifier = 0;
    eap::MsChapV2Challenge m_challenge{};
    base::Bytes m_lastChallenge;
    std::unique_ptr<EapResponder> m_eap;
    std::unique_ptr<PppRouter> m_router;
    std::string m_clientAddress;
    std::uint8_t m_echoes = 0;
};

} // namespace tern::sim
