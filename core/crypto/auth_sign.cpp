// Our own signature in the AUTH payload.
#include "core/crypto/openssl.h"
#include "core/crypto/signature.h"

#include <algorithm>
#include <array>

namespace tern::crypto {

namespace {

// IANA "IKEv2 Hash Algorithms" (RFC 7427 §7, RFC 8420 §3).
constexpr std::uint16_t hashIdentity = 5;
constexpr std::uint16_t numberOf(Hash hash) {
    switch (hash) {
    case Hash::Sha1:
        return 1;
    case Hash::Sha256:
        return 2;
    case Hash::Sha384:
        return 3;
    case Hash::Sha512:
        break;
    }
    return 4;
}

bool knows(std::span<const std::uint16_t> hashes, std::uint16_t number) {
    return std::find(hashes.begin(), hashes.end(), number) != hashes.end();
}

// As strong as the key (NIST SP 800-57 part 1, table 2), else the next best that the server knows.
std::optional<Hash> hashFor(const PrivateKey& key, std::span<const std::uint16_t> hashes) {
    const bool curve = key.kind() == KeyType::Ec;
    const unsigned bits = key.bits();
    Hash best = Hash::Sha256;
    if (curve ? bits > 384 : bits > 7680) {
        best = Hash::Sha512;
    } else if (curve ? bits > 256 : bits > 3072) {
        best = Hash::Sha384;
    }
    for (const auto hash : {best, Hash::Sha256, Hash::Sha384, Hash::Sha512}) {
        if (knows(hashes, numberOf(hash))) {
            return hash;
        }
    }
    return std::nullopt;
}

tl::unexpected<base::Error> noMethod(const PrivateKey& key) {
    const char* const name = key.kind() == KeyType::Rsa || key.kind() == KeyType::RsaPss ? "RSA-PSS"
                             : key.kind() == KeyType::Ec                                 ? "ECDSA"
                             : key.kind() == KeyType::Ed25519                            ? "Ed25519"
                                                                                         : "Ed448";
    return base::fail("tern.crypto.key.no-method", {name}, std::to_string(key.bits()) + " bits");
}

// ---- AlgorithmIdentifiers, RFC 7427 appendix A and RFC 8420 appendix A ----

base::Bytes pkcs1Identifier(Hash hash) {
    const std::uint8_t last = hash == Hash::Sha256 ? 11 : hash == Hash::Sha384 ? 12 : 13;
    return {0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, last, 0x05, 0x00};
}

base::Bytes ecdsaIdentifier(Hash hash) {
    const std::uint8_t last = hash == Hash::Sha256 ? 2 : hash == Hash::Sha384 ? 3 : 4;
    return {0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, last};
}

base::Bytes edDsaIdentifier(KeyType kind) {
    const std::uint8_t last = kind == KeyType::Ed25519 ? 0x70 : 0x71;
    return {0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, last};
}

base::Bytes wrapped(std::uint8_t tag, std::initializer_list<base::ByteView> parts) {
    base::Bytes inside;
    for (const auto part : parts) {
        base::append(inside, part);
    }
    base::Bytes out{tag, static_cast<std::uint8_t>(inside.size())}; // every structure here is shorter than 128 octets
    base::append(out, inside);
    return out;
}

base::Bytes pssIdentifier(Hash hash, bool explicitTrailer) {
    const std::uint8_t name = hash == Hash::Sha256 ? 1 : hash == Hash::Sha384 ? 2 : 3;
    const base::Bytes hashName{0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                               0x65, 0x03, 0x04, 0x02, name, 0x05, 0x00};
    const base::Bytes mgf1{0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x08};
    const base::Bytes pss{0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0A};
    const base::Bytes saltLength{0x02, 0x01, static_cast<std::uint8_t>(hashSize(hash))};
    const base::Bytes one{0x02, 0x01, 0x01};
    const auto trailer = explicitTrailer ? wrapped(0xA3, {one}) : base::Bytes();
    const auto parameters = wrapped(0x30, {wrapped(0xA0, {hashName}), wrapped(0xA1, {wrapped(0x30, {mgf1, hashName})}),
                                           wrapped(0xA2, {saltLength}), trailer});
    return wrapped(0x30, {pss, parameters});
}

base::Result<AuthSignature> digital(base::Bytes identifier, base::Result<base::Bytes> signature) {
    if (!signature) {
        return base::fail(std::move(signature.error()));
    }
    AuthSignature out;
    out.data.push_back(static_cast<std::uint8_t>(identifier.size()));
    base::append(out.data, identifier);
    base::append(out.data, *signature);
    return out;
}

// ---- without RFC 7427 ----

struct CurveRow {
    unsigned bits;
    AuthMethod method;
    Hash hash;
};
constexpr std::array curves{CurveRow{256, AuthMethod::EcdsaP256Sha256, Hash::Sha256},
                            CurveRow{384, AuthMethod::EcdsaP384Sha384, Hash::Sha384},
                            CurveRow{521, AuthMethod::EcdsaP521Sha512, Hash::Sha512}};

// RFC 4754 §3: r and s, each as long as the curve's field.
base::Result<base::Bytes> rawEcdsa(base::ByteView der, unsigned bits) {
    const int half = static_cast<int>((bits + 7) / 8);
    const unsigned char* at = der.data();
    const OpensslPtr<ECDSA_SIG, ECDSA_SIG_free> pair(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
    base::Bytes out(2 * static_cast<std::size_t>(half));
    if (!pair || BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), out.data(), half) != half ||
        BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), out.data() + half, half) != half) {
        return base::fail("tern.crypto.key.sign", {}, "ECDSA: " + opensslError());
    }
    return out;
}

base::Result<AuthSignature> classic(const PrivateKey& key, base::ByteView octets) {
    if (key.kind() == KeyType::Rsa) {
        auto signature = key.sign(SignatureScheme::RsaPkcs1, Hash::Sha1, octets);
        if (!signature) {
            return base::fail(std::move(signature.error()));
        }
        return AuthSignature{AuthMethod::RsaSignature, std::move(*signature)};
    }
    const auto* row =
        std::find_if(curves.begin(), curves.end(), [&](const CurveRow& curve) { return curve.bits == key.bits(); });
    if (key.kind() != KeyType::Ec || row == curves.end()) {
        return noMethod(key);
    }
    const auto signature = key.sign(SignatureScheme::Ecdsa, row->hash, octets);
    auto raw = signature ? rawEcdsa(*signature, row->bits) : base::Result<base::Bytes>(base::fail(signature.error()));
    if (!raw) {
        return base::fail(std::move(raw.error()));
    }
    return AuthSignature{row->method, std::move(*raw)};
}

} // namespace

base::Result<AuthSignature> signAuth(const PrivateKey& key, std::span<const std::uint16_t> hashes, RsaSignature rsa,
                                     base::ByteView octets) {
    const auto kind = key.kind();
    if (kind == KeyType::Ed25519 || kind == KeyType::Ed448) {
        if (!knows(hashes, hashIdentity)) {
            return noMethod(key);
        }
        return digital(edDsaIdentifier(kind), key.sign(SignatureScheme::EdDsa, std::nullopt, octets));
    }
    const auto hash = hashFor(key, hashes);
    if (!hash) {
        return classic(key, octets);
    }
    if (kind == KeyType::Ec) {
        return digital(ecdsaIdentifier(*hash), key.sign(SignatureScheme::Ecdsa, hash, octets));
    }
    if (kind == KeyType::Rsa && rsa == RsaSignature::Pkcs1) {
        return digital(pkcs1Identifier(*hash), key.sign(SignatureScheme::RsaPkcs1, hash, octets));
    }
    return digital(pssIdentifier(*hash, rsa == RsaSignature::PssExplicitTrailer),
                   key.sign(SignatureScheme::RsaPss, hash, octets));
}

} // namespace tern::crypto
