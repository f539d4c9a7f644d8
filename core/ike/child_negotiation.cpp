#include "core/ike/child_negotiation.h"

#include "core/ike/hybrid.h"

#include <algorithm>

namespace tern::ike {

Algorithms rekeyAlgorithms(const Context& context) {
    return context.sa->suite.additional.empty() ? withoutAdditional(context.config.algorithms)
                                                : context.config.algorithms;
}

Pfs pfsFor(const Context& context) {
    const auto& wanted = context.config.algorithms.esp;
    const bool none = !wanted.empty() && wanted.front().group == GroupId::None;
    return none || context.serverWithoutPfs ? Pfs::Without : Pfs::Preferred;
}

GroupId likelyGroup(const Context& context, const Proposals& proposals) {
    const auto groups = groupsOf(proposals);
    const auto known = context.sa->suite.group;
    return std::find(groups.begin(), groups.end(), known) != groups.end() ? known : groups.front();
}

void addOffer(const ChildOffer& offer, Payloads& request) {
    request.push_back({PayloadType::SecurityAssociation, encodeProposals(offer.proposals), false});
}

void addSelectors(const ChildOffer& offer, Payloads& request) {
    request.push_back(encodeSelectors(PayloadType::TrafficSelectorInitiator, offer.local));
    request.push_back(encodeSelectors(PayloadType::TrafficSelectorResponder, offer.remote));
    // The data path neither sends nor strips traffic flow confidentiality padding (RFC 7296 §3.10.1).
    request.push_back(encodeNotify(NotifyType::EspTfcPaddingNotSupported));
}

base::Result<ChildSa> readAnswer(const Context& context, const ChildOffer& offer, const Payloads& response) {
    const auto* saPayload = find(response, PayloadType::SecurityAssociation);
    const auto* tsiPayload = find(response, PayloadType::TrafficSelectorInitiator);
    const auto* tsrPayload = find(response, PayloadType::TrafficSelectorResponder);
    if (saPayload == nullptr || tsiPayload == nullptr || tsrPayload == nullptr) {
        return base::fail("tern.ike.malformed", {}, "an answer about a CHILD_SA without SA, TSi or TSr");
    }
    const auto answer = parseProposals(saPayload->body);
    const auto local = parseSelectors(*tsiPayload);
    const auto remote = parseSelectors(*tsrPayload);
    if (!answer || !local || !remote) {
        return base::fail("tern.ike.malformed", {}, "SA, TSi or TSr");
    }
    const auto suite = checkChoice(offer.proposals, *answer);
    if (!suite) {
        return base::fail(suite.error());
    }
    const auto spi = espSpi(answer->front().spi);
    if (!spi) {
        return base::fail("tern.ike.malformed", {}, "SPI of the CHILD_SA");
    }
    ChildSa child;
    child.inboundSpi = offer.spi;
    child.outboundSpi = *spi;
    child.suite = *suite;
    // The server may narrow, not widen.
    child.local = narrow(*local, offer.local);
    child.remote = narrow(*remote, offer.remote);
    if (child.local.empty() || child.remote.empty()) {
        return base::fail("tern.ike.child.selectors", {context.config.serverName}, "selectors outside the proposal");
    }
    return child;
}

} // namespace tern::ike
