// Key files made while a test runs.
#pragma once

#include "core/base/secure_bytes.h"
#include "tests/unit/crypto/authority.h"

#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <optional>

namespace tern::test {

inline base::Bytes contents(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, data + size};
}

struct StackDeleter {
    void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};

// Ciphers by NID as for PKCS12_create(); above: certificates beside the leaf. The old ones need the legacy provider
// and answer nothing without it.
inline base::Bytes makePkcs12(const Issued& leaf, const std::vector<const Issued*>& above, const char* passPhrase,
                              int keyCipher = NID_aes_256_cbc, int certificateCipher = NID_aes_256_cbc) {
    const crypto::OpensslPtr<OSSL_LIB_CTX, OSSL_LIB_CTX_free> context(OSSL_LIB_CTX_new());
    const crypto::OpensslPtr<OSSL_PROVIDER, OSSL_PROVIDER_unload> standard(
        OSSL_PROVIDER_load(context.get(), "default"));
    const crypto::OpensslPtr<OSSL_PROVIDER, OSSL_PROVIDER_unload> legacy(OSSL_PROVIDER_load(context.get(), "legacy"));
    const std::unique_ptr<STACK_OF(X509), StackDeleter> others(sk_X509_new_null());
    for (const auto* each : above) {
        sk_X509_push(others.get(), each->certificate.get());
    }
    const crypto::OpensslPtr<PKCS12, PKCS12_free> file(
        PKCS12_create_ex(passPhrase, "Tern test", leaf.key.get(), leaf.certificate.get(), others.get(), keyCipher,
                         certificateCipher, 2048, 2048, 0, context.get(), nullptr));
    const crypto::BioPtr bio(BIO_new(BIO_s_mem()));
    if (!file || i2d_PKCS12_bio(bio.get(), file.get()) != 1) {
        return {};
    }
    return contents(bio.get());
}

inline base::Bytes pemKey(const crypto::PkeyPtr& key, const char* passPhrase = nullptr) {
    const crypto::BioPtr bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), passPhrase != nullptr ? EVP_aes_256_cbc() : nullptr, passPhrase,
                                  passPhrase != nullptr ? static_cast<int>(strlen(passPhrase)) : 0, nullptr, nullptr);
    return contents(bio.get());
}

inline base::Bytes traditionalPemKey(const crypto::PkeyPtr& key, const char* passPhrase = nullptr) {
    const crypto::BioPtr bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey_traditional(bio.get(), key.get(), passPhrase != nullptr ? EVP_des_ede3_cbc() : nullptr,
                                         reinterpret_cast<const unsigned char*>(passPhrase),
                                         passPhrase != nullptr ? static_cast<int>(strlen(passPhrase)) : 0, nullptr,
                                         nullptr);
    return contents(bio.get());
}

inline base::Bytes operator+(base::Bytes a, const std::string& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

inline std::optional<base::SecureBytes> phrase(std::string_view text) {
    return base::SecureBytes(text);
}

} // namespace tern::test
