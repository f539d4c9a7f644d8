#include "core/crypto/tls_client.h"

#include "core/crypto/buffer_bio.h"
#include "core/crypto/openssl.h"

#include <array>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace tern::crypto {

namespace {

using SslContextPtr = OpensslPtr<SSL_CTX, SSL_CTX_free>;
using SslPtr = OpensslPtr<SSL, SSL_free>;

struct FreeStack {
    void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};
using CertificateStack = std::unique_ptr<STACK_OF(X509), FreeStack>;

constexpr std::size_t mostCertificates = 16;
constexpr std::size_t mostData = 262144;
constexpr std::size_t mostCertificateOctets = 65536;
constexpr std::uint8_t alertCertificateRequired = 116; // RFC 8446 §6.2
// As for the server's certificate: 112 bits, no SHA-1 in a signature.
constexpr int securityLevel = 2;
// Key exchange by RSA encryption is still what some old servers do; everything else without forward secrecy, or with
// RC4 or 3DES, is out.
constexpr const char* allCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:ECDHE+AES:DHE+AES:RSA+AESGCM:RSA+AES:"
                                   "!aNULL:!eNULL:!PSK:!SRP:!3DES:!CAMELLIA:!ARIA:!SEED";
constexpr const char* forwardSecret = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:ECDHE+AES:DHE+AES:"
                                      "!aNULL:!eNULL:!PSK:!SRP:!3DES:!CAMELLIA:!ARIA:!SEED";

base::Bytes encoded(X509* certificate) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate, &der);
    base::Bytes out;
    if (size > 0) {
        out.assign(der, der + size);
    }
    OPENSSL_free(der);
    return out;
}

// Which alert OpenSSL sends for our reason.
int verifyReason(const std::string& code) {
    if (code == "tern.crypto.cert.untrusted") {
        return X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
    }
    if (code == "tern.crypto.cert.expired" || code == "tern.crypto.cert.authority-expired" ||
        code == "tern.crypto.cert.not-yet-valid") {
        return X509_V_ERR_CERT_HAS_EXPIRED;
    }
    if (code.ends_with(".cert.revoked")) {
        return X509_V_ERR_CERT_REVOKED;
    }
    return X509_V_ERR_CERT_REJECTED;
}

class OpensslTlsClient final : public TlsClient {
public:
    explicit OpensslTlsClient(TlsClientConfig config)
        : m_config(std::move(config)) {}

    [[nodiscard]] base::Result<void> begin();
    [[nodiscard]] base::Result<void> useCredential(const Credential& mine);
    [[nodiscard]] const Credential& wishedCredential() const;

    [[nodiscard]] base::Result<void> receive(base::ByteView octets) override {
        auto done = feed(octets);
        if (done && m_established) {
            done = readAll();
            m_failed = !done;
        }
        return done;
    }

    [[nodiscard]] base::Result<void> feed(base::ByteView octets) override {
        if (m_failed) {
            return base::fail("tern.crypto.tls.protocol", {}, "TLS after its end");
        }
        m_in.add(octets);
        auto done = m_established ? base::Result<void>() : handshake();
        m_failed = !done;
        return done;
    }

    [[nodiscard]] base::Result<std::size_t> read(base::MutableByteView out) override {
        if (!isEstablished()) {
            return std::size_t{0};
        }
        ERR_clear_error();
        std::size_t size = 0;
        const int result = SSL_read_ex(m_ssl.get(), out.data(), out.size(), &size);
        if (result == 1) {
            return size;
        }
        if (auto waits = judge(result); !waits) {
            m_failed = true;
            return base::fail(std::move(waits.error()));
        }
        return std::size_t{0};
    }

    [[nodiscard]] base::ByteView output() const override { return m_out.view(); }
    void sent(std::size_t count) override { m_out.drop(count); }
    void shutdown() override {
        if (isEstablished()) {
            ERR_clear_error();
            static_cast<void>(SSL_shutdown(m_ssl.get()));
        }
    }
    [[nodiscard]] const std::vector<base::Bytes>& serverChain() const override { return m_serverChain; }
    [[nodiscard]] base::Bytes stapledOcsp() const override {
        const unsigned char* der = nullptr;
        const auto size = SSL_ctrl(m_ssl.get(), SSL_CTRL_GET_TLSEXT_STATUS_REQ_OCSP_RESP, 0, &der);
        return der == nullptr || size <= 0 ? base::Bytes() : base::Bytes(der, der + size);
    }
    [[nodiscard]] std::string cipherText() const override {
        const std::string name = SSL_get_cipher_name(m_ssl.get());
        return (version() == TlsVersion::Tls13 ? "TLS 1.3, " : "TLS 1.2, ") + name;
    }

    [[nodiscard]] base::Bytes takeOutput() override {
        const auto waiting = output();
        base::Bytes out(waiting.begin(), waiting.end());
        sent(out.size());
        return out;
    }

    [[nodiscard]] bool isEstablished() const override { return m_established && !m_failed; }
    [[nodiscard]] TlsVersion version() const override {
        return SSL_version(m_ssl.get()) == TLS1_3_VERSION ? TlsVersion::Tls13 : TlsVersion::Tls12;
    }
    [[nodiscard]] base::SecureBytes takeData() override { return std::exchange(m_data, {}); }

    [[nodiscard]] base::Result<void> send(base::ByteView data) override {
        if (!isEstablished()) {
            return base::fail("tern.crypto.internal", {}, "TLS data before the handshake");
        }
        ERR_clear_error();
        std::size_t written = 0;
        if (!data.empty() && SSL_write_ex(m_ssl.get(), data.data(), data.size(), &written) != 1) {
            return opensslFailure("TLS output");
        }
        return {};
    }

    [[nodiscard]] base::Result<base::SecureBytes>
    exportKey(std::string_view label, std::optional<base::ByteView> context, std::size_t size) const override {
        base::SecureBytes key(size);
        const auto seed = context.value_or(base::ByteView());
        if (!isEstablished() ||
            SSL_export_keying_material(m_ssl.get(), key.data(), key.size(), label.data(), label.size(), seed.data(),
                                       seed.size(), context ? 1 : 0) != 1) {
            return opensslFailure("TLS exporter");
        }
        return key;
    }

private:
    base::Result<void> handshake() {
        ERR_clear_error();
        const int result = SSL_do_handshake(m_ssl.get());
        if (result != 1) {
            return judge(result);
        }
        m_established = true;
        return {};
    }

    base::Result<void> readAll() {
        std::array<std::uint8_t, 16384> buffer{};
        base::Result<void> end;
        while (true) {
            const auto size = read(buffer);
            if (!size || *size == 0) {
                end = size ? base::Result<void>() : base::Result<void>(base::fail(size.error()));
                break;
            }
            m_data.append(base::ByteView(buffer).first(*size));
            if (m_data.size() > mostData) {
                end = base::fail("tern.crypto.tls.protocol", {}, "more than 256 KiB through the tunnel at once");
                break;
            }
        }
        base::wipe(buffer);
        return end;
    }

    // A call that did not succeed: waiting for more is no failure.
    base::Result<void> judge(int result) {
        const int why = SSL_get_error(m_ssl.get(), result);
        if (why == SSL_ERROR_WANT_READ) {
            return {};
        }
        const auto reason = ERR_GET_REASON(ERR_peek_last_error());
        const auto words = opensslError();
        if (m_checkError) {
            return base::fail(*m_checkError);
        }
        if (m_alert) {
            // Who wanted a certificate and got none says so by the word for it in TLS 1.3 only.
            const bool isForNone = m_isAsked && m_config.credentials.empty() && *m_alert == SSL_AD_HANDSHAKE_FAILURE;
            return base::fail(tlsAlertError(isForNone ? alertCertificateRequired : *m_alert));
        }
        if (reason == SSL_R_UNSUPPORTED_PROTOCOL) {
            return base::fail("tern.crypto.tls.version", {}, words);
        }
        if (reason == SSL_R_DH_KEY_TOO_SMALL || reason == SSL_R_EE_KEY_TOO_SMALL ||
            reason == SSL_R_WRONG_CIPHER_RETURNED) {
            return base::fail("tern.crypto.tls.weak", {}, words);
        }
        return base::fail("tern.crypto.tls.protocol", {}, words);
    }

    static int checkServer(X509_STORE_CTX* context, void* self) {
        return static_cast<OpensslTlsClient*>(self)->judgeServer(context);
    }

    int judgeServer(X509_STORE_CTX* context) {
        const STACK_OF(X509)* const sent = X509_STORE_CTX_get0_untrusted(context);
        std::vector<base::Bytes> chain;
        const int count = sk_X509_num(sent);
        for (int i = 0; i < count && chain.size() <= mostCertificates; ++i) {
            chain.push_back(encoded(sk_X509_value(sent, i)));
        }
        m_serverChain = chain;
        auto checked = chain.empty() || chain.size() > mostCertificates
                           ? base::Result<void>(
                                 base::fail("tern.crypto.cert.malformed", {}, std::to_string(count) + " certificates"))
                           : m_config.check(chain);
        if (checked) {
            X509_STORE_CTX_set_error(context, X509_V_OK);
            return 1;
        }
        X509_STORE_CTX_set_error(context, verifyReason(checked.error().code));
        m_checkError = std::move(checked.error());
        return 0;
    }

    // The server has asked for a certificate.
    static int showOurs(SSL* /*ssl*/, void* self) {
        auto* const client = static_cast<OpensslTlsClient*>(self);
        client->m_isAsked = true;
        if (client->m_config.credentials.size() < 2) { // one is in use already
            return 1;
        }
        auto used = client->useCredential(client->wishedCredential());
        if (!used) {
            client->m_checkError = std::move(used.error());
        }
        return used ? 1 : 0;
    }

    static void watch(const SSL* ssl, int where, int value) {
        if ((where & SSL_CB_READ_ALERT) == SSL_CB_READ_ALERT) {
            // A warning ends nothing, but for the goodbyes (RFC 5246 §7.2): some servers warn of a name they go on
            // with.
            constexpr unsigned fatal = 2;
            const auto level = static_cast<unsigned>(value) >> 8U;
            const auto description = static_cast<std::uint8_t>(static_cast<unsigned>(value) & 0xFFU);
            if (level == fatal || description == SSL_AD_CLOSE_NOTIFY || description == SSL_AD_USER_CANCELLED) {
                auto* const self = static_cast<OpensslTlsClient*>(SSL_get_app_data(ssl));
                self->m_alert = description;
            }
        }
    }

    TlsClientConfig m_config;
    OctetQueue m_in; // these two outlive m_ssl, which reads and writes them
    OctetQueue m_out;
    std::vector<base::Bytes> m_serverChain;
    SslContextPtr m_context;
    SslPtr m_ssl;
    base::SecureBytes m_data;
    std::optional<base::Error> m_checkError; // why a callback of ours has ended it
    std::optional<std::uint8_t> m_alert;
    bool m_isAsked = false; // for a certificate of ours
    bool m_established = false;
    bool m_failed = false;
};

base::Result<void> OpensslTlsClient::begin() {
    m_context.reset(SSL_CTX_new(TLS_client_method()));
    SSL_CTX* const context = m_context.get();
    const int newest = m_config.newest == TlsVersion::Tls13 ? TLS1_3_VERSION : TLS1_2_VERSION;
    if (context == nullptr || SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1 ||
        SSL_CTX_set_max_proto_version(context, newest) != 1 ||
        SSL_CTX_set_cipher_list(context, m_config.forwardSecrecyOnly ? forwardSecret : allCiphers) != 1) {
        return opensslFailure("TLS context");
    }
    SSL_CTX_set_security_level(context, securityLevel);
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_max_cert_list(context, mostCertificateOctets);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(context, checkServer, this);
    m_ssl.reset(SSL_new(context));
    auto in = makeBufferBio(m_in);
    auto out = makeBufferBio(m_out);
    if (!m_ssl || !in || !out) {
        return opensslFailure("TLS session");
    }
    SSL_set_bio(m_ssl.get(), in.release(), out.release());
    if (!m_config.serverName.empty() && SSL_ctrl(m_ssl.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                                                 m_config.serverName.data()) != 1) {
        return opensslFailure("TLS server name");
    }
    if (m_config.wantOcsp) {
        SSL_ctrl(m_ssl.get(), SSL_CTRL_SET_TLSEXT_STATUS_REQ_TYPE, TLSEXT_STATUSTYPE_ocsp, nullptr);
    }
    SSL_set_app_data(m_ssl.get(), this);
    SSL_set_info_callback(m_ssl.get(), watch);
    if (m_config.credentials.size() == 1) {
        if (auto used = useCredential(m_config.credentials.front()); !used) {
            return used;
        }
    }
    SSL_set_cert_cb(m_ssl.get(), showOurs, this);
    SSL_set_connect_state(m_ssl.get());
    return {};
}

// Which of several the server wants to see: known once its CertificateRequest is there.
const Credential& OpensslTlsClient::wishedCredential() const {
    const Credential* possible = nullptr;
    for (const auto& mine : m_config.credentials) {
        const X509Ptr leaf = mine.chain.empty() ? nullptr : parseCertificate(mine.leaf());
        const auto key = leaf && mine.key ? mine.key->forTls() : base::Result<EVP_PKEY*>(nullptr);
        if (!key || *key == nullptr) {
            continue;
        }
        const CertificateStack above(sk_X509_new_null());
        for (std::size_t i = 1; i < mine.chain.size() && above; ++i) {
            if (X509Ptr issuer = parseCertificate(mine.chain[i]);
                issuer && sk_X509_push(above.get(), issuer.get()) > 0) {
                static_cast<void>(issuer.release()); // the stack's
            }
        }
        const int fits = SSL_check_chain(m_ssl.get(), leaf.get(), *key, above.get());
        if ((fits & CERT_PKEY_VALID) == 0) {
            continue;
        }
        const bool ofItsKinds = version() == TlsVersion::Tls13 || (fits & CERT_PKEY_CERT_TYPE) != 0; // 1.3 names none
        if ((fits & CERT_PKEY_ISSUER_NAME) != 0 && ofItsKinds) {
            return mine;
        }
        possible = possible != nullptr ? possible : &mine;
    }
    return possible != nullptr ? *possible : m_config.credentials.front();
}

base::Result<void> OpensslTlsClient::useCredential(const Credential& mine) {
    const X509Ptr leaf = mine.chain.empty() ? nullptr : parseCertificate(mine.leaf());
    if (!leaf || !mine.key) {
        return base::fail("tern.crypto.tls.credential", {}, "no certificate or no key");
    }
    const auto key = mine.key->forTls();
    if (!key) {
        return base::fail(key.error());
    }
    if (SSL_use_certificate(m_ssl.get(), leaf.get()) != 1 || SSL_use_PrivateKey(m_ssl.get(), *key) != 1) {
        return base::fail("tern.crypto.tls.credential", {}, opensslError());
    }
    SSL_clear_chain_certs(m_ssl.get()); // should the server ask twice
    for (std::size_t i = 1; i < mine.chain.size(); ++i) {
        if (const X509Ptr above = parseCertificate(mine.chain[i])) {
            SSL_add1_chain_cert(m_ssl.get(), above.get());
        }
    }
    return {};
}

} // namespace

base::Result<std::unique_ptr<TlsClient>> TlsClient::create(TlsClientConfig config) {
    if (!config.check) {
        return base::fail("tern.crypto.internal", {}, "TLS without a check of the server");
    }
    auto client = std::make_unique<OpensslTlsClient>(std::move(config));
    if (auto begun = client->begin(); !begun) {
        return base::fail(std::move(begun.error()));
    }
    return std::unique_ptr<TlsClient>(std::move(client));
}

} // namespace tern::crypto
