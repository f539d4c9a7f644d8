// What a server offers, as plain data: what the probe found on each road to it, and what that comes to. The same result
// is told in words, drawn in the window and written as JSON (app/engine/probe_map.h keeps the shape of the latter).
//
// Text in here may be the server's and is shown as plain text. Nothing in here is secret.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/finding.h"
#include "core/base/ip.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tern::probe {

enum class Protocol { Ikev2, Sstp, Pptp, L2tp };

// Best first.
enum class Verdict {
    Open,     // answers, and can be used as it is
    Weak,     // IKEv2: answers, but to outdated algorithms only
    Unusable, // answers, but not in a way that can be used: a certificate, a refusal
    Closed,   // refused, or something else answers there
    Silent,   // no answer at all: switched off, or dropped on the way
};

// What to do with this server.
enum class Advice {
    Both,          // IKEv2 and SSTP can be used
    ReadyIkev2,    // IKEv2 can
    ReadySstp,     // SSTP can
    OnlyWeakIkev2, // IKEv2 can, with outdated algorithms
    NeedsRepair,   // IKEv2 or SSTP answers, but neither can be used as it is
    OnlyRetired,   // nothing but PPTP or L2TP answers
    Nothing,       // nothing answers
};

enum class Known { Unknown, No, Yes };

enum class Transport { Udp, Tcp };

// One port of one address.
struct Door {
    Transport transport = Transport::Udp;
    base::Endpoint endpoint;
    Verdict verdict = Verdict::Silent;
    std::optional<std::chrono::milliseconds> answered = {}; // from the first packet to the first answer
};

// What is known of one protocol on all its doors.
struct Road {
    Protocol protocol = Protocol::Ikev2;
    Verdict verdict = Verdict::Silent;
    base::Error words = {};                   // tern.probe.*: describe() has the sentence and what to do
    std::vector<Door> doors = {};             // those that were tried
    std::vector<base::Finding> findings = {}; // worst first
};

struct Ikev2Facts {
    std::string suite;                // agreed to of today's algorithms, "AES-256-GCM / …"; empty: none
    std::string weakSuite;            // agreed to of the outdated ones; empty: none, or not asked for
    std::string refusal;              // "NO_PROPOSAL_CHOSEN": an error notification; empty: none
    std::string keyExchange;          // the group the server asked for instead, "MODP-2048"; empty: none
    Known mobike = Known::Unknown;    // most servers tell only who has signed in (RFC 4555 §3.1)
    bool fragmentation = false;       // RFC 7383
    bool redirect = false;            // sends callers to another server (RFC 5685)
    bool childless = false;           // RFC 6023
    bool intermediate = false;        // RFC 9242
    bool cookie = false;              // asked for proof that we can be reached (RFC 7296 §2.6)
    bool signatureHashes = false;     // RFC 7427
    std::string mlKem;                // "ML-KEM-768": the additional key exchange agreed to; empty: none
    std::vector<std::string> vendors; // names of the vendor ids; hexadecimal where unknown
};

// What answered on SSTP's port.
enum class SstpAnswer {
    None,      // nothing, or TLS never stood
    Sstp,      // takes calls
    WebServer, // a web server without SSTP
    Portal,    // sends us elsewhere or shows a page: a captive portal, or a web site
    Refused,   // does not let us call (401, 403, 407)
    Busy,      // SSTP's web server, not now (5xx)
    NotHttp,   // something in TLS that is no web server
    NotTls,    // something that does not speak TLS
};

struct SstpFacts {
    SstpAnswer answer = SstpAnswer::None;
    std::optional<base::Error> refusal; // why the answer is none of SSTP's
    Known tls10 = Known::Unknown;
    Known tls11 = Known::Unknown;
    Known tls12 = Known::Unknown;
    Known tls13 = Known::Unknown;
    std::string cipher;             // "TLS 1.3, TLS_AES_256_GCM_SHA384"; empty: TLS never stood
    std::vector<base::Bytes> chain; // DER as it was sent, leaf first
    // tern.crypto.cert.*: every reason not to trust it, the gravest first. Empty with a chain: all is well.
    std::vector<base::Error> certificateProblems;
    Known trusted = Known::Unknown;     // leads to an authority this computer (or the connection) trusts
    Known nameMatches = Known::Unknown; // is for the name that was dialled
    Known serverUsage = Known::Unknown; // may be a server's (serverAuth)
};

struct PptpFacts {
    std::string host; // as the server calls itself
    std::string vendor;
    std::uint16_t firmware = 0;
};

enum class Ikev1 {
    None,    // no answer
    Speaks,  // answers, but takes none of the proposals that Windows makes for L2TP
    Accepts, // takes one
};

struct L2tpFacts {
    Ikev1 ikev1 = Ikev1::None;
    std::string suite;  // what IKEv1 took, "3DES / SHA-1 / MODP-1024"; empty: nothing
    bool plain = false; // L2TP answers without IPsec
    std::string host;   // as its L2TP calls itself
    std::string vendor;
    std::vector<std::string> ikeVendors; // named as Ikev2Facts::vendors
};

struct Result {
    std::string host; // as it was dialled
    std::uint16_t sstpPort = 443;
    std::vector<base::IpAddress> addresses; // those that were tried: one of each family at most
    std::chrono::milliseconds took{0};
    bool throughVpn = false; // asked from inside a VPN that is connected, which may see the server otherwise
    Advice advice = Advice::Nothing;
    base::Error words; // of the advice, tern.probe.advice.*
    Road ikev2{Protocol::Ikev2};
    Road sstp{Protocol::Sstp};
    Road pptp{Protocol::Pptp};
    Road l2tp{Protocol::L2tp};
    Ikev2Facts ikev2Facts;
    SstpFacts sstpFacts;
    PptpFacts pptpFacts;
    L2tpFacts l2tpFacts;
};

// The names on D-Bus and in JSON. "ikev2", "sstp", "pptp", "l2tp".
[[nodiscard]] std::string_view name(Protocol protocol);
// "open", "weak", "unusable", "closed", "silent".
[[nodiscard]] std::string_view name(Verdict verdict);
// "both", "ready-ikev2", "ready-sstp", "only-weak-ikev2", "needs-repair", "only-retired", "nothing".
[[nodiscard]] std::string_view name(Advice advice);
// "unknown", "no", "yes".
[[nodiscard]] std::string_view name(Known known);
// "udp", "tcp".
[[nodiscard]] std::string_view name(Transport transport);
// "none", "sstp", "web-server", "portal", "refused", "busy", "not-http", "not-tls".
[[nodiscard]] std::string_view name(SstpAnswer answer);
// "none", "speaks", "accepts".
[[nodiscard]] std::string_view name(Ikev1 ikev1);

} // namespace tern::probe
