// IKE_AUTH at the responder.
#include "core/base/byte_io.h"
#include "core/crypto/prf.h"
#include "core/ike/authenticator.h"
#include "tests/sim/responder.h"

namespace tern::sim {

using namespace ike;

namespace {

Payload sharedAuth(base::ByteView proof) {
    return encodeAuth({static_cast<std::uint8_t>(AuthMethod::SharedKey), {proof.begin(), proof.end()}});
}

} // namespace

base::Bytes Responder::serverOctets() const {
    auto octets = m_initResponse;
    base::append(octets, m_nonceI);
    const auto& key = m_mixed ? m_mixed->proofResponder : m_sa.keys.proofResponder;
    base::append(octets, crypto::prf(m_sa.keys.prf, key.view(), {m_serverIdentity}).view());
    base::append(octets, m_intAuth.octets());
    return octets;
}

base::Bytes Responder::clientOctets() const {
    auto octets = m_initRequest;
    base::append(octets, m_nonceR);
    const auto& key = m_mixed ? m_mixed->proofInitiator : m_sa.keys.proofInitiator;
    base::append(octets, crypto::prf(m_sa.keys.prf, key.view(), {m_clientIdentity}).view());
    base::append(octets, m_intAuth.octets());
    return octets;
}

// Without a key from EAP each end uses its own proof key (RFC 7296 §2.16).
base::ByteView Responder::eapSecret(const base::SecureBytes& proofKey) const {
    return m_eap->msk()->empty() ? proofKey.view() : m_eap->msk()->view();
}

Payloads Responder::authAnswer(const Payloads& payloads) {
    if (m_clientIdentity.empty()) {
        return firstAuth(payloads);
    }
    if (std::exchange(m_secondRound, false)) {
        return secondRound(payloads);
    }
    if (const auto* packet = find(payloads, PayloadType::Eap)) {
        ++m_eapPackets;
        const auto next = m_eap->answer(packet->body);
        return next ? Payloads{{PayloadType::Eap, *next, false}}
                    : Payloads{encodeNotify(NotifyType::AuthenticationFailed)};
    }
    const auto proof = clientProof(payloads);
    if (!proof || !m_eap->msk()) {
        return {encodeNotify(NotifyType::AuthenticationFailed)};
    }
    const auto expected = sharedSecretAuth(m_sa.keys.prf, eapSecret(m_sa.keys.proofInitiator), clientOctets());
    if (*proof != base::Bytes(expected.view().begin(), expected.view().end())) {
        return {encodeNotify(NotifyType::AuthenticationFailed)};
    }
    if (m_config.finalError) {
        return {encodeNotify(*m_config.finalError)};
    }
    auto ours = sharedSecretAuth(m_sa.keys.prf, eapSecret(m_sa.keys.proofResponder), serverOctets());
    ours.span()[0] ^= m_config.wrongFinalAuth ? 1U : 0U;
    return finishAuth({sharedAuth(ours.view())});
}

Payloads Responder::firstAuth(const Payloads& payloads) {
    const auto* identity = find(payloads, PayloadType::IdInitiator);
    if (identity == nullptr) {
        return {encodeNotify(NotifyType::InvalidSyntax)};
    }
    if (m_config.authError) {
        return {encodeNotify(*m_config.authError)};
    }
    m_clientIdentity = identity->body;
    if (const auto* request = find(payloads, PayloadType::CertificateRequest)) {
        if (const auto wanted = parseCertificate(*request)) { // laid out as a CERT
            m_authoritiesWanted = wanted->data;
        }
    }
    for (const auto type : {PayloadType::SecurityAssociation, PayloadType::TrafficSelectorInitiator,
                            PayloadType::TrafficSelectorResponder}) {
        if (const auto* payload = find(payloads, type)) {
            m_childRequest.push_back(*payload);
        }
    }
    const auto ourIdentity =
        encodeIdentity(PayloadType::IdResponder, m_config.identity.value_or(Identity::fromText(m_config.name)));
    m_serverIdentity = ourIdentity.body;
    Payloads answer{ourIdentity};
    if (m_config.extraInAuth) {
        answer.push_back(*m_config.extraInAuth);
    }
    if (m_resumed) {
        return resumedAnswer(payloads);
    }
    if (m_config.psk && !m_config.pskBeforeEap) {
        auto rest = pskAnswer(payloads);
        answer.insert(answer.end(), rest.begin(), rest.end());
        return answer;
    }
    if (m_config.clients) {
        return certificateAnswer(std::move(answer), payloads);
    }
    if (m_config.pskBeforeEap) {
        answer.push_back(
            sharedAuth(sharedSecretAuth(m_sa.keys.prf, base::toBytes(*m_config.psk), serverOctets()).view()));
    } else if (!m_config.eapWithoutAuth) {
        addProof(answer, *m_config.credentials);
    }
    if (m_config.redirectInAuth && m_config.redirectBeforeEap) {
        answer.push_back(encodeNotify(NotifyType::Redirect, redirectData(*m_config.redirectInAuth, {})));
        return answer;
    }
    answer.push_back({PayloadType::Eap, m_eap->begin(), false});
    return answer;
}

Payloads Responder::pskAnswer(const Payloads& payloads) {
    const auto proof = clientProof(payloads);
    if (!proof) {
        return {encodeNotify(NotifyType::AuthenticationFailed)};
    }
    const auto expected = sharedSecretAuth(m_sa.keys.prf, base::toBytes(*m_config.psk), clientOctets());
    if (!m_config.wrongAuth && *proof != base::Bytes(expected.view().begin(), expected.view().end())) {
        return {encodeNotify(NotifyType::AuthenticationFailed)};
    }
    auto ours = sharedSecretAuth(m_sa.keys.prf, base::toBytes(*m_config.psk), serverOctets());
    ours.span()[0] ^= m_config.wrongAuth ? 1U : 0U;
    return finishAuth({sharedAuth(ours.view())});
}

Payloads Responder::finishAuth(Payloads answer) {
    if (m_config.redirectInAuth) {
        answer.push_back(encodeNotify(NotifyType::Redirect, redirectData(*m_config.redirectInAuth, {})));
        return answer;
    }
    m_up = true;
    if (m_mixed) {
        m_sa.keys.derive = std::move(m_mixed->derive);
        answer.push_back(encodeNotify(NotifyType::PpkIdentity));
    }
    if (m_config.loginSeconds) {
        base::ByteWriter seconds;
        seconds.u32(*m_config.loginSeconds);
        answer.push_back(encodeNotify(NotifyType::AuthLifetime, seconds.view()));
    }
    addMobility(answer);
    if (!m_config.configuration.empty()) {
        answer.push_back(encodeConfiguration({ConfigurationType::Reply, m_config.configuration}));
    }
    if (m_config.childError) {
        answer.push_back(encodeNotify(*m_config.childError));
        return answer;
    }
    if (m_childRequest.empty()) {
        return answer; // without a child (RFC 6023)
    }
    const auto proposals = parseProposals(m_childRequest.at(0).body);
    const auto theirs = parseSelectors(m_childRequest.at(1));
    const auto ours = parseSelectors(m_childRequest.at(2));
    Child child;
    child.sa.inboundSpi = newSpi();
    auto selection = select(espOffer(child.sa.inboundSpi, Pfs::Without), *proposals, std::nullopt);
    if (!selection) {
        answer.push_back(encodeNotify(NotifyType::NoProposalChosen));
        return answer;
    }
    child.sa.suite = selection->suite;
    child.sa.outboundSpi = *espSpi(selection->peerSpi);
    child.sa.remote = narrow(*theirs, everything(true, true));
    child.sa.local = m_config.narrowTo.empty() ? *ours : narrow(*ours, m_config.narrowTo);
    if (!m_config.subnets.empty()) {
        child.sa.local = narrow(*ours, {m_config.subnets.front()});
    }
    if (m_config.announcesMore) {
        answer.push_back(encodeNotify(NotifyType::AdditionalTsPossible));
    }
    child.keys = *deriveChildKeys(child.sa.suite, m_sa.keys,
                                  {{}, m_nonceI, m_nonceR, child.sa.inboundSpi, child.sa.outboundSpi, false});
    base::ByteWriter spi;
    spi.u32(child.sa.inboundSpi);
    selection->answer.spi = spi.take();
    answer.push_back({PayloadType::SecurityAssociation, encodeProposals({selection->answer}), false});
    answer.push_back(encodeSelectors(PayloadType::TrafficSelectorInitiator, child.sa.remote));
    answer.push_back(encodeSelectors(PayloadType::TrafficSelectorResponder, child.sa.local));
    m_sendWith = child.sa.inboundSpi;
    m_children.emplace(child.sa.inboundSpi, std::move(child));
    return answer;
}

} // namespace tern::sim
