#include "core/eap/method_ttls.h"

#include "core/eap/method_tls.h"
#include "core/eap/ttls_inner.h"

namespace tern::eap {

namespace {

// The first that is wanted decides; with EAP the inner Peer settles which method.
std::unique_ptr<TtlsInner> createInner(const MethodContext& context) {
    const auto& wanted = context.settings.inner;
    switch (wanted.empty() ? Inner::EapMsChapV2 : wanted.front()) {
    case Inner::Pap:
        return std::make_unique<TtlsPap>();
    case Inner::MsChapV2:
        return std::make_unique<TtlsMsChapV2>(context.random);
    case Inner::EapMsChapV2:
    case Inner::EapGtc:
    case Inner::EapMd5:
    case Inner::EapTls:
        break;
    }
    return std::make_unique<TtlsEap>(context.settings, context.random);
}

} // namespace

TtlsMethod::TtlsMethod(const MethodContext& context)
    : m_settings(context.settings)
    , m_tls(MethodType::Ttls, context.settings.tls)
    , m_inner(createInner(context)) {}

Step TtlsMethod::request(const Credentials& credentials, std::uint8_t /*identifier*/, base::ByteView typeData) {
    auto event = m_tls.receive(typeData);
    if (auto* const step = std::get_if<Step>(&event)) {
        return std::move(*step);
    }
    if (!m_tls.isEstablished()) {
        return m_tls.flush();
    }
    const auto data = m_tls.takeData();
    if (!m_hasBegun) {
        if (!data.empty()) {
            return Abandon{{"tern.eap.protocol", {}, "TTLS data before ours"}};
        }
        m_hasBegun = true;
        return handle(m_inner->begin(credentials, m_tls));
    }
    if (data.empty()) {
        return m_tls.flush(); // an acknowledgement, or tickets that are of no use to us
    }
    const auto avps = parseAvps(data.view());
    if (!avps) {
        return Abandon{{"tern.eap.protocol", {}, "malformed AVPs inside TTLS"}};
    }
    return handle(m_inner->receive(credentials, *avps));
}

Step TtlsMethod::answered(const Credentials& credentials, base::ByteView secret) {
    return handle(m_inner->answered(credentials, secret));
}

Step TtlsMethod::handle(TtlsInner::Step step) {
    if (const auto* const send = std::get_if<TtlsInner::Send>(&step)) {
        return m_tls.send(send->avps.view());
    }
    if (auto* const question = std::get_if<Ask>(&step)) {
        return std::move(*question);
    }
    if (auto* const refuse = std::get_if<TtlsInner::Refuse>(&step)) {
        return m_tls.refuse(std::move(refuse->error));
    }
    return std::move(std::get<Abandon>(step));
}

std::vector<Prompt> TtlsMethod::takeMessages() {
    return m_inner->takeMessages();
}

Keys TtlsMethod::takeKeys() {
    return keysOf(m_tls);
}

std::optional<base::Error> TtlsMethod::reason() const {
    return m_tls.reason() ? m_tls.reason() : m_inner->reason();
}

} // namespace tern::eap
