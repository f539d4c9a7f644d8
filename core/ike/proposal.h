// Security Association payloads: proposals and transforms (RFC 7296 §3.3), what this client offers, and the check
// that the server's choice is one of them.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/ike/algorithms.h"

#include <optional>
#include <string>
#include <vector>

namespace tern::ike {

struct Transform {
    TransformType type = TransformType::Encryption;
    std::uint16_t id = 0;
    std::uint16_t keyBits = 0; // the Key Length attribute; 0 when absent
    friend bool operator==(const Transform&, const Transform&) = default;
};

struct Proposal {
    std::uint8_t number = 1;
    ProtocolId protocol = ProtocolId::Ike;
    base::Bytes spi;
    std::vector<Transform> transforms;
    friend bool operator==(const Proposal&, const Proposal&) = default;
};
using Proposals = std::vector<Proposal>;

// The transforms agreed on, at most one of a kind.
struct ChosenSuite {
    EncryptionId encryption = EncryptionId::AesGcm16;
    std::uint16_t keyBits = 0;
    PrfId prf = PrfId::HmacSha256;             // IKE only
    IntegrityId integrity = IntegrityId::None; // None with AEAD
    GroupId group = GroupId::None;             // ESP: None without PFS
    bool extendedSequenceNumbers = false;      // ESP only
    std::vector<GroupId> additional{};         // key exchanges after the first, in their order (RFC 9370)
    friend bool operator==(const ChosenSuite&, const ChosenSuite&) = default;
};

// Bounds on what is parsed.
constexpr std::size_t maximumProposals = 32;
constexpr std::size_t maximumTransforms = 128; // in one proposal

[[nodiscard]] base::Bytes encodeProposals(const Proposals& proposals);
// Fails with tern.ike.malformed.
[[nodiscard]] base::Result<Proposals> parseProposals(base::ByteView body);

// What this client offers for the IKE SA, the preferred first: what is wanted, then AEAD ciphers, then those with
// separate integrity, then the legacy ones. The group of the KE payload is the first one listed.
[[nodiscard]] Proposals ikeProposals(const Algorithms& algorithms = {});
// What it offers for a CHILD_SA whose SPI at our end is `spi`, in the same order, with 32-bit and with extended
// sequence numbers.
[[nodiscard]] Proposals espProposals(std::uint32_t spi, Pfs pfs, const Algorithms& algorithms = {});
// Whether a suite has a part that is for the legacy opt-in only.
[[nodiscard]] bool isWeak(const WantedSuite& suite, ProtocolId protocol);

[[nodiscard]] std::vector<GroupId> groupsOf(const Proposals& proposals);

// The server's answer: exactly one proposal, every transform of which was offered, together, in the proposal it
// names. Fails with tern.ike.proposal.unoffered.
[[nodiscard]] base::Result<ChosenSuite> checkChoice(const Proposals& offered, const Proposals& answer);

// As responder: the first of the peer's proposals that one of ours covers. `preferredGroup`, when set, is taken
// where the peer lists it (the group of its KE payload). answer carries the chosen proposal, without an SPI.
struct Selection {
    ChosenSuite suite;
    Proposal answer;
    base::Bytes peerSpi;
};
[[nodiscard]] std::optional<Selection> select(const Proposals& ours, const Proposals& theirs,
                                              std::optional<GroupId> preferredGroup);

// "AES-256-GCM / PRF-HMAC-SHA2-256 / ECP-256", for people.
[[nodiscard]] std::string ikeSuiteText(const ChosenSuite& suite);
[[nodiscard]] std::string espSuiteText(const ChosenSuite& suite);
[[nodiscard]] std::string groupText(GroupId group);
// "ECP-256 + ML-KEM-768".
[[nodiscard]] std::string keyExchangeText(const ChosenSuite& suite);
// What is outdated in what was agreed, "3DES, SHA-1, MODP-1024"; empty when nothing is.
[[nodiscard]] std::string weakText(const ChosenSuite& ike, const ChosenSuite& esp);
// What keeps a quantum computer from the keys of an IKE SA.
struct PostQuantumSecrets {
    std::vector<GroupId> mlKem;
    bool ppk = false; // a post-quantum pre-shared key (RFC 8784)
};
// Of an SA of this suite. Its keys also come from SK_d of the one it follows (RFC 7296 §2.18, RFC 8784 §3), so what was
// in that one still counts where the new suite has no ML-KEM of its own.
[[nodiscard]] PostQuantumSecrets postQuantumSecrets(const ChosenSuite& suite, const PostQuantumSecrets& before = {});
// "ML-KEM-768", "PPK", "ML-KEM-768 + PPK"; empty without any.
[[nodiscard]] std::string postQuantumText(const PostQuantumSecrets& secrets);

} // namespace tern::ike
