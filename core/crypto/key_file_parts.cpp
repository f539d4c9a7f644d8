#include "core/crypto/key_file_parts.h"

#include "core/crypto/openssl_key.h"

#include <openssl/err.h>
#include <openssl/pem.h>

namespace tern::crypto {

namespace {

using PasswordWorkPtr = OpensslPtr<PBE2PARAM, PBE2PARAM_free>;
using Pbkdf2Ptr = OpensslPtr<PBKDF2PARAM, PBKDF2PARAM_free>;
using Pkcs12WorkPtr = OpensslPtr<PBEPARAM, PBEPARAM_free>;

// Exporters use thousands to some millions.
constexpr long mostIterations = 10'000'000;

bool meansUnknownAlgorithm(unsigned long code) {
    const int reason = ERR_GET_REASON(code);
    if (reason == ERR_R_UNSUPPORTED) {
        return true;
    }
    return ERR_GET_LIB(code) == ERR_LIB_EVP &&
           (reason == EVP_R_UNSUPPORTED_ALGORITHM || reason == EVP_R_UNKNOWN_PBE_ALGORITHM ||
            reason == EVP_R_UNSUPPORTED_CIPHER || reason == EVP_R_UNKNOWN_CIPHER || reason == EVP_R_UNSUPPORTED_PRF ||
            reason == EVP_R_UNSUPPORTED_KEY_DERIVATION_FUNCTION);
}

long iterationsOf(const ASN1_INTEGER* number) {
    return number != nullptr ? ASN1_INTEGER_get(number) : 1;
}

template<typename T>
T* unpack(const ASN1_ITEM* item, const ASN1_TYPE* parameter) {
    return parameter != nullptr ? static_cast<T*>(ASN1_TYPE_unpack_sequence(item, parameter)) : nullptr;
}

} // namespace

FileCiphers::FileCiphers()
    : m_context(OSSL_LIB_CTX_new())
    , m_standard(OSSL_PROVIDER_load(m_context.get(), "default"))
    , m_legacy(OSSL_PROVIDER_load(m_context.get(), "legacy")) {
    ERR_clear_error();
}

tl::unexpected<base::Error> decryptionFailure(const PassPhrase& passPhrase) {
    bool unknown = false;
    std::string detail;
    while (const unsigned long code = ERR_get_error()) {
        unknown = unknown || meansUnknownAlgorithm(code);
        const char* const reason = ERR_reason_error_string(code);
        detail += (detail.empty() ? "" : "; ") + std::string(reason != nullptr ? reason : "?");
    }
    if (unknown) {
        return base::fail("tern.crypto.key.old-encryption", {}, detail);
    }
    return base::fail(passPhrase ? "tern.crypto.key.passphrase-wrong" : "tern.crypto.key.passphrase-needed", {},
                      detail);
}

bool isTooMuchWork(long iterations) {
    return iterations < 0 || iterations > mostIterations; // ASN1_INTEGER_get() answers -1 for what does not fit
}

bool isTooMuchWork(const X509_ALGOR* algorithm) {
    if (algorithm == nullptr) {
        return true;
    }
    if (OBJ_obj2nid(algorithm->algorithm) != NID_pbes2) {
        const Pkcs12WorkPtr old(unpack<PBEPARAM>(ASN1_ITEM_rptr(PBEPARAM), algorithm->parameter));
        return old && isTooMuchWork(iterationsOf(old->iter));
    }
    const PasswordWorkPtr work(unpack<PBE2PARAM>(ASN1_ITEM_rptr(PBE2PARAM), algorithm->parameter));
    if (!work || work->keyfunc == nullptr || OBJ_obj2nid(work->keyfunc->algorithm) != NID_id_pbkdf2) {
        return false; // scrypt is bounded by OpenSSL; what is malformed fails later
    }
    const Pbkdf2Ptr derivation(unpack<PBKDF2PARAM>(ASN1_ITEM_rptr(PBKDF2PARAM), work->keyfunc->parameter));
    return derivation && isTooMuchWork(iterationsOf(derivation->iter));
}

base::Result<std::shared_ptr<const PrivateKey>> keyFromPkcs8(const PKCS8_PRIV_KEY_INFO* info) {
    PkeyPtr key(EVP_PKCS82PKEY(info));
    if (!key) {
        return base::fail("tern.crypto.key.unreadable", {}, opensslError());
    }
    return memoryKey(std::move(key));
}

base::Result<Pkcs8Ptr> decryptPkcs8(const X509_SIG* encrypted, const PassPhrase& passPhrase,
                                    const FileCiphers& ciphers) {
    const X509_ALGOR* algorithm = nullptr;
    const ASN1_OCTET_STRING* data = nullptr;
    X509_SIG_get0(encrypted, &algorithm, &data);
    if (isTooMuchWork(algorithm)) {
        return base::fail("tern.crypto.key.unreadable", {}, "too many iterations");
    }
    if (!passPhrase) {
        return base::fail("tern.crypto.key.passphrase-needed");
    }
    ERR_clear_error();
    // Without octets OpenSSL takes the pass phrase for no pass phrase, which in PKCS#12 is something else.
    const char* const text = passPhrase->empty() ? "" : reinterpret_cast<const char*>(passPhrase->data());
    Pkcs8Ptr info(PKCS8_decrypt_ex(encrypted, text, static_cast<int>(passPhrase->size()), ciphers.context(), nullptr));
    if (!info) {
        return decryptionFailure(passPhrase);
    }
    ERR_clear_error();
    return info;
}

} // namespace tern::crypto
