// A certificate for the server, EAP for us (RFC 7296 §2.16). The server's proof is verified before the first EAP
// packet of ours leaves, the identity included.
#pragma once

#include "core/eap/peer.h"
#include "core/ike/authenticator.h"

namespace tern::ike {

class EapAuthenticator final : public Authenticator {
public:
    // Verified: by a round of IKE_AUTH before this one (RFC 4739).
    enum class Server { Unverified, Verified };
    EapAuthenticator(Context& context, Server server);

    [[nodiscard]] base::Result<void> build(Context& context, base::ByteView identity, Payloads& request) override;
    [[nodiscard]] base::Result<Outcome> process(Context& context, base::ByteView identity,
                                                const Payloads& response) override;
    [[nodiscard]] base::Result<Outcome> answer(Context& context, const std::string& username,
                                               base::SecureBytes secret) override;
    [[nodiscard]] base::Duration patience(const SessionConfig& config) const override;
    [[nodiscard]] std::optional<base::Error> refusal() const override { return m_peer.reason(); }
    [[nodiscard]] bool wantsCertificate() const override { return true; }

private:
    enum class Step { Start, Eap, Proof };

    [[nodiscard]] base::Result<Outcome> runEap(Context& context);
    [[nodiscard]] base::Result<Outcome> verifyProof(Context& context, base::ByteView identity,
                                                    const Payloads& response) const;
    [[nodiscard]] base::ByteView secret(const base::SecureBytes& proofKey) const;

    eap::Peer m_peer;
    Step m_step = Step::Start;
    base::Bytes m_packet; // to send next
    std::optional<base::SecureBytes> m_msk;
    bool m_mayTakeLong = false;
};

} // namespace tern::ike
