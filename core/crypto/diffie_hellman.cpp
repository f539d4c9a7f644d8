#include "core/crypto/diffie_hellman.h"

#include "core/crypto/ml_kem.h"
#include "core/crypto/openssl.h"

#include <algorithm>
#include <array>
#include <openssl/dh.h>
#include <openssl/obj_mac.h>

namespace tern::crypto {

namespace {

enum class Kind { Modp, Ecp, Curve };

struct Row {
    std::uint16_t group;
    Kind kind;
    const char* openssl;       // key type or curve; the named group of MODP, null where OpenSSL has no name
    std::size_t publicSize;    // octets on the wire
    BIGNUM* (*prime)(BIGNUM*); // MODP
    int nid;                   // ECP
};

constexpr std::array rows{
    Row{2, Kind::Modp, nullptr, 128, BN_get_rfc2409_prime_1024, 0},
    Row{5, Kind::Modp, "modp_1536", 192, BN_get_rfc3526_prime_1536, 0},
    Row{14, Kind::Modp, "modp_2048", 256, BN_get_rfc3526_prime_2048, 0},
    Row{15, Kind::Modp, "modp_3072", 384, BN_get_rfc3526_prime_3072, 0},
    Row{16, Kind::Modp, "modp_4096", 512, BN_get_rfc3526_prime_4096, 0},
    Row{17, Kind::Modp, "modp_6144", 768, BN_get_rfc3526_prime_6144, 0},
    Row{18, Kind::Modp, "modp_8192", 1024, BN_get_rfc3526_prime_8192, 0},
    Row{19, Kind::Ecp, "P-256", 64, nullptr, NID_X9_62_prime256v1},
    Row{20, Kind::Ecp, "P-384", 96, nullptr, NID_secp384r1},
    Row{21, Kind::Ecp, "P-521", 132, nullptr, NID_secp521r1},
    Row{31, Kind::Curve, "X25519", 32, nullptr, EVP_PKEY_X25519},
    Row{32, Kind::Curve, "X448", 56, nullptr, EVP_PKEY_X448},
};

const Row* find(std::uint16_t group) {
    const auto* const row =
        std::find_if(rows.begin(), rows.end(), [&](const Row& candidate) { return candidate.group == group; });
    return row == rows.end() ? nullptr : row;
}

tl::unexpected<base::Error> badPublicValue(std::string why) {
    return base::fail("tern.crypto.dh.public-value", {}, std::move(why));
}

BignumPtr toBignum(base::ByteView octets) {
    return BignumPtr(BN_bin2bn(octets.data(), static_cast<int>(octets.size()), nullptr));
}

// A MODP key from its numbers; `privateKey` and `publicKey` may each be missing.
base::Result<PkeyPtr> modpKey(const Row& row, const BIGNUM* privateKey, const BIGNUM* publicKey) {
    const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
    const BignumPtr prime(row.prime(nullptr));
    const BignumPtr generator(BN_new());
    bool good = builder && prime && generator && BN_set_word(generator.get(), 2) == 1;
    if (good && row.openssl != nullptr) {
        good = OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, row.openssl, 0) == 1;
    } else if (good) {
        good = OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_FFC_P, prime.get()) == 1 &&
               OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_FFC_G, generator.get()) == 1;
    }
    if (good && privateKey != nullptr) {
        good = OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, privateKey) == 1;
    }
    if (good && publicKey != nullptr) {
        good = OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, publicKey) == 1;
    }
    const ParamsPtr params(good ? OSSL_PARAM_BLD_to_param(builder.get()) : nullptr);
    const PkeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "DH", nullptr));
    EVP_PKEY* key = nullptr;
    const int selection = privateKey != nullptr  ? EVP_PKEY_KEYPAIR
                          : publicKey != nullptr ? EVP_PKEY_PUBLIC_KEY
                                                 : EVP_PKEY_KEY_PARAMETERS;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, selection, params.get()) != 1) {
        return opensslFailure("DH key");
    }
    return PkeyPtr(key);
}

base::Result<PkeyPtr> generateFrom(const PkeyContextPtr& context) {
    EVP_PKEY* key = nullptr;
    if (!context || EVP_PKEY_keygen_init(context.get()) != 1 || EVP_PKEY_generate(context.get(), &key) != 1) {
        return opensslFailure("key generation");
    }
    return PkeyPtr(key);
}

base::Result<PkeyPtr> generate(const Row& row) {
    if (row.kind == Kind::Modp) {
        const auto parameters = modpKey(row, nullptr, nullptr);
        if (!parameters) {
            return base::fail(parameters.error());
        }
        return generateFrom(PkeyContextPtr(EVP_PKEY_CTX_new_from_pkey(nullptr, parameters->get(), nullptr)));
    }
    PkeyPtr key(row.kind == Kind::Ecp ? EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", row.openssl)
                                      : EVP_PKEY_Q_keygen(nullptr, nullptr, row.openssl));
    if (!key) {
        return opensslFailure(row.openssl);
    }
    return key;
}

base::Result<PkeyPtr> modpKeyFromPrivate(const Row& row, base::ByteView privateValue) {
    const BignumPtr exponent = toBignum(privateValue);
    const BignumPtr prime(row.prime(nullptr));
    const BignumPtr generator(BN_new());
    const BignumPtr result(BN_new());
    const BignumContextPtr scratch(BN_CTX_new());
    if (!exponent || !prime || !generator || !result || !scratch || BN_set_word(generator.get(), 2) != 1) {
        return opensslFailure("DH private value");
    }
    BN_set_flags(exponent.get(), BN_FLG_CONSTTIME);
    if (BN_mod_exp(result.get(), generator.get(), exponent.get(), prime.get(), scratch.get()) != 1) {
        return opensslFailure("DH private value");
    }
    return modpKey(row, exponent.get(), result.get());
}

base::Result<PkeyPtr> ecpKeyFromPrivate(const Row& row, base::ByteView privateValue) {
    const OpensslPtr<EC_GROUP, EC_GROUP_free> group(EC_GROUP_new_by_curve_name(row.nid));
    const BignumPtr scalar = toBignum(privateValue);
    const BignumContextPtr scratch(BN_CTX_new());
    const OpensslPtr<EC_POINT, EC_POINT_free> point(group ? EC_POINT_new(group.get()) : nullptr);
    base::Bytes encoded(1 + row.publicSize);
    if (!scalar || !scratch || !point ||
        EC_POINT_mul(group.get(), point.get(), scalar.get(), nullptr, nullptr, scratch.get()) != 1 ||
        EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, encoded.data(), encoded.size(),
                           scratch.get()) != encoded.size()) {
        return opensslFailure("ECP private value");
    }
    const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
    const bool good =
        builder && OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, row.openssl, 0) == 1 &&
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, scalar.get()) == 1 &&
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, encoded.data(), encoded.size()) == 1;
    const ParamsPtr params(good ? OSSL_PARAM_BLD_to_param(builder.get()) : nullptr);
    const PkeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, params.get()) != 1) {
        return opensslFailure("ECP private value");
    }
    return PkeyPtr(key);
}

base::Result<PkeyPtr> keyFromPrivate(const Row& row, base::ByteView privateValue) {
    switch (row.kind) {
    case Kind::Modp:
        return modpKeyFromPrivate(row, privateValue);
    case Kind::Ecp:
        return ecpKeyFromPrivate(row, privateValue);
    case Kind::Curve:
        break;
    }
    PkeyPtr key(
        EVP_PKEY_new_raw_private_key_ex(nullptr, row.openssl, nullptr, privateValue.data(), privateValue.size()));
    if (!key) {
        return opensslFailure(row.openssl);
    }
    return key;
}

base::Result<base::Bytes> publicOctets(const Row& row, EVP_PKEY* key) {
    base::Bytes out(row.publicSize);
    if (row.kind == Kind::Modp) {
        BIGNUM* number = nullptr;
        const bool found = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PUB_KEY, &number) == 1;
        const BignumPtr owned(number);
        if (!found || BN_bn2binpad(number, out.data(), static_cast<int>(out.size())) < 0) {
            return opensslFailure("DH public value");
        }
        return out;
    }
    if (row.kind == Kind::Ecp) {
        unsigned char* encoded = nullptr;
        const std::size_t size = EVP_PKEY_get1_encoded_public_key(key, &encoded);
        const bool good = size == 1 + row.publicSize && encoded[0] == POINT_CONVERSION_UNCOMPRESSED;
        if (good) {
            std::copy_n(encoded + 1, row.publicSize, out.begin());
        }
        OPENSSL_free(encoded);
        if (!good) {
            return opensslFailure("ECP public value");
        }
        return out;
    }
    std::size_t size = out.size();
    if (EVP_PKEY_get_raw_public_key(key, out.data(), &size) != 1 || size != out.size()) {
        return opensslFailure(row.openssl);
    }
    return out;
}

// RFC 6989 §2.1: these groups are safe primes, so 1 < r < p-1 is the whole test.
base::Result<PkeyPtr> modpPeerKey(const Row& row, base::ByteView peerPublic) {
    const BignumPtr value = toBignum(peerPublic);
    const BignumPtr last(row.prime(nullptr));
    if (!value || !last || BN_sub_word(last.get(), 1) != 1) {
        return opensslFailure("DH public value");
    }
    if (BN_is_zero(value.get()) || BN_is_one(value.get()) || BN_cmp(value.get(), last.get()) >= 0) {
        return badPublicValue("MODP value out of range");
    }
    return modpKey(row, nullptr, value.get());
}

// RFC 6989 §2.3: both coordinates in range and the point on the curve. OpenSSL checks both while decoding.
base::Result<PkeyPtr> ecpPeerKey(EVP_PKEY* mine, base::ByteView peerPublic) {
    base::Bytes encoded{POINT_CONVERSION_UNCOMPRESSED};
    base::append(encoded, peerPublic);
    PkeyPtr peer(EVP_PKEY_new());
    if (!peer || EVP_PKEY_copy_parameters(peer.get(), mine) != 1) {
        return opensslFailure("ECP public value");
    }
    if (EVP_PKEY_set1_encoded_public_key(peer.get(), encoded.data(), encoded.size()) != 1) {
        return badPublicValue("not a point of the curve: " + opensslError());
    }
    return peer;
}

class OpensslKeyExchange final : public KeyExchange {
public:
    OpensslKeyExchange(const Row& row, PkeyPtr key, base::Bytes publicValue)
        : m_row(row)
        , m_key(std::move(key))
        , m_public(std::move(publicValue)) {}

    [[nodiscard]] std::uint16_t group() const override { return m_row.group; }
    [[nodiscard]] const base::Bytes& publicValue() const override { return m_public; }

    [[nodiscard]] base::Result<base::SecureBytes> sharedSecret(base::ByteView peerPublic) const override {
        if (peerPublic.size() != m_row.publicSize) {
            return badPublicValue("wrong length");
        }
        const auto peer = peerKey(peerPublic);
        if (!peer) {
            return base::fail(peer.error());
        }
        const PkeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, m_key.get(), nullptr));
        std::size_t size = 0;
        if (!context || EVP_PKEY_derive_init(context.get()) != 1 ||
            (m_row.kind == Kind::Modp && EVP_PKEY_CTX_set_dh_pad(context.get(), 1) != 1)) {
            return opensslFailure("key agreement");
        }
        if (EVP_PKEY_derive_set_peer(context.get(), peer->get()) != 1 ||
            EVP_PKEY_derive(context.get(), nullptr, &size) != 1) {
            return badPublicValue(opensslError());
        }
        base::SecureBytes secret(size);
        if (EVP_PKEY_derive(context.get(), secret.data(), &size) != 1 || size != secret.size()) {
            // X25519 and X448 answer this for a point of small order, whose secret would be all zeros.
            return badPublicValue(opensslError());
        }
        return secret;
    }

private:
    [[nodiscard]] base::Result<PkeyPtr> peerKey(base::ByteView peerPublic) const {
        switch (m_row.kind) {
        case Kind::Modp:
            return modpPeerKey(m_row, peerPublic);
        case Kind::Ecp:
            return ecpPeerKey(m_key.get(), peerPublic);
        case Kind::Curve:
            break;
        }
        PkeyPtr peer(
            EVP_PKEY_new_raw_public_key_ex(nullptr, m_row.openssl, nullptr, peerPublic.data(), peerPublic.size()));
        if (!peer) {
            return badPublicValue(opensslError());
        }
        return peer;
    }

    const Row& m_row;
    PkeyPtr m_key;
    base::Bytes m_public;
};

base::Result<std::unique_ptr<KeyExchange>> finish(const Row& row, base::Result<PkeyPtr> key) {
    if (!key) {
        return base::fail(std::move(key.error()));
    }
    auto octets = publicOctets(row, key->get());
    if (!octets) {
        return base::fail(std::move(octets.error()));
    }
    return std::make_unique<OpensslKeyExchange>(row, std::move(*key), std::move(*octets));
}

tl::unexpected<base::Error> unknownGroup(std::uint16_t group) {
    return base::fail("tern.crypto.dh.group", {std::to_string(group)});
}

} // namespace

bool KeyExchange::supports(std::uint16_t group) {
    return find(group) != nullptr || mlKemIsAvailable(group);
}

std::size_t KeyExchange::publicSize(std::uint16_t group) {
    const Row* const row = find(group);
    return row != nullptr ? row->publicSize : 0;
}

base::Result<std::unique_ptr<KeyExchange>> KeyExchange::create(std::uint16_t group) {
    if (isMlKem(group)) {
        return createMlKem(group);
    }
    const Row* const row = find(group);
    if (row == nullptr) {
        return unknownGroup(group);
    }
    return finish(*row, generate(*row));
}

base::Result<std::unique_ptr<KeyExchange>> KeyExchange::createWithPrivate(std::uint16_t group,
                                                                          base::ByteView privateValue) {
    const Row* const row = find(group);
    if (row == nullptr) {
        return unknownGroup(group);
    }
    return finish(*row, keyFromPrivate(*row, privateValue));
}

} // namespace tern::crypto
