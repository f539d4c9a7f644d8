// The server's exchanges: INFORMATIONAL and CREATE_CHILD_SA (RFC 7296 §1.3, §1.4).
#include "core/ike/ike_rekey.h"
#include "core/ike/machine.h"

#include <algorithm>

namespace tern::ike {

namespace {

constexpr base::Duration retiredLimit = std::chrono::seconds(60);

} // namespace

void Machine::respond(IkeSa& sa, const Incoming& request, const Payloads& payloads) {
    auto sent = sa.exchanges.sendResponse(request.header, payloads);
    if (!sent) {
        fail(std::move(sent.error()));
    }
}

void Machine::takeRequest(IkeSa& sa, const Incoming& request) {
    if (!request.payloads) {
        // Authentic, and yet nonsense: there is no way on with such a peer (RFC 7296 §2.21.3).
        respond(sa, request, {encodeNotify(NotifyType::InvalidSyntax)});
        flush();
        fail(request.payloads.error());
        return;
    }
    if (const auto unknown = unknownCritical(*request.payloads)) {
        respond(sa, request, {encodeNotify(NotifyType::UnsupportedCriticalPayload, base::Bytes{*unknown})});
        return;
    }
    if (request.header.exchange == ExchangeType::Informational) {
        answerInformational(sa, request);
    } else if (request.header.exchange == ExchangeType::CreateChildSa && m_state != State::Connecting) {
        answerCreateChild(sa, request);
    }
}

// Some servers delete a CHILD_SA that was idle and keep the others: it is asked for again. With the last one, the
// server means the tunnel.
void Machine::takeLoss(const ChildSa& child) {
    constexpr base::Duration pause = std::chrono::seconds(1);
    const auto another = [&child](const auto& entry) {
        return entry.first != child.inboundSpi && !entry.second.leaving;
    };
    if (!child.leaving && std::any_of(m_context.children.begin(), m_context.children.end(), another)) {
        m_context.wanted.add(child.remote);
        for (const auto& [spi, other] : m_context.children) {
            if (spi != child.inboundSpi && !other.leaving) {
                m_context.wanted.remove(other.remote); // carried all the same: the server rekeyed in its own way
            }
        }
        m_context.wanted.notBefore = m_context.now + pause;
    }
}

void Machine::answerInformational(IkeSa& sa, const Incoming& request) {
    bool ikeDeleted = false;
    DeleteData ours{ProtocolId::Esp, {}};
    for (const auto& payload : *request.payloads) {
        const auto deletion = payload.type == PayloadType::Delete
                                  ? parseDelete(payload)
                                  : base::Result<DeleteData>(base::fail("tern.ike.malformed"));
        if (!deletion) {
            continue;
        }
        ikeDeleted = ikeDeleted || deletion->protocol == ProtocolId::Ike;
        for (const auto theirSpi : deletion->spis) {
            const auto child = std::find_if(m_context.children.begin(), m_context.children.end(),
                                            [theirSpi](const auto& c) { return c.second.outboundSpi == theirSpi; });
            if (deletion->protocol == ProtocolId::Esp && child != m_context.children.end()) {
                ours.spis.push_back(child->first);
                takeLoss(child->second);
                m_context.removeChild(child->first);
            }
        }
    }
    Payloads response;
    if (!ours.spis.empty()) {
        response.push_back(encodeDelete(ours));
    }
    respond(sa, request, response);
    const auto failed = findNotify(*request.payloads, NotifyType::AuthenticationFailed);
    if ((ikeDeleted || failed) && &sa == m_context.sa.get()) {
        flush();
        m_context.peerHasClosed = true;
        fail({failed ? "tern.ike.auth.rejected" : "tern.ike.closed-by-server", {m_context.config.serverName}, {}});
    } else if (!ikeDeleted && m_state == State::Up) {
        closeIfChildless();
    } // a retired SA stays for its time: should our answer be lost, the server asks again
}

void Machine::answerCreateChild(IkeSa& sa, const Incoming& request) {
    const auto& payloads = *request.payloads;
    if (m_state == State::Closing || &sa != m_context.sa.get()) {
        respond(sa, request, {encodeNotify(NotifyType::TemporaryFailure)});
        return;
    }
    if (const auto rekey = findNotify(payloads, NotifyType::RekeySa)) {
        respond(sa, request, answerChildRekey(m_context, payloads, *rekey, rekeying()));
        return;
    }
    if (find(payloads, PayloadType::TrafficSelectorInitiator) != nullptr) {
        // One child carries all there is; a second one beside it is not wanted (RFC 7296 §1.3).
        respond(sa, request, {encodeNotify(NotifyType::NoAdditionalSas)});
        return;
    }
    if (m_active) {
        // An exchange of ours would be left behind on the old SA (RFC 7296 §2.25.2).
        respond(sa, request, {encodeNotify(NotifyType::TemporaryFailure)});
        return;
    }
    auto answer = answerIkeRekey(m_context, payloads);
    respond(sa, request, answer.payloads);
    flush();
    if (answer.next && m_state == State::Up) {
        m_context.retired = std::move(m_context.sa);
        m_context.retiredUntil = m_context.now + retiredLimit;
        m_context.sa = std::move(answer.next);
    }
}

} // namespace tern::ike
