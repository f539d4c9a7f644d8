// PEM (RFC 7468, and the older "Proc-Type: 4,ENCRYPTED" of traditional keys).
#include "core/crypto/key_file_parts.h"
#include "core/crypto/openssl_key.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <string_view>

namespace tern::crypto {

namespace {

constexpr std::size_t mostBlocks = 64;

// One "-----BEGIN NAME-----" block. OpenSSL allocates all three; the data may be a key.
struct Block {
    Block() = default;
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;
    ~Block() {
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_clear_free(data, static_cast<std::size_t>(size));
    }
    [[nodiscard]] bool read(BIO* from) { return PEM_read_bio(from, &name, &header, &data, &size) == 1; }
    [[nodiscard]] base::ByteView view() const { return {data, static_cast<std::size_t>(size)}; }

    char* name = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long size = 0;
};

int givePassPhrase(char* buffer, int size, int /*writing*/, void* passPhrase) {
    const auto* phrase = static_cast<const base::SecureBytes*>(passPhrase);
    const auto length = static_cast<int>(phrase->size());
    if (length > size) {
        return -1;
    }
    std::copy(phrase->view().begin(), phrase->view().end(), buffer);
    return length;
}

base::Result<std::shared_ptr<const PrivateKey>> readPlain(base::ByteView der, int type) {
    const unsigned char* at = der.data();
    PkeyPtr key(type == EVP_PKEY_NONE ? d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size()))
                                      : d2i_PrivateKey(type, nullptr, &at, static_cast<long>(der.size())));
    if (!key) {
        return base::fail("tern.crypto.key.unreadable", {}, opensslError());
    }
    return memoryKey(std::move(key));
}

// RFC 1421 §4.6.1.1, as OpenSSL has always written it.
base::Result<std::shared_ptr<const PrivateKey>> readTraditional(Block& block, int type, const PassPhrase& passPhrase) {
    EVP_CIPHER_INFO cipher{};
    ERR_clear_error();
    if (PEM_get_EVP_CIPHER_INFO(block.header, &cipher) != 1) {
        const bool unknown = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_UNSUPPORTED_ENCRYPTION;
        return base::fail(unknown ? "tern.crypto.key.old-encryption" : "tern.crypto.key.unreadable", {},
                          opensslError());
    }
    const bool encrypted = cipher.cipher != nullptr;
    if (encrypted && !passPhrase) {
        return base::fail("tern.crypto.key.passphrase-needed");
    }
    base::SecureBytes phrase = passPhrase ? passPhrase->clone() : base::SecureBytes();
    if (encrypted && PEM_do_header(&cipher, block.data, &block.size, givePassPhrase, &phrase) != 1) {
        return decryptionFailure(passPhrase);
    }
    auto key = readPlain(block.view(), type);
    // One wrong pass phrase in 256 leaves padding that looks right, and then no key.
    if (!key && encrypted && key.error().code == "tern.crypto.key.unreadable") {
        return base::fail("tern.crypto.key.passphrase-wrong", {}, key.error().detail);
    }
    return key;
}

base::Result<std::shared_ptr<const PrivateKey>> readEncrypted(base::ByteView der, const PassPhrase& passPhrase) {
    const unsigned char* at = der.data();
    const EncryptedKeyPtr encrypted(d2i_X509_SIG(nullptr, &at, static_cast<long>(der.size())));
    if (!encrypted) {
        return base::fail("tern.crypto.key.unreadable", {}, opensslError());
    }
    const FileCiphers ciphers;
    const auto info = decryptPkcs8(encrypted.get(), passPhrase, ciphers);
    if (!info) {
        return base::fail(info.error());
    }
    return keyFromPkcs8(info->get());
}

base::Result<void> takeBlock(Block& block, const PassPhrase& passPhrase, Wanted wanted, Material& material) {
    const std::string_view name(block.name);
    if (name == "CERTIFICATE" || name == "X509 CERTIFICATE") {
        if (const auto certificate = parseCertificate(block.view())) {
            material.certificates.push_back(certificateDer(certificate.get()));
            return {};
        }
        return base::fail("tern.crypto.key.unreadable", {}, "a certificate");
    }
    if (wanted == Wanted::Certificates) {
        return {};
    }
    const auto keep = [&material](base::Result<std::shared_ptr<const PrivateKey>> key) -> base::Result<void> {
        if (!key) {
            return base::fail(std::move(key.error()));
        }
        material.keys.push_back(std::move(*key));
        return {};
    };
    if (name == "PRIVATE KEY") {
        return keep(readPlain(block.view(), EVP_PKEY_NONE));
    }
    if (name == "ENCRYPTED PRIVATE KEY") {
        return keep(readEncrypted(block.view(), passPhrase));
    }
    if (name == "RSA PRIVATE KEY" || name == "EC PRIVATE KEY") {
        return keep(readTraditional(block, name.front() == 'R' ? EVP_PKEY_RSA : EVP_PKEY_EC, passPhrase));
    }
    if (name == "DSA PRIVATE KEY" || name == "OPENSSH PRIVATE KEY") {
        return base::fail("tern.crypto.key.unsupported", {std::string(name.substr(0, name.find(' ')))});
    }
    return {}; // parameters, requests, revocation lists
}

} // namespace

base::Result<Material> readPem(base::ByteView text, const PassPhrase& passPhrase, Wanted wanted) {
    const BioPtr bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    Material material;
    std::size_t blocks = 0;
    for (; bio && blocks < mostBlocks && BIO_pending(bio.get()) > 0; ++blocks) {
        ERR_clear_error();
        Block block;
        if (!block.read(bio.get())) {
            if (ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE) {
                break; // only text is left
            }
            return base::fail("tern.crypto.key.unreadable", {}, opensslError());
        }
        auto taken = takeBlock(block, passPhrase, wanted, material);
        if (!taken) {
            return base::fail(std::move(taken.error()));
        }
    }
    ERR_clear_error();
    if (material.certificates.empty() && material.keys.empty() && wanted == Wanted::All) {
        return base::fail("tern.crypto.key.unreadable", {}, "no key and no certificate in PEM");
    }
    return material;
}

} // namespace tern::crypto
