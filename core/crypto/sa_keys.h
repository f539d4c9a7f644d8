// The keys of one ESP security association, one direction, as IKE hands them to the data path (RFC 7296 §2.17).
// Moved, never copied; wiped when destroyed.
#pragma once

#include "core/base/secure_bytes.h"

#include <cstdint>

namespace tern::crypto {

// 3DES is for the legacy opt-in only.
enum class EspCipher { AesGcm16, AesGcm12, AesGcm8, AesCbc, AesCtr, ChaCha20Poly1305, TripleDesCbc };
// None with the AEAD ciphers.
enum class EspIntegrity { None, HmacSha1_96, HmacSha256_128, HmacSha384_192, HmacSha512_256, AesXcbc96, AesCmac96 };

struct SaKeys {
    std::uint32_t spi = 0; // in host order, as written in the ESP header
    EspCipher cipher = EspCipher::AesGcm16;
    EspIntegrity integrity = EspIntegrity::None;
    bool extendedSequenceNumbers = false;
    base::SecureBytes encryptionKey; // without the salt
    base::SecureBytes salt; // 4 octets for GCM, CTR and ChaCha20-Poly1305 (RFC 4106 §4, RFC 7634 §2), else empty
    base::SecureBytes integrityKey; // empty with the AEAD ciphers
};

struct SaPair {
    SaKeys inbound;  // spi chosen by us
    SaKeys outbound; // spi chosen by the peer
};

} // namespace tern::crypto
