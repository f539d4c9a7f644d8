// Certificates and signatures from a hostile server: any octets as a certificate, as roots in PEM, as the chain, as a
// CERT payload's key file and as an AUTH payload. Nothing made up by a fuzzer may be accepted.
#include "core/base/byte_io.h"
#include "core/crypto/certificate.h"
#include "core/crypto/certificate_owner.h"
#include "core/crypto/credential.h"
#include "core/crypto/signature.h"
#include "core/crypto/trust.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

using namespace tern;

namespace {

// Fixed, so that what the corpus holds (certificates it has signed, all of them for other names than the expected one)
// keeps its meaning.
constexpr std::string_view rootPem = "-----BEGIN CERTIFICATE-----\n"
                                     "MIIBhTCCASugAwIBAgIUSnvGUAIDnRsDQVXhZdoiz7qU2bQwCgYIKoZIzj0EAwIw\n"
                                     "DzENMAsGA1UEAwwEUm9vdDAgFw0yNjExMjUxOTQ3MzNaGA8yMDU5MTAwMzE5NDcz\n"
                                     "M1owDzENMAsGA1UEAwwEUm9vdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABM3v\n"
                                     "3QmwGo7u1J3DavTJ3eLEPnvSnjaBy6dKWqHEPtvHeE6ytztYbrSTHTcwf2bU3/cv\n"
                                     "67h+tOKfda++MTmwurqjYzBhMB0GA1UdDgQWBBQCfdUepgwtKQIImZEo2ai8mzyb\n"
                                     "dTAfBgNVHSMEGDAWgBQCfdUepgwtKQIImZEo2ai8mzybdTAPBgNVHRMBAf8EBTAD\n"
                                     "AQH/MA4GA1UdDwEB/wQEAwIBBjAKBggqhkjOPQQDAgNIADBFAiEA1m4XXK/ld7se\n"
                                     "rGaSyiPgCaMZvfJkQZdFZYReuHscnOoCIHjhm59FU5tgISlP99MJrpINZFAwAxdv\n"
                                     "di/sjWLjETjr\n"
                                     "-----END CERTIFICATE-----\n";

crypto::TrustStore::Expectation expected(bool anyName) {
    return {
        .name = "vpn.example.com", .time = base::UnixSeconds(1'800'000'000), .serverAuth = true, .anyName = anyName};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto trusted = crypto::TrustStore::fromPem(rootPem);
    base::ByteReader reader({data, size});
    const std::uint8_t method = reader.u8();
    const std::size_t firstSize = reader.u16();
    const base::ByteView first = reader.take(std::min(firstSize, reader.remaining()));
    const base::ByteView second = reader.rest();
    const std::vector<base::Bytes> chain{base::Bytes(first.begin(), first.end()),
                                         base::Bytes(second.begin(), second.end())};

    if (!trusted) {
        std::abort();
    }
    if (const auto seen = crypto::Certificate::fromDer(first)) {
        if (seen->sha256.size() != 32) {
            std::abort();
        }
        static_cast<void>(crypto::checkOwnCertificate(first, base::UnixSeconds(1'800'000'000)));
        static_cast<void>(crypto::certificateOwner(first));
        static_cast<void>(crypto::distinguishedNameText(crypto::subjectName(first)));
    }
    // A server's chain: none of what the root has signed is for this name.
    if ((*trusted)->verifyServer(chain, expected(false))) {
        std::abort();
    }
    static_cast<void>((*trusted)->verifiedChain(chain, expected(true)));
    if (crypto::verifyAuthSignature(method, first, base::toBytes("never signed by anyone"), second)) {
        std::abort();
    }
    if (const auto store = crypto::TrustStore::fromPem(base::toText(second))) {
        static_cast<void>((*store)->verifyServer(chain, expected(false)));
        static_cast<void>((*store)->certificateRequest(100));
    }
    return 0;
}
