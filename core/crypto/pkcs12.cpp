// PKCS#12 (RFC 7292), as Windows, macOS, Firefox and OpenSSL write it.
#include "core/crypto/key_file_parts.h"

#include <openssl/err.h>

namespace tern::crypto {

namespace {

struct FreeBags {
    void operator()(STACK_OF(PKCS12_SAFEBAG) * bags) const { sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free); }
};
struct FreeSafes {
    void operator()(STACK_OF(PKCS7) * safes) const { sk_PKCS7_pop_free(safes, PKCS7_free); }
};
using Pkcs12Ptr = OpensslPtr<PKCS12, PKCS12_free>;
using BagsPtr = std::unique_ptr<STACK_OF(PKCS12_SAFEBAG), FreeBags>;
using SafesPtr = std::unique_ptr<STACK_OF(PKCS7), FreeSafes>;

constexpr int mostNested = 4;

tl::unexpected<base::Error> unreadable(const char* what) {
    return base::fail("tern.crypto.key.unreadable", {}, std::string(what) + ": " + opensslError());
}

class Reader {
public:
    explicit Reader(const PassPhrase& passPhrase)
        : m_passPhrase(passPhrase ? std::make_optional(passPhrase->clone()) : std::nullopt) {
        if (m_passPhrase && !m_passPhrase->empty()) {
            m_text = reinterpret_cast<const char*>(m_passPhrase->data());
            m_size = static_cast<int>(m_passPhrase->size());
        }
    }

    [[nodiscard]] base::Result<Material> read(base::ByteView der) {
        PKCS12* allocated = PKCS12_init_ex(NID_pkcs7_data, m_ciphers.context(), nullptr);
        Pkcs12Ptr file(allocated);
        const unsigned char* at = der.data();
        if (allocated == nullptr || d2i_PKCS12(&allocated, &at, static_cast<long>(der.size())) == nullptr) {
            static_cast<void>(file.release()); // d2i has freed what it could not fill
            return unreadable("PKCS#12");
        }
        auto opened = checkMac(file.get());
        if (!opened) {
            return base::fail(std::move(opened.error()));
        }
        const SafesPtr safes(PKCS12_unpack_authsafes(file.get()));
        if (!safes) {
            return unreadable("authenticated safe");
        }
        for (int i = 0; i < sk_PKCS7_num(safes.get()); ++i) {
            auto taken = takeSafe(sk_PKCS7_value(safes.get(), i));
            if (!taken) {
                return base::fail(std::move(taken.error()));
            }
        }
        return std::move(m_material);
    }

private:
    // The MAC says whether the pass phrase is right before anything is decrypted with it. No pass phrase at all and an
    // empty one are two things in PKCS#12, and exporters use either for "none".
    [[nodiscard]] base::Result<void> checkMac(PKCS12* file) {
        if (PKCS12_mac_present(file) != 1) {
            return {};
        }
        const ASN1_INTEGER* iterations = nullptr;
        PKCS12_get0_mac(nullptr, nullptr, nullptr, &iterations, file);
        if (iterations != nullptr && isTooMuchWork(ASN1_INTEGER_get(iterations))) {
            return base::fail("tern.crypto.key.unreadable", {}, "too many iterations");
        }
        ERR_clear_error();
        if (PKCS12_verify_mac(file, m_text, m_size) == 1) {
            return {};
        }
        if (m_size == 0 && ERR_peek_error() == 0) {
            m_text = "";
            if (PKCS12_verify_mac(file, m_text, m_size) == 1) {
                m_passPhrase = base::SecureBytes();
                return {};
            }
        }
        return decryptionFailure(m_passPhrase);
    }

    [[nodiscard]] base::Result<void> takeSafe(PKCS7* safe) {
        const int type = OBJ_obj2nid(safe->type);
        BagsPtr bags;
        if (type == NID_pkcs7_data) {
            bags.reset(PKCS12_unpack_p7data(safe));
            if (!bags) {
                return unreadable("safe");
            }
        } else if (type == NID_pkcs7_encrypted) {
            if (safe->d.encrypted == nullptr || safe->d.encrypted->enc_data == nullptr ||
                isTooMuchWork(safe->d.encrypted->enc_data->algorithm)) {
                return base::fail("tern.crypto.key.unreadable", {}, "encrypted safe");
            }
            ERR_clear_error();
            bags.reset(PKCS12_unpack_p7encdata(safe, m_text, m_size));
            if (!bags) {
                return decryptionFailure(m_passPhrase);
            }
        }
        return bags ? takeBags(bags.get(), 0) : base::Result<void>(); // enveloped for a key: not for us
    }

    [[nodiscard]] base::Result<void> takeBags(const STACK_OF(PKCS12_SAFEBAG) * bags, int depth) {
        for (int i = 0; i < sk_PKCS12_SAFEBAG_num(bags); ++i) {
            auto taken = takeBag(sk_PKCS12_SAFEBAG_value(bags, i), depth);
            if (!taken) {
                return taken;
            }
        }
        return {};
    }

    [[nodiscard]] base::Result<void> takeBag(const PKCS12_SAFEBAG* bag, int depth) {
        switch (PKCS12_SAFEBAG_get_nid(bag)) {
        case NID_keyBag:
            return takeKey(PKCS12_SAFEBAG_get0_p8inf(bag));
        case NID_pkcs8ShroudedKeyBag: {
            const X509_SIG* const encrypted = PKCS12_SAFEBAG_get0_pkcs8(bag);
            if (encrypted == nullptr) {
                return unreadable("key");
            }
            auto info = decryptPkcs8(encrypted, m_passPhrase, m_ciphers);
            return info ? takeKey(info->get()) : base::Result<void>(base::fail(std::move(info.error())));
        }
        case NID_certBag:
            if (PKCS12_SAFEBAG_get_bag_nid(bag) == NID_x509Certificate) {
                if (const X509Ptr certificate{PKCS12_SAFEBAG_get1_cert(bag)}) {
                    m_material.certificates.push_back(certificateDer(certificate.get()));
                }
            }
            return {};
        case NID_safeContentsBag:
            return depth < mostNested ? takeBags(PKCS12_SAFEBAG_get0_safes(bag), depth + 1)
                                      : base::Result<void>(unreadable("nesting"));
        default:
            return {}; // revocation lists and secrets
        }
    }

    [[nodiscard]] base::Result<void> takeKey(const PKCS8_PRIV_KEY_INFO* info) {
        auto key =
            info != nullptr ? keyFromPkcs8(info) : base::Result<std::shared_ptr<const PrivateKey>>(unreadable("key"));
        if (!key) {
            return base::fail(std::move(key.error()));
        }
        m_material.keys.push_back(std::move(*key));
        return {};
    }

    PassPhrase m_passPhrase;
    const char* m_text = nullptr; // of it
    int m_size = 0;
    FileCiphers m_ciphers;
    Material m_material;
};

} // namespace

base::Result<Material> readPkcs12(base::ByteView der, const PassPhrase& passPhrase) {
    return Reader(passPhrase).read(der);
}

} // namespace tern::crypto
