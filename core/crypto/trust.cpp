#include "core/crypto/trust.h"

#include "core/base/ip.h"
#include "core/crypto/certificate.h"
#include "core/crypto/host_name.h"
#include "core/crypto/openssl.h"
#include "core/crypto/prf.h"
#include "core/crypto/trust_rules.h"

#include <algorithm>
#include <array>
#include <openssl/x509_vfy.h>
#include <set>

namespace tern::crypto {

namespace {

using StorePtr = OpensslPtr<X509_STORE, X509_STORE_free>;
using StoreContextPtr = OpensslPtr<X509_STORE_CTX, X509_STORE_CTX_free>;

struct FreeStack {
    void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};
using StackPtr = std::unique_ptr<STACK_OF(X509), FreeStack>;

constexpr std::size_t mostCertificates = 16;
constexpr std::size_t mostChainOctets = 262144;
constexpr std::size_t mostPemOctets = std::size_t{8} * 1024 * 1024;
constexpr int mostDepth = 8;
// OpenSSL's 112-bit level: RSA of 2048 bits, ECC of 224, no SHA-1 and no MD5 in any signature below the root.
constexpr int securityLevel = 2;

// ---- names ----

struct PresentedNames {
    std::vector<std::string> dns;
    std::vector<base::IpAddress> addresses;
};

PresentedNames presentedNames(const X509* leaf) {
    PresentedNames out;
    const NamesPtr names(static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(leaf, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* const name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS) {
            out.dns.push_back(base::toText(octets(name->d.dNSName)));
        } else if (name->type == GEN_IPADD) {
            if (const auto address = base::IpAddress::fromBytes(octets(name->d.iPAddress))) {
                out.addresses.push_back(*address);
            }
        }
    }
    return out;
}

bool nameMatches(const PresentedNames& presented, const std::string& dialled) {
    if (const auto address = base::IpAddress::fromText(dialled)) {
        return std::find(presented.addresses.begin(), presented.addresses.end(), *address) !=
                   presented.addresses.end() ||
               // Windows administrators put addresses into dNSName, because Windows clients accept that.
               std::any_of(presented.dns.begin(), presented.dns.end(),
                           [&](const std::string& name) { return base::IpAddress::fromText(name) == address; });
    }
    return std::any_of(presented.dns.begin(), presented.dns.end(),
                       [&](const std::string& name) { return dnsNameMatches(name, dialled); });
}

std::string namesText(const PresentedNames& presented, const X509* leaf) {
    constexpr std::size_t most = 5;
    std::vector<std::string> all = presented.dns;
    for (const auto& address : presented.addresses) {
        all.push_back(address.text());
    }
    if (all.empty()) {
        return nameText(X509_get_subject_name(leaf));
    }
    std::string text;
    for (std::size_t i = 0; i < std::min(all.size(), most); ++i) {
        text += (i == 0 ? "" : ", ") + all[i];
    }
    return all.size() > most ? text + ", …" : text;
}

// The subject's common name is not looked at, with or without a SAN: RFC 9525 §2 has retired it, name constraints do
// not bind it, and no server in the field needs it.
base::Result<void> checkName(const X509* leaf, const std::string& dialled) {
    const PresentedNames presented = presentedNames(leaf);
    if (!nameMatches(presented, dialled)) {
        const std::string names = namesText(presented, leaf);
        return base::fail("tern.crypto.cert.name", {dialled, names}, "certificate names: " + names);
    }
    return {};
}

// ---- usage and pins ----

// chain: as OpenSSL built it, leaf first and trust anchor last. The anchor is trusted for what it is.
base::Result<void> checkUsage(const STACK_OF(X509) * chain) {
    X509* const leaf = sk_X509_value(chain, 0);
    // Answers all ones without a keyUsage extension (RFC 4945 §5.1.3.2).
    if ((X509_get_key_usage(leaf) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) == 0) {
        return base::fail("tern.crypto.cert.key-usage", {}, "keyUsage without digitalSignature");
    }
    const int last = sk_X509_num(chain) - 1;
    for (int i = 0; i == 0 || i < last; ++i) {
        const X509* const certificate = sk_X509_value(chain, i);
        if (!allowsServer(certificate)) {
            const auto subject = nameText(X509_get_subject_name(certificate));
            return base::fail("tern.crypto.cert.usage", {subject}, "extendedKeyUsage of " + subject);
        }
    }
    return {};
}

base::Bytes publicKeyPin(const X509* certificate) {
    return digest(Hash::Sha256, {publicKeyInfo(certificate)});
}

// One of the pins must be the leaf's or one of the authorities' the leaf was found to hang on.
base::Result<void> checkPins(const STACK_OF(X509) * chain, const std::vector<base::Bytes>& pins) {
    if (pins.empty()) {
        return {};
    }
    for (int i = 0; i < sk_X509_num(chain); ++i) {
        if (std::find(pins.begin(), pins.end(), publicKeyPin(sk_X509_value(chain, i))) != pins.end()) {
            return {};
        }
    }
    const auto* const leaf = sk_X509_value(chain, 0);
    return base::fail("tern.crypto.cert.pin", {nameText(X509_get_subject_name(leaf))},
                      "sha256:" + base::toHex(publicKeyPin(leaf)));
}

// ---- chain ----

std::vector<base::Bytes> encoded(const STACK_OF(X509) * chain) {
    const int count = sk_X509_num(chain);
    std::vector<base::Bytes> out;
    out.reserve(static_cast<std::size_t>(std::max(count, 0)));
    for (int i = 0; i < count; ++i) {
        out.push_back(certificateDer(sk_X509_value(chain, i)));
    }
    return out;
}

struct ParsedChain {
    X509Ptr leaf;
    std::vector<X509Ptr> others;
};

base::Result<ParsedChain> parseChain(const std::vector<base::Bytes>& chain) {
    std::size_t total = 0;
    for (const auto& der : chain) {
        total += der.size();
    }
    if (chain.empty() || chain.size() > mostCertificates || total > mostChainOctets) {
        return malformedCertificate(std::to_string(chain.size()) + " certificates, " + std::to_string(total) +
                                    " octets");
    }
    ParsedChain parsed;
    parsed.leaf = parseCertificate(chain.front());
    if (!parsed.leaf) {
        return malformedCertificate("the first certificate cannot be parsed");
    }
    for (std::size_t i = 1; i < chain.size(); ++i) {
        // One that cannot be read is of no help, but need not be missed either: the chain decides.
        if (X509Ptr other = parseCertificate(chain[i])) {
            parsed.others.push_back(std::move(other));
        }
    }
    return parsed;
}

class OpensslTrustStore final : public TrustStore {
public:
    OpensslTrustStore(StorePtr store, std::vector<base::Bytes> keyHashes)
        : m_store(std::move(store))
        , m_keyHashes(std::move(keyHashes)) {}

    [[nodiscard]] base::Result<std::vector<base::Bytes>> verifiedChain(const std::vector<base::Bytes>& chain,
                                                                       const Expectation& expectation) const override {
        const auto parsed = parseChain(chain);
        if (!parsed) {
            return base::fail(parsed.error());
        }
        const StackPtr untrusted(sk_X509_new_null());
        for (const auto& other : parsed->others) {
            if (!untrusted || sk_X509_push(untrusted.get(), other.get()) == 0) {
                return opensslFailure("certificate stack");
            }
        }
        const StoreContextPtr context(X509_STORE_CTX_new());
        if (!context || X509_STORE_CTX_init(context.get(), m_store.get(), parsed->leaf.get(), untrusted.get()) != 1) {
            return opensslFailure("certificate check");
        }
        X509_VERIFY_PARAM* const rules = X509_STORE_CTX_get0_param(context.get());
        X509_VERIFY_PARAM_set_time(rules, expectation.time.count());
        X509_VERIFY_PARAM_set_depth(rules, mostDepth);
        X509_VERIFY_PARAM_set_auth_level(rules, securityLevel);
        // Whoever imports an issuing authority, or the server's own certificate, means to trust just that one.
        if (X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN) != 1) {
            return opensslFailure("certificate check");
        }
        if (X509_verify_cert(context.get()) != 1) {
            return chainRefusal(context.get());
        }
        const STACK_OF(X509)* const built = X509_STORE_CTX_get0_chain(context.get());
        if (auto kept = checkRest(built, expectation); !kept) {
            return base::fail(std::move(kept.error()));
        }
        return encoded(built);
    }

    [[nodiscard]] base::Result<std::shared_ptr<const TrustStore>>
    onlyRoots(const std::vector<std::string>& thumbprints) const override;

    [[nodiscard]] base::Bytes certificateRequest(std::size_t most) const override {
        base::Bytes out;
        for (std::size_t i = 0; i < std::min(most, m_keyHashes.size()); ++i) {
            base::append(out, m_keyHashes[i]);
        }
        return out;
    }

private:
    static base::Result<void> checkRest(const STACK_OF(X509) * built, const Expectation& expectation) {
        if (expectation.serverAuth) {
            if (auto usage = checkUsage(built); !usage) {
                return usage;
            }
        }
        if (!expectation.anyName) {
            if (auto named = checkName(sk_X509_value(built, 0), expectation.name); !named) {
                return named;
            }
        }
        return checkPins(built, expectation.pins);
    }

    StorePtr m_store; // OpenSSL locks it where it must
    std::vector<base::Bytes> m_keyHashes;
};

// Of the whole SubjectPublicKeyInfo (RFC 7296 §3.7).
base::Bytes keyHash(const X509* certificate) {
    const auto info = publicKeyInfo(certificate);
    return info.empty() ? base::Bytes() : digest(Hash::Sha1, {info});
}

base::Bytes thumbprint(const X509* certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned size = 0;
    if (X509_digest(certificate, EVP_sha1(), hash.data(), &size) != 1) {
        return {};
    }
    return {hash.begin(), hash.begin() + size};
}

std::set<base::Bytes> octetsOfThumbprints(const std::vector<std::string>& thumbprints) {
    std::set<base::Bytes> wanted;
    for (auto text : thumbprints) {
        std::erase_if(text, [](char c) { return c == ' ' || c == ':'; });
        if (auto octets = base::fromHex(text); !octets.empty()) {
            wanted.insert(std::move(octets));
        }
    }
    return wanted;
}

base::Result<std::shared_ptr<const TrustStore>>
OpensslTrustStore::onlyRoots(const std::vector<std::string>& thumbprints) const {
    const auto wanted = octetsOfThumbprints(thumbprints);
    StorePtr store(X509_STORE_new());
    if (!store) {
        return opensslFailure("trust store");
    }
    std::vector<base::Bytes> hashes;
    const STACK_OF(X509_OBJECT)* const objects = X509_STORE_get0_objects(m_store.get());
    for (int i = 0; i < sk_X509_OBJECT_num(objects); ++i) {
        X509* const root = X509_OBJECT_get0_X509(sk_X509_OBJECT_value(objects, i));
        if (root == nullptr || !wanted.contains(thumbprint(root))) {
            continue;
        }
        if (X509_STORE_add_cert(store.get(), root) != 1) {
            return opensslFailure("trust store");
        }
        hashes.push_back(keyHash(root));
    }
    if (hashes.empty()) {
        return base::fail("tern.crypto.ca.not-here", {}, std::to_string(wanted.size()) + " thumbprints");
    }
    return std::shared_ptr<const TrustStore>(std::make_shared<OpensslTrustStore>(std::move(store), std::move(hashes)));
}

} // namespace

base::Bytes authorityHash(base::ByteView certificate) {
    const X509Ptr parsed = parseCertificate(certificate);
    return parsed ? keyHash(parsed.get()) : base::Bytes();
}

base::Result<void> TrustStore::verifyServer(const std::vector<base::Bytes>& chain,
                                            const Expectation& expectation) const {
    auto verified = verifiedChain(chain, expectation);
    return verified ? base::Result<void>() : base::fail(std::move(verified.error()));
}

base::Result<std::shared_ptr<const TrustStore>> TrustStore::fromPem(std::string_view pem) {
    if (pem.size() > mostPemOctets) {
        return base::fail("tern.crypto.ca.malformed", {}, std::to_string(pem.size()) + " octets of PEM");
    }
    const auto roots = certificatesIn(base::toBytes(pem));
    if (!roots) {
        return base::fail(roots.error());
    }
    StorePtr store(X509_STORE_new());
    std::vector<base::Bytes> hashes;
    std::set<base::Bytes> seen;
    for (const auto& der : *roots) {
        const X509Ptr root = parseCertificate(der);
        if (!root) {
            continue;
        }
        if (!store || X509_STORE_add_cert(store.get(), root.get()) != 1) {
            return opensslFailure("trust store");
        }
        if (auto hash = keyHash(root.get()); !hash.empty() && seen.insert(hash).second) {
            hashes.push_back(std::move(hash));
        }
    }
    return std::shared_ptr<const TrustStore>(std::make_shared<OpensslTrustStore>(std::move(store), std::move(hashes)));
}

} // namespace tern::crypto
