#include "core/eap/inner_peer.h"

namespace tern::eap {

namespace {

std::optional<MethodType> methodOf(Inner inner) {
    switch (inner) {
    case Inner::EapMsChapV2:
        return MethodType::MsChapV2;
    case Inner::EapGtc:
        return MethodType::Gtc;
    case Inner::EapMd5:
        return MethodType::Md5;
    case Inner::EapTls:
        return MethodType::Tls;
    case Inner::Pap:
    case Inner::MsChapV2:
        break;
    }
    return std::nullopt;
}

PeerConfig configOf(const Settings& settings, const Credentials& credentials) {
    PeerConfig config;
    config.username = credentials.username;
    if (credentials.password) {
        config.password = credentials.password->clone();
    }
    config.settings.methods.clear();
    config.settings.inner.clear();
    config.settings.tls = settings.tls;
    for (const auto inner : settings.inner) {
        if (const auto method = methodOf(inner)) {
            config.settings.methods.push_back(*method);
        }
    }
    return config;
}

} // namespace

InnerPeer::InnerPeer(const Settings& settings, const Credentials& credentials, base::RandomSource& random)
    : m_peer(configOf(settings, credentials), random) {
    m_peer.setServerVerified();
}

InnerPeer::Turn InnerPeer::receive(base::ByteView packet) {
    m_peer.receive(packet);
    return turn();
}

InnerPeer::Turn InnerPeer::answer(const Credentials& credentials, base::ByteView secret) {
    m_peer.answer(credentials.username, base::SecureBytes(secret));
    return turn();
}

InnerPeer::Turn InnerPeer::turn() {
    Turn turn;
    for (auto& output : m_peer.takeOutputs()) {
        if (auto* const sent = std::get_if<SendPacket>(&output)) {
            turn.packet = std::move(sent->packet);
        } else if (auto* const prompt = std::get_if<Prompt>(&output)) {
            if (prompt->kind == Prompt::Kind::Message) {
                turn.messages.push_back(std::move(*prompt));
            } else {
                turn.question = std::move(*prompt);
            }
        } else if (auto* const success = std::get_if<Success>(&output)) {
            turn.success = std::move(*success);
        } else if (auto* const failure = std::get_if<Failure>(&output)) {
            turn.failure = std::move(failure->error);
        }
    }
    return turn;
}

} // namespace tern::eap
