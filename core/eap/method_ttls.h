// EAP-TTLSv0 (RFC 5281; with TLS 1.3 RFC 9427): the server proves itself by TLS, then PAP, MS-CHAPv2 or EAP inside.
#pragma once

#include "core/eap/ms_chap_v2.h"
#include "core/eap/tls_layer.h"
#include "core/eap/ttls_avp.h"

namespace tern::eap {

// What is done inside, chosen by us (RFC 5281 §11.2).
class TtlsInner {
public:
    TtlsInner() = default;
    TtlsInner(const TtlsInner&) = delete;
    TtlsInner& operator=(const TtlsInner&) = delete;
    virtual ~TtlsInner() = default;

    // AVPs for the server (none: an acknowledgement), a question, or the end. Refuse: the server has said no.
    struct Send {
        base::SecureBytes avps;
    };
    struct Refuse {
        base::Error error;
    };
    using Step = std::variant<Send, Ask, Refuse, Abandon>;

    [[nodiscard]] virtual Step begin(const Credentials& credentials, const TlsLayer& tls) = 0;
    [[nodiscard]] virtual Step receive(const Credentials& credentials, const std::vector<Avp>& avps) = 0;
    [[nodiscard]] virtual Step answered(const Credentials& credentials, base::ByteView secret) = 0;
    [[nodiscard]] virtual std::vector<Prompt> takeMessages() { return {}; }
    [[nodiscard]] virtual bool isComplete() const = 0;
    [[nodiscard]] virtual std::optional<base::Error> reason() const = 0;
};

class TtlsMethod final : public Method {
public:
    explicit TtlsMethod(const MethodContext& context);

    [[nodiscard]] MethodType type() const override { return MethodType::Ttls; }
    [[nodiscard]] bool needsVerifiedServer() const override { return !m_settings.tls.checkServer; }
    [[nodiscard]] Step request(const Credentials& credentials, std::uint8_t identifier,
                               base::ByteView typeData) override;
    [[nodiscard]] Step answered(const Credentials& credentials, base::ByteView secret) override;
    [[nodiscard]] std::vector<Prompt> takeMessages() override;
    [[nodiscard]] bool isComplete() const override { return m_hasBegun && !m_tls.reason() && m_inner->isComplete(); }
    [[nodiscard]] Keys takeKeys() override;
    [[nodiscard]] std::optional<base::Error> reason() const override;

private:
    [[nodiscard]] Step handle(TtlsInner::Step step);

    const Settings& m_settings;
    TlsLayer m_tls;
    std::unique_ptr<TtlsInner> m_inner;
    bool m_hasBegun = false;
};

} // namespace tern::eap
