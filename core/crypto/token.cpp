#include "core/crypto/token.h"

#include "core/crypto/openssl_key.h"
#include "core/crypto/token_session.h"

#include <algorithm>
#include <array>

namespace tern::crypto {

namespace {

using UriPtr = OpensslPtr<P11KitUri, p11_kit_uri_free>;

base::Result<UriPtr> parseUri(std::string_view text) {
    UriPtr uri(p11_kit_uri_new());
    const bool control =
        std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= 32; });
    if (!uri || control ||
        p11_kit_uri_parse(std::string(text).c_str(), P11_KIT_URI_FOR_ANY, uri.get()) != P11_KIT_URI_OK) {
        return base::fail("tern.crypto.token.uri", {std::string(text.substr(0, 200))});
    }
    return uri;
}

// What the URI says of the object; its type is left out, for a certificate's URI means the key beside it as well.
std::vector<CK_ATTRIBUTE> objectAttributes(P11KitUri* uri) {
    std::vector<CK_ATTRIBUTE> out;
    for (const CK_ATTRIBUTE_TYPE type : {CKA_LABEL, CKA_ID}) {
        if (const auto* attribute = p11_kit_uri_get_attribute(uri, type)) {
            out.push_back(*attribute);
        }
    }
    return out;
}

std::string labelIn(P11KitUri* uri) {
    const auto* info = p11_kit_uri_get_token_info(uri);
    std::string label(reinterpret_cast<const char*>(info->label), sizeof(info->label));
    label.erase(std::find_if(label.rbegin(), label.rend(), [](char c) { return c != ' ' && c != 0; }).base(),
                label.end());
    return label;
}

struct Found {
    std::shared_ptr<TokenSession> session;
    std::vector<CK_OBJECT_HANDLE> certificates;
};

// The first token that the URI fits and that has a certificate it names; else the first it fits at all, for the
// certificate may be elsewhere and only the key there.
base::Result<Found> findToken(P11KitUri* uri) {
    const auto modules = std::make_shared<const TokenModules>();
    std::optional<Found> without;
    std::optional<base::Error> trouble;
    for (auto& token : tokensOf(*modules)) {
        if (p11_kit_uri_match_token_info(uri, &token.info) == 0) {
            continue;
        }
        auto session = TokenSession::open(modules, token);
        if (!session) {
            trouble = session.error();
            continue;
        }
        Found found{*session, (*session)->find(CKO_CERTIFICATE, objectAttributes(uri))};
        if (!found.certificates.empty()) {
            return found;
        }
        without = without ? std::move(without) : std::make_optional(std::move(found));
    }
    if (without) {
        return std::move(*without);
    }
    if (trouble) {
        return base::fail(std::move(*trouble));
    }
    const auto label = labelIn(uri);
    return base::fail("tern.crypto.token.missing", {label.empty() ? "PKCS#11" : label});
}

// ---- public keys ----

base::Bytes der(std::uint8_t tag, std::initializer_list<base::ByteView> parts) {
    std::size_t size = 0;
    for (const auto part : parts) {
        size += part.size();
    }
    base::Bytes out{tag};
    if (size >= 256) {
        out.insert(out.end(), {0x82, static_cast<std::uint8_t>(size >> 8U), static_cast<std::uint8_t>(size)});
    } else if (size >= 128) {
        out.insert(out.end(), {0x81, static_cast<std::uint8_t>(size)});
    } else {
        out.push_back(static_cast<std::uint8_t>(size));
    }
    for (const auto part : parts) {
        base::append(out, part);
    }
    return out;
}

base::Bytes rsaPublicKey(const base::Bytes& modulus, const base::Bytes& exponent) {
    // INTEGER is signed.
    const auto integer = [](const base::Bytes& value) {
        static constexpr std::array<std::uint8_t, 1> zero{0};
        const bool high = !value.empty() && (value.front() & 0x80U) != 0;
        return der(0x02, {high ? base::ByteView(zero) : base::ByteView(), value});
    };
    const base::Bytes algorithm{0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86,
                                0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00};
    const base::Bytes noUnusedBits{0};
    const auto key = der(0x30, {integer(modulus), integer(exponent)});
    return der(0x30, {algorithm, der(0x03, {noUnusedBits, key})});
}

// point: CKA_EC_POINT, a DER OCTET STRING with the point in it.
base::Bytes ecPublicKey(const base::Bytes& parameters, const base::Bytes& point) {
    const unsigned char* at = point.data();
    const OpensslPtr<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free> inside(
        d2i_ASN1_OCTET_STRING(nullptr, &at, static_cast<long>(point.size())));
    static_cast<void>(opensslError());
    if (!inside || parameters.empty()) {
        return {};
    }
    const base::Bytes name{0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01};
    const base::Bytes noUnusedBits{0};
    return der(0x30, {der(0x30, {name, parameters}), der(0x03, {noUnusedBits, octets(inside.get())})});
}

base::Bytes publicKeyOfCertificate(base::ByteView certificate) {
    const auto x509 = parseCertificate(certificate);
    const EVP_PKEY* const key = x509 ? X509_get0_pubkey(x509.get()) : nullptr;
    return key != nullptr ? publicKeyOf(key) : base::Bytes();
}

// Of a private key on the token: from the certificate or the public key with the same id, or from itself.
base::Bytes publicKeyFor(const TokenSession& session, CK_OBJECT_HANDLE key) {
    auto id = session.attribute(key, CKA_ID);
    const std::vector<CK_ATTRIBUTE> sameId{{CKA_ID, id.data(), id.size()}};
    if (!id.empty()) {
        for (const auto certificate : session.find(CKO_CERTIFICATE, sameId)) {
            if (auto found = publicKeyOfCertificate(session.attribute(certificate, CKA_VALUE)); !found.empty()) {
                return found;
            }
        }
    }
    auto candidates = id.empty() ? std::vector<CK_OBJECT_HANDLE>() : session.find(CKO_PUBLIC_KEY, sameId);
    candidates.push_back(key);
    for (const auto object : candidates) {
        const auto modulus = session.attribute(object, CKA_MODULUS);
        const auto exponent = session.attribute(object, CKA_PUBLIC_EXPONENT);
        if (!modulus.empty() && !exponent.empty()) {
            return rsaPublicKey(modulus, exponent);
        }
        auto ec = ecPublicKey(session.attribute(object, CKA_EC_PARAMS), session.attribute(object, CKA_EC_POINT));
        if (!ec.empty()) {
            return ec;
        }
    }
    return {};
}

base::Result<void> logIn(TokenSession& session, const std::optional<base::SecureBytes>& pin) {
    const auto& token = session.token();
    if (!token.has(CKF_LOGIN_REQUIRED)) {
        return {};
    }
    if (token.has(CKF_USER_PIN_LOCKED)) {
        return base::fail("tern.crypto.token.pin-locked", {token.label()});
    }
    if (token.has(CKF_PROTECTED_AUTHENTICATION_PATH)) {
        return session.logIn(std::nullopt);
    }
    if (!pin) {
        const bool last = token.has(CKF_USER_PIN_FINAL_TRY);
        return base::fail(last ? "tern.crypto.token.pin-last-try" : "tern.crypto.token.pin-needed", {token.label()});
    }
    if (pin->empty()) { // which would mean a key pad to the token
        return base::fail("tern.crypto.token.pin-wrong", {token.label()});
    }
    return session.logIn(pin);
}

} // namespace

base::Result<void> checkTokenUri(std::string_view uri) {
    const auto parsed = parseUri(uri);
    if (!parsed) {
        return base::fail(parsed.error());
    }
    auto* const raw = parsed->get();
    if (p11_kit_uri_get_pin_value(raw) != nullptr || p11_kit_uri_get_pin_source(raw) != nullptr) {
        return base::fail("tern.crypto.token.uri-pin");
    }
    return {};
}

std::vector<TokenCertificate> listTokenCertificates() {
    std::vector<TokenCertificate> out;
    const auto modules = std::make_shared<const TokenModules>();
    for (auto& token : tokensOf(*modules)) {
        const auto session = TokenSession::open(modules, token);
        for (const auto object : session ? (*session)->find(CKO_CERTIFICATE, {}) : std::vector<CK_OBJECT_HANDLE>()) {
            auto certificate = (*session)->attribute(object, CKA_VALUE);
            auto label = (*session)->attribute(object, CKA_LABEL);
            auto id = (*session)->attribute(object, CKA_ID);
            const UriPtr uri(p11_kit_uri_new());
            const auto x509 = parseCertificate(certificate);
            if (!x509 || X509_check_ca(x509.get()) == 1 || !uri) {
                continue;
            }
            *p11_kit_uri_get_token_info(uri.get()) = token.info;
            for (CK_ATTRIBUTE attribute :
                 {CK_ATTRIBUTE{CKA_LABEL, label.data(), label.size()}, CK_ATTRIBUTE{CKA_ID, id.data(), id.size()}}) {
                if (attribute.ulValueLen != 0) {
                    p11_kit_uri_set_attribute(uri.get(), &attribute);
                }
            }
            char* formatted = nullptr;
            const auto result = p11_kit_uri_format(uri.get(), P11_KIT_URI_FOR_OBJECT_ON_TOKEN, &formatted);
            const MallocText text(formatted, &std::free);
            if (result == P11_KIT_URI_OK) {
                out.push_back({text.get(), token.label(), base::toText(label), std::move(certificate)});
            }
        }
    }
    return out;
}

base::Result<std::vector<base::Bytes>> certificatesOnToken(std::string_view uri) {
    const auto parsed = parseUri(uri);
    auto found = parsed ? findToken(parsed->get()) : base::Result<Found>(base::fail(parsed.error()));
    if (!found) {
        return base::fail(std::move(found.error()));
    }
    std::vector<base::Bytes> out;
    for (const auto object : found->certificates) {
        out.push_back(found->session->attribute(object, CKA_VALUE));
    }
    if (out.empty()) {
        return base::fail("tern.crypto.token.empty", {found->session->token().label()});
    }
    return out;
}

base::Result<Material> openToken(std::string_view uri, const std::optional<base::SecureBytes>& pin) {
    const auto parsed = parseUri(uri);
    auto found = parsed ? findToken(parsed->get()) : base::Result<Found>(base::fail(parsed.error()));
    if (!found) {
        return base::fail(std::move(found.error()));
    }
    auto& session = *found->session;
    if (auto in = logIn(session, pin); !in) {
        return base::fail(std::move(in.error()));
    }
    Material material;
    for (const auto object : found->certificates) {
        material.certificates.push_back(session.attribute(object, CKA_VALUE));
    }
    // A certificate and its key have the same id; their labels may differ.
    for (const auto object : session.find(CKO_PRIVATE_KEY, {})) {
        auto publicKey = publicKeyFor(session, object);
        const bool wanted =
            std::any_of(found->certificates.begin(), found->certificates.end(), [&](CK_OBJECT_HANDLE certificate) {
                return publicKeyOfCertificate(session.attribute(certificate, CKA_VALUE)) == publicKey;
            });
        if (publicKey.empty() || (!wanted && !found->certificates.empty())) {
            continue;
        }
        if (auto key = tokenKey(found->session, object, std::move(publicKey))) {
            material.keys.push_back(std::move(key));
        }
    }
    if (material.certificates.empty() && material.keys.empty()) {
        return base::fail("tern.crypto.token.empty", {session.token().label()});
    }
    // The certificates above ours on the token complete the chain.
    for (const auto object : session.find(CKO_CERTIFICATE, {})) {
        auto certificate = session.attribute(object, CKA_VALUE);
        const auto x509 = parseCertificate(certificate);
        if (x509 && X509_check_ca(x509.get()) == 1) {
            material.certificates.push_back(std::move(certificate));
        }
    }
    return material;
}

} // namespace tern::crypto
