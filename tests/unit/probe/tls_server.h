// A TLS server of OpenSSL's for the SSTP question: any certificate, any versions, and a fixed answer to the first
// request.
#pragma once

#include "tests/unit/crypto/authority.h"

#include <openssl/ssl.h>

namespace tern::test {

class TlsServer {
public:
    TlsServer(const Issued& own, int oldest, int newest, std::string answer)
        : m_answer(std::move(answer)) {
        m_context.reset(SSL_CTX_new(TLS_server_method()));
        SSL_CTX_set_min_proto_version(m_context.get(), oldest);
        SSL_CTX_set_max_proto_version(m_context.get(), newest);
        SSL_CTX_set_security_level(m_context.get(), 0);
        SSL_CTX_use_certificate(m_context.get(), own.certificate.get());
        SSL_CTX_use_PrivateKey(m_context.get(), own.key.get());
        m_ssl.reset(SSL_new(m_context.get()));
        m_in = BIO_new(BIO_s_mem());
        m_out = BIO_new(BIO_s_mem());
        BIO_set_mem_eof_return(m_in, -1);
        SSL_set_bio(m_ssl.get(), m_in, m_out);
        SSL_set_accept_state(m_ssl.get());
    }

    base::Bytes receive(base::ByteView octets) {
        BIO_write(m_in, octets.data(), static_cast<int>(octets.size()));
        SSL_do_handshake(m_ssl.get());
        std::array<char, 4096> buffer{};
        std::size_t size = 0;
        while (SSL_read_ex(m_ssl.get(), buffer.data(), buffer.size(), &size) == 1) {
            request.append(buffer.data(), size);
        }
        saidGoodbye = (SSL_get_shutdown(m_ssl.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
        if (request.ends_with("\r\n\r\n") && !m_answer.empty()) {
            SSL_write_ex(m_ssl.get(), m_answer.data(), m_answer.size(), &size);
            m_answer.clear();
        }
        base::Bytes out(static_cast<std::size_t>(BIO_pending(m_out)));
        if (!out.empty()) {
            BIO_read(m_out, out.data(), static_cast<int>(out.size()));
        }
        return out;
    }

    std::string request;
    bool saidGoodbye = false;

private:
    std::string m_answer;
    crypto::OpensslPtr<SSL_CTX, SSL_CTX_free> m_context;
    crypto::OpensslPtr<SSL, SSL_free> m_ssl;
    BIO* m_in = nullptr; // of m_ssl
    BIO* m_out = nullptr;
};

} // namespace tern::test
