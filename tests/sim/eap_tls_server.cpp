#include "tests/sim/eap_tls_server.h"

#include "core/base/byte_io.h"
#include "core/eap/peap_binding.h"
#include "core/eap/ttls_avp.h"

#include <algorithm>
#include <array>
#include <openssl/err.h>
#include <openssl/pem.h>

namespace tern::sim {

namespace {

using eap::Inner;
using eap::MethodType;

constexpr std::uint8_t typeIdentity = 1;
constexpr std::uint8_t flagLength = 0x80;
constexpr std::uint8_t flagMore = 0x40;
constexpr std::uint8_t flagStart = 0x20;
constexpr std::size_t headerSize = 4;

std::string upperHex(base::ByteView octets) {
    auto text = base::toHex(octets);
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

} // namespace

EapTlsServer::EapTlsServer(EapTlsServerConfig config, base::RandomSource& random)
    : m_config(std::move(config))
    , m_random(random)
    , m_inner(m_config.user, m_config.password, random)
    , m_gtc(m_config.gtc) {
    prepareTls();
}

EapResponder& EapTlsServer::method() {
    if (m_config.gtc.empty()) {
        return m_inner;
    }
    return m_gtc;
}

void EapTlsServer::prepareTls() {
    m_context.reset(SSL_CTX_new(TLS_server_method()));
    SSL_CTX* const context = m_context.get();
    SSL_CTX_set_max_proto_version(context, m_config.tls13 ? TLS1_3_VERSION : TLS1_2_VERSION);
    const auto leaf = crypto::parseCertificate(m_config.credentials->chain.front());
    SSL_CTX_use_certificate(context, leaf.get());
    SSL_CTX_use_PrivateKey(context, m_config.credentials->key.get());
    for (std::size_t i = 1; i < m_config.credentials->chain.size(); ++i) {
        const auto above = crypto::parseCertificate(m_config.credentials->chain[i]);
        SSL_CTX_add1_chain_cert(context, above.get());
    }
    if (!m_config.clientAuthority.empty()) {
        const crypto::BioPtr bio(
            BIO_new_mem_buf(m_config.clientAuthority.data(), static_cast<int>(m_config.clientAuthority.size())));
        const crypto::X509Ptr authority(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get());
        if (m_config.namesAuthority) {
            SSL_CTX_add_client_CA(context, authority.get());
        }
        auto* const rules = SSL_CTX_get0_param(context);
        X509_VERIFY_PARAM_set_time(rules, test::now);
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    }
    m_ssl.reset(SSL_new(context));
    m_in = BIO_new(BIO_s_mem());
    m_out = BIO_new(BIO_s_mem());
    BIO_set_mem_eof_return(m_in, -1);
    SSL_set_bio(m_ssl.get(), m_in, m_out);
    SSL_set_accept_state(m_ssl.get());
}

base::Bytes EapTlsServer::begin() {
    return request(typeIdentity, {});
}

base::Bytes EapTlsServer::finish(bool success) {
    if (success) {
        if (m_config.cryptobinding && method().msk()) {
            const auto material = keyMaterial();
            const eap::PeapBinding binding(material.view(), method().msk()->view());
            m_msk = base::SecureBytes(binding.sessionKey().view().first(64));
        } else {
            m_msk = base::SecureBytes(keyMaterial().view().first(64));
        }
    }
    return endPacket(success);
}

std::optional<base::Bytes> EapTlsServer::answer(base::ByteView packet) {
    base::ByteReader reader(packet);
    const auto code = reader.u8();
    const auto identifier = reader.u8();
    reader.skip(2);
    const auto type = reader.u8();
    if (reader.failed() || code != 2 || identifier != m_identifier) {
        return std::nullopt;
    }
    if (type == typeIdentity) {
        m_outerIdentity = base::toText(reader.rest());
        base::Bytes data{flagStart};
        if (m_config.changeTypeData) {
            m_config.changeTypeData(data);
        }
        return request(static_cast<std::uint8_t>(m_config.type), data);
    }
    if (type != static_cast<std::uint8_t>(m_config.type)) {
        return endPacket(false);
    }
    return takeTls(reader.rest());
}

std::optional<base::Bytes> EapTlsServer::takeTls(base::ByteView typeData) {
    base::ByteReader reader(typeData);
    const auto flags = reader.u8();
    if ((flags & flagLength) != 0) {
        reader.skip(4);
    }
    const auto data = reader.rest();
    if (reader.failed()) {
        return std::nullopt;
    }
    if (m_sent < m_outgoing.size()) {
        return fragment();
    }
    base::append(m_incoming, data);
    if ((flags & flagMore) != 0) {
        return request(static_cast<std::uint8_t>(m_config.type), base::Bytes{0});
    }
    BIO_write(m_in, m_incoming.data(), static_cast<int>(m_incoming.size()));
    m_incoming.clear();
    if (m_refused) {
        return endPacket(false);
    }
    ERR_clear_error();
    if (!m_established) {
        const int done = SSL_do_handshake(m_ssl.get());
        m_established = done == 1;
        m_refused = done != 1 && SSL_get_error(m_ssl.get(), done) != SSL_ERROR_WANT_READ;
        if (m_refused) {
            std::array<char, 256> words{};
            ERR_error_string_n(ERR_peek_last_error(), words.data(), words.size());
            m_alert = words.data();
            // With an alert of the client's there is nothing of ours to say.
            return BIO_ctrl_pending(m_out) > 0 ? flush() : endPacket(false);
        }
        if (!m_established) {
            return flush();
        }
        const bool indicates = m_config.type == MethodType::Tls && m_config.tls13 && !m_config.noIndication;
        if (indicates) {
            constexpr std::uint8_t zero = 0;
            SSL_write(m_ssl.get(), &zero, 1);
        }
        if (BIO_ctrl_pending(m_out) > 0) {
            return flush();
        }
    }
    return afterTls();
}

std::optional<base::Bytes> EapTlsServer::afterTls() {
    if (m_config.type == MethodType::Tls || m_config.successAfterTls) {
        return finish(true);
    }
    std::array<std::uint8_t, 8192> buffer{};
    const int size = SSL_read(m_ssl.get(), buffer.data(), static_cast<int>(buffer.size()));
    const auto data = base::ByteView(buffer).first(size > 0 ? static_cast<std::size_t>(size) : 0);
    if (m_config.type == MethodType::Ttls) {
        if (data.empty()) {
            return m_innerOver ? std::optional(finish(!m_failed)) : std::optional(request(21, base::Bytes{0}));
        }
        return takeTtls(data);
    }
    return takePeap(data);
}

// ---- PEAP ----

std::optional<base::Bytes> EapTlsServer::sendPeapRequest(const base::Bytes& packet) {
    constexpr std::uint8_t request = 1;
    if (packet.front() == request) {
        return sendData(base::ByteView(packet).subspan(headerSize));
    }
    m_innerOver = true;
    return result(packet.front() == 3 && !m_config.resultFailure);
}

base::Bytes EapTlsServer::result(bool success) {
    m_resultSent = true;
    base::ByteWriter tlvs;
    tlvs.u16(0x8003);
    tlvs.u16(2);
    tlvs.u16(success ? 1 : 2);
    if (success && m_config.cryptobinding && method().msk()) {
        const auto material = keyMaterial();
        const eap::PeapBinding binding(material.view(), method().msk()->view());
        auto tlv = binding.tlv(eap::PeapBinding::Kind::Request, {1, 2, 3});
        tlv.back() ^= m_config.wrongMac ? 1 : 0;
        tlvs.bytes(tlv);
    }
    base::ByteWriter packet;
    packet.u8(1);
    packet.u8(m_resultIdentifier = 77);
    packet.u16(static_cast<std::uint16_t>(5 + tlvs.size()));
    packet.u8(33);
    packet.bytes(tlvs.view());
    return sendData(packet.view());
}

std::optional<base::Bytes> EapTlsServer::takePeap(base::ByteView data) {
    if (!m_innerBegun) {
        m_innerBegun = true;
        return m_config.resultAtOnce ? result(true) : sendPeapRequest(method().begin());
    }
    if (m_resultSent) {
        // Response, identifier, length, 33, Result TLV.
        const bool agreed =
            data.size() >= 11 && data[0] == 2 && data[1] == m_resultIdentifier && data[4] == 33 && data[10] == 1;
        return finish(agreed && method().msk().has_value() && !m_config.resultFailure);
    }
    base::ByteWriter packet;
    packet.u8(2);
    packet.u8(method().identifier());
    packet.u16(static_cast<std::uint16_t>(headerSize + data.size()));
    packet.bytes(data);
    const auto next = method().answer(packet.view());
    return next ? sendPeapRequest(*next) : std::nullopt;
}

// ---- TTLS ----

std::optional<base::Bytes> EapTlsServer::takeTtls(base::ByteView data) {
    const auto avps = eap::parseAvps(data);
    if (!avps) {
        return std::nullopt;
    }
    const auto name = base::toText(eap::joinAvps(*avps, eap::avp::userName));
    if (m_config.inner == Inner::Pap) {
        auto secret = base::toText(eap::joinAvps(*avps, eap::avp::userPassword));
        secret.resize(secret.find_last_not_of('\0') + 1);
        const bool right = name == m_config.user && secret == (m_challenged ? m_config.code : m_config.password);
        if (right && !m_challenged && !m_config.code.empty()) {
            m_challenged = true;
            base::SecureBytes reply;
            eap::appendAvp(reply, eap::avp::replyMessage, 0, base::toBytes("Enter the code you got"));
            return sendData(reply.view());
        }
        return finish(right);
    }
    if (m_config.inner == Inner::MsChapV2) {
        const auto response = eap::joinAvps(*avps, eap::avp::msChap2Response, eap::avp::microsoft);
        std::array<std::uint8_t, 17> implicit{};
        SSL_export_keying_material(m_ssl.get(), implicit.data(), implicit.size(), "ttls challenge", 14, nullptr, 0, 0);
        eap::MsChapV2Challenge challenge{};
        eap::MsChapV2Challenge peer{};
        std::copy_n(implicit.begin(), challenge.size(), challenge.begin());
        if (response.size() != 50 || response[0] != implicit.back()) {
            return std::nullopt;
        }
        std::copy_n(response.begin() + 2, peer.size(), peer.begin());
        const auto expected = eap::answerMsChapV2(challenge, peer, name, base::toBytes(m_config.password));
        const bool right = std::equal(expected->ntResponse.begin(), expected->ntResponse.end(), response.begin() + 26);
        base::SecureBytes reply;
        base::Bytes words{response[0]};
        base::append(words,
                     base::toBytes(right ? "S=" + upperHex(expected->authenticatorResponse.view())
                                         : std::string("E=691 R=0 C=00000000000000000000000000000000 V=3 M=no")));
        eap::appendAvp(reply, right ? eap::avp::msChap2Success : eap::avp::msChapError, eap::avp::microsoft, words);
        m_innerOver = true;
        m_failed = !right;
        return sendData(reply.view());
    }
    const auto packet = eap::joinAvps(*avps, eap::avp::eapMessage);
    // The client begins with its identity, unasked.
    auto first = packet;
    if (!m_innerBegun && first.size() > 1) {
        static_cast<void>(method().begin());
        first[1] = method().identifier();
        m_innerBegun = true;
    }
    const auto next = method().answer(first);
    if (!next) {
        return std::nullopt;
    }
    if (next->front() != 1) {
        return finish(next->front() == 3);
    }
    base::SecureBytes reply;
    eap::appendAvp(reply, eap::avp::eapMessage, 0, *next);
    return sendData(reply.view());
}

// ---- TLS ----

base::Bytes EapTlsServer::sendData(base::ByteView data) {
    base::Bytes octets(data.begin(), data.end());
    if (m_config.changeData) {
        m_config.changeData(octets);
    }
    if (!octets.empty()) {
        SSL_write(m_ssl.get(), octets.data(), static_cast<int>(octets.size()));
    }
    return flush();
}

std::optional<base::Bytes> EapTlsServer::tell(base::ByteView data) {
    return m_established && !m_refused ? std::optional(sendData(data)) : std::nullopt;
}

base::Bytes EapTlsServer::flush() {
    m_outgoing.resize(BIO_ctrl_pending(m_out));
    if (!m_outgoing.empty()) {
        BIO_read(m_out, m_outgoing.data(), static_cast<int>(m_outgoing.size()));
    }
    m_sent = 0;
    return fragment();
}

base::Bytes EapTlsServer::fragment() {
    const auto rest = base::ByteView(m_outgoing).subspan(m_sent);
    const auto part = rest.first(std::min(rest.size(), m_config.fragmentSize));
    const bool more = part.size() < rest.size();
    base::ByteWriter writer;
    writer.u8(static_cast<std::uint8_t>((more ? flagMore : 0U) | (m_sent == 0 ? flagLength : 0U)));
    if (m_sent == 0) {
        writer.u32(static_cast<std::uint32_t>(m_outgoing.size()));
    }
    writer.bytes(part);
    m_sent += part.size();
    auto data = writer.take();
    if (m_config.changeTypeData) {
        m_config.changeTypeData(data);
    }
    return request(static_cast<std::uint8_t>(m_config.type), data);
}

base::SecureBytes EapTlsServer::keyMaterial() {
    base::SecureBytes key(128);
    const auto type = static_cast<std::uint8_t>(m_config.type);
    if (m_config.tls13) {
        SSL_export_keying_material(m_ssl.get(), key.data(), key.size(), "EXPORTER_EAP_TLS_Key_Material", 29, &type, 1,
                                   1);
    } else {
        const std::string label = m_config.type == MethodType::Ttls ? "ttls keying material" : "client EAP encryption";
        SSL_export_keying_material(m_ssl.get(), key.data(), key.size(), label.data(), label.size(), nullptr, 0, 0);
    }
    return key;
}

} // namespace tern::sim
