// Who we are by certificate: a private key, its certificate, and the certificates between that and the root.
#pragma once

#include "core/base/time.h"
#include "core/crypto/certificate.h"
#include "core/crypto/private_key.h"

#include <vector>

namespace tern::crypto {

struct Credential {
    std::vector<base::Bytes>
        chain; // DER: the leaf, then its issuers as far as they are known; self-signed roots left out
    std::vector<base::Bytes> issuerKeys; // SHA-1 of the issuers' SubjectPublicKeyInfo, the root's included when known
    std::shared_ptr<const PrivateKey> key;

    [[nodiscard]] const base::Bytes& leaf() const { return chain.front(); }
};

// What a file or a token holds, before it is clear what belongs together.
struct Material {
    std::vector<base::Bytes> certificates; // DER
    std::vector<std::shared_ptr<const PrivateKey>> keys;

    void add(Material more);
};

// One credential for each key that has its certificate among `material`, in the order of the certificates; at least
// one. known: PEM of authorities that may complete a chain for the choice by CERTREQ, but are not part of it.
// Fails with tern.crypto.key.{none,certificate-missing,mismatch}.
[[nodiscard]] base::Result<std::vector<Credential>> assemble(Material material, std::string_view known = {});

// Whether a certificate of ours can be used at that time: tern.crypto.key.{expired,not-yet-valid,usage}.
[[nodiscard]] base::Result<void> checkOwnCertificate(base::ByteView leaf, base::UnixSeconds time);

// The best of several (at least one): usable at `time` and issued by one of the authorities in `request`, the body of a
// CERTREQ (SHA-1 of SubjectPublicKeyInfo, one after another; empty: no wish). Fails as checkOwnCertificate() for the
// first when none is usable.
[[nodiscard]] base::Result<std::size_t> chooseCredential(const std::vector<Credential>& credentials,
                                                         base::ByteView request, base::UnixSeconds time);

// The subject of a certificate, DER of the Name: an ID payload of type DER_ASN1_DN. Empty for what is no certificate.
[[nodiscard]] base::Bytes subjectName(base::ByteView certificate);
// RFC 4514 text of a DER Name; empty for what is none.
[[nodiscard]] std::string distinguishedNameText(base::ByteView name);

} // namespace tern::crypto
