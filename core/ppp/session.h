// The client's end of PPP without I/O (RFC 1661): frames, answers and the time go in; outputs come out.
//
// Usage: create(), start(), then feed receive(), timeout() when deadline() has passed, and answer() to prompts;
// after every call take the outputs, in order. After Closed nothing more happens. No socket, clock, thread or random
// source inside; one Session is used from one thread.
//
// IP packets pass beside it, once Up has come: classify() of frame.h says which frames are for receive().
#pragma once

#include "core/base/error.h"
#include "core/base/ip.h"
#include "core/base/random.h"
#include "core/base/secure_bytes.h"
#include "core/base/time.h"
#include "core/eap/peer.h"
#include "core/ppp/frame.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tern::ppp {

// How a server may have us sign in. None: it lets us in without.
enum class Method { Eap, MsChapV2, ChapMd5, Pap, None };
[[nodiscard]] std::string_view methodName(Method method); // "MS-CHAPv2", for people

struct Timers {
    base::Duration restart = std::chrono::seconds(3); // RFC 1661 §4.6, with its counters:
    unsigned maxTerminate = 2;
    unsigned maxConfigure = 10;
    unsigned maxFailure = 5;
    base::Duration connectLimit = std::chrono::seconds(30); // silence while connecting; a waiting prompt does not count
    base::Duration secondFactorWait = std::chrono::seconds(120); // silence behind an answer of ours to a sign-in
    // How long IPv4 that is ready waits for an IPv6 address; one that comes later is added to what is up.
    base::Duration ipv6Patience = std::chrono::milliseconds(300);
    // Between LCP echo requests of ours (RFC 1661 §5.8) once up; zero: none. SSTP has an echo of its own.
    base::Duration echoInterval{};
    base::Duration echoLimit = std::chrono::seconds(5); // for one's answer, after which it is repeated
    unsigned echoFailures = 3;                          // unanswered ones until the server counts as gone
};

struct SessionConfig {
    // What the profile allows, most wanted first. PAP and None count as allowed only where they are named here.
    std::vector<Method> methods = {Method::Eap, Method::MsChapV2};
    std::string username;                      // as typed, DOMAIN\user included; UTF-8. Empty: a prompt is raised
    std::optional<base::SecureBytes> password; // UTF-8; without one a prompt is raised when it is needed
    eap::Settings eap;                         // the methods inside EAP
    // The layer below (TLS) has verified its server. Otherwise nothing made from the password leaves: EAP's tunnel
    // methods alone are possible.
    bool serverVerified = false;
    bool requestIpv4 = true;
    bool requestIpv6 = true;
    std::optional<base::IpAddress> previousIpv4; // asked for again; the server decides
    std::uint16_t mru = 1500;                    // the largest packet we take, 576 to 4087
    std::uint16_t mtuLimit = 1500;               // Up::mtu is never larger, whatever the server takes
    // Ours in IPV6CP and in addresses made of prefixes; without one, by chance.
    std::optional<std::array<std::uint8_t, 8>> interfaceId;
    base::Bytes duid; // DHCPv6's name for this client (RFC 8415 §11); empty: made by chance
    Timers timers;
};

// ---- what comes out ----

// A whole PPP frame, to be the data of one SSTP packet.
struct SendFrame {
    base::Bytes frame;
};
// Confirming: the server has been silent for a while behind an answer of ours: it probably waits for a second factor
// on another device.
enum class Stage { Negotiating, Authenticating, Confirming, Configuring };
struct Progress {
    Stage stage;
};
// As EAP's; answer with answer(). Kind::Message needs no answer.
using eap::Prompt;
// The server has accepted us and, where the method can do that, has proved itself. Comes once, before the first frame
// of a network protocol: SSTP sends CALL_CONNECTED here.
struct Authenticated {
    Method method = Method::None;
    base::SecureBytes hlak; // 32 octets for SSTP's crypto binding ([MS-SSTP] §3.2.5.2.4); zeros without keys
};
// Packets flow. May come again with other contents, which replace the former ones whole (IPv6 that took longer, a
// lease or a prefix that ran out).
struct Up {
    std::vector<base::IpPrefix> addresses; // ours; IPv4 as /32, IPv6 with the length of its prefix on the link
    std::vector<base::IpAddress> dns;      // IPCP's, then RDNSS's and DHCPv6's, without duplicates
    std::vector<base::IpAddress> nbns;
    std::vector<std::string> domains;   // DNSSL and DHCPv6; lower case
    std::vector<base::IpPrefix> routes; // IPv6, by prefixes on the link and by route information (RFC 4191)
    bool ipv6Default = false;           // a router that leads everywhere
    std::optional<base::IpAddress> peerIpv4;
    std::optional<base::IpAddress> linkLocal; // ours, with an IPv6 address
    unsigned mtu = 0;
    friend bool operator==(const Up&, const Up&) = default;
};
// The answer to probe().
struct Alive {};
// The end; error is empty after a close() of ours.
struct Closed {
    std::optional<base::Error> error; // tern.ppp.*, tern.eap.*
};
using Output = std::variant<SendFrame, Progress, Prompt, Authenticated, Up, Alive, Closed>;

class Session {
public:
    // Fails for a configuration that cannot work (no method, none that may be used with an unverified server).
    // `random` must outlive the session.
    [[nodiscard]] static base::Result<std::unique_ptr<Session>> create(SessionConfig config,
                                                                       base::RandomSource& random);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    virtual ~Session() = default;

    // The layer below is there.
    virtual void start(base::Instant now) = 0;
    // One whole PPP frame. Data packets and anything not understood are ignored.
    virtual void receive(base::Instant now, base::ByteView frame) = 0;
    virtual void timeout(base::Instant now) = 0;
    // With Password and Credentials an empty username keeps the one we have; otherwise it is not looked at.
    virtual void answer(base::Instant now, std::string username, base::SecureBytes secret) = 0;
    // Asks the server for a sign of life (an LCP echo). Alive follows with any answer; when none comes in time,
    // Closed.
    virtual void probe(base::Instant now) = 0;
    // Sends Terminate-Request and closes when it is acknowledged, or after at most two seconds.
    virtual void close(base::Instant now) = 0;

    [[nodiscard]] virtual bool isUp() const = 0;
    // Why the server will not have us, as far as it is known already: for a layer below that ends before PPP says so.
    [[nodiscard]] virtual std::optional<base::Error> reason() const = 0;
    [[nodiscard]] virtual std::optional<base::Instant> deadline() const = 0;
    [[nodiscard]] virtual std::vector<Output> takeOutputs() = 0;

protected:
    Session() = default;
};

} // namespace tern::ppp
