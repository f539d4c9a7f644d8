#include "core/ike/ike_auth.h"

#include "core/ike/auth_certificate.h"
#include "core/ike/ike_redirect.h"
#include "core/ike/ike_resume.h"
#include "core/ike/notify_error.h"
#include "core/ike/proof.h"

#include <algorithm>
#include <limits>

namespace tern::ike {

namespace {

// 20 octets each: more would be fragments of nothing but hashes, and the server needs only the one it has.
constexpr std::size_t mostRoots = 50;

// More would be a server that never comes to an end.
constexpr unsigned mostServerProofs = 4;

// The name that may be seen: it is sent before the server is verified.
Identity userIdentity(const EapAuthentication* eap, const SessionConfig& config) {
    const auto& outer = eap != nullptr ? eap->settings.outerIdentity : std::string();
    const auto& name = eap != nullptr && outer.empty() ? eap->username : outer;
    if (!name.empty()) {
        return Identity::fromText(name);
    }
    const auto octets = config.localAddress.bytes();
    return {config.localAddress.isV6() ? IdType::Ipv6 : IdType::Ipv4, {octets.begin(), octets.end()}};
}

Identity localIdentity(const Context& context) {
    if (context.resuming) {
        return context.resuming->localIdentity;
    }
    const auto& config = context.config;
    if (config.localIdentity) {
        return *config.localIdentity;
    }
    if (std::holds_alternative<CertificateAuthentication>(config.authentication)) {
        if (auto identity = certificateIdentity(context)) {
            return std::move(*identity);
        }
    }
    const auto* eap = std::get_if<EapAuthentication>(&config.authentication);
    return userIdentity(eap, config);
}

// The authority of the last time alone, if it is still trusted: a server looks for each that is named, and a list of
// all fills two fragments.
base::Bytes wantedAuthorities(const SessionConfig& config) {
    const auto& hinted = config.hint.authority;
    if (hinted.empty()) {
        return config.trust->certificateRequest(mostRoots);
    }
    const auto all = config.trust->certificateRequest(std::numeric_limits<std::size_t>::max());
    for (std::size_t at = 0; at + hinted.size() <= all.size(); at += hinted.size()) {
        if (std::equal(hinted.begin(), hinted.end(), all.begin() + static_cast<std::ptrdiff_t>(at))) {
            return hinted;
        }
    }
    return config.trust->certificateRequest(mostRoots);
}

} // namespace

void IkeAuth::addIdentity(const Identity& identity, Payloads& request) {
    auto payload = encodeIdentity(PayloadType::IdInitiator, identity);
    m_localBody = payload.body;
    request.push_back(std::move(payload));
}

base::Result<void> IkeAuth::begin(Context& context, Payloads& request) {
    m_begun = true;
    if (!context.resuming && std::holds_alternative<CertificateAuthentication>(context.config.authentication)) {
        if (auto chosen = chooseOwnCredential(context); !chosen) {
            return chosen;
        }
    }
    m_authenticator = createAuthenticator(context);
    m_next = createSecondAuthenticator(context);
    if (m_next && !context.multipleAuthentication) {
        return base::fail("tern.ike.auth.one-method", {context.config.serverName}, "no MULTIPLE_AUTH_SUPPORTED");
    }
    context.localIdentity = localIdentity(context);
    addIdentity(context.localIdentity, request);
    if (m_authenticator->wantsCertificate()) {
        request.push_back(encodeCertificateRequest(wantedAuthorities(context.config)));
        if (context.config.certificateCheck == SessionConfig::CertificateCheck::Awaited) {
            // No responder by name: those of the authorities themselves and of their delegates are believed, which
            // need no hash (RFC 4806 §3.1).
            request.push_back(encodeCertificateRequest({}, certificateOcsp));
        }
    }
    if (context.config.remoteIdentity) {
        request.push_back(encodeIdentity(PayloadType::IdResponder, *context.config.remoteIdentity));
    }
    if (context.config.initialContact) {
        request.push_back(encodeNotify(NotifyType::InitialContact));
    }
    if (context.multipleAuthentication) {
        request.push_back(encodeNotify(NotifyType::MultipleAuthSupported));
    }
    return {};
}

base::Result<void> IkeAuth::build(Context& context, Payloads& request) {
    const bool first = !m_begun;
    if (first) {
        mixInPpk(context);
        if (auto begun = begin(context, request); !begun) {
            return begun;
        }
    } else if (m_roundBegins) {
        addIdentity(userIdentity(eapAuthentication(context.config), context.config), request);
    }
    m_roundBegins = false;
    if (!m_authenticator) {
        return {}; // an empty request, for the server's next proof
    }
    auto built = m_authenticator->build(context, m_localBody, request);
    if (first && m_next) {
        request.push_back(encodeNotify(NotifyType::AnotherAuthFollows));
    }
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
    // What a server adds under another name later does not change who it is.
    const auto& required = context.config.remoteIdentity;
    const bool first = m_serverBody.empty();
    if (first && required && *required != *identity) {
        return base::fail("tern.ike.auth.server-identity", {context.config.serverName, identity->text()});
    }
    m_serverBody = payload->body;
    if (first) {
        context.peerIdentity = std::move(*identity);
    }
    return {};
}

base::Result<Outcome> IkeAuth::process(Context& context, const Incoming& response) {
    const auto& payloads = *response.payloads;
    // Beside AUTH an error concerns the CHILD_SA only (RFC 7296 §1.2).
    if (find(payloads, PayloadType::Auth) == nullptr) {
        if (auto error = errorOf(payloads, ErrorPlace::Auth, context.config)) {
            context.peerHasClosed = true;
            // Some servers leave EAP-Failure out: the method still knows what was wrong.
            auto why =
                error->code == "tern.ike.auth.rejected" && m_authenticator ? m_authenticator->refusal() : std::nullopt;
            const bool proofWrong = error->code == "tern.ike.auth.rejected" || error->code == "tern.ike.auth.psk";
            if (!why && context.ppkKeys && proofWrong) {
                // The key of RFC 8784 is proven together with the rest: a server cannot say which of them was wrong.
                why = base::Error{"tern.ike.ppk.rejected", {context.config.serverName}, context.config.ppk->id};
            }
            return base::fail(why ? std::move(*why) : std::move(*error));
        }
    }
    notePpk(context, payloads);
    if (auto taken = takeServerProofs(context, payloads); !taken) {
        return base::fail(std::move(taken.error()));
    }
    if (!m_authenticator) {
        return roundDone(context, payloads);
    }
    auto outcome = m_authenticator->process(context, m_serverBody, payloads);
    if (outcome && *outcome == Outcome::Done) {
        return roundDone(context, payloads);
    }
    return outcome;
}

// Before our own round sees the answer: the server's identity, and what it proves beyond that round (RFC 4739 §2).
base::Result<void> IkeAuth::takeServerProofs(Context& context, const Payloads& response) {
    const bool first = m_serverBody.empty();
    const bool another = m_serverFollows && find(response, PayloadType::IdResponder) != nullptr;
    if (first || another) {
        if (auto taken = takeServerIdentity(context, response); !taken) {
            return taken;
        }
    }
    if (another) {
        if (auto verified = verifyServerSignature(context, m_serverBody, response); !verified) {
            return verified;
        }
        m_serverFollows = false;
    } else if (m_serverFollows && !m_authenticator) {
        return base::fail("tern.ike.auth.server-unproven", {context.config.serverName},
                          "ANOTHER_AUTH_FOLLOWS, but it does not");
    }
    if (find(response, PayloadType::Auth) != nullptr && findNotify(response, NotifyType::AnotherAuthFollows)) {
        if (!context.multipleAuthentication || ++m_serverProofs > mostServerProofs) {
            return base::fail("tern.ike.malformed", {}, "ANOTHER_AUTH_FOLLOWS");
        }
        m_serverFollows = true;
    }
    return {};
}

base::Result<Outcome> IkeAuth::roundDone(Context& context, const Payloads& response) {
    m_authenticator = std::move(m_next);
    m_patience = {};
    m_roundBegins = m_authenticator != nullptr;
    if (m_authenticator) {
        if (auto redirect = takeAuthRedirect(context, response); !redirect || *redirect == Outcome::Redirected) {
            return redirect;
        }
        context.emit(Progress{Stage::Authenticating});
        return Outcome::Continue;
    }
    if (m_serverFollows && find(response, PayloadType::SecurityAssociation) != nullptr) {
        return base::fail("tern.ike.auth.server-unproven", {context.config.serverName},
                          "an end before the other proof");
    }
    if (m_serverFollows) {
        return Outcome::Continue;
    }
    if (auto settled = settlePpk(context); !settled) {
        return base::fail(std::move(settled.error()));
    }
    context.authenticated = true;
    return Outcome::Done;
}

base::Result<Outcome> IkeAuth::answer(Context& context, const std::string& username, base::SecureBytes secret) {
    // Only an authenticator asks.
    return m_authenticator->answer(context, username, std::move(secret));
}

} // namespace tern::ike
