// Ownership of OpenSSL's objects, and what went wrong in it. For the .cpp files of this folder only.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/time.h"

#include <memory>
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string>

namespace tern::crypto {

template<auto Free>
struct OpensslDeleter {
    template<typename T>
    void operator()(T* object) const {
        Free(object);
    }
};

template<typename T, auto Free>
using OpensslPtr = std::unique_ptr<T, OpensslDeleter<Free>>;

using PkeyPtr = OpensslPtr<EVP_PKEY, EVP_PKEY_free>;
using PkeyContextPtr = OpensslPtr<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using DigestContextPtr = OpensslPtr<EVP_MD_CTX, EVP_MD_CTX_free>;
using CipherPtr = OpensslPtr<EVP_CIPHER, EVP_CIPHER_free>;
using X509Ptr = OpensslPtr<X509, X509_free>;
using NamesPtr = OpensslPtr<GENERAL_NAMES, GENERAL_NAMES_free>;
using BioPtr = OpensslPtr<BIO, BIO_free_all>;
using BignumPtr = OpensslPtr<BIGNUM, BN_clear_free>;
using BignumContextPtr = OpensslPtr<BN_CTX, BN_CTX_free>;
using ParamBuilderPtr = OpensslPtr<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using ParamsPtr = OpensslPtr<OSSL_PARAM, OSSL_PARAM_free>;

// What an i2d function of OpenSSL makes: encode(unsigned char** out). Empty when it fails.
template<typename Encode>
[[nodiscard]] base::Bytes encodedBy(Encode encode) {
    unsigned char* made = nullptr;
    const int size = encode(&made);
    base::Bytes out;
    if (size > 0) {
        out.assign(made, made + size);
    }
    OPENSSL_free(made);
    return out;
}

// OpenSSL's own words for its last error; empties its queue.
[[nodiscard]] std::string opensslError();

// tern.crypto.internal with OpenSSL's words behind `what`.
[[nodiscard]] tl::unexpected<base::Error> opensslFailure(const char* what);

// One DER certificate with nothing behind it, at most 64 KiB; null otherwise.
[[nodiscard]] X509Ptr parseCertificate(base::ByteView der);
[[nodiscard]] base::Bytes certificateDer(const X509* certificate);
// DER SubjectPublicKeyInfo.
[[nodiscard]] base::Bytes publicKeyInfo(const X509* certificate);

// RFC 4514 text; UTF-8 is left as it is, control characters are escaped.
[[nodiscard]] std::string nameText(const X509_NAME* name);
// The epoch for what is no time.
[[nodiscard]] base::UnixSeconds timeSeconds(const ASN1_TIME* time);
[[nodiscard]] base::ByteView octets(const ASN1_STRING* string);

} // namespace tern::crypto
