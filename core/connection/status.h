// Where a connection is, for people and programs.
#pragma once

#include "core/base/error.h"
#include "core/base/ip.h"
#include "core/connection/revocation.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tern::connection {

// In the order a connection goes through them; what holds in each is said in states/*.h.
enum class StateName {
    Disconnected,
    Resolving,
    Negotiating,
    Configuring,
    Connected,
    Moving,
    Reconnecting,
    Disconnecting,
    Failed
};

// What a person is told while it goes on.
// Confirming: the server waits for something a person does on another device, as far as one can tell. Waiting: there is
// no network. Moving: to another network, or to another address of the server. Checking: whether the server is still
// there, after a sleep.
enum class Stage {
    Resolving,
    Contacting,
    Verifying,
    Authenticating,
    Confirming,
    Configuring,
    Waiting,
    Moving,
    Checking
};

// What the server showed last.
struct CertificateReport {
    std::vector<base::Bytes> chain; // DER; verified: leaf first, the trusted one last; else as it was sent
    bool verified = false;          // by itself; `refusal` may still be about revocation
    std::string expectedName;
    std::optional<base::Error> refusal;
    std::string revocation; // "good" "unchecked" "revoked" "trusted" "off" "pending", "" when refused before
    std::vector<RevocationAnswer> answers; // in the chain's order, none for the trusted one
};

struct Status {
    StateName state = StateName::Disconnected;
    Stage stage = Stage::Resolving;
    bool reconnecting = false; // the tunnel's routes stand, and whether its server is reached is not known
    std::string serverName;    // as dialled
    std::optional<base::IpAddress> server;
    std::string_view protocol;  // "ikev2" or "sstp"; empty while both are tried
    std::string cipher;         // of the traffic, for people
    std::string ikeCipher;      // of the IKE SA
    std::string weakAlgorithms; // which of both are outdated, "3DES, SHA-1"; empty when none is
    std::string postQuantum;    // what protects the IKE SA, "ML-KEM-768 + PPK"; empty when nothing does
    std::string binding;        // of SSTP to the server's certificate, "SHA-256"; empty with IKEv2
    std::string proxy;          // through which SSTP goes, as a person writes it; empty: none
    std::string interface;
    std::vector<base::IpPrefix> addresses;
    std::vector<base::IpAddress> dns;
    std::vector<base::IpAddress> nbns;
    std::vector<std::string> domains;   // whose names the server says are its
    std::vector<base::IpPrefix> routes; // into the tunnel
    unsigned mtu = 0;
    std::uint16_t streamPort = 0; // of the server, when IKE goes over TCP
    std::shared_ptr<const CertificateReport>
        certificates;       // null with a pre-shared key, and before the server has answered
    std::int64_t since = 0; // milliseconds since 1970 UTC: when this state began
    std::uint64_t received = 0;
    std::uint64_t sent = 0;
    std::optional<base::Error> error; // when failed; while reconnecting, why
};

// "disconnected" "connecting" "connected" "disconnecting" "failed", and the stages, as on the bus.
[[nodiscard]] std::string_view publicState(StateName state);
[[nodiscard]] std::string_view stageName(Stage stage);

} // namespace tern::connection
