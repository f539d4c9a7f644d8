#include "core/crypto/openssl.h"

#include <array>
#include <openssl/err.h>

namespace tern::crypto {

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

} // namespace tern::crypto
