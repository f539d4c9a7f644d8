// Everything that is wrong with a server's certificate at once, where a connection stops at the first thing.
#pragma once

#include "core/crypto/trust.h"
#include "core/probe/result.h"

namespace tern::probe {

struct CertificateExpectation {
    std::shared_ptr<const crypto::TrustStore> trust; // null: nobody is trusted
    std::string name;                                // that was dialled
    base::UnixSeconds time{};
};

// Fills certificateProblems, trusted, nameMatches and serverUsage from facts.chain; nothing happens without one.
// Whether it was revoked is not looked up.
void checkCertificate(SstpFacts& facts, const CertificateExpectation& expectation);

} // namespace tern::probe
