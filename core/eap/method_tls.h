// EAP-TLS with TLS 1.2 (RFC 5216) and 1.3 (RFC 9190): both ends prove themselves by certificates.
//
//   Start ──► ClientHello … Finished ──► (TLS 1.3: the server's octet 0x00) ──► complete
#pragma once

#include "core/eap/tls_layer.h"

namespace tern::eap {

class TlsMethod final : public Method {
public:
    explicit TlsMethod(const MethodContext& context)
        : m_settings(context.settings.tls)
        , m_tls(MethodType::Tls, context.settings.tls) {}

    [[nodiscard]] MethodType type() const override { return MethodType::Tls; }
    [[nodiscard]] bool needsVerifiedServer() const override { return !m_settings.checkServer; }
    [[nodiscard]] Step request(const Credentials& credentials, std::uint8_t identifier,
                               base::ByteView typeData) override;
    [[nodiscard]] Step answered(const Credentials& credentials, base::ByteView secret) override;
    [[nodiscard]] bool isComplete() const override { return m_isComplete && !m_tls.reason(); }
    [[nodiscard]] Keys takeKeys() override;
    [[nodiscard]] std::optional<base::Error> reason() const override;
    [[nodiscard]] base::Error earlySuccess() const override;

private:
    const TlsSettings& m_settings;
    TlsLayer m_tls;
    bool m_hasShown = false; // our certificate is out
    bool m_isComplete = false;
};

// MSK and HLAK from a TLS layer's key material; empty when it cannot be had.
[[nodiscard]] Keys keysOf(const TlsLayer& layer);

} // namespace tern::eap
