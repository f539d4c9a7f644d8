// A pre-shared key at both ends (RFC 7296 §2.15).
#pragma once

#include "core/ike/authenticator.h"

namespace tern::ike {

class PskAuthenticator final : public Authenticator {
public:
    [[nodiscard]] base::Result<void> build(Context& context, base::ByteView identity, Payloads& request) override;
    [[nodiscard]] base::Result<Outcome> process(Context& context, base::ByteView identity,
                                                const Payloads& response) override;
    [[nodiscard]] base::Result<Outcome> answer(Context& context, const std::string& username,
                                               base::SecureBytes secret) override;
    [[nodiscard]] bool wantsCertificate() const override { return false; }
};

} // namespace tern::ike
