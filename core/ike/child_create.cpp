#include "core/ike/child_create.h"

#include "core/ike/notify_error.h"

#include <algorithm>

namespace tern::ike {

namespace {

bool hasFamily(const ServerConfiguration& configuration, bool v6) {
    return std::any_of(configuration.addresses.begin(), configuration.addresses.end(),
                       [v6](const base::IpPrefix& prefix) { return prefix.address.isV6() == v6; });
}

// The networks that we know are behind the server: by the profile, and by its own word (RFC 7296 §3.15.2).
Selectors knownSubnets(const Context& context) {
    Selectors subnets;
    for (const auto* list : {&context.config.remoteSubnets, &context.serverConfiguration.subnets}) {
        for (const auto& subnet : *list) {
            if (hasFamily(context.serverConfiguration, subnet.address.isV6())) {
                subnets.push_back(selectorOf(subnet));
            }
        }
    }
    return subnets;
}

} // namespace

base::Result<void> ChildCreate::build(Context& context, Payloads& request) {
    const auto& config = context.config;
    if (m_offer.spi != 0 || (config.childless && context.childlessAllowed)) {
        return {};
    }
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
    const bool without = find(payloads, PayloadType::SecurityAssociation) == nullptr;
    if (without && context.childlessAllowed) {
        // Left out by us, or refused by a server that wants its children made afterwards (RFC 6023).
        if (findError(payloads)) {
            context.childError = errorOf(payloads, ErrorPlace::Child, context.config);
        }
        const auto& addresses = context.serverConfiguration;
        context.wanted.add(everything(hasFamily(addresses, false), hasFamily(addresses, true)));
        return Outcome::Done;
    }
    if (without && findError(payloads)) {
        return refused(context, payloads);
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
    context.announceEstablished(child->suite);
    wantTheRest(context, *child, payloads);
    context.addChild(std::move(*child), std::move(*keys), 0);
    return Outcome::Done;
}

// The IKE SA is up without a CHILD_SA (RFC 7296 §1.2). A server that found our selectors too wide or too many may take
// others, now that there is an address to name.
base::Result<Outcome> ChildCreate::refused(Context& context, const Payloads& payloads) const {
    auto error = errorOf(payloads, ErrorPlace::Child, context.config);
    const bool narrower = findNotify(payloads, NotifyType::TsUnacceptable).has_value();
    const bool single = findNotify(payloads, NotifyType::SinglePairRequired).has_value();
    if (!narrower && !single) {
        return base::fail(std::move(*error));
    }
    const auto& addresses = context.serverConfiguration;
    auto wanted = knownSubnets(context);
    if (wanted.empty()) {
        wanted = everything(hasFamily(addresses, false), hasFamily(addresses, true));
    }
    if (single) {
        context.wanted.takeSingly();
    }
    context.wanted.add(wanted);
    context.childError = std::move(error);
    return Outcome::Done;
}

void ChildCreate::wantTheRest(Context& context, const ChildSa& child, const Payloads& payloads) const {
    const auto& configuration = context.serverConfiguration;
    if (findNotify(payloads, NotifyType::AdditionalTsPossible)) {
        // It took part of what we offered and would take more, in CHILD_SAs of their own (RFC 7296 §2.9).
        context.wanted.add(everything(hasFamily(configuration, false), hasFamily(configuration, true)));
    }
    context.wanted.add(knownSubnets(context));
    for (const bool v6 : {false, true}) {
        const bool covered = std::any_of(child.remote.begin(), child.remote.end(),
                                         [v6](const TrafficSelector& selector) { return selector.first.isV6() == v6; });
        if (!covered && hasFamily(configuration, v6)) {
            context.wanted.add(everything(!v6, v6)); // an address of a family that this CHILD_SA does not carry
        }
    }
    context.wanted.remove(child.remote);
}

} // namespace tern::ike
