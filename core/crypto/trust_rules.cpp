#include "core/crypto/trust_rules.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <openssl/objects.h>

namespace tern::crypto {

namespace {

using UsagePtr = OpensslPtr<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>;

// The certificate that was found unfit; `certificate` may be null.
struct Culprit {
    const X509* certificate;
    bool isLeaf;
    std::string subject;
    std::string detail;

    [[nodiscard]] std::string date(const ASN1_TIME* (*which)(const X509*)) const {
        return certificate != nullptr ? dateText(timeSeconds(which(certificate))) : std::string();
    }
    // A code for the server's certificate and one for an authority's; arguments: date, subject.
    [[nodiscard]] tl::unexpected<base::Error> byDate(const char* leafCode, const char* authorityCode,
                                                     std::string when) const {
        return isLeaf ? base::fail(leafCode, {std::move(when)}, detail)
                      : base::fail(authorityCode, {std::move(when), subject}, detail);
    }
};

std::string keyText(const X509* certificate) {
    const EVP_PKEY* const key = certificate != nullptr ? X509_get0_pubkey(certificate) : nullptr;
    const char* const name = key != nullptr ? EVP_PKEY_get0_type_name(key) : nullptr;
    return name != nullptr ? std::string(name) + " " + std::to_string(EVP_PKEY_get_bits(key)) : std::string();
}

std::string signatureText(const X509* certificate) {
    return certificate != nullptr ? OBJ_nid2ln(X509_get_signature_nid(certificate)) : std::string();
}

// RFC 5280 §4.2.1.10; what cannot be compared is held to be outside.
bool isConstraint(int reason) {
    constexpr std::array reasons{X509_V_ERR_PERMITTED_VIOLATION,
                                 X509_V_ERR_EXCLUDED_VIOLATION,
                                 X509_V_ERR_SUBTREE_MINMAX,
                                 X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE,
                                 X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX,
                                 X509_V_ERR_UNSUPPORTED_NAME_SYNTAX};
    return std::find(reasons.begin(), reasons.end(), reason) != reasons.end();
}

tl::unexpected<base::Error> refusal(int reason, const Culprit& at) {
    switch (reason) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return at.byDate("tern.crypto.cert.expired", "tern.crypto.cert.authority-expired", at.date(X509_get0_notAfter));
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return at.byDate("tern.crypto.cert.not-yet-valid", "tern.crypto.cert.authority-not-yet-valid",
                         at.date(X509_get0_notBefore));
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
        return base::fail("tern.crypto.cert.weak-key", {at.subject, keyText(at.certificate)}, at.detail);
    case X509_V_ERR_CA_MD_TOO_WEAK:
        return base::fail("tern.crypto.cert.weak-signature", {at.subject, signatureText(at.certificate)}, at.detail);
    case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION:
        return base::fail("tern.crypto.cert.critical-extension", {at.subject}, at.detail);
    case X509_V_ERR_PATH_LENGTH_EXCEEDED:
    case X509_V_ERR_CERT_CHAIN_TOO_LONG:
        return base::fail("tern.crypto.cert.path-length", {at.subject}, at.detail);
    case X509_V_ERR_INVALID_CA:
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
        return base::fail("tern.crypto.cert.not-an-authority", {at.subject}, at.detail);
    case X509_V_ERR_INVALID_PURPOSE:
        return base::fail("tern.crypto.cert.usage", {at.subject}, at.detail);
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
        return base::fail("tern.crypto.cert.forged", {at.subject}, at.detail);
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return base::fail("tern.crypto.cert.self-signed", {at.subject}, at.detail);
    case X509_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD:
    case X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD:
    case X509_V_ERR_INVALID_EXTENSION:
        return malformedCertificate(at.detail);
    case X509_V_ERR_OUT_OF_MEM:
    case X509_V_ERR_UNSPECIFIED:
    case X509_V_ERR_INVALID_CALL:
        return base::fail("tern.crypto.internal", {}, at.detail);
    default:
        if (isConstraint(reason)) {
            return base::fail("tern.crypto.cert.constraints", {at.subject}, at.detail);
        }
        return base::fail("tern.crypto.cert.untrusted",
                          {at.certificate != nullptr ? nameText(X509_get_issuer_name(at.certificate)) : std::string()},
                          at.detail);
    }
}

} // namespace

std::string dateText(base::UnixSeconds when) {
    const std::time_t time = when.count();
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 32> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts);
    return {text.data(), size};
}

tl::unexpected<base::Error> malformedCertificate(std::string why) {
    return base::fail("tern.crypto.cert.malformed", {}, std::move(why));
}

tl::unexpected<base::Error> chainRefusal(X509_STORE_CTX* context) {
    const int reason = X509_STORE_CTX_get_error(context);
    Culprit at{X509_STORE_CTX_get_current_cert(context), X509_STORE_CTX_get_error_depth(context) == 0, {}, {}};
    at.subject = at.certificate != nullptr ? nameText(X509_get_subject_name(at.certificate)) : std::string();
    at.detail = std::string(X509_verify_cert_error_string(reason)) + ": " + at.subject;
    static_cast<void>(opensslError());
    return refusal(reason, at);
}

bool allowsServer(const X509* certificate) {
    int critical = 0;
    const UsagePtr usages(
        static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(certificate, NID_ext_key_usage, &critical, nullptr)));
    if (!usages) {
        constexpr int absent = -1; // anything else: present but unreadable, or present twice
        return critical == absent;
    }
    const OpensslPtr<ASN1_OBJECT, ASN1_OBJECT_free> ikeIntermediate(OBJ_txt2obj("1.3.6.1.5.5.8.2.2", 1));
    for (int i = 0; i < sk_ASN1_OBJECT_num(usages.get()); ++i) {
        const ASN1_OBJECT* const usage = sk_ASN1_OBJECT_value(usages.get(), i);
        const int name = OBJ_obj2nid(usage);
        if (name == NID_server_auth || name == NID_ipsec_IKE || name == NID_anyExtendedKeyUsage ||
            (ikeIntermediate && OBJ_cmp(usage, ikeIntermediate.get()) == 0)) {
            return true;
        }
    }
    return false;
}

} // namespace tern::crypto
