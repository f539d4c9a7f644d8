#include "core/legacy/facts.h"

#include "core/crypto/certificate.h"

namespace tern::legacy {

namespace {

using Role = CertificateFact::Role;

void add(std::vector<CertificateFact>& facts, Role role, base::ByteView der) {
    if (const auto certificate = crypto::Certificate::fromDer(der)) {
        facts.push_back({role, certificate->commonName.empty() ? certificate->subject : certificate->commonName,
                         certificate->notAfter});
    }
}

} // namespace

std::vector<CertificateFact> certificateFacts(const profile::Profile& profile, std::span<const base::Bytes> own) {
    std::vector<CertificateFact> facts;
    if (!own.empty()) {
        add(facts, Role::Own, own.front());
    }
    if (profile.trust.caPem.empty()) {
        return facts;
    }
    if (const auto authorities = crypto::certificatesIn(base::toBytes(profile.trust.caPem))) {
        for (const auto& der : *authorities) {
            add(facts, Role::Authority, der);
        }
    }
    return facts;
}

} // namespace tern::legacy
