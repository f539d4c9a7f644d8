#include "core/crypto/openssl.h"

#include <array>
#include <ctime>
#include <openssl/err.h>

namespace tern::crypto {

namespace {

std::string drain(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

} // namespace

std::string opensslError() {
    const unsigned long code = ERR_peek_last_error();
    ERR_clear_error();
    if (code == 0) {
        return "no reason given";
    }
    std::array<char, 256> text{};
    ERR_error_string_n(code, text.data(), text.size());
    return text.data();
}

tl::unexpected<base::Error> opensslFailure(const char* what) {
    return base::fail("tern.crypto.internal", {}, std::string(what) + ": " + opensslError());
}

X509Ptr parseCertificate(base::ByteView der) {
    constexpr std::size_t mostOctets = 65536;
    if (der.empty() || der.size() > mostOctets) {
        return nullptr;
    }
    const unsigned char* at = der.data();
    X509Ptr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!certificate || at != der.data() + der.size()) {
        ERR_clear_error();
        return nullptr;
    }
    return certificate;
}

std::string nameText(const X509_NAME* name) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    constexpr unsigned long flags = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    if (!bio || X509_NAME_print_ex(bio.get(), name, 0, flags) < 0) {
        return {};
    }
    return drain(bio.get());
}

base::UnixSeconds timeSeconds(const ASN1_TIME* time) {
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) {
        return base::UnixSeconds{};
    }
    return base::UnixSeconds(timegm(&parts));
}

base::ByteView octets(const ASN1_STRING* string) {
    return {ASN1_STRING_get0_data(string), static_cast<std::size_t>(ASN1_STRING_length(string))};
}

base::Bytes certificateDer(const X509* certificate) {
    return encodedBy([certificate](unsigned char** out) { return i2d_X509(certificate, out); });
}

base::Bytes publicKeyInfo(const X509* certificate) {
    return encodedBy(
        [certificate](unsigned char** out) { return i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), out); });
}

} // namespace tern::crypto
