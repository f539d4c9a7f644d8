// AES-XCBC-MAC (RFC 3566) and AES-CMAC (RFC 4493) with a 128-bit key. Keyed once; computing allocates nothing; belongs
// to one thread; wiped when destroyed. OpenSSL has no XCBC, and its CMAC allocates for every message, so both are
// built here from AES in CBC mode, of which they are the last block. For the .cpp files of this folder only.
#pragma once

#include "core/crypto/cipher.h"

#include <array>
#include <initializer_list>

namespace tern::crypto {

class AesMac {
public:
    static constexpr std::size_t size = 16; // octets of key and of output
    enum class Kind { Xcbc, Cmac };

    // key: exactly `size` octets. As with Sha, a process whose OpenSSL cannot do AES at all ends.
    AesMac(Kind kind, base::ByteView key);
    AesMac(AesMac&&) noexcept = default;
    AesMac& operator=(AesMac&&) noexcept = default;
    AesMac(const AesMac&) = delete;
    AesMac& operator=(const AesMac&) = delete;
    ~AesMac();

    // Over the pieces, one after the other. out: exactly `size` octets.
    void compute(std::initializer_list<base::ByteView> pieces, base::MutableByteView out) const;

private:
    using Block = std::array<std::uint8_t, size>;

    detail::CipherContextPtr m_cipher;
    Block m_whole{};   // goes into the last block when that is full
    Block m_partial{}; // when it had to be padded
};

} // namespace tern::crypto
