// The three ways to sign in inside EAP-TTLS.
#pragma once

#include "core/eap/inner_peer.h"
#include "core/eap/method_ttls.h"

namespace tern::eap {

// RFC 5281 §11.2.5. A challenge of the server's becomes a question; its answer goes where the password went.
class TtlsPap final : public TtlsInner {
public:
    [[nodiscard]] Step begin(const Credentials& credentials, const TlsLayer& tls) override;
    [[nodiscard]] Step receive(const Credentials& credentials, const std::vector<Avp>& avps) override;
    [[nodiscard]] Step answered(const Credentials& credentials, base::ByteView secret) override;
    [[nodiscard]] bool isComplete() const override { return m_answers > 0 && !m_asking; }
    [[nodiscard]] std::optional<base::Error> reason() const override;

private:
    bool m_asking = false;
    unsigned m_answers = 0;
};

// RFC 5281 §11.2.4. The challenge comes from the TLS exporter, so nobody can choose it.
class TtlsMsChapV2 final : public TtlsInner {
public:
    explicit TtlsMsChapV2(base::RandomSource& random)
        : m_random(random) {}

    [[nodiscard]] Step begin(const Credentials& credentials, const TlsLayer& tls) override;
    [[nodiscard]] Step receive(const Credentials& credentials, const std::vector<Avp>& avps) override;
    [[nodiscard]] Step answered(const Credentials& credentials, base::ByteView secret) override;
    [[nodiscard]] bool isComplete() const override { return m_isProven; }
    [[nodiscard]] std::optional<base::Error> reason() const override;

private:
    base::RandomSource& m_random;
    MsChapV2Challenge m_challenge{};
    std::uint8_t m_identifier = 0;
    std::optional<MsChapV2Answer> m_answer;
    std::optional<base::Error> m_reason;
    bool m_isProven = false;
};

// RFC 5281 §11.2.1: EAP packets in EAP-Message AVPs, beginning with our identity.
class TtlsEap final : public TtlsInner {
public:
    TtlsEap(const Settings& settings, base::RandomSource& random)
        : m_settings(settings)
        , m_random(random) {}

    [[nodiscard]] Step begin(const Credentials& credentials, const TlsLayer& tls) override;
    [[nodiscard]] Step receive(const Credentials& credentials, const std::vector<Avp>& avps) override;
    [[nodiscard]] Step answered(const Credentials& credentials, base::ByteView secret) override;
    [[nodiscard]] std::vector<Prompt> takeMessages() override { return std::exchange(m_messages, {}); }
    [[nodiscard]] bool isComplete() const override { return m_peer && m_peer->isMethodComplete(); }
    [[nodiscard]] std::optional<base::Error> reason() const override {
        return m_peer ? m_peer->reason() : std::nullopt;
    }

private:
    [[nodiscard]] Step handle(InnerPeer::Turn turn);

    const Settings& m_settings;
    base::RandomSource& m_random;
    std::unique_ptr<InnerPeer> m_peer;
    std::vector<Prompt> m_messages;
};

} // namespace tern::eap
