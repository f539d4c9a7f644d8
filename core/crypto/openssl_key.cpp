#include "core/crypto/openssl_key.h"

#include <array>
#include <openssl/rsa.h>

namespace tern::crypto {

namespace {

struct KindRow {
    const char* name;
    KeyType kind;
};
constexpr std::array kinds{KindRow{"RSA", KeyType::Rsa}, KindRow{"RSA-PSS", KeyType::RsaPss},
                           KindRow{"EC", KeyType::Ec}, KindRow{"ED25519", KeyType::Ed25519},
                           KindRow{"ED448", KeyType::Ed448}};

bool fits(KeyType kind, SignatureScheme scheme) {
    switch (scheme) {
    case SignatureScheme::RsaPkcs1:
        return kind == KeyType::Rsa;
    case SignatureScheme::RsaPss:
        return kind == KeyType::Rsa || kind == KeyType::RsaPss;
    case SignatureScheme::Ecdsa:
        return kind == KeyType::Ec;
    case SignatureScheme::EdDsa:
        return kind == KeyType::Ed25519 || kind == KeyType::Ed448;
    }
    return false;
}

tl::unexpected<base::Error> signFailure() {
    return base::fail("tern.crypto.key.sign", {}, opensslError());
}

class MemoryKey final : public PrivateKey {
public:
    MemoryKey(PkeyPtr key, KeyType kind)
        : m_key(std::move(key))
        , m_kind(kind)
        , m_publicKey(publicKeyOf(m_key.get())) {}

    [[nodiscard]] KeyType kind() const override { return m_kind; }
    [[nodiscard]] unsigned bits() const override { return static_cast<unsigned>(EVP_PKEY_get_bits(m_key.get())); }
    [[nodiscard]] const base::Bytes& publicKey() const override { return m_publicKey; }
    [[nodiscard]] base::Result<evp_pkey_st*> forTls() const override { return m_key.get(); }

    [[nodiscard]] base::Result<base::Bytes> sign(SignatureScheme scheme, std::optional<Hash> hash,
                                                 base::ByteView octets) const override {
        if (!fits(m_kind, scheme) || hash.has_value() == (scheme == SignatureScheme::EdDsa)) {
            return base::fail("tern.crypto.key.scheme");
        }
        return scheme == SignatureScheme::EdDsa ? signWhole(octets) : signDigest(scheme, *hash, octets);
    }

private:
    [[nodiscard]] base::Result<base::Bytes> signWhole(base::ByteView octets) const {
        const DigestContextPtr context(EVP_MD_CTX_new());
        std::size_t size = 0;
        if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, m_key.get()) != 1 ||
            EVP_DigestSign(context.get(), nullptr, &size, octets.data(), octets.size()) != 1) {
            return signFailure();
        }
        base::Bytes signature(size);
        if (EVP_DigestSign(context.get(), signature.data(), &size, octets.data(), octets.size()) != 1) {
            return signFailure();
        }
        signature.resize(size);
        return signature;
    }

    // Hashed here, so that OpenSSL is asked for a signature over octets and never for one "with SHA-1", which some
    // distributions forbid.
    [[nodiscard]] base::Result<base::Bytes> signDigest(SignatureScheme scheme, Hash hash, base::ByteView octets) const {
        const PkeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, m_key.get(), nullptr));
        if (!context || EVP_PKEY_sign_init(context.get()) != 1) {
            return signFailure();
        }
        if (scheme == SignatureScheme::RsaPkcs1 &&
            EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1) {
            return signFailure();
        }
        const EVP_MD* const method = opensslHash(hash);
        if (scheme == SignatureScheme::RsaPss &&
            (EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PSS_PADDING) != 1 ||
             EVP_PKEY_CTX_set_signature_md(context.get(), method) != 1 ||
             EVP_PKEY_CTX_set_rsa_mgf1_md(context.get(), method) != 1 ||
             EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), static_cast<int>(hashSize(hash))) != 1)) {
            return signFailure();
        }
        const auto input = scheme == SignatureScheme::RsaPkcs1 ? digestInfo(hash, octets) : digest(hash, {octets});
        std::size_t size = 0;
        if (EVP_PKEY_sign(context.get(), nullptr, &size, input.data(), input.size()) != 1) {
            return signFailure();
        }
        base::Bytes signature(size);
        if (EVP_PKEY_sign(context.get(), signature.data(), &size, input.data(), input.size()) != 1) {
            return signFailure();
        }
        signature.resize(size);
        return signature;
    }

    PkeyPtr m_key;
    KeyType m_kind;
    base::Bytes m_publicKey;
};

} // namespace

base::Result<std::shared_ptr<const PrivateKey>> memoryKey(PkeyPtr key) {
    const auto kind = kindOf(key.get());
    if (!kind) {
        const char* const name = key ? EVP_PKEY_get0_type_name(key.get()) : nullptr;
        return base::fail("tern.crypto.key.unsupported", {name != nullptr ? name : "?"});
    }
    return std::shared_ptr<const PrivateKey>(std::make_shared<MemoryKey>(std::move(key), *kind));
}

std::optional<KeyType> kindOf(const EVP_PKEY* key) {
    for (const auto& row : kinds) {
        if (key != nullptr && EVP_PKEY_is_a(key, row.name) == 1) {
            return row.kind;
        }
    }
    return std::nullopt;
}

base::Bytes publicKeyOf(const EVP_PKEY* key) {
    unsigned char* encoded = nullptr;
    const int size = i2d_PUBKEY(key, &encoded);
    base::Bytes out;
    if (size > 0) {
        out.assign(encoded, encoded + size);
    }
    OPENSSL_free(encoded);
    return out;
}

base::Bytes digestInfo(Hash hash, base::ByteView octets) {
    // RFC 8017 §9.2 note 1; the three of SHA-2 differ in the last part of the name and in the lengths.
    base::Bytes info;
    if (hash == Hash::Sha1) {
        info = {0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2B, 0x0E, 0x03, 0x02, 0x1A, 0x05, 0x00, 0x04, 0x14};
    } else {
        const auto size = static_cast<std::uint8_t>(hashSize(hash));
        const std::uint8_t name = hash == Hash::Sha256 ? 1 : hash == Hash::Sha384 ? 2 : 3;
        info = {0x30, static_cast<std::uint8_t>(size + 17),
                0x30, 0x0D,
                0x06, 0x09,
                0x60, 0x86,
                0x48, 0x01,
                0x65, 0x03,
                0x04, 0x02,
                name, 0x05,
                0x00, 0x04,
                size};
    }
    base::append(info, digest(hash, {octets}));
    return info;
}

const EVP_MD* opensslHash(Hash hash) {
    switch (hash) {
    case Hash::Sha1:
        return EVP_sha1();
    case Hash::Sha256:
        return EVP_sha256();
    case Hash::Sha384:
        return EVP_sha384();
    case Hash::Sha512:
        break;
    }
    return EVP_sha512();
}

} // namespace tern::crypto
