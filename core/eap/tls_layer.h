// TLS inside EAP packets as EAP-TLS, TTLS and PEAP share it (RFC 5216 §2.1.5, §3; RFC 5281 §9; [MS-PEAP] §2.2.1):
// fragments both ways with the flags L, M and S, bounded in count and octets, and the end when TLS fails: the alert
// goes out, the server's last word is waited for, and the error is the reason.
#pragma once

#include "core/base/byte_io.h"
#include "core/eap/method.h"

namespace tern::eap {

class TlsLayer {
public:
    TlsLayer(MethodType type, const TlsSettings& settings)
        : m_type(type)
        , m_settings(settings) {}

    // A whole message of the server's has been taken: the method goes on, and answers with flush() or send().
    struct Turn {};
    // A Step: the answer is that, and the method waits for the next request.
    [[nodiscard]] std::variant<Step, Turn> receive(base::ByteView typeData);

    [[nodiscard]] bool isEstablished() const { return m_client && m_client->isEstablished(); }
    [[nodiscard]] bool isTls13() const { return m_client->version() == crypto::TlsVersion::Tls13; }
    // What came through the tunnel since the last call.
    [[nodiscard]] base::SecureBytes takeData() { return m_client->takeData(); }
    // What TLS has to say, or an acknowledgement.
    [[nodiscard]] Step flush();
    // Data through the tunnel, behind what TLS has to say.
    [[nodiscard]] Step send(base::ByteView data);
    // Ends it: an acknowledgement goes out, and the server is to end with EAP-Failure.
    [[nodiscard]] Step refuse(base::Error error);

    [[nodiscard]] base::Result<base::SecureBytes> exportKey(std::string_view label, std::size_t size) const {
        return m_client->exportKey(label, std::nullopt, size);
    }
    // MSK and EMSK, 128 octets: RFC 5216 §2.3, RFC 5281 §8 (with TLS 1.2), RFC 9190 §2.3, RFC 9427 §2.1 (with 1.3).
    [[nodiscard]] base::Result<base::SecureBytes> keyMaterial() const;
    [[nodiscard]] const std::optional<base::Error>& reason() const { return m_reason; }

private:
    [[nodiscard]] Step start(std::uint8_t flags);
    [[nodiscard]] std::optional<Step> collect(std::uint8_t flags, base::ByteReader& reader);
    [[nodiscard]] Step fragment();
    [[nodiscard]] Step failed(base::Error error);

    MethodType m_type;
    const TlsSettings& m_settings;
    std::unique_ptr<crypto::TlsClient> m_client;
    base::Bytes m_incoming;
    std::size_t m_announced = 0; // by the L flag; 0: not
    unsigned m_fragments = 0;
    base::Bytes m_outgoing;
    std::size_t m_sent = 0; // of m_outgoing
    std::optional<base::Error> m_reason;
};

} // namespace tern::eap
