#include "core/crypto/aes_mac.h"

#include "core/crypto/openssl.h"

#include <algorithm>
#include <cstdlib>

namespace tern::crypto {

namespace {

constexpr AesMac::Kind xcbc = AesMac::Kind::Xcbc;

detail::CipherContextPtr keyed(base::ByteView key) {
    const CipherPtr cipher(EVP_CIPHER_fetch(nullptr, "AES-128-CBC", nullptr));
    detail::CipherContextPtr context(EVP_CIPHER_CTX_new());
    if (key.size() != AesMac::size || !cipher || !context ||
        EVP_EncryptInit_ex2(context.get(), cipher.get(), key.data(), nullptr, nullptr) != 1 ||
        EVP_CIPHER_CTX_set_padding(context.get(), 0) != 1) {
        std::abort();
    }
    return context;
}

void begin(evp_cipher_ctx_st* context) {
    constexpr std::array<std::uint8_t, AesMac::size> zero{};
    if (EVP_EncryptInit_ex2(context, nullptr, nullptr, zero.data(), nullptr) != 1) {
        std::abort();
    }
}

// Goes on with the chain over whole blocks; the last one's output is in the last octets of `out`.
void encrypt(evp_cipher_ctx_st* context, base::ByteView in, base::MutableByteView out) {
    int written = 0;
    if (EVP_EncryptUpdate(context, out.data(), &written, in.data(), static_cast<int>(in.size())) != 1 ||
        static_cast<std::size_t>(written) != in.size()) {
        std::abort();
    }
}

// Multiplication by x in GF(2^128) (RFC 4493 §2.3).
std::array<std::uint8_t, AesMac::size> doubled(const std::array<std::uint8_t, AesMac::size>& value) {
    constexpr std::uint8_t reduction = 0x87;
    std::array<std::uint8_t, AesMac::size> out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        const unsigned next = i + 1 < value.size() ? value.at(i + 1) >> 7U : 0U;
        out.at(i) = static_cast<std::uint8_t>((static_cast<unsigned>(value.at(i)) << 1U) | next);
    }
    if ((value.front() & 0x80U) != 0) {
        out.back() ^= reduction;
    }
    return out;
}

} // namespace

AesMac::AesMac(Kind kind, base::ByteView key)
    : m_cipher(keyed(key)) {
    const auto derive = [this](std::uint8_t filler) {
        Block in{};
        in.fill(filler);
        Block out{};
        begin(m_cipher.get());
        encrypt(m_cipher.get(), in, out);
        return out;
    };
    if (kind == xcbc) {
        m_whole = derive(2);
        m_partial = derive(3);
        auto chainKey = derive(1);
        m_cipher = keyed(chainKey);
        base::wipe(chainKey);
    } else {
        auto zero = derive(0);
        m_whole = doubled(zero);
        m_partial = doubled(m_whole);
        base::wipe(zero);
    }
}

AesMac::~AesMac() {
    base::wipe(m_whole);
    base::wipe(m_partial);
}

void AesMac::compute(std::initializer_list<base::ByteView> pieces, base::MutableByteView out) const {
    std::array<std::uint8_t, 32 * size> scratch{};
    Block last{}; // always kept back, for what is mixed into the last block depends on there being no more
    std::size_t kept = 0;
    auto* const context = m_cipher.get();
    begin(context);
    for (auto piece : pieces) {
        while (!piece.empty()) {
            if (kept == size) {
                encrypt(context, last, scratch);
                kept = 0;
            }
            if (kept == 0 && piece.size() > size) {
                const auto blocks = std::min((piece.size() - 1) / size, scratch.size() / size);
                encrypt(context, piece.first(blocks * size), scratch);
                piece = piece.subspan(blocks * size);
            }
            const auto count = std::min(size - kept, piece.size());
            std::copy_n(piece.begin(), count, last.begin() + static_cast<std::ptrdiff_t>(kept));
            kept += count;
            piece = piece.subspan(count);
        }
    }
    const auto& mixed = kept == size ? m_whole : m_partial;
    if (kept < size) {
        last.at(kept) = 0x80;
        std::fill(last.begin() + static_cast<std::ptrdiff_t>(kept) + 1, last.end(), std::uint8_t{0});
    }
    for (std::size_t i = 0; i < size; ++i) {
        last.at(i) ^= mixed.at(i);
    }
    encrypt(context, last, out.first(size));
    base::wipe(last);
}

} // namespace tern::crypto
