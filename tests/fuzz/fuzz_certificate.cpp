// Certificates and signatures from a hostile server: any octets as a certificate, as roots in PEM, as the chain and as
// an AUTH payload. Nothing made up by a fuzzer may be accepted.
#include "core/base/byte_io.h"
#include "core/crypto/certificate.h"
#include "core/crypto/signature.h"
#include "core/crypto/trust.h"

#include <algorithm>
#include <cstdlib>

using namespace tern;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    base::ByteReader reader({data, size});
    const std::uint8_t method = reader.u8();
    const std::size_t firstSize = reader.u16();
    const base::ByteView first = reader.take(std::min(firstSize, reader.remaining()));
    const base::ByteView second = reader.rest();

    if (const auto seen = crypto::Certificate::fromDer(first); seen && seen->sha256.size() != 32) {
        std::abort();
    }
    if (crypto::verifyAuthSignature(method, first, base::toBytes("never signed by anyone"), second)) {
        std::abort();
    }
    if (const auto store = crypto::TrustStore::fromPem(base::toText(second))) {
        const crypto::TrustStore::Expectation expected{"vpn.example.com", base::UnixSeconds(1'800'000'000), true};
        static_cast<void>((*store)->verifyServer({base::Bytes(first.begin(), first.end())}, expected));
        static_cast<void>((*store)->certificateRequest(100));
    }
    return 0;
}
