// A token's key dressed as an EVP_PKEY, for libssl. OpenSSL 3 still takes keys with methods of their own; a provider
// for two callbacks would be a hundred times this. Its functions are marked deprecated, hence the next line.
#define OPENSSL_SUPPRESS_DEPRECATED // NOLINT(cppcoreguidelines-macro-usage): OpenSSL's own switch

#include "core/crypto/openssl.h"
#include "core/crypto/token_session.h"

#include <algorithm>
#include <openssl/rsa.h>

namespace tern::crypto {

namespace {

using RsaPtr = OpensslPtr<RSA, RSA_free>;
using EcPtr = OpensslPtr<EC_KEY, EC_KEY_free>;

int rsaIndex() {
    static const int index = RSA_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}
int ecIndex() {
    static const int index = EC_KEY_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

int rsaSign(int size, const unsigned char* from, unsigned char* to, RSA* rsa, int padding) {
    const auto* signer = static_cast<const BorrowedSigner*>(RSA_get_ex_data(rsa, rsaIndex()));
    if (signer == nullptr || size < 0 || (padding != RSA_PKCS1_PADDING && padding != RSA_NO_PADDING)) {
        return -1;
    }
    const auto made = signer->signRaw(padding == RSA_NO_PADDING, {from, static_cast<std::size_t>(size)});
    if (!made || made->size() > static_cast<std::size_t>(RSA_size(rsa))) {
        return -1;
    }
    std::copy(made->begin(), made->end(), to);
    return static_cast<int>(made->size());
}

int ecSign(int /*type*/, const unsigned char* digest, int size, unsigned char* to, unsigned int* length,
           const BIGNUM* /*inverse*/, const BIGNUM* /*r*/, EC_KEY* key) {
    const auto* signer = static_cast<const BorrowedSigner*>(EC_KEY_get_ex_data(key, ecIndex()));
    if (signer == nullptr || size < 0) {
        return 0;
    }
    const auto made = signer->signDigest({digest, static_cast<std::size_t>(size)});
    if (!made || made->size() > static_cast<std::size_t>(ECDSA_size(key))) {
        return 0;
    }
    std::copy(made->begin(), made->end(), to);
    *length = static_cast<unsigned>(made->size());
    return 1;
}

const RSA_METHOD* rsaMethod() {
    static const RSA_METHOD* const method = [] {
        RSA_METHOD* const made = RSA_meth_dup(RSA_PKCS1_OpenSSL());
        RSA_meth_set_priv_enc(made, rsaSign);
        return made;
    }();
    return method;
}

const EC_KEY_METHOD* ecMethod() {
    static const EC_KEY_METHOD* const method = [] {
        EC_KEY_METHOD* const made = EC_KEY_METHOD_new(EC_KEY_OpenSSL());
        EC_KEY_METHOD_set_sign(made, ecSign, nullptr, nullptr);
        return made;
    }();
    return method;
}

void* asData(const BorrowedSigner& signer) {
    return const_cast<BorrowedSigner*>(&signer); // OpenSSL knows no const here; the callbacks do
}

} // namespace

EVP_PKEY* borrowedKey(base::ByteView publicKey, const BorrowedSigner& signer) {
    const unsigned char* at = publicKey.data();
    const PkeyPtr parsed(d2i_PUBKEY(nullptr, &at, static_cast<long>(publicKey.size())));
    PkeyPtr made(EVP_PKEY_new());
    if (!parsed || !made) {
        return nullptr;
    }
    if (EVP_PKEY_is_a(parsed.get(), "RSA") == 1) {
        RsaPtr rsa(EVP_PKEY_get1_RSA(parsed.get()));
        if (rsa && RSA_set_method(rsa.get(), rsaMethod()) == 1 &&
            RSA_set_ex_data(rsa.get(), rsaIndex(), asData(signer)) == 1 &&
            EVP_PKEY_assign_RSA(made.get(), rsa.get()) == 1) {
            static_cast<void>(rsa.release());
            return made.release();
        }
    } else if (EVP_PKEY_is_a(parsed.get(), "EC") == 1) {
        EcPtr key(EVP_PKEY_get1_EC_KEY(parsed.get()));
        if (key && EC_KEY_set_method(key.get(), ecMethod()) == 1 &&
            EC_KEY_set_ex_data(key.get(), ecIndex(), asData(signer)) == 1 &&
            EVP_PKEY_assign_EC_KEY(made.get(), key.get()) == 1) {
            static_cast<void>(key.release());
            return made.release();
        }
    }
    static_cast<void>(opensslError());
    return nullptr;
}

} // namespace tern::crypto
