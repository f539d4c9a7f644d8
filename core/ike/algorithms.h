// Which algorithms a session may offer, beside those Tern always has: what its configuration carries for proposals.
#pragma once

#include "core/ike/constants.h"

#include <vector>

namespace tern::ike {

// One suite to be proposed as it stands, before Tern's own.
struct WantedSuite {
    EncryptionId encryption = EncryptionId::AesGcm16;
    std::uint16_t keyBits = 0;                 // 0 for ciphers with one key length
    IntegrityId integrity = IntegrityId::None; // None with AEAD
    PrfId prf = PrfId::HmacSha256;             // IKE only
    GroupId group = GroupId::None;             // ESP: None for children without PFS
    friend bool operator==(const WantedSuite&, const WantedSuite&) = default;
};

// Whether the IKE SA's keys also come from ML-KEM, which a quantum computer cannot undo.
enum class PostQuantum {
    Off,
    Automatic, // offered first where OpenSSL has it; a server may do without
    Required,
};

struct Algorithms {
    // 3DES, SHA-1, MODP-1024 and MODP-1536, by the profile's opt-in only: in Tern's own proposals and in wanted ones.
    bool legacy = false;
    // ChaCha20-Poly1305 before AES: for processors without AES instructions.
    bool chachaFirst = false;
    // Proposed first, in this order. One with a weak part is left out without `legacy`.
    std::vector<WantedSuite> ike;
    std::vector<WantedSuite> esp;
    PostQuantum postQuantum = PostQuantum::Automatic;
    // The groups of each additional key exchange (RFC 9370), preferred first; at most seven exchanges. Empty: one
    // exchange with what OpenSSL has of ML-KEM-768 and ML-KEM-1024.
    std::vector<std::vector<GroupId>> additional{};
};

// Whether proposals for a CHILD_SA list groups (RFC 7296 §1.3.1).
enum class Pfs {
    Without,
    Preferred, // with groups first, then the same without, so that the server may take either
    Required,
};

} // namespace tern::ike
