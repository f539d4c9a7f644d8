// EAP-MD5 (RFC 3748 §5.4). It proves nothing about the server and makes no key: only inside a verified one.
#pragma once

#include "core/eap/method.h"

namespace tern::eap {

class Md5Method final : public Method {
public:
    [[nodiscard]] MethodType type() const override { return MethodType::Md5; }
    [[nodiscard]] bool needsVerifiedServer() const override { return true; }
    [[nodiscard]] Step request(const Credentials& credentials, std::uint8_t identifier,
                               base::ByteView typeData) override;
    [[nodiscard]] Step answered(const Credentials& credentials, base::ByteView secret) override;
    [[nodiscard]] bool isComplete() const override { return m_isAnswered; }
    [[nodiscard]] Keys takeKeys() override { return {}; }
    [[nodiscard]] std::optional<base::Error> reason() const override;

private:
    std::uint8_t m_identifier = 0;
    base::Bytes m_challenge;
    bool m_isAnswered = false;
};

} // namespace tern::eap
