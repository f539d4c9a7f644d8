// The server's end of a TLS connection on OpenSSL, in memory: what it shows, staples and wants of a client, and what it
// saw.
#pragma once

#include "core/crypto/tls_client.h"
#include "tests/unit/crypto/authority.h"

#include <array>
#include <openssl/ssl.h>

namespace tern::test {

struct TlsServerSpec {
    const Issued* leaf = nullptr;
    const Issued* clients = nullptr; // the authority of those who must show a certificate; nothing: nobody must
    bool namesAuthority = true;      // in its CertificateRequest
    base::Bytes staple;              // for who asks
    int newest = TLS1_3_VERSION;
};

class TlsServer {
public:
    explicit TlsServer(TlsServerSpec spec)
        : m_spec(std::move(spec))
        , m_context(SSL_CTX_new(TLS_server_method())) {
        SSL_CTX_use_certificate(m_context.get(), m_spec.leaf->certificate.get());
        SSL_CTX_use_PrivateKey(m_context.get(), m_spec.leaf->key.get());
        SSL_CTX_set_max_proto_version(m_context.get(), m_spec.newest);
        // The macros for these cast as C does.
        SSL_CTX_callback_ctrl(m_context.get(), SSL_CTRL_SET_TLSEXT_STATUS_REQ_CB, reinterpret_cast<void (*)()>(asked));
        SSL_CTX_ctrl(m_context.get(), SSL_CTRL_SET_TLSEXT_STATUS_REQ_CB_ARG, 0, this);
        if (m_spec.clients != nullptr) {
            SSL_CTX_set_verify(m_context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
            X509_STORE_add_cert(SSL_CTX_get_cert_store(m_context.get()), m_spec.clients->certificate.get());
            X509_VERIFY_PARAM_set_time(SSL_CTX_get0_param(m_context.get()), now);
            if (m_spec.namesAuthority) {
                SSL_CTX_add_client_CA(m_context.get(), m_spec.clients->certificate.get());
            }
        }
        m_ssl.reset(SSL_new(m_context.get()));
        m_in = BIO_new(BIO_s_mem());
        m_out = BIO_new(BIO_s_mem());
        BIO_set_mem_eof_return(m_in, -1);
        SSL_set_bio(m_ssl.get(), m_in, m_out);
        SSL_set_app_data(m_ssl.get(), this);
        SSL_set_info_callback(m_ssl.get(), watch);
        SSL_set_accept_state(m_ssl.get());
    }

    // All there is to say between the two; answers what the client failed with.
    [[nodiscard]] base::Result<void> talk(crypto::TlsClient& client) {
        auto said = client.receive({});
        for (int round = 0; round < 10; ++round) {
            const auto octets = client.takeOutput();
            BIO_write(m_in, octets.data(), static_cast<int>(octets.size()));
            std::array<std::uint8_t, 16384> buffer{};
            std::size_t size = 0;
            SSL_read_ex(m_ssl.get(), buffer.data(), buffer.size(), &size);
            const int made = BIO_read(m_out, buffer.data(), static_cast<int>(buffer.size()));
            if (said && made > 0) {
                said = client.receive(base::ByteView(buffer).first(static_cast<std::size_t>(made)));
            }
        }
        return said;
    }

    [[nodiscard]] bool isEstablished() const { return SSL_is_init_finished(m_ssl.get()) == 1; }
    // DER of what the client has shown, leaf first.
    [[nodiscard]] std::vector<base::Bytes> clientChain() const {
        std::vector<base::Bytes> chain;
        if (const crypto::X509Ptr leaf(SSL_get1_peer_certificate(m_ssl.get())); leaf) {
            chain.push_back(derOf(leaf.get()));
        }
        const auto* const above = SSL_get_peer_cert_chain(m_ssl.get());
        for (int i = 0; above != nullptr && i < sk_X509_num(above); ++i) {
            chain.push_back(derOf(sk_X509_value(above, i)));
        }
        return chain;
    }
    [[nodiscard]] std::string serverName() const {
        const auto* const name = SSL_get_servername(m_ssl.get(), TLSEXT_NAMETYPE_host_name);
        return name == nullptr ? std::string() : name;
    }
    // The alert the client sent; 0 without one.
    [[nodiscard]] int alert() const { return m_alert; }
    [[nodiscard]] bool wasAskedForOcsp() const { return m_wasAsked; }

private:
    static base::Bytes derOf(X509* certificate) {
        return crypto::encodedBy([certificate](unsigned char** out) { return i2d_X509(certificate, out); });
    }
    static int asked(SSL* ssl, void* self) {
        auto* const server = static_cast<TlsServer*>(self);
        server->m_wasAsked = true;
        const auto& response = server->m_spec.staple;
        if (response.empty()) {
            return SSL_TLSEXT_ERR_NOACK;
        }
        auto* const copy = OPENSSL_memdup(response.data(), response.size()); // the SSL's from here on
        SSL_set_tlsext_status_ocsp_resp(ssl, copy, static_cast<long>(response.size()));
        return SSL_TLSEXT_ERR_OK;
    }
    static void watch(const SSL* ssl, int where, int value) {
        if ((where & SSL_CB_READ_ALERT) == SSL_CB_READ_ALERT) {
            static_cast<TlsServer*>(SSL_get_app_data(ssl))->m_alert = value & 0xFF;
        }
    }

    TlsServerSpec m_spec;
    crypto::OpensslPtr<SSL_CTX, SSL_CTX_free> m_context;
    crypto::OpensslPtr<SSL, SSL_free> m_ssl;
    BIO* m_in = nullptr;  // m_ssl's
    BIO* m_out = nullptr; // m_ssl's
    int m_alert = 0;
    bool m_wasAsked = false;
};

} // namespace tern::test
