// Whether a certificate was taken back by its authority: OCSP (RFC 6960) and CRLs (RFC 5280 §5). No I/O: where to ask,
// what to ask, and what an answer says. Answers are believed by their signature alone, wherever they come from.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/time.h"

#include <string>
#include <vector>

namespace tern::crypto {

// The http:// addresses a certificate names (RFC 5280 §4.2.2.1, §4.2.1.13), in its order; others are left out, and so
// is what is beyond the fourth of a kind.
struct RevocationSources {
    std::vector<std::string> ocsp;
    std::vector<std::string> crl;
};
[[nodiscard]] RevocationSources revocationSources(base::ByteView certificate);

enum class RevocationState { Good, Revoked, Unknown };

struct RevocationVerdict {
    RevocationState state = RevocationState::Unknown;
    base::UnixSeconds revokedAt{};  // when revoked
    int reason = -1;                // CRLReason of RFC 5280 §5.3.1, -1 where none is given
    base::UnixSeconds nextUpdate{}; // until when this may be believed
    // The responder's own certificate, DER, where the authority lent its name to one that has to be looked up itself
    // (RFC 6960 §4.2.2.2.1: no id-pkix-ocsp-nocheck); else empty.
    base::Bytes responder;
};

// "keyCompromise", "superseded" …; empty for -1 and what RFC 5280 does not know.
[[nodiscard]] std::string_view revocationReason(int reason);

// DER of a certificate and of the one that signed it.
struct IssuedCertificate {
    base::ByteView certificate;
    base::ByteView issuer;
};

// OCSPRequest, DER. nonce: 1 to 32 octets (RFC 9654), or empty for none.
[[nodiscard]] base::Result<base::Bytes> ocspRequest(const IssuedCertificate& asked, base::ByteView nonce);

// What an OCSPResponse says at the moment `now`; clocks may differ by five minutes. With a nonce the answer must repeat
// it, if it has one at all. At most 64 KiB. Fails with tern.crypto.revocation.{malformed,responder,signer,other,stale}.
[[nodiscard]] base::Result<RevocationVerdict> judgeOcsp(base::ByteView response, const IssuedCertificate& asked,
                                                        base::ByteView nonce, base::UnixSeconds now);

// What a CRL, DER or PEM, says. Delta CRLs and those of other authorities are of no use. At most 10 MiB. Fails like
// judgeOcsp().
[[nodiscard]] base::Result<RevocationVerdict> judgeCrl(base::ByteView crl, const IssuedCertificate& asked,
                                                       base::UnixSeconds now);

constexpr std::size_t mostOcspOctets = std::size_t{64} * 1024;
constexpr std::size_t mostCrlOctets = std::size_t{10} * 1024 * 1024;

} // namespace tern::crypto
