// SHA-1, SHA-2 and HMAC with a state that can be copied without allocating, which EVP's cannot (EVP_MD_CTX_copy_ex
// allocates for every message in OpenSSL 3.0): needed for every ESP packet with an HMAC. Hence OpenSSL's low-level
// functions, here and nowhere else. For the .cpp files of this folder only.
#pragma once

#include "core/crypto/prf.h"

#include <openssl/sha.h>
#include <variant>

namespace tern::crypto {

class Sha {
public:
    explicit Sha(Hash hash);
    Sha(const Sha&) = default;
    Sha& operator=(const Sha&) = default;
    ~Sha();

    [[nodiscard]] Hash hash() const { return m_hash; }
    void add(base::ByteView data);
    // out: exactly hashSize(hash()) octets. The state is used up.
    void finish(base::MutableByteView out);

private:
    Hash m_hash;
    std::variant<SHA_CTX, SHA256_CTX, SHA512_CTX> m_state;
};

// A key made ready for HMAC (RFC 2104): both padded key blocks are already hashed.
class HmacKey {
public:
    HmacKey(Hash hash, base::ByteView key);
    [[nodiscard]] std::size_t size() const { return hashSize(m_inner.hash()); }
    // out: exactly size() octets.
    void compute(std::initializer_list<base::ByteView> pieces, base::MutableByteView out) const;

private:
    Sha m_inner;
    Sha m_outer;
};

} // namespace tern::crypto
