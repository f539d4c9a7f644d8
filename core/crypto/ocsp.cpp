#include "core/crypto/revocation.h"
#include "core/crypto/revocation_rules.h"

#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/ocsp.h>

namespace tern::crypto {

namespace {

using RequestPtr = OpensslPtr<OCSP_REQUEST, OCSP_REQUEST_free>;
using ResponsePtr = OpensslPtr<OCSP_RESPONSE, OCSP_RESPONSE_free>;
using BasicPtr = OpensslPtr<OCSP_BASICRESP, OCSP_BASICRESP_free>;
using CertIdPtr = OpensslPtr<OCSP_CERTID, OCSP_CERTID_free>;
using ExtensionPtr = OpensslPtr<X509_EXTENSION, X509_EXTENSION_free>;
using OctetsPtr = OpensslPtr<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>;

base::Result<BasicPtr> parse(base::ByteView der) {
    if (der.empty() || der.size() > mostOcspOctets) {
        return revocationMalformed(std::to_string(der.size()) + " octets of OCSP");
    }
    const unsigned char* at = der.data();
    const ResponsePtr response(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(der.size())));
    if (!response || at != der.data() + der.size()) {
        return revocationMalformed("no OCSP response");
    }
    const int status = OCSP_response_status(response.get());
    if (status != OCSP_RESPONSE_STATUS_SUCCESSFUL) {
        return base::fail("tern.crypto.revocation.responder", {OCSP_response_status_str(status)});
    }
    BasicPtr basic(OCSP_response_get1_basic(response.get()));
    if (!basic) {
        return revocationMalformed("an OCSP response of another type");
    }
    return basic;
}

// The responder must be the issuer, or one to which the issuer itself has given id-kp-OCSPSigning (RFC 6960 §4.2.2.2).
// Answers the responder's certificate, borrowed.
base::Result<X509*> verifySigner(OCSP_BASICRESP* basic, X509* issuer, base::UnixSeconds now) {
    const auto* const algorithm = OCSP_resp_get0_tbs_sigalg(basic);
    const ASN1_OBJECT* name = nullptr;
    X509_ALGOR_get0(&name, nullptr, nullptr, algorithm);
    if (isBrokenSignature(OBJ_obj2nid(name))) {
        return revocationSigner("signed with a broken hash");
    }
    const auto store = storeOf(issuer, now);
    const std::unique_ptr<STACK_OF(X509), decltype([](STACK_OF(X509) * s) { sk_X509_free(s); })> known(
        sk_X509_new_null());
    if (!store || !known || sk_X509_push(known.get(), issuer) == 0) {
        return opensslFailure("OCSP");
    }
    if (OCSP_basic_verify(basic, known.get(), store.get(), OCSP_NOEXPLICIT) != 1) {
        return revocationSigner(opensslError());
    }
    X509* signer = nullptr;
    if (OCSP_resp_get0_signer(basic, &signer, known.get()) != 1) {
        return revocationSigner("the signer is not there");
    }
    return signer;
}

// A responder may name the certificate by hashes of its own choice.
OCSP_SINGLERESP* answerFor(OCSP_BASICRESP* basic, const ParsedPair& pair) {
    for (int i = 0; i < OCSP_resp_count(basic); ++i) {
        OCSP_SINGLERESP* const single = OCSP_resp_get0(basic, i);
        // The accessor is not const-correct; nothing is changed.
        auto* const id = const_cast<OCSP_CERTID*>(OCSP_SINGLERESP_get0_id(single));
        ASN1_OBJECT* hash = nullptr;
        if (OCSP_id_get0_info(nullptr, &hash, nullptr, nullptr, id) != 1) {
            continue;
        }
        const EVP_MD* const digest = EVP_get_digestbyobj(hash);
        if (digest == nullptr) {
            continue;
        }
        const CertIdPtr ours(OCSP_cert_to_id(digest, pair.certificate.get(), pair.issuer.get()));
        if (ours && OCSP_id_cmp(ours.get(), id) == 0) {
            return single;
        }
    }
    return nullptr;
}

base::Bytes nonceOf(OCSP_BASICRESP* basic) {
    const int place = OCSP_BASICRESP_get_ext_by_NID(basic, NID_id_pkix_OCSP_Nonce, -1);
    if (place < 0) {
        return {};
    }
    const auto value = octets(X509_EXTENSION_get_data(OCSP_BASICRESP_get_ext(basic, place)));
    return {value.begin(), value.end()};
}

// DER of an OCTET STRING of at most 32 octets.
base::Bytes encodedNonce(base::ByteView nonce) {
    const OctetsPtr string(ASN1_OCTET_STRING_new());
    ASN1_OCTET_STRING_set(string.get(), nonce.data(), static_cast<int>(nonce.size()));
    return encodedBy([&string](unsigned char** out) { return i2d_ASN1_OCTET_STRING(string.get(), out); });
}

std::optional<base::UnixSeconds> optionalTime(const ASN1_GENERALIZEDTIME* time) {
    return time != nullptr ? std::optional(timeSeconds(time)) : std::nullopt;
}

} // namespace

base::Result<base::Bytes> ocspRequest(const IssuedCertificate& asked, base::ByteView nonce) {
    const auto pair = parsePair(asked);
    if (!pair) {
        return base::fail(pair.error());
    }
    const RequestPtr request(OCSP_REQUEST_new());
    // SHA-1 names the certificate and protects nothing; many responders know no other (RFC 5019 §2.1.1).
    CertIdPtr id(OCSP_cert_to_id(EVP_sha1(), pair->certificate.get(), pair->issuer.get()));
    if (!request || !id || OCSP_request_add0_id(request.get(), id.get()) == nullptr) {
        return opensslFailure("OCSP request");
    }
    static_cast<void>(id.release()); // the request's now
    if (!nonce.empty()) {
        const auto value = encodedNonce(nonce);
        const OctetsPtr string(ASN1_OCTET_STRING_new());
        ASN1_OCTET_STRING_set(string.get(), value.data(), static_cast<int>(value.size()));
        const ExtensionPtr extension(X509_EXTENSION_create_by_NID(nullptr, NID_id_pkix_OCSP_Nonce, 0, string.get()));
        if (!extension || OCSP_REQUEST_add_ext(request.get(), extension.get(), -1) != 1) {
            return opensslFailure("OCSP request");
        }
    }
    return encodedBy([&request](unsigned char** out) { return i2d_OCSP_REQUEST(request.get(), out); });
}

base::Result<RevocationVerdict> judgeOcsp(base::ByteView response, const IssuedCertificate& asked, base::ByteView nonce,
                                          base::UnixSeconds now) {
    const auto pair = parsePair(asked);
    if (!pair) {
        return base::fail(pair.error());
    }
    const auto basic = parse(response);
    if (!basic) {
        return base::fail(basic.error());
    }
    const auto signer = verifySigner(basic->get(), pair->issuer.get(), now);
    if (!signer) {
        return base::fail(signer.error());
    }
    if (const auto theirs = nonceOf(basic->get()); !nonce.empty() && !theirs.empty() && theirs != encodedNonce(nonce)) {
        return revocationOther("another nonce");
    }
    OCSP_SINGLERESP* const single = answerFor(basic->get(), *pair);
    if (single == nullptr) {
        return revocationOther("an OCSP response for other certificates");
    }
    int reason = -1;
    ASN1_GENERALIZEDTIME* revoked = nullptr;
    ASN1_GENERALIZEDTIME* produced = nullptr;
    ASN1_GENERALIZEDTIME* next = nullptr;
    const int state = OCSP_single_get0_status(single, &reason, &revoked, &produced, &next);
    const auto until = believableUntil(timeSeconds(produced), optionalTime(next), now);
    if (!until) {
        return base::fail(until.error());
    }
    RevocationVerdict verdict;
    verdict.nextUpdate = *until;
    if (state == V_OCSP_CERTSTATUS_REVOKED) {
        verdict.state = RevocationState::Revoked;
        verdict.revokedAt = timeSeconds(revoked);
        verdict.reason = reason;
    } else if (state == V_OCSP_CERTSTATUS_GOOD) {
        verdict.state = RevocationState::Good;
    }
    const bool lent = X509_cmp(*signer, pair->issuer.get()) != 0;
    if (lent && X509_get_ext_by_NID(*signer, NID_id_pkix_OCSP_noCheck, -1) < 0) {
        verdict.responder = certificateDer(*signer);
    }
    ERR_clear_error();
    return verdict;
}

} // namespace tern::crypto
