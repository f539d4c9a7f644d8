#include "core/crypto/certificate.h"

#include "core/crypto/openssl.h"
#include "core/crypto/prf.h"

#include <algorithm>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/pem.h>

namespace tern::crypto {

namespace {

std::string serialText(const X509* certificate) {
    const ASN1_INTEGER* const serial = X509_get0_serialNumber(certificate);
    return base::toHex({ASN1_STRING_get0_data(serial), static_cast<std::size_t>(ASN1_STRING_length(serial))});
}

std::string commonNameOf(const X509_NAME* name) {
    const int place = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (place < 0) {
        return {};
    }
    unsigned char* utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, place)));
    std::string text = size > 0 ? std::string(utf8, utf8 + size) : std::string();
    OPENSSL_free(utf8);
    // Shown on one line.
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
    return text;
}

void readNames(const X509* x509, Certificate& out) {
    const NamesPtr names(static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(x509, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* const name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS) {
            out.dnsNames.push_back(base::toText(octets(name->d.dNSName)));
        } else if (name->type == GEN_EMAIL) {
            out.emails.push_back(base::toText(octets(name->d.rfc822Name)));
        } else if (name->type == GEN_IPADD) {
            if (const auto address = base::IpAddress::fromBytes(octets(name->d.iPAddress))) {
                out.addresses.push_back(*address);
            }
        }
    }
}

} // namespace

base::Result<Certificate> Certificate::fromDer(base::ByteView der) {
    const X509Ptr x509 = parseCertificate(der);
    if (!x509) {
        return base::fail("tern.crypto.cert.malformed", {}, std::to_string(der.size()) + " octets are no certificate");
    }
    Certificate out;
    out.subject = nameText(X509_get_subject_name(x509.get()));
    out.commonName = commonNameOf(X509_get_subject_name(x509.get()));
    out.issuer = nameText(X509_get_issuer_name(x509.get()));
    out.serial = serialText(x509.get());
    readNames(x509.get(), out);
    out.notBefore = timeSeconds(X509_get0_notBefore(x509.get()));
    out.notAfter = timeSeconds(X509_get0_notAfter(x509.get()));
    if (const EVP_PKEY* const key = X509_get0_pubkey(x509.get())) {
        const char* const name = EVP_PKEY_get0_type_name(key);
        out.keyAlgorithm = name != nullptr ? name : "";
        out.keyBits = static_cast<unsigned>(EVP_PKEY_get_bits(key));
    }
    out.signatureAlgorithm = OBJ_nid2ln(X509_get_signature_nid(x509.get()));
    out.sha256 = digest(Hash::Sha256, {der});
    out.publicKey = publicKeyInfo(x509.get());
    out.authority = X509_check_ca(x509.get()) == 1;
    static_cast<void>(opensslError()); // an odd extension may have left something in the queue
    return out;
}

base::Result<std::vector<base::Bytes>> certificatesIn(base::ByteView file) {
    if (parseCertificate(file)) {
        return std::vector<base::Bytes>{{file.begin(), file.end()}};
    }
    if (file.empty()) {
        return base::fail("tern.crypto.ca.none"); // OpenSSL has no BIO for nothing
    }
    constexpr std::size_t mostOctets = std::size_t{8} * 1024 * 1024;
    const BioPtr bio(file.size() <= mostOctets ? BIO_new_mem_buf(file.data(), static_cast<int>(file.size())) : nullptr);
    if (!bio) {
        return base::fail("tern.crypto.ca.malformed", {}, std::to_string(file.size()) + " octets");
    }
    std::vector<base::Bytes> found;
    bool damaged = false;
    while (BIO_pending(bio.get()) > 0) {
        ERR_clear_error();
        if (const X509Ptr each(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)); each) {
            found.push_back(certificateDer(each.get()));
        } else {
            damaged = damaged || ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE;
        }
    }
    ERR_clear_error();
    if (found.empty()) {
        return damaged ? base::fail("tern.crypto.ca.malformed") : base::fail("tern.crypto.ca.none");
    }
    return found;
}

std::string pemOf(base::ByteView der) {
    const auto certificate = parseCertificate(der);
    const BioPtr bio(BIO_new(BIO_s_mem()));
    if (!certificate || !bio || PEM_write_bio_X509(bio.get(), certificate.get()) != 1) {
        return {};
    }
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

} // namespace tern::crypto
