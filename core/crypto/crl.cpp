#include "core/crypto/revocation.h"
#include "core/crypto/revocation_rules.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>

namespace tern::crypto {

namespace {

using CrlPtr = OpensslPtr<X509_CRL, X509_CRL_free>;
using EnumeratedPtr = OpensslPtr<ASN1_ENUMERATED, ASN1_ENUMERATED_free>;
using StoreContextPtr = OpensslPtr<X509_STORE_CTX, X509_STORE_CTX_free>;
struct FreeCrls {
    void operator()(STACK_OF(X509_CRL) * stack) const { sk_X509_CRL_free(stack); }
};

base::Result<CrlPtr> parse(base::ByteView bytes) {
    if (bytes.empty() || bytes.size() > mostCrlOctets) {
        return revocationMalformed(std::to_string(bytes.size()) + " octets of CRL");
    }
    const unsigned char* at = bytes.data();
    CrlPtr crl(d2i_X509_CRL(nullptr, &at, static_cast<long>(bytes.size())));
    if (!crl) {
        const BioPtr bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
        crl.reset(bio ? PEM_read_bio_X509_CRL(bio.get(), nullptr, nullptr, nullptr) : nullptr);
    }
    ERR_clear_error();
    if (!crl) {
        return revocationMalformed("no CRL");
    }
    return crl;
}

int reasonOf(const X509_REVOKED* entry) {
    const EnumeratedPtr reason(
        static_cast<ASN1_ENUMERATED*>(X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, nullptr, nullptr)));
    return reason ? static_cast<int>(ASN1_ENUMERATED_get(reason.get())) : -1;
}

// Everything but the dates: signature, the issuer's right to sign CRLs, scope, critical extensions. X509_V_OK or
// X509_V_ERR_CERT_REVOKED when it says something of this certificate.
int check(const ParsedPair& pair, X509_CRL* crl, base::UnixSeconds now) {
    const auto store = storeOf(pair.issuer.get(), now);
    const std::unique_ptr<STACK_OF(X509_CRL), FreeCrls> crls(sk_X509_CRL_new_null());
    const StoreContextPtr context(X509_STORE_CTX_new());
    if (!store || !crls || !context || sk_X509_CRL_push(crls.get(), crl) == 0 ||
        X509_STORE_CTX_init(context.get(), store.get(), pair.certificate.get(), nullptr) != 1) {
        return X509_V_ERR_OUT_OF_MEM;
    }
    X509_STORE_CTX_set0_crls(context.get(), crls.get());
    auto* const rules = X509_STORE_CTX_get0_param(context.get());
    // The certificates' dates are known to be good and the CRL's are looked at with some tolerance.
    X509_VERIFY_PARAM_clear_flags(rules, X509_V_FLAG_USE_CHECK_TIME);
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_NO_CHECK_TIME);
    return X509_verify_cert(context.get()) == 1 ? X509_V_OK : X509_STORE_CTX_get_error(context.get());
}

base::Result<void> usable(int outcome) {
    switch (outcome) {
    case X509_V_OK:
    case X509_V_ERR_CERT_REVOKED:
        return {};
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
    case X509_V_ERR_UNABLE_TO_DECRYPT_CRL_SIGNATURE:
    case X509_V_ERR_KEYUSAGE_NO_CRL_SIGN:
    case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
        return revocationSigner(X509_verify_cert_error_string(outcome));
    case X509_V_ERR_OUT_OF_MEM:
        return opensslFailure("CRL");
    default:
        return revocationOther(X509_verify_cert_error_string(outcome));
    }
}

} // namespace

base::Result<RevocationVerdict> judgeCrl(base::ByteView bytes, const IssuedCertificate& asked, base::UnixSeconds now) {
    const auto pair = parsePair(asked);
    if (!pair) {
        return base::fail(pair.error());
    }
    const auto crl = parse(bytes);
    if (!crl) {
        return base::fail(crl.error());
    }
    if (isBrokenSignature(X509_CRL_get_signature_nid(crl->get()))) {
        return revocationSigner("signed with a broken hash");
    }
    if (X509_CRL_get_ext_by_NID(crl->get(), NID_delta_crl, -1) >= 0) {
        return revocationOther("a delta CRL");
    }
    const int outcome = check(*pair, crl->get(), now);
    if (auto fit = usable(outcome); !fit) {
        return base::fail(std::move(fit.error()));
    }
    const auto* const next = X509_CRL_get0_nextUpdate(crl->get());
    const auto until = believableUntil(timeSeconds(X509_CRL_get0_lastUpdate(crl->get())),
                                       next != nullptr ? std::optional(timeSeconds(next)) : std::nullopt, now);
    if (!until) {
        return base::fail(until.error());
    }
    RevocationVerdict verdict{RevocationState::Good, {}, -1, *until, {}};
    X509_REVOKED* entry = nullptr;
    if (outcome == X509_V_ERR_CERT_REVOKED) {
        verdict.state = RevocationState::Revoked;
        if (X509_CRL_get0_by_cert(crl->get(), &entry, pair->certificate.get()) > 0) {
            verdict.revokedAt = timeSeconds(X509_REVOKED_get0_revocationDate(entry));
            verdict.reason = reasonOf(entry);
        }
    }
    ERR_clear_error();
    return verdict;
}

} // namespace tern::crypto
