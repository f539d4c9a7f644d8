// The server's side of EAP-TLS, EAP-TTLSv0 and PEAPv0 on OpenSSL, for tests. It keeps to the RFCs unless its
// configuration tells it to misbehave.
#pragma once

#include "core/eap/settings.h"
#include "tests/sim/credentials.h"
#include "tests/sim/eap_server.h"

#include <functional>
#include <openssl/ssl.h>

namespace tern::sim {

struct EapTlsServerConfig {
    eap::MethodType type = eap::MethodType::Tls;
    eap::Inner inner = eap::Inner::EapMsChapV2;
    bool tls13 = false;
    const Credentials* credentials = nullptr;
    std::string clientAuthority; // PEM; with one, a certificate of the client's is required
    bool namesAuthority = true;  // in its CertificateRequest
    std::string user = "alice";
    std::string password = "Correct-horse-9";
    std::string code;                 // asked for after the password (TTLS with PAP)
    std::vector<GtcServer::Step> gtc; // the inner method is GTC, with these steps
    std::size_t fragmentSize = 600;
    bool cryptobinding = false;

    // ---- misbehaviour ----
    bool wrongMac = false;                            // of the cryptobinding TLV
    bool resultFailure = false;                       // a Result TLV of failure after a good inner method
    bool resultAtOnce = false;                        // a Result TLV of success before the inner method
    bool noIndication = false;                        // TLS 1.3 without the protected success of RFC 9190
    bool successAfterTls = false;                     // EAP-Success as soon as the handshake is over
    std::function<void(base::Bytes&)> changeTypeData; // the last word on each request's type data
    std::function<void(base::Bytes&)> changeData;     // and on what goes into the tunnel
};

class EapTlsServer final : public EapResponder {
public:
    EapTlsServer(EapTlsServerConfig config, base::RandomSource& random);

    [[nodiscard]] base::Bytes begin() override;
    [[nodiscard]] std::optional<base::Bytes> answer(base::ByteView packet) override;
    // Sends these octets inside the tunnel, whatever is due. Nothing when there is no tunnel yet.
    [[nodiscard]] std::optional<base::Bytes> tell(base::ByteView data);
    // What the identity said outside, and inside the tunnel.
    [[nodiscard]] const std::string& outerIdentity() const { return m_outerIdentity; }
    // The inner EAP-MSCHAPv2 server, to make it misbehave.
    [[nodiscard]] EapServer& inner() { return m_inner; }
    [[nodiscard]] std::string tlsVersion() const { return SSL_get_version(m_ssl.get()); }
    [[nodiscard]] const std::string& alert() const { return m_alert; }

private:
    using ContextPtr = crypto::OpensslPtr<SSL_CTX, SSL_CTX_free>;
    using SslPtr = crypto::OpensslPtr<SSL, SSL_free>;

    [[nodiscard]] EapResponder& method();
    void prepareTls();
    [[nodiscard]] base::Bytes start();
    [[nodiscard]] std::optional<base::Bytes> takeTls(base::ByteView typeData);
    [[nodiscard]] std::optional<base::Bytes> afterTls();
    [[nodiscard]] std::optional<base::Bytes> takeInner(base::ByteView data);
    [[nodiscard]] std::optional<base::Bytes> takePeap(base::ByteView data);
    [[nodiscard]] std::optional<base::Bytes> takeTtls(base::ByteView data);
    [[nodiscard]] std::optional<base::Bytes> sendPeapRequest(const base::Bytes& packet);
    [[nodiscard]] base::Bytes result(bool success);
    [[nodiscard]] base::Bytes sendData(base::ByteView data);
    [[nodiscard]] base::Bytes flush();
    [[nodiscard]] base::Bytes fragment();
    [[nodiscard]] base::Bytes finish(bool success);
    [[nodiscard]] base::SecureBytes keyMaterial();

    EapTlsServerConfig m_config;
    base::RandomSource& m_random;
    EapServer m_inner;
    GtcServer m_gtc;
    ContextPtr m_context;
    SslPtr m_ssl;
    BIO* m_in = nullptr;
    BIO* m_out = nullptr;
    base::Bytes m_incoming;
    base::Bytes m_outgoing;
    std::size_t m_sent = 0;
    std::string m_outerIdentity;
    std::string m_alert;
    std::uint8_t m_resultIdentifier = 0;
    bool m_established = false;
    bool m_innerBegun = false;
    bool m_innerOver = false;
    bool m_resultSent = false;
    bool m_challenged = false;
    bool m_indicated = false;
    bool m_refused = false; // the TLS layer has failed
};

} // namespace tern::sim
