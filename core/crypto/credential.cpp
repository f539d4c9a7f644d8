#include "core/crypto/credential.h"

#include "core/crypto/openssl_key.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <openssl/err.h>
#include <openssl/pem.h>

namespace tern::crypto {

namespace {

using NamePtr = OpensslPtr<X509_NAME, X509_NAME_free>;

constexpr std::size_t mostInChain = 8;
constexpr std::size_t mostKnown = 64;

struct Parsed {
    X509Ptr x509;
    base::Bytes der;
};

std::vector<Parsed> parseAll(const std::vector<base::Bytes>& certificates) {
    std::vector<Parsed> out;
    for (const auto& der : certificates) {
        const bool twice = std::any_of(out.begin(), out.end(), [&](const Parsed& other) { return other.der == der; });
        if (X509Ptr x509 = twice ? nullptr : parseCertificate(der)) {
            out.push_back({std::move(x509), der});
        }
    }
    return out;
}

base::Bytes publicKeyOf(const X509* certificate) {
    const EVP_PKEY* const key = X509_get0_pubkey(certificate);
    return key != nullptr ? crypto::publicKeyOf(key) : base::Bytes();
}

bool isSelfIssued(X509* certificate) {
    return X509_check_issued(certificate, certificate) == X509_V_OK;
}

const Parsed* issuerOf(X509* certificate, const std::vector<Parsed>& among) {
    const auto found = std::find_if(among.begin(), among.end(), [certificate](const Parsed& each) {
        return X509_check_issued(each.x509.get(), certificate) == X509_V_OK;
    });
    return found != among.end() ? &*found : nullptr;
}

Credential chainFor(const Parsed& leaf, const std::vector<Parsed>& sent, const std::vector<Parsed>& known) {
    Credential credential;
    credential.chain.push_back(leaf.der);
    X509* at = leaf.x509.get();
    bool ours = true; // once an issuer is not, those above it are of no use to the server either
    for (std::size_t i = 0; i < mostInChain && !isSelfIssued(at); ++i) {
        const Parsed* issuer = issuerOf(at, sent);
        if (issuer == nullptr) {
            issuer = issuerOf(at, known);
            ours = false;
        }
        if (issuer == nullptr) {
            break;
        }
        at = issuer->x509.get();
        credential.issuerKeys.push_back(digest(Hash::Sha1, {publicKeyOf(at)}));
        if (ours && !isSelfIssued(at)) {
            credential.chain.push_back(issuer->der);
        }
    }
    ERR_clear_error();
    return credential;
}

std::vector<Parsed> parsePem(std::string_view pem) {
    std::vector<Parsed> out;
    const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    while (bio && BIO_pending(bio.get()) > 0 && out.size() < mostKnown) {
        if (X509Ptr x509{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
            out.push_back({std::move(x509), {}});
        }
    }
    ERR_clear_error();
    return out;
}

std::string dateText(base::UnixSeconds when) {
    const std::time_t time = when.count();
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts)};
}

} // namespace

void Material::add(Material more) {
    std::move(more.certificates.begin(), more.certificates.end(), std::back_inserter(certificates));
    std::move(more.keys.begin(), more.keys.end(), std::back_inserter(keys));
}

base::Result<std::vector<Credential>> assemble(Material material, std::string_view known) {
    if (material.keys.empty()) {
        return base::fail("tern.crypto.key.none");
    }
    const auto certificates = parseAll(material.certificates);
    if (certificates.empty()) {
        return base::fail("tern.crypto.key.certificate-missing");
    }
    const auto authorities = parsePem(known);
    std::vector<Credential> out;
    for (const auto& certificate : certificates) {
        const auto publicKey = publicKeyOf(certificate.x509.get());
        const auto key = std::find_if(material.keys.begin(), material.keys.end(),
                                      [&](const auto& each) { return each->publicKey() == publicKey; });
        if (key != material.keys.end()) {
            auto credential = chainFor(certificate, certificates, authorities);
            credential.key = *key;
            out.push_back(std::move(credential));
        }
    }
    if (out.empty()) {
        return base::fail("tern.crypto.key.mismatch");
    }
    return out;
}

base::Result<void> checkOwnCertificate(base::ByteView leaf, base::UnixSeconds time) {
    const auto x509 = parseCertificate(leaf);
    if (!x509) {
        return base::fail("tern.crypto.key.unreadable", {}, "the certificate");
    }
    const auto subject = nameText(X509_get_subject_name(x509.get()));
    const auto end = timeSeconds(X509_get0_notAfter(x509.get()));
    const auto begin = timeSeconds(X509_get0_notBefore(x509.get()));
    if (end < time) {
        return base::fail("tern.crypto.key.expired", {dateText(end), subject});
    }
    if (begin > time) {
        return base::fail("tern.crypto.key.not-yet-valid", {dateText(begin), subject});
    }
    // All ones without a keyUsage extension (RFC 4945 §5.1.3.2).
    if ((X509_get_key_usage(x509.get()) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) == 0) {
        return base::fail("tern.crypto.key.usage", {subject}, "keyUsage without digitalSignature");
    }
    return {};
}

base::Result<std::size_t> chooseCredential(const std::vector<Credential>& credentials, base::ByteView request,
                                           base::UnixSeconds time) {
    std::optional<std::size_t> usable;
    std::optional<base::Error> firstError;
    for (std::size_t i = 0; i < credentials.size(); ++i) {
        const auto checked = checkOwnCertificate(credentials[i].leaf(), time);
        if (!checked) {
            firstError = firstError ? firstError : checked.error();
            continue;
        }
        const auto& issuers = credentials[i].issuerKeys;
        const bool wished = std::any_of(issuers.begin(), issuers.end(), [request](const base::Bytes& hash) {
            for (std::size_t at = 0; at + hash.size() <= request.size(); at += hash.size()) {
                if (std::equal(hash.begin(), hash.end(), request.begin() + static_cast<std::ptrdiff_t>(at))) {
                    return true;
                }
            }
            return false;
        });
        if (wished) {
            return i;
        }
        usable = usable ? usable : i;
    }
    if (!usable) {
        return base::fail(firstError.value_or(base::Error{"tern.crypto.key.none", {}, {}}));
    }
    return *usable;
}

base::Bytes subjectName(base::ByteView certificate) {
    const auto x509 = parseCertificate(certificate);
    const unsigned char* encoded = nullptr;
    std::size_t size = 0;
    if (!x509 || X509_NAME_get0_der(X509_get_subject_name(x509.get()), &encoded, &size) != 1) {
        return {};
    }
    return {encoded, encoded + size};
}

std::string distinguishedNameText(base::ByteView name) {
    const unsigned char* at = name.data();
    const NamePtr parsed(d2i_X509_NAME(nullptr, &at, static_cast<long>(name.size())));
    if (!parsed || at != name.data() + name.size()) {
        ERR_clear_error();
        return {};
    }
    return nameText(parsed.get());
}

} // namespace tern::crypto
