// Signed content (CMS SignedData, RFC 5652): what was signed and by whom. Whether the signer is to be believed is the
// caller's question, by TrustStore.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"

#include <vector>

namespace tern::crypto {

struct SignedContent {
    base::Bytes content;
    // DER: the signer's certificate, then whatever else was sent along, at most 32. Empty: the signer's is not there,
    // and so nothing is known of the signature.
    std::vector<base::Bytes> chain;
};

// At most this much is looked at.
inline constexpr std::size_t mostSignedOctets = std::size_t{16} << 20U;

// DER that begins as ContentInfo of signed data does; says nothing of the rest.
[[nodiscard]] bool looksSigned(base::ByteView der);

// DER with the content inside. The signature is checked against the signer's certificate. Fails with
// tern.crypto.cms.malformed, .forged (the signature does not fit).
[[nodiscard]] base::Result<SignedContent> openSigned(base::ByteView der);

} // namespace tern::crypto
