// PAP (RFC 1334 §2): the password as it is. Only inside a verified TLS, and only where the profile names it.
#pragma once

#include "core/ppp/authenticator.h"

namespace tern::ppp {

class PapAuthenticator final : public Authenticator {
public:
    explicit PapAuthenticator(const eap::Credentials& credentials)
        : m_credentials(credentials) {}

    [[nodiscard]] Protocol protocol() const override { return Protocol::Pap; }
    [[nodiscard]] Turn begin() override;
    [[nodiscard]] Turn receive(base::ByteView payload) override;
    [[nodiscard]] Turn answer(base::ByteView secret) override;
    [[nodiscard]] bool isWaitingForUser() const override { return m_isAsking; }
    [[nodiscard]] bool mayTakeLong() const override { return m_isSent; }
    [[nodiscard]] std::optional<base::Error> reason() const override { return m_reason; }

private:
    const eap::Credentials& m_credentials;
    bool m_isAsking = false;
    bool m_isSent = false; // and not answered
    std::uint8_t m_identifier = 0;
    std::optional<base::Error> m_reason;
};

} // namespace tern::ppp
