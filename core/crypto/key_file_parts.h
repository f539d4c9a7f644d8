// What the readers of PKCS#12 and PEM share: where OpenSSL may look for old ciphers, and what its refusals mean. For
// the .cpp files of this folder only.
#pragma once

#include "core/base/secure_bytes.h"
#include "core/crypto/credential.h"
#include "core/crypto/openssl.h"

#include <openssl/pkcs12.h>
#include <openssl/provider.h>

namespace tern::crypto {

using PassPhrase = std::optional<base::SecureBytes>;
using Pkcs8Ptr = OpensslPtr<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;
using EncryptedKeyPtr = OpensslPtr<X509_SIG, X509_SIG_free>;

// A library context of its own with the legacy provider (RC2 and the like), where this computer has that: old ciphers
// are for opening old files and must not come within reach of anything else.
class FileCiphers {
public:
    FileCiphers();
    [[nodiscard]] OSSL_LIB_CTX* context() const { return m_context.get(); }

private:
    OpensslPtr<OSSL_LIB_CTX, OSSL_LIB_CTX_free> m_context;
    OpensslPtr<OSSL_PROVIDER, OSSL_PROVIDER_unload> m_standard;
    OpensslPtr<OSSL_PROVIDER, OSSL_PROVIDER_unload> m_legacy; // null without the module
};

// Why decryption failed, from OpenSSL's queue, which is emptied: .old-encryption when it lacks the algorithm,
// .passphrase-needed when there was none, else .passphrase-wrong.
[[nodiscard]] tl::unexpected<base::Error> decryptionFailure(const PassPhrase& passPhrase);

// The work a file asks for to turn a pass phrase into a key is bounded: nobody waits for hours.
[[nodiscard]] bool isTooMuchWork(const X509_ALGOR* algorithm);
[[nodiscard]] bool isTooMuchWork(long iterations);

[[nodiscard]] base::Result<std::shared_ptr<const PrivateKey>> keyFromPkcs8(const PKCS8_PRIV_KEY_INFO* info);
[[nodiscard]] base::Result<Pkcs8Ptr> decryptPkcs8(const X509_SIG* encrypted, const PassPhrase& passPhrase,
                                                  const FileCiphers& ciphers);

enum class Wanted { All, Certificates };
[[nodiscard]] base::Result<Material> readPkcs12(base::ByteView der, const PassPhrase& passPhrase);
[[nodiscard]] base::Result<Material> readPem(base::ByteView text, const PassPhrase& passPhrase, Wanted wanted);

} // namespace tern::crypto
