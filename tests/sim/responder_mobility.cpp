// MOBIKE, redirects and session resumption at the responder (RFC 4555, RFC 5685, RFC 5723).
#include "core/base/byte_io.h"
#include "core/crypto/prf.h"
#include "core/ike/ike_natd.h"
#include "tests/sim/responder.h"

#include <algorithm>

namespace tern::sim {

using namespace ike;

namespace {

constexpr std::uint16_t natTraversalPort = 4500;

Payload sharedAuth(const base::SecureBytes& proof) {
    return encodeAuth({static_cast<std::uint8_t>(AuthMethod::SharedKey), {proof.view().begin(), proof.view().end()}});
}

} // namespace

base::Bytes redirectData(const RedirectTarget& target, base::ByteView nonce) {
    base::ByteWriter data;
    const auto name = base::toBytes(target.name);
    const base::ByteView gateway = target.address ? target.address->bytes() : base::ByteView(name);
    data.u8(static_cast<std::uint8_t>(!target.address ? 3 : target.address->isV6() ? 2 : 1));
    data.u8(static_cast<std::uint8_t>(gateway.size()));
    data.bytes(gateway);
    data.bytes(nonce);
    return data.take();
}

// ---- in IKE_AUTH ----

void Responder::addMobility(Payloads& answer) {
    if (m_clientMobile && m_config.mobike) {
        m_mobile = true;
        answer.push_back(encodeNotify(NotifyType::MobikeSupported));
        for (const auto& address : m_config.furtherAddresses) {
            answer.push_back(encodeNotify(
                address.isV6() ? NotifyType::AdditionalIp6Address : NotifyType::AdditionalIp4Address, address.bytes()));
        }
    }
    if (m_ticketWanted && m_config.ticketLife != 0) {
        addTicket(answer);
    }
}

void Responder::addTicket(Payloads& answer) {
    const auto opaque = randomBytes(40);
    m_tickets[opaque] = Ticket{m_sa.keys.derive.clone(), m_sa.suite, m_clientIdentity};
    base::ByteWriter data;
    data.u32(m_config.ticketLife);
    data.bytes(opaque);
    answer.push_back(encodeNotify(NotifyType::TicketLtOpaque, data.view()));
}

void Responder::noteWishes(const Payloads& request) {
    m_clientMobile = m_clientMobile || findNotify(request, NotifyType::MobikeSupported);
    m_ticketWanted = m_ticketWanted || findNotify(request, NotifyType::TicketRequest);
}

// ---- in INFORMATIONAL ----

void Responder::mobilityAnswer(const Sa& sa, const Payloads& request, Payloads& answer) {
    if (findNotify(request, NotifyType::TicketRequest)) {
        addTicket(answer);
    }
    if (const auto cookie = findNotify(request, NotifyType::Cookie2)) {
        const auto echo = m_config.wrongCookie2 ? base::Bytes(16, 7) : cookie->data;
        answer.push_back(encodeNotify(NotifyType::Cookie2, echo));
    }
    if (!m_mobile) {
        return;
    }
    if (findNotify(request, NotifyType::UpdateSaAddresses)) {
        ++m_updates;
        if (m_config.refuseAddresses) {
            answer.push_back(encodeNotify(*m_config.refuseAddresses));
            return;
        }
        m_client = m_from;
    }
    if (findNotify(request, NotifyType::NatDetectionDestinationIp)) {
        const auto hash = [&sa](const base::Endpoint& end) {
            return natDetectionHash(sa.initiatorSpi, sa.responderSpi, end.address, end.port);
        };
        const auto expected = hash({m_at, natTraversalPort});
        m_destinationMatched = findNotify(request, NotifyType::NatDetectionDestinationIp)->data == expected;
        answer.push_back(encodeNotify(NotifyType::NatDetectionSourceIp, expected));
        answer.push_back(encodeNotify(NotifyType::NatDetectionDestinationIp, hash(m_from)));
    }
}

void Responder::proveAddress(base::Instant now) {
    m_cookie2 = randomBytes(24);
    request(now, m_sa, ExchangeType::Informational, {encodeNotify(NotifyType::Cookie2, m_cookie2)});
}

bool Responder::addressProven() const {
    const auto echo = m_responses.empty() ? std::nullopt : findNotify(m_responses.back(), NotifyType::Cookie2);
    return echo && echo->data == m_cookie2;
}

void Responder::redirect(base::Instant now, const RedirectTarget& target) {
    request(now, m_sa, ExchangeType::Informational, {encodeNotify(NotifyType::Redirect, redirectData(target, {}))});
}

void Responder::loseEverything() {
    m_sa = {};
    m_others.clear();
    m_theirNext.reset();
    m_sendWith = 0;
    m_sendNext = 0;
    m_children.clear();
    m_initRequest.clear();
    m_initResponse.clear();
    m_clientIdentity.clear();
    m_childRequest.clear();
    m_toDelete.clear();
    m_rekey.reset();
    m_up = false;
    m_mobile = false;
    m_clientMobile = false;
    m_ticketWanted = false;
    m_resumed.reset();
    m_ppkAgreed = false;
    m_mixed.reset();
}

// ---- resumption ----

void Responder::takeResume(const Header& header, base::ByteView datagram) {
    if (std::equal(datagram.begin(), datagram.end(), m_initRequest.begin(), m_initRequest.end())) {
        emit({false, m_initResponse});
        return;
    }
    const auto payloads = parsePayloads(header.firstPayload, datagram.subspan(headerSize));
    const auto opaque = payloads ? findNotify(*payloads, NotifyType::TicketOpaque) : std::nullopt;
    const auto nonce = payloads ? parseNonce(*payloads) : base::Result<base::Bytes>(base::fail("tern.ike.malformed"));
    if (!m_config.answersResume || !opaque || !nonce || m_sa.protection) {
        return;
    }
    ++m_resumeRequests;
    Header answerHeader;
    answerHeader.initiatorSpi = header.initiatorSpi;
    answerHeader.exchange = ExchangeType::SessionResume;
    answerHeader.flags = flagResponse;
    const auto found = m_tickets.find(opaque->data);
    Payloads response;
    if (found == m_tickets.end() || m_config.refuseTickets) {
        response = {encodeNotify(NotifyType::TicketNack)};
    } else {
        m_resumed = std::move(found->second);
        m_tickets.erase(found);
        m_nonceI = *nonce;
        m_nonceR = randomBytes(32);
        m_sa.initiatorSpi = header.initiatorSpi;
        const auto spi = randomBytes(8);
        m_sa.responderSpi = base::ByteReader(spi).u64() | 1U;
        m_sa.suite = m_resumed->suite;
        // By itself, not with the client's function: what RFC 5723 §5.1 has for SKEYSEED.
        base::SecureBytes text(std::string_view("Resumption"));
        text.append(m_nonceI);
        text.append(m_nonceR);
        const auto skeyseed = crypto::prf(m_sa.suite.prf, m_resumed->derive.view(), {text.view()});
        m_sa.keys =
            *expandIkeKeys(m_sa.suite, skeyseed.view(), {m_nonceI, m_nonceR, m_sa.initiatorSpi, m_sa.responderSpi});
        m_sa.protection.emplace(*Protection::create(m_sa.suite, m_sa.keys, false));
        m_sa.nextIncoming = 1;
        answerHeader.responderSpi = m_sa.responderSpi;
        response = {encodeNonce(m_nonceR), encodeNotify(NotifyType::NatDetectionSourceIp, base::Bytes(20, 1)),
                    encodeNotify(NotifyType::NatDetectionDestinationIp, base::Bytes(20, 2))};
        m_initRequest.assign(datagram.begin(), datagram.end());
    }
    answerHeader.firstPayload = firstType(response);
    const auto body = encodePayloads(response);
    auto octets = encodeHeader(answerHeader, body.size());
    base::append(octets, body);
    if (m_resumed) {
        m_initResponse = octets;
    }
    emit({false, std::move(octets)});
}

Payloads Responder::resumedAnswer(const Payloads& payloads) {
    const auto* proof = find(payloads, PayloadType::Auth);
    const auto& keys = m_sa.keys;
    const auto expected = crypto::prf(keys.prf, keys.proofInitiator.view(), {clientOctets()});
    if (proof == nullptr || m_clientIdentity != m_resumed->clientIdentity ||
        !base::equalConstantTime(parseAuth(*proof)->data, expected.view())) {
        return {encodeNotify(NotifyType::AuthenticationFailed)};
    }
    auto ours = crypto::prf(keys.prf, keys.proofResponder.view(), {serverOctets()});
    ours.span()[0] ^= m_config.wrongResumedAuth ? 1 : 0;
    ++m_resumptions;
    return finishAuth({encodeIdentity(PayloadType::IdResponder, Identity::fromText(m_config.name)), sharedAuth(ours)});
}

} // namespace tern::sim
