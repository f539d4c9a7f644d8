// Certificates and private keys out of files: PKCS#12, PEM (PKCS#8, encrypted PKCS#8, traditional RSA and EC) and DER.
#pragma once

#include "core/base/secure_bytes.h"
#include "core/crypto/credential.h"

#include <optional>

namespace tern::crypto {

inline constexpr std::size_t mostCredentialOctets = std::size_t{1} << 20U;

// file: the whole file. Without a pass phrase, files that need none are opened and the others answer
// tern.crypto.key.passphrase-needed. Each outcome has its own code, so that nobody is asked for a pass phrase because
// of a file that cannot be read at all:
//   tern.crypto.key.passphrase-needed, .passphrase-wrong
//   tern.crypto.key.unreadable      no key and no certificate in a form known here, or a damaged one
//   tern.crypto.key.old-encryption  protected with RC2 or the like, which this computer's OpenSSL has no code for
//   tern.crypto.key.unsupported     a key of another kind (DSA, SSH)
// A file with certificates alone, or keys alone, is fine here: assemble() says what is missing.
[[nodiscard]] base::Result<Material> readCredentialFile(base::ByteView file,
                                                        const std::optional<base::SecureBytes>& passPhrase);

// The certificates that can be seen without a pass phrase, for showing them; with one, all. Same errors.
[[nodiscard]] base::Result<std::vector<base::Bytes>>
certificatesInFile(base::ByteView file, const std::optional<base::SecureBytes>& passPhrase);

} // namespace tern::crypto
