// OCSP responses and CRLs made while a test runs, good ones and every kind of bad one.
#pragma once

#include "tests/unit/crypto/authority.h"

#include <openssl/ocsp.h>
#include <optional>

namespace tern::test {

enum class Standing { Good, Revoked, Unknown };

struct OcspSpec {
    const Issued* certificate = nullptr;
    const Issued* issuer = nullptr; // of the certificate
    const Issued* signer = nullptr; // nothing: the issuer
    Standing standing = Standing::Good;
    long thisUpdate = now - 60;
    std::optional<long> nextUpdate = now + 3600;
    long revokedAt = now - day;
    int reason = OCSP_REVOKED_STATUS_KEYCOMPROMISE;
    base::Bytes nonce;
    const EVP_MD* idDigest = EVP_sha1();
    const EVP_MD* digest = EVP_sha256();
    int status = OCSP_RESPONSE_STATUS_SUCCESSFUL;
};

inline crypto::OpensslPtr<ASN1_GENERALIZEDTIME, ASN1_GENERALIZEDTIME_free> timeOf(long at) {
    return crypto::OpensslPtr<ASN1_GENERALIZEDTIME, ASN1_GENERALIZEDTIME_free>(ASN1_GENERALIZEDTIME_set(nullptr, at));
}

inline base::Bytes ocspResponse(const OcspSpec& spec) {
    const crypto::OpensslPtr<OCSP_BASICRESP, OCSP_BASICRESP_free> basic(OCSP_BASICRESP_new());
    const crypto::OpensslPtr<OCSP_CERTID, OCSP_CERTID_free> id(
        OCSP_cert_to_id(spec.idDigest, spec.certificate->certificate.get(), spec.issuer->certificate.get()));
    const auto produced = timeOf(spec.thisUpdate);
    const auto next = spec.nextUpdate ? timeOf(*spec.nextUpdate) : nullptr;
    const auto revoked = timeOf(spec.revokedAt);
    const int standing = spec.standing == Standing::Good      ? V_OCSP_CERTSTATUS_GOOD
                         : spec.standing == Standing::Revoked ? V_OCSP_CERTSTATUS_REVOKED
                                                              : V_OCSP_CERTSTATUS_UNKNOWN;
    OCSP_basic_add1_status(basic.get(), id.get(), standing, spec.reason, revoked.get(), produced.get(), next.get());
    if (!spec.nonce.empty()) {
        auto copy = spec.nonce;
        OCSP_basic_add1_nonce(basic.get(), copy.data(), static_cast<int>(copy.size()));
    }
    const Issued& signer = spec.signer != nullptr ? *spec.signer : *spec.issuer;
    OCSP_basic_sign(basic.get(), signer.certificate.get(), signer.key.get(), spec.digest, nullptr, 0);
    const bool fine = spec.status == OCSP_RESPONSE_STATUS_SUCCESSFUL;
    const crypto::OpensslPtr<OCSP_RESPONSE, OCSP_RESPONSE_free> response(
        OCSP_response_create(spec.status, fine ? basic.get() : nullptr));
    return crypto::encodedBy([&response](unsigned char** out) { return i2d_OCSP_RESPONSE(response.get(), out); });
}

struct CrlSpec {
    const Issued* issuer = nullptr;
    const Issued* signer = nullptr; // nothing: the issuer
    std::vector<const Issued*> revoked;
    int reason = 4; // superseded
    long revokedAt = now - day;
    long lastUpdate = now - 60;
    std::optional<long> nextUpdate = now + 3600;
    bool delta = false;
    std::size_t padding = 0; // that many revoked certificates nobody has
    const EVP_MD* digest = EVP_sha256();
};

inline void addRevoked(X509_CRL* crl, const ASN1_INTEGER* serial, long at, int reason) {
    X509_REVOKED* const entry = X509_REVOKED_new();
    X509_REVOKED_set_serialNumber(entry, const_cast<ASN1_INTEGER*>(serial));
    const auto when = timeOf(at);
    X509_REVOKED_set_revocationDate(entry, when.get());
    if (reason >= 0) {
        const crypto::OpensslPtr<ASN1_ENUMERATED, ASN1_ENUMERATED_free> number(ASN1_ENUMERATED_new());
        ASN1_ENUMERATED_set(number.get(), reason);
        X509_REVOKED_add1_ext_i2d(entry, NID_crl_reason, number.get(), 0, 0);
    }
    X509_CRL_add0_revoked(crl, entry);
}

inline crypto::OpensslPtr<X509_CRL, X509_CRL_free> makeCrl(const CrlSpec& spec) {
    crypto::OpensslPtr<X509_CRL, X509_CRL_free> crl(X509_CRL_new());
    X509_CRL_set_version(crl.get(), 1);
    X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(spec.issuer->certificate.get()));
    const auto last = timeOf(spec.lastUpdate);
    X509_CRL_set1_lastUpdate(crl.get(), last.get());
    if (spec.nextUpdate) {
        const auto next = timeOf(*spec.nextUpdate);
        X509_CRL_set1_nextUpdate(crl.get(), next.get());
    }
    for (const auto* each : spec.revoked) {
        addRevoked(crl.get(), X509_get0_serialNumber(each->certificate.get()), spec.revokedAt, spec.reason);
    }
    for (std::size_t i = 0; i < spec.padding; ++i) {
        const crypto::OpensslPtr<ASN1_INTEGER, ASN1_INTEGER_free> serial(ASN1_INTEGER_new());
        ASN1_INTEGER_set(serial.get(), static_cast<long>(1'000'000'000 + i));
        addRevoked(crl.get(), serial.get(), spec.revokedAt, -1);
    }
    if (spec.delta) {
        const crypto::OpensslPtr<ASN1_INTEGER, ASN1_INTEGER_free> base(ASN1_INTEGER_new());
        ASN1_INTEGER_set(base.get(), 1);
        X509_CRL_add1_ext_i2d(crl.get(), NID_delta_crl, base.get(), 1, 0);
    }
    X509_CRL_sort(crl.get());
    const Issued& signer = spec.signer != nullptr ? *spec.signer : *spec.issuer;
    X509_CRL_sign(crl.get(), signer.key.get(), spec.digest);
    return crl;
}

inline base::Bytes crlDer(const CrlSpec& spec) {
    const auto crl = makeCrl(spec);
    return crypto::encodedBy([&crl](unsigned char** out) { return i2d_X509_CRL(crl.get(), out); });
}

inline base::Bytes crlPem(const CrlSpec& spec) {
    const auto crl = makeCrl(spec);
    const crypto::BioPtr bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509_CRL(bio.get(), crl.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return base::toBytes({data, static_cast<std::size_t>(size)});
}

} // namespace tern::test
