// ML-KEM (FIPS 203) by its IKEv2 group: 35, 36 and 37 are ML-KEM-512, -768 and -1024
// (draft-ietf-ipsecme-ikev2-mlkem). OpenSSL has it from 3.5 on, which is found out when the program runs.
//
// Unlike Diffie–Hellman the two ends differ: the initiator sends an encapsulation key, the responder a ciphertext.
// The initiator's end is a KeyExchange like the others; the responder's is replyToKeyExchange(), for every group.
#pragma once

#include "core/crypto/diffie_hellman.h"

namespace tern::crypto {

constexpr std::uint16_t mlKem512 = 35;
constexpr std::uint16_t mlKem768 = 36;
constexpr std::uint16_t mlKem1024 = 37;

[[nodiscard]] constexpr bool isMlKem(std::uint16_t group) {
    return group >= mlKem512 && group <= mlKem1024;
}
// Whether this OpenSSL can do the group; false for one that is not ML-KEM.
[[nodiscard]] bool mlKemIsAvailable(std::uint16_t group);

// The initiator's end. The public value is the encapsulation key; sharedSecret() takes the responder's ciphertext. A
// ciphertext of the right length always gives a secret: of a damaged one another than the responder's (FIPS 203
// §6.3), which the proof of identity then finds out.
// Fails with tern.crypto.dh.group where OpenSSL does not have it.
[[nodiscard]] base::Result<std::unique_ptr<KeyExchange>> createMlKem(std::uint16_t group);
// From the 64 octets d | z of FIPS 203 §7.1, for known answers.
[[nodiscard]] base::Result<std::unique_ptr<KeyExchange>> createMlKemFromSeed(std::uint16_t group, base::ByteView seed);

// What a responder makes of the initiator's public value, for every group of this folder.
struct KeyReply {
    base::Bytes publicValue; // for the KE payload of the answer
    base::SecureBytes secret;
};
// Fails as KeyExchange::create() and sharedSecret() do; ML-KEM checks the key as FIPS 203 §7.2 asks.
[[nodiscard]] base::Result<KeyReply> replyToKeyExchange(std::uint16_t group, base::ByteView peerPublic);

} // namespace tern::crypto
