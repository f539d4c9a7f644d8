#include "core/crypto/cipher.h"

#include "core/crypto/openssl.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <climits>
#include <openssl/crypto.h>

namespace tern::crypto {

namespace {

struct Row {
    Encryption encryption;
    unsigned keyBits; // as in the Key Length attribute; 0 where none is allowed
    const char* openssl;
    EncryptionTraits traits; // key, salt, iv, icv, block
};

constexpr std::array rows{
    Row{Encryption::TripleDesCbc, 0, "DES-EDE3-CBC", {24, 0, 8, 0, 8}},
    Row{Encryption::AesCbc, 128, "AES-128-CBC", {16, 0, 16, 0, 16}},
    Row{Encryption::AesCbc, 192, "AES-192-CBC", {24, 0, 16, 0, 16}},
    Row{Encryption::AesCbc, 256, "AES-256-CBC", {32, 0, 16, 0, 16}},
    Row{Encryption::AesCtr, 128, "AES-128-CTR", {16, 4, 8, 0, 1}},
    Row{Encryption::AesCtr, 192, "AES-192-CTR", {24, 4, 8, 0, 1}},
    Row{Encryption::AesCtr, 256, "AES-256-CTR", {32, 4, 8, 0, 1}},
    Row{Encryption::AesGcm8, 128, "AES-128-GCM", {16, 4, 8, 8, 1}},
    Row{Encryption::AesGcm8, 192, "AES-192-GCM", {24, 4, 8, 8, 1}},
    Row{Encryption::AesGcm8, 256, "AES-256-GCM", {32, 4, 8, 8, 1}},
    Row{Encryption::AesGcm12, 128, "AES-128-GCM", {16, 4, 8, 12, 1}},
    Row{Encryption::AesGcm12, 192, "AES-192-GCM", {24, 4, 8, 12, 1}},
    Row{Encryption::AesGcm12, 256, "AES-256-GCM", {32, 4, 8, 12, 1}},
    Row{Encryption::AesGcm16, 128, "AES-128-GCM", {16, 4, 8, 16, 1}},
    Row{Encryption::AesGcm16, 192, "AES-192-GCM", {24, 4, 8, 16, 1}},
    Row{Encryption::AesGcm16, 256, "AES-256-GCM", {32, 4, 8, 16, 1}},
    Row{Encryption::ChaCha20Poly1305, 0, "ChaCha20-Poly1305", {32, 4, 8, 16, 1}},
};

const Row* findByKey(Encryption encryption, std::size_t keyOctets) {
    const auto* const row = std::find_if(rows.begin(), rows.end(), [&](const Row& candidate) {
        return candidate.encryption == encryption && candidate.traits.key == keyOctets;
    });
    return row == rows.end() ? nullptr : row;
}

base::Result<detail::CipherContextPtr> keyedContext(const Row& row, base::ByteView key, Direction direction) {
    const CipherPtr cipher(EVP_CIPHER_fetch(nullptr, row.openssl, nullptr));
    detail::CipherContextPtr context(EVP_CIPHER_CTX_new());
    if (!cipher || !context ||
        EVP_CipherInit_ex2(context.get(), cipher.get(), key.data(), nullptr, direction == Direction::Seal ? 1 : 0,
                           nullptr) != 1 ||
        EVP_CIPHER_CTX_set_padding(context.get(), 0) != 1) {
        return opensslFailure(row.openssl);
    }
    return context;
}

tl::unexpected<base::Error> wrongKey(base::ByteView key) {
    return base::fail("tern.crypto.cipher", {}, "encryption key of " + std::to_string(key.size()) + " octets");
}

// EVP takes lengths as int.
bool update(evp_cipher_ctx_st* context, std::uint8_t* out, base::ByteView in) {
    int written = 0;
    return in.empty() || (in.size() <= INT_MAX &&
                          EVP_CipherUpdate(context, out, &written, in.data(), static_cast<int>(in.size())) == 1 &&
                          static_cast<std::size_t>(written) == in.size());
}

bool finish(evp_cipher_ctx_st* context) {
    std::array<std::uint8_t, EVP_MAX_BLOCK_LENGTH> rest{};
    int written = 0;
    return EVP_CipherFinal_ex(context, rest.data(), &written) == 1 && written == 0;
}

bool setIv(evp_cipher_ctx_st* context, base::ByteView iv) {
    return EVP_CipherInit_ex2(context, nullptr, nullptr, iv.data(), -1, nullptr) == 1;
}

} // namespace

void detail::FreeCipherContext::operator()(evp_cipher_ctx_st* context) const {
    EVP_CIPHER_CTX_free(context);
}

std::optional<EncryptionTraits> encryptionTraits(std::uint16_t transform, unsigned keyBits) {
    for (const auto& row : rows) {
        if (static_cast<std::uint16_t>(row.encryption) == transform && row.keyBits == keyBits) {
            return row.traits;
        }
    }
    return {};
}

Encryption encryptionOf(EspCipher cipher) {
    switch (cipher) {
    case EspCipher::AesGcm16:
        return Encryption::AesGcm16;
    case EspCipher::AesGcm12:
        return Encryption::AesGcm12;
    case EspCipher::AesGcm8:
        return Encryption::AesGcm8;
    case EspCipher::AesCbc:
        return Encryption::AesCbc;
    case EspCipher::AesCtr:
        return Encryption::AesCtr;
    case EspCipher::TripleDesCbc:
        return Encryption::TripleDesCbc;
    case EspCipher::ChaCha20Poly1305:
        break;
    }
    return Encryption::ChaCha20Poly1305;
}

bool hasAesInstructions() {
    const char* const settings = OPENSSL_info(OPENSSL_INFO_CPU_SETTINGS);
    return settings != nullptr && hasAesInstructions(std::string_view(settings));
}

bool hasAesInstructions(std::string_view cpuSettings) {
    struct Processor {
        std::string_view prefix;
        unsigned bit;
    };
    // OPENSSL_ia32cap(3): ECX of CPUID 1 in the upper half. OPENSSL_armcap: ARMV8_AES.
    constexpr std::array processors{Processor{"OPENSSL_ia32cap=0x", 57}, Processor{"OPENSSL_armcap=0x", 2}};
    for (const auto& processor : processors) {
        if (cpuSettings.starts_with(processor.prefix)) {
            const auto digits = cpuSettings.substr(processor.prefix.size());
            std::uint64_t capabilities = 0;
            std::from_chars(digits.data(), digits.data() + digits.size(), capabilities, 16);
            return ((capabilities >> processor.bit) & 1U) != 0;
        }
    }
    return false;
}

base::Result<AeadContext> AeadContext::create(Encryption cipher, base::ByteView key, Direction direction) {
    const Row* const row = findByKey(cipher, key.size());
    if (row == nullptr || !row->traits.isAead()) {
        return wrongKey(key);
    }
    auto context = keyedContext(*row, key, direction);
    if (!context) {
        return base::fail(std::move(context.error()));
    }
    return AeadContext(std::move(*context), row->traits.icv, direction);
}

bool AeadContext::seal(base::ByteView nonce, base::ByteView aad, base::MutableByteView data,
                       base::MutableByteView icv) {
    return m_direction == Direction::Seal && nonce.size() == nonceSize && icv.size() == m_icvSize &&
           setIv(m_context.get(), nonce) && update(m_context.get(), nullptr, aad) &&
           update(m_context.get(), data.data(), data) && finish(m_context.get()) &&
           EVP_CIPHER_CTX_ctrl(m_context.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(icv.size()), icv.data()) == 1;
}

bool AeadContext::open(base::ByteView nonce, base::ByteView aad, base::MutableByteView data, base::ByteView icv) {
    if (m_direction != Direction::Open || nonce.size() != nonceSize || icv.size() != m_icvSize) {
        return false;
    }
    // The control call takes its argument without const; it only reads.
    std::array<std::uint8_t, 16> tag{};
    std::copy(icv.begin(), icv.end(), tag.begin());
    return setIv(m_context.get(), nonce) &&
           EVP_CIPHER_CTX_ctrl(m_context.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(icv.size()), tag.data()) == 1 &&
           update(m_context.get(), nullptr, aad) && update(m_context.get(), data.data(), data) &&
           finish(m_context.get());
}

base::Result<CipherContext> CipherContext::create(Encryption cipher, base::ByteView key, Direction direction) {
    const Row* const row = findByKey(cipher, key.size());
    if (row == nullptr || row->traits.isAead()) {
        return wrongKey(key);
    }
    auto context = keyedContext(*row, key, direction);
    if (!context) {
        return base::fail(std::move(context.error()));
    }
    const std::size_t ivSize = cipher == Encryption::AesCtr ? 16 : row->traits.iv;
    return CipherContext(std::move(*context), ivSize, row->traits.block);
}

bool CipherContext::run(base::ByteView iv, base::MutableByteView data) {
    return iv.size() == m_ivSize && data.size() % m_block == 0 && setIv(m_context.get(), iv) &&
           update(m_context.get(), data.data(), data) && finish(m_context.get());
}

} // namespace tern::crypto
