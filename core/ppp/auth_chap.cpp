#include "core/ppp/auth_chap.h"

#include "core/eap/method_md5.h"
#include "core/eap/method_ms_chap_v2.h"
#include "core/eap/text.h"

#include <algorithm>

namespace tern::ppp {

namespace {
enum ChapCode : std::uint8_t { Challenge = 1, Response = 2, Success = 3, Failure = 4 };
constexpr unsigned mostChallenges = 20;

std::unique_ptr<eap::Method> methodFor(Method kind, base::RandomSource& random) {
    if (kind == Method::MsChapV2) {
        return std::make_unique<eap::MsChapV2Method>(random);
    }
    return std::make_unique<eap::Md5Method>();
}
} // namespace

Authenticator::Turn ChapAuthenticator::receive(base::ByteView payload) {
    const auto packet = parsePacket(payload);
    if (!packet) {
        return {};
    }
    switch (packet->code) {
    case Challenge:
        return challenge(payload, *packet);
    case Success:
        return success(payload, *packet);
    case Failure:
        return failure(payload, *packet);
    default:
        return {};
    }
}

// A server repeats its challenge while it has no answer (RFC 1994 §4.1), by the second, and asks anew as often as it
// likes (§2).
Authenticator::Turn ChapAuthenticator::challenge(base::ByteView payload, const Packet& packet) {
    Turn turn;
    if (m_method && std::equal(payload.begin(), payload.end(), m_challenge.begin(), m_challenge.end())) {
        if (!m_response.empty()) {
            turn.packets.push_back(m_response);
        }
        return turn;
    }
    if (++m_challenges > mostChallenges) {
        turn.failure = base::Error{"tern.eap.too-long", {}, "CHAP challenges without an end"};
        return turn;
    }
    m_challenge.assign(payload.begin(), payload.end());
    m_response.clear();
    m_identifier = packet.identifier;
    m_method = methodFor(m_kind, m_random);
    const bool wasAsking = m_isAsking;
    auto step = m_method->request(m_credentials, packet.identifier, m_kind == Method::MsChapV2 ? payload : packet.data);
    turn = handle(std::move(step));
    if (wasAsking && m_isAsking) {
        turn.prompts.clear(); // the question stands already
    }
    return turn;
}

Authenticator::Turn ChapAuthenticator::success(base::ByteView payload, const Packet& packet) {
    if (!m_method || m_response.empty() || packet.identifier != m_identifier) {
        return {};
    }
    if (m_kind == Method::MsChapV2) {
        // Its proof is checked; an acknowledgement is EAP's alone.
        if (auto step = m_method->request(m_credentials, packet.identifier, payload);
            std::holds_alternative<eap::Abandon>(step)) {
            return handle(std::move(step));
        }
    }
    return finish();
}

Authenticator::Turn ChapAuthenticator::finish() {
    Turn turn;
    auto keys = m_method->takeKeys();
    turn.hlak = keys.hlak.empty() ? noKey() : std::move(keys.hlak);
    m_method.reset();
    m_response.clear();
    m_challenges = 0;
    return turn;
}

Authenticator::Turn ChapAuthenticator::failure(base::ByteView payload, const Packet& packet) {
    if (!m_method || m_response.empty() || packet.identifier != m_identifier) {
        return {};
    }
    if (m_kind == Method::ChapMd5) {
        Turn turn;
        turn.failure = base::Error{"tern.eap.password", {}, "CHAP: " + eap::displayText(packet.data)};
        return turn;
    }
    auto step = m_method->request(m_credentials, packet.identifier, payload);
    if (std::holds_alternative<eap::Respond>(step)) { // EAP's acknowledgement of the end
        Turn turn;
        turn.failure = m_method->reason().value_or(base::Error{"tern.eap.refused", {}, "CHAP failure"});
        return turn;
    }
    m_response.clear();
    m_identifier = static_cast<std::uint8_t>(packet.identifier + 1); // of what answers it (RFC 2759 §7, §9.1)
    return handle(std::move(step));
}

Authenticator::Turn ChapAuthenticator::handle(eap::Step step) {
    Turn turn;
    m_isAsking = false;
    if (auto* const answer = std::get_if<eap::Respond>(&step)) {
        m_response = m_kind == Method::MsChapV2 ? std::move(answer->typeData)
                                                : buildPacket(Response, m_identifier, answer->typeData);
        turn.packets.push_back(m_response);
    } else if (auto* const question = std::get_if<eap::Ask>(&step)) {
        m_isAsking = true;
        if (question->prompt.kind == Prompt::Kind::Password && !question->prompt.retry) {
            question->prompt = promptFor(m_credentials);
        }
        turn.prompts.push_back(std::move(question->prompt));
    } else if (auto* const end = std::get_if<eap::Abandon>(&step)) {
        turn.failure = std::move(end->error);
    }
    return turn;
}

Authenticator::Turn ChapAuthenticator::answer(base::ByteView secret) {
    return m_isAsking && m_method ? handle(m_method->answered(m_credentials, secret)) : Turn{};
}

std::optional<base::Error> ChapAuthenticator::reason() const {
    return m_method ? m_method->reason() : std::nullopt;
}

} // namespace tern::ppp
