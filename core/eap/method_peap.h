// PEAPv0 ([MS-PEAP]): TLS proves the server, an EAP method inside proves us, the Result TLV ends it.
//
//   Start ──► TLS ──► inner EAP packets, without their headers ──► Result TLV (cryptobinding TLV) ──► EAP-Success
//
// With cryptobinding the key is the compound session key, which only who was at both ends of both can know.
#pragma once

#include "core/eap/inner_peer.h"
#include "core/eap/peap_binding.h"
#include "core/eap/tls_layer.h"

namespace tern::eap {

class PeapMethod final : public Method {
public:
    explicit PeapMethod(const MethodContext& context)
        : m_settings(context.settings)
        , m_random(context.random)
        , m_tls(MethodType::Peap, context.settings.tls) {}

    [[nodiscard]] MethodType type() const override { return MethodType::Peap; }
    [[nodiscard]] bool needsVerifiedServer() const override { return !m_settings.tls.checkServer; }
    [[nodiscard]] Step request(const Credentials& credentials, std::uint8_t identifier,
                               base::ByteView typeData) override;
    [[nodiscard]] Step answered(const Credentials& credentials, base::ByteView secret) override;
    [[nodiscard]] std::vector<Prompt> takeMessages() override { return std::exchange(m_messages, {}); }
    [[nodiscard]] bool isComplete() const override { return m_isComplete && !m_tls.reason(); }
    [[nodiscard]] Keys takeKeys() override;
    [[nodiscard]] std::optional<base::Error> reason() const override;

private:
    [[nodiscard]] Step innerPacket(std::uint8_t identifier, base::ByteView data);
    [[nodiscard]] Step extensions(std::uint8_t identifier, base::ByteView tlvs);
    [[nodiscard]] Step succeed(std::uint8_t identifier, const std::optional<base::ByteView>& binding);
    [[nodiscard]] Step fail(std::uint8_t identifier, base::Error error);
    [[nodiscard]] Step handle(InnerPeer::Turn turn);

    const Settings& m_settings;
    base::RandomSource& m_random;
    TlsLayer m_tls;
    std::unique_ptr<InnerPeer> m_inner;
    std::vector<Prompt> m_messages;
    std::optional<PeapBinding> m_binding;
    std::optional<base::Error> m_reason; // the server's Result TLV says no
    bool m_isComplete = false;
};

} // namespace tern::eap
