#include "tests/sim/responder.h"

#include "core/base/byte_io.h"
#include "core/crypto/prf.h"

#include <algorithm>

namespace tern::sim {

using namespace ike;

namespace {

constexpr base::Duration retransmitAfter = std::chrono::milliseconds(700);

} // namespace

Responder::Responder(ResponderConfig config, base::RandomSource& random)
    : m_config(std::move(config))
    , m_random(random)
    , m_eap(m_config.eapServer ? m_config.eapServer(random)
                               : std::make_unique<EapServer>(m_config.user, m_config.password, random)) {}

base::Bytes Responder::randomBytes(std::size_t count) {
    base::Bytes octets(count);
    m_random.fill(octets);
    return octets;
}

std::uint32_t Responder::newSpi() {
    const auto octets = randomBytes(4);
    return base::ByteReader(octets).u32() | 0x100U;
}

// ---- transport ----

void Responder::send(const std::vector<base::Bytes>& datagrams, bool natPort) {
    for (const auto& datagram : datagrams) {
        emit({natPort, datagram});
    }
}

// Answers go where the request came from, all else to where the SA is.
void Responder::emit(Datagram datagram) {
    datagram.client = m_answering ? m_from : m_client;
    datagram.server = m_at;
    m_datagrams.push_back(std::move(datagram));
}

std::vector<base::Bytes> Responder::encode(Sa& sa, ExchangeType type, std::uint32_t id, bool response,
                                           const Payloads& payloads) {
    Header header;
    header.initiatorSpi = sa.initiatorSpi;
    header.responderSpi = sa.responderSpi;
    header.exchange = type;
    header.flags = static_cast<std::uint8_t>((sa.weInitiated ? flagInitiator : 0U) | (response ? flagResponse : 0U));
    header.messageId = id;
    header.firstPayload = firstType(payloads);
    auto changed = payloads;
    if (m_config.changeSealed) {
        m_config.changeSealed(changed, response);
        header.firstPayload = firstType(changed);
    }
    const auto body = encodePayloads(changed);
    if (!m_config.fragments || body.size() <= m_config.fragmentSize) {
        return {*sa.protection->seal(header, body, std::nullopt, m_random)};
    }
    std::vector<base::Bytes> datagrams;
    const auto total = (body.size() + m_config.fragmentSize - 1) / m_config.fragmentSize;
    for (std::size_t i = 0; i < total; ++i) {
        const auto offset = i * m_config.fragmentSize;
        const auto part = base::ByteView(body).subspan(offset, std::min(m_config.fragmentSize, body.size() - offset));
        datagrams.push_back(*sa.protection->seal(
            header, part, FragmentPlace{static_cast<std::uint16_t>(i + 1), static_cast<std::uint16_t>(total)},
            m_random));
    }
    return datagrams;
}

void Responder::answer(Sa& sa, const Header& request, const Payloads& payloads) {
    if (m_answers++ >= m_config.silentAfter) {
        return;
    }
    sa.lastAnswer = encode(sa, request.exchange, request.messageId, true, payloads);
    sa.nextIncoming = request.messageId + 1;
    m_answering = true;
    send(sa.lastAnswer, true);
    m_answering = false;
}

void Responder::request(base::Instant now, Sa& sa, ExchangeType type, const Payloads& payloads) {
    sa.own = Request{type, sa.nextOwn, encode(sa, type, sa.nextOwn, false, payloads), now + retransmitAfter, 1};
    send(sa.own->datagrams, true);
}

std::vector<Responder::Sa*> Responder::allSas() {
    std::vector<Sa*> sas{&m_sa};
    if (m_theirNext) {
        sas.push_back(m_theirNext->sa.get());
    }
    for (auto& other : m_others) {
        sas.push_back(other.get());
    }
    return sas;
}

Responder::Sa* Responder::saFor(const Header& header) {
    for (auto* sa : allSas()) {
        if (sa->protection && sa->initiatorSpi == header.initiatorSpi && sa->responderSpi == header.responderSpi &&
            header.fromInitiator() != sa->weInitiated) {
            return sa;
        }
    }
    return nullptr;
}

void Responder::receive(base::Instant now, base::ByteView datagram, bool natPort, const base::Endpoint& from,
                        const base::IpAddress& at) {
    const auto header = parseHeader(datagram);
    m_now = now;
    if (!header || m_gaveUp) {
        return;
    }
    m_from = from;
    m_at = at;
    if (header->exchange == ExchangeType::SaInit && natPort == m_config.overStream) {
        takeInit(*header, datagram);
    } else if (header->exchange == ExchangeType::SessionResume && !natPort) {
        takeResume(*header, datagram);
    } else if (auto* sa = saFor(*header); sa != nullptr && natPort) {
        receiveSealed(now, *sa, *header, datagram);
    }
}

void Responder::receiveSealed(base::Instant now, Sa& sa, const Header& header, base::ByteView datagram) {
    auto opened = sa.protection->open(datagram);
    if (!opened && sa.previous && header.messageId + 1 == sa.nextIncoming) {
        opened = sa.previous->open(datagram); // a request once more, from before the keys changed
    }
    if (!opened) {
        return;
    }
    if (!m_mobile) {
        m_client = m_from; // without MOBIKE it follows what is authentic (RFC 7296 §2.23)
    }
    const auto place = opened->fragment;
    if (!header.isResponse() && header.messageId + 1 == sa.nextIncoming) {
        ++m_tally["repeated requests answered again"];
        if (!place || place->number == 1) {
            m_answering = true;
            send(sa.lastAnswer, true);
            m_answering = false;
        }
        return;
    }
    const bool expected =
        header.isResponse() ? sa.own && sa.own->id == header.messageId : header.messageId == sa.nextIncoming;
    if (!expected) {
        return;
    }
    if (place) {
        opened = (header.isResponse() ? sa.responseParts : sa.requestParts).add(now, header.messageId, *opened);
    }
    if (!opened) {
        return;
    }
    const auto payloads = parsePayloads(opened->firstPayload, opened->plain);
    if (!payloads) {
        return;
    }
    if (header.isResponse()) {
        const auto type = sa.own->type;
        sa.own.reset();
        ++sa.nextOwn;
        m_responses.push_back(*payloads);
        takeResponse(now, sa, type, *payloads);
    } else {
        m_requests.push_back(*payloads);
        takeRequest(sa, header, *payloads, *opened);
    }
    runQueue(now);
}

void Responder::takeRequest(Sa& sa, const Header& header, const Payloads& payloads, const Opened& opened) {
    switch (header.exchange) {
    case ExchangeType::Intermediate:
        answerIntermediate(sa, header, payloads, opened);
        break;
    case ExchangeType::Auth: {
        noteWishes(payloads);
        auto response = authAnswer(payloads);
        if (m_config.changeAuth) {
            m_config.changeAuth(response);
        }
        answer(sa, header, response);
        break;
    }
    case ExchangeType::Informational: {
        auto response = informationalAnswer(sa, payloads);
        mobilityAnswer(sa, payloads, response);
        answer(sa, header, response);
        if (std::exchange(m_settleDeleted, false)) {
            settle(m_now, nullptr);
        }
        break;
    }
    case ExchangeType::CreateChildSa:
        answer(sa, header, createChildAnswer(sa, payloads));
        if (m_theirNext && !(m_rekey && m_rekey->key)) {
            settle(m_now, nullptr);
        }
        break;
    case ExchangeType::FollowupKe:
        answer(sa, header, followUpAnswer(payloads));
        if (m_theirNext && !(m_rekey && m_rekey->key)) {
            settle(m_now, nullptr);
        }
        break;
    case ExchangeType::SaInit:
    case ExchangeType::SessionResume:
        break;
    }
}

std::optional<base::Instant> Responder::deadline() const {
    std::optional<base::Instant> earliest;
    const auto consider = [&earliest](base::Instant when) { earliest = earliest ? std::min(*earliest, when) : when; };
    if (m_closed) {
        return std::nullopt;
    }
    if (m_sa.own) {
        consider(m_sa.own->nextSend);
    }
    for (const auto& other : m_others) {
        consider(other->own ? std::min(other->own->nextSend, other->until) : other->until);
    }
    return earliest;
}

void Responder::timeout(base::Instant now) {
    m_now = now;
    if (m_closed) {
        return;
    }
    std::erase_if(m_others, [now](const auto& other) { return now >= other->until; });
    for (auto* sa : allSas()) {
        if (!sa->own || now < sa->own->nextSend) {
            continue;
        }
        if (++sa->own->sends > m_config.mostSends && sa == &m_sa) {
            m_gaveUp = true;
            m_closed = true;
            m_children.clear();
            m_others.clear();
            return;
        }
        ++m_tally["requests repeated by the server"];
        sa->own->nextSend = now + retransmitAfter;
        send(sa->own->datagrams, true);
    }
}

// ---- IKE_SA_INIT ----

void Responder::takeInit(const Header& header, base::ByteView datagram) {
    m_client = m_from;
    ++m_initRequests;
    if (!m_initRequest.empty() &&
        std::equal(datagram.begin(), datagram.end(), m_initRequest.begin(), m_initRequest.end())) {
        emit({false, m_initResponse});
        return;
    }
    const auto payloads = parsePayloads(header.firstPayload, datagram.subspan(headerSize));
    if (!payloads || m_sa.protection || m_answers++ >= m_config.silentAfter) {
        return;
    }
    Header answerHeader;
    answerHeader.initiatorSpi = header.initiatorSpi;
    answerHeader.exchange = ExchangeType::SaInit;
    answerHeader.flags = flagResponse;
    auto response = initAnswer(header, *payloads, answerHeader);
    if (response.empty()) {
        return;
    }
    if (m_config.changeInit) {
        m_config.changeInit(response);
    }
    answerHeader.firstPayload = firstType(response);
    const auto body = encodePayloads(response);
    auto octets = encodeHeader(answerHeader, body.size());
    base::append(octets, body);
    if (m_sa.protection) {
        m_initRequest.assign(datagram.begin(), datagram.end());
        m_initResponse = octets;
        m_sa.nextIncoming = 1;
    }
    emit({false, std::move(octets)});
}

Payloads Responder::initAnswer(const Header& header, const Payloads& payloads, Header& answerHeader) {
    if (m_config.initError) {
        return {encodeNotify(*m_config.initError)};
    }
    if (m_config.cookie) {
        const auto cookie = findNotify(payloads, NotifyType::Cookie);
        if (m_cookie.empty()) {
            m_cookie = randomBytes(20);
        }
        const bool first = !payloads.empty() && payloads.front().type == PayloadType::Notify;
        if (!cookie || cookie->data != m_cookie || !first) {
            return {encodeNotify(NotifyType::Cookie, m_cookie)};
        }
    }
    const auto* saPayload = find(payloads, PayloadType::SecurityAssociation);
    const auto* kePayload = find(payloads, PayloadType::KeyExchange);
    const auto nonce = parseNonce(payloads);
    if (saPayload == nullptr || kePayload == nullptr || !nonce) {
        return {};
    }
    const auto proposals = parseProposals(saPayload->body);
    const auto theirs = parseKeyExchange(*kePayload);
    if (!proposals || !theirs) {
        return {};
    }
    const auto any = m_config.onlyIke ? m_config.onlyIke->group : static_cast<GroupId>(theirs->group);
    const auto wanted = m_config.onlyGroup.value_or(any);
    const auto selection = select(ikeOffer(), *proposals, wanted);
    if (!selection) {
        return {encodeNotify(NotifyType::NoProposalChosen)};
    }
    if (static_cast<std::uint16_t>(wanted) != theirs->group) {
        base::ByteWriter group;
        group.u16(static_cast<std::uint16_t>(wanted));
        return {encodeNotify(NotifyType::InvalidKePayload, group.view())};
    }
    const auto ours = crypto::KeyExchange::create(theirs->group);
    if (!ours) {
        return {};
    }
    const auto shared = (*ours)->sharedSecret(theirs->value);
    if (!shared) {
        return {};
    }
    m_nonceI = *nonce;
    m_nonceR = randomBytes(32);
    const auto spi = randomBytes(8);
    m_sa.initiatorSpi = header.initiatorSpi;
    m_sa.responderSpi = base::ByteReader(spi).u64() | 1U;
    m_sa.suite = selection->suite;
    m_sa.keys = *deriveIkeKeys(m_sa.suite, shared->view(), {m_nonceI, m_nonceR, m_sa.initiatorSpi, m_sa.responderSpi});
    m_sa.protection.emplace(*Protection::create(m_sa.suite, m_sa.keys, false));
    answerHeader.responderSpi = m_sa.responderSpi;
    Payloads response{{PayloadType::SecurityAssociation, encodeProposals({selection->answer}), false},
                      encodeKeyExchange({theirs->group, (*ours)->publicValue()}),
                      encodeNonce(m_nonceR)};
    if (m_config.natDetection) {
        response.push_back(encodeNotify(NotifyType::NatDetectionSourceIp, base::Bytes(20, 1)));
        response.push_back(encodeNotify(NotifyType::NatDetectionDestinationIp, base::Bytes(20, 2)));
    }
    if (!m_sa.suite.additional.empty() && !m_config.withoutIntermediate) {
        response.push_back(encodeNotify(NotifyType::IntermediateExchangeSupported));
    }
    m_ppkAgreed = m_config.ppk && findNotify(payloads, NotifyType::UsePpk);
    if (m_ppkAgreed) {
        response.push_back(encodeNotify(NotifyType::UsePpk));
    }
    if (m_config.fragments) {
        response.push_back(encodeNotify(NotifyType::FragmentationSupported));
    }
    if (m_config.childless) {
        response.push_back(encodeNotify(NotifyType::ChildlessSupported));
    }
    addCertificateHints(response);
    return response;
}

// ---- of itself ----

bool Responder::isIdle() const {
    return m_up && !m_closed && !m_sa.own && !m_rekey && m_toDelete.empty() && m_others.empty() && !m_theirNext;
}

bool Responder::mayRequest() const {
    return m_up && !m_closed && !m_deletingIke && !m_sa.own && !m_rekey && m_toDelete.empty();
}

void Responder::sendRequest(base::Instant now, ExchangeType type, const Payloads& payloads) {
    request(now, m_sa, type, payloads);
}

void Responder::checkAlive(base::Instant now) {
    request(now, m_sa, ExchangeType::Informational, {});
}

void Responder::deleteIke(base::Instant now) {
    request(now, m_sa, ExchangeType::Informational, {encodeDelete({ProtocolId::Ike, {}})});
    m_up = false;
    m_deletingIke = true;
    ++m_tally["IKE SAs deleted by the server"];
}

void Responder::deleteChild(base::Instant now) {
    queueDelete(m_children.begin()->first);
    runQueue(now);
}

void Responder::deleteChild(base::Instant now, std::uint32_t spi) {
    queueDelete(spi);
    runQueue(now);
}

void Responder::queueDelete(std::uint32_t spi) {
    m_toDelete.push_back(spi);
}

void Responder::runQueue(base::Instant now) {
    if (m_toDelete.empty() || m_sa.own || m_closed) {
        return;
    }
    const auto spi = m_toDelete.front();
    m_toDelete.pop_front();
    const auto child = m_children.find(spi);
    if (child == m_children.end()) {
        runQueue(now);
        return;
    }
    m_closing = child->second.sa.outboundSpi;
    m_closingOwn = spi;
    request(now, m_sa, ExchangeType::Informational, {encodeDelete({ProtocolId::Esp, {spi}})});
    forgetChild(spi, false);
}

void Responder::forgetChild(std::uint32_t spi, bool byTheClient) {
    m_children.erase(spi);
    if (m_sendWith == spi) {
        // When the client deletes the old one it has the keys of the new one (RFC 7296 §2.8).
        m_sendWith = byTheClient && m_children.contains(m_sendNext) ? m_sendNext : 0;
    }
}

void Responder::sawPacket(std::uint32_t spi) {
    if (m_sendNext == spi && m_children.contains(spi)) {
        m_sendWith = spi;
        m_sendNext = 0;
    }
}

} // namespace tern::sim
