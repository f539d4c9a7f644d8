// A private key on a token: which mechanism makes which signature.
#include "core/crypto/openssl_key.h"
#include "core/crypto/token_session.h"

#include <algorithm>

namespace tern::crypto {

namespace {

struct PssNumbers {
    CK_MECHANISM_TYPE hash;
    CK_ULONG mask;
};
PssNumbers pssNumbers(Hash hash) {
    switch (hash) {
    case Hash::Sha1:
        return {CKM_SHA_1, CKG_MGF1_SHA1};
    case Hash::Sha256:
        return {CKM_SHA256, CKG_MGF1_SHA256};
    case Hash::Sha384:
        return {CKM_SHA384, CKG_MGF1_SHA384};
    case Hash::Sha512:
        break;
    }
    return {CKM_SHA512, CKG_MGF1_SHA512};
}

// PKCS#11 has r and s one after the other, OpenSSL and RFC 7427 a DER sequence.
base::Result<base::Bytes> derSignature(base::Result<base::Bytes> raw) {
    if (!raw) {
        return raw;
    }
    const auto half = raw->size() / 2;
    const OpensslPtr<ECDSA_SIG, ECDSA_SIG_free> pair(ECDSA_SIG_new());
    BignumPtr r(BN_bin2bn(raw->data(), static_cast<int>(half), nullptr));
    BignumPtr s(BN_bin2bn(raw->data() + half, static_cast<int>(half), nullptr));
    if (!pair || !r || !s || half == 0 || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) {
        return base::fail("tern.crypto.key.sign", {}, "ECDSA signature of the token");
    }
    // The pair owns both numbers now.
    static_cast<void>(r.release());
    static_cast<void>(s.release());
    unsigned char* encoded = nullptr;
    const int size = i2d_ECDSA_SIG(pair.get(), &encoded);
    const base::Bytes der(encoded, encoded + std::max(size, 0));
    OPENSSL_free(encoded);
    return der;
}

class TokenKey final : public PrivateKey, private BorrowedSigner {
public:
    TokenKey(std::shared_ptr<const TokenSession> session, CK_OBJECT_HANDLE handle, base::Bytes publicKey, KeyType kind,
             unsigned bits)
        : m_session(std::move(session))
        , m_handle(handle)
        , m_publicKey(std::move(publicKey))
        , m_kind(kind)
        , m_bits(bits)
        , m_borrowed(borrowedKey(m_publicKey, *this)) {}

    [[nodiscard]] KeyType kind() const override { return m_kind; }
    [[nodiscard]] unsigned bits() const override { return m_bits; }
    [[nodiscard]] const base::Bytes& publicKey() const override { return m_publicKey; }
    [[nodiscard]] base::Result<evp_pkey_st*> forTls() const override {
        if (!m_borrowed) {
            return base::fail("tern.crypto.key.scheme", {}, "a token's key that libssl cannot use");
        }
        return m_borrowed.get();
    }

    [[nodiscard]] base::Result<base::Bytes> sign(SignatureScheme scheme, std::optional<Hash> hash,
                                                 base::ByteView octets) const override {
        const bool edDsa = m_kind == KeyType::Ed25519 || m_kind == KeyType::Ed448;
        if (scheme == SignatureScheme::EdDsa && edDsa && !hash) {
            return m_session->sign(m_handle, {CKM_EDDSA, nullptr, 0}, octets);
        }
        if (scheme == SignatureScheme::Ecdsa && m_kind == KeyType::Ec && hash) {
            return signDigest(digest(*hash, {octets}));
        }
        if (scheme == SignatureScheme::RsaPkcs1 && m_kind == KeyType::Rsa && hash) {
            return signRaw(false, digestInfo(*hash, octets));
        }
        if (scheme == SignatureScheme::RsaPss && (m_kind == KeyType::Rsa || m_kind == KeyType::RsaPss) && hash) {
            const auto numbers = pssNumbers(*hash);
            CK_RSA_PKCS_PSS_PARAMS parameters{numbers.hash, numbers.mask, hashSize(*hash)};
            return m_session->sign(m_handle, {CKM_RSA_PKCS_PSS, &parameters, sizeof(parameters)},
                                   digest(*hash, {octets}));
        }
        return base::fail("tern.crypto.key.scheme");
    }

private:
    [[nodiscard]] base::Result<base::Bytes> signRaw(bool padded, base::ByteView block) const override {
        return m_session->sign(m_handle, {padded ? CKM_RSA_X_509 : CKM_RSA_PKCS, nullptr, 0}, block);
    }
    [[nodiscard]] base::Result<base::Bytes> signDigest(base::ByteView octets) const override {
        return derSignature(m_session->sign(m_handle, {CKM_ECDSA, nullptr, 0}, octets));
    }

    std::shared_ptr<const TokenSession> m_session;
    CK_OBJECT_HANDLE m_handle;
    base::Bytes m_publicKey;
    KeyType m_kind;
    unsigned m_bits;
    PkeyPtr m_borrowed;
};

} // namespace

std::shared_ptr<const PrivateKey> tokenKey(std::shared_ptr<const TokenSession> session, CK_OBJECT_HANDLE handle,
                                           base::Bytes publicKey) {
    const unsigned char* at = publicKey.data();
    const PkeyPtr parsed(d2i_PUBKEY(nullptr, &at, static_cast<long>(publicKey.size())));
    const auto kind = kindOf(parsed.get());
    static_cast<void>(opensslError());
    if (!kind) {
        return nullptr;
    }
    const auto bits = static_cast<unsigned>(EVP_PKEY_get_bits(parsed.get()));
    return std::make_shared<TokenKey>(std::move(session), handle, std::move(publicKey), *kind, bits);
}

} // namespace tern::crypto
