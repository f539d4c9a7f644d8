// Encryption for IKE's SK payloads and for ESP, in place. A context is keyed once and allocates nothing per message;
// it belongs to one thread and one direction. Wiped when destroyed.
#pragma once

#include "core/base/error.h"
#include "core/base/secure_bytes.h"
#include "core/crypto/sa_keys.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

struct evp_cipher_ctx_st;

namespace tern::crypto {

// IANA "IKEv2 Transform Type 1". 3DES is for the legacy opt-in only.
enum class Encryption : std::uint16_t {
    TripleDesCbc = 3,
    AesCbc = 12,
    AesCtr = 13,
    AesGcm8 = 18,
    AesGcm12 = 19,
    AesGcm16 = 20,
    ChaCha20Poly1305 = 28,
};

// Sizes in octets. KEYMAT takes key + salt from prf+ in this order (RFC 4106 §8.1, RFC 7634 §2, RFC 5282 §7.1).
struct EncryptionTraits {
    std::size_t key = 0;
    std::size_t salt = 0;
    std::size_t iv = 0;    // as sent in front of the ciphertext
    std::size_t icv = 0;   // of an AEAD; 0 for a cipher that needs an Integrity beside it
    std::size_t block = 1; // the ciphertext is a multiple of this
    [[nodiscard]] bool isAead() const { return icv != 0; }
};

// keyBits: the Key Length attribute, 0 where there was none. Nothing for a cipher or length we do not have; ciphers
// with one key length accept no attribute (RFC 7296 §3.3.5), AES needs one.
[[nodiscard]] std::optional<EncryptionTraits> encryptionTraits(std::uint16_t transform, unsigned keyBits);
[[nodiscard]] Encryption encryptionOf(EspCipher cipher);

// Whether AES is done by the processor, as OpenSSL has found; without, ChaCha20 is several times as fast.
[[nodiscard]] bool hasAesInstructions();
// The same of OpenSSL's own words, "OPENSSL_ia32cap=0x…". False for what it does not say.
[[nodiscard]] bool hasAesInstructions(std::string_view cpuSettings);

enum class Direction { Seal, Open };

namespace detail {
struct FreeCipherContext {
    void operator()(evp_cipher_ctx_st* context) const;
};
using CipherContextPtr = std::unique_ptr<evp_cipher_ctx_st, FreeCipherContext>;
} // namespace detail

// AES-GCM (RFC 4106, 5282) and ChaCha20-Poly1305 (RFC 7634).
class AeadContext {
public:
    static constexpr std::size_t nonceSize = 12; // salt | explicit IV

    // Fails with tern.crypto.cipher when the cipher is no AEAD or the key (without salt) has a wrong length.
    [[nodiscard]] static base::Result<AeadContext> create(Encryption cipher, base::ByteView key, Direction direction);

    [[nodiscard]] std::size_t icvSize() const { return m_icvSize; }

    // Encrypts data in place and writes icvSize() octets to icv. False only for wrong sizes or when OpenSSL fails;
    // the message must not be sent then. A nonce must never be used twice with one key.
    [[nodiscard]] bool seal(base::ByteView nonce, base::ByteView aad, base::MutableByteView data,
                            base::MutableByteView icv);
    // Decrypts data in place. False when the tag does not hold: data is garbage then and must be dropped.
    [[nodiscard]] bool open(base::ByteView nonce, base::ByteView aad, base::MutableByteView data, base::ByteView icv);

private:
    AeadContext(detail::CipherContextPtr context, std::size_t icvSize, Direction direction)
        : m_context(std::move(context))
        , m_icvSize(icvSize)
        , m_direction(direction) {}

    detail::CipherContextPtr m_context;
    std::size_t m_icvSize;
    Direction m_direction;
};

// AES-CBC (RFC 3602), 3DES-CBC (RFC 2451) and AES-CTR (RFC 3686). Not authenticated: verify the ICV first.
class CipherContext {
public:
    // Fails with tern.crypto.cipher for an AEAD or a wrong key length (CTR: without the nonce).
    [[nodiscard]] static base::Result<CipherContext> create(Encryption cipher, base::ByteView key, Direction direction);

    // Encrypts or decrypts in place. iv: one block; for CTR the whole counter block, nonce | IV | 00000001.
    // CBC: data must be a multiple of the block. False for wrong sizes or when OpenSSL fails.
    [[nodiscard]] bool run(base::ByteView iv, base::MutableByteView data);

private:
    CipherContext(detail::CipherContextPtr context, std::size_t ivSize, std::size_t block)
        : m_context(std::move(context))
        , m_ivSize(ivSize)
        , m_block(block) {}

    detail::CipherContextPtr m_context;
    std::size_t m_ivSize;
    std::size_t m_block;
};

} // namespace tern::crypto
