#include "core/ike/exchange.h"

#include <algorithm>
#include <utility>

namespace tern::ike {

namespace {

// An IKE message in an IPv6 packet of 1280 octets: less the IPv6 and UDP headers and the non-ESP marker
// (RFC 7383 §2.5.1 takes that as the size that passes).
constexpr std::size_t largestDatagram = 1280 - 40 - 8 - 4;
// The same for IPv4 and 576 octets, when the larger ones seem to vanish on the way.
constexpr std::size_t smallDatagram = 576 - 20 - 8 - 4;
constexpr unsigned sendsBeforeCuttingFiner = 3;
constexpr unsigned sendsBeforeCutting = 2; // of what was sent whole on purpose
constexpr std::size_t anySize = 65'535;
// While a person is asked for a second factor the server is silent; asking more often than this is of no use.
constexpr base::Duration longestInterval = std::chrono::seconds(10);

} // namespace

ExchangeManager::ExchangeManager(const Timers& timers, base::RandomSource& random)
    : m_timers(timers)
    , m_random(random) {}

void ExchangeManager::setSpis(Spi initiator, Spi responder, bool weAreInitiator) {
    m_initiatorSpi = initiator;
    m_responderSpi = responder;
    m_weAreInitiator = weAreInitiator;
}

bool ExchangeManager::isFor(const Header& header) const {
    if (header.fromInitiator() == m_weAreInitiator) {
        return false; // our own words coming back
    }
    if (!m_protection) {
        // Before the answer the responder's SPI is unknown.
        return header.initiatorSpi == m_initiatorSpi;
    }
    return header.initiatorSpi == m_initiatorSpi && header.responderSpi == m_responderSpi;
}

std::optional<ExchangeType> ExchangeManager::outstanding() const {
    return m_outstanding ? std::optional(m_outstanding->exchange) : std::nullopt;
}

Header ExchangeManager::headerFor(ExchangeType exchange, std::uint32_t messageId, bool response) const {
    Header header;
    header.initiatorSpi = m_initiatorSpi;
    header.responderSpi = m_responderSpi;
    header.exchange = exchange;
    header.flags = static_cast<std::uint8_t>((m_weAreInitiator ? flagInitiator : 0U) | (response ? flagResponse : 0U));
    header.messageId = messageId;
    return header;
}

base::Result<std::vector<base::Bytes>> ExchangeManager::encode(Header header, const Payloads& payloads,
                                                               std::size_t largest) {
    header.firstPayload = firstType(payloads);
    const auto body = encodePayloads(payloads);
    if (!m_protection) {
        auto datagram = encodeHeader(header, body.size());
        base::append(datagram, body);
        return std::vector<base::Bytes>{std::move(datagram)};
    }
    std::vector<base::Bytes> datagrams;
    if (!m_mayFragment || m_timers.stream || body.size() + m_protection->overhead() <= largest) {
        auto datagram = m_protection->seal(header, body, std::nullopt, m_random);
        if (!datagram) {
            return base::fail(std::move(datagram.error()));
        }
        datagrams.push_back(std::move(*datagram));
        return datagrams;
    }
    constexpr std::size_t fragmentHeader = 4;
    const auto piece = largest - m_protection->overhead() - fragmentHeader;
    const auto total = (body.size() + piece - 1) / piece;
    for (std::size_t i = 0; i < total; ++i) {
        const auto offset = i * piece;
        const auto part = base::ByteView(body).subspan(offset, std::min(piece, body.size() - offset));
        const FragmentPlace place{static_cast<std::uint16_t>(i + 1), static_cast<std::uint16_t>(total)};
        auto datagram = m_protection->seal(header, part, place, m_random);
        if (!datagram) {
            return base::fail(std::move(datagram.error()));
        }
        datagrams.push_back(std::move(*datagram));
    }
    return datagrams;
}

void ExchangeManager::queue(const std::vector<base::Bytes>& datagrams) {
    m_datagrams.insert(m_datagrams.end(), datagrams.begin(), datagrams.end());
}

base::Result<void> ExchangeManager::sendRequest(base::Instant now, ExchangeType exchange, const Payloads& payloads,
                                                base::Duration patience, Cut cut) {
    const bool whole = cut == Cut::WhenUnanswered;
    auto datagrams = encode(headerFor(exchange, m_nextRequestId, false), payloads, whole ? anySize : largestDatagram);
    if (!datagrams) {
        return base::fail(std::move(datagrams.error()));
    }
    queue(*datagrams);
    m_lastRequest = datagrams->front();
    const bool patient = patience > m_timers.connectLimit;
    const auto limit = patient ? patience : m_timers.connectLimit;
    m_outstanding = Outstanding{exchange,
                                m_nextRequestId,
                                payloads,
                                std::move(*datagrams),
                                1,
                                m_timers.retransmitFirst,
                                now + m_timers.retransmitFirst,
                                now + limit,
                                patient,
                                whole};
    return {};
}

base::Result<void> ExchangeManager::sendLastWord(ExchangeType exchange, const Payloads& payloads) {
    const auto datagrams = encode(headerFor(exchange, m_nextRequestId, false), payloads, largestDatagram);
    if (!datagrams) {
        return base::fail(datagrams.error());
    }
    queue(*datagrams);
    return {};
}

void ExchangeManager::conclude() {
    m_outstanding.reset();
    m_responseParts.clear();
    ++m_nextRequestId;
}

void ExchangeManager::concludeForRestart() {
    m_outstanding.reset();
    m_nextRequestId = 0;
}

bool ExchangeManager::isExpected(const Header& header) const {
    if (header.isResponse()) {
        return m_outstanding && header.messageId == m_outstanding->messageId &&
               header.exchange == m_outstanding->exchange;
    }
    // The one before is let through as well: its answer may have been lost.
    return header.messageId == m_nextIncomingId || header.messageId + 1 == m_nextIncomingId;
}

std::optional<Incoming> ExchangeManager::receive(base::Instant now, base::ByteView datagram) {
    const auto header = parseHeader(datagram);
    if (!header || !isFor(*header) || !isExpected(*header)) {
        return std::nullopt;
    }
    return m_protection ? receiveSealed(now, *header, datagram) : receiveClear(*header, datagram);
}

std::optional<Incoming> ExchangeManager::receiveClear(const Header& header, base::ByteView datagram) const {
    if (!header.isResponse()) {
        return std::nullopt;
    }
    return Incoming{header,
                    parsePayloads(header.firstPayload, datagram.subspan(headerSize)),
                    {datagram.begin(), datagram.end()},
                    std::nullopt};
}

std::optional<Incoming> ExchangeManager::receiveSealed(base::Instant now, const Header& header,
                                                       base::ByteView datagram) {
    auto opened = m_protection->open(datagram);
    if (!opened) {
        return std::nullopt;
    }
    const auto place = opened->fragment;
    if (!header.isResponse() && header.messageId != m_nextIncomingId) {
        // A repeated request gets the same answer; of a fragmented one only its first piece asks (RFC 7383 §2.6.1).
        if (!place || place->number == 1) {
            queue(m_lastResponse);
        }
        return std::nullopt;
    }
    if (place) {
        auto& parts = header.isResponse() ? m_responseParts : m_requestParts;
        opened = parts.add(now, header.messageId, std::move(*opened));
        if (!opened) {
            return std::nullopt;
        }
    }
    auto payloads = parsePayloads(opened->firstPayload, opened->plain);
    return Incoming{header, std::move(payloads), {}, std::move(opened)};
}

base::Result<void> ExchangeManager::sendResponse(const Header& request, const Payloads& payloads) {
    auto datagrams = encode(headerFor(request.exchange, request.messageId, true), payloads, largestDatagram);
    if (!datagrams) {
        return base::fail(std::move(datagrams.error()));
    }
    queue(*datagrams);
    m_lastResponse = std::move(*datagrams);
    m_nextIncomingId = request.messageId + 1;
    return {};
}

std::optional<base::Instant> ExchangeManager::deadline() const {
    if (!m_outstanding) {
        return std::nullopt;
    }
    if (m_timers.stream) {
        return m_outstanding->giveUp;
    }
    return std::min(m_outstanding->nextSend, m_outstanding->giveUp);
}

// RFC 7383 §2.5.1: the same message in more and smaller pieces, should the path swallow large packets.
void ExchangeManager::cutFiner(Outstanding& request) {
    const auto isLarge = [](const base::Bytes& datagram) { return datagram.size() > smallDatagram; };
    if (!m_protection || !std::any_of(request.datagrams.begin(), request.datagrams.end(), isLarge)) {
        return;
    }
    auto finer = encode(headerFor(request.exchange, request.messageId, false), request.payloads, smallDatagram);
    if (finer) {
        request.datagrams = std::move(*finer);
    }
}

bool ExchangeManager::timeout(base::Instant now) {
    if (m_outstanding && m_timers.stream) {
        return now < m_outstanding->giveUp; // nothing is repeated on a stream (RFC 9329 §6.1)
    }
    if (!m_outstanding || (now < m_outstanding->nextSend && now < m_outstanding->giveUp)) {
        return true;
    }
    auto& request = *m_outstanding;
    const bool spent = !request.patient && request.sends >= m_timers.retransmitTries;
    if (now >= request.giveUp || spent) {
        return false;
    }
    if (request.whole && request.sends == sendsBeforeCutting) {
        // Nobody has seen the large one, or whoever has repeats its answer to this id. In pieces it could not go on:
        // strongSwan takes a fragment of an INFORMATIONAL exchange for one without protection.
        request.payloads.clear();
        auto empty = encode(headerFor(request.exchange, request.messageId, false), request.payloads, largestDatagram);
        if (empty) {
            request.datagrams = std::move(*empty);
            request.cut = true;
        }
    } else if (request.sends == sendsBeforeCuttingFiner) {
        cutFiner(request);
    }
    queue(request.datagrams);
    ++request.sends;
    const auto longer = std::chrono::duration<double, base::Duration::period>(
        static_cast<double>(request.interval.count()) * m_timers.retransmitFactor);
    request.interval = std::chrono::duration_cast<base::Duration>(longer);
    if (request.patient) {
        request.interval = std::min(request.interval, longestInterval);
    }
    request.nextSend = now + request.interval;
    return true;
}

void ExchangeManager::resend(base::Instant now) {
    if (m_outstanding) {
        queue(m_outstanding->datagrams);
        m_outstanding->giveUp = std::max(m_outstanding->giveUp, now + m_timers.connectLimit);
    }
}

void ExchangeManager::hurry(base::Instant now, base::Duration first, base::Duration limit) {
    if (!m_outstanding) {
        return;
    }
    auto& request = *m_outstanding;
    request.sends = 1;
    request.interval = first;
    request.nextSend = now + first;
    request.giveUp = now + limit;
    request.patient = true; // the limit decides, not the count
}

void ExchangeManager::repeat() {
    if (m_outstanding) {
        queue(m_outstanding->datagrams);
    }
}

void ExchangeManager::limit(base::Instant until) {
    if (m_outstanding) {
        m_outstanding->giveUp = std::min(m_outstanding->giveUp, until);
    }
}

std::vector<base::Bytes> ExchangeManager::takeDatagrams() {
    return std::exchange(m_datagrams, {});
}

} // namespace tern::ike
