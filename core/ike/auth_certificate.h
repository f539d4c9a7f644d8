// Certificates at both ends (RFC 7296 §2.15). Our certificate and signature are in the first IKE_AUTH request, when the
// server has proven nothing yet: whoever sits in the middle may learn who we are, but has no use for the signature. The
// server's certificate and signature are verified before anything else of its answer counts.
#pragma once

#include "core/ike/authenticator.h"

namespace tern::ike {

class CertificateAuthenticator final : public Authenticator {
public:
    [[nodiscard]] base::Result<void> build(Context& context, base::ByteView identity, Payloads& request) override;
    [[nodiscard]] base::Result<Outcome> process(Context& context, base::ByteView identity,
                                                const Payloads& response) override;
    [[nodiscard]] base::Result<Outcome> answer(Context& context, const std::string& username,
                                               base::SecureBytes secret) override;
    [[nodiscard]] std::optional<base::Error> refusal() const override { return m_refusal; }
    [[nodiscard]] bool wantsCertificate() const override { return true; }

private:
    std::optional<base::Error> m_refusal; // what it means when the server refuses
};

// Chooses by the server's CERTREQ and our clock, before the identity is sent: tern.crypto.key.{expired,…}.
[[nodiscard]] base::Result<void> chooseOwnCredential(Context& context);
// The subject of the chosen certificate; without a subject, a name of its SAN.
[[nodiscard]] std::optional<Identity> certificateIdentity(const Context& context);

} // namespace tern::ike
