#include "core/ike/auth_eap.h"

#include "core/ike/ike_redirect.h"
#include "core/ike/proof.h"

namespace tern::ike {

namespace {

eap::PeerConfig peerConfig(Context& context) {
    auto& authentication = *eapAuthentication(context.config);
    eap::PeerConfig config;
    config.username = authentication.username;
    if (authentication.password) {
        config.password = std::move(*authentication.password);
        authentication.password.reset();
    }
    config.settings = authentication.settings;
    return config;
}

Prompt::Kind promptKind(eap::Prompt::Kind kind) {
    switch (kind) {
    case eap::Prompt::Kind::Password:
        return Prompt::Kind::Password;
    case eap::Prompt::Kind::Credentials:
        return Prompt::Kind::Credentials;
    case eap::Prompt::Kind::Code:
        return Prompt::Kind::Code;
    case eap::Prompt::Kind::NewPassword:
        return Prompt::Kind::NewPassword;
    case eap::Prompt::Kind::Message:
        break;
    }
    return Prompt::Kind::Message;
}

// RFC 3748 §4: code, identifier, length, and in requests and responses a type.
bool isIdentityRequest(const base::Bytes& packet) {
    constexpr std::uint8_t request = 1;
    constexpr std::uint8_t identity = 1;
    return packet.size() >= 5 && packet[0] == request && packet[4] == identity;
}

} // namespace

EapAuthenticator::EapAuthenticator(Context& context, Server server)
    : m_peer(peerConfig(context), context.random) {
    if (server == Server::Verified) {
        m_peer.setServerVerified();
        m_step = Step::Eap;
    }
}

base::Result<void> EapAuthenticator::build(Context& context, base::ByteView identity, Payloads& request) {
    if (m_msk) {
        m_step = Step::Proof;
        const auto& keys = context.sa->keys;
        return addProof(context, identity, request, proveWith(keys.prf, secret(keys.proofInitiator)));
    } else if (!m_packet.empty()) {
        request.push_back({PayloadType::Eap, std::exchange(m_packet, {}), false});
    }
    return {};
}

base::Result<Outcome> EapAuthenticator::process(Context& context, base::ByteView identity, const Payloads& response) {
    if (m_step == Step::Proof) {
        return verifyProof(context, identity, response);
    }
    if (m_step == Step::Start) {
        auto verified = verifyServerSignature(context, identity, response);
        if (!verified) {
            return base::fail(std::move(verified.error()));
        }
        if (auto redirect = takeAuthRedirect(context, response); !redirect || *redirect == Outcome::Redirected) {
            return redirect;
        }
        m_peer.setServerVerified();
        m_step = Step::Eap;
        context.emit(Progress{Stage::Authenticating});
    }
    const auto* packet = find(response, PayloadType::Eap);
    if (packet == nullptr) {
        return base::fail("tern.ike.auth.no-eap", {context.config.serverName});
    }
    m_mayTakeLong = !isIdentityRequest(packet->body);
    m_peer.receive(packet->body);
    return runEap(context);
}

base::Result<Outcome> EapAuthenticator::runEap(Context& context) {
    auto outcome = Outcome::Continue;
    for (auto& output : m_peer.takeOutputs()) {
        if (auto* send = std::get_if<eap::SendPacket>(&output)) {
            m_packet = std::move(send->packet);
        } else if (auto* prompt = std::get_if<eap::Prompt>(&output)) {
            context.emit(Prompt{promptKind(prompt->kind), std::move(prompt->text), prompt->retry});
        } else if (auto* success = std::get_if<eap::Success>(&output)) {
            m_msk = std::move(success->msk);
            context.emit(Progress{Stage::Configuring});
        } else if (auto* failure = std::get_if<eap::Failure>(&output)) {
            return base::fail(std::move(failure->error));
        }
    }
    if (m_peer.isWaitingForUser()) {
        outcome = Outcome::WaitForUser;
    } else if (m_packet.empty() && !m_msk) {
        return base::fail("tern.ike.auth.no-eap", {context.config.serverName}, "an EAP packet that needs no answer");
    }
    return outcome;
}

base::Result<Outcome> EapAuthenticator::verifyProof(Context& context, base::ByteView identity,
                                                    const Payloads& response) const {
    const auto* payload = find(response, PayloadType::Auth);
    if (payload == nullptr) {
        return base::fail("tern.ike.auth.server-unproven", {context.config.serverName}, "no AUTH after EAP");
    }
    const auto auth = parseAuth(*payload);
    if (!auth) {
        return base::fail(auth.error());
    }
    const auto& keys = context.sa->keys;
    const auto expected = sharedSecretAuth(keys.prf, secret(keys.proofResponder), responderOctets(context, identity));
    if (auth->method != static_cast<std::uint8_t>(AuthMethod::SharedKey) ||
        !base::equalConstantTime(expected.view(), auth->data)) {
        return base::fail("tern.ike.auth.server-unproven", {context.config.serverName}, "AUTH from the MSK");
    }
    return Outcome::Done;
}

// With a method that makes no key, each end's own proof key stands in for it (RFC 7296 §2.16).
base::ByteView EapAuthenticator::secret(const base::SecureBytes& proofKey) const {
    return m_msk->empty() ? proofKey.view() : m_msk->view();
}

base::Result<Outcome> EapAuthenticator::answer(Context& context, const std::string& username,
                                               base::SecureBytes secret) {
    m_peer.answer(username, std::move(secret));
    return runEap(context);
}

base::Duration EapAuthenticator::patience(const SessionConfig& config) const {
    // Behind a method's answer a person may be asked for a second factor on another device.
    return m_mayTakeLong && m_step == Step::Eap && !m_peer.reason() ? config.timers.secondFactorWait : base::Duration{};
}

} // namespace tern::ike
