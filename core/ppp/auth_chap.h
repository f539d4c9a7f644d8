// CHAP (RFC 1994) with MD5, and MS-CHAPv2 (RFC 2759) with a change of an expired password. The packets inside are those
// of the EAP methods of the same names, which do the work; CHAP has no acknowledgement of the end.
#pragma once

#include "core/ppp/authenticator.h"
#include "core/ppp/packet.h"

namespace tern::ppp {

class ChapAuthenticator final : public Authenticator {
public:
    // method: MsChapV2 or ChapMd5.
    ChapAuthenticator(Method method, const eap::Credentials& credentials, base::RandomSource& random)
        : m_kind(method)
        , m_credentials(credentials)
        , m_random(random) {}

    [[nodiscard]] Protocol protocol() const override { return Protocol::Chap; }
    [[nodiscard]] Turn receive(base::ByteView payload) override;
    [[nodiscard]] Turn answer(base::ByteView secret) override;
    [[nodiscard]] bool isWaitingForUser() const override { return m_isAsking; }
    [[nodiscard]] bool mayTakeLong() const override { return m_method && !m_isAsking; }
    [[nodiscard]] std::optional<base::Error> reason() const override;

private:
    [[nodiscard]] Turn challenge(base::ByteView payload, const Packet& packet);
    [[nodiscard]] Turn success(base::ByteView payload, const Packet& packet);
    [[nodiscard]] Turn failure(base::ByteView payload, const Packet& packet);
    [[nodiscard]] Turn handle(eap::Step step);
    [[nodiscard]] Turn finish();

    Method m_kind;
    const eap::Credentials& m_credentials;
    base::RandomSource& m_random;
    std::unique_ptr<eap::Method> m_method; // from a challenge to its end
    base::Bytes m_challenge;               // the last, to know it again
    base::Bytes m_response;                // to it; empty while the user is asked
    std::uint8_t m_identifier = 0;         // of it
    bool m_isAsking = false;
    unsigned m_challenges = 0; // since the last success
};

} // namespace tern::ppp
