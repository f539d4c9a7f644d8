#include "core/ike/child_create.h"

#include "core/ike/notify_error.h"

namespace tern::ike {

base::Result<void> ChildCreate::build(Context& context, Payloads& request) {
    if (m_offer.spi != 0) {
        return {};
    }
    const auto& config = context.config;
    m_offer.spi = context.newChildSpi();
    m_offer.proposals = espProposals(m_offer.spi, Pfs::Without, config.algorithms);
    m_offer.local = everything(config.requestIpv4, config.requestIpv6);
    m_offer.remote = m_offer.local;
    addOffer(m_offer, request);
    addSelectors(m_offer, request);
    return {};
}

base::Result<Outcome> ChildCreate::process(Context& context, const Incoming& response) {
    if (!context.authenticated) {
        return Outcome::Continue;
    }
    const auto& payloads = *response.payloads;
    if (find(payloads, PayloadType::SecurityAssociation) == nullptr) {
        if (auto error = errorOf(payloads, ErrorPlace::Child, context.config)) {
            return base::fail(std::move(*error));
        }
    }
    auto child = readAnswer(context, m_offer, payloads);
    if (!child) {
        return base::fail(std::move(child.error()));
    }
    auto keys = deriveChildKeys(
        child->suite, context.sa->keys,
        {{}, context.initiatorNonce, context.responderNonce, child->inboundSpi, child->outboundSpi, true});
    if (!keys) {
        return base::fail(std::move(keys.error()));
    }
    context.emit(Established{context.serverConfiguration, ikeSuiteText(context.sa->suite), espSuiteText(child->suite),
                             context.peerIdentity, context.peerChain});
    context.addChild(std::move(*child), std::move(*keys), 0);
    return Outcome::Done;
}

} // namespace tern::ike
