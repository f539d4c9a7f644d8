#include "core/crypto/ml_kem.h"

#include "core/crypto/openssl.h"

#include <array>

namespace tern::crypto {

namespace {

struct Row {
    std::uint16_t group;
    const char* name;           // OpenSSL's
    std::size_t keySize;        // of the encapsulation key
    std::size_t ciphertextSize; // FIPS 203 §8
};
constexpr std::array rows{
    Row{mlKem512, "ML-KEM-512", 800, 768},
    Row{mlKem768, "ML-KEM-768", 1184, 1088},
    Row{mlKem1024, "ML-KEM-1024", 1568, 1568},
};
constexpr std::size_t secretSize = 32;

// OpenSSL's headers before 3.5 have no name for it.
constexpr const char* seedParameter = "seed";

tl::unexpected<base::Error> badPublicValue(std::string why) {
    return base::fail("tern.crypto.dh.public-value", {}, std::move(why));
}

const Row& rowOf(std::uint16_t group) {
    return rows[static_cast<std::size_t>(group - mlKem512)];
}

class MlKem final : public KeyExchange {
public:
    MlKem(const Row& row, PkeyPtr key, base::Bytes publicValue)
        : m_row(row)
        , m_key(std::move(key))
        , m_public(std::move(publicValue)) {}

    [[nodiscard]] std::uint16_t group() const override { return m_row.group; }
    [[nodiscard]] const base::Bytes& publicValue() const override { return m_public; }

    [[nodiscard]] base::Result<base::SecureBytes> sharedSecret(base::ByteView ciphertext) const override {
        if (ciphertext.size() != m_row.ciphertextSize) {
            return badPublicValue("a ciphertext of " + std::to_string(ciphertext.size()) + " octets");
        }
        const PkeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, m_key.get(), nullptr));
        base::SecureBytes secret(secretSize);
        std::size_t size = secret.size();
        if (!context || EVP_PKEY_decapsulate_init(context.get(), nullptr) != 1 ||
            EVP_PKEY_decapsulate(context.get(), secret.data(), &size, ciphertext.data(), ciphertext.size()) != 1 ||
            size != secret.size()) {
            return opensslFailure(m_row.name);
        }
        return secret;
    }

private:
    const Row& m_row;
    PkeyPtr m_key;
    base::Bytes m_public;
};

base::Result<std::unique_ptr<KeyExchange>> finish(const Row& row, PkeyPtr key) {
    base::Bytes octets(row.keySize);
    std::size_t size = octets.size();
    if (!key || EVP_PKEY_get_raw_public_key(key.get(), octets.data(), &size) != 1 || size != octets.size()) {
        return opensslFailure(row.name);
    }
    return std::make_unique<MlKem>(row, std::move(key), std::move(octets));
}

tl::unexpected<base::Error> unknownGroup(std::uint16_t group) {
    return base::fail("tern.crypto.dh.group", {std::to_string(group)});
}

base::Result<KeyReply> encapsulate(std::uint16_t group, base::ByteView peerPublic) {
    if (!mlKemIsAvailable(group)) {
        return unknownGroup(group);
    }
    const auto& row = rowOf(group);
    if (peerPublic.size() != row.keySize) {
        return badPublicValue("an encapsulation key of " + std::to_string(peerPublic.size()) + " octets");
    }
    const PkeyPtr key(EVP_PKEY_new_raw_public_key_ex(nullptr, row.name, nullptr, peerPublic.data(), peerPublic.size()));
    if (!key) {
        return badPublicValue(opensslError());
    }
    const PkeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    KeyReply reply{base::Bytes(row.ciphertextSize), base::SecureBytes(secretSize)};
    auto size = reply.publicValue.size();
    auto keySize = reply.secret.size();
    if (!context || EVP_PKEY_encapsulate_init(context.get(), nullptr) != 1 ||
        EVP_PKEY_encapsulate(context.get(), reply.publicValue.data(), &size, reply.secret.data(), &keySize) != 1 ||
        size != reply.publicValue.size() || keySize != reply.secret.size()) {
        return opensslFailure(row.name);
    }
    return reply;
}

} // namespace

bool mlKemIsAvailable(std::uint16_t group) {
    if (!isMlKem(group)) {
        return false;
    }
    static const bool available = [] {
        const OpensslPtr<EVP_KEM, EVP_KEM_free> kem(EVP_KEM_fetch(nullptr, "ML-KEM-768", nullptr));
        if (!kem) {
            static_cast<void>(opensslError()); // expected: it must not be taken for the reason of a later failure
        }
        return kem != nullptr;
    }();
    return available;
}

base::Result<std::unique_ptr<KeyExchange>> createMlKem(std::uint16_t group) {
    if (!mlKemIsAvailable(group)) {
        return unknownGroup(group);
    }
    const auto& row = rowOf(group);
    return finish(row, PkeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, row.name)));
}

base::Result<std::unique_ptr<KeyExchange>> createMlKemFromSeed(std::uint16_t group, base::ByteView seed) {
    if (!mlKemIsAvailable(group)) {
        return unknownGroup(group);
    }
    const auto& row = rowOf(group);
    const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
    const bool good =
        builder && OSSL_PARAM_BLD_push_octet_string(builder.get(), seedParameter, seed.data(), seed.size()) == 1;
    const ParamsPtr params(good ? OSSL_PARAM_BLD_to_param(builder.get()) : nullptr);
    const PkeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, row.name, nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, params.get()) != 1) {
        return opensslFailure(row.name);
    }
    return finish(row, PkeyPtr(key));
}

base::Result<KeyReply> replyToKeyExchange(std::uint16_t group, base::ByteView peerPublic) {
    if (isMlKem(group)) {
        return encapsulate(group, peerPublic);
    }
    const auto ours = KeyExchange::create(group);
    if (!ours) {
        return base::fail(ours.error());
    }
    auto secret = (*ours)->sharedSecret(peerPublic);
    if (!secret) {
        return base::fail(std::move(secret.error()));
    }
    return KeyReply{(*ours)->publicValue(), std::move(*secret)};
}

} // namespace tern::crypto
