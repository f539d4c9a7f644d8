// A further CHILD_SA beside those there are (RFC 7296 §1.3.1), for traffic that the server carries in none of them:
// it took one of several subnets, or wants a CHILD_SA for each.
#pragma once

#include "core/crypto/diffie_hellman.h"
#include "core/ike/child_negotiation.h"
#include "core/ike/task.h"

namespace tern::ike {

class ChildAdd final : public Task {
public:
    [[nodiscard]] base::Result<void> build(Context& context, Payloads& request) override;
    [[nodiscard]] base::Result<Outcome> process(Context& context, const Incoming& response) override;
    [[nodiscard]] bool isObsolete(const Context& context) const override { return context.wanted.isEmpty(); }

private:
    [[nodiscard]] base::Result<Outcome> refused(Context& context, const Notification& error);
    [[nodiscard]] base::Result<void> install(Context& context, const Payloads& payloads);
    void giveUp(Context& context, const Notification& error, const Selectors& what) const;

    ChildOffer m_offer;
    base::Bytes m_nonce;
    std::unique_ptr<crypto::KeyExchange> m_keyExchange;
    bool m_groupChanged = false;
    bool m_withoutPfs = false;
};

} // namespace tern::ike
