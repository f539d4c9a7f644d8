#include "core/crypto/md4_des.h"

#include "core/crypto/openssl.h"

#include <algorithm>
#include <bit>
#include <optional>

namespace tern::crypto {

namespace {

// RFC 1320 §3.4. Written out here, because a library's MD4 leaves the password it hashed in its own buffers.
class Md4 {
public:
    Md4() = default;
    Md4(const Md4&) = delete;
    Md4& operator=(const Md4&) = delete;
    ~Md4() {
        base::wipe({reinterpret_cast<std::uint8_t*>(m_state.data()), sizeof m_state});
        base::wipe({reinterpret_cast<std::uint8_t*>(m_words.data()), sizeof m_words});
    }

    void block(base::ByteView octets) {
        for (std::size_t i = 0; i < m_words.size(); ++i) {
            m_words[i] = static_cast<std::uint32_t>(octets[4 * i]) |
                         static_cast<std::uint32_t>(octets[4 * i + 1]) << 8U |
                         static_cast<std::uint32_t>(octets[4 * i + 2]) << 16U |
                         static_cast<std::uint32_t>(octets[4 * i + 3]) << 24U;
        }
        const auto before = m_state;
        for (unsigned step = 0; step < 48; ++step) {
            operation(step);
        }
        for (std::size_t i = 0; i < m_state.size(); ++i) {
            m_state[i] += before[i];
        }
    }

    [[nodiscard]] base::SecureBytes result() const {
        base::SecureBytes out(16);
        for (std::size_t i = 0; i < out.size(); ++i) {
            out.span()[i] = static_cast<std::uint8_t>(m_state[i / 4] >> (8 * (i % 4)));
        }
        return out;
    }

private:
    void operation(unsigned step) {
        static constexpr std::array<std::array<int, 4>, 3> shifts{{{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}}};
        static constexpr std::array<std::uint32_t, 3> constants{0, 0x5A827999U, 0x6ED9EBA1U};
        static constexpr std::array<std::uint8_t, 16> thirdOrder{0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15};
        const unsigned round = step / 16;
        const unsigned i = step % 16;
        // The four registers change roles from step to step: [ABCD], [DABC], [CDAB], [BCDA].
        auto& a = m_state[(4 - i % 4) % 4];
        const auto b = m_state[(5 - i % 4) % 4];
        const auto c = m_state[(6 - i % 4) % 4];
        const auto d = m_state[(7 - i % 4) % 4];
        std::uint32_t mix = 0;
        std::size_t word = i;
        if (round == 0) {
            mix = (b & c) | (~b & d);
        } else if (round == 1) {
            mix = (b & c) | (b & d) | (c & d);
            word = i / 4 + 4 * static_cast<std::size_t>(i % 4);
        } else {
            mix = b ^ c ^ d;
            word = thirdOrder[i];
        }
        a = std::rotl(a + mix + m_words[word] + constants[round], shifts[round][i % 4]);
    }

    std::array<std::uint32_t, 4> m_state{0x67452301U, 0xEFCDAB89U, 0x98BADCFEU, 0x10325476U};
    std::array<std::uint32_t, 16> m_words{};
};

void appendUnit(base::SecureBytes& out, std::uint32_t unit) {
    out.append(std::array{static_cast<std::uint8_t>(unit), static_cast<std::uint8_t>(unit >> 8U)});
}

// One code point off the front; nothing for malformed, overlong or surrogate encodings (RFC 3629 §4).
std::optional<std::uint32_t> takeCodePoint(base::ByteView& utf8) {
    const std::uint8_t first = utf8.front();
    std::size_t length = 1;
    std::uint32_t least = 0;
    std::uint32_t value = first;
    if (first >= 0xF0 && first <= 0xF4) {
        length = 4;
        least = 0x10000;
        value = first & 0x07U;
    } else if (first >= 0xE0 && first < 0xF0) {
        length = 3;
        least = 0x800;
        value = first & 0x0FU;
    } else if (first >= 0xC2 && first < 0xE0) {
        length = 2;
        least = 0x80;
        value = first & 0x1FU;
    } else if (first >= 0x80) {
        return {};
    }
    if (utf8.size() < length) {
        return {};
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((utf8[i] & 0xC0U) != 0x80U) {
            return {};
        }
        value = value << 6U | (utf8[i] & 0x3FU);
    }
    utf8 = utf8.subspan(length);
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    return value < least || value > 0x10FFFF || surrogate ? std::nullopt : std::optional(value);
}

} // namespace

base::SecureBytes md4(base::ByteView data) {
    // RFC 1320 §3.1, §3.2: a one bit, zeros, and the length in bits as 64 bits, low octet first.
    Md4 state;
    const std::uint64_t bits = static_cast<std::uint64_t>(data.size()) * 8;
    while (data.size() >= 64) {
        state.block(data.first(64));
        data = data.subspan(64);
    }
    base::SecureBytes tail(data.size() < 56 ? 64 : 128);
    std::copy(data.begin(), data.end(), tail.data());
    tail.span()[data.size()] = 0x80;
    for (std::size_t i = 0; i < 8; ++i) {
        tail.span()[tail.size() - 8 + i] = static_cast<std::uint8_t>(bits >> (8 * i));
    }
    for (std::size_t at = 0; at < tail.size(); at += 64) {
        state.block(tail.view().subspan(at, 64));
    }
    return state.result();
}

base::Result<std::array<std::uint8_t, 8>> desEncrypt(base::ByteView key, base::ByteView clear) {
    if (key.size() != 7 || clear.size() != 8) {
        return base::fail("tern.crypto.cipher", {}, "DES takes a key of 7 octets and a block of 8");
    }
    // Seven key bits go into the upper bits of each of eight octets; the lowest, the parity, is not looked at.
    std::uint64_t bits = 0;
    for (const auto octet : key) {
        bits = bits << 8U | octet;
    }
    base::SecureBytes spread(24);
    for (std::size_t i = 0; i < spread.size(); ++i) {
        spread.span()[i] = static_cast<std::uint8_t>((bits >> (49 - 7 * (i % 8))) << 1U);
    }
    base::wipe({reinterpret_cast<std::uint8_t*>(&bits), sizeof bits});

    const CipherPtr cipher(EVP_CIPHER_fetch(nullptr, "DES-EDE3-ECB", nullptr));
    const OpensslPtr<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free> context(EVP_CIPHER_CTX_new());
    std::array<std::uint8_t, 8> out{};
    int written = 0;
    if (!cipher || !context || EVP_EncryptInit_ex2(context.get(), cipher.get(), spread.data(), nullptr, nullptr) != 1 ||
        EVP_CIPHER_CTX_set_padding(context.get(), 0) != 1 ||
        EVP_EncryptUpdate(context.get(), out.data(), &written, clear.data(), 8) != 1 || written != 8) {
        return base::fail("tern.crypto.cipher", {}, "DES-EDE3-ECB: " + opensslError());
    }
    return out;
}

base::Result<base::SecureBytes> utf16le(base::ByteView utf8) {
    base::SecureBytes out;
    while (!utf8.empty()) {
        const auto point = takeCodePoint(utf8);
        if (!point) {
            return base::fail("tern.crypto.password-text");
        }
        if (*point < 0x10000) {
            appendUnit(out, *point);
        } else {
            appendUnit(out, 0xD800U | (*point - 0x10000U) >> 10U);
            appendUnit(out, 0xDC00U | ((*point - 0x10000U) & 0x3FFU));
        }
    }
    return out;
}

} // namespace tern::crypto
