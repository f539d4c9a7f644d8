// IKE_FOLLOWUP_KE (RFC 9370 §2.2.4): the additional key exchanges of an SA that CREATE_CHILD_SA makes. They come after
// that exchange, which is only over when they are; until then the SA in use goes on.
#pragma once

#include "core/crypto/diffie_hellman.h"
#include "core/ike/context.h"
#include "core/ike/payloads.h"
#include "core/ike/task.h"

namespace tern::ike {

// Of an exchange of ours.
class FollowUp {
public:
    // After the answer to CREATE_CHILD_SA. Nothing follows when the suite has no additional key exchange. Fails with
    // tern.ike.malformed when the server does not say by what to continue.
    [[nodiscard]] base::Result<void> begin(const ChosenSuite& suite, const Payloads& response);
    [[nodiscard]] bool isUnderWay() const { return m_round < m_groups.size(); }

    [[nodiscard]] base::Result<void> build(Payloads& request);
    // Done after the last one.
    [[nodiscard]] base::Result<Outcome> process(const Payloads& response);
    // SK(1) | SK(2) | …
    [[nodiscard]] base::ByteView secrets() const { return m_secrets.view(); }

private:
    std::vector<GroupId> m_groups;
    std::size_t m_round = 0;
    base::Bytes m_link;
    std::unique_ptr<crypto::KeyExchange> m_keyExchange;
    base::SecureBytes m_secrets;
};

// Begins the server's, in the answer to its CREATE_CHILD_SA: adds N(ADDITIONAL_KEY_EXCHANGE). `finish` makes the SA
// when all secrets are there; false when it cannot.
void beginTheirFollowUp(Context& context, const ChosenSuite& suite, Payloads& response,
                        std::function<bool(base::ByteView secrets)> finish);
// The server's next round. STATE_NOT_FOUND for what is not under way.
[[nodiscard]] Payloads answerFollowUp(Context& context, const Payloads& request);
// The server is making a new IKE SA in this way: nothing of ours may begin on the old one.
[[nodiscard]] bool awaitsNewIkeSa(const Context& context);

} // namespace tern::ike
