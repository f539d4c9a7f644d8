// EAP-GTC (RFC 3748 §5.6): the server shows a text and gets an answer, in clear. Only inside a verified server. Asked
// for the password, it gets the one that is known; anything else it asks for is a question for the person.
#pragma once

#include "core/eap/method.h"

namespace tern::eap {

class GtcMethod final : public Method {
public:
    [[nodiscard]] MethodType type() const override { return MethodType::Gtc; }
    [[nodiscard]] bool needsVerifiedServer() const override { return true; }
    [[nodiscard]] Step request(const Credentials& credentials, std::uint8_t identifier,
                               base::ByteView typeData) override;
    [[nodiscard]] Step answered(const Credentials& credentials, base::ByteView secret) override;
    [[nodiscard]] bool isComplete() const override { return m_answers > 0 && !m_asking; }
    [[nodiscard]] Keys takeKeys() override { return {}; }
    [[nodiscard]] std::optional<base::Error> reason() const override;

private:
    unsigned m_answers = 0;
    bool m_asking = false;
    bool m_askedForPassword = false;
};

// Whether a server's text asks for the account's password and not for a code, a PIN or anything else.
[[nodiscard]] bool asksForPassword(const std::string& text);

} // namespace tern::eap
