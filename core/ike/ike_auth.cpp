#include "core/ike/ike_auth.h"

#include "core/ike/notify_error.h"

namespace tern::ike {

namespace {

// 20 octets each: more would be fragments of nothing but hashes, and the server needs only the one it has.
constexpr std::size_t mostRoots = 50;

Identity localIdentity(const SessionConfig& config) {
    if (config.localIdentity) {
        return *config.localIdentity;
    }
    if (const auto* eap = std::get_if<EapAuthentication>(&config.authentication);
        eap != nullptr && !eap->username.empty()) {
        return Identity::fromText(eap->username);
    }
    const auto octets = config.localAddress.bytes();
    return {config.localAddress.isV6() ? IdType::Ipv6 : IdType::Ipv4, {octets.begin(), octets.end()}};
}

} // namespace

base::Result<void> IkeAuth::build(Context& context, Payloads& request) {
    const bool first = !m_authenticator;
    if (first) {
        m_authenticator = createAuthenticator(context);
        context.localIdentity = localIdentity(context.config);
        auto identity = encodeIdentity(PayloadType::IdInitiator, context.localIdentity);
        m_localBody = identity.body;
        request.push_back(std::move(identity));
        if (m_authenticator->wantsCertificate()) {
            request.push_back(encodeCertificateRequest(context.config.trust->certificateRequest(mostRoots)));
        }
        if (context.config.remoteIdentity) {
            request.push_back(encodeIdentity(PayloadType::IdResponder, *context.config.remoteIdentity));
        }
        request.push_back(encodeNotify(NotifyType::InitialContact));
    }
    auto built = m_authenticator->build(context, m_localBody, request);
    m_patience = m_authenticator->patience(context.config);
    return built;
}

base::Result<void> IkeAuth::takeServerIdentity(Context& context, const Payloads& response) {
    const auto* payload = find(response, PayloadType::IdResponder);
    if (payload == nullptr) {
        return base::fail("tern.ike.malformed", {}, "IKE_AUTH response without IDr");
    }
    auto identity = parseIdentity(*payload);
    if (!identity) {
        return base::fail(std::move(identity.error()));
    }
    const auto& required = context.config.remoteIdentity;
    if (required && *required != *identity) {
        return base::fail("tern.ike.auth.server-identity", {context.config.serverName, identity->text()});
    }
    m_serverBody = payload->body;
    context.peerIdentity = std::move(*identity);
    return {};
}

base::Result<Outcome> IkeAuth::process(Context& context, const Incoming& response) {
    const auto& payloads = *response.payloads;
    // Beside AUTH an error concerns the CHILD_SA only (RFC 7296 §1.2).
    if (find(payloads, PayloadType::Auth) == nullptr) {
        if (auto error = errorOf(payloads, ErrorPlace::Auth, context.config)) {
            context.peerHasClosed = true;
            // Some servers leave EAP-Failure out: the method still knows what was wrong.
            auto why = error->code == "tern.ike.auth.rejected" ? m_authenticator->refusal() : std::nullopt;
            return base::fail(why ? std::move(*why) : std::move(*error));
        }
    }
    if (m_serverBody.empty()) {
        auto taken = takeServerIdentity(context, payloads);
        if (!taken) {
            return base::fail(std::move(taken.error()));
        }
    }
    auto outcome = m_authenticator->process(context, m_serverBody, payloads);
    if (outcome && *outcome == Outcome::Done) {
        context.authenticated = true;
    }
    return outcome;
}

base::Result<Outcome> IkeAuth::answer(Context& context, const std::string& username, base::SecureBytes secret) {
    return m_authenticator->answer(context, username, std::move(secret));
}

} // namespace tern::ike
