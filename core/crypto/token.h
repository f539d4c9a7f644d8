// Keys and certificates on PKCS#11 tokens (smart cards, security keys, TPMs, SoftHSM), found by their RFC 7512 URI
// through p11-kit, which knows the modules of this computer. The key never leaves the token: it is asked to sign.
#pragma once

#include "core/base/secure_bytes.h"
#include "core/crypto/credential.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tern::crypto {

// A certificate that can be seen without a PIN.
struct TokenCertificate {
    std::string uri; // pkcs11:…, names the token and the certificate
    std::string token;
    std::string label;
    base::Bytes certificate; // DER
};

// Whether the text is a PKCS#11 URI that may be kept: tern.crypto.token.uri for none, .uri-pin for one with a PIN in
// it, which would be written down with it.
[[nodiscard]] base::Result<void> checkTokenUri(std::string_view uri);

// On all tokens that are plugged in; empty when there are none.
[[nodiscard]] std::vector<TokenCertificate> listTokenCertificates();

// The certificates a URI names, without a PIN: tern.crypto.token.{uri,missing,empty}.
[[nodiscard]] base::Result<std::vector<base::Bytes>> certificatesOnToken(std::string_view uri);

// Certificates and keys that the URI names; the keys keep a session with the token open. Every one of these ends with
// the token's name in its arguments:
//   tern.crypto.token.missing       no token like that is plugged in, or no module for it is installed
//   tern.crypto.token.empty         it has no such certificate and no such key
//   tern.crypto.token.pin-needed    no PIN was given; .pin-last-try: and one more mistake locks it
//   tern.crypto.token.pin-wrong, .pin-locked
//   tern.crypto.token.failed        anything else it said; also when signing, as is
//   tern.crypto.token.removed       it was pulled out
[[nodiscard]] base::Result<Material> openToken(std::string_view uri, const std::optional<base::SecureBytes>& pin);

} // namespace tern::crypto
