// Certificates made while a test runs: any mix of names, usages, dates and keys, so that each refusal can be provoked.
#pragma once

#include "core/crypto/openssl.h"

#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <string>
#include <vector>

namespace tern::test {

enum class KeyKind { Ec256, Ec384, Ec521, Rsa2048, Rsa1024, RsaPss, Ed25519 };

// The moment the tests take for "now"; certificates are good from a day before to a day after it.
inline constexpr long now = 1'800'000'000;
inline constexpr long day = 86400;

struct CertificateSpec {
    std::string commonName = "server";
    std::string names;                        // as OpenSSL's subjectAltName: "DNS:a.example,IP:192.0.2.1"
    std::string extendedUsage = "serverAuth"; // as OpenSSL's extendedKeyUsage; empty for none
    std::string usage = "digitalSignature";   // as OpenSSL's keyUsage; empty for none
    std::string constraints;                  // as OpenSSL's nameConstraints
    std::string access;                       // as OpenSSL's authorityInfoAccess
    std::string crlPoints;                    // as OpenSSL's crlDistributionPoints
    std::string unknownExtension;             // "OID=value", value as OpenSSL's arbitrary extensions
    bool noCheck = false;                     // id-pkix-ocsp-nocheck
    bool authority = false;
    int pathLength = -1;
    long notBefore = now - day;
    long notAfter = now + day;
    KeyKind key = KeyKind::Ec256;
    const EVP_MD* digest = EVP_sha256();
};

inline CertificateSpec authoritySpec(std::string name) {
    CertificateSpec spec;
    spec.commonName = std::move(name);
    spec.extendedUsage.clear();
    spec.usage = "keyCertSign,cRLSign";
    spec.authority = true;
    return spec;
}

// EVP_PKEY_Q_keygen() does not know this kind.
inline crypto::PkeyPtr makeRsaPssKey() {
    const crypto::PkeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA-PSS", nullptr));
    EVP_PKEY* key = nullptr;
    EVP_PKEY_keygen_init(context.get());
    EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), 2048);
    EVP_PKEY_generate(context.get(), &key);
    return crypto::PkeyPtr(key);
}

inline crypto::PkeyPtr makeKey(KeyKind kind) {
    switch (kind) {
    case KeyKind::Ec256:
        return crypto::PkeyPtr(EVP_EC_gen("P-256"));
    case KeyKind::Ec384:
        return crypto::PkeyPtr(EVP_EC_gen("P-384"));
    case KeyKind::Ec521:
        return crypto::PkeyPtr(EVP_EC_gen("P-521"));
    case KeyKind::Rsa2048:
        return crypto::PkeyPtr(EVP_RSA_gen(2048));
    case KeyKind::Rsa1024:
        return crypto::PkeyPtr(EVP_RSA_gen(1024));
    case KeyKind::RsaPss:
        return makeRsaPssKey();
    case KeyKind::Ed25519:
        return crypto::PkeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    }
    return nullptr;
}

struct Issued {
    crypto::X509Ptr certificate;
    crypto::PkeyPtr key;

    [[nodiscard]] base::Bytes der() const {
        unsigned char* encoded = nullptr;
        const int size = i2d_X509(certificate.get(), &encoded);
        base::Bytes out(encoded, encoded + size);
        OPENSSL_free(encoded);
        return out;
    }
    [[nodiscard]] std::string pem() const {
        const crypto::BioPtr bio(BIO_new(BIO_s_mem()));
        PEM_write_bio_X509(bio.get(), certificate.get());
        char* data = nullptr;
        const long size = BIO_get_mem_data(bio.get(), &data);
        return {data, static_cast<std::size_t>(size)};
    }
};

inline void addExtension(X509* certificate, X509* issuer, int name, const std::string& value) {
    if (value.empty()) {
        return;
    }
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const crypto::OpensslPtr<X509_EXTENSION, X509_EXTENSION_free> extension(
        X509V3_EXT_conf_nid(nullptr, &context, name, value.c_str()));
    X509_add_ext(certificate, extension.get(), -1);
}

// Self-signed without an issuer.
inline Issued issue(const CertificateSpec& spec, const Issued* issuer = nullptr) {
    static long serial = 1000;
    Issued out{crypto::X509Ptr(X509_new()), makeKey(spec.key)};
    X509* const x509 = out.certificate.get();
    X509_set_version(x509, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509), ++serial);
    ASN1_TIME_set(X509_getm_notBefore(x509), spec.notBefore);
    ASN1_TIME_set(X509_getm_notAfter(x509), spec.notAfter);
    X509_set_pubkey(x509, out.key.get());
    const crypto::OpensslPtr<X509_NAME, X509_NAME_free> name(X509_NAME_new());
    X509_NAME_add_entry_by_txt(name.get(), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(spec.commonName.c_str()), -1, -1, 0);
    X509_set_subject_name(x509, name.get());
    X509* const issuing = issuer != nullptr ? issuer->certificate.get() : x509;
    X509_set_issuer_name(x509, X509_get_subject_name(issuing));
    const std::string limit = spec.pathLength < 0 ? "" : ",pathlen:" + std::to_string(spec.pathLength);
    addExtension(x509, issuing, NID_basic_constraints,
                 spec.authority ? "critical,CA:TRUE" + limit : "critical,CA:FALSE");
    addExtension(x509, issuing, NID_subject_key_identifier, "hash");
    addExtension(x509, issuing, NID_key_usage, spec.usage);
    addExtension(x509, issuing, NID_ext_key_usage, spec.extendedUsage);
    addExtension(x509, issuing, NID_subject_alt_name, spec.names);
    addExtension(x509, issuing, NID_name_constraints, spec.constraints);
    addExtension(x509, issuing, NID_info_access, spec.access);
    addExtension(x509, issuing, NID_crl_distribution_points, spec.crlPoints);
    addExtension(x509, issuing, NID_id_pkix_OCSP_noCheck, spec.noCheck ? "ignored" : "");
    if (const auto equals = spec.unknownExtension.find('='); equals != std::string::npos) {
        X509V3_CTX context{};
        X509V3_set_ctx(&context, issuing, x509, nullptr, nullptr, 0);
        const crypto::OpensslPtr<X509_EXTENSION, X509_EXTENSION_free> extension(
            X509V3_EXT_nconf(nullptr, &context, spec.unknownExtension.substr(0, equals).c_str(),
                             spec.unknownExtension.substr(equals + 1).c_str()));
        X509_add_ext(x509, extension.get(), -1);
    }
    EVP_PKEY* const signer = issuer != nullptr ? issuer->key.get() : out.key.get();
    X509_sign(x509, signer, EVP_PKEY_is_a(signer, "ED25519") == 1 ? nullptr : spec.digest);
    return out;
}

} // namespace tern::test
