#include "core/ike/ike_init.h"

#include "core/base/byte_io.h"
#include "core/crypto/signature.h"
#include "core/ike/hybrid.h"
#include "core/ike/ike_redirect.h"
#include "core/ike/notify_error.h"
#include "core/ike/proof.h"

#include <algorithm>

namespace tern::ike {

namespace {

constexpr std::size_t longestCookie = 64; // RFC 7296 §3.10.1
constexpr unsigned mostRestarts = 5;

// What the server says here about how we may prove ourselves in IKE_AUTH.
void takeAuthenticationHints(Context& context, const Payloads& payloads) {
    context.multipleAuthentication = findNotify(payloads, NotifyType::MultipleAuthSupported).has_value();
    context.peerHashes.clear();
    if (const auto hashes = findNotify(payloads, NotifyType::SignatureHashAlgorithms)) {
        base::ByteReader reader(hashes->data);
        while (reader.remaining() >= 2) {
            context.peerHashes.push_back(reader.u16());
        }
    }
    context.certificateRequest.clear();
    for (const auto& payload : payloads) {
        if (payload.type == PayloadType::CertificateRequest) {
            const auto request = parseCertificate(payload); // laid out as a CERT
            if (request && request->encoding == certificateX509) {
                base::append(context.certificateRequest, request->data);
            }
        }
    }
}

} // namespace

base::Result<void> IkeInit::build(Context& context, Payloads& request) {
    if (m_offered.empty()) {
        const auto& algorithms = context.config.algorithms;
        if (algorithms.postQuantum == PostQuantum::Required && additionalGroups(algorithms).empty()) {
            return base::fail("tern.ike.post-quantum.unavailable");
        }
        m_offered = ikeProposals(context.config.algorithms);
        context.initiatorNonce = context.randomBytes(ourNonceSize);
        context.sa->exchanges.setSpis(context.newIkeSpi(), 0, true);
    }
    if (!m_keyExchange) {
        auto created = crypto::KeyExchange::create(static_cast<std::uint16_t>(firstGroup(context.config)));
        if (!created) {
            return base::fail(std::move(created.error()));
        }
        m_keyExchange = std::move(*created);
    }
    if (!m_cookie.empty()) {
        request.push_back(encodeNotify(NotifyType::Cookie, m_cookie));
    }
    request.push_back({PayloadType::SecurityAssociation, encodeProposals(m_offered), false});
    request.push_back(encodeKeyExchange({m_keyExchange->group(), m_keyExchange->publicValue()}));
    request.push_back(encodeNonce(context.initiatorNonce));
    if (!additionalGroups(context.config.algorithms).empty()) {
        request.push_back(encodeNotify(NotifyType::IntermediateExchangeSupported));
    }
    if (context.config.ppk) {
        request.push_back(encodeNotify(NotifyType::UsePpk));
    }
    request.push_back(redirectSupport(context.config));
    request.push_back(encodeNotify(NotifyType::FragmentationSupported));
    request.push_back(encodeNotify(NotifyType::SignatureHashAlgorithms, crypto::signatureHashAlgorithms()));
    return {};
}

// The one the server took the last time spares the round trip that INVALID_KE_PAYLOAD costs.
GroupId IkeInit::firstGroup(const SessionConfig& config) const {
    const auto groups = groupsOf(m_offered);
    const auto hinted = std::ranges::find(groups, static_cast<GroupId>(config.hint.group));
    return hinted != groups.end() ? *hinted : groups.front();
}

base::Result<Outcome> IkeInit::restart(const Context& context) {
    if (++m_restarts > mostRestarts) {
        return base::fail("tern.ike.restarts", {context.config.serverName});
    }
    return Outcome::Restart;
}

base::Result<Outcome> IkeInit::changeGroup(const Context& context, const Notification& notification) {
    base::ByteReader reader(notification.data);
    const auto wanted = reader.u16();
    if (wanted == m_keyExchange->group()) {
        return Outcome::Ignore; // on its way twice
    }
    const auto groups = groupsOf(m_offered);
    // Only a group of our own list, and only once: else anyone on the path could choose a weak one for us
    // (RFC 7296 §2.7), or have us run in circles.
    const bool ours = std::find(groups.begin(), groups.end(), static_cast<GroupId>(wanted)) != groups.end();
    if (reader.failed() || !ours || m_groupChanged) {
        return base::fail("tern.ike.key-group", {context.config.serverName}, "group " + std::to_string(wanted));
    }
    auto created = crypto::KeyExchange::create(wanted);
    if (!created) {
        return base::fail(std::move(created.error()));
    }
    m_keyExchange = std::move(*created);
    m_groupChanged = true;
    return restart(context);
}

base::Result<Outcome> IkeInit::process(Context& context, const Incoming& response) {
    const auto& payloads = *response.payloads;
    if (const auto cookie = findNotify(payloads, NotifyType::Cookie)) {
        // All messages of this exchange have the id 0: a cookie we sent already is an answer that was on its way twice.
        if (cookie->data.empty() || cookie->data.size() > longestCookie || cookie->data == m_cookie) {
            return Outcome::Ignore;
        }
        m_cookie = cookie->data;
        return restart(context);
    }
    if (const auto redirect = findNotify(payloads, NotifyType::Redirect)) {
        return takeInitRedirect(context, *redirect);
    }
    if (const auto wrongGroup = findNotify(payloads, NotifyType::InvalidKePayload)) {
        return changeGroup(context, *wrongGroup);
    }
    if (auto error = errorOf(payloads, ErrorPlace::Init, context.config)) {
        if (error->code == "tern.ike.proposal" && context.config.algorithms.postQuantum == PostQuantum::Required) {
            return base::fail("tern.ike.post-quantum.unsupported", {context.config.serverName}, error->detail);
        }
        return base::fail(std::move(*error));
    }
    auto agreed = agree(context, response);
    if (!agreed && agreed.error().code == "tern.ike.malformed") {
        // Nothing protects this exchange: what makes no sense may be anybody's, and the true answer may still come.
        return Outcome::Ignore;
    }
    if (!agreed) {
        return base::fail(std::move(agreed.error()));
    }
    return Outcome::Done;
}

base::Result<void> IkeInit::agree(Context& context, const Incoming& response) {
    const auto& payloads = *response.payloads;
    const auto* saPayload = find(payloads, PayloadType::SecurityAssociation);
    const auto* kePayload = find(payloads, PayloadType::KeyExchange);
    if (saPayload == nullptr || kePayload == nullptr || response.header.responderSpi == 0) {
        return base::fail("tern.ike.malformed", {}, "IKE_SA_INIT response without SA, KE or SPI");
    }
    const auto answer = parseProposals(saPayload->body);
    const auto keyExchange = parseKeyExchange(*kePayload);
    auto nonce = parseNonce(payloads);
    if (!answer || !keyExchange || !nonce) {
        return base::fail("tern.ike.malformed", {}, "IKE_SA_INIT response");
    }
    const auto suite = checkChoice(m_offered, *answer);
    if (!suite) {
        return base::fail(suite.error());
    }
    if (keyExchange->group != m_keyExchange->group() || suite->group != static_cast<GroupId>(keyExchange->group)) {
        return base::fail("tern.ike.proposal.unoffered", {context.config.serverName},
                          "KE of group " + std::to_string(keyExchange->group));
    }
    const auto shared = m_keyExchange->sharedSecret(keyExchange->value);
    if (!shared) {
        return base::fail(shared.error());
    }
    if (!suite->additional.empty() && !findNotify(payloads, NotifyType::IntermediateExchangeSupported)) {
        return base::fail("tern.ike.proposal.unoffered", {context.config.serverName},
                          "additional key exchanges without IKE_INTERMEDIATE");
    }
    auto ppk = agreePpk(context, payloads);
    if (!ppk) {
        return ppk;
    }
    auto& sa = *context.sa;
    const auto initiatorSpi = response.header.initiatorSpi;
    const auto responderSpi = response.header.responderSpi;
    auto keys = deriveIkeKeys(*suite, shared->view(), {context.initiatorNonce, *nonce, initiatorSpi, responderSpi});
    if (!keys) {
        return base::fail(std::move(keys.error()));
    }
    auto protection = Protection::create(*suite, *keys, true);
    if (!protection) {
        return base::fail(std::move(protection.error()));
    }
    takeAuthenticationHints(context, payloads);
    context.responderNonce = std::move(*nonce);
    context.initRequest = sa.exchanges.requestDatagram();
    context.initResponse = response.raw;
    sa.keys = std::move(*keys);
    sa.suite = *suite;
    context.learnt.group = keyExchange->group;
    sa.postQuantum = postQuantumSecrets(*suite);
    sa.exchanges.setSpis(initiatorSpi, responderSpi, true);
    sa.exchanges.protect(std::move(*protection));
    context.childlessAllowed = findNotify(payloads, NotifyType::ChildlessSupported).has_value();
    if (findNotify(payloads, NotifyType::FragmentationSupported)) {
        sa.exchanges.allowFragments();
    }
    return {};
}

} // namespace tern::ike
