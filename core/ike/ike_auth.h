// IKE_AUTH: identities, proofs, and the order of it all (RFC 7296 §1.2, §2.15, §2.16). How the ends prove themselves
// is the authenticator's.
#pragma once

#include "core/ike/authenticator.h"

namespace tern::ike {

class IkeAuth final : public Task {
public:
    [[nodiscard]] base::Result<void> build(Context& context, Payloads& request) override;
    [[nodiscard]] base::Result<Outcome> process(Context& context, const Incoming& response) override;
    [[nodiscard]] base::Result<Outcome> answer(Context& context, const std::string& username,
                                               base::SecureBytes secret) override;
    [[nodiscard]] base::Duration patience() const override { return m_patience; }

private:
    [[nodiscard]] base::Result<void> takeServerIdentity(Context& context, const Payloads& response);

    std::unique_ptr<Authenticator> m_authenticator;
    base::Bytes m_localBody;  // of IDi
    base::Bytes m_serverBody; // of IDr
    base::Duration m_patience{};
};

} // namespace tern::ike
