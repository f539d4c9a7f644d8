// The reason for the low-level functions is in sha.h.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "core/crypto/sha.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace tern::crypto {

namespace {

void require(int openssl) {
    if (openssl != 1) {
        std::abort();
    }
}

} // namespace

Sha::Sha(Hash hash)
    : m_hash(hash) {
    switch (hash) {
    case Hash::Sha1:
        require(SHA1_Init(&m_state.emplace<SHA_CTX>()));
        break;
    case Hash::Sha256:
        require(SHA256_Init(&m_state.emplace<SHA256_CTX>()));
        break;
    case Hash::Sha384:
        require(SHA384_Init(&m_state.emplace<SHA512_CTX>()));
        break;
    case Hash::Sha512:
        require(SHA512_Init(&m_state.emplace<SHA512_CTX>()));
        break;
    }
}

Sha::~Sha() {
    const auto forget = [](auto* state) {
        if (state != nullptr) {
            base::wipe({reinterpret_cast<std::uint8_t*>(state), sizeof *state});
        }
    };
    forget(std::get_if<SHA_CTX>(&m_state));
    forget(std::get_if<SHA256_CTX>(&m_state));
    forget(std::get_if<SHA512_CTX>(&m_state));
}

void Sha::add(base::ByteView data) {
    switch (m_hash) {
    case Hash::Sha1:
        require(SHA1_Update(std::get_if<SHA_CTX>(&m_state), data.data(), data.size()));
        break;
    case Hash::Sha256:
        require(SHA256_Update(std::get_if<SHA256_CTX>(&m_state), data.data(), data.size()));
        break;
    case Hash::Sha384:
        require(SHA384_Update(std::get_if<SHA512_CTX>(&m_state), data.data(), data.size()));
        break;
    case Hash::Sha512:
        require(SHA512_Update(std::get_if<SHA512_CTX>(&m_state), data.data(), data.size()));
        break;
    }
}

void Sha::finish(base::MutableByteView out) {
    if (out.size() != hashSize(m_hash)) {
        std::abort();
    }
    switch (m_hash) {
    case Hash::Sha1:
        require(SHA1_Final(out.data(), std::get_if<SHA_CTX>(&m_state)));
        break;
    case Hash::Sha256:
        require(SHA256_Final(out.data(), std::get_if<SHA256_CTX>(&m_state)));
        break;
    case Hash::Sha384:
        require(SHA384_Final(out.data(), std::get_if<SHA512_CTX>(&m_state)));
        break;
    case Hash::Sha512:
        require(SHA512_Final(out.data(), std::get_if<SHA512_CTX>(&m_state)));
        break;
    }
}

HmacKey::HmacKey(Hash hash, base::ByteView key)
    : m_inner(hash)
    , m_outer(hash) {
    constexpr std::size_t longestBlock = 128;
    const std::size_t block = hash == Hash::Sha1 || hash == Hash::Sha256 ? 64 : longestBlock;
    std::array<std::uint8_t, longestBlock> padded{};
    if (key.size() > block) {
        Sha shortener(hash);
        shortener.add(key);
        shortener.finish(base::MutableByteView(padded).first(hashSize(hash)));
    } else {
        std::copy(key.begin(), key.end(), padded.begin());
    }
    const auto xorWith = [&](std::uint8_t value) {
        for (auto& octet : padded) {
            octet ^= value;
        }
    };
    constexpr std::uint8_t ipad = 0x36;
    constexpr std::uint8_t opad = 0x5C;
    xorWith(ipad);
    m_inner.add(base::ByteView(padded).first(block));
    xorWith(ipad ^ opad);
    m_outer.add(base::ByteView(padded).first(block));
    base::wipe(padded);
}

void HmacKey::compute(std::initializer_list<base::ByteView> pieces, base::MutableByteView out) const {
    Sha inner(m_inner);
    for (const auto piece : pieces) {
        inner.add(piece);
    }
    std::array<std::uint8_t, 64> buffer{};
    const auto middle = base::MutableByteView(buffer).first(size());
    inner.finish(middle);
    Sha outer(m_outer);
    outer.add(middle);
    outer.finish(out);
    base::wipe(buffer);
}

} // namespace tern::crypto
