#include "core/ppp/auth_eap.h"

#include "core/eap/packet.h"

namespace tern::ppp {

namespace {
// The first half of the MSK, as servers take it from RADIUS, where a method (TTLS) has no rule of its own.
base::SecureBytes hlakOf(eap::Success& success) {
    auto hlak = noKey();
    if (!success.hlak.empty()) {
        hlak = std::move(success.hlak);
    } else if (success.msk.size() >= hlak.size()) {
        hlak = base::SecureBytes(success.msk.view().first(hlak.size()));
    }
    return hlak;
}
} // namespace

EapAuthenticator::EapAuthenticator(const SessionConfig& config, const eap::Credentials& credentials,
                                   base::RandomSource& random)
    : m_config(config)
    , m_credentials(credentials)
    , m_random(random)
    , m_peer(freshPeer()) {}

std::unique_ptr<eap::Peer> EapAuthenticator::freshPeer() const {
    eap::PeerConfig config;
    config.username = m_credentials.username;
    if (m_credentials.password) {
        config.password = m_credentials.password->clone();
    }
    config.settings = m_config.eap;
    auto peer = std::make_unique<eap::Peer>(std::move(config), m_random);
    if (m_config.serverVerified) {
        peer->setServerVerified();
    }
    return peer;
}

Authenticator::Turn EapAuthenticator::receive(base::ByteView payload) {
    const auto packet = eap::parsePacket(payload);
    if (!packet) {
        return {};
    }
    if (m_peer->isFinished() && packet->code == eap::Code::Request) {
        m_peer = freshPeer(); // we are asked once more (RFC 3748 §2.2)
    }
    m_peer->receive(payload);
    m_mayTakeLong = packet->type != eap::type::identity;
    return turn();
}

Authenticator::Turn EapAuthenticator::letIn() {
    m_peer->letIn();
    return turn();
}

Authenticator::Turn EapAuthenticator::answer(base::ByteView secret) {
    // An empty name keeps the one it has; the session has put the typed one into the credentials.
    m_peer->answer(m_credentials.username, base::SecureBytes(secret));
    return turn();
}

Authenticator::Turn EapAuthenticator::turn() {
    Turn turn;
    for (auto& output : m_peer->takeOutputs()) {
        if (auto* const send = std::get_if<eap::SendPacket>(&output)) {
            turn.packets.push_back(std::move(send->packet));
        } else if (auto* const prompt = std::get_if<eap::Prompt>(&output)) {
            turn.prompts.push_back(std::move(*prompt));
        } else if (auto* const success = std::get_if<eap::Success>(&output)) {
            turn.hlak = hlakOf(*success);
        } else if (auto* const failure = std::get_if<eap::Failure>(&output)) {
            turn.failure = std::move(failure->error);
        }
    }
    return turn;
}

} // namespace tern::ppp
