#include "core/crypto/cms.h"

#include "core/crypto/openssl.h"

#include <algorithm>
#include <array>
#include <openssl/cms.h>
#include <openssl/err.h>

namespace tern::crypto {

namespace {

using CmsPtr = OpensslPtr<CMS_ContentInfo, CMS_ContentInfo_free>;

struct StackDeleter {
    void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};
using CertificatesPtr = std::unique_ptr<STACK_OF(X509), StackDeleter>;

constexpr int mostCertificates = 32;

// The signers' certificates are borrowed from the message.
X509* signerOf(CMS_ContentInfo* message) {
    STACK_OF(CMS_SignerInfo)* const infos = CMS_get0_SignerInfos(message);
    if (infos == nullptr || sk_CMS_SignerInfo_num(infos) < 1) {
        return nullptr;
    }
    X509* signer = nullptr;
    CMS_SignerInfo_get0_algs(sk_CMS_SignerInfo_value(infos, 0), nullptr, &signer, nullptr, nullptr);
    return signer;
}

} // namespace

bool looksSigned(base::ByteView der) {
    // SEQUENCE, a length, OBJECT IDENTIFIER 1.2.840.113549.1.7.2
    constexpr std::array<std::uint8_t, 11> oid{0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02};
    const auto head = der.first(std::min<std::size_t>(der.size(), 32));
    return !head.empty() && head.front() == 0x30 &&
           std::search(head.begin(), head.end(), oid.begin(), oid.end()) != head.end();
}

base::Result<SignedContent> openSigned(base::ByteView der) {
    if (der.size() > mostSignedOctets) {
        return base::fail("tern.crypto.cms.malformed", {}, "too large");
    }
    const BioPtr in(BIO_new_mem_buf(der.data(), static_cast<int>(der.size())));
    // Apple's tools write lengths that are only known at the end (BER), which d2i_CMS_bio reads too.
    const CmsPtr message(in ? d2i_CMS_bio(in.get(), nullptr) : nullptr);
    if (!message || OBJ_obj2nid(CMS_get0_type(message.get())) != NID_pkcs7_signed) {
        return base::fail("tern.crypto.cms.malformed", {}, opensslError());
    }
    if (CMS_is_detached(message.get()) == 1) {
        return base::fail("tern.crypto.cms.malformed", {}, "the content is not inside");
    }
    const BioPtr out(BIO_new(BIO_s_mem()));
    // The signature and the digest; the chain is for TrustStore.
    constexpr unsigned flags = CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY;
    if (!out || CMS_verify(message.get(), nullptr, nullptr, nullptr, out.get(), flags) != 1) {
        const auto reason = ERR_GET_REASON(ERR_peek_last_error());
        const auto words = opensslError();
        ASN1_OCTET_STRING** const inside = CMS_get0_content(message.get());
        if ((reason == CMS_R_SIGNER_CERTIFICATE_NOT_FOUND || reason == CMS_R_NO_SIGNERS) && inside != nullptr &&
            *inside != nullptr) {
            const auto content = octets(*inside);
            return SignedContent{{content.begin(), content.end()}, {}};
        }
        return base::fail("tern.crypto.cms.forged", {}, words);
    }
    SignedContent result;
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    if (size > 0) {
        result.content.assign(data, data + size);
    }
    X509* const signer = signerOf(message.get());
    if (signer == nullptr) {
        return base::fail("tern.crypto.cms.malformed", {}, "nobody has signed it");
    }
    result.chain.push_back(certificateDer(signer));
    const CertificatesPtr all(CMS_get1_certs(message.get()));
    for (int i = 0; all && i < std::min(sk_X509_num(all.get()), mostCertificates); ++i) {
        auto each = certificateDer(sk_X509_value(all.get(), i));
        if (each != result.chain.front()) {
            result.chain.push_back(std::move(each));
        }
    }
    return result;
}

} // namespace tern::crypto
