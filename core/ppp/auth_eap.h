// EAP directly in PPP (RFC 3748 §3.1), by the peer of core/eap.
#pragma once

#include "core/ppp/authenticator.h"

namespace tern::ppp {

class EapAuthenticator final : public Authenticator {
public:
    EapAuthenticator(const SessionConfig& config, const eap::Credentials& credentials, base::RandomSource& random);

    [[nodiscard]] Protocol protocol() const override { return Protocol::Eap; }
    [[nodiscard]] Turn receive(base::ByteView payload) override;
    [[nodiscard]] Turn letIn() override;
    [[nodiscard]] Turn answer(base::ByteView secret) override;
    [[nodiscard]] bool isWaitingForUser() const override { return m_peer->isWaitingForUser(); }
    [[nodiscard]] bool mayTakeLong() const override { return m_mayTakeLong; }
    [[nodiscard]] std::optional<base::Error> reason() const override { return m_peer->reason(); }

private:
    [[nodiscard]] std::unique_ptr<eap::Peer> freshPeer() const;
    [[nodiscard]] Turn turn();

    const SessionConfig& m_config;
    const eap::Credentials& m_credentials;
    base::RandomSource& m_random;
    std::unique_ptr<eap::Peer> m_peer;
    bool m_mayTakeLong = false;
};

} // namespace tern::ppp
