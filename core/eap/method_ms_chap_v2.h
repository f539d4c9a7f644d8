// EAP-MSCHAPv2 ([MS-CHAP], draft-kamath-pppext-eap-mschapv2-02): MS-CHAPv2 packets inside EAP type 26.
//
//   Challenge ──► (password known? else Ask) ──► Response
//   Success ("S=…" must match) ──► Success ──► complete
//   Failure, 691 with R=1 ──► Ask ──► Response to the challenge inside the Failure
//   Failure, 648 ──► Ask for a new password ──► Change-Password (RFC 2759 §7) ──► as after Response
//   any other Failure ──► Failure ──► the server sends EAP-Failure
//
// Anything else, and anything out of order, ends the authentication ([MS-CHAP] §3.1.5).
#pragma once

#include "core/eap/method.h"
#include "core/eap/ms_chap_v2.h"

namespace tern::eap {

class MsChapV2Method final : public Method {
public:
    explicit MsChapV2Method(base::RandomSource& random)
        : m_random(random) {}

    [[nodiscard]] MethodType type() const override { return MethodType::MsChapV2; }
    [[nodiscard]] bool needsVerifiedServer() const override { return true; }
    [[nodiscard]] Step request(const Credentials& credentials, std::uint8_t identifier,
                               base::ByteView typeData) override;
    [[nodiscard]] Step answered(const Credentials& credentials, base::ByteView secret) override;
    [[nodiscard]] bool isComplete() const override { return m_state == State::Proven; }
    [[nodiscard]] Keys takeKeys() override;
    [[nodiscard]] std::optional<base::Error> reason() const override { return m_reason; }

private:
    enum class State { Fresh, Asking, AskingNew, Answered, Proven, Refused };

    [[nodiscard]] Step challenge(const Credentials& credentials, base::ByteView data);
    [[nodiscard]] Step respond(const Credentials& credentials);
    [[nodiscard]] Step changePassword(const Credentials& credentials, base::ByteView newPassword);
    [[nodiscard]] Step success(base::ByteView message);
    [[nodiscard]] Step failure(base::ByteView message);
    [[nodiscard]] base::Result<MsChapV2Challenge> answerChallenge(const std::string& username, base::ByteView password);

    base::RandomSource& m_random;
    State m_state = State::Fresh;
    std::uint8_t m_identifier = 0; // MS-CHAPv2-ID of our next Response
    MsChapV2Challenge m_challenge{};
    std::optional<MsChapV2Answer> m_answer;
    std::optional<base::Error> m_reason;
    unsigned m_attempts = 0;
};

} // namespace tern::eap
