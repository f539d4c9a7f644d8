#include "core/crypto/signature.h"

#include "core/base/byte_io.h"
#include "core/crypto/openssl.h"
#include "core/crypto/prf.h"

#include <algorithm>
#include <array>
#include <openssl/objects.h>
#include <openssl/rsa.h>

namespace tern::crypto {

namespace {

using AlgorithmPtr = OpensslPtr<X509_ALGOR, X509_ALGOR_free>;
using PssParametersPtr = OpensslPtr<RSA_PSS_PARAMS, RSA_PSS_PARAMS_free>;

constexpr std::size_t mostSignature = 4096;

tl::unexpected<base::Error> invalid(const char* what) {
    return base::fail("tern.crypto.signature.invalid", {}, std::string(what) + ": " + opensslError());
}
tl::unexpected<base::Error> unsupported(const std::string& what) {
    return base::fail("tern.crypto.signature.unsupported", {what}, what);
}

bool isKey(EVP_PKEY* key, const char* type) {
    return EVP_PKEY_is_a(key, type) == 1;
}

// RSASSA-PKCS1-v1_5 with SHA-1, taken apart here: the padding by OpenSSL, the DigestInfo by comparison.
base::Result<void> verifyRsaSha1(EVP_PKEY* key, base::ByteView octets, base::ByteView signature) {
    // RFC 8017 §9.2 note 1.
    static constexpr std::array<std::uint8_t, 15> prefix{0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2B, 0x0E,
                                                         0x03, 0x02, 0x1A, 0x05, 0x00, 0x04, 0x14};
    if (!isKey(key, "RSA")) {
        return unsupported("RSA signature with another kind of key");
    }
    const PkeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    if (!context || EVP_PKEY_verify_recover_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1) {
        return base::fail("tern.crypto.signature.sha1-refused", {}, opensslError());
    }
    base::Bytes recovered(static_cast<std::size_t>(EVP_PKEY_get_size(key)));
    std::size_t size = recovered.size();
    if (EVP_PKEY_verify_recover(context.get(), recovered.data(), &size, signature.data(), signature.size()) != 1) {
        return invalid("RSA with SHA-1");
    }
    recovered.resize(size);
    base::Bytes expected(prefix.begin(), prefix.end());
    base::append(expected, digest(Hash::Sha1, {octets}));
    if (!base::equalConstantTime(recovered, expected)) {
        return invalid("RSA with SHA-1");
    }
    return {};
}

struct PssSettings {
    const EVP_MD* hash = nullptr;
    int saltLength = 0;
};

// hash: null for Ed25519, which hashes by itself.
base::Result<void> verifyDigest(EVP_PKEY* key, const EVP_MD* hash, base::ByteView octets, base::ByteView signature,
                                const PssSettings* pss = nullptr) {
    const DigestContextPtr context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* keyContext = nullptr; // owned by context
    if (!context || EVP_DigestVerifyInit(context.get(), &keyContext, hash, nullptr, key) != 1) {
        return unsupported("OpenSSL: " + opensslError());
    }
    if (pss != nullptr && (EVP_PKEY_CTX_set_rsa_padding(keyContext, RSA_PKCS1_PSS_PADDING) != 1 ||
                           EVP_PKEY_CTX_set_rsa_mgf1_md(keyContext, pss->hash) != 1 ||
                           EVP_PKEY_CTX_set_rsa_pss_saltlen(keyContext, pss->saltLength) != 1)) {
        return unsupported("RSA-PSS parameters: " + opensslError());
    }
    if (EVP_DigestVerify(context.get(), signature.data(), signature.size(), octets.data(), octets.size()) != 1) {
        return invalid("signature");
    }
    return {};
}

bool isOnCurve(EVP_PKEY* key, const char* curve) {
    std::array<char, 64> name{};
    return isKey(key, "EC") && EVP_PKEY_get_group_name(key, name.data(), name.size(), nullptr) == 1 &&
           std::string_view(name.data()) == curve;
}

// RFC 4754 §3: r and s, each as long as the curve's field.
base::Result<void> verifyRawEcdsa(EVP_PKEY* key, const char* curve, std::size_t half, const EVP_MD* hash,
                                  base::ByteView octets, base::ByteView signature) {
    if (!isOnCurve(key, curve)) {
        return unsupported(std::string("ECDSA signature method for ") + curve + " with another kind of key");
    }
    if (signature.size() != 2 * half) {
        return invalid("ECDSA length");
    }
    const OpensslPtr<ECDSA_SIG, ECDSA_SIG_free> pair(ECDSA_SIG_new());
    BignumPtr r(BN_bin2bn(signature.data(), static_cast<int>(half), nullptr));
    BignumPtr s(BN_bin2bn(signature.data() + half, static_cast<int>(half), nullptr));
    if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) {
        return opensslFailure("ECDSA signature");
    }
    // The pair owns both numbers now.
    static_cast<void>(r.release());
    static_cast<void>(s.release());
    unsigned char* encoded = nullptr;
    const int size = i2d_ECDSA_SIG(pair.get(), &encoded);
    const base::Bytes der(encoded, encoded + std::max(size, 0));
    OPENSSL_free(encoded);
    return verifyDigest(key, hash, octets, der);
}

const EVP_MD* sha2(const X509_ALGOR* algorithm) {
    switch (algorithm != nullptr ? OBJ_obj2nid(algorithm->algorithm) : NID_undef) {
    case NID_sha256:
        return EVP_sha256();
    case NID_sha384:
        return EVP_sha384();
    case NID_sha512:
        return EVP_sha512();
    default:
        return nullptr;
    }
}

// RFC 7427 appendix A.4, RFC 4055 §3.1: SHA-2 for the message and for MGF1, the same one.
base::Result<PssSettings> pssSettings(const X509_ALGOR* algorithm) {
    const PssParametersPtr parameters(
        static_cast<RSA_PSS_PARAMS*>(ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(RSA_PSS_PARAMS), algorithm->parameter)));
    if (!parameters || parameters->maskGenAlgorithm == nullptr ||
        OBJ_obj2nid(parameters->maskGenAlgorithm->algorithm) != NID_mgf1) {
        return unsupported("RSA-PSS parameters");
    }
    const AlgorithmPtr maskHash(static_cast<X509_ALGOR*>(
        ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(X509_ALGOR), parameters->maskGenAlgorithm->parameter)));
    const EVP_MD* const hash = sha2(parameters->hashAlgorithm);
    if (hash == nullptr || sha2(maskHash.get()) != hash) {
        return unsupported("RSA-PSS hash");
    }
    constexpr long defaultSalt = 20;
    const long salt = parameters->saltLength != nullptr ? ASN1_INTEGER_get(parameters->saltLength) : defaultSalt;
    const long trailer = parameters->trailerField != nullptr ? ASN1_INTEGER_get(parameters->trailerField) : 1;
    constexpr long mostSalt = 512;
    if (salt < 0 || salt > mostSalt || trailer != 1) {
        return unsupported("RSA-PSS salt or trailer");
    }
    return PssSettings{hash, static_cast<int>(salt)};
}

base::Result<void> verifyPss(EVP_PKEY* key, const X509_ALGOR* algorithm, base::ByteView octets,
                             base::ByteView signature) {
    if (!isKey(key, "RSA") && !isKey(key, "RSA-PSS")) {
        return unsupported("RSA-PSS signature with another kind of key");
    }
    const auto settings = pssSettings(algorithm);
    if (!settings) {
        return base::fail(settings.error());
    }
    return verifyDigest(key, settings->hash, octets, signature, &*settings);
}

struct DigitalRow {
    int algorithm;
    const char* key;
    const EVP_MD* (*hash)();
};

constexpr std::array digitalRows{
    DigitalRow{NID_sha256WithRSAEncryption, "RSA", EVP_sha256},
    DigitalRow{NID_sha384WithRSAEncryption, "RSA", EVP_sha384},
    DigitalRow{NID_sha512WithRSAEncryption, "RSA", EVP_sha512},
    DigitalRow{NID_ecdsa_with_SHA256, "EC", EVP_sha256},
    DigitalRow{NID_ecdsa_with_SHA384, "EC", EVP_sha384},
    DigitalRow{NID_ecdsa_with_SHA512, "EC", EVP_sha512},
    DigitalRow{NID_ED25519, "ED25519", nullptr},
    DigitalRow{NID_ED448, "ED448", nullptr},
};

// RFC 7427 §3: one octet of length, the AlgorithmIdentifier in DER, the signature value.
base::Result<void> verifyDigital(EVP_PKEY* key, base::ByteView octets, base::ByteView authentication) {
    base::ByteReader reader(authentication);
    const base::ByteView identifier = reader.take(reader.u8());
    const base::ByteView signature = reader.rest();
    const unsigned char* at = identifier.data();
    const AlgorithmPtr algorithm(d2i_X509_ALGOR(nullptr, &at, static_cast<long>(identifier.size())));
    if (reader.failed() || !algorithm || at != identifier.data() + identifier.size()) {
        return invalid("AlgorithmIdentifier");
    }
    const int name = OBJ_obj2nid(algorithm->algorithm);
    if (name == NID_rsassaPss) {
        return verifyPss(key, algorithm.get(), octets, signature);
    }
    for (const auto& row : digitalRows) {
        if (row.algorithm == name) {
            return isKey(key, row.key)
                       ? verifyDigest(key, row.hash != nullptr ? row.hash() : nullptr, octets, signature)
                       : base::Result<void>(unsupported(std::string(OBJ_nid2ln(name)) + " with another kind of key"));
        }
    }
    return unsupported("signature algorithm " + base::toHex(identifier));
}

} // namespace

base::Bytes signatureHashAlgorithms() {
    return {0, 2, 0, 3, 0, 4, 0, 5};
}

base::Result<void> verifyAuthSignature(std::uint8_t method, base::ByteView certificate, base::ByteView octets,
                                       base::ByteView authentication) {
    const X509Ptr x509 = parseCertificate(certificate);
    EVP_PKEY* const key = x509 ? X509_get0_pubkey(x509.get()) : nullptr;
    if (key == nullptr) {
        return base::fail("tern.crypto.cert.malformed", {}, opensslError());
    }
    if (authentication.empty() || authentication.size() > mostSignature) {
        return invalid("signature length");
    }
    switch (static_cast<AuthMethod>(method)) {
    case AuthMethod::RsaSignature:
        return verifyRsaSha1(key, octets, authentication);
    case AuthMethod::EcdsaP256Sha256:
        return verifyRawEcdsa(key, "prime256v1", 32, EVP_sha256(), octets, authentication);
    case AuthMethod::EcdsaP384Sha384:
        return verifyRawEcdsa(key, "secp384r1", 48, EVP_sha384(), octets, authentication);
    case AuthMethod::EcdsaP521Sha512:
        return verifyRawEcdsa(key, "secp521r1", 66, EVP_sha512(), octets, authentication);
    case AuthMethod::DigitalSignature:
        return verifyDigital(key, octets, authentication);
    }
    return unsupported("authentication method " + std::to_string(method));
}

} // namespace tern::crypto
