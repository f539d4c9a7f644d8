// What judging OCSP responses and CRLs have in common. For the .cpp files of this folder.
#pragma once

#include "core/crypto/openssl.h"
#include "core/crypto/revocation.h"

#include <optional>

namespace tern::crypto {

struct ParsedPair {
    X509Ptr certificate;
    X509Ptr issuer;
};
[[nodiscard]] base::Result<ParsedPair> parsePair(const IssuedCertificate& asked);

[[nodiscard]] tl::unexpected<base::Error> revocationMalformed(std::string why);
// The signature is not one the authority has given leave for.
[[nodiscard]] tl::unexpected<base::Error> revocationSigner(std::string why);
[[nodiscard]] tl::unexpected<base::Error> revocationOther(std::string why);

// tern.crypto.revocation.stale unless `now` is between the two, give or take five minutes. Without a next update an
// answer is good for a day.
[[nodiscard]] base::Result<base::UnixSeconds>
believableUntil(base::UnixSeconds thisUpdate, std::optional<base::UnixSeconds> nextUpdate, base::UnixSeconds now);

// SHA-1 is let pass: it would take a second preimage, not a collision, and a revocation must not be missed for it.
[[nodiscard]] bool isBrokenSignature(int signatureNid);

// A store that trusts `issuer` and nothing else, at the moment `now`.
struct StoreDeleter {
    void operator()(X509_STORE* store) const;
};
[[nodiscard]] std::unique_ptr<X509_STORE, StoreDeleter> storeOf(X509* issuer, base::UnixSeconds now);

} // namespace tern::crypto
