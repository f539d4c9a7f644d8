// Replacing a CHILD_SA (RFC 7296 §1.3.3, §2.8): our side of it, and the answer to the server's.
#pragma once

#include "core/crypto/diffie_hellman.h"
#include "core/ike/child_negotiation.h"
#include "core/ike/follow_up.h"
#include "core/ike/task.h"

namespace tern::ike {

class ChildRekey final : public Task {
public:
    explicit ChildRekey(std::uint32_t oldSpi)
        : m_oldSpi(oldSpi) {}

    [[nodiscard]] base::Result<void> build(Context& context, Payloads& request) override;
    [[nodiscard]] base::Result<Outcome> process(Context& context, const Incoming& response) override;

    [[nodiscard]] bool isObsolete(const Context& context) const override {
        return !context.children.contains(m_oldSpi);
    }

    [[nodiscard]] std::optional<ExchangeType> exchange() const override {
        return m_followUp.isUnderWay() ? std::optional(ExchangeType::FollowupKe) : std::nullopt;
    }

    [[nodiscard]] std::uint32_t oldSpi() const { return m_oldSpi; }
    // The server rekeys the same child at the same time and we have answered it: the child made of the lowest of
    // the four nonces is the redundant one (RFC 7296 §2.8.1).
    void collide(base::Bytes lowestNonce, std::uint32_t theirChild);
    [[nodiscard]] bool hasCollided() const { return m_theirChild != 0; }

private:
    [[nodiscard]] bool mayDoWithoutPfs(NotifyType type) const;
    [[nodiscard]] base::Result<Outcome> refused(Context& context, const Notification& error);
    [[nodiscard]] base::Result<void> read(const Context& context, const Payloads& payloads);
    [[nodiscard]] base::Result<Outcome> install(Context& context);
    [[nodiscard]] base::Result<base::SecureBytes> sharedSecret(const ChosenSuite& suite,
                                                               const Payloads& payloads) const;

    std::uint32_t m_oldSpi;
    ChildOffer m_offer;
    base::Bytes m_nonce;
    std::unique_ptr<crypto::KeyExchange> m_keyExchange;
    bool m_groupChanged = false;
    base::Bytes m_theirLowestNonce;
    std::uint32_t m_theirChild = 0;
    // From the answer.
    ChildSa m_child;
    base::Bytes m_peerNonce;
    base::SecureBytes m_shared;
    FollowUp m_followUp;
};

// The answer to a CREATE_CHILD_SA request with N(REKEY_SA). `ours` is our own rekeying under way, if any.
[[nodiscard]] Payloads answerChildRekey(Context& context, const Payloads& payloads, const Notification& rekey,
                                        ChildRekey* ours);

} // namespace tern::ike
