// IKE_SA_INIT: suite, Diffie-Hellman, nonces, cookies and another group on demand (RFC 7296 §1.2, §2.6, §2.7).
#pragma once

#include "core/crypto/diffie_hellman.h"
#include "core/ike/task.h"

namespace tern::ike {

class IkeInit final : public Task {
public:
    [[nodiscard]] base::Result<void> build(Context& context, Payloads& request) override;
    [[nodiscard]] base::Result<Outcome> process(Context& context, const Incoming& response) override;

private:
    [[nodiscard]] GroupId firstGroup(const SessionConfig& config) const;
    [[nodiscard]] base::Result<Outcome> restart(const Context& context);
    [[nodiscard]] base::Result<Outcome> changeGroup(const Context& context, const Notification& notification);
    [[nodiscard]] base::Result<void> agree(Context& context, const Incoming& response);

    Proposals m_offered;
    std::unique_ptr<crypto::KeyExchange> m_keyExchange;
    base::Bytes m_cookie;
    unsigned m_restarts = 0;
    bool m_groupChanged = false;
};

} // namespace tern::ike
