#include "core/crypto/certificate_owner.h"

#include "core/crypto/openssl.h"

namespace tern::crypto {

namespace {

// otherName of Microsoft's user principal name.
std::string principalName(const GENERAL_NAME* name) {
    const OpensslPtr<ASN1_OBJECT, ASN1_OBJECT_free> upn(OBJ_txt2obj("1.3.6.1.4.1.311.20.2.3", 1));
    if (name->type != GEN_OTHERNAME || !upn || OBJ_cmp(name->d.otherName->type_id, upn.get()) != 0 ||
        name->d.otherName->value->type != V_ASN1_UTF8STRING) {
        return {};
    }
    return base::toText(octets(name->d.otherName->value->value.utf8string));
}

std::string commonName(const X509* certificate) {
    const X509_NAME* const subject = X509_get_subject_name(certificate);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at < 0) {
        return {};
    }
    unsigned char* text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    std::string out;
    if (size > 0) {
        out = base::toText({text, static_cast<std::size_t>(size)});
    }
    OPENSSL_free(text);
    return out;
}

} // namespace

std::string certificateOwner(base::ByteView certificate) {
    const X509Ptr leaf = parseCertificate(certificate);
    if (!leaf) {
        return {};
    }
    const NamesPtr names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(leaf.get(), NID_subject_alt_name, nullptr, nullptr)));
    std::string mail;
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* const name = sk_GENERAL_NAME_value(names.get(), i);
        if (auto principal = principalName(name); !principal.empty()) {
            return principal;
        }
        if (name->type == GEN_EMAIL && mail.empty()) {
            mail = base::toText(octets(name->d.rfc822Name));
        }
    }
    return mail.empty() ? commonName(leaf.get()) : mail;
}

} // namespace tern::crypto
