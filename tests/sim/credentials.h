// A server's certificate, its key, and the authority behind it, made while the test runs.
#pragma once

#include "tests/unit/crypto/authority.h"

namespace tern::sim {

struct Credentials {
    std::string authorityPem;
    std::vector<base::Bytes> chain; // leaf first
    crypto::PkeyPtr key;

    // intermediates: how many authorities stand between root and leaf, which makes for a long chain.
    [[nodiscard]] static Credentials make(const test::CertificateSpec& leaf, unsigned intermediates = 0);
    // For a name, with all as it should be.
    [[nodiscard]] static Credentials forName(const std::string& name, unsigned intermediates = 0);
    // AUTH data of RFC 7427 with ECDSA and SHA-256.
    [[nodiscard]] base::Bytes sign(base::ByteView octets) const;
};

} // namespace tern::sim
