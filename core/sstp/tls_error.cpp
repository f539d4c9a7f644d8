#include "core/sstp/tls_error.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace tern::sstp {

namespace {

struct Pair {
    std::string_view inside;
    std::string_view outside;
};

constexpr std::array pairs{
    Pair{"tern.crypto.tls.protocol", "tern.sstp.tls.protocol"},
    Pair{"tern.crypto.tls.alert.protocol", "tern.sstp.tls.protocol"},
    Pair{"tern.crypto.tls.alert.damaged", "tern.sstp.tls.protocol"},
    Pair{"tern.crypto.tls.alert.internal", "tern.sstp.tls.closed"},
    Pair{"tern.crypto.tls.alert.closed", "tern.sstp.tls.closed"},
    Pair{"tern.crypto.tls.version", "tern.sstp.tls.version"},
    Pair{"tern.crypto.tls.alert.version", "tern.sstp.tls.version"},
    Pair{"tern.crypto.tls.weak", "tern.sstp.tls.weak"},
    Pair{"tern.crypto.tls.alert.handshake", "tern.sstp.tls.handshake"},
    Pair{"tern.crypto.tls.alert.security", "tern.sstp.tls.handshake"},
    Pair{"tern.crypto.tls.alert.name", "tern.sstp.tls.name"},
    Pair{"tern.crypto.tls.alert.certificate-required", "tern.sstp.tls.certificate-needed"},
    Pair{"tern.crypto.tls.alert.bad-certificate", "tern.sstp.tls.certificate-refused"},
    Pair{"tern.crypto.tls.alert.certificate-kind", "tern.sstp.tls.certificate-refused"},
    Pair{"tern.crypto.tls.alert.certificate-revoked", "tern.sstp.tls.certificate-refused"},
    Pair{"tern.crypto.tls.alert.certificate-expired", "tern.sstp.tls.certificate-refused"},
    Pair{"tern.crypto.tls.alert.certificate-unknown", "tern.sstp.tls.certificate-refused"},
    Pair{"tern.crypto.tls.alert.unknown-ca", "tern.sstp.tls.certificate-refused"},
    Pair{"tern.crypto.tls.alert.access-denied", "tern.sstp.tls.certificate-refused"},
    Pair{"tern.crypto.tls.credential", "tern.sstp.tls.credential"},
    Pair{"tern.crypto.tls.alert.other", "tern.sstp.tls.alert"},
};

} // namespace

base::Error outerTlsError(base::Error error) {
    const auto found =
        std::find_if(pairs.begin(), pairs.end(), [&](const Pair& pair) { return pair.inside == error.code; });
    if (found != pairs.end()) {
        error.code = found->outside;
    }
    return error;
}

} // namespace tern::sstp
