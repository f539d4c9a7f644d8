#include "core/eap/ttls_inner.h"

#include "core/eap/method_gtc.h"
#include "core/eap/text.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace tern::eap {

namespace {

constexpr std::size_t longestName = 253; // RFC 2865 §5.1
constexpr std::size_t longestPassword = 1000;

// Asks for what is missing; nothing when nothing is.
std::optional<Prompt> missing(const Credentials& credentials) {
    if (credentials.username.empty()) {
        return Prompt{Prompt::Kind::Credentials, {}, false};
    }
    if (!credentials.password) {
        return Prompt{};
    }
    return std::nullopt;
}

} // namespace

// ---- PAP ----

TtlsInner::Step TtlsPap::begin(const Credentials& credentials, const TlsLayer& /*tls*/) {
    m_asking = true;
    if (auto question = missing(credentials)) {
        return Ask{std::move(*question)};
    }
    return answered(credentials, credentials.password->view());
}

TtlsInner::Step TtlsPap::answered(const Credentials& credentials, base::ByteView secret) {
    constexpr std::size_t block = 16;
    if (!m_asking || credentials.username.size() > longestName || secret.size() > longestPassword) {
        return Abandon{{"tern.eap.internal", {}, "an answer to PAP that cannot be used"}};
    }
    m_asking = false;
    ++m_answers;
    // The length is hidden a little: filled up with zeros to sixteen octets.
    base::SecureBytes padded(std::max<std::size_t>(1, (secret.size() + block - 1) / block) * block);
    std::copy(secret.begin(), secret.end(), padded.data());
    Send send;
    appendAvp(send.avps, avp::userName, 0, base::toBytes(credentials.username));
    appendAvp(send.avps, avp::userPassword, 0, padded.view());
    return send;
}

TtlsInner::Step TtlsPap::receive(const Credentials& /*credentials*/, const std::vector<Avp>& avps) {
    if (m_asking || m_answers == 0) {
        return Abandon{{"tern.eap.protocol", {}, "TTLS data out of order"}};
    }
    if (!hasAvp(avps, avp::replyMessage)) {
        return Send{};
    }
    m_asking = true;
    auto text = displayText(joinAvps(avps, avp::replyMessage));
    return Ask{Prompt{Prompt::Kind::Code, std::move(text), false}};
}

std::optional<base::Error> TtlsPap::reason() const {
    if (m_answers == 0) {
        return std::nullopt;
    }
    return base::Error{m_answers == 1 ? "tern.eap.password" : "tern.eap.code", {}, "EAP-Failure after PAP"};
}

// ---- MS-CHAPv2 ----

TtlsInner::Step TtlsMsChapV2::begin(const Credentials& credentials, const TlsLayer& tls) {
    const auto implicit = tls.exportKey("ttls challenge", m_challenge.size() + 1);
    if (!implicit) {
        return Abandon{implicit.error()};
    }
    std::copy_n(implicit->view().begin(), m_challenge.size(), m_challenge.begin());
    m_identifier = implicit->view().back();
    if (auto question = missing(credentials)) {
        return Ask{std::move(*question)};
    }
    return answered(credentials, {});
}

TtlsInner::Step TtlsMsChapV2::answered(const Credentials& credentials, base::ByteView /*secret*/) {
    if (m_answer || m_reason || !credentials.password || credentials.username.size() > longestName) {
        return Abandon{{"tern.eap.internal", {}, "an answer to MS-CHAPv2 that cannot be used"}};
    }
    MsChapV2Challenge mine{};
    m_random.fill(mine);
    auto answer = answerMsChapV2(m_challenge, mine, credentials.username, credentials.password->view());
    if (!answer) {
        return Abandon{std::move(answer.error())};
    }
    m_answer = std::move(*answer);
    base::Bytes response{m_identifier, 0};
    base::append(response, mine);
    response.resize(response.size() + 8, 0);
    base::append(response, m_answer->ntResponse);
    Send send;
    appendAvp(send.avps, avp::userName, 0, base::toBytes(credentials.username));
    appendAvp(send.avps, avp::msChapChallenge, avp::microsoft, m_challenge);
    appendAvp(send.avps, avp::msChap2Response, avp::microsoft, response);
    return send;
}

TtlsInner::Step TtlsMsChapV2::receive(const Credentials& /*credentials*/, const std::vector<Avp>& avps) {
    const auto success = joinAvps(avps, avp::msChap2Success, avp::microsoft);
    const auto error = joinAvps(avps, avp::msChapError, avp::microsoft);
    if (!m_answer || m_isProven || (success.empty() && error.empty())) {
        return Abandon{{"tern.eap.protocol", {}, "TTLS data out of order"}};
    }
    // Both begin with the identifier.
    if (!error.empty()) {
        m_answer.reset();
        const auto said = parseMsChapV2Failure(base::ByteView(error).subspan(1));
        m_reason = said ? msChapV2Error(*said) : base::Error{"tern.eap.password", {}, "MS-CHAP-Error without a code"};
        return Refuse{*m_reason};
    }
    if (!provesServer(base::ByteView(success).subspan(1), m_answer->authenticatorResponse.view())) {
        return Abandon{{"tern.eap.server-proof", {}, "MS-CHAPv2 authenticator response does not match"}};
    }
    m_isProven = true;
    return Send{};
}

std::optional<base::Error> TtlsMsChapV2::reason() const {
    if (m_answer && !m_isProven) {
        // Servers may leave MS-CHAP-Error out and just end.
        return base::Error{"tern.eap.password", {}, "EAP-Failure after MS-CHAPv2"};
    }
    return m_reason;
}

// ---- EAP ----

TtlsInner::Step TtlsEap::begin(const Credentials& credentials, const TlsLayer& /*tls*/) {
    m_peer = std::make_unique<InnerPeer>(m_settings, credentials, m_random);
    // The server does not ask for the identity: we begin as if it had.
    constexpr std::array<std::uint8_t, 5> identityRequest{1, 0, 0, 5, 1};
    return handle(m_peer->receive(identityRequest));
}

TtlsInner::Step TtlsEap::receive(const Credentials& /*credentials*/, const std::vector<Avp>& avps) {
    const auto packet = joinAvps(avps, avp::eapMessage);
    if (packet.empty()) {
        return Abandon{{"tern.eap.protocol", {}, "TTLS without an EAP-Message"}};
    }
    return handle(m_peer->receive(packet));
}

TtlsInner::Step TtlsEap::answered(const Credentials& credentials, base::ByteView secret) {
    return handle(m_peer->answer(credentials, secret));
}

TtlsInner::Step TtlsEap::handle(InnerPeer::Turn turn) {
    std::move(turn.messages.begin(), turn.messages.end(), std::back_inserter(m_messages));
    if (turn.failure) {
        return Abandon{std::move(*turn.failure)};
    }
    if (turn.question) {
        return Ask{std::move(*turn.question)};
    }
    Send send;
    if (turn.packet) {
        appendAvp(send.avps, avp::eapMessage, 0, *turn.packet);
    }
    return send;
}

} // namespace tern::eap
