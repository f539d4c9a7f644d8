// The server's exchanges: INFORMATIONAL and CREATE_CHILD_SA (RFC 7296 §1.3, §1.4).
#include "core/ike/follow_up.h"
#include "core/ike/ike_lifetime.h"
#include "core/ike/ike_mobike.h"
#include "core/ike/ike_redirect.h"
#include "core/ike/machine.h"

#include <algorithm>

namespace tern::ike {

namespace {

// A server that closes what was just made for it does not want us.
constexpr base::Duration recreationPause = std::chrono::seconds(60);
constexpr base::Duration lossPause = std::chrono::seconds(1);
constexpr base::Duration doubtPause = std::chrono::seconds(10);

// Another one carries its traffic, or none is to.
bool isReplaced(const ChildSa& child) {
    return child.deletedBy || child.weDelete;
}

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
    switch (request.header.exchange) {
    case ExchangeType::Informational:
        answerInformational(sa, request);
        break;
    case ExchangeType::CreateChildSa:
        if (m_state != State::Connecting) {
            answerCreateChild(sa, request);
        }
        break;
    case ExchangeType::FollowupKe:
        answerFollowupKe(sa, request);
        break;
    default:
        // Nothing that a server begins.
        respond(sa, request, {encodeNotify(NotifyType::InvalidSyntax)});
        break;
    }
}

DeleteData Machine::closeNamedChildren(const Payloads& request) {
    DeleteData ours{ProtocolId::Esp, {}};
    for (const auto& payload : request) {
        if (payload.type != PayloadType::Delete) {
            continue;
        }
        const auto deletion = parseDelete(payload);
        if (!deletion || deletion->protocol != ProtocolId::Esp) {
            continue;
        }
        for (const auto theirSpi : deletion->spis) {
            const auto found = std::find_if(m_context.children.begin(), m_context.children.end(),
                                            [theirSpi](const auto& c) { return c.second.outboundSpi == theirSpi; });
            if (found == m_context.children.end()) {
                continue;
            }
            const auto child = found->second;
            if (!child.weDelete) { // both delete it at once: no answer names it (RFC 7296 §2.25.1)
                ours.spis.push_back(child.inboundSpi);
            }
            m_context.removeChild(child.inboundSpi);
            const auto* rekey = active<ChildRekey>();
            if (!isReplaced(child) && (rekey == nullptr || rekey->oldSpi() != child.inboundSpi)) {
                takeLoss(child);
            }
        }
    }
    return ours;
}

// Some servers delete a CHILD_SA that was idle: it is asked for again. With the last one the server may mean the
// tunnel: when that goes a second time, it does.
void Machine::takeLoss(const ChildSa& closed) {
    const auto inUse = [](const auto& entry) { return !entry.second.leaving; };
    const bool another = std::any_of(m_context.children.begin(), m_context.children.end(), inUse);
    const bool again = m_recreated && m_context.now - *m_recreated < recreationPause;
    if (m_state != State::Up || (!another && again)) {
        return;
    }
    m_context.wanted.add(closed.remote);
    for (const auto& [spi, other] : m_context.children) {
        if (!other.leaving) {
            m_context.wanted.remove(other.remote); // carried all the same: the server rekeyed in its own way
        }
    }
    if (another) {
        m_context.wanted.notBefore = m_context.now + lossPause;
    } else {
        m_recreated = m_context.now;
    }
}

void Machine::answerInformational(IkeSa& sa, const Incoming& request) {
    const auto& payloads = *request.payloads;
    const auto ours = closeNamedChildren(payloads);
    Payloads response;
    if (!ours.spis.empty()) {
        response.push_back(encodeDelete(ours));
    }
    answerMobility(m_context, payloads, response);
    respond(sa, request, response);
    takeAuthLifetime(m_context, payloads);
    takeSessionRedirect(m_context, payloads);
    const bool ikeDeleted = std::any_of(payloads.begin(), payloads.end(), [](const Payload& payload) {
        const auto deletion = payload.type == PayloadType::Delete
                                  ? parseDelete(payload)
                                  : base::Result<DeleteData>(base::fail("tern.ike.malformed"));
        return deletion && deletion->protocol == ProtocolId::Ike;
    });
    const bool failed = findNotify(payloads, NotifyType::AuthenticationFailed).has_value();
    if (ikeDeleted || failed) {
        serverDeletesIke(sa, failed);
        return;
    }
    if (const auto lost = findNotify(payloads, NotifyType::InvalidSpi)) {
        // The server has lost a child: replacing it finds that out and makes another.
        const auto spi = espSpi(lost->data);
        for (auto& [ourSpi, child] : m_context.children) {
            if (spi == child.outboundSpi) {
                child.rekeyAt = m_context.now;
            }
        }
    }
    queueDueWork();
    if (m_state == State::Up) {
        closeIfChildless();
    }
    runQueue();
}

void Machine::serverDeletesIke(IkeSa& sa, bool failed) {
    if (isLeaving(sa)) {
        return; // it stays for its time: should our answer be lost, the server asks again
    }
    if (&sa == m_context.theirNext.sa.get()) {
        // Made by the server while we make another, and not the one that stays.
        leave(std::move(m_context.theirNext.sa), Deletes::Server);
        m_context.theirNext = {};
        return;
    }
    if (m_context.theirNext.sa && !failed) {
        // The server has not noticed our request: the one it made stays, and ours is forgotten (RFC 7296 §2.8.2).
        sa.exchanges.abandon();
        m_active.reset();
        settleIkeRekey();
        if (m_state == State::Closing) {
            startLeaving();
        } else {
            runQueue();
        }
        return;
    }
    flush();
    m_context.peerHasClosed = true;
    fail({failed ? "tern.ike.auth.rejected" : "tern.ike.closed-by-server", {m_context.config.serverName}, {}});
}

void Machine::answerCreateChild(IkeSa& sa, const Incoming& request) {
    const auto& payloads = *request.payloads;
    const auto rekey = findNotify(payloads, NotifyType::RekeySa);
    const bool forChild = rekey || find(payloads, PayloadType::TrafficSelectorInitiator) != nullptr;
    if (m_state == State::Closing || &sa != m_context.sa.get() || (forChild && active<IkeRekey>())) {
        respond(sa, request, {encodeNotify(NotifyType::TemporaryFailure)});
    } else if (rekey) {
        respond(sa, request, answerChildRekey(m_context, payloads, *rekey, active<ChildRekey>()));
    } else if (forChild) {
        // One child carries all there is; a second one beside it is not wanted (RFC 7296 §1.3).
        respond(sa, request, {encodeNotify(NotifyType::NoAdditionalSas)});
    } else {
        answerIkeReplacement(sa, request);
    }
}

void Machine::answerIkeReplacement(IkeSa& sa, const Incoming& request) {
    const bool both = active<IkeRekey>() != nullptr;
    const bool forgettable = m_active && m_active->tasks.front()->mayBeForgotten();
    if ((both && m_context.theirNext.sa) || (m_active && !both && !forgettable)) {
        // An exchange of ours would be left behind on the old SA (RFC 7296 §2.25.2).
        respond(sa, request, {encodeNotify(NotifyType::TemporaryFailure)});
        return;
    }
    auto answer = answerIkeRekey(m_context, *request.payloads, both);
    respond(sa, request, answer.payloads);
    flush();
    if (!answer.next.sa || m_state != State::Up) {
        return;
    }
    m_context.theirNext = std::move(answer.next);
    takeTheirIkeSa(sa);
}

void Machine::takeTheirIkeSa(IkeSa& old) {
    if (active<IkeRekey>() != nullptr) {
        return; // which of the two stays is decided when ours has ended
    }
    if (m_active) { // one that may be forgotten
        old.exchanges.abandon();
        m_active.reset();
    }
    settleIkeRekey();
    runQueue();
}

void Machine::answerFollowupKe(IkeSa& sa, const Incoming& request) {
    if (m_state != State::Up || &sa != m_context.sa.get()) {
        respond(sa, request, {encodeNotify(NotifyType::StateNotFound)});
        return;
    }
    respond(sa, request, answerFollowUp(m_context, *request.payloads));
    flush();
    if (m_context.theirNext.sa && m_state == State::Up && active<IkeRekey>() == nullptr) {
        takeTheirIkeSa(sa);
    } else {
        runQueue(); // what waited for it
    }
}

// Anyone can send this (RFC 7296 §2.21.4): it is a reason to ask the server, now and then, and for nothing else.
void Machine::takeUnprotected(const Header& header, base::ByteView datagram) {
    if (m_state != State::Up || header.firstPayload != PayloadType::Notify || m_active || !m_queue.empty() ||
        (m_doubted && m_context.now - *m_doubted < doubtPause)) {
        return;
    }
    const auto payloads = parsePayloads(header.firstPayload, datagram.subspan(headerSize));
    if (!payloads) {
        return;
    }
    const auto& exchanges = m_context.sa->exchanges;
    const bool ikeLost = findNotify(*payloads, NotifyType::InvalidIkeSpi) &&
                         header.initiatorSpi == exchanges.initiatorSpi() &&
                         header.responderSpi == exchanges.responderSpi();
    const auto child = findNotify(*payloads, NotifyType::InvalidSpi);
    const auto spi = child ? espSpi(child->data) : std::nullopt;
    const bool childLost = spi && std::any_of(m_context.children.begin(), m_context.children.end(),
                                              [&spi](const auto& c) { return c.second.outboundSpi == *spi; });
    if (ikeLost || childLost) {
        m_doubted = m_context.now;
        enqueue(ExchangeType::Informational, std::make_unique<IkePath>(IkePath::Kind::Check));
        runQueue();
    }
}

} // namespace tern::ike
