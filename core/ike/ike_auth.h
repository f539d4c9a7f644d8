// IKE_AUTH: identities, proofs, and the order of it all (RFC 7296 §1.2, §2.15, §2.16; RFC 4739 for more than one
// proof). How the ends prove themselves is the authenticator's.
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
    [[nodiscard]] std::optional<base::Error> refusal() const override {
        return m_authenticator ? m_authenticator->refusal() : std::nullopt;
    }

private:
    [[nodiscard]] base::Result<void> begin(Context& context, Payloads& request);
    void addIdentity(const Identity& identity, Payloads& request);
    [[nodiscard]] base::Result<void> takeServerIdentity(Context& context, const Payloads& response);
    [[nodiscard]] base::Result<void> takeServerProofs(Context& context, const Payloads& response);
    [[nodiscard]] base::Result<Outcome> roundDone(Context& context, const Payloads& response);

    // RFC 4739: rounds of ours follow each other, and the server may prove itself more than once.
    std::unique_ptr<Authenticator> m_authenticator; // of our round under way; null when we have proven all there is
    std::unique_ptr<Authenticator> m_next;          // of the round after that
    bool m_begun = false;
    bool m_roundBegins = false;   // the next request starts with another IDi
    bool m_serverFollows = false; // the server has said that it proves itself once more
    unsigned m_serverProofs = 0;
    base::Bytes m_localBody;  // of IDi
    base::Bytes m_serverBody; // of IDr
    base::Duration m_patience{};
};

} // namespace tern::ike
