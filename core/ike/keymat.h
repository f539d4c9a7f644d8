// Key derivation: SKEYSEED and the SK_* keys (RFC 7296 §2.14, §2.18) and the keys of CHILD_SAs (§2.17).
#pragma once

#include "core/base/secure_bytes.h"
#include "core/crypto/sa_keys.h"
#include "core/ike/proposal.h"

namespace tern::ike {

struct IkeKeys {
    PrfId prf = PrfId::HmacSha256;
    base::SecureBytes derive;              // SK_d
    base::SecureBytes integrityInitiator;  // SK_ai; empty with AEAD
    base::SecureBytes integrityResponder;  // SK_ar
    base::SecureBytes encryptionInitiator; // SK_ei, the salt of an AEAD behind the key
    base::SecureBytes encryptionResponder; // SK_er
    base::SecureBytes proofInitiator;      // SK_pi
    base::SecureBytes proofResponder;      // SK_pr
};

// The nonces and SPIs both derivations are seeded with.
struct KeySeed {
    base::ByteView initiatorNonce;
    base::ByteView responderNonce;
    Spi initiatorSpi = 0;
    Spi responderSpi = 0;
    base::ByteView additionalSecrets{}; // of IKE_FOLLOWUP_KE, one after the other (RFC 9370 §2.2.4)
};

// Fails with tern.ike.proposal.unoffered for a suite this program cannot do.
[[nodiscard]] base::Result<IkeKeys> deriveIkeKeys(const ChosenSuite& suite, base::ByteView sharedSecret,
                                                  const KeySeed& seed);
// The SK_* keys of a SKEYSEED.
[[nodiscard]] base::Result<IkeKeys> expandIkeKeys(const ChosenSuite& suite, base::ByteView skeyseed,
                                                  const KeySeed& seed);
// For an IKE SA that replaces another: old is the replaced one's keys. Also for the keys after an additional key
// exchange in IKE_INTERMEDIATE, which follow from those before it in the same way (RFC 9370 §2.2.2).
[[nodiscard]] base::Result<IkeKeys> deriveRekeyedIkeKeys(const ChosenSuite& suite, const IkeKeys& old,
                                                         base::ByteView sharedSecret, const KeySeed& seed);

struct ChildKeyRequest {
    base::ByteView sharedSecret; // empty without PFS
    base::ByteView initiatorNonce;
    base::ByteView responderNonce;
    std::uint32_t inboundSpi = 0;
    std::uint32_t outboundSpi = 0;
    bool weInitiated = true; // the exchange that made the child
    base::ByteView additionalSecrets{};
};
// Fails with tern.ike.proposal.unoffered for a suite the data path has no name for.
[[nodiscard]] base::Result<crypto::SaPair> deriveChildKeys(const ChosenSuite& suite, const IkeKeys& keys,
                                                           const ChildKeyRequest& request);

// SK_d, SK_pi and SK_pr with a post-quantum pre-shared key mixed in (RFC 8784 §3).
struct PpkKeys {
    base::SecureBytes derive;
    base::SecureBytes proofInitiator;
    base::SecureBytes proofResponder;
};
[[nodiscard]] PpkKeys mixPpk(const IkeKeys& keys, base::ByteView ppk);

} // namespace tern::ike
