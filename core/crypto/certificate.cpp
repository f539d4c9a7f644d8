#include "core/crypto/certificate.h"

#include "core/crypto/openssl.h"
#include "core/crypto/prf.h"

#include <openssl/objects.h>

namespace tern::crypto {

namespace {

std::string serialText(const X509* certificate) {
    const ASN1_INTEGER* const serial = X509_get0_serialNumber(certificate);
    return base::toHex({ASN1_STRING_get0_data(serial), static_cast<std::size_t>(ASN1_STRING_length(serial))});
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

base::Bytes publicKeyInfo(const X509* certificate) {
    unsigned char* encoded = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &encoded);
    base::Bytes out;
    if (size > 0) {
        out.assign(encoded, encoded + size);
    }
    OPENSSL_free(encoded);
    return out;
}

} // namespace

base::Result<Certificate> Certificate::fromDer(base::ByteView der) {
    const X509Ptr x509 = parseCertificate(der);
    if (!x509) {
        return base::fail("tern.crypto.cert.malformed", {}, std::to_string(der.size()) + " octets are no certificate");
    }
    Certificate out;
    out.subject = nameText(X509_get_subject_name(x509.get()));
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

} // namespace tern::crypto
