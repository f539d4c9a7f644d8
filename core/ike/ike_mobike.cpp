#include "core/ike/ike_mobike.h"

#include "core/ike/ike_natd.h"

#include <algorithm>

namespace tern::ike {

namespace {

constexpr std::uint16_t natTraversalPort = 4500;
constexpr std::size_t cookieSize = 16; // §4.2.5: 8 to 64 octets
constexpr std::size_t shortestCookie = 8;
constexpr std::size_t longestCookie = 64;

// A host's address that can be called at all. Whether it is reached shows when it is tried.
bool isUsable(const base::IpAddress& address) {
    return !address.isUnspecified() && !address.isLoopback() && !address.isMulticast() && !address.isLinkLocal();
}

// The whole list each time, as §3.6 has it. Nothing when the message says nothing of addresses.
std::optional<std::vector<base::IpAddress>> additionalAddresses(const Payloads& payloads) {
    std::optional<std::vector<base::IpAddress>> found;
    for (const auto& notification : notifications(payloads)) {
        const bool v4 = notification.type == NotifyType::AdditionalIp4Address;
        const bool v6 = notification.type == NotifyType::AdditionalIp6Address;
        if (notification.type == NotifyType::NoAdditionalAddresses && !found) {
            found.emplace();
        }
        if ((!v4 && !v6) || notification.data.size() != (v4 ? 4U : 16U)) {
            continue;
        }
        const auto address = base::IpAddress::fromBytes(notification.data);
        if (!found) {
            found.emplace();
        }
        if (address && isUsable(*address) && found->size() < mostPeerAddresses &&
            std::find(found->begin(), found->end(), *address) == found->end()) {
            found->push_back(*address);
        }
    }
    return found;
}

void takeAddresses(Context& context, const Payloads& payloads) {
    if (auto addresses = additionalAddresses(payloads)) {
        context.mobility.peerAddresses = std::move(*addresses);
    }
}

void addNatDetection(const Context& context, Payloads& message) {
    const auto& exchanges = context.sa->exchanges;
    const auto initiator = exchanges.initiatorSpi();
    const auto responder = exchanges.responderSpi();
    // As in IKE_SA_INIT: a source that matches nobody, so that the server goes on sending ESP in UDP.
    const base::IpAddress nowhere;
    message.push_back(
        encodeNotify(NotifyType::NatDetectionSourceIp, natDetectionHash(initiator, responder, nowhere, 0)));
    message.push_back(
        encodeNotify(NotifyType::NatDetectionDestinationIp,
                     natDetectionHash(initiator, responder, context.config.serverAddress, natTraversalPort)));
}

} // namespace

base::Result<void> IkeMobility::build(Context& context, Payloads& request) {
    if (!m_said && context.config.mobility) {
        request.push_back(encodeNotify(NotifyType::MobikeSupported));
    }
    m_said = true;
    return {};
}

base::Result<Outcome> IkeMobility::process(Context& context, const Incoming& response) {
    if (!context.authenticated) {
        return Outcome::Continue;
    }
    auto& mobility = context.mobility;
    mobility.supported = context.config.mobility && findNotify(*response.payloads, NotifyType::MobikeSupported);
    if (mobility.supported) {
        takeAddresses(context, *response.payloads);
    }
    return Outcome::Done;
}

base::Result<void> IkePath::build(Context& context, Payloads& request) {
    auto& mobility = context.mobility;
    m_move = mobility.moves;
    m_awaited = mobility.unconfirmed;
    if (m_kind == Kind::Update) {
        mobility.updatePending = false;
        request.push_back(encodeNotify(NotifyType::UpdateSaAddresses));
        if (mobility.unproven) {
            m_cookie = context.randomBytes(cookieSize);
            request.push_back(encodeNotify(NotifyType::Cookie2, m_cookie));
        }
    }
    if (mobility.supported) {
        addNatDetection(context, request);
    }
    return {};
}

base::Result<Outcome> IkePath::process(Context& context, const Incoming& response) {
    auto& mobility = context.mobility;
    const auto& payloads = *response.payloads;
    if (!m_cookie.empty()) {
        // Whoever answers without it has not seen the request where it went (§3.7): such an SA is not to be kept.
        const auto cookie = findNotify(payloads, NotifyType::Cookie2);
        if (!cookie || !base::equalConstantTime(cookie->data, m_cookie)) {
            context.peerHasClosed = true; // without a word, as the RFC says
            return base::fail("tern.ike.mobility.unproven", {context.config.serverName});
        }
    }
    if (m_move != mobility.moves) {
        return Outcome::Done; // we have moved on meanwhile: says nothing about where we are now (§3.5)
    }
    const bool refused = findNotify(payloads, NotifyType::UnacceptableAddresses) ||
                         findNotify(payloads, NotifyType::UnexpectedNatDetected);
    if (m_kind == Kind::Update && refused) {
        mobility.unconfirmed = false;
        context.emit(PathRefused{});
        return Outcome::Done;
    }
    if (m_kind == Kind::Update) {
        mobility.unproven = false;
    }
    compareMapping(context, payloads);
    return Outcome::Done;
}

// A server with MOBIKE does not follow a changed address translation by itself: we find out and tell it (§3.8).
void IkePath::compareMapping(Context& context, const Payloads& response) const {
    auto& mobility = context.mobility;
    const auto seen = findNotify(response, NotifyType::NatDetectionDestinationIp);
    if (!seen) {
        return;
    }
    const auto& exchanges = context.sa->exchanges;
    context.behindNat = seen->data != natDetectionHash(exchanges.initiatorSpi(), exchanges.responderSpi(),
                                                       context.config.localAddress, context.config.localPort);
    const bool comparable = mobility.mappingSpi == exchanges.initiatorSpi() && !mobility.mapping.empty();
    // With nothing to compare with, a change would go unnoticed: the server is told where we are, just in case.
    const bool changed = comparable ? mobility.mapping != seen->data : context.behindNat;
    mobility.mapping = seen->data;
    mobility.mappingSpi = exchanges.initiatorSpi();
    if (m_kind == Kind::Check && changed) {
        mobility.updatePending = true;
    }
}

void answerMobility(Context& context, const Payloads& request, Payloads& response) {
    if (const auto cookie = findNotify(request, NotifyType::Cookie2);
        cookie && cookie->data.size() >= shortestCookie && cookie->data.size() <= longestCookie) {
        response.push_back(encodeNotify(NotifyType::Cookie2, cookie->data));
    }
    if (!context.mobility.supported) {
        return;
    }
    takeAddresses(context, request);
    if (findNotify(request, NotifyType::NatDetectionSourceIp)) {
        addNatDetection(context, response);
    }
    if (findNotify(request, NotifyType::UpdateSaAddresses)) {
        // Only the original initiator moves an SA (§3.5).
        response.push_back(encodeNotify(NotifyType::UnacceptableAddresses));
    }
}

} // namespace tern::ike
