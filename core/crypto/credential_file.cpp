#include "core/crypto/credential_file.h"

#include "core/crypto/key_file_parts.h"
#include "core/crypto/openssl_key.h"

#include <algorithm>
#include <openssl/err.h>
#include <string_view>

namespace tern::crypto {

namespace {

constexpr std::uint8_t derSequence = 0x30;

// RFC 7292 §4: SEQUENCE { version INTEGER (3), SEQUENCE …}. A plain PKCS#8 key is SEQUENCE { INTEGER (0), … }, RSA too.
bool looksLikePkcs12(base::ByteView der) {
    const unsigned char* at = der.data();
    long length = 0;
    int tag = 0;
    int kind = 0;
    const int form = ASN1_get_object(&at, &length, &tag, &kind, static_cast<long>(der.size()));
    ERR_clear_error();
    const auto left = der.size() - static_cast<std::size_t>(at - der.data());
    return (form & 0x80) == 0 && tag == V_ASN1_SEQUENCE && left >= 3 && at[0] == V_ASN1_INTEGER && at[1] == 1 &&
           at[2] == 3;
}

// A lone certificate or key.
base::Result<Material> readDer(base::ByteView der, const PassPhrase& passPhrase) {
    Material material;
    if (const auto certificate = parseCertificate(der)) {
        material.certificates.emplace_back(der.begin(), der.end());
        return material;
    }
    const unsigned char* at = der.data();
    if (const EncryptedKeyPtr encrypted{d2i_X509_SIG(nullptr, &at, static_cast<long>(der.size()))}) {
        const FileCiphers ciphers;
        const auto info = decryptPkcs8(encrypted.get(), passPhrase, ciphers);
        auto key = info ? keyFromPkcs8(info->get())
                        : base::Result<std::shared_ptr<const PrivateKey>>(base::fail(info.error()));
        if (!key) {
            return base::fail(std::move(key.error()));
        }
        material.keys.push_back(std::move(*key));
        return material;
    }
    ERR_clear_error();
    at = der.data();
    PkeyPtr plain(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size())));
    if (!plain) {
        return base::fail("tern.crypto.key.unreadable", {}, opensslError());
    }
    auto key = memoryKey(std::move(plain));
    if (!key) {
        return base::fail(std::move(key.error()));
    }
    material.keys.push_back(std::move(*key));
    return material;
}

base::Result<Material> readFile(base::ByteView file, const PassPhrase& passPhrase, Wanted wanted) {
    if (file.empty() || file.size() > mostCredentialOctets) {
        return base::fail("tern.crypto.key.unreadable", {}, std::to_string(file.size()) + " octets");
    }
    if (file.front() != derSequence) {
        return readPem(file, passPhrase, wanted);
    }
    return looksLikePkcs12(file) ? readPkcs12(file, passPhrase) : readDer(file, passPhrase);
}

} // namespace

base::Result<Material> readCredentialFile(base::ByteView file, const std::optional<base::SecureBytes>& passPhrase) {
    return readFile(file, passPhrase, Wanted::All);
}

base::Result<std::vector<base::Bytes>> certificatesInFile(base::ByteView file,
                                                          const std::optional<base::SecureBytes>& passPhrase) {
    auto material = readFile(file, passPhrase, Wanted::Certificates);
    if (!material) {
        return base::fail(std::move(material.error()));
    }
    return std::move(material->certificates);
}

} // namespace tern::crypto
