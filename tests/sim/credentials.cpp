#include "tests/sim/credentials.h"

namespace tern::sim {

Credentials Credentials::make(const test::CertificateSpec& leaf, unsigned intermediates) {
    Credentials made;
    auto issuer = test::issue(test::authoritySpec("Root"));
    made.authorityPem = issuer.pem();
    std::vector<base::Bytes> above;
    for (unsigned i = 0; i < intermediates; ++i) {
        auto next = test::issue(test::authoritySpec("Intermediate " + std::to_string(i)), &issuer);
        above.insert(above.begin(), next.der());
        issuer = std::move(next);
    }
    auto server = test::issue(leaf, &issuer);
    made.chain.push_back(server.der());
    made.chain.insert(made.chain.end(), above.begin(), above.end());
    made.key = std::move(server.key);
    return made;
}

Credentials Credentials::forName(const std::string& name, unsigned intermediates) {
    test::CertificateSpec spec;
    spec.commonName = name;
    spec.names = "DNS:" + name;
    return make(spec, intermediates);
}

base::Bytes Credentials::sign(base::ByteView octets) const {
    // Length, then the AlgorithmIdentifier of ecdsa-with-SHA256 (RFC 7427, appendix A.3.2).
    auto data = base::fromHex("0c300a06082a8648ce3d040302");
    const crypto::DigestContextPtr context(EVP_MD_CTX_new());
    std::size_t size = 0;
    EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get());
    EVP_DigestSign(context.get(), nullptr, &size, octets.data(), octets.size());
    base::Bytes signature(size);
    EVP_DigestSign(context.get(), signature.data(), &size, octets.data(), octets.size());
    signature.resize(size);
    base::append(data, signature);
    return data;
}

} // namespace tern::sim
