// Replacing the IKE SA (RFC 7296 §1.3.2, §2.18): our side of it, and the answer to the server's. Which of two new SAs
// stays when both ends begin at once is the machine's to settle (§2.8.2).
#pragma once

#include "core/crypto/diffie_hellman.h"
#include "core/ike/follow_up.h"
#include "core/ike/task.h"

namespace tern::ike {

class IkeRekey final : public Task {
public:
    [[nodiscard]] base::Result<void> build(Context& context, Payloads& request) override;
    // Leaves the new SA in context.ourNext. A refusal is no error: the SA in use goes on, and context knows when to
    // try again or that a new session is needed.
    [[nodiscard]] base::Result<Outcome> process(Context& context, const Incoming& response) override;

    [[nodiscard]] std::optional<ExchangeType> exchange() const override {
        return m_followUp.isUnderWay() ? std::optional(ExchangeType::FollowupKe) : std::nullopt;
    }

private:
    [[nodiscard]] base::Result<Outcome> refused(Context& context, const Notification& error);
    [[nodiscard]] base::Result<void> read(const Payloads& payloads);
    [[nodiscard]] base::Result<Outcome> finish(Context& context) const;

    Proposals m_offered;
    Spi m_spi = 0;
    base::Bytes m_nonce;
    std::unique_ptr<crypto::KeyExchange> m_keyExchange;
    bool m_groupChanged = false;
    // From the answer.
    ChosenSuite m_suite;
    Spi m_theirSpi = 0;
    base::Bytes m_theirNonce;
    base::SecureBytes m_shared;
    FollowUp m_followUp;
};

struct IkeRekeyAnswer {
    Payloads payloads; // to be sent under the old SA
    NewIkeSa next;     // none when refused
};

// `both`: ours is under way. With additional key exchanges the new SA comes later, in context.theirNext.
[[nodiscard]] IkeRekeyAnswer answerIkeRekey(Context& context, const Payloads& payloads, bool both);

} // namespace tern::ike
