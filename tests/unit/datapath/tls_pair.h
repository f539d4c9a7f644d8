// Both ends of a TLS connection, the handshake done: the product's client, and a server of OpenSSL's behind the same
// interface, so that two of SSTP's tunnels can stand back to back.
#pragma once

#include "core/crypto/tls_client.h"

#include <array>
#include <memory>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace tern::testing {

using ServerContext = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

// A TLS server with a certificate that it has made itself, good for an hour.
inline ServerContext selfSignedServer() {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> leaf(X509_new(), X509_free);
    ASN1_INTEGER_set(X509_get_serialNumber(leaf.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(leaf.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(leaf.get()), 3600);
    X509_set_pubkey(leaf.get(), key.get());
    X509_sign(leaf.get(), key.get(), EVP_sha256());
    ServerContext context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    SSL_CTX_use_certificate(context.get(), leaf.get());
    SSL_CTX_use_PrivateKey(context.get(), key.get());
    return context;
}

class TlsServerEnd final : public crypto::TlsClient {
public:
    TlsServerEnd() {
        m_ssl.reset(SSL_new(m_context.get()));
        m_in = BIO_new(BIO_s_mem());
        m_out = BIO_new(BIO_s_mem());
        BIO_set_mem_eof_return(m_in, -1);
        SSL_set_bio(m_ssl.get(), m_in, m_out);
        SSL_set_accept_state(m_ssl.get());
        m_output.reserve(1 << 20U);
    }
    base::Result<void> feed(base::ByteView octets) override {
        if (!octets.empty()) {
            BIO_write(m_in, octets.data(), static_cast<int>(octets.size()));
        }
        if (SSL_is_init_finished(m_ssl.get()) == 0) {
            SSL_do_handshake(m_ssl.get());
        }
        drain();
        return {};
    }
    base::Result<std::size_t> read(base::MutableByteView out) override {
        std::size_t size = 0;
        SSL_read_ex(m_ssl.get(), out.data(), out.size(), &size);
        drain();
        return size;
    }
    base::Result<void> send(base::ByteView data) override {
        std::size_t written = 0;
        SSL_write_ex(m_ssl.get(), data.data(), data.size(), &written);
        drain();
        return {};
    }
    [[nodiscard]] base::ByteView output() const override { return base::ByteView(m_output).subspan(m_sent); }
    void sent(std::size_t count) override {
        m_sent += count;
        if (m_sent == m_output.size()) {
            m_output.clear();
            m_sent = 0;
        }
    }
    void shutdown() override {}
    [[nodiscard]] bool isEstablished() const override { return SSL_is_init_finished(m_ssl.get()) == 1; }
    [[nodiscard]] const std::vector<base::Bytes>& serverChain() const override { return m_none; }
    [[nodiscard]] base::Bytes stapledOcsp() const override { return {}; }
    [[nodiscard]] std::string cipherText() const override { return {}; }
    base::Result<void> receive(base::ByteView octets) override { return feed(octets); }
    base::Bytes takeOutput() override { return {}; }
    [[nodiscard]] crypto::TlsVersion version() const override { return crypto::TlsVersion::Tls13; }
    base::SecureBytes takeData() override { return {}; }
    [[nodiscard]] base::Result<base::SecureBytes>
    exportKey(std::string_view /*label*/, std::optional<base::ByteView> /*context*/, std::size_t size) const override {
        return base::SecureBytes(size);
    }

private:
    void drain() {
        std::array<std::uint8_t, 16384> buffer{};
        for (int got = 1; got > 0;) {
            got = BIO_read(m_out, buffer.data(), static_cast<int>(buffer.size()));
            m_output.insert(m_output.end(), buffer.begin(), buffer.begin() + std::max(got, 0));
        }
    }

    ServerContext m_context = selfSignedServer();
    std::unique_ptr<SSL, decltype(&SSL_free)> m_ssl{nullptr, SSL_free};
    BIO* m_in = nullptr;  // m_ssl's
    BIO* m_out = nullptr; // m_ssl's
    base::Bytes m_output;
    std::size_t m_sent = 0;
    std::vector<base::Bytes> m_none;
};

struct TlsPair {
    std::unique_ptr<crypto::TlsClient> client;
    std::unique_ptr<crypto::TlsClient> server = std::make_unique<TlsServerEnd>();

    // Records of the handshake go to and fro, an octet at a time where that is wanted.
    explicit TlsPair(crypto::TlsVersion newest = crypto::TlsVersion::Tls13, std::size_t piece = 65536) {
        crypto::TlsClientConfig config;
        config.check = [](const std::vector<base::Bytes>&) { return base::Result<void>(); };
        config.newest = newest;
        config.serverName = "vpn.example";
        client = std::move(*crypto::TlsClient::create(std::move(config)));
        static_cast<void>(client->feed({}));
        for (int i = 0; i < 10; ++i) {
            carry(*client, *server, piece);
            carry(*server, *client, piece);
        }
    }
    static void carry(crypto::TlsClient& from, crypto::TlsClient& to, std::size_t piece = 65536) {
        while (!from.output().empty()) {
            const auto part = from.output().first(std::min(piece, from.output().size()));
            static_cast<void>(to.feed(part));
            from.sent(part.size());
        }
    }
};

} // namespace tern::testing
