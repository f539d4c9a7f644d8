#include "core/crypto/trust.h"

#include "core/base/ip.h"
#include "core/crypto/host_name.h"
#include "core/crypto/openssl.h"
#include "core/crypto/prf.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <set>

namespace tern::crypto {

namespace {

using StorePtr = OpensslPtr<X509_STORE, X509_STORE_free>;
using StoreContextPtr = OpensslPtr<X509_STORE_CTX, X509_STORE_CTX_free>;
using UsagePtr = OpensslPtr<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>;

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

std::string dateText(base::UnixSeconds when) {
    const std::time_t time = when.count();
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 32> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts);
    return {text.data(), size};
}

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

// ---- usage ----

// serverAuth, ipsecIKE (RFC 4945 §5.1.3.12), the older ikeIntermediate, or any; no EKU at all is no restriction.
bool allowsServer(const X509* certificate) {
    int critical = 0;
    const UsagePtr usages(
        static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(certificate, NID_ext_key_usage, &critical, nullptr)));
    if (!usages) {
        constexpr int absent = -1; // anything else: present but unreadable, or present twice
        return critical == absent;
    }
    const OpensslPtr<ASN1_OBJECT, ASN1_OBJECT_free> ikeIntermediate(OBJ_txt2obj("1.3.6.1.5.5.8.2.2", 1));
    for (int i = 0; i < sk_ASN1_OBJECT_num(usages.get()); ++i) {
        const ASN1_OBJECT* const usage = sk_ASN1_OBJECT_value(usages.get(), i);
        const int name = OBJ_obj2nid(usage);
        if (name == NID_server_auth || name == NID_ipsec_IKE || name == NID_anyExtendedKeyUsage ||
            (ikeIntermediate && OBJ_cmp(usage, ikeIntermediate.get()) == 0)) {
            return true;
        }
    }
    return false;
}

// chain: as OpenSSL built it, leaf first and trust anchor last. The anchor is trusted for what it is.
base::Result<void> checkUsage(const STACK_OF(X509) * chain) {
    X509* const leaf = sk_X509_value(chain, 0);
    // Answers all ones without a keyUsage extension (RFC 4945 §5.1.3.2).
    if ((X509_get_key_usage(leaf) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) == 0) {
        return base::fail("tern.crypto.cert.usage", {}, "keyUsage without digitalSignature");
    }
    const int last = sk_X509_num(chain) - 1;
    for (int i = 0; i == 0 || i < last; ++i) {
        const X509* const certificate = sk_X509_value(chain, i);
        if (!allowsServer(certificate)) {
            return base::fail("tern.crypto.cert.usage", {},
                              "extendedKeyUsage of " + nameText(X509_get_subject_name(certificate)));
        }
    }
    return {};
}

// ---- chain ----

tl::unexpected<base::Error> malformed(std::string why) {
    return base::fail("tern.crypto.cert.malformed", {}, std::move(why));
}

tl::unexpected<base::Error> chainError(X509_STORE_CTX* context) {
    const int reason = X509_STORE_CTX_get_error(context);
    const bool isLeaf = X509_STORE_CTX_get_error_depth(context) == 0;
    const X509* const at = X509_STORE_CTX_get_current_cert(context);
    const std::string subject = at != nullptr ? nameText(X509_get_subject_name(at)) : std::string();
    const std::string detail = std::string(X509_verify_cert_error_string(reason)) + ": " + subject;
    static_cast<void>(opensslError());
    switch (reason) {
    case X509_V_ERR_CERT_HAS_EXPIRED: {
        const std::string date = at != nullptr ? dateText(timeSeconds(X509_get0_notAfter(at))) : std::string();
        return isLeaf ? base::fail("tern.crypto.cert.expired", {date}, detail)
                      : base::fail("tern.crypto.cert.authority-expired", {date, subject}, detail);
    }
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return base::fail("tern.crypto.cert.not-yet-valid",
                          {at != nullptr ? dateText(timeSeconds(X509_get0_notBefore(at))) : std::string()}, detail);
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
    case X509_V_ERR_CA_MD_TOO_WEAK:
        return base::fail("tern.crypto.cert.weak", {}, detail);
    case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION:
    case X509_V_ERR_INVALID_PURPOSE:
        return base::fail("tern.crypto.cert.usage", {}, detail);
    case X509_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD:
    case X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD:
    case X509_V_ERR_INVALID_EXTENSION:
        return malformed(detail);
    case X509_V_ERR_OUT_OF_MEM:
    case X509_V_ERR_UNSPECIFIED:
    case X509_V_ERR_INVALID_CALL:
        return base::fail("tern.crypto.internal", {}, detail);
    default:
        return base::fail("tern.crypto.cert.untrusted",
                          {at != nullptr ? nameText(X509_get_issuer_name(at)) : std::string()}, detail);
    }
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
        return malformed(std::to_string(chain.size()) + " certificates, " + std::to_string(total) + " octets");
    }
    ParsedChain parsed;
    parsed.leaf = parseCertificate(chain.front());
    if (!parsed.leaf) {
        return malformed("the first certificate cannot be parsed");
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

    [[nodiscard]] base::Result<void> verifyServer(const std::vector<base::Bytes>& chain,
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
            return chainError(context.get());
        }
        if (expectation.serverAuth) {
            if (auto usage = checkUsage(X509_STORE_CTX_get0_chain(context.get())); !usage) {
                return usage;
            }
        }
        return expectation.anyName ? base::Result<void>() : checkName(parsed->leaf.get(), expectation.name);
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
    StorePtr m_store; // OpenSSL locks it where it must
    std::vector<base::Bytes> m_keyHashes;
};

base::Bytes keyHash(const X509* certificate) {
    unsigned char* encoded = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &encoded);
    base::Bytes hash;
    if (size > 0) {
        hash = digest(Hash::Sha1, {base::ByteView(encoded, static_cast<std::size_t>(size))});
    }
    OPENSSL_free(encoded);
    return hash;
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

base::Result<std::shared_ptr<const TrustStore>> TrustStore::fromPem(std::string_view pem) {
    if (pem.size() > mostPemOctets) {
        return base::fail("tern.crypto.ca.malformed", {}, std::to_string(pem.size()) + " octets of PEM");
    }
    const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    StorePtr store(X509_STORE_new());
    if (!bio || !store) {
        return opensslFailure("trust store");
    }
    std::vector<base::Bytes> hashes;
    std::set<base::Bytes> seen;
    bool damaged = false;
    // Every call takes at least one line, so this ends.
    while (BIO_pending(bio.get()) > 0) {
        ERR_clear_error();
        const X509Ptr root(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
        if (!root) {
            const bool atEnd = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
            damaged = damaged || !atEnd;
            continue;
        }
        if (X509_STORE_add_cert(store.get(), root.get()) != 1) {
            return opensslFailure("trust store");
        }
        if (auto hash = keyHash(root.get()); !hash.empty() && seen.insert(hash).second) {
            hashes.push_back(std::move(hash));
        }
    }
    ERR_clear_error();
    if (hashes.empty()) {
        return damaged ? base::fail("tern.crypto.ca.malformed") : base::fail("tern.crypto.ca.none");
    }
    return std::shared_ptr<const TrustStore>(std::make_shared<OpensslTrustStore>(std::move(store), std::move(hashes)));
}

} // namespace tern::crypto
