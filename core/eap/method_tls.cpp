#include "core/eap/method_tls.h"

namespace tern::eap {

Keys keysOf(const TlsLayer& layer) {
    constexpr std::size_t mskSize = 64;
    constexpr std::size_t hlakSize = 32;
    Keys keys;
    if (const auto material = layer.keyMaterial()) {
        keys.msk = base::SecureBytes(material->view().first(mskSize));
        // Not the two halves swapped about as with MS-CHAPv2 ([MS-SSTP] §3.2.5.2.4).
        keys.hlak = base::SecureBytes(material->view().first(hlakSize));
    }
    return keys;
}

Step TlsMethod::request(const Credentials& /*credentials*/, std::uint8_t /*identifier*/, base::ByteView typeData) {
    if (m_settings.credentials.empty()) {
        return Abandon{{"tern.eap.tls.no-certificate", {}, {}}};
    }
    auto event = m_tls.receive(typeData);
    if (auto* const step = std::get_if<Step>(&event)) {
        return std::move(*step);
    }
    m_hasShown = true;
    const auto data = m_tls.isEstablished() ? m_tls.takeData() : base::SecureBytes();
    if (!data.empty()) {
        // RFC 9190 §2.1.1: one octet of zero says that the server is content; with TLS 1.2 nothing goes through.
        if (!m_tls.isTls13() || data.size() != 1 || data.view()[0] != 0) {
            return Abandon{{"tern.eap.protocol", {}, "data through the tunnel of EAP-TLS"}};
        }
        m_isComplete = true;
    }
    m_isComplete = m_isComplete || (m_tls.isEstablished() && !m_tls.isTls13());
    return m_tls.flush();
}

Step TlsMethod::answered(const Credentials& /*credentials*/, base::ByteView /*secret*/) {
    return Abandon{{"tern.eap.internal", {}, "EAP-TLS asks nothing"}};
}

Keys TlsMethod::takeKeys() {
    return keysOf(m_tls);
}

base::Error TlsMethod::earlySuccess() const {
    // Servers of before RFC 9190 leave out the octet of zero; their keys are others as well.
    return m_tls.isEstablished() && !m_tls.reason()
               ? base::Error{"tern.eap.tls.no-indication", {}, "EAP-Success without the indication of RFC 9190"}
               : Method::earlySuccess();
}

std::optional<base::Error> TlsMethod::reason() const {
    if (m_tls.reason() || !m_hasShown) {
        return m_tls.reason();
    }
    // Not every server sends an alert first.
    return base::Error{"tern.eap.tls.certificate-refused", {}, "EAP-Failure after EAP-TLS"};
}

} // namespace tern::eap
