// Which certification authorities a connection trusts, and the check of a server's certificate against them.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/time.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tern::crypto {

// An immutable set of trusted roots. Shared between connections; safe to use from several threads.
class TrustStore {
public:
    // PEM (any number of certificates; other blocks are skipped). Fails with tern.crypto.ca.* when there is none.
    [[nodiscard]] static base::Result<std::shared_ptr<const TrustStore>> fromPem(std::string_view pem);
    TrustStore(const TrustStore&) = delete;
    TrustStore& operator=(const TrustStore&) = delete;
    virtual ~TrustStore() = default;

    // What a server certificate must satisfy.
    struct Expectation {
        std::string name; // the dialled host name or address; matched against the SAN, addresses also in dNSName
        base::UnixSeconds time{}; // the moment the dates are checked for
        bool serverAuth = true;   // require EKU serverAuth, ipsecIKE, ikeIntermediate or any where an EKU is present
        bool anyName = false;     // whoever holds a certificate of these roots is meant; `name` is not looked at
        // SHA-256 of SubjectPublicKeyInfo; when there are any, one must be the leaf's or an authority's above it.
        std::vector<base::Bytes> pins{};
    };
    // chain: DER, leaf first, then any intermediates the peer sent, in any order (bounded by the caller).
    // Success means: chain to one of the roots, dates, key usage, EKU, name constraints, name and pins all hold. Each
    // refusal has its own code, tern.crypto.cert.*: malformed; untrusted, self-signed, forged, not-an-authority,
    // path-length, constraints, critical-extension; expired, authority-expired, not-yet-valid, authority-not-yet-valid;
    // weak-key, weak-signature; key-usage, usage; name; pin.
    [[nodiscard]] base::Result<void> verifyServer(const std::vector<base::Bytes>& chain,
                                                  const Expectation& expectation) const;
    // The same, and answers the chain as it was built: leaf first, the trusted certificate last.
    [[nodiscard]] virtual base::Result<std::vector<base::Bytes>>
    verifiedChain(const std::vector<base::Bytes>& chain, const Expectation& expectation) const = 0;
    // Only those of the roots whose certificate has one of these SHA-1 thumbprints (hexadecimal, as Windows writes
    // them, with or without spaces). Fails with tern.crypto.ca.not-here when none of them is.
    [[nodiscard]] virtual base::Result<std::shared_ptr<const TrustStore>>
    onlyRoots(const std::vector<std::string>& thumbprints) const = 0;
    // SHA-1 of each root's SubjectPublicKeyInfo, concatenated: the CERTREQ payload (RFC 7296 §3.7). At most `most`.
    [[nodiscard]] virtual base::Bytes certificateRequest(std::size_t most) const = 0;

protected:
    TrustStore() = default;
};

// SHA-1 of a certificate's SubjectPublicKeyInfo, as CERTREQ names authorities; empty when it cannot be read.
[[nodiscard]] base::Bytes authorityHash(base::ByteView certificate);

} // namespace tern::crypto
