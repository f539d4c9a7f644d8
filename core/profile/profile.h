// A connection as the user has it: what the list shows, what connecting needs, and where it came from. A profile is a
// plain value; it never holds a secret (those are in the keyring). All text is UTF-8 and may come from a stranger's
// file: show it as plain text.
#pragma once

#include "core/base/ip.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tern::profile {

// What Tern would use. Automatic: whatever modern protocol the server offers. Pptp and L2tp are only ever listed and
// refused. Unsupported: plug-in connections and the like, kept so that an export loses nothing.
enum class Protocol { Ikev2, Sstp, Automatic, Pptp, L2tp, Unsupported };

enum class Method {
    Unknown,
    EapMschapv2,
    EapTls,
    Peap,
    Ttls,
    EapGtc,
    EapMd5,
    Psk,
    MachineCertificate,
    Mschapv2,
    Mschap,
    Chap,
    Spap,
    Pap,
};

// What the origin asked of PPP encryption (PPTP's MPPE, L2TP without IPsec); Unset: it said nothing.
enum class Encryption { Unset, None, Optional, Required, Maximum };

// Whether a quantum computer of the future must not be able to read what is recorded today (RFC 9370 with ML-KEM).
// Automatic: where both ends can.
enum class PostQuantum { Automatic, Required, Off };
// Where our certificate and its key are; Tern keeps neither. Each is the absolute path of a file (PKCS#12, PEM, DER) or
// a PKCS#11 URI without a PIN (RFC 7512).
struct ClientCertificate {
    std::string source;
    std::string key; // when it is not with the certificate
    // How an RSA key signs for servers with RFC 7427: "pkcs1", "pss", "pss-trailer" (as FortiGate wants it); empty:
    // Tern's choice.
    std::string rsaSignature;
    friend bool operator==(const ClientCertificate&, const ClientCertificate&) = default;
};

struct Authentication {
    Method method = Method::Unknown;
    std::string username; // without the domain
    std::string domain;   // Windows domain; empty when there is none
    bool rememberPassword = false;
    ClientCertificate certificate = {};
    bool certificateFirst = false; // with an EAP method: our certificate has to be accepted before it (RFC 4739)
    // Every method the origin allows beside `method`; a weak one here is a finding.
    std::vector<Method> allowed;
    // EAP type number of the origin when it is not one of Method's, else 0.
    std::uint32_t eapType = 0;
    // Name of a post-quantum pre-shared key (PPK, RFC 8784) beside the rest; empty: none. The key is in the keyring.
    std::string ppkId;
    bool ppkRequired = false; // no connection with a server that does without
    // What may be done inside the tunnel of PEAP and TTLS, most wanted first: EAP methods, with TTLS also Pap and
    // Mschapv2. Empty: EAP-MSCHAPv2, and EAP-GTC where the server wants that.
    std::vector<Method> inner = {};
    // What a server may read before it has proven who it is, instead of the user name ("anonymous@company"); may be
    // empty.
    std::string outerIdentity = {};
    bool eapTls13 = false;             // also TLS 1.3 for EAP-TLS, PEAP and TTLS; Windows Server 2022 fails with it
    bool requireCryptobinding = false; // PEAP: refuse a server that does not bind the two layers
    bool sharedKeyShort =
        false; // the pre-shared key, where it was seen, is one that can be guessed; it is not kept here

    // DOMAIN\user when there is a domain, else the user name: what goes to the server.
    [[nodiscard]] std::string login() const;
    // Whether the origin would take this one, wanted most or not.
    [[nodiscard]] bool allows(Method other) const;
    friend bool operator==(const Authentication&, const Authentication&) = default;
};

// What is done where it cannot be found out whether the server's certificate was revoked. One that is known to be
// revoked is refused with Soft and Strict alike; with Off nobody asks.
enum class Revocation { Soft, Strict, Off };

// How the server is recognised.
struct Trust {
    std::string caPem;      // certificates that may sign the server's, beside or instead of the system's; may be empty
    std::string serverName; // name the certificate must hold; empty: the server as dialled
    std::string remoteIdentity; // IKE identity the server must show (IDr); empty: as serverName
    std::string localIdentity;  // IKE identity we show (IDi); empty: the user name, or our address with PSK
    // "sha256:" and hexadecimal: SubjectPublicKeyInfo of the server's certificate or of an authority above it. When
    // there are any, one of them must be found.
    std::vector<std::string> pins;
    Revocation revocation = Revocation::Soft;
    // From the origin's PEAP or EAP-TLS settings, when it had them.
    std::vector<std::string> eapServerNames;
    std::vector<std::string> eapRootSha1;   // hexadecimal thumbprints
    std::optional<bool> eapServerValidated; // false: the origin does not check the EAP server
    bool nameCheckDisabled = false;         // the origin does not check the server's name and usage
    bool certificateCheckDisabled = false;  // the origin takes whatever certificate the server shows
    friend bool operator==(const Trust&, const Trust&) = default;
};

struct Route {
    base::IpPrefix to;
    std::uint32_t metric = 0;
    friend bool operator==(const Route&, const Route&) = default;
};

struct Routing {
    bool fullTunnelIpv4 = true;
    bool fullTunnelIpv6 = true;
    std::vector<Route> routes;            // into the tunnel, beside the above
    std::vector<base::IpPrefix> excluded; // never into the tunnel
    bool classRoute = true;               // with split tunnelling, also the classful network of our tunnel address
    bool routesFromSelectors = false;     // also what the IKE traffic selectors cover
    std::uint32_t metric = 0;             // 0: automatic
    friend bool operator==(const Routing&, const Routing&) = default;
};

struct Dns {
    std::vector<base::IpAddress> servers; // empty: those the server hands out
    std::vector<std::string> domains;     // search and routing domains; "." is not needed for a full tunnel
    std::string suffix;                   // the connection's own DNS suffix
    bool registerAddress = false;
    friend bool operator==(const Dns&, const Dns&) = default;
};

// A fixed address instead of the one the server hands out; empty as a rule.
struct Addresses {
    std::optional<base::IpAddress> ipv4;
    std::optional<base::IpPrefix> ipv6;
    friend bool operator==(const Addresses&, const Addresses&) = default;
};

// Names as the field writes them: "SHA256", "AES256", "AES-GCM-256", "group14", "ECP384", "none".
struct IkePolicy {
    std::string integrity; // of the IKE SA
    std::string cipher;    // of the IKE SA
    std::string group;     // Diffie-Hellman
    std::string espCipher;
    std::string espIntegrity;
    std::string pfs; // group of a rekeyed child, or "none"
    friend bool operator==(const IkePolicy&, const IkePolicy&) = default;
};

// IKEv2 over TCP (RFC 9329): when UDP is silent, never, or from the start.
enum class TcpUse { Automatic, Never, Always };

struct Ike {
    std::optional<IkePolicy> policy; // the origin's own proposal; nothing: Tern's
    bool legacyAlgorithms = false;   // 3DES, SHA-1, MODP-1024: the user's opt-in only, never set by an import
    PostQuantum postQuantum = PostQuantum::Automatic;
    bool mobility = true; // MOBIKE, RFC 4555
    TcpUse tcp = TcpUse::Automatic;
    std::chrono::seconds outage{0}; // how long a lost network may last; 0: Tern's default
    friend bool operator==(const Ike&, const Ike&) = default;
};

struct Sstp {
    std::string host; // the server calls itself so, in HTTP and TLS, and its certificate too; empty: as dialled
    std::string serverNameIndication; // sent in TLS instead of that (RFC 6066 §3)
    bool withoutServerName = false;   // no name is sent in TLS: some servers know none
    bool nameRefused = false;         // found out: this one takes calls without one only; where neither is set above
    std::string tenantId;             // of a server for several tenants
    std::string proxy; // "http://host:port", "socks5://host:port", "none"; "system" or empty: as the desktop is set
    friend bool operator==(const Sstp&, const Sstp&) = default;
};

// Of an L2TP profile, which Tern itself never connects.
struct L2tp {
    bool withoutIpsec = false; // the origin puts nothing around it that encrypts
    friend bool operator==(const L2tp&, const L2tp&) = default;
};

struct AlwaysOn {
    bool enabled = false;                     // connects by itself
    bool deviceTunnel = false;                // before anybody logs in
    bool triggered = false;                   // by an application or a name
    std::vector<std::string> trustedNetworks; // DNS suffixes where no tunnel is wanted
    friend bool operator==(const AlwaysOn&, const AlwaysOn&) = default;
};

struct Redial {
    std::uint32_t attempts = 0;
    std::chrono::seconds pause{0};
    std::chrono::seconds idleDisconnect{0}; // 0: never
    friend bool operator==(const Redial&, const Redial&) = default;
};

// Where the profile came from, and the entry itself, so that an export loses nothing.
struct Origin {
    std::string format;                   // "pbk"; empty: made in Tern
    std::string file;                     // as shown to the user
    std::uint32_t entry = 0;              // position in the file, from 0
    std::uint32_t line = 0;               // first line of the entry, from 1
    std::optional<std::uint32_t> version; // PBVersion
    std::string encoding; // of the file: "utf-8", "utf-8-bom", "utf-16le", "utf-16le-bom", …, "cp936", "cp1252"
    std::chrono::milliseconds imported{0}; // since 1970 UTC
    std::string original;                  // the entry, header line included, every byte of it, as UTF-8
    std::string fingerprint;               // of `original`: two imports of the same entry have the same
    friend bool operator==(const Origin&, const Origin&) = default;
};

struct Profile {
    std::string id; // lower-case UUID without braces; never changes
    std::string name;
    std::string folder; // "" = top level
    Protocol protocol = Protocol::Automatic;
    // What the origin would try, in its order, when that is more than one protocol; else empty.
    std::vector<Protocol> originTries;
    std::vector<std::string> servers; // host names or addresses; the first is the main one, the rest are spares
    std::uint16_t port = 0;           // 0: the protocol's own
    Encryption encryption = Encryption::Unset;
    Authentication authentication;
    Trust trust;
    Routing routing;
    Dns dns;
    Addresses addresses;
    Ike ike;
    Sstp sstp;
    L2tp l2tp;
    AlwaysOn alwaysOn;
    Redial redial;
    std::string plugin; // of an Unsupported profile: what it needs
    Origin origin;

    // The main server, or "".
    [[nodiscard]] const std::string& server() const;
    friend bool operator==(const Profile&, const Profile&) = default;
};

// PPTP and L2TP, which Tern lists, explains and replaces.
[[nodiscard]] bool isRetired(Protocol protocol);

// The EAP methods; not those of PPP itself, nor keys and certificates of IKE.
[[nodiscard]] bool isEap(Method method);

// A fresh id.
[[nodiscard]] std::string newId();

// Stable names, used in files, on D-Bus and in JSON: "ikev2" "sstp" "automatic" "pptp" "l2tp" "unsupported";
// "eap-mschapv2" "eap-tls" "peap" "ttls" "eap-gtc" "eap-md5" "psk" "machine-certificate" "mschapv2" "mschap" "chap"
// "spap" "pap" "unknown"; "unset" "none" "optional" "required" "maximum". The readers answer nothing for any other
// text.
[[nodiscard]] std::string_view protocolName(Protocol protocol);
[[nodiscard]] std::string_view methodName(Method method);
[[nodiscard]] std::string_view encryptionName(Encryption encryption);
[[nodiscard]] std::string_view postQuantumName(PostQuantum postQuantum); // "automatic" "required" "off"
// "automatic" "never" "always".
[[nodiscard]] std::string_view tcpUseName(TcpUse use);
[[nodiscard]] std::optional<TcpUse> tcpUseFromName(std::string_view name);
[[nodiscard]] std::optional<Protocol> protocolFromName(std::string_view name);
[[nodiscard]] std::optional<Method> methodFromName(std::string_view name);
[[nodiscard]] std::optional<Encryption> encryptionFromName(std::string_view name);
[[nodiscard]] std::optional<PostQuantum> postQuantumFromName(std::string_view name);
[[nodiscard]] std::string_view revocationName(Revocation revocation); // "soft" "strict" "off"
[[nodiscard]] std::optional<Revocation> revocationFromName(std::string_view name);

// A pin as people write it, "sha256:" with hexadecimal (colons and capitals allowed) or "sha256/" with base64, as the
// profile keeps it; nothing for anything else.
[[nodiscard]] std::optional<std::string> pinFromText(std::string_view text);

} // namespace tern::profile
