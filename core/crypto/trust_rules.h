// What makes a chain of certificates unfit, in codes of our own. For the .cpp files of this folder.
#pragma once

#include "core/crypto/openssl.h"

#include <openssl/x509_vfy.h>
#include <string>

namespace tern::crypto {

// "2027-01-15", UTC.
[[nodiscard]] std::string dateText(base::UnixSeconds when);

[[nodiscard]] tl::unexpected<base::Error> malformedCertificate(std::string why);

// Why X509_verify_cert() has refused; empties OpenSSL's queue of errors.
[[nodiscard]] tl::unexpected<base::Error> chainRefusal(X509_STORE_CTX* context);

// serverAuth, ipsecIKE (RFC 4945 §5.1.3.12), the older ikeIntermediate, or any; no EKU at all is no restriction.
[[nodiscard]] bool allowsServer(const X509* certificate);

} // namespace tern::crypto
